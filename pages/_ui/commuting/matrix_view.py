"""Who lives where and works where among the five: a table whose colours are its heat map."""

from __future__ import annotations

from functools import partial
from html import escape

import streamlit as st

from indicators.commuters import ABROAD, ALL, COUNTRY, GAP, LAND, NEAR
from pages._ui import colours, places, table_files, tables, text
from pages._ui.commuting import commuter_data
from pages._ui.commuting.neighbours import adjoining
from pages._ui.data import release
from pages._ui.i18n import Texts
from pages._ui.numbers import date, number
from pages._ui.rungs import FIVE
from pages._ui.shell import Page
from pages._ui.table_files import Content
from pages._ui.tables import Column

ROWS = (*FIVE, NEAR, LAND, COUNTRY, ABROAD, GAP, ALL)
COLUMNS = (*FIVE, NEAR, LAND, COUNTRY, GAP, ALL)
PLAIN = {GAP, ALL}  # sums and differences carry no colour
STEPS = (250, 1000, 2500, 5000, 10000)  # from which number of persons on a colour is darker
# Of the common ramp all but the one on which neither dark nor white letters are easy to read.
GROUNDS = tuple(shade for place, shade in enumerate(colours.SEQUENTIAL) if place != 4)
DARK_FROM = 3  # step after which letters are white
Cells = dict[tuple[str, str], float]


def show(page: Page) -> None:
    """Draw the matrix with its legend and the files."""
    t = page.t
    near = adjoining(FIVE)
    listed = ", ".join(places.names(page.path, page.language)[key] for key in near)
    st.markdown(t("pendeln.matrix.lead", neighbours=listed))
    st.html(build(page.path, page.language))
    st.caption(t("pendeln.matrix.note"))
    table_files.buttons(page, partial(content, page.path, page.language), "matrix")


@st.cache_resource(max_entries=8, show_spinner=False)
def build(path: str, language: str) -> str:
    """Return legend and table as HTML."""
    t = Texts(language)
    found = cells(path)
    titles = labels(path, language)
    head = [Column(t("pendeln.matrix.corner"))]
    head += [Column(titles[key], number=True) for key in COLUMNS]
    body = [
        [escape(titles[row]), *(_cell(row, column, found, t) for column in COLUMNS)] for row in ROWS
    ]
    day = date(commuter_data.reference(path), language)
    strong = [row == ALL for row in ROWS]
    return legend(t) + tables.html_table(head, body, t("pendeln.matrix.caption", day=day), strong)


def cells(path: str) -> Cells:
    """Return (residence, workplace) -> persons of the five and the groups around them."""
    rows = commuter_data.matrix(path, FIVE, adjoining(FIVE)).to_dict("records")
    return {(str(row["residence"]), str(row["workplace"])): float(row["persons"]) for row in rows}


def labels(path: str, language: str) -> dict[str, str]:
    """Return row or column -> its title."""
    t, short = Texts(language), places.names(path, language)
    groups = {key: t(f"pendeln.group.{key}") for key in (NEAR, LAND, COUNTRY, ABROAD, GAP, ALL)}
    return {key: short[key] for key in FIVE} | groups


def _cell(row: str, column: str, found: Cells, t: Texts) -> str:
    persons = found.get((row, column))
    if persons is None:
        return escape(t(f"pendeln.matrix.{missing(row, column)}"))
    words = number(persons, 0, t.language)
    if row in PLAIN or column in PLAIN:
        return words
    ground, ink = shade(persons)
    style = f"display:block;padding:.1rem .35rem;background:{ground};color:{ink}"
    return f'<span style="{style}">{words}</span>'


def missing(row: str, column: str) -> str:
    """Return why a cell is empty: `own` district, outside of the matrix, or below ten `few`."""
    if row == column and row in FIVE:
        return "own"
    return "few" if row in FIVE and column in FIVE else "outside"


def shade(persons: float) -> tuple[str, str]:
    """Return ground and letters of a number of persons."""
    step = sum(persons >= limit for limit in STEPS)
    return GROUNDS[step], colours.SHEET if step > DARK_FROM else colours.INK


def legend(t: Texts) -> str:
    """Return the colours and the numbers of persons that they stand for."""
    limits = [number(limit, 0, t.language) for limit in STEPS]
    words = [t("pendeln.matrix.below", limit=limits[0])]
    words += [t("pendeln.matrix.from", limit=limit) for limit in limits]
    box = "display:inline-block;width:1.3rem;height:.85rem;border:1px solid #8a949e"
    items = "".join(
        f'<span style="white-space:nowrap;margin-right:.9rem">'
        f'<span style="{box};background:{colour}"></span> {escape(said)}</span> '
        for colour, said in zip(GROUNDS, words, strict=True)
    )
    return f'<p style="font-size:.85rem;line-height:1.8;margin:0">{items}</p>'


def content(path: str, language: str) -> Content:
    """Return the matrix as a file; a cell without a figure says why."""
    t, found, titles = Texts(language), cells(path), labels(path, language)
    keys = {key: key if key in FIVE else "" for key in ROWS}
    rows = [
        [
            keys[row],
            titles[row],
            *(
                found.get((row, column), t(f"pendeln.matrix.{missing(row, column)}"))
                for column in COLUMNS
            ),
        ]
        for row in ROWS
    ]
    day = date(commuter_data.reference(path), language)
    said = text.picture_source(commuter_data.sources(path), release(path), language)
    head = [t("pendeln.matrix.caption", day=day), t("pendeln.rounded"), said]
    columns = [t("file.key"), t("pendeln.matrix.corner"), *(titles[key] for key in COLUMNS)]
    return Content(head, columns, rows)
