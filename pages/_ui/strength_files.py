"""The figures of strengths as files: every table of the page with marks, intervals and sources."""

from __future__ import annotations

from collections.abc import Sequence

from indicators.strengths_store import Kind
from pages._ui import data, strength_data, text
from pages._ui.i18n import Texts
from pages._ui.lq_classes import persons, quotient
from pages._ui.numbers import known
from pages._ui.table_files import Cell, Content
from pages._ui.tables import Row

COLUMNS = (
    *("lq", "lq_low", "lq_high", "lq_mark", "persons", "lower", "upper", "mark"),
    *("share", "growth", "rank_low", "rank_high", "n", "few"),
)


def head(path: str, kind: Kind, year: int, title: str, t: Texts) -> list[str]:
    """Return what a file says of itself: title, tables and licences, boundaries."""
    sources = strength_data.sources(path, kind, year)
    return [title, text.picture_source(sources, data.release(path), t.language)]


def content(
    said: Sequence[str],
    titles: Sequence[str],
    first: Sequence[Sequence[Cell]],
    rows: Sequence[Row],
    t: Texts,
) -> Content:
    """Return figures as a file; `titles` and `first` are the columns that name area or code."""
    headings = [*titles, *(t(f"staerken.file.{name}") for name in COLUMNS)]
    lines = [[*names, *_cells(row, t)] for names, row in zip(first, rows, strict=True)]
    return Content(said, headings, lines)


def _cells(row: Row, t: Texts) -> list[Cell]:
    value, size = quotient(row), persons(row)
    return [
        *(value.value, value.lower, value.upper, t(f"mark.{value.mark}")),
        *(size.value, size.lower, size.upper, t(f"mark.{size.mark}")),
        *(known(row.get(name)) for name in COLUMNS[8:-1]),
        t("staerken.few") if row.get("few") else "",
    ]
