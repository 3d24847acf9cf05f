"""Comparison: several areas, several indicators, one benchmark."""

import streamlit as st

from pages._ui import share, shell
from pages._ui.compare import controls, index_view, panels, scatter, table

page = shell.start("pages/vergleich.py")
view = controls.read(page)
chosen: dict[str, object] = {}

if view.subjects and view.indicators:
    st.header(page.t("vergleich.table"))
    table.show(page, view)

    st.header(page.t("vergleich.panels"))
    st.markdown(page.t("vergleich.panels.lead"))
    panels.show(page, view)

    st.header(page.t("vergleich.scatter"))
    chosen |= scatter.show(page, view)

    st.header(page.t("vergleich.index"))
    chosen |= index_view.show(page, view)
else:
    st.info(page.t("vergleich.choose"))

share.link(page, view.address() | chosen)
shell.finish(page)
