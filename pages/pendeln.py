"""Commuting: who lives where and works where, as a map, a matrix, a table, and over the years."""

import streamlit as st

from pages._ui import share, shell
from pages._ui.commuting import arc_view, matrix_view, over_time, partner_table, reading, view

page = shell.start("pages/pendeln.py")
chosen = view.read(page)

said = reading.sentences(page.path, chosen, page.language)
st.markdown(f"#### {said[0]}")
st.markdown(" ".join(said[1:]))
st.caption(page.t("pendeln.rounded"))

st.header(page.t("pendeln.map"))
arc_view.show(page, chosen)

st.header(page.t("pendeln.table"))
partner_table.show(page, chosen)

st.header(page.t("pendeln.matrix"))
matrix_view.show(page)

st.header(page.t("pendeln.time"))
over_time.show(page, chosen)

share.link(page, chosen.address())
shell.finish(page)
