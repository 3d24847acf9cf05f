"""Method: indicators, sources, files, checks, marks and the release."""

import streamlit as st

from pages._ui import freshness, method, shell

page = shell.start("pages/methodik.py")
st.header(page.t("method.catalogue"))
st.markdown(page.t("method.catalogue.lead"))
method.catalogue(page)

st.header(page.t("method.marks"))
st.html(method.marks(page.language))

st.header(page.t("method.release"))
st.html(method.release(page))

st.header(page.t("method.checks"))
st.markdown(method.check_summary(page))
st.html(method.checks(page.path, page.language))

st.header(page.t("freshness.heading"))
st.markdown(page.t("freshness.lead"))
freshness.show(page)

st.header(page.t("method.sources"))
st.markdown(page.t("method.sources.lead"))
st.html(method.sources(page.path, page.language))

st.header(page.t("method.files"))
st.markdown(page.t("method.files.lead"))
st.html(method.files(page.path, page.language))

st.header(page.t("method.limits"))
st.markdown(method.limits(page))
shell.finish(page)
