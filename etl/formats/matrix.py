"""Input-output tables: suppliers down, users across, in CSV with one or more head lines."""

from __future__ import annotations

import csv
import io
import re

import pandas as pd
from pydantic import Field

from etl.errors import SourceError
from etl.formats import Cells, Source
from etl.formats.rules import CHANGED, keep, refuse_wrong_groups
from etl.formats.text import decode
from indicators.model import Strict

INDUSTRY = "industry"


class Options(Strict):
    """How an input-output table is written.

    `row` is the head of the column with the row codes. A code that `industry` matches is a
    supplying industry (group 1, if any, is its code): such a row is declared in `columns` as
    `industry` and gets the dimensions `sector` (row) and `user` (column). Any other row is
    declared under its code and gets the dimension `sector` (column), except under the columns
    of final use (`final`). `labels` are the heads left of the figures. `skip_rows` and
    `skip_columns` are published, not used.
    """

    row: str
    industry: str
    separator: str = ","
    head_lines: int = 1
    dims: dict[str, str] = Field(default_factory=dict)
    where: dict[str, list[str]] = Field(default_factory=dict)
    labels: list[str] = Field(default_factory=list)
    skip_rows: list[str] = Field(default_factory=list)
    skip_columns: list[str] = Field(default_factory=list)
    final: list[str] = Field(default_factory=list)
    time: str = ""
    time_in_name: str = ""
    vintage: str = ""
    decimal: str = ","
    thousands: str = ""


def read(source: Source) -> Cells:
    """Return the cells of an input-output table.

    Raises:
        SourceError: another head, a row that is cut off, or a row code that is not declared.
    """
    options = Options.model_validate(source.layout.options)
    table, users = _table(options, source)
    table = table[keep(table, options.where, source)]
    kinds = _kinds(table, options, source)
    table = table.assign(kind=kinds)[kinds.notna()]
    keys = ["line", "kind", "code", *options.dims.values()]
    table["time"] = table[options.time] if options.time else _time_in_name(options, source)
    long = table.melt([*keys, "time"], users, "column", "text")
    long["text"] = long["text"].str.strip()
    cells = _dimensions(long, options, source)
    refuse_wrong_groups(cells, options.thousands, source)
    return Cells(cells, options.vintage)


def _table(options: Options, source: Source) -> tuple[pd.DataFrame, list[str]]:
    """Return the rows as text with `line` and `code`, and the heads of the users."""
    text = decode(source.path.read_bytes(), source)
    rows = list(csv.reader(io.StringIO(text), delimiter=options.separator))
    head = rows[0]
    labels = options.labels or [options.row]
    if head[: len(labels)] != labels:
        raise SourceError(
            source.place(1), f"the head does not begin with {labels}", CHANGED, str(head[:5])
        )
    for number, row in enumerate(rows[1:], start=2):
        if len(row) != len(head):
            raise SourceError(
                source.place(number),
                f"the row has {len(row)} fields instead of {len(head)}",
                "Download it again.",
                str(row[:5]),
            )
    first = 1 + options.head_lines
    table = pd.DataFrame(rows[first - 1 :], columns=head)
    table.insert(0, "line", range(first, len(rows) + 1))
    table["code"] = table[options.row].map(lambda code: _industry(code, options) or code)
    users = [name for name in head[len(labels) :] if name not in options.skip_columns]
    return table, users


def _industry(code: str, options: Options) -> str | None:
    found = re.fullmatch(options.industry, code)
    if not found:
        return None
    return found.group(1) if found.groups() else code


def _kinds(table: pd.DataFrame, options: Options, source: Source) -> pd.Series:
    """Return what each row is: `industry`, its own declared code, or NaN where skipped."""
    declared = {column.head for column in source.layout.columns}

    def kind(code: str) -> str | None:
        if _industry(code, options) is not None:
            return INDUSTRY if INDUSTRY in declared else None
        return code if code in declared else None

    codes = table[options.row]
    kinds = codes.map({code: kind(code) for code in codes.unique()})
    unknown = kinds.isna() & ~codes.isin(options.skip_rows)
    absent = sorted(declared - set(kinds.dropna()))
    if unknown.any() or absent:
        line = int(table["line"][unknown].iloc[0]) if unknown.any() else 1
        raise SourceError(
            source.place(line, options.row),
            "a row is not declared" if unknown.any() else "a declared row is absent",
            CHANGED,
            codes[unknown].iloc[0] if unknown.any() else absent[0],
        )
    return kinds


def _time_in_name(options: Options, source: Source) -> str:
    found = re.search(options.time_in_name, source.path.name)
    if not found:
        raise SourceError(source.place(), "the file's name states no year", CHANGED)
    return found.group(1)


def _dimensions(long: pd.DataFrame, options: Options, source: Source) -> pd.DataFrame:
    measures = {column.head: column.measure for column in source.layout.columns}
    industry = long["kind"] == INDUSTRY
    # Value added and output stand under industries; under final demand they mean nothing.
    long = long[industry | ~long["column"].isin(options.final)]
    industry = industry[long.index]
    cells = long[["line", "column", "time", "text"]].assign(
        area="DG",
        measure=long["kind"].map(measures),
        sector=long["code"].where(industry, long["column"]),
        user=long["column"].where(industry, ""),
    )
    for name, head in options.dims.items():
        cells[name] = long[head].where(industry, "")
    return cells.reset_index(drop=True)
