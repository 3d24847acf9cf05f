"""Activities close to today's strengths of a district, or what the five districts share."""

from __future__ import annotations

from functools import partial
from html import escape
from typing import Any

import streamlit as st

from pages._ui import (
    close_reading,
    data,
    places,
    strength_data,
    strength_files,
    table_files,
    tables,
)
from pages._ui.card import CHART_CONFIG
from pages._ui.i18n import Texts
from pages._ui.reading import where
from pages._ui.ready import ReadyFigure
from pages._ui.rungs import FIVE, REGION
from pages._ui.shell import Page
from pages._ui.strength_state import StrengthView
from pages._ui.tables import Column


def show(page: Page, view: StrengthView) -> None:
    """Draw the occupations with the highest density in which the area is not specialised."""
    t = page.t
    st.markdown(t("staerken.close.lead"))
    st.markdown(t("staerken.close.limits"))
    if view.bench.name != "country":
        st.caption(t("staerken.close.bench", label=view.bench.label))
    if view.area not in set(data.areas(page.path)["area_id"]):
        _without(page, view)
        return
    if strength_data.closest(page.path, view.area).empty:
        st.info(t("staerken.close.nothing"))
        return
    figure, alt, said, table = build(page.path, view.area, page.language, page.narrow, page.dark)
    st.markdown(" ".join(said))
    st.plotly_chart(ReadyFigure(figure), key="closest", theme=None, config=CHART_CONFIG, alt=alt)
    with st.expander(t("staerken.close.table")):
        st.html(table)
        make = partial(_file, page.path, view.area, page.language)
        table_files.buttons(page, make, f"close_{view.area}")


@st.cache_resource(max_entries=64, show_spinner=False)
def build(
    path: str, area: str, language: str, narrow: bool, dark: bool
) -> tuple[dict[str, Any], str, tuple[str, ...], str]:
    """Return chart, its text alternative, sentences and table of a district."""
    t = Texts(language)
    rows = strength_data.closest(path, area).to_dict("records")
    runs = len(strength_data.years(path, "occupation"))
    said = close_reading.sentences(rows, where(path, area, language), runs, t)
    named = ", ".join(close_reading.name_of(row, language) for row in rows)
    name = places.names(path, language, "name")[area]
    caption = t("staerken.close.caption", name=name, year=int(rows[0]["year"]))
    figure = close_reading.chart(rows, language, narrow, dark)
    table = close_reading.table(rows, runs, caption, t)
    return figure, t("staerken.close.alt", caption=caption, names=named), tuple(said), table


def _file(path: str, area: str, language: str) -> table_files.Content:
    t = Texts(language)
    rows = strength_data.closest(path, area).to_dict("records")
    runs = len(strength_data.years(path, "occupation"))
    year = int(rows[0]["year"])
    name = places.names(path, language, "name")[area]
    title = t("staerken.close.caption", name=name, year=year)
    return close_reading.content(
        strength_files.head(path, "occupation", year, title, t), rows, runs, t
    )


def _without(page: Page, view: StrengthView) -> None:
    """Say that a larger area has no list, and for the region what its districts share."""
    st.info(page.t("staerken.close.districts"))
    if view.area == REGION and (html := shared(page.path, page.language)):
        st.html(html)


@st.cache_resource(max_entries=4, show_spinner=False)
def shared(path: str, language: str) -> str:
    """Return the occupations in the lists of several districts of the region as HTML, or ''."""
    t = Texts(language)
    names = places.names(path, language)
    lists = {area: strength_data.closest(path, area).to_dict("records") for area in FIVE}
    found = close_reading.shared(lists, language)
    if not found:
        return ""
    columns = [
        Column(t("staerken.close.column.occupation")),
        Column(t("staerken.close.column.count"), number=True),
        Column(t("staerken.close.column.areas")),
    ]
    rows = [
        [escape(name), str(len(areas)), escape(", ".join(names[area] for area in areas))]
        for name, areas in found
    ]
    return tables.html_table(columns, rows, t("staerken.close.shared"), tall=True)
