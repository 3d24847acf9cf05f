"""Ranks among the districts of the boundary vintage.

In come the cells of one indicator; out go rank and number of districts ranked, per year.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from indicators.formulas.cells import BoolArray, Cells


@dataclass(frozen=True)
class Ranks:
    """Arrays of shape (areas, years); NaN where no rank exists."""

    rank: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    n: NDArray[np.float64]


def rank(cells: Cells, kreis: BoolArray) -> Ranks:
    """Return ranks among the rows in `kreis`: 1 = highest value, ties share the lowest number.

    `n` counts the districts with a value in that year; an area without a value has no rank.
    """
    values = pd.DataFrame(np.where(kreis[:, None], cells.value, np.nan))
    ranks = values.round(9).rank(axis=0, method="min", ascending=False).to_numpy(dtype=float)
    counted = np.where(np.isnan(ranks), np.nan, values.notna().sum(axis=0).to_numpy()[None, :])
    return Ranks(ranks, ranks, ranks, counted)
