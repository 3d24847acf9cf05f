"""The ladder on the page: chart, what it shows in words, table and files."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape, unescape
from itertools import groupby
from typing import Any

import streamlit as st

from pages._ui import data, ladder, places, rungs, table_files, tables, why
from pages._ui.card import CHART_CONFIG
from pages._ui.i18n import Texts
from pages._ui.numbers import number
from pages._ui.ready import ReadyFigure
from pages._ui.rung_view import View, toggle
from pages._ui.rungs import Step
from pages._ui.shell import Page
from pages._ui.table_files import Cell, Content
from pages._ui.tables import Column

COLUMNS = ("rung", "area", "year", "lower", "value", "upper", "mark", "source")


def show(page: Page, view: View) -> None:
    """Draw the ladder with its switch, sentence, table and downloads."""
    toggle(page, "five", view.five)
    figure, alt = build(page.path, view, page.language, page.narrow, page.dark)
    st.plotly_chart(ReadyFigure(figure), key="ladder", theme=None, config=CHART_CONFIG, alt=alt)
    st.markdown(page.t("automobil.ladder.note"))
    with st.expander(page.t("automobil.ladder.table")):
        st.html(table(page.path, view, page.language))
        table_files.buttons(page, lambda: content(page.path, view, page.language), "ladder")


def steps_of(path: str, view: View) -> list[Step]:
    """Return the figures of the ladder; the chosen rung keeps the chosen year."""
    years = {view.rung: view.year} if view.rung != 5 else {}
    return rungs.ladder(path, view.areas, view.base, years)


@st.cache_resource(max_entries=128, show_spinner=False)
def build(
    path: str, view: View, language: str, narrow: bool, dark: bool
) -> tuple[dict[str, Any], str]:
    """Return the figure and its text alternative."""
    steps, names = steps_of(path, view), places.names(path, language)
    short = names | {rungs.REGION: Texts(language)("extent.region")} if narrow else names
    figure = ladder.chart(steps, view.base, short, view.area, language, narrow, dark)
    return figure, alternative(steps, view, names, language)


def alternative(steps: Sequence[Step], view: View, names: dict[str, str], language: str) -> str:
    """Return what the chart shows in words: each rung with all its areas."""
    t = Texts(language)
    parts = []
    for _, group in groupby(steps, key=lambda step: step.rung):
        members = list(group)
        said = [
            f"{names[step.area]} {step.year or ''}: {ladder.label(step, language)}"
            for step in members
        ]
        title = ladder.heading(members[0], view.base, t)
        parts.append(f"{title}: {'; '.join(said)}.")
    return t("automobil.ladder.alt", parts=" ".join(parts))


@st.cache_resource(max_entries=128, show_spinner=False)
def table(path: str, view: View, language: str) -> str:
    """Return the ladder as a table, the rows of the chosen area standing out."""
    t = Texts(language)
    steps = steps_of(path, view)
    numeric = ("lower", "value", "upper")
    columns = [Column(t(f"automobil.column.{name}"), name in numeric) for name in COLUMNS]
    rows = [_linked(path, step, _cells(path, step, view.base, t), t) for step in steps]
    strong = [step.area == view.area for step in steps]
    return tables.html_table(columns, rows, t("automobil.ladder.caption"), strong)


def content(path: str, view: View, language: str) -> Content:
    """Return the ladder as a file."""
    t = Texts(language)
    return Content(
        head=[t("automobil.ladder.caption"), t("automobil.ladder.note")],
        titles=[t(f"automobil.column.{name}") for name in COLUMNS],
        rows=[_cells(path, step, view.base, t) for step in steps_of(path, view)],
    )


def _linked(path: str, step: Step, cells: Sequence[Cell], t: Texts) -> list[str]:
    """Return the cells as HTML; value, or mark without one, leads to the explanation."""
    html = [_html(cell, t) for cell in cells]
    if step.year:
        place = COLUMNS.index("mark" if step.figure.value is None else "value")
        shown = unescape(html[place])
        html[place] = why.link(shown, path, step.indicator, step.area, step.year, t.language)
    return html


def _html(cell: Cell, t: Texts) -> str:
    if cell is None or isinstance(cell, str):
        return escape(cell or "")
    return number(cell, 1, t.language)


def _cells(path: str, step: Step, base: str, t: Texts) -> list[Cell]:
    bounds = step.figure if rungs.has_bounds(step.figure) else None
    codes = data.sources(path, step.indicator, step.year)["table_code"].unique()
    words = [t(f"mark.{step.mark}")]
    words += [t(f"qualifier.{name}") for name in step.figure.qualifier.split(";") if name]
    return [
        ladder.heading(step, base, t),
        places.names(path, t.language, "name")[step.area],
        str(step.year or ""),
        bounds.lower if bounds else None,
        step.figure.value,
        bounds.upper if bounds else None,
        ", ".join(words),
        ", ".join(str(code) for code in codes),
    ]
