"""Commuters between Kreise as the BA Pendleratlas exports them: preamble, head, rows, footer."""

from __future__ import annotations

import csv
import io
import re

import pandas as pd
from pydantic import Field

from etl.errors import SourceError
from etl.formats import Cells, Source
from etl.formats.rules import CHANGED
from etl.formats.text import decode
from etl.model import Column
from indicators.model import Strict

MONTHS = {"Juni": "06-30", "Dezember": "12-31"}
MONTH = re.compile(r"(Juni|Dezember) ((?:19|20)\d\d)")
KINDS = {
    "total": re.compile(r"0"),
    "kreis": re.compile(r"\d{5}"),
    "rest": re.compile(r"\d{3}xx"),
    "abroad": re.compile(r"[A-Z]{1,3}"),
}
FOOTER = "Exportdatum"


class Options(Strict):
    """How a Pendleratlas export is used.

    `place` is the head of the first column (Wohnort or Arbeitsort). Columns are declared as
    `kind | head`; the kind of a row follows from the key of the other place: `total` (key 0),
    `kreis`, `rest` (other Kreise of a Regierungsbezirk, `140xx`), `abroad` (country code).
    Kinds in `skip` are published, not used. `rest` and `abroad` name the dimension that takes
    the key; the key of a Kreis is the partner.
    """

    place: str
    other: str
    rest: str = "elsewhere"
    abroad: str = "country"
    skip: list[str] = Field(default_factory=list)
    decimal: str = ","


def read(source: Source) -> Cells:
    """Return the cells of one Pendleratlas export.

    Dots were stripped from the names in these files, so that rows are read by key only.

    Raises:
        SourceError: another preamble or head, a cut-off row, no footer, an unknown kind of key.
    """
    options = Options.model_validate(source.layout.options)
    rows = list(csv.reader(io.StringIO(decode(source.path.read_bytes(), source)), delimiter=";"))
    begin = _head_line(rows, options, source)
    table = _table(rows, begin, source)
    table["kind"] = _kinds(table, source)
    _refuse_undeclared_kinds(table, options, source)
    parts = [_part(table, column, options, source) for column in source.layout.columns]
    time = _month(rows[:begin], "Berichtsmonat", source)
    return Cells(pd.concat(parts, ignore_index=True).assign(time=time), _vintage(rows))


def _head_line(rows: list[list[str]], options: Options, source: Source) -> int:
    """Return the index of the head line, checked against the declared heads."""
    start = [options.place, "Regionalschlüssel", options.other, "Regionalschlüssel"]
    for number, row in enumerate(rows[:30]):
        if row[:4] == start:
            figures = [column.head.partition(" | ")[2] for column in source.layout.columns]
            if all(row[4:].count(figure) == 1 for figure in figures):
                return number
    raise SourceError(
        source.place(),
        f"no head line with {'; '.join(start)} and the declared columns",
        CHANGED,
        ";".join(rows[0])[:60] if rows else "",
    )


def _month(preamble: list[list[str]], label: str, source: Source) -> str:
    """Return the reference date of the month that the preamble states."""
    for number, row in enumerate(preamble, start=1):
        if len(row) == 2 and row[0] == label:
            found = MONTH.fullmatch(row[1])
            if found:
                return f"{found.group(2)}-{MONTHS[found.group(1)]}"
            raise SourceError(source.place(number), f"{label} is no known month", CHANGED, row[1])
    raise SourceError(source.place(), f"the preamble states no {label}", CHANGED)


def _vintage(rows: list[list[str]]) -> str:
    """Return the day of the export from the footer, as an ISO date."""
    date = next(row[1] for row in rows[-6:] if row and row[0].startswith(FOOTER))
    return f"{date[4:]}-{date[2:4]}-{date[:2]}"


def _table(rows: list[list[str]], begin: int, source: Source) -> pd.DataFrame:
    width = len(rows[begin])
    end = next(
        (n for n in range(begin + 1, len(rows)) if rows[n] and rows[n][0].startswith(FOOTER)), 0
    )
    if not end:
        raise SourceError(
            source.place(len(rows)),
            "the footer with the date of export is absent",
            "The file was cut off: download it again.",
        )
    body = [(n + 1, row) for n, row in enumerate(rows[:end]) if n > begin and any(row)]
    for number, row in body:
        if len(row) != width:
            raise SourceError(
                source.place(number),
                f"the row has {len(row)} fields instead of {width}",
                "Download it again.",
                ";".join(row)[:80],
            )
    table = pd.DataFrame(
        [row for _, row in body], columns=["place", "area", "other", "key", *rows[begin][4:]]
    )
    table.insert(0, "line", [number for number, _ in body])
    return table


def _kinds(table: pd.DataFrame, source: Source) -> pd.Series:
    known = {
        key: next((kind for kind, rule in KINDS.items() if rule.fullmatch(key)), None)
        for key in table["key"].unique()
    }
    kinds = table["key"].map(known)
    if kinds.isna().any():
        row = table[kinds.isna()].iloc[0]
        raise SourceError(
            source.place(int(row["line"]), "Regionalschlüssel"),
            "the key of the other place is of no known kind",
            CHANGED,
            row["key"],
        )
    return kinds


def _refuse_undeclared_kinds(table: pd.DataFrame, options: Options, source: Source) -> None:
    declared = {column.head.partition(" | ")[0] for column in source.layout.columns}
    unused = set(table["kind"]) - declared - set(options.skip)
    if unused:
        row = table[table["kind"].isin(unused)].iloc[0]
        raise SourceError(
            source.place(int(row["line"])),
            "rows of this kind are not declared",
            CHANGED,
            f"{row['kind']}: {row['key']}",
        )


def _part(table: pd.DataFrame, column: Column, options: Options, source: Source) -> pd.DataFrame:
    """Return the cells of one declared column, for rows of its kind."""
    kind, _, figure = column.head.partition(" | ")
    rows = table[table["kind"] == kind]
    key = rows["key"]
    cells = rows[["line", "area"]].assign(column=figure, measure=column.measure, text=rows[figure])
    cells["partner"] = key if kind == "kreis" else ""
    cells[options.rest] = key.str[:3] if kind == "rest" else ""
    cells[options.abroad] = key if kind == "abroad" else ""
    for name in sorted({name for other in source.layout.columns for name in other.dims}):
        cells[name] = column.dims.get(name, "")
    return cells
