"""Iterative proportional fitting (RAS): a table of given sums that stays close to a seed.

Source: Deming & Stephan 1940, Ann. Math. Stat. 11:427. The result minimises the Kullback–Leibler
divergence from the seed; cells that are 0 in the seed stay 0.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]


class NoConvergenceError(ValueError):
    """Sums that no table with the zeros of the seed can have, or too few cycles."""


def fit(
    seed: FloatArray,
    margins: Sequence[tuple[Sequence[int], FloatArray]],
    tolerance: float = 1e-10,
    cycles: int = 10_000,
) -> FloatArray:
    """Return the seed scaled to the margins.

    Args:
        seed: table of any number of dimensions, not negative.
        margins: pairs of the axes that a margin keeps, in ascending order, and its sums; a sum of
            NaN is not known and leaves its cells unscaled in that step.
        tolerance: largest deviation from a sum, relative to the largest sum.
        cycles: largest number of cycles through all margins.

    Raises:
        NoConvergenceError: the sums are not met after the last cycle.
    """
    table = np.asarray(seed, dtype=np.float64)
    allowed = tolerance * max(float(np.nanmax(sums)) for _, sums in margins)
    for _ in range(cycles):
        table = cycle(table, margins)
        if deviation(table, margins) <= allowed:
            return table
    raise NoConvergenceError(
        f"After {cycles} cycles the sums are still off by {deviation(table, margins):,.6g}: "
        "they contradict each other or the zeros of the seed."
    )


def cycle(table: FloatArray, margins: Sequence[tuple[Sequence[int], FloatArray]]) -> FloatArray:
    """Return the table scaled once to each margin in turn."""
    for axes, sums in margins:
        found = _sum(table, axes)
        with np.errstate(divide="ignore", invalid="ignore"):
            factor = np.where(np.isnan(sums), 1.0, np.where(found > 0, sums / found, 0.0))
        others = [axis for axis in range(table.ndim) if axis not in axes]
        table = table * np.expand_dims(factor, tuple(others))
    return table


def deviation(table: FloatArray, margins: Sequence[tuple[Sequence[int], FloatArray]]) -> float:
    """Return the largest deviation of the table from a known sum, in the unit of the table."""
    return max(float(np.nanmax(np.abs(_sum(table, axes) - sums))) for axes, sums in margins)


def _sum(table: FloatArray, axes: Sequence[int]) -> FloatArray:
    result: FloatArray = table.sum(axis=tuple(a for a in range(table.ndim) if a not in axes))
    return result
