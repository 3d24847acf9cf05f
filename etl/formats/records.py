"""Rectangular tables with a head: CSV, Parquet, workbook sheets; one row an area or period."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
from pydantic import Field

from etl.errors import SourceError
from etl.formats import Cells, Source
from etl.formats.rules import (
    CHANGED,
    bind_heads,
    keep,
    match_areas,
    refuse_absent_heads,
    refuse_wrong_groups,
)
from etl.formats.tables import Table, Where, read_tables
from etl.model import Column
from indicators.model import Strict


class Lookup(Strict):
    """A Parquet file beside this one, whose `columns` are joined where `by` is its `key`."""

    file: str
    by: str
    key: str
    columns: list[str]


class Options(Where):
    """How a rectangular table is used.

    `area` names the key column, or several whose texts are joined by a blank. The time stands
    in a column (`time`), in the file's name (`time_in_name`, one group), is fixed (`year`), or
    stands in the heads as `{time}`. `dims` maps our dimensions to key columns. `spread` turns
    the texts of one column into dimensions. `ignore` lists heads that are published, not used.
    `published_years_only` leaves out years in which a measure has no figure for any area.
    """

    area: str | list[str]
    areas: dict[str, str | None] = Field(default_factory=dict)
    time: str = ""
    time_in_name: str = ""
    year: str = ""
    dims: dict[str, str] = Field(default_factory=dict)
    where: dict[str, list[str]] = Field(default_factory=dict)
    spread: dict[str, dict[str, dict[str, str]]] = Field(default_factory=dict)
    lookup: Lookup | None = None
    ignore: list[str] = Field(default_factory=list)
    published_years_only: bool = False
    vintage: str = ""
    decimal: str = ","
    thousands: str = ""

    @property
    def keys(self) -> list[str]:
        """Return the heads of all key columns, without those that the lookup brings."""
        area = [self.area] if isinstance(self.area, str) else self.area
        names = [*area, self.time, *self.dims.values(), *self.where, *self.spread]
        if self.lookup:
            names = [self.lookup.by, *(n for n in names if n not in self.lookup.columns)]
        return list(dict.fromkeys(name for name in names if name))


def read(source: Source) -> Cells:
    """Return the cells of all declared tables of a file.

    Raises:
        SourceError: a broken file, another head, a swapped or absent column, a cut-off row, a
            text that the layout does not declare.
    """
    options = Options.model_validate(source.layout.options)
    needed = {*options.keys, *(column.head for column in source.layout.columns)}
    tables = read_tables(source, options, needed)
    bound = [_bind(table, options, source) for table in tables]
    refuse_absent_heads([column for one in bound for _, column, _ in one], source, options.head)
    parts = [_cells(table, one, options, source) for table, one in zip(tables, bound, strict=True)]
    frame = _compact(pd.concat(parts, ignore_index=True))
    if "text" in frame:
        refuse_wrong_groups(frame, options.thousands, source)
    return Cells(frame, options.vintage)


def _bind(table: Table, options: Options, source: Source) -> list[tuple[int, Column, str]]:
    prefix = f"{table.sheet} | " if table.sheet else ""
    heads = [f"{prefix}{head}" for head in table.heads]
    # A column that has neither a head nor a cell is the sheet's width, not a part of the table.
    taken = {f"{prefix}{key}" for key in ["", *options.keys]}
    return bind_heads(heads, options.ignore, taken, source, options.head)


def _cells(
    table: Table, bound: list[tuple[int, Column, str]], options: Options, source: Source
) -> pd.DataFrame:
    rows = _rows(table, options, source)
    names = sorted({name for _, column, _ in bound for name in column.dims})
    parts = []
    for position, column, time in bound:
        part = rows.assign(column=table.address(position), measure=column.measure)
        part["number" if table.typed else "text"] = table.frame.loc[rows.index, position]
        if time:
            part["time"] = time
        for name in names:
            part[name] = column.dims.get(name, "")
        if options.published_years_only:
            published = part[part["number"].notna()]["time"].unique()
            part = part[part["time"].isin(published)]
        parts.append(part)
    return pd.concat(parts, ignore_index=True)


def _compact(frame: pd.DataFrame) -> pd.DataFrame:
    """Hold repeated texts once: the largest table has 2.2 million cells."""
    repeated = frame.columns.difference(["line", "text", "number"])
    return frame.astype(dict.fromkeys(repeated, "category"))


def _rows(table: Table, options: Options, source: Source) -> pd.DataFrame:
    """Return line, area, time and dimensions of the rows that are used."""
    keys = pd.DataFrame(index=table.frame.index)
    for name in options.keys:
        if name not in table.heads:
            raise SourceError(
                source.place(options.head, table.sheet), "a key column is absent", CHANGED, name
            )
        keys[name] = table.frame[table.heads.index(name)]
    if options.lookup:
        keys = _look_up(keys, options.lookup, source)
    keys = keys[keep(keys, options.where, source)]
    rows = pd.DataFrame({"line": keys.index}, index=keys.index)
    rows["area"] = match_areas(_joined(keys, options.area), options.areas)
    rows["time"] = _times(keys, options, source)
    for name, head in options.dims.items():
        rows[name] = keys[head]
    for head, meanings in options.spread.items():
        for name in sorted({name for meaning in meanings.values() for name in meaning}):
            rows[name] = keys[head].map({t: m.get(name, "") for t, m in meanings.items()})
        rows.loc[~keys[head].isin(list(meanings)), "area"] = None
    return rows[rows["area"].notna()]


def _joined(keys: pd.DataFrame, area: str | list[str]) -> pd.Series:
    if isinstance(area, str):
        return keys[area].astype("object").fillna("").str.strip()
    parts = [keys[name].astype("object").fillna("").str.strip() for name in area]
    joined = parts[0]
    for part in parts[1:]:
        joined = joined.str.cat(part, sep=" ")
    return joined


def _times(keys: pd.DataFrame, options: Options, source: Source) -> pd.Series:
    if options.time:
        return keys[options.time]
    found = re.search(options.time_in_name, source.path.name) if options.time_in_name else None
    if options.time_in_name and not found:
        raise SourceError(source.place(), "the file's name states no year", CHANGED)
    return pd.Series(found.group(1) if found else options.year, index=keys.index)


def _look_up(keys: pd.DataFrame, lookup: Lookup, source: Source) -> pd.DataFrame:
    path: Path = source.path.with_name(lookup.file)
    if not path.exists():
        raise SourceError(
            source.place(), f"the file {lookup.file} beside it is absent", "Download it as well."
        )
    names = pq.read_table(path, columns=[lookup.key, *lookup.columns]).to_pylist()
    for column in lookup.columns:
        known = {str(row[lookup.key]): str(row[column]) for row in names}
        keys[column] = keys[lookup.by].map(known)
    return keys
