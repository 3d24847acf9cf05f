"""Persons by sector or occupation, side by side, for what compares the structure of two years.

In comes a release whose table `strength` is filled; out go disjoint categories as arrays, secret
cells within their protected bounds. Serves the indices of structural change and shift-share.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import duckdb
import numpy as np

from indicators.errors import RegistryError
from indicators.formulas.cells import SECRET, VALUE, ZERO, BoolArray, Cells, FloatArray, empty
from indicators.formulas.intervals import Interval
from indicators.formulas.protection import protect
from indicators.model import Source
from indicators.vintage import Areas

Kind = Literal["industry", "activity", "occupation"]
KINDS: tuple[Kind, ...] = ("occupation", "industry", "activity")
DATASETS: dict[Kind, str] = {
    "industry": "13111-07-05-4",
    "activity": "13312-01-05-4",
    "occupation": "ba_occupations_workplace",
}
# Groups of a table that together hold everybody; of one that holds another the rest counts.
GROUPS: dict[Kind, tuple[str, ...]] = {
    "industry": ("A", "B-E", "C", "F", "G-I", "J", "K", "L", "M-N", "O-Q", "R-U"),
    "activity": ("A", "B-E", "C", "F", "G-J", "K-N", "O-T"),
}
OUTER, INNER, REST = "B-E", "C", "B+D+E"
# Where larger areas have no figures of their own, they are the sum of what districts publish.
SUMMED: frozenset[Kind] = frozenset({"occupation"})
EXACT = 6  # decimals of persons; published thousands times 1000 are not exact
ROWS = """
WITH place AS (SELECT unnest($areas) AS area_id, unnest(range(len($areas))) AS position),
code AS (SELECT code, row_number() OVER (ORDER BY code) - 1 AS position
         FROM (SELECT DISTINCT code FROM strength WHERE kind = $kind))
SELECT p.position AS area, c.position AS code, s.year, coalesce(s.persons, s.lower, 0) AS low,
       CASE WHEN s.persons IS NULL THEN coalesce(s.upper, 'Infinity') ELSE s.persons END AS high
FROM strength s JOIN place p USING (area_id) JOIN code c USING (code)
WHERE s.kind = $kind AND s.mark IN ('value', 'zero', 'secret')
"""
TOTALS = "SELECT area_id, year, persons FROM strength_total WHERE kind = $kind"
CODES = "SELECT DISTINCT code FROM strength WHERE kind = $kind ORDER BY code"


@dataclass(frozen=True)
class Persons:
    """Persons of one kind in disjoint categories, areas × codes × years, NaN where nothing is.

    `low` and `high` are equal where the figure is published. `whole` are all persons of an area
    and year as published; NaN where the kind has no official total.
    """

    kind: Kind
    codes: tuple[str, ...]
    years: tuple[int, ...]
    areas: Areas
    low: FloatArray
    high: FloatArray
    whole: FloatArray

    @cached_property
    def known(self) -> BoolArray:
        """Return where a figure is published."""
        return np.asarray(self.low == self.high, dtype=bool)

    def cells(self, positions: list[int], columns: list[int]) -> Interval:
        """Return the ends of some areas and years, areas × codes × years."""
        where = np.ix_(positions, range(len(self.codes)), columns)
        return Interval(self.low[where], self.high[where])

    def together(self, districts: list[int], columns: list[int]) -> tuple[FloatArray, FloatArray]:
        """Return what areas publish in all of some years, codes × years, and how many do not.

        An area counts in a code only if it is published in every one of the years, so that a
        change is never one of secrecy.
        """
        where = np.ix_(districts, range(len(self.codes)), columns)
        there: BoolArray = np.all(self.known[where], axis=-1)
        summed = np.where(there[..., np.newaxis], self.low[where], 0.0).sum(axis=0)
        return summed, np.asarray((~there).sum(axis=0), dtype=np.float64)


def read_persons(connection: duckdb.DuckDBPyConnection, kind: Kind, areas: Areas) -> Persons | None:
    """Return the persons of a kind, None where the release has none."""
    named = connection.cursor().execute(CODES, {"kind": kind}).fetchall()
    codes = [str(code) for (code,) in named]
    if not codes:
        return None
    parameters = {"kind": kind, "areas": areas.ids}
    rows = connection.cursor().execute(ROWS, parameters).fetchnumpy()
    years = range(int(min(rows["year"])), int(max(rows["year"])) + 1)
    low, high = (np.full((len(areas.ids), len(codes), len(years)), np.nan) for _ in range(2))
    year = np.asarray(rows["year"], dtype=np.intp) - years.start
    index = (np.asarray(rows["area"]), np.asarray(rows["code"]), year)
    for table, end in ((low, "low"), (high, "high")):
        table[index] = np.round(np.asarray(rows[end], dtype=float), EXACT)
    whole = np.full((len(areas.ids), len(years)), np.nan)
    if kind not in SUMMED:
        totals = connection.cursor().execute(TOTALS, {"kind": kind}).df()
        columns = totals["year"].to_numpy(dtype=np.intp) - years.start
        whole[areas.positions(totals["area_id"]), columns] = totals["persons"]
    found = Persons(kind, tuple(codes), tuple(years), areas, low, high, whole)
    return _disjoint(found) if kind in GROUPS else found


def read_apart(
    connection: duckdb.DuckDBPyConnection, source: Source, areas: Areas, years: range
) -> Cells:
    """Return the categories of a source apart, areas × categories × years.

    A secret cell has its protected bounds. Where larger areas are sums of what districts publish,
    it has none and is left out: they count what is published in every year of the table.

    Raises:
        RegistryError: the table has no categories that add up, or others than those named.
    """
    kind = next((kind for kind, dataset in DATASETS.items() if dataset == source.dataset), None)
    named = source.occupation if kind == "occupation" else source.sector
    if kind is None or named != ("*" if kind == "occupation" else list(GROUPS[kind])):
        raise RegistryError(
            f"The categories {named!r} of {source.dataset} do not add up to everybody; "
            f"change_panel.py lists those that do."
        )
    persons = read_persons(connection, kind, areas)
    if persons is None:
        raise RegistryError(f"The release has no persons of the kind {kind!r}.")
    return _placed(persons, years)


def _placed(of: Persons, years: range) -> Cells:
    """Return persons as cells on longer years."""
    low, high = of.low.copy(), of.high.copy()
    if of.kind in SUMMED:
        for position in np.flatnonzero(of.areas.vintage & ~of.areas.kreis):
            districts = sorted(of.areas.districts(of.areas.ids[position]))
            low[position] = of.together(districts, list(range(len(of.years))))[0]
            high[position] = low[position]
    cells = empty((*low.shape[:2], len(years)))
    start = of.years[0] - years.start
    inside = (slice(None), slice(None), slice(start, start + len(of.years)))
    known, bounded = low == high, of.kind not in SUMMED
    cells.value[inside] = np.where(known, low, np.nan)
    if bounded:
        cells.lower[inside] = np.where(known, np.nan, low)
        cells.upper[inside] = np.where(known, np.nan, high)
    mark = np.where(known, np.where(low == 0, ZERO, VALUE), SECRET)
    cells.mark[inside] = np.where(np.isnan(low), cells.mark[inside], mark)
    return cells


def _disjoint(of: Persons) -> Persons:
    """Return the groups that together hold everybody, each person once."""
    place = {code: position for position, code in enumerate(of.codes)}
    index = [place[code] for code in GROUPS[of.kind]]
    low, high = of.low[:, index], of.high[:, index]
    outer, inner = (GROUPS[of.kind].index(code) for code in (OUTER, INNER))
    least = np.maximum(low[:, outer] - high[:, inner], 0.0)
    most = np.maximum(high[:, outer] - low[:, inner], 0.0)
    known = (low[:, outer] == high[:, outer]) & (low[:, inner] == high[:, inner])
    ends = protect(*(np.where(known, np.nan, end) for end in (least, np.fmax(most, least))))
    for table, exact, end in zip((low, high), (least, most), ends, strict=True):
        table[:, outer] = np.where(known, np.round(exact, EXACT), end)
    codes = tuple(REST if code == OUTER else code for code in GROUPS[of.kind])
    return Persons(of.kind, codes, of.years, of.areas, low, high, of.whole)
