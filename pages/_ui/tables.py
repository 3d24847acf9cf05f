"""Tables as HTML: a screen reader can read them, and numbers are in the reader's language.

Streamlit's own grid draws on a canvas and writes numbers as the browser wants.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from indicators.store import Extent
from pages._ui import data, text, why
from pages._ui.i18n import Texts
from pages._ui.numbers import Figure, known, rank

Row = dict[Hashable, Any]


@dataclass(frozen=True)
class Column:
    """A heading, and whether the column holds numbers."""

    heading: str
    number: bool = False


def html_table(
    columns: Sequence[Column],
    rows: Sequence[Sequence[str]],
    caption: str,
    strong: Sequence[bool] = (),
    tall: bool = False,
) -> str:
    """Return a table of cells that are HTML already; rows that are `strong` stand out.

    A `tall` table scrolls within itself.
    """
    head = "".join(_cell("th", column, escape(column.heading)) for column in columns)
    body = "".join(
        _row(columns, row, position < len(strong) and strong[position])
        for position, row in enumerate(rows)
    )
    tall_class = " sm-tall" if tall else ""
    return (
        f'<div class="sm-table{tall_class}" tabindex="0" role="region" '
        f'aria-label="{escape(caption)}"><table><caption>{escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _row(columns: Sequence[Column], cells: Sequence[str], strong: bool) -> str:
    content = "".join(
        _cell("td", column, cell) for column, cell in zip(columns, cells, strict=True)
    )
    return f'<tr class="ours">{content}</tr>' if strong else f"<tr>{content}</tr>"


def _cell(tag: str, column: Column, content: str) -> str:
    scope = ' scope="col"' if tag == "th" else ""
    align = ' class="num"' if column.number else ""
    return f"<{tag}{scope}{align}>{content}</{tag}>"


@st.cache_resource(max_entries=64, show_spinner=False)
def cross_section(path: str, indicator_id: str, year: int, extent: Extent, language: str) -> str:
    """Return the table under a map: area, key, value or mark, rank; highest value first."""
    t = Texts(language)
    indicator = data.indicators(path)[indicator_id]
    frame = data.cross_section(path, indicator_id, year, extent)
    rows: list[Row] = sorted(frame.to_dict("records"), key=lambda row: _order(row, language))
    columns = [
        Column(t("table.area")),
        Column(f"{indicator.short.get(language)} {year}", number=True),
        Column(t("table.rank"), number=True),
        Column(t("table.key")),
    ]
    cells = [
        [
            escape(str(row[f"name_{language}"])),
            why.link(
                text.shown(indicator, Figure.of(row), language),
                path,
                indicator_id,
                str(row["area_id"]),
                year,
                language,
                str(row["mark"]),
            ),
            rank(row["rank_low"], row["rank_high"], row["n"], language, bare=True),
            str(row["area_id"]),
        ]
        for row in rows
    ]
    caption = t("table.caption", indicator=indicator.name.get(language), year=year)
    strong = [bool(row["in_region"]) and extent != "region" for row in rows]
    return html_table(columns, cells, caption, strong, tall=len(rows) > 15)


def _order(row: Row, language: str) -> tuple[bool, float, str]:
    value = known(row["value"])
    return value is None, -(value or 0.0), str(row[f"name_{language}"])


def definition(pairs: Sequence[tuple[str, str]]) -> str:
    """Return a list of terms with what they say, the latter being HTML already."""
    items = "".join(f"<dt>{escape(term)}</dt><dd>{said}</dd>" for term, said in pairs if said)
    return f'<dl class="sm-list">{items}</dl>'


def link(url: str, label: str) -> str:
    """Return a link to a page of a publisher, or the label alone where it is no web address."""
    if not url.startswith(("https://", "http://")):
        return escape(label)
    return f'<a href="{escape(url)}" target="_blank" rel="noopener">{escape(label)}</a>'


def day(value: object) -> object | None:
    """Return a date of a frame, or None for NaT."""
    return None if pd.isna(value) else value  # type: ignore[call-overload]
