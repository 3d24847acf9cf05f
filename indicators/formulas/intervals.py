"""Arithmetic of intervals: sums, shares, location quotients and ranks of what is known in bounds.

An interval is a pair of arrays of one shape; a known figure is an interval whose ends are equal,
and NaN stands for nothing known. Results contain every value that the parts allow; "exact" means
that both ends are attained. Source: Moore 1966, Interval Analysis.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]


@dataclass(frozen=True)
class Interval:
    """Lower and upper ends, arrays of one shape in one unit."""

    lower: FloatArray
    upper: FloatArray

    @classmethod
    def exactly(cls, value: FloatArray) -> Interval:
        """Return known figures as intervals."""
        return cls(value, value)


def total(parts: Sequence[Interval]) -> Interval:
    """Return the sum of independent parts, in their unit; exact. NaN where a part is NaN."""
    return Interval(
        np.sum([part.lower for part in parts], axis=0),
        np.sum([part.upper for part in parts], axis=0),
    )


def difference(minuend: Interval, subtrahend: Interval) -> Interval:
    """Return minuend − subtrahend for independent intervals; exact."""
    return Interval(minuend.lower - subtrahend.upper, minuend.upper - subtrahend.lower)


def total_within(parts: Interval, whole: Interval, weights: Interval) -> Interval:
    """Return Σ weight × part along the last axis, where the parts add up to the whole.

    Exact for known weights: the whole is filled up from the lower ends, cheapest weights first for
    the smallest sum, dearest first for the largest (fractional knapsack).

    Args:
        parts: … × n, not negative.
        whole: …; the sum of the parts.
        weights: n, not negative.

    Returns:
        Intervals of shape …, in the unit of the parts. Where parts and whole exclude each other
        the whole is taken as near as the parts reach.
    """
    least = np.sum(parts.lower, axis=-1)
    return Interval(
        parts.lower @ weights.lower + _filled(parts, whole.lower - least, weights.lower, 1),
        parts.lower @ weights.upper + _filled(parts, whole.upper - least, weights.upper, -1),
    )


def _filled(parts: Interval, amount: FloatArray, weights: FloatArray, order: int) -> FloatArray:
    """Return the weight of `amount` laid on top of the lower ends, in ascending order (1) or −1."""
    places = np.argsort(order * weights, kind="stable")
    room = (parts.upper - parts.lower)[..., places]
    before = np.cumsum(room, axis=-1) - room
    laid = np.clip(amount[..., np.newaxis] - before, 0.0, room)
    result: FloatArray = laid @ weights[places]
    return result


def share(part: Interval, whole: Interval, scale: float = 1.0) -> Interval:
    """Return part ÷ whole × scale for a part contained in the whole (at most `scale`).

    Exact where the whole is known. NaN where the whole may be 0.
    """
    quotient = ratio(part, whole)
    return Interval(
        np.minimum(quotient.lower, 1.0) * scale, np.minimum(quotient.upper, 1.0) * scale
    )


def share_of_parts(part: Interval, rest: Interval, scale: float = 1.0) -> Interval:
    """Return part ÷ (part + rest) × scale for independent part and rest; exact.

    The part stands above and below the line, so that the share is narrower than a ratio of
    intervals. NaN where part and rest may both be 0.
    """
    below_low, below_high = part.lower + rest.upper, part.upper + rest.lower
    none = part.lower + rest.lower <= 0
    with np.errstate(divide="ignore", invalid="ignore"):
        low, high = part.lower / below_low, part.upper / below_high
    return Interval(np.where(none, np.nan, low) * scale, np.where(none, np.nan, high) * scale)


def ratio(above: Interval, below: Interval) -> Interval:
    """Return above ÷ below for independent intervals, not negative; NaN where below may be 0."""
    with np.errstate(divide="ignore", invalid="ignore"):
        low, high = above.lower / below.upper, above.upper / below.lower
    none = below.lower <= 0
    return Interval(np.where(none, np.nan, low), np.where(none, np.nan, high))


def location_quotient(local_share: Interval, reference_share: Interval) -> Interval:
    """Return (e_ij ÷ e_j) ÷ (e_i ÷ e); 1 where the area has the share of the reference.

    Exact where the reference share is known; else an outer bound, since the area is a part of the
    reference. Source: Florence 1939; Isard 1960.
    """
    return ratio(local_share, reference_share)


def rank_interval(of: Interval) -> tuple[FloatArray, FloatArray]:
    """Return the best and the worst rank that independent intervals allow, 1 = highest value.

    Equal values share the better rank. NaN has no rank and pushes nobody down.
    """
    known = ~(np.isnan(of.lower) | np.isnan(of.upper))
    low, high = np.sort(of.lower[known]), np.sort(of.upper[known])
    best, worst = np.full(of.lower.shape, np.nan), np.full(of.lower.shape, np.nan)
    surely_above = low.size - np.searchsorted(low, of.upper[known], side="right")
    maybe_above = high.size - np.searchsorted(high, of.lower[known], side="right")
    itself = of.upper[known] > of.lower[known]
    best[known], worst[known] = 1 + surely_above, 1 + maybe_above - itself
    return best, worst


def rank_interval_within(of: Interval, whole: float) -> tuple[FloatArray, FloatArray]:
    """Return best and worst ranks of parts that add up to `whole`, 1 = highest value.

    Narrower than `rank_interval`: parts cannot all be large at once. Every end must be attained by
    some split of the whole. Vectors without NaN, in the unit of the whole.
    """
    places = range(of.lower.size)
    ranks = [(_fewest_above(of, whole, place), _most_above(of, whole, place)) for place in places]
    best, worst = np.array(ranks, dtype=np.float64).reshape(-1, 2).T + 1
    return best, worst


def _most_above(of: Interval, whole: float, place: int) -> int:
    """Return how many others can exceed a part at its lower end."""
    own = of.lower[place]
    low, high = np.delete(of.lower, place), np.delete(of.upper, place)
    needed = np.sort(np.maximum(own - low, 0.0)[(high > own) & (low <= own)])
    spare = whole - own - low.sum()
    return int(np.sum(low > own) + np.sum(np.cumsum(needed) < spare))


def _fewest_above(of: Interval, whole: float, place: int) -> int:
    """Return how many others must exceed a part at its upper end."""
    own = of.upper[place]
    low, high = np.delete(of.lower, place), np.delete(of.upper, place)
    above = low > own
    missing = whole - own - np.where(above, high, np.minimum(high, own)).sum()
    gains = np.cumsum(np.sort(np.maximum(high - own, 0.0)[~above])[::-1])
    needed = int(np.searchsorted(gains, missing, side="left")) + 1 if missing > 0 else 0
    return int(above.sum()) + needed
