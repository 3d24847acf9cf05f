"""A document on a page: the same blocks as in the PDF, as Streamlit elements."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from itertools import count

import streamlit as st

from pages._ui import table_files, tables, why
from pages._ui.card import CHART_CONFIG
from pages._ui.paper import plotly
from pages._ui.paper.model import (
    Amount,
    Block,
    Chart,
    Heading,
    Lead,
    Link,
    Note,
    Paragraph,
    Points,
    Side,
    Source,
    Table,
    shown,
)
from pages._ui.ready import ReadyFigure
from pages._ui.shell import Page
from pages._ui.table_files import Cell, Content
from pages._ui.tables import Column

MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|$~<>:&])")
HEADINGS = {1: "##", 2: "###", 3: "####"}
LOOKS = {Lead: "sm-lead", Paragraph: "sm-text", Note: "sm-note", Source: "sm-note"}


def show(page: Page, blocks: Sequence[Block], key: str) -> None:
    """Draw blocks one below the other; `key` keeps their elements apart from others of a page.

    A table that follows a chart is the chart in figures and opens on demand.
    """
    numbers = count()
    folded = False
    for block in blocks:
        name = f"{key}_{next(numbers)}"
        if isinstance(block, Heading):
            st.markdown(f"{HEADINGS[block.level]} {plain(block.text)}")
        elif isinstance(block, Chart):
            _chart(page, block, name)
        elif isinstance(block, Side):
            for side, (column, chart) in enumerate(zip(st.columns(2), block.charts, strict=True)):
                with column:
                    _chart(page, chart, f"{name}_{side}")
        elif isinstance(block, Table):
            _table(page, block, folded)
        else:
            st.html(html(block))
        folded = isinstance(block, Chart | Side | Table)


def plain(words: str) -> str:
    """Return words that Markdown shows as they stand."""
    return MARKDOWN.sub(r"\\\1", " ".join(words.split()))


def html(block: Lead | Paragraph | Note | Source | Points | Link) -> str:
    """Return a block of text as HTML; every text in it is escaped."""
    if isinstance(block, Points):
        items = "".join(
            f"<li><strong>{escape(term)}</strong> {escape(said)}</li>" for term, said in block.items
        )
        return f'<ul class="sm-points">{items}</ul>'
    if isinstance(block, Link):
        return f"<p>{tables.link(block.url, block.label)}</p>"
    return f'<p class="{LOOKS[type(block)]}">{escape(block.text)}</p>'


def _chart(page: Page, chart: Chart, key: str) -> None:
    st.html(f'<p class="sm-caption">{escape(chart.caption)}</p>')
    figure = plotly.figure(chart.drawing, page.language, page.narrow, page.dark)
    st.plotly_chart(ReadyFigure(figure), key=key, theme=None, config=CHART_CONFIG, alt=chart.alt)


def _table(page: Page, table: Table, folded: bool) -> None:
    if folded:
        with st.expander(plain(table.caption)):
            _table(page, table, False)
        return
    columns = [
        Column(head, number) for head, number in zip(table.header, table.numeric, strict=True)
    ]
    rows = [[_cell(cell, page.language) for cell in row] for row in table.rows]
    st.html(tables.html_table(columns, rows, table.caption, table.strong, tall=len(rows) > 15))
    if table.name:
        table_files.buttons(page, lambda: content(table), table.name)


def _cell(cell: Amount | str, language: str) -> str:
    if isinstance(cell, Amount) and cell.origin:
        return why.anchor(cell.text, cell.origin, language)
    return escape(shown(cell))


def content(table: Table) -> Content:
    """Return a table as a file: numbers as numbers, with what they are shown as where it differs.

    A cell without a number (secret, missing, an interval) says so in words.
    """
    return Content([table.caption], table.header, [[_raw(cell) for cell in row]
                                                   for row in table.rows])  # fmt: skip


def _raw(cell: Amount | str) -> Cell:
    if isinstance(cell, Amount):
        return cell.text if cell.value is None else cell.value
    return cell
