"""Start page: the region at a glance."""

import streamlit as st

from pages._ui import glance, shell

page = shell.start("app.py")
st.header(page.t("app.key_figures"))
glance.key_figures(page)

left, right = st.columns([3, 2])
with left:
    st.header(page.t("app.map"))
    glance.region_map(page)
with right:
    st.header(page.t("app.newest"))
    glance.newest(page)
    st.header(page.t("app.ways"))
    shell.ways(page)
shell.finish(page)
