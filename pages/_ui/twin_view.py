"""Districts whose structure is most like that of the chosen one, and what they have in common."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from html import escape

import streamlit as st

from indicators.strengths_store import Likeness
from pages._ui import data, places, state, strength_data, table_files, tables
from pages._ui.i18n import Texts
from pages._ui.numbers import number
from pages._ui.rungs import FIVE, REGION
from pages._ui.shell import Page
from pages._ui.strength_state import StrengthView
from pages._ui.table_files import Cell
from pages._ui.tables import Column

COLUMNS = ("position", "twin", "land", "distance", "reason")
NUMERIC = ("position", "distance")
NEAREST = 3  # twins of each district of the region that are named side by side
FAR = 1.5  # standard deviations from which a common feature is called strong


def show(page: Page, view: StrengthView) -> None:
    """Draw the ordered list of structural twins of a district."""
    t = page.t
    st.markdown(t("staerken.twin.lead"))
    if view.area not in set(data.areas(page.path)["area_id"]):
        st.info(t("staerken.twin.districts"))
        if view.area == REGION:
            st.html(side_by_side(page.path, page.language))
        return
    if strength_data.twins(page.path, view.area).empty:
        st.info(t("staerken.twin.nothing"))
        return
    st.html(table(page.path, view.area, page.language))
    st.markdown(t("staerken.twin.note"))
    _switch(page, view)
    make = partial(_file, page.path, view.area, page.language)
    table_files.buttons(page, make, f"twins_{view.area}")


def _switch(page: Page, view: StrengthView) -> None:
    """Offer the twins as benchmark of all pages, or the way back to Germany."""
    used = view.bench.name == "twins"
    st.button(
        page.t("staerken.twin.unuse" if used else "staerken.twin.use"),
        on_click=state.put,
        kwargs={"bench": None if used else "twins"},
        key="twins_bench",
    )


def _file(path: str, area: str, language: str) -> table_files.Content:
    t = Texts(language)
    found = strength_data.twins(path, area).to_dict("records")
    rows: list[list[Cell]] = [
        [
            float(row["position"]),
            str(row["twin_id"]),
            str(row[f"name_{language}"]),
            str(row[f"land_{language}"]),
            float(row["distance"]),
            reason(row["likeness"], t),
        ]
        for row in found
    ]
    titles = [t(f"staerken.twin.column.{name}") for name in COLUMNS]
    titles.insert(1, t("file.key"))
    name = places.names(path, language, "name")[area]
    return table_files.Content([t("staerken.twin.caption", name=name)], titles, rows)


@st.cache_resource(max_entries=64, show_spinner=False)
def table(path: str, area: str, language: str) -> str:
    """Return the twins of a district as HTML; those in the region stand out."""
    t = Texts(language)
    columns = [Column(t(f"staerken.twin.column.{name}"), name in NUMERIC) for name in COLUMNS]
    found = strength_data.twins(path, area).to_dict("records")
    rows = [
        [
            str(row["position"]),
            escape(str(row[f"name_{language}"])),
            escape(str(row[f"land_{language}"])),
            number(float(row["distance"]), 2, language),
            escape(reason(row["likeness"], t)),
        ]
        for row in found
    ]
    name = places.names(path, language, "name")[area]
    strong = [str(row["twin_id"]) in FIVE for row in found]
    return tables.html_table(columns, rows, t("staerken.twin.caption", name=name), strong)


def reason(likeness: Sequence[Likeness], t: Texts) -> str:
    """Return what two districts have in common: 'both clearly more than average: ...'."""
    groups: dict[str, list[str]] = {}
    for entry in likeness:
        more = "more" if entry.deviation > 0 else "less"
        kind = f"{more}_strong" if abs(entry.deviation) >= FAR else more
        groups.setdefault(kind, []).append(entry.name.get(t.language))
    if not groups:
        return t("staerken.twin.no_reason")
    said = [
        t(f"staerken.twin.reason.{kind}", names="; ".join(names)) for kind, names in groups.items()
    ]
    return " ".join(said)


@st.cache_resource(max_entries=4, show_spinner=False)
def side_by_side(path: str, language: str) -> str:
    """Return the nearest twins of each district of the region as HTML."""
    t = Texts(language)
    names = places.names(path, language, "name")
    columns = [Column(t("table.area")), Column(t("staerken.twin.column.nearest"))]
    rows = []
    for area in FIVE:
        found = strength_data.twins(path, area).to_dict("records")[:NEAREST]
        named = "; ".join(f"{row[f'name_{language}']} ({row[f'land_{language}']})" for row in found)
        rows.append([escape(names[area]), escape(named or t("staerken.twin.nothing"))])
    return tables.html_table(columns, rows, t("staerken.twin.region_caption"))
