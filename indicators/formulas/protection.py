"""The confidentiality rule: how narrow an interval of a secret cell may be shown.

The rule holds in one place, `protect`. An interval may be shown if its width is at least 10 % of
its midpoint and at least 10 persons; its ends are then rounded outwards to 10. A narrower one is
widened outwards to the steps of a ladder that is the same for all cells.

Why a ladder: widening around the middle would give the middle away. The steps do not depend on the
cell, so that every value within a step leads to the same interval, and the interval tells of an
exactly determined value no more than the step it lies in.

What the rule guarantees: the shown interval contains the bounds it was made from, and it is implied
by the published table alone, so that it adds nothing to what the publisher has printed. What it
cannot guarantee: who repeats the calculation on the published table finds what the table gives
away. An interval of two steps tells that the step between lies within the bounds.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]

UNIT = 10.0  # persons; ends are multiples of it, and no interval is narrower
SHARE = 0.1  # of the midpoint; no interval is narrower
_LARGEST = 1e12


def _ladder() -> FloatArray:
    """Return the steps: multiples of 10, each step at least 10 and 10 % of its middle wide."""
    ratio = (1 + SHARE / 2) / (1 - SHARE / 2)
    steps = [0.0]
    while steps[-1] < _LARGEST:
        wide_enough = np.ceil(steps[-1] * ratio / UNIT - 1e-9) * UNIT
        steps.append(max(steps[-1] + UNIT, float(wide_enough)))
    return np.array(steps)


LADDER = _ladder()


def protect(lower: FloatArray, upper: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the intervals that may be shown for bounds of secret cells, in persons.

    Args:
        lower: lower bounds, not negative; NaN where there is no secret cell.
        upper: upper bounds of the same shape; infinite where nothing bounds the cell.

    Returns:
        Lower and upper ends of the same shape, multiples of 10, never below 0, never inside the
        given bounds. Protecting a protected interval changes nothing.

    Raises:
        ValueError: a bound is negative or beyond the ladder, or an upper end is below its lower.
    """
    low, high = np.asarray(lower, dtype=np.float64), np.asarray(upper, dtype=np.float64)
    if np.any(low < 0) or np.any(high < low):
        raise ValueError("Bounds of persons must be 0 or more, the upper one not below the lower.")
    if np.any(low >= _LARGEST) or np.any(np.isfinite(high) & (high >= _LARGEST)):
        raise ValueError(f"Bounds of persons must be below {_LARGEST:,.0f}.")
    narrow = ~wide_enough(low, high) & ~np.isnan(low) & ~np.isnan(high)
    step_low = LADDER[_step(low)]
    step_high = LADDER[np.minimum(_step(high) + 1, len(LADDER) - 1)]
    # A bound on a step is the upper end already, unless both bounds meet there.
    step_high = np.where((high > low) & (LADDER[_step(high)] == high), high, step_high)
    return (
        np.where(narrow, step_low, np.floor(low / UNIT) * UNIT),
        np.where(narrow, step_high, np.ceil(high / UNIT) * UNIT),
    )


def wide_enough(lower: FloatArray, upper: FloatArray) -> NDArray[np.bool_]:
    """Return where an interval is as wide as the rule demands; False where it is NaN."""
    with np.errstate(invalid="ignore"):
        width = upper - lower
        infinite = np.isinf(upper) & ~np.isnan(lower)
        return infinite | ((width >= UNIT) & (width >= SHARE * (lower + upper) / 2))


def _step(value: FloatArray) -> NDArray[np.intp]:
    """Return the position of the largest step that is not above the value."""
    finite = np.where(np.isfinite(value), value, 0.0)
    return np.searchsorted(LADDER, finite, side="right") - 1
