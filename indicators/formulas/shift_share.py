"""Shift-share: how the change of employment splits into trend, composition and the area itself.

Tables are … × areas × categories (sectors or occupations), the reference is … × categories; persons
in, persons out. The split is an identity, not an explanation: it says what would have happened with
the growth of the reference, it does not say why.

Floating sums: the part that is left over is computed as what remains of the change, so that the
parts add up to it in every cell to the last bit but one (tested to 1e-9). NaN is a figure that is
not known, and what depends on it is NaN too. The `_interval` functions take persons in bounds; each
part is an outer bound of its own, and the parts of one cell may not all lie at an end at once.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from indicators.formulas.intervals import FloatArray, Interval, difference

PARTS = ("national", "mix", "regional", "allocation")


@dataclass(frozen=True)
class Components:
    """Parts of a change in persons, arrays of one shape; they add up to `change`.

    `national` is what the growth of the reference would have brought, `mix` what the composition
    of the area adds to it, `regional` what its categories grew differently from the reference.
    `allocation` is 0 in the classic split; see `esteban_marquillas`.
    """

    national: FloatArray
    mix: FloatArray
    regional: FloatArray
    allocation: FloatArray
    change: FloatArray

    def over(self, axis: int) -> Components:
        """Return the parts added up along an axis (of categories, areas or years)."""
        return Components(*(np.sum(getattr(self, name), axis=axis) for name in (*PARTS, "change")))


@dataclass(frozen=True)
class Bounds:
    """The ends of `Components`, each part on its own."""

    national: Interval
    mix: Interval
    regional: Interval
    allocation: Interval
    change: Interval


def classic(
    before: FloatArray, now: FloatArray, reference_before: FloatArray, reference_now: FloatArray
) -> Components:
    """Return the split of Dunn: NS = e·G, IM = e·(G_i − G), RS = e·(g_i − G_i).

    e are persons of the earlier year, g_i the growth of a category in the area, G_i in the
    reference, G of all categories of the reference. RS is the remainder of the change, which needs
    no g_i: a category that is new in the area is part of RS.

    Args:
        before: e_ij, … × areas × categories.
        now: the same in the later year.
        reference_before: e_i of the reference, … × categories. G is taken of its sum, so the
            categories must be disjoint and hold everybody who counts.
        reference_now: the same in the later year.

    Returns:
        Parts of the shape of `before`. Where a category of the reference had nobody, G_i is not
        defined: mix and regional are NaN.

    Source: Dunn 1960, Papers of the Regional Science Association 6, 97–112. The output by industry
    of `REAT::shifti` sets NS = e·G_i and hides IM; it is not followed.
    """
    growth, whole = _reference_growth(reference_before, reference_now)
    change = now - before
    national = before * whole
    mix = before * (growth - whole)
    regional = change - national - mix
    return Components(national, mix, regional, regional * 0.0, change)


def esteban_marquillas(
    before: FloatArray, now: FloatArray, reference_before: FloatArray, reference_now: FloatArray
) -> Components:
    """Return the split in which RS is free of the area's specialisation: RS = h_i·(g_i − G_i).

    h_i = e_j·e_i/e are the persons that the category would have with the share of the reference.
    The rest of Dunn's RS is the allocation effect (e_i − h_i)·(g_i − G_i): whether the area is
    specialised in what it is good at. A category that starts from nobody has no g_i: its whole
    deviation counts as allocation.

    Arguments and result as in `classic`. Source: Esteban-Marquillas 1972, Regional and Urban
    Economics 2, 249–255.
    """
    split = classic(before, now, reference_before, reference_now)
    share = reference_before / reference_before.sum(axis=-1, keepdims=True)
    expected = before.sum(axis=-1, keepdims=True) * share[..., np.newaxis, :]
    ratio = expected / np.where(before > 0, before, np.nan)
    regional = np.where(before > 0, split.regional * ratio, split.regional * 0.0)
    return Components(split.national, split.mix, regional, split.regional - regional, split.change)


def dynamic(persons: FloatArray, reference: FloatArray) -> Components:
    """Return the classic split of every consecutive pair of years; their sum is Barff and Knight's.

    The base of each year is the year before, so that growth in between changes the weights.

    Args:
        persons: years × areas × categories, one year after the other, one classification.
        reference: years × categories.

    Returns:
        (years − 1) × areas × categories; add up along the first axis for the whole span.

    Source: Barff and Knight 1988, Growth and Change 19, 1–10.
    """
    return classic(persons[:-1], persons[1:], reference[:-1], reference[1:])


def classic_interval(
    before: Interval, now: Interval, reference_before: Interval, reference_now: Interval
) -> Bounds:
    """Return the ends of every part of `classic` for persons in bounds.

    Ends are infinite where nothing bounds a part, NaN where a figure is missing altogether. Exact
    for a known reference; outer bounds else.
    """
    growth, whole = _reference_growth_ends(reference_before, reference_now)
    change = difference(now, before)
    kept = _product(before, Interval(growth.lower + 1.0, growth.upper + 1.0))
    return Bounds(
        national=_product(before, whole),
        mix=_product(before, difference(growth, whole)),
        regional=difference(now, kept),
        allocation=_nothing(change),
        change=change,
    )


def esteban_marquillas_interval(
    before: Interval, now: Interval, reference_before: Interval, reference_now: Interval
) -> Bounds:
    """Return the ends of every part of `esteban_marquillas`; as `classic_interval`."""
    split = classic_interval(before, now, reference_before, reference_now)
    total = Interval(*(end.sum(axis=-1, keepdims=True) for end in (before.lower, before.upper)))
    below = [end.sum(axis=-1, keepdims=True) for end in _ends(reference_before)]
    share = Interval(reference_before.lower / below[1], reference_before.upper / below[0])
    expected = _product(total, _over_areas(share))
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = Interval(expected.lower / before.upper, expected.upper / before.lower)
        ratio = Interval(np.nan_to_num(ratio.lower), np.nan_to_num(ratio.upper, nan=np.inf))
    regional = _product(split.regional, ratio)
    none, maybe_none = before.upper == 0, before.lower == 0  # then the regional part is 0
    regional = Interval(
        np.where(none, 0.0, np.where(maybe_none, np.minimum(regional.lower, 0.0), regional.lower)),
        np.where(none, 0.0, np.where(maybe_none, np.maximum(regional.upper, 0.0), regional.upper)),
    )
    allocation = difference(split.regional, regional)
    exact = (before.lower == before.upper) & (now.lower == now.upper)
    exact &= (split.regional.lower == split.regional.upper) & (total.lower == total.upper)
    return Bounds(split.national, split.mix, regional, _tidy(allocation, exact), split.change)


def _reference_growth(before: FloatArray, now: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return G_i and G, both broadcast over areas."""
    growth = now / np.where(before > 0, before, np.nan) - 1.0
    whole = now.sum(axis=-1, keepdims=True) / before.sum(axis=-1, keepdims=True) - 1.0
    return growth[..., np.newaxis, :], whole[..., np.newaxis, :]


def _reference_growth_ends(before: Interval, now: Interval) -> tuple[Interval, Interval]:
    def growth(first: Interval, last: Interval) -> Interval:
        with np.errstate(divide="ignore", invalid="ignore"):
            low, high = last.lower / first.upper - 1.0, last.upper / first.lower - 1.0
        nobody = first.upper == 0
        return Interval(np.where(nobody, np.nan, low), np.where(nobody, np.nan, high))

    whole = (
        Interval(*(end.sum(axis=-1, keepdims=True) for end in _ends(part)))
        for part in (before, now)
    )
    return _over_areas(growth(before, now)), _over_areas(growth(*whole))


def _over_areas(of: Interval) -> Interval:
    return Interval(of.lower[..., np.newaxis, :], of.upper[..., np.newaxis, :])


def _product(one: Interval, other: Interval) -> Interval:
    """Return the product of independent intervals; 0 times anything without end is 0."""
    with np.errstate(invalid="ignore", over="ignore"):
        corners = []
        for left in _ends(one):
            for right in _ends(other):
                corner = left * right
                zero = ((left == 0) & np.isinf(right)) | (np.isinf(left) & (right == 0))
                corners.append(np.where(zero, 0.0, corner))
        return Interval(np.min(corners, axis=0), np.max(corners, axis=0))


def _ends(of: Interval) -> tuple[FloatArray, FloatArray]:
    return of.lower, of.upper


def _nothing(like: Interval) -> Interval:
    zero = np.where(np.isnan(like.lower), np.nan, 0.0)
    return Interval(zero, zero)


def _tidy(of: Interval, exact: FloatArray) -> Interval:
    """Return the interval, its ends made equal where rounding alone keeps them apart."""
    with np.errstate(invalid="ignore"):
        middle = (of.lower + of.upper) / 2.0
    return Interval(np.where(exact, middle, of.lower), np.where(exact, middle, of.upper))
