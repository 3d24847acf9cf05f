"""How far an area is specialised: location quotients, Krugman index, coefficient of specialisation.

All functions take whole tables: areas × categories (sectors or occupations), further axes in front
(such as the year) are allowed. Persons in, pure numbers out. NaN stands for a figure that is not
known, and what depends on it is NaN too: nothing is ever counted as zero.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]

# An index is said to rest on few persons if neither those that are there nor those that would be
# there with the share of the reference reach this number: one plant more or less would turn it.
FEW_PERSONS = 50.0


def location_quotient(
    persons: FloatArray,
    area_totals: FloatArray,
    category_totals: FloatArray,
    total: FloatArray | float,
) -> FloatArray:
    """Return LQ = (e_ij ÷ e_j) ÷ (e_i ÷ e): 1 where an area has the share of the reference.

    The totals are passed and never summed up here: a published total may hold persons that no
    listed category has (in official tables the unassigned and the secret ones).

    Args:
        persons: e_ij, … × areas × categories.
        area_totals: e_j, … × areas.
        category_totals: e_i of the reference area, … × categories.
        total: e of the reference area, … .

    Returns:
        Quotients of the shape of `persons`, 0 or more; NaN where a figure is NaN, or where the area
        or the category has nobody.

    Source: Florence 1939; Isard 1960, Methods of Regional Analysis.
    """
    below = _or_nan(area_totals)[..., :, np.newaxis]
    reference = _or_nan(category_totals / _or_nan(np.asarray(total))[..., np.newaxis])
    quotient = persons / below
    quotient /= reference[..., np.newaxis, :]
    return quotient


def symmetric(quotient: FloatArray) -> FloatArray:
    """Return (LQ − 1) ÷ (LQ + 1), between −1 (nobody) and 1; 0 where LQ is 1.

    Source: Laursen 2015, Eurasian Business Review 5, 99–115 (first 1998), for revealed advantage.
    """
    result: FloatArray = (quotient - 1.0) / (quotient + 1.0)
    return result


def additive(
    persons: FloatArray, area_totals: FloatArray, category_totals: FloatArray
) -> FloatArray:
    """Return e_ij ÷ e_i − e_j ÷ e: the share in the category beyond the share in all persons.

    Arguments as in `location_quotient`; e is the sum of `area_totals`. Fractions between −1 and 1.
    """
    size = area_totals / area_totals.sum(axis=-1, keepdims=True)
    result: FloatArray = persons / category_totals[..., np.newaxis, :] - size[..., :, np.newaxis]
    return result


def advantage(quotient: FloatArray, strict: bool = False) -> BoolArray:
    """Return where an area is specialised: LQ ≥ 1, or LQ > 1 if `strict`. NaN is False.

    ≥ 1 is what Hausmann and Hidalgo's Growth Lab uses, and what this product uses throughout.
    EconGeo's text says "> 1" while its code sets values below 1 to 0 and leaves a quotient of
    exactly 1 as it is, which is ≥ 1. Callers that must tell "not specialised" from "not known"
    keep the NaN of the quotient.

    Source: Balassa 1965, The Manchester School 33, 99–123 (revealed comparative advantage).
    """
    with np.errstate(invalid="ignore"):
        return quotient > 1.0 if strict else quotient >= 1.0


def krugman(persons: FloatArray, reference: FloatArray) -> FloatArray:
    """Return K = Σ_i |s_ij − s_i|: 0 same structure, 2 nothing in common.

    Args:
        persons: … × areas × categories; shares are taken of what is known in each area.
        reference: persons per category of the reference area, … × categories. The nation with the
            area in it is the usual choice; pass other sums for another one.

    Returns:
        … × areas. Categories that are NaN in the area are left out on both sides.

    Source: Krugman 1991, Geography and Trade.
    """
    known = ~np.isnan(persons)
    there = np.where(known, reference[..., np.newaxis, :], np.nan)
    distance = np.abs(_shares(persons) - _shares(there))
    return np.asarray(np.where(known.any(axis=-1), np.nansum(distance, axis=-1), np.nan))


def coefficient_of_specialisation(persons: FloatArray, reference: FloatArray) -> FloatArray:
    """Return K ÷ 2, between 0 and 1: the share of persons that would have to change category.

    Also known as Hoover's index. Arguments as in `krugman`. Source: Hoover 1936, Review of
    Economics and Statistics 18, 162–171.
    """
    return krugman(persons, reference) / 2.0


def krugman_to_mean(shares: FloatArray, others: FloatArray) -> FloatArray:
    """Return Σ |s − mean of the others' shares|, all others weighing the same.

    A comparison with the typical area rather than with the sum of areas.

    Args:
        shares: persons per category of the area, … × categories.
        others: persons of the others, … × others × categories.
    """
    typical = _shares(others).mean(axis=-2)
    result: FloatArray = np.abs(_shares(shares) - typical).sum(axis=-1)
    return result


def _or_nan(figures: FloatArray) -> FloatArray:
    """Return the figures with NaN for 0, so that dividing by them gives NaN."""
    return np.where(figures == 0, np.nan, figures)


def _shares(persons: FloatArray) -> FloatArray:
    """Return the shares of each row in what is known of it; NaN where nobody is."""
    total = np.nansum(persons, axis=-1, keepdims=True)
    return persons / np.where(total > 0, total, np.nan)
