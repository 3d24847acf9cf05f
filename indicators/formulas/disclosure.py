"""Intervals of secret cells from all published sums at once, protected before they leave.

Persons in a secret cell are bounded by the sums over areas and over sectors, and by the number of
plants: no plant means no person, n plants mean at least n persons. A number of plants that is
itself secret is bounded first, by the published plants alone; the cell then has at least the
persons of the smallest number, and none if the largest number is 0. Nothing else is assumed, in
particular not the 20 persons that the statistic in general takes as its threshold.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from indicators.formulas.disclosure_table import (
    ContradictionError,
    Relaxed,
    Table,
    contradictions,
    persons_system,
    plants_system,
    sums_off,
)
from indicators.formulas.intervals import Interval, total, total_within
from indicators.formulas.margins import FloatArray
from indicators.formulas.propagation import System
from indicators.formulas.protection import protect
from indicators.formulas.solver import ImpossibleError, extremes

__all__ = [
    "ContradictionError",
    "ProtectedBounds",
    "Relaxed",
    "Table",
    "group_totals",
    "protected_bounds",
    "unprotected_bounds_for_tests",
]


@dataclass(frozen=True)
class ProtectedBounds:
    """What may be shown: intervals in persons, areas × sectors, NaN where persons are published.

    `relaxed` names the sums that hold only within the stated rounding.
    """

    lower: FloatArray
    upper: FloatArray
    relaxed: tuple[Relaxed, ...]


def protected_bounds(table: Table) -> ProtectedBounds:
    """Return the intervals of the cells without published persons that may be shown.

    They are as narrow as all published sums allow, then widened by `protection.protect`. With a
    stated rounding every sum may be off by half the unit for each published figure in it.

    Raises:
        ContradictionError: published figures contradict each other beyond the stated rounding.
    """
    lower, upper, system = _solved(table)
    relaxed = sums_off(table, system, rounded=False) if table.rounding > 0 else []
    return ProtectedBounds(*protect(lower, upper), tuple(relaxed))


def unprotected_bounds_for_tests(table: Table) -> tuple[FloatArray, FloatArray]:
    """Return the exact bounds. They must not be stored, logged or shown: for tests only."""
    lower, upper, _ = _solved(table)
    return lower, upper


def group_totals(table: Table, shown: ProtectedBounds, weights: Interval) -> Interval:
    """Return, per area, the persons of all sectors times their weights, as an interval.

    Args:
        table: the table.
        shown: its protected intervals.
        weights: one weight per sector, 0 or more; only sectors without parts may have one.

    Returns:
        One interval per area, in persons; a figure where every weighted sector is published. Secret
        sectors vary within their protected intervals and add up to what the published sum leaves
        them. The secret part of the sum is protected like a cell, then the published part is added.

    Raises:
        ValueError: a sector with parts has a weight.
    """
    parts = table.sectors.parts()
    if any(weights.upper[sector] != 0 for sector in parts):
        raise ValueError("Only sectors without parts may have a weight: others count twice.")
    hidden = np.isnan(table.persons)
    known = np.where(hidden, 0.0, table.persons)
    span = Interval(np.where(hidden, shown.lower, 0.0), np.where(hidden, shown.upper, 0.0))
    secret = total(
        [
            total_within(
                Interval(span.lower[:, of], span.upper[:, of]),
                _left(table, shown, known[:, of].sum(axis=1), whole),
                Interval(weights.lower[of], weights.upper[of]),
            )
            for whole, of in parts.items()
        ]
    )
    concerned = np.any(hidden & (weights.upper > 0), axis=1)
    low, high = protect(secret.lower, secret.upper)
    return Interval(
        known @ weights.lower + np.where(concerned, low, 0.0),
        known @ weights.upper + np.where(concerned, high, 0.0),
    )


def _left(table: Table, shown: ProtectedBounds, known: FloatArray, whole: int) -> Interval:
    """Return what a sum over sectors leaves to the secret ones, per area.

    Widened ends of the sum reach beyond the sums above it, which limit it as well.
    """
    slack = table.rounding / 2 * len(table.sectors)
    published = ~np.isnan(table.persons)
    low = np.where(published, table.persons - slack, shown.lower)[:, whole]
    every = np.where(published, table.persons + slack, shown.upper)
    high, above = every[:, whole], table.sectors.parent[whole]
    while above >= 0:
        high, above = np.minimum(high, every[:, above]), table.sectors.parent[above]
    return Interval(np.maximum(low - known, 0.0), np.maximum(high - known, 0.0))


def _solved(table: Table) -> tuple[FloatArray, FloatArray, System]:
    """Return the exact bounds of the unpublished persons, and the sums they come from."""
    least, most = _extremes(table, table.plants, "numbers of plants", plants_system(table))
    published = ~np.isnan(table.plants)
    least[published] = most[published] = table.plants[published]
    system = persons_system(table, least, most)
    return *_extremes(table, table.persons, "numbers of persons", system), system


def _extremes(
    table: Table, figures: FloatArray, what: str, system: System
) -> tuple[FloatArray, FloatArray]:
    """Return the bounds of the unknown cells in the shape of the table, NaN elsewhere."""
    try:
        ends = extremes(system)
    except ImpossibleError as error:
        raise ContradictionError(what, contradictions(table, system)) from error
    lower, upper = np.full(figures.shape, np.nan), np.full(figures.shape, np.nan)
    lower[np.isnan(figures)], upper[np.isnan(figures)] = ends
    return lower, upper
