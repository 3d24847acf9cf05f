"""Rectangular tables as they lie in CSV files, Parquet files and workbooks."""

from __future__ import annotations

import csv
import datetime
import io
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from pydantic import Field
from python_calamine import CalamineError, CalamineWorkbook

from etl.errors import SourceError
from etl.formats import Source
from etl.formats.rules import CHANGED, NO_HEAD
from etl.formats.text import decode
from indicators.model import Strict


class Where(Strict):
    """Where in the file the tables stand.

    `head` is the line of the first head line, `head_lines` how many there are, `first` the
    first line of figures (0: right after the heads). `end` is what the first column says where
    the table ends. `titles` are cells that must read as given, `Sheet!A3` or `A3`.
    """

    reader: Literal["csv", "parquet", "sheet"]
    separator: str = ","
    sheets: list[str] = Field(default_factory=list)
    head: int = 1
    head_lines: int = 1
    first: int = 0
    end: str = ""
    titles: dict[str, str] = Field(default_factory=dict)

    @property
    def begin(self) -> int:
        """Return the first line of figures, 1-based."""
        return self.first or self.head + self.head_lines


@dataclass(frozen=True)
class Table:
    """One table: its heads, and a frame of text (or, for Parquet, typed) columns 0, 1, ….

    The frame's index is the line in the file (sheets and Parquet: the row), 1-based.
    """

    sheet: str
    heads: list[str]
    frame: pd.DataFrame
    typed: bool = False

    def address(self, position: int) -> str:
        """Return how the file names a column: letter in a sheet, else the head."""
        if not self.sheet:
            return self.heads[position]
        return f"{self.sheet}!{letter_of(position)}"


def letter_of(position: int) -> str:
    """Return the letters by which a sheet names its column 0, 1, … (A, B, …, Z, AA)."""
    letters, number = "", position + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def read_tables(source: Source, where: Where, needed: set[str]) -> list[Table]:
    """Return the tables of a file; of a Parquet file only the `needed` columns.

    Raises:
        SourceError: the file is broken or no such file, a sheet is absent, a title differs, or
            a row is cut off.
    """
    if where.reader == "parquet":
        return [_parquet(source, needed)]
    if where.reader == "csv":
        return [_rectangle("", _csv_rows(source, where), where, source)]
    return [_rectangle(name, _sheet_rows(source, name), where, source) for name in where.sheets]


def _csv_rows(source: Source, where: Where) -> list[list[str]]:
    text = decode(source.path.read_bytes(), source)
    rows = list(csv.reader(io.StringIO(text), delimiter=where.separator))
    while rows and not any(rows[-1]):
        rows.pop()
    width = len(rows[where.head - 1]) if len(rows) >= where.head else 0
    for number, row in enumerate(rows[where.begin - 1 :], start=where.begin):
        if len(row) != width:
            raise SourceError(
                source.place(number),
                f"the row has {len(row)} fields instead of {width}",
                "Download it again.",
                where.separator.join(row)[:80],
            )
    return rows


def _sheet_rows(source: Source, name: str) -> list[list[str]]:
    try:
        workbook = CalamineWorkbook.from_path(str(source.path))
        sheet = workbook.get_sheet_by_name(name)
    except CalamineError as error:
        raise SourceError(
            source.place(column=name),
            f"the workbook or its sheet cannot be read ({error})",
            "See whether this is a workbook, and which sheets it has.",
        ) from error
    return [[text_of(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]


def text_of(cell: Any) -> str:
    """Return a cell as text: whole numbers without '.0', dates as ISO dates."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime.datetime):
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, datetime.date) else str(cell)


def _rectangle(sheet: str, rows: list[list[str]], where: Where, source: Source) -> Table:
    if len(rows) < where.begin:
        raise SourceError(source.place(column=sheet), "the table ends before its figures", CHANGED)
    _refuse_other_titles(sheet, rows, where, source)
    heads = _stack(rows[where.head - 1 : where.head - 1 + where.head_lines])
    body = rows[where.begin - 1 :]
    frame = pd.DataFrame(body, index=range(where.begin, len(rows) + 1), dtype="object")
    if where.end:
        stop = frame[0].astype(str).str.match(where.end)
        if not stop.any():
            raise SourceError(
                source.place(len(rows), sheet),
                "the foot of the table is absent",
                CHANGED,
                where.end,
            )
        frame = frame.iloc[: int(stop.to_numpy().argmax())]
    frame = frame[(frame != "").any(axis=1)]
    heads = [head or (NO_HEAD if (frame[n] != "").any() else "") for n, head in enumerate(heads)]
    return Table(sheet, heads, frame)


def _stack(lines: list[list[str]]) -> list[str]:
    """Join stacked heads from top to bottom; a head above others counts up to the next one."""
    filled = []
    for line in lines[:-1]:
        last, row = "", []
        for cell in line:
            last = cell or last
            row.append(last)
        filled.append(row)
    columns = zip(*filled, lines[-1], strict=True)
    return [
        " | ".join(" ".join(cell.split()) for cell in column if cell.strip()) for column in columns
    ]


def _refuse_other_titles(sheet: str, rows: list[list[str]], where: Where, source: Source) -> None:
    for address, title in where.titles.items():
        name, _, cell = address.rpartition("!")
        if name not in ("", sheet):
            continue
        line, column = int(cell[1:]), ord(cell[0]) - 65
        found = " ".join(rows[line - 1][column].split())
        if found != title:
            raise SourceError(
                source.place(line, f"{sheet}!{cell[0]}" if sheet else cell[0]),
                f"the title is not {title!r}",
                CHANGED,
                found[:120],
            )


def _parquet(source: Source, needed: set[str]) -> Table:
    try:
        names = pq.read_schema(source.path).names
        wanted = [name for name in names if name in needed]
        table = pq.read_table(source.path, columns=wanted)
    except (pa.ArrowInvalid, OSError) as error:
        raise SourceError(
            source.place(), f"this is no Parquet file ({error})", "Download it again."
        ) from error
    columns = {}
    for name in wanted:
        column = table[name]
        if not pa.types.is_floating(column.type):
            column = pc.cast(column, pa.string()).dictionary_encode()
        columns[names.index(name)] = column.to_pandas()
    frame = pd.DataFrame(columns)
    frame.index = pd.RangeIndex(1, len(frame) + 1)
    return Table("", names, frame, typed=True)
