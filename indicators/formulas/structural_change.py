"""How much the structure of an area changed between two years: NAV, Lilien, modified Lilien.

All functions take whole tables: … × categories (sectors or occupations), further axes in front.
Persons in, fractions out. A category that is NaN in either year is left out in both, on both sides
of every share, so that nothing unknown is counted as zero. The `_interval` functions take persons
in bounds and return ends that hold every value these allow; they are outer bounds, since they treat
the categories as independent of each other.
"""

from __future__ import annotations

from typing import Literal

import numpy as np

from indicators.formulas.basic import lagged
from indicators.formulas.cells import ABSENT, SECRET, VALUE, Cells, strongest
from indicators.formulas.intervals import FloatArray, Interval, share_of_parts

Name = Literal["nav", "lilien", "modified_lilien"]


def nav(before: FloatArray, now: FloatArray) -> FloatArray:
    """Return NAV = ½ Σ |s_i,t − s_i,t−n|: the share of persons that changed category, 0 to 1.

    The norm of absolute values ("Norm der absoluten Werte"). It is symmetric in time and obeys the
    triangle inequality over periods. Some authors omit the ½ and get twice the value (0 to 2).

    Args:
        before: persons per category in the earlier year, … × categories.
        now: the same categories in the later year.

    Returns:
        … ; NaN where no category is known in both years, or where one of them has nobody.

    Source: Michaely 1962, Concentration in International Trade; Stoikov 1966, Kyklos 19.
    """
    first, last, there = _paired(before, now)
    distance = np.abs(_shares(last) - _shares(first))
    return np.where(there, np.nansum(distance, axis=-1) / 2.0, np.nan)


def lilien(before: FloatArray, now: FloatArray) -> FloatArray:
    """Return σ = √ Σ s_i,t (Δln x_i − Δln X)²: the spread of growth over categories, 0 or more.

    The weights are the shares of the later year, so that the index depends on the order of the
    years. A category with nobody in one of the years has no rate of growth: it is left out.
    (The program `res-lilien-index` returns ten times the value: it takes shares in percent.)

    Arguments and result as in `nav`. Source: Lilien 1982, Journal of Political Economy 90, 777–793.
    """
    first, last = _growing(before, now)
    return _spread(first, last, _shares(last))


def modified_lilien(before: FloatArray, now: FloatArray) -> FloatArray:
    """Return Lilien's index with the mean of the shares of both years as weights.

    It does not depend on the order of the years. Arguments and result as in `lilien`.

    Source: Stamer 1999, Strukturwandel und wirtschaftliche Entwicklung; Ansari, Mussida and
    Pastore 2013, IZA Discussion Paper 7198, page 6.
    """
    first, last = _growing(before, now)
    return _spread(first, last, (_shares(first) + _shares(last)) / 2.0)


def nav_interval(before: Interval, now: Interval) -> Interval:
    """Return the ends of `nav` for persons in bounds, … × categories each."""
    first, last = _share_ends(before), _share_ends(now)
    least, most = _distance(last, first)
    ends = (np.nansum(part, axis=-1) / 2.0 for part in (least, most))
    known = ~np.isnan(least).all(axis=-1)
    low, high = (np.where(known, end, np.nan) for end in ends)
    return Interval(low, np.minimum(high, 1.0))


def lilien_interval(before: Interval, now: Interval) -> Interval:
    """Return the ends of `lilien` for persons in bounds; without end where one may be nobody."""
    return _spread_ends(before, now, _share_ends(now))


def modified_lilien_interval(before: Interval, now: Interval) -> Interval:
    """Return the ends of `modified_lilien` for persons in bounds; as `lilien_interval`."""
    first, last = _share_ends(before), _share_ends(now)
    mean = Interval((first.lower + last.lower) / 2.0, (first.upper + last.upper) / 2.0)
    return _spread_ends(before, now, mean)


def between(of: Cells, index: Name, years: int, scale: float = 1.0) -> Cells:
    """Return an index for every area and year against `years` years before, times `scale`.

    A category that is secret within bounds makes the index an interval; one that is secret without
    bounds is left out in both years, and so is one without a row.

    Args:
        of: disjoint categories, areas × categories × years.
        index: which index.
        years: distance of the two years.
        scale: 100 for percent.

    Returns:
        Cells of areas × years; no row where no category is known in both years.
    """
    before = lagged(of, years)
    ends = [_categories_last(part) for part in (before, of)]
    there = ~(np.isnan(ends[0].lower) | np.isnan(ends[1].lower)).all(axis=-1)
    secret = there & np.any([(e.lower < e.upper).any(axis=-1) for e in ends], axis=0)
    known = there & ~secret
    value, lower, upper = (np.full(there.shape, np.nan) for _ in range(3))
    exact, bounds = EVERY[index]
    value[known] = exact(*(part.lower[known] for part in ends)) * scale
    hidden = bounds(*(Interval(part.lower[secret], part.upper[secret]) for part in ends))
    bounded = np.isfinite(hidden.lower) & np.isfinite(hidden.upper)
    lower[secret] = np.where(bounded, hidden.lower, np.nan) * scale
    upper[secret] = np.where(bounded, hidden.upper, np.nan) * scale
    mark = np.where(np.isnan(value), np.where(secret, SECRET, ABSENT), VALUE)
    qualifier = strongest([of.qualifier.max(axis=1), before.qualifier.max(axis=1)])
    return Cells(value, lower, upper, mark.astype(np.int8), qualifier)


def _categories_last(of: Cells) -> Interval:
    """Return the spans of areas × categories × years as areas × years × categories."""
    return Interval(*(np.swapaxes(end, 1, 2) for end in of.span()))


def _paired(before: FloatArray, now: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return both years with NaN where either is, and where both have somebody."""
    known = ~(np.isnan(before) | np.isnan(now))
    first, last = np.where(known, before, np.nan), np.where(known, now, np.nan)
    there = (np.nansum(first, axis=-1) > 0) & (np.nansum(last, axis=-1) > 0)
    return first, last, there


def _growing(before: FloatArray, now: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return both years with NaN where a category has no rate of growth."""
    first, last, _ = _paired(before, now)
    grows = (first > 0) & (last > 0)
    return np.where(grows, first, np.nan), np.where(grows, last, np.nan)


def _spread(first: FloatArray, last: FloatArray, weights: FloatArray) -> FloatArray:
    total = np.nansum(last, axis=-1) / _or_nan(np.nansum(first, axis=-1))
    with np.errstate(divide="ignore"):
        deviation = np.log(last / first) - np.log(total)[..., np.newaxis]
    known = ~np.isnan(deviation).all(axis=-1)
    return np.where(known, np.sqrt(np.nansum(weights * deviation**2, axis=-1)), np.nan)


def _shares(persons: FloatArray) -> FloatArray:
    return persons / _or_nan(np.nansum(persons, axis=-1, keepdims=True))


def _share_ends(persons: Interval) -> Interval:
    """Return the ends of each share, the other categories being free within their bounds."""
    rest = Interval(
        *(
            np.nansum(end, axis=-1, keepdims=True) - np.nan_to_num(end)
            for end in (persons.lower, persons.upper)
        )
    )
    return share_of_parts(persons, rest)


def _distance(one: Interval, other: Interval) -> tuple[FloatArray, FloatArray]:
    """Return the least and the largest |one − other|."""
    low, high = one.lower - other.upper, one.upper - other.lower
    least = np.where((low <= 0) & (high >= 0), 0.0, np.minimum(np.abs(low), np.abs(high)))
    unknown = np.isnan(low) | np.isnan(high)
    return np.where(unknown, np.nan, least), np.maximum(np.abs(low), np.abs(high))


def _spread_ends(before: Interval, now: Interval, weights: Interval) -> Interval:
    known = ~(np.isnan(before.lower) | np.isnan(now.lower))
    nobody = (before.upper == 0) | (now.upper == 0)  # surely nobody: no rate, as in `lilien`
    used = known & ~nobody
    ends = [np.where(used, end, np.nan) for end in (before.lower, before.upper)]
    ends += [np.where(used, end, np.nan) for end in (now.lower, now.upper)]
    totals = [np.nansum(end, axis=-1, keepdims=True) for end in ends]
    with np.errstate(divide="ignore", invalid="ignore"):
        own = Interval(np.log(ends[2] / ends[1]), np.log(ends[3] / ends[0]))
        whole = Interval(np.log(totals[2] / totals[1]), np.log(totals[3] / totals[0]))
        least, most = _distance(own, whole)
        low = np.sqrt(np.nansum(weights.lower * least**2, axis=-1))
        high = np.sqrt(np.nansum(weights.upper * most**2, axis=-1))
    there = used.any(axis=-1)
    bounded = there & np.isfinite(high)
    return Interval(np.where(there, low, np.nan), np.where(bounded, high, np.nan))


def _or_nan(figures: FloatArray) -> FloatArray:
    return np.where(figures == 0, np.nan, figures)


EVERY = {
    "nav": (nav, nav_interval),
    "lilien": (lilien, lilien_interval),
    "modified_lilien": (modified_lilien, modified_lilien_interval),
}
