"""The first rows of a selection, with an honest count of all."""

from __future__ import annotations

from html import escape

import pandas as pd
import streamlit as st

from indicators.extracts import Selection
from pages._ui import tables, why
from pages._ui.extract import readers
from pages._ui.i18n import Texts
from pages._ui.numbers import number, unit_text
from pages._ui.shell import Page
from pages._ui.tables import Column

FIGURES = ("indicator_name", "area_name", "year", "value", "lower", "upper", "unit", "mark",
           "qualifier", "rank")  # fmt: skip
CELLS = ("measure_name", "area_name", "partner_id", "year", "sector", "occupation", "breakdown",
         "value", "unit", "mark", "qualifier", "published", "line", "column")  # fmt: skip
NUMBERS = {"value", "lower", "upper"}
WHOLE = {"year", "rank", "line"}


def show(page: Page, selection: Selection) -> int:
    """Draw count and preview; return how many rows there are."""
    rows = readers.count(page.path, selection)
    if rows == 0:
        st.info(page.t("daten.none"))
        return 0
    shown = min(rows, readers.PREVIEW)
    st.markdown(
        page.t("daten.count", rows=number(rows, 0, page.language), shown=str(shown))
        if rows > shown
        else page.t.count("daten.count.all", rows, number(rows, 0, page.language))
    )
    frame = readers.preview(page.path, selection, page.language)
    described = readers.description(page.path, selection)
    titles = {field.id: field.name.get(page.language) for field in described.fields}
    st.html(_table(frame, titles, page.t, page.path))
    return rows


def _table(frame: pd.DataFrame, titles: dict[str, str], t: Texts, path: str) -> str:
    names = [
        name
        for name in (FIGURES if "indicator" in frame else CELLS)
        if not (frame[name].isna() | (frame[name].astype(str) == "")).all()
    ]
    columns = [Column(titles[name], name in NUMBERS | WHOLE) for name in names]
    rows = [
        [_cell(row, name, t, path) for name in names]
        for row in frame.astype(object).where(frame.notna(), None).to_dict("records")
    ]
    return tables.html_table(
        columns,
        rows,
        t("daten.preview" if "indicator" in frame else "daten.preview.table"),
        tall=True,
    )


def _cell(row: tables.Row, name: str, t: Texts, path: str) -> str:
    value = row[name]
    # A figure without a value leads to its explanation by its mark.
    single = "indicator" in row and row["level"] != "group"
    leads = single and name == ("mark" if row["value"] is None else "value")
    if name in ("mark", "qualifier"):
        shown = ", ".join(t(f"{name}.{part}") for part in str(value).split(";") if part)
    elif value is None:
        return ""
    elif name in NUMBERS:
        shown = _digits(float(value), t.language)
    else:
        shown = _plain(value, name, t.language)
    if leads:
        figure = (str(row["indicator"]), str(row["area_id"]), int(row["year"]))
        return why.link(shown, path, *figure, t.language)
    return escape(shown)


def _plain(value: object, name: str, language: str) -> str:
    if name == "unit":
        return unit_text(str(value), language)
    return str(int(str(value))) if name in WHOLE else str(value)


def _digits(value: float, language: str) -> str:
    """Return a number with the digits it has, at most six decimals."""
    return number(value, len(f"{value:.6f}".rstrip("0").partition(".")[2]), language)
