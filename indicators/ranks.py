"""Ranks among the districts of the boundary vintage.

In come the cells of one indicator; out go rank and number of districts ranked, per year.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indicators.formulas.cells import BoolArray, Cells
from indicators.formulas.intervals import Interval, rank_interval


@dataclass(frozen=True)
class Ranks:
    """Arrays of shape (areas, years); NaN where no rank exists."""

    rank: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    n: NDArray[np.float64]


def rank(cells: Cells, kreis: BoolArray) -> Ranks:
    """Return ranks among the rows in `kreis`: 1 = highest value, ties share the lowest number.

    A district known in bounds has an interval of ranks, and so has one that lies within such
    bounds; `rank` is given where the interval is one number. `n` counts the districts with a
    value or bounds in that year; an area with neither has no rank.
    """
    lower, upper = (_rounded(end, kreis) for end in cells.span())
    low, high = (np.full(lower.shape, np.nan) for _ in range(2))
    for year in np.flatnonzero(cells.usable.any(axis=0)):
        low[:, year], high[:, year] = rank_interval(Interval(lower[:, year], upper[:, year]))
    counted = np.where(np.isnan(low), np.nan, (~np.isnan(low)).sum(axis=0)[None, :])
    return Ranks(np.where(low == high, low, np.nan), low, high, counted)


def _rounded(ends: NDArray[np.float64], kreis: BoolArray) -> NDArray[np.float64]:
    """Return the districts' ends, so that equal figures tie whatever their last bits are."""
    return np.asarray(np.round(np.where(kreis[:, None], ends, np.nan), 9), dtype=np.float64)
