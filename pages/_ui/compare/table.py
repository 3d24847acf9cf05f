"""The comparison as a table: indicators in rows and areas in columns, or the other way round."""

from __future__ import annotations

from functools import partial
from html import escape

import streamlit as st

from indicators.records import Indicator
from pages._ui import charts, data, table_files, tables
from pages._ui.bench_card import KEY as BENCH
from pages._ui.compare import cells, entries, files
from pages._ui.compare.entries import Entry
from pages._ui.compare.subjects import Subject, plain
from pages._ui.compare.view import COMMON, NEWEST, View
from pages._ui.i18n import Texts
from pages._ui.numbers import unit_text
from pages._ui.shell import Page
from pages._ui.tables import Column


def show(page: Page, view: View) -> None:
    """Draw the table, how to read it, what cannot be computed, and its files."""
    t = page.t
    st.html(html(page.path, view, page.language))
    st.caption(t("vergleich.table.note", against=view.bench.against))
    for said in impossible(page.path, view, page.language):
        st.caption(plain(said))
    make = partial(files.table, page.path, view, page.language)
    table_files.buttons(page, make, "table")


@st.cache_resource(max_entries=64, show_spinner=False)
def html(path: str, view: View, language: str) -> str:
    """Return the table; figures of areas lead to their explanation."""
    t = Texts(language)
    known = data.indicators(path)
    columns = view.compared
    content = {
        name: [
            cells.html(path, known[name], entry, found, language)
            for entry, found in row_of(path, name, view)
        ]
        for name in view.indicators
    }
    heads = [_indicator(known[name], t) for name in view.indicators]
    if view.turned:
        titles = [_short(known[name], language) for name in view.indicators]
        rows = [
            [_subject(one, t), *(content[name][place] for name in view.indicators)]
            for place, one in enumerate(columns)
        ]
    else:
        titles = [_title(one, t) for one in columns]
        rows = [[head, *content[name]] for head, name in zip(heads, view.indicators, strict=True)]
    first = t("automobil.column.area") if view.turned else t("file.indicator")
    caption = t(
        f"vergleich.table.caption.{_year_kind(view)}", year=view.year, against=view.bench.against
    )
    found = tables.html_table([Column(first), *map(Column, titles)], rows, caption)
    return f'<div class="sm-compare">{found}</div>'


def row_of(path: str, indicator: str, view: View) -> list[tuple[Entry, entries.Figures]]:
    """Return the cells of an indicator with the series behind each."""
    columns = view.compared
    found = entries.row(path, indicator, columns, view.year, view.bench)
    frame = entries.series(path, indicator, columns)
    return [(entry, charts.figures_of(frame, key)) for key, entry in found.items()]


def impossible(path: str, view: View, language: str) -> list[str]:
    """Return for which indicators groups have no figure, and what cannot be added up."""
    t = Texts(language)
    known = data.indicators(path)
    columns = view.compared
    said = []
    for name in view.indicators:
        found = entries.row(path, name, columns, view.year, view.bench)
        without = [one.name for one in columns if found[one.key].figure.mark == "not_applicable"]
        why = entries.why_not(path, name) if without else None
        if why:
            parts = ", ".join(text.get(language) for text in why.quantities)
            said.append(
                t(
                    "vergleich.table.impossible",
                    indicator=known[name].short.get(language),
                    names=", ".join(without),
                    parts=parts,
                )
            )
    return said


def _year_kind(view: View) -> str:
    return view.year if view.year in (COMMON, NEWEST) else "one"


def _title(subject: Subject, t: Texts) -> str:
    if subject.key == BENCH:
        return t("vergleich.column.bench", name=subject.name)
    if subject.group:
        return t("vergleich.column.group", name=subject.name, n=len(subject.areas))
    return subject.name


def _subject(subject: Subject, t: Texts) -> str:
    return f"<strong>{escape(_title(subject, t))}</strong>"


def _short(indicator: Indicator, language: str) -> str:
    unit = unit_text(indicator.unit, language)
    name = indicator.short.get(language)
    return f"{name} ({unit})" if unit else name


def _indicator(indicator: Indicator, t: Texts) -> str:
    unit = unit_text(indicator.unit, t.language)
    said = (unit, t(f"direction.{indicator.direction}"))
    lines = "".join(f'<span class="line">{escape(one)}</span>' for one in said if one)
    return f"<strong>{escape(indicator.name.get(t.language))}</strong>{lines}"
