"""Observations as arrays: one row per area, one column per year.

In comes the observation table as published; out go cells per source, already on the boundary
vintage and with sums of districts where a region, Land or the country has no row of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import duckdb
import numpy as np
import pandas as pd

from indicators.change_panel import read_apart
from indicators.errors import RegistryError
from indicators.formulas.basic import lagged
from indicators.formulas.cells import (
    BREAK,
    MARKS,
    MISSING,
    QUALIFIERS,
    SECRET,
    VALUE,
    ZERO,
    BoolArray,
    Cells,
    empty,
)
from indicators.model import Codes, Source
from indicators.vintage import Areas, to_vintage, with_sums

HELD = 96  # grids of one source, each less than half a megabyte where codes are not apart
DIMENSIONS = ("sector", "occupation", "breakdown")
ROWS = """
SELECT area_id, partner_id, year, value, list_position($marks, mark) - 1 AS mark,
       list_position($qualifiers, qualifier) - 1 AS qualifier,
       concat_ws('|', sector, occupation, breakdown) AS part
FROM observation
WHERE dataset = $dataset AND measure = $measure AND {filters}
"""
# The sum over all declared parts, the strongest mark and qualifier; the order of adding is fixed
# so that two builds agree to the last digit.
SUMMED = """
WITH figure AS ({rows}),
expected AS (SELECT year, count(DISTINCT part) AS parts FROM figure GROUP BY year)
SELECT area_id, year, any_value(parts) = count(DISTINCT part) AS complete,
       count(*) > count(DISTINCT part || '|' || partner_id) AS twice,
       count(value) > 0 AS partial,
       CASE WHEN count(*) = count(value) THEN sum(value ORDER BY part, partner_id) END AS value,
       max(mark) AS mark, max(qualifier) AS qualifier
FROM figure JOIN expected USING (year) GROUP BY area_id, year
"""


@dataclass(frozen=True)
class Axes:
    """The two axes of every array: areas (with those that no longer exist) and years."""

    areas: Areas
    years: range


def read_axes(connection: duckdb.DuckDBPyConnection) -> Axes:
    """Return the axes that cover all areas and all years of the observations."""
    first, last = connection.execute("SELECT min(year), max(year) FROM observation").fetchall()[0]
    frame = connection.execute("SELECT * FROM area ORDER BY area_id").df()
    changes = connection.execute("SELECT * FROM area_change ORDER BY ALL").df()
    return Axes(Areas(frame, changes), range(int(first), int(last) + 1))


def read_source(
    connection: duckdb.DuckDBPyConnection, source: Source, axes: Axes, marks: bool = False
) -> Cells:
    """Return the cells of a source, shape (areas of the vintage, years).

    A source that keeps its codes apart has them between: areas × codes × years. Secret cells carry
    their protected bounds where the build has some. With `marks` they carry their reference mark
    as if it were a value: for drawing only, see `formulas.reference_mark`.

    Raises:
        RegistryError: the warehouse does not have the measure, or no row fits the source, or
            several rows stand for the same figure.
    """
    if source.apart:
        return read_apart(connection, source, axes.areas, axes.years)
    additive = is_additive(connection, source)
    bounds = _bounds(connection, source)
    frame = _rows(connection, source)
    if frame.empty and bounds.empty:
        raise RegistryError(f"No observation fits the source {describe(source)}.")
    cells, partial = _place(frame, axes)
    _bind(cells, bounds, axes, marks)
    cells = to_vintage(cells, axes.areas, additive, partial)
    cells = with_sums(cells, axes.areas, additive)
    _mark_breaks(cells, source, axes)
    cells = cells.take(_outside(source, axes), empty(cells.value.shape))
    return lagged(cells, -source.year_shift) if source.year_shift else cells


def _outside(source: Source, axes: Axes) -> BoolArray:
    """True where the source is not meant to be used: other levels, earlier years."""
    levels = ~np.isin(axes.areas.level, source.levels or axes.areas.level)
    years = np.asarray(axes.years) < (source.since or axes.years.start)
    return np.asarray(levels[:, np.newaxis] | years[np.newaxis, :], dtype=bool)


def _mark_breaks(cells: Cells, source: Source, axes: Axes) -> None:
    """Qualify the first year with figures since each declared break."""
    filled = np.flatnonzero(cells.known.any(axis=0)) + axes.years.start
    for year in source.breaks:
        since = filled[filled >= year]
        if len(since) and year >= filled[0]:
            column = int(since[0]) - axes.years.start
            cells.qualifier[:, column] = np.maximum(cells.qualifier[:, column], BREAK)


def is_additive(connection: duckdb.DuckDBPyConnection, source: Source) -> bool:
    """Return whether figures of areas may be added up.

    Raises:
        RegistryError: the warehouse does not have the measure.
    """
    rows = connection.execute(
        "SELECT additive FROM measure WHERE dataset = ? AND measure = ?",
        [source.dataset, source.measure],
    ).fetchall()
    if not rows:
        raise RegistryError(
            f"The warehouse has no measure {source.measure!r} in dataset {source.dataset!r}."
        )
    return bool(rows[0][0])


def _rows(connection: duckdb.DuckDBPyConnection, source: Source) -> pd.DataFrame:
    """Return one row per area and year: value, mark, qualifier, and whether it is complete."""
    filters, codes = conditions(source)
    parameters = codes | {
        "dataset": source.dataset,
        "measure": source.measure,
        "marks": list(MARKS),
        "qualifiers": list(QUALIFIERS),
    }
    rows = ROWS.format(filters=filters)
    several = any(isinstance(getattr(source, name), list) for name in DIMENSIONS)
    if source.partner or several or "*" in (getattr(source, name) for name in DIMENSIONS):
        frame = connection.execute(SUMMED.format(rows=rows), parameters).df()
    else:
        frame = connection.execute(rows, parameters).df()
        frame["complete"], frame["partial"] = True, False
        frame["twice"] = frame.duplicated(["area_id", "year"])
    _refuse_faulty(frame, source)
    return frame


def conditions(source: Source) -> tuple[str, dict[str, object]]:
    """Return which rows of its table and measure a source takes: SQL and its parameters."""
    parameters: dict[str, object] = {}
    others = "partner_id <> '' AND partner_id <> area_id"
    filters = [others if source.partner else "partner_id = ''"]
    filters += [_filter(name, getattr(source, name), parameters) for name in DIMENSIONS]
    return " AND ".join(filters), parameters


def _refuse_faulty(frame: pd.DataFrame, source: Source) -> None:
    twice = frame[frame["twice"].to_numpy(dtype=bool)]
    if len(twice):
        area, year = twice.iloc[0][["area_id", "year"]]
        raise RegistryError(
            f"The source {describe(source)} has several rows for the same figure, for instance "
            f"area {area} in {year}."
        )


def _filter(column: str, codes: Codes, parameters: dict[str, object]) -> str:
    if codes == "*":
        return f"{column} <> ''"
    if isinstance(codes, str):
        parameters[column] = codes
        return f"{column} = ${column}"
    parameters[column] = codes
    return f"list_contains(${column}, {column})"


def _place(frame: pd.DataFrame, axes: Axes) -> tuple[Cells, BoolArray]:
    """Put rows into arrays; return them, and where only a part of a sum is known.

    A sum of which a part has no row is missing. An area with a known part exists: whatever the
    other parts are marked, the sum is not dissolved.
    """
    cells = empty((len(axes.areas.ids), len(axes.years)))
    row = axes.areas.positions(frame["area_id"])
    column = frame["year"].to_numpy(dtype=int) - axes.years.start
    complete = frame["complete"].to_numpy(dtype=bool)
    value = frame["value"].to_numpy(dtype=float, na_value=np.nan)
    cells.value[row, column] = np.where(complete, value, np.nan)
    mark = frame["mark"].to_numpy(dtype=np.int8)
    partial = np.zeros(cells.value.shape, dtype=bool)
    partial[row, column] = frame["partial"].to_numpy(dtype=bool) & ~cells.known[row, column]
    mark = np.where(complete, mark, np.maximum(mark, MISSING))
    mark = np.where(partial[row, column], np.minimum(mark, MISSING), mark)
    cells.mark[row, column] = mark
    cells.qualifier[row, column] = frame["qualifier"].to_numpy(dtype=np.int8)
    return cells, partial


def _bounds(connection: duckdb.DuckDBPyConnection, source: Source) -> pd.DataFrame:
    """Return the protected bounds of a source of one sector; none for sums of several."""
    return connection.execute(
        """SELECT area_id, year, lower, upper, reference_mark FROM bound
        WHERE dataset = ? AND measure = ? AND sector = ?""",
        [source.dataset, source.measure, source.sector if isinstance(source.sector, str) else "?"],
    ).df()


def _bind(cells: Cells, bounds: pd.DataFrame, axes: Axes, marks: bool) -> None:
    """Put bounds into cells without a value; equal ends are a known figure."""
    row = axes.areas.positions(bounds["area_id"])
    column = bounds["year"].to_numpy(dtype=int) - axes.years.start
    lower, upper, mark = (
        bounds[name].to_numpy(dtype=float, na_value=np.nan)
        for name in ("lower", "upper", "reference_mark")
    )
    known = lower == upper
    value = np.where(known, lower, mark if marks else np.nan)
    hidden = np.isnan(value)
    cells.value[row, column] = value
    cells.lower[row, column] = np.where(hidden & np.isfinite(upper), lower, np.nan)
    cells.upper[row, column] = np.where(hidden & np.isfinite(upper), upper, np.nan)
    cells.mark[row, column] = np.where(hidden, SECRET, np.where(value == 0, ZERO, VALUE))


def describe(source: Source) -> str:
    """Return the source as a short phrase for error messages."""
    return ", ".join(
        f"{name}={value!r}" for name, value in source.model_dump(exclude_defaults=True).items()
    )


class Sources:
    """Sources of one release, read once and held; for readers, which evaluate when asked."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, held: int = HELD) -> None:
        """Read from `connection`, each time on a cursor of its own."""
        self._connection = connection
        self.axes = read_axes(connection.cursor())
        self._cells = lru_cache(maxsize=held)(self._read)
        self._additive = lru_cache(maxsize=held)(self._asked)

    def cells(self, source: Source) -> Cells:
        """Return the cells of a source, shape (areas, years); raises as `read_source`."""
        return self._cells(source.model_dump_json())

    def additive(self, source: Source) -> bool:
        """Return whether figures of areas may be added up; raises as `is_additive`."""
        return self._additive(source.dataset, source.measure)

    def _read(self, source: str) -> Cells:
        declared = Source.model_validate_json(source)
        return read_source(self._connection.cursor(), declared, self.axes)

    def _asked(self, dataset: str, measure: str) -> bool:
        return is_additive(self._connection.cursor(), Source(dataset=dataset, measure=measure))
