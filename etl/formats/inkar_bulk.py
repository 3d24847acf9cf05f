"""The whole INKAR database as the BBSR publishes it: one huge CSV in a zip, one row a figure.

The zip is read as a stream; only the rows that the layout declares are ever held.
"""

from __future__ import annotations

import csv
import functools
import re
import zipfile
from collections.abc import Iterator
from typing import IO

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv as arrow

from etl.errors import SourceError
from etl.formats import Cells, Source
from etl.formats.archive import BROKEN, members, opened
from etl.formats.rules import CHANGED, match_areas
from indicators.model import Strict

HEADS = [
    "Bereich", "ID", "Kuerzel", "Indikator", "Raumbezug", "Kennziffer", "Name", "Zeitbezug", "Wert",
]  # fmt: skip
INDICATOR, LEVEL, AREA, TIME, VALUE = "Kuerzel", "Raumbezug", "Kennziffer", "Zeitbezug", "Wert"
SEPARATOR = ";"
BLOCK, LONGEST = 1 << 22, 1 << 16


class Options(Strict):
    """How the database is used.

    `where` lists the texts that are kept, column by column; the indicators are the heads of the
    layout's columns. `areas` maps "Raumbezug Kennziffer" to our keys (`rules.match_areas`).
    `vintage_in_name` has one group: the edition in the file's name.
    """

    where: dict[str, list[str]]
    areas: dict[str, str | None]
    vintage_in_name: str
    decimal: str = ","


def read(source: Source) -> Cells:
    """Return the cells of the declared indicators and levels.

    Raises:
        SourceError: no zip with one CSV, cut off, other heads, a row that is cut off, a declared
            text that does not occur, or two different figures for one cell.
    """
    options = Options.model_validate(source.layout.options)
    edition = re.search(options.vintage_in_name, source.file)
    if not edition:
        raise SourceError(source.place(), "the file's name states no edition", CHANGED)
    rows = _rows(source, options)
    rows["area"] = match_areas(rows[LEVEL].str.cat(rows[AREA], sep=" "), options.areas)
    rows = _once(rows[rows["area"].notna()], source)
    heads = {column.head: column for column in source.layout.columns}
    cells = pd.DataFrame(
        {
            "line": rows["line"],
            "column": VALUE,
            "measure": rows[INDICATOR].map({head: c.measure for head, c in heads.items()}),
            "time": rows[TIME],
            "area": rows["area"],
            "text": rows[VALUE],
        }
    )
    for name in sorted({name for column in heads.values() for name in column.dims}):
        fixed = {head: column.dims.get(name, "") for head, column in heads.items()}
        cells[name] = rows[INDICATOR].map(fixed)
    published = (cells["text"] != "").groupby([cells["measure"], cells["time"]]).transform("any")
    return Cells(cells[published].reset_index(drop=True), edition.group(1))


def _rows(source: Source, options: Options) -> pd.DataFrame:
    """Return the kept rows as text, with their line in the file."""
    wanted = {**options.where, INDICATOR: [column.head for column in source.layout.columns]}
    try:
        (member,) = _tables(source)
        with opened(source.path, member) as stream:
            _refuse_other_heads(stream, source)
            blocks = list(_kept(stream, wanted))
    except SourceError:
        raise
    except BROKEN as error:
        # pyarrow's errors are ValueErrors as well: a row that is cut off, or another encoding.
        row = isinstance(error, pa.ArrowInvalid)
        problem = "a row cannot be read" if row else "this is no complete zip file"
        raise SourceError(
            source.place(), f"{problem} ({str(error)[:200]})", "Download it again."
        ) from error
    rows = pa.concat_tables(blocks).to_pandas() if blocks else pd.DataFrame(columns=HEADS)
    for name, texts in wanted.items():
        absent = [text for text in texts if text not in set(rows[name].unique())]
        if absent:
            raise SourceError(
                source.place(column=name), "a declared text does not occur", CHANGED, absent[0]
            )
    return rows


def _tables(source: Source) -> list[zipfile.ZipInfo]:
    found = members(source.path)
    tables = [member for member in found if member.filename.lower().endswith(".csv")]
    if len(tables) != 1:
        names = ", ".join(member.filename for member in found)
        raise SourceError(source.place(), "the zip must hold one CSV", CHANGED, names[:200])
    return tables


def _refuse_other_heads(stream: IO[bytes], source: Source) -> None:
    text = stream.readline(LONGEST).decode("utf-8-sig", "replace").strip()
    if next(csv.reader([text], delimiter=SEPARATOR), []) != HEADS:
        raise SourceError(
            source.place(1), f"the head line is not {SEPARATOR.join(HEADS)}", CHANGED, text[:200]
        )


def _kept(stream: IO[bytes], wanted: dict[str, list[str]]) -> Iterator[pa.Table]:
    """Yield the rows that are wanted, block by block; every row is checked for its width."""
    names = list(dict.fromkeys([*wanted, LEVEL, INDICATOR, AREA, TIME, VALUE]))
    parsing = arrow.ParseOptions(delimiter=SEPARATOR, ignore_empty_lines=False)
    conversion = arrow.ConvertOptions(
        include_columns=names,
        column_types=dict.fromkeys(names, pa.string()),
        strings_can_be_null=False,
    )
    line = 2
    for block in _blocks(stream):
        reading = arrow.ReadOptions(
            column_names=HEADS, use_threads=False, block_size=len(block) + 1
        )
        table = arrow.read_csv(pa.py_buffer(block), reading, parsing, conversion)
        lines = pa.array(np.arange(line, line + table.num_rows))
        line += table.num_rows
        keep = functools.reduce(
            pc.and_,
            [pc.is_in(table[name], value_set=pa.array(texts)) for name, texts in wanted.items()],
        )
        kept = table.append_column("line", lines).filter(keep)
        if kept.num_rows:
            yield kept


def _blocks(stream: IO[bytes]) -> Iterator[bytes]:
    """Yield the rest of a stream in blocks of whole lines."""
    rest = b""
    while data := stream.read(BLOCK):
        whole, newline, left = (rest + data).rpartition(b"\n")
        if len(left) > LONGEST:
            raise ValueError(f"a line of more than {LONGEST} bytes")
        if newline:
            yield whole + newline
        rest = left
    if rest:
        yield rest


def _once(rows: pd.DataFrame, source: Source) -> pd.DataFrame:
    """Return each cell once: indicators are listed in several chapters, with the same figure.

    Raises:
        SourceError: a cell that is listed with two figures.
    """
    key = [INDICATOR, "area", TIME]
    rows = rows.drop_duplicates([*key, VALUE])
    twice = rows.duplicated(key)
    if twice.any():
        row = rows[twice].iloc[0]
        raise SourceError(
            source.place(int(row["line"]), VALUE),
            f"{row[INDICATOR]} of area {row['area']} in {row[TIME]} has two figures",
            CHANGED,
            row[VALUE],
        )
    return rows
