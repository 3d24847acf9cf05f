"""The reader of change: shift-share of any area against a benchmark, computed when asked.

In comes a release, opened read-only; each question runs on a cursor of its own, and persons are
read once per kind, so that a reader may be shared by threads. Pages cache what it returns.

Two conventions, by kind. Industries and activities: every figure is that of the official table, a
secret group is an interval, and so is each sum that holds one. Occupations: no larger area is
published, so that larger areas and every benchmark are the sum of what their districts publish in
all years of the span; sums leave secret cells out and say how many, each cell has its interval.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Literal

import duckdb
import pandas as pd

from indicators import change_rows, shift_tables
from indicators import queries_strengths as questions
from indicators.change_panel import DATASETS, KINDS, Kind, Persons, read_persons
from indicators.errors import UnknownAreaError
from indicators.grid import read_axes
from indicators.store import open_release

__all__ = ["DATASETS", "KINDS", "METHODS", "Change", "Kind", "Method", "open_change"]

Method = Literal["classic", "esteban_marquillas", "dynamic"]
METHODS: tuple[Method, ...] = ("classic", "esteban_marquillas", "dynamic")
NAMES = """
SELECT code, name_de, name_en FROM sector WHERE $kind <> 'occupation'
UNION ALL SELECT code, name_de, name_en FROM occupation WHERE $kind = 'occupation'
"""


def open_change(path: str | Path = "data/current") -> Change:
    """Return a reader of the release that `path` is or links to.

    Raises:
        FileNotFoundError: there is no release yet.
    """
    return Change(open_release(path))


class Change:
    """Questions about change to one release."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Read from `connection`, which this reader from now on owns."""
        self._connection = connection
        self._areas = read_axes(connection.cursor()).areas
        self._persons = lru_cache(maxsize=len(KINDS))(self._read)

    def close(self) -> None:
        """Close the file of the release."""
        self._connection.close()

    def years(self, kind: Kind) -> list[int]:
        """Return the years of a kind, ascending."""
        return list(self._persons(kind).years)

    def codes(self, kind: Kind) -> pd.DataFrame:
        """Return the disjoint categories of a kind: code, name_de, name_en.

        The rest of group B-E without C has the code `B+D+E` and no name of its own.
        """
        named = self._frame(NAMES, {"kind": kind}).set_index("code")
        return named.reindex(list(self._persons(kind).codes)).reset_index()

    def sources(self, kind: Kind, year: int) -> pd.DataFrame:
        """Return the official files behind a kind in a year; columns as `Store.sources`."""
        return self._frame(questions.SOURCES, {"datasets": [DATASETS[kind]], "year": year})

    def components(
        self, kind: Kind, area_ids: Sequence[str], benchmark_ids: Sequence[str],
        first: int, last: int, method: Method = "classic",
    ) -> pd.DataFrame:  # fmt: skip
        """Return the split of the change of every category of some areas.

        Columns: area_id, code, first, last, mark (`value`, `secret`, `missing`), left_out (district
        cells that a larger area lacks), benchmark_left_out (those of the benchmark),
        without_benchmark (it has nobody there to grow from), and in persons base, end, change,
        national, mix, regional, allocation, each with _lower and _upper: the figure where it is
        known, else NaN with its ends where something bounds it. A larger area whose districts are
        secret in part has the published sum, with left_out above 0, and the ends of the whole.

        Raises:
            ValueError: a year that the kind does not have, or `last` not after `first`.
            UnknownAreaError: an area is not part of the boundary vintage.
        """
        table = self._table(kind, area_ids, benchmark_ids, first, last, method)
        return change_rows.cells(table, area_ids)

    def totals(
        self, kind: Kind, area_ids: Sequence[str], benchmark_ids: Sequence[str],
        first: int, last: int, method: Method = "classic",
    ) -> pd.DataFrame:  # fmt: skip
        """Return the split of the change of some areas, all categories added up.

        Columns as `components` without code; also the numbers of categories that are in the sum
        (`published`), that make it an interval or are left out (`secret`), and that the benchmark
        does not have (`without_benchmark`, left out as well); growth, the change in percent of
        base, and national_rate, mix_rate, regional_rate, allocation_rate. Raises as `components`.
        """
        table = self._table(kind, area_ids, benchmark_ids, first, last, method)
        return change_rows.sums(table, area_ids)

    def yearly(
        self, kind: Kind, area_ids: Sequence[str], benchmark_ids: Sequence[str],
        first: int, last: int,
    ) -> pd.DataFrame:  # fmt: skip
        """Return the classic split of each year against the year before: columns as `totals`.

        One row per area and later year (`last`). All years count the same cells, so that the rows
        add up to `totals` with the method `dynamic`.
        """
        table = self._table(kind, area_ids, benchmark_ids, first, last, "dynamic")
        every = [change_rows.sums(step, area_ids) for step in table.steps()]
        return pd.concat(every, ignore_index=True)

    def shares(
        self, kind: Kind, area_ids: Sequence[str], first: int, last: int,
        benchmark_ids: Sequence[str] = (),
    ) -> pd.DataFrame:  # fmt: skip
        """Return persons and their shares: area_id, code, year, persons, share, mark.

        `share` is in percent of the categories that are published in all years of the span, so that
        no share moves because another group became secret. The areas of a benchmark are taken
        together and come last, with the area_id `benchmark`. Raises as `components`.
        """
        areas = [[self._position(area)] for area in area_ids]
        of = [[self._position(area) for area in benchmark_ids]] if benchmark_ids else []
        names = [*area_ids, *(["benchmark"] if benchmark_ids else [])]
        columns = self._columns(kind, first, last)
        return change_rows.shares(self._persons(kind), [*areas, *of], columns, names)

    def _table(
        self, kind: Kind, area_ids: Sequence[str], benchmark_ids: Sequence[str],
        first: int, last: int, method: Method,
    ) -> shift_tables.Table:  # fmt: skip
        persons, columns = self._persons(kind), self._columns(kind, first, last)
        if method != "dynamic":
            columns = [columns[0], columns[-1]]
        areas, of = ([self._position(area) for area in ids] for ids in (area_ids, benchmark_ids))
        return shift_tables.split(persons, areas, of, columns, method)

    def _columns(self, kind: Kind, first: int, last: int) -> list[int]:
        years = self._persons(kind).years
        if first not in years or last not in years or last <= first:
            raise ValueError(f"{kind} has no span from {first} to {last}: it has {years}.")
        return list(range(years.index(first), years.index(last) + 1))

    def _position(self, area: str) -> int:
        if area not in self._areas.ids or not self._areas.vintage[self._areas.position(area)]:
            raise UnknownAreaError(area)
        return self._areas.position(area)

    def _read(self, kind: Kind) -> Persons:
        persons = read_persons(self._connection, kind, self._areas)
        if persons is None:
            raise ValueError(f"This release has no persons of the kind {kind!r}.")
        return persons

    def _frame(self, query: str, parameters: dict[str, object]) -> pd.DataFrame:
        return self._connection.cursor().execute(query, parameters).df()
