"""Shares, rates, growth, differences and sums: the closed set that the registry may name.

All functions are vectorised: cells of one shape in, cells of that shape out, the last axis is
the year in steps of one. Marks and qualifiers follow `formulas.cells`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from indicators.formulas.cells import (
    ABSENT,
    BREAK,
    NONE,
    NOT_APPLICABLE,
    SECRET,
    VALUE,
    ZERO,
    Cells,
    CodeArray,
    combine,
    empty,
    strongest,
    with_mark,
)

NAMES = ("value", "lower", "upper", "mark", "qualifier")


def published(of: Cells, scale: float = 1.0) -> Cells:
    """Return a figure as published, times `scale` (for units such as thousand persons)."""
    return replace(of, value=of.value * scale, lower=of.lower * scale, upper=of.upper * scale)


def ratio(
    numerator: Cells, denominator: Cells, scale: float = 1.0, part_of_whole: bool = False
) -> Cells:
    """Return numerator ÷ denominator × scale, in the unit of the quotient.

    A zero denominator is not applicable, whatever the numerator is. A numerator that is a true
    zero gives a true zero. Bounds of a denominator that reach zero give no bounds. The upper bound
    of a `part_of_whole` is at most the whole, however little is known of either.
    """
    result = combine(lambda above, below: above / below * scale, numerator, denominator)
    if part_of_whole:
        result = replace(result, upper=np.minimum(result.upper, scale))
    zero = (numerator.mark == ZERO) & (result.mark == VALUE)
    result = replace(result, mark=np.where(zero, ZERO, result.mark).astype(np.int8))
    nothing_below = denominator.known & (denominator.value == 0) & (numerator.mark != ABSENT)
    return with_mark(result, nothing_below, NOT_APPLICABLE)


def difference(minuend: Cells, subtrahend: Cells) -> Cells:
    """Return minuend − subtrahend, in their common unit."""
    return combine(lambda first, second: first - second, minuend, subtrahend)


def total(parts: Sequence[Cells]) -> Cells:
    """Return the sum of the parts, in their common unit, see `sum_rows`."""
    return sum_rows(Cells(*(np.stack([getattr(part, name) for part in parts]) for name in NAMES)))


def sum_rows(cells: Cells) -> Cells:
    """Return the sum over the first axis; the result lacks that axis.

    A part without a value leaves the sum without one: a secret part makes a secret sum, it never
    counts as zero. A sum of true zeros is a true zero.
    """
    known = cells.known.all(axis=0)
    low, high = (side.sum(axis=0) for side in cells.span())
    return Cells(
        np.where(known, cells.value.sum(axis=0), np.nan),
        np.where(known, np.nan, low),
        np.where(known, np.nan, high),
        cells.mark.max(axis=0),
        cells.qualifier.max(axis=0),
    )


def added_up(of: Cells) -> Cells:
    """Return categories that are kept apart (second of three axes) as one; others as they are.

    What is secret without bounds is left out where another category is known, as structures do.
    """
    if of.value.ndim < 3:
        return of
    parts = Cells(*(np.swapaxes(getattr(of, name), 0, 1) for name in NAMES))
    nothing = ~parts.usable & parts.usable.any(axis=0)
    kept = replace(
        parts,
        value=np.where(nothing, 0.0, parts.value),
        mark=np.where(nothing, ZERO, parts.mark).astype(np.int8),
    )
    return sum_rows(kept)


def growth(of: Cells, years: int) -> Cells:
    """Return the change against `years` years before, in percent: (x_t ÷ x_(t−n) − 1) × 100.

    A zero in the earlier year is not applicable. A break after the earlier year marks the
    result as a break. The first `years` years have no row.
    """
    before = lagged(of, years)
    result = combine(lambda now, then: (now / then - 1.0) * 100.0, of, before)
    started_at_nothing = before.known & (before.value == 0) & (of.mark != ABSENT)
    return _spanning(with_mark(result, started_at_nothing, NOT_APPLICABLE), of, years)


def change(of: Cells, years: int) -> Cells:
    """Return the change against `years` years before in the unit of the figure: x_t − x_(t−n).

    For figures in percent these are percentage points. Breaks are handled as in `growth`.
    """
    return _spanning(difference(of, lagged(of, years)), of, years)


def first(options: Sequence[Cells]) -> Cells:
    """Return, cell by cell, the first option with a figure, see `choose`."""
    chosen = choose(options)
    result = empty(options[0].value.shape)
    for position, option in enumerate(options):
        result = result.take(chosen == position, option)
    return result


def choose(options: Sequence[Cells]) -> CodeArray:
    """Return, cell by cell, the position of the option that `first` takes; −1 where no row is.

    A secret figure is an answer: no later option replaces it. Where no option has a figure, the
    first that has a row at all gives mark and qualifier.
    """
    chosen = np.full(options[0].value.shape, -1, dtype=np.int8)
    usable = [option.usable | (option.mark == SECRET) for option in options]
    there = [option.mark != ABSENT for option in options]
    for candidates in (usable, there):
        for position, fits in enumerate(candidates):
            chosen = np.where((chosen < 0) & fits, np.int8(position), chosen)
    return chosen


def lagged(of: Cells, years: int) -> Cells:
    """Return the cells of `years` years before (after, if negative), absent beyond the ends."""
    result = empty(of.value.shape)
    width = of.value.shape[-1]
    source = slice(max(0, -years), min(width, width - years))
    target = slice(max(0, years), min(width, width + years))
    for name in NAMES:
        getattr(result, name)[..., target] = getattr(of, name)[..., source]
    return result


def _spanning(result: Cells, of: Cells, years: int) -> Cells:
    """Carry qualifiers over a span: a break counts only if it lies after the earlier year."""
    since = [lagged(of, step).qualifier == BREAK for step in range(years)]
    before = lagged(of, years).qualifier
    both = strongest([of.qualifier, np.where(before == BREAK, NONE, before).astype(np.int8)])
    qualifier = np.where(np.any(since, axis=0), np.maximum(both, BREAK), both)
    return replace(result, qualifier=qualifier.astype(np.int8))
