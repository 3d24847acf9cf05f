"""Panels: all codes of one table at once, as areas × codes × years on the boundary vintage.

In come observations of one measure; out go cells with marks, secret ones bounded by 0 and, until
something bounds them, by infinity. `indicators.grid` reads one code at a time and serves the
registry; a panel serves what needs all sectors or occupations side by side.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Literal

import duckdb
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from indicators.formulas.basic import sum_rows
from indicators.formulas.cells import MARKS, QUALIFIERS, SECRET, BoolArray, Cells, FloatArray, empty
from indicators.vintage import Areas, to_vintage, with_sums

ROWS = """
SELECT area_id, year, CASE WHEN $dimension = 'sector' THEN sector ELSE occupation END AS code,
       value, list_position($marks, mark) - 1 AS mark,
       list_position($qualifiers, qualifier) - 1 AS qualifier
FROM observation
WHERE dataset = $dataset AND measure = $measure AND breakdown = '' AND partner_id = ''
ORDER BY ALL
"""
Dimension = Literal["sector", "occupation"]


@dataclass(frozen=True)
class Panel:
    """Cells of shape (areas, codes, years) with the keys of the last two axes."""

    codes: tuple[str, ...]
    years: range
    cells: Cells

    def positions(self, codes: list[str]) -> list[int]:
        """Return the positions of codes.

        Raises:
            KeyError: a code is not in the panel.
        """
        place = {code: position for position, code in enumerate(self.codes)}
        return [place[code] for code in codes]

    def only(self, codes: list[str]) -> Panel:
        """Return the panel of some codes, in that order."""
        index = self.positions(codes)
        parts = (getattr(self.cells, name)[:, index] for name in NAMES)
        return Panel(tuple(codes), self.years, Cells(*parts))

    def grouped(self, groups: dict[str, list[str]]) -> Panel:
        """Return one code per group: the sum of its members, in bounds where one is secret."""
        sums = [self._sum(members) for members in groups.values()]
        parts = (np.stack([getattr(one, name) for one in sums], axis=1) for name in NAMES)
        return Panel(tuple(groups), self.years, Cells(*parts))

    def _sum(self, members: list[str]) -> Cells:
        inside = self.only(members).cells
        return sum_rows(Cells(*(np.swapaxes(getattr(inside, name), 0, 1) for name in NAMES)))


NAMES = ("value", "lower", "upper", "mark", "qualifier")


def read_panel(
    connection: duckdb.DuckDBPyConnection,
    areas: Areas,
    dataset: str,
    measure: str,
    dimension: Dimension,
    bounds: pd.DataFrame | None = None,
) -> Panel | None:
    """Return all codes of a measure on the boundary vintage; None if there is no row.

    A secret cell lies between 0 and infinity, or within its row of `bounds` (area_id, year, code,
    lower, upper); one that is known in part (a district whose absorbed part is secret) lies above
    that part. Larger areas are not summed up yet, see `summed`.
    """
    frame = connection.execute(
        ROWS,
        {
            "dataset": dataset,
            "measure": measure,
            "dimension": dimension,
            "marks": list(MARKS),
            "qualifiers": list(QUALIFIERS),
        },
    ).df()
    if frame.empty:
        return None
    codes = tuple(sorted(set(frame["code"])))
    years = range(int(frame["year"].min()), int(frame["year"].max()) + 1)
    cells = empty((len(areas.ids), len(codes), len(years)))
    index = _index(frame, areas, codes, years)
    cells.value[index] = frame["value"].to_numpy(dtype=float, na_value=np.nan)
    cells.mark[index] = frame["mark"].to_numpy(dtype=np.int8)
    cells.qualifier[index] = frame["qualifier"].to_numpy(dtype=np.int8)
    hidden = (cells.mark == SECRET) & ~cells.known
    cells.lower[hidden], cells.upper[hidden] = 0.0, np.inf
    if bounds is not None:
        index = _index(bounds, areas, codes, years)
        for name in ("lower", "upper"):
            getattr(cells, name)[index] = bounds[name].to_numpy(dtype=float, na_value=np.nan)
    return Panel(codes, years, to_vintage(cells, areas, True, np.zeros_like(hidden)))


def _index(
    frame: pd.DataFrame, areas: Areas, codes: tuple[str, ...], years: range
) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
    """Return where the rows of a frame lie in a panel."""
    place = {code: position for position, code in enumerate(codes)}
    return (
        areas.positions(frame["area_id"]),
        frame["code"].map(place).to_numpy(dtype=np.intp),
        frame["year"].to_numpy(dtype=np.intp) - years.start,
    )


def bounded(panel: Panel, lower: FloatArray, upper: FloatArray) -> Panel:
    """Return the panel with hidden cells narrowed to bounds; NaN narrows nothing."""
    cells = panel.cells
    low, high = np.fmax(cells.lower, lower), np.fmin(cells.upper, upper)
    hidden = hidden_cells(cells)
    return replace(
        panel,
        cells=replace(
            cells,
            lower=np.where(hidden, np.fmin(low, high), np.nan),
            upper=np.where(hidden, high, np.nan),
        ),
    )


def summed(panel: Panel, areas: Areas) -> Panel:
    """Return the panel with region, Länder and Germany filled from their parts where missing."""
    parts = (getattr(panel.cells, name).copy() for name in NAMES)
    return replace(panel, cells=with_sums(Cells(*parts), areas, True))


def hidden_cells(cells: Cells) -> BoolArray:
    """Return where a cell has bounds instead of a value."""
    return np.asarray(~cells.known & ~np.isnan(cells.lower), dtype=bool)


def published(cells: Cells) -> FloatArray:
    """Return what is published of each cell: its value, or the known part of a secret one, else 0.

    For sums of published persons only; a cell itself is never shown with this figure.
    """
    known = np.where(cells.known, cells.value, cells.lower)
    return np.nan_to_num(known)
