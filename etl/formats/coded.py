"""What the two Eurostat formats share: coded dimensions that become cells."""

from __future__ import annotations

import gzip
import zlib
from datetime import UTC, datetime

import pandas as pd
from pydantic import Field

from etl.errors import SourceError
from etl.formats import Source
from etl.formats.rules import CHANGED, keep, match_areas
from etl.formats.text import decode
from indicators.model import Strict

GZIP = b"\x1f\x8b"


class Options(Strict):
    """How the dimensions of a Eurostat table are used.

    `measure` names the dimension whose codes are the heads of `columns`; `dims` maps our
    dimensions to theirs; `where` lists the codes that are kept, dimension by dimension; `areas`
    maps area codes (see `rules.match_areas`). Every other dimension must have one code only.
    """

    measure: str
    dims: dict[str, str] = Field(default_factory=dict)
    where: dict[str, list[str]] = Field(default_factory=dict)
    areas: dict[str, str | None] = Field(default_factory=dict)
    vintage: str = ""
    decimal: str = ","


def unpack(source: Source) -> tuple[str, str]:
    """Return the text of a file, gzip or plain, and the day that its gzip head states, or ''.

    Raises:
        SourceError: a gzip file that was cut off, or no text of a table.
    """
    data = source.path.read_bytes()
    text = decode(gunzip(source), source)
    if not data.startswith(GZIP):
        return text, ""
    seconds = int.from_bytes(data[4:8], "little")
    return text, f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d}" if seconds else ""


def gunzip(source: Source) -> bytes:
    """Return the bytes of a file, unpacked where they are gzip.

    Raises:
        SourceError: a gzip file that was cut off.
    """
    data = source.path.read_bytes()
    if not data.startswith(GZIP):
        return data
    try:
        return gzip.decompress(data)
    except (EOFError, OSError, zlib.error) as error:
        raise SourceError(
            source.place(), f"this is no complete gzip file ({error})", "Download it again."
        ) from error


def select(table: pd.DataFrame, options: Options, source: Source) -> pd.DataFrame:
    """Return the rows that the layout keeps: our areas, its codes.

    `table` has the published dimensions (with `geo`) as columns of text, and `line`.

    Raises:
        SourceError: a dimension of the layout is absent, a declared code does not occur, or a
            dimension that the layout does not use has several codes.
    """
    used = [options.measure, *options.dims.values(), *options.where]
    absent = [name for name in [*used, "geo"] if name not in table]
    if absent:
        raise SourceError(source.place(1), "a dimension is absent", CHANGED, absent[0])
    table = table.assign(geo=match_areas(table["geo"], options.areas))
    table = table[table["geo"].notna()]
    where = {options.measure: [column.head for column in source.layout.columns], **options.where}
    return table[keep(table, where, source)]


def refuse_unused(
    dimensions: list[str], table: pd.DataFrame, options: Options, source: Source
) -> None:
    """Refuse a dimension that the layout leaves out although rows differ in it."""
    used = {options.measure, *options.dims.values(), "geo"}
    for name in dimensions:
        if name not in used and table[name].nunique() > 1:
            raise SourceError(
                source.place(1, name),
                "the table is broken down by a dimension that is not declared",
                CHANGED,
                ", ".join(sorted(table[name].unique())[:5]),
            )


def to_cells(table: pd.DataFrame, options: Options, source: Source) -> pd.DataFrame:
    """Return cells from rows with `line`, `column`, `time`, `text`, `flag` and dimensions."""
    declared = {column.head: column for column in source.layout.columns}
    cells = table[["line", "column", "time", "text", "flag"]].assign(
        area=table["geo"],
        measure=table[options.measure].map({head: c.measure for head, c in declared.items()}),
    )
    for name, theirs in options.dims.items():
        cells[name] = table[theirs]
    for name in sorted({name for column in declared.values() for name in column.dims}):
        fixed = {head: column.dims.get(name, "") for head, column in declared.items()}
        cells[name] = table[options.measure].map(fixed)
    return cells.reset_index(drop=True)
