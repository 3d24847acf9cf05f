"""Map of any indicator: one or two maps, area card, table and downloads."""

import streamlit as st

from pages._ui import card, controls, downloads, mapview, share, shell, tables

page = shell.start("pages/karte.py")
view = controls.read(page)
requests = view.requests(page)
choices = [view.first, *([view.second] if view.second else [])]

columns = st.columns(2) if view.second else st.columns([3, 2])
for column, request, slot in zip(columns, requests, "12", strict=False):
    with column:
        mapview.show(request, slot)

cards = columns if view.second else columns[1:]
with cards[0]:
    card.picker(page, view.extent, view.area)
    bench = card.benchmark_of(page, view.area)
for column, choice, slot in zip(cards, choices, "12", strict=False):
    with column:
        card.show(page, choice, view.area, slot, bench)

st.header(page.t("karte.data"))
for choice in choices:
    extract = downloads.Extract(
        page.path, choice.indicator, choice.year, view.extent, page.language
    )
    downloads.buttons(extract)
    st.html(
        tables.cross_section(page.path, choice.indicator, choice.year, view.extent, page.language)
    )
share.link(page, view.address())
shell.finish(page)
