"""Files of the present view: for German Excel, and plain for everything else.

Both name source, licence, release and the mark of every cell. A text that a spreadsheet would
take for a formula is made harmless.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import streamlit as st

from indicators.records import Indicator
from indicators.store import Extent
from pages._ui import data, text
from pages._ui.i18n import Texts
from pages._ui.numbers import known, unit_text

Row = dict[Hashable, Any]
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"
NUMBERS = ("value", "lower", "upper")
RANKS = ("rank", "rank_low", "rank_high", "n")


@dataclass(frozen=True)
class Extract:
    """Which figures a file holds."""

    path: str
    indicator: str
    year: int
    extent: Extent
    language: str

    def name(self, kind: str) -> str:
        """Return a file name that says indicator, year, extent and release."""
        release = data.release(self.path).id
        parts = (self.indicator, str(self.year), self.extent, release, kind)
        return re.sub(r"[^A-Za-z0-9._-]+", "-", "_".join(parts)) + ".csv"


def harmless(content: str) -> str:
    """Return a text that no spreadsheet reads as a formula."""
    return f"'{content}" if content.startswith(FORMULA) else content


def german_excel(extract: Extract) -> bytes:
    """Return a file that German Excel opens by a double click: `;`, decimal comma, UTF-8 BOM."""
    t = Texts(extract.language)
    indicator, rows = _content(extract)
    head = [
        [t("file.indicator"), indicator.name.get(extract.language)],
        [t("file.year"), str(extract.year)],
        [t("file.unit"), unit_text(indicator.unit, extract.language)],
        [t("file.extent"), t(f"extent.{extract.extent}.kreise")],
        *([t("file.source"), line] for line in _sources(extract)),
        [t("file.release"), text.release_line(data.release(extract.path), extract.language)],
        [],
    ]
    titles = [t(f"file.{name}") for name in ("key", "area", *NUMBERS, "mark", "qualifier", *RANKS)]
    body = [
        [
            str(row["area_id"]),
            harmless(str(row[f"name_{extract.language}"])),
            *(_number(row[name], ",") for name in NUMBERS),
            t(f"mark.{row['mark']}"),
            _qualifier(row, t),
            *(_number(row[name], ",") for name in RANKS),
        ]
        for row in rows
    ]
    safe = [[harmless(cell) for cell in line] for line in head]
    return for_excel([*safe, titles, *body])


def plain_csv(extract: Extract) -> bytes:
    """Return RFC 4180 CSV: comma, decimal point, UTF-8, one head line, codes not words."""
    indicator, rows = _content(extract)
    release = data.release(extract.path).id
    source = harmless(" | ".join(_sources(extract)))
    licence = harmless(_licences(extract))
    titles = [
        *("area_id", "area", "indicator", "year", *NUMBERS, "unit", "mark", "qualifier", *RANKS),
        *("source", "licence", "release"),
    ]
    body = [
        [
            str(row["area_id"]),
            harmless(str(row[f"name_{extract.language}"])),
            indicator.id,
            str(extract.year),
            *(_number(row[name], ".") for name in NUMBERS),
            indicator.unit,
            str(row["mark"]),
            str(row["qualifier"]),
            *(_number(row[name], ".") for name in RANKS),
            source,
            licence,
            release,
        ]
        for row in rows
    ]
    return plain([titles, *body])


def for_excel(lines: Sequence[Sequence[str]]) -> bytes:
    """Return lines as German Excel opens them: semicolons, UTF-8 with its mark at the start."""
    return (BOM + _csv(lines, ";")).encode("utf-8")


def plain(lines: Sequence[Sequence[str]]) -> bytes:
    """Return lines as RFC 4180 has them, in UTF-8."""
    return _csv(lines, ",").encode("utf-8")


def buttons(extract: Extract) -> None:
    """Show both downloads; a file is written when it is asked for."""
    t = Texts(extract.language)
    kinds: tuple[tuple[str, Callable[[Extract], bytes]], ...] = (
        ("excel", german_excel),
        ("plain", plain_csv),
    )
    with st.container(horizontal=True):
        for kind, write in kinds:
            st.download_button(
                t(f"download.{kind}", indicator=_short(extract), year=extract.year),
                data=partial(write, extract),
                file_name=extract.name(kind),
                mime="text/csv",
                on_click="ignore",
                key=f"dl_{kind}_{extract.indicator}_{extract.year}",
            )


def _short(extract: Extract) -> str:
    return data.indicators(extract.path)[extract.indicator].short.get(extract.language)


def _content(extract: Extract) -> tuple[Indicator, list[Row]]:
    indicator = data.indicators(extract.path)[extract.indicator]
    frame = data.cross_section(extract.path, extract.indicator, extract.year, extract.extent)
    return indicator, frame.to_dict("records")


def _sources(extract: Extract) -> list[str]:
    frame = data.sources(extract.path, extract.indicator, extract.year)
    frame = frame.drop_duplicates(["dataset", "vintage"])
    return [text.file_source(row, extract.language) for row in frame.to_dict("records")]


def _licences(extract: Extract) -> str:
    frame = data.sources(extract.path, extract.indicator, extract.year)
    return " | ".join(sorted({str(name) for name in frame["licence"]}))


def _number(value: object, decimal: str) -> str:
    number = known(value)
    if number is None:
        return ""
    return f"{number:.10g}".replace(".", decimal)


def _qualifier(row: Row, t: Texts) -> str:
    named = [name for name in str(row["qualifier"]).split(";") if name]
    return ", ".join(t(f"qualifier.{name}") for name in named)


def _csv(lines: Sequence[Sequence[str]], separator: str) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=separator, lineterminator="\r\n").writerows(lines)
    return buffer.getvalue()
