"""Structural change of an area: what changed, by how much, and against which benchmark."""

import streamlit as st

from pages._ui import share, shell
from pages._ui.change import change_map, sections, view

page = shell.start("pages/wandel.py")
chosen = view.read(page)
sections.reading(page, chosen)

st.header(page.t("wandel.map"))
st.markdown(page.t("wandel.map.lead"))
change_map.show(page, chosen)

st.header(page.t("wandel.growth"))
sections.growth(page, chosen)

st.header(page.t("wandel.time"))
index = sections.over_time(page, chosen)

st.header(page.t("wandel.shares"))
sections.shares(page, chosen)

share.link(page, chosen.address() | {"change_index": index})
shell.finish(page)
