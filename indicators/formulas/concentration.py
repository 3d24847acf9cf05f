"""How unequal a distribution is: Herfindahl, Gini, Gini of location quotients.

Values of one row lie on the last axis; further axes in front are allowed. Inputs are 0 or more.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]


@dataclass(frozen=True)
class Herfindahl:
    """The Herfindahl-Hirschman index of each row, and the number of categories it is made from.

    `raw` is between 1/n and 1, `normalised` between 0 and 1, `equivalents` is the number of equally
    large categories with the same index. `n` counts the categories that have a figure, empty ones
    among them: a zero is a figure.
    """

    raw: FloatArray
    normalised: FloatArray
    equivalents: FloatArray
    n: NDArray[np.intp]


def herfindahl(values: FloatArray) -> Herfindahl:
    """Return H = Σ s², (H − 1/n) ÷ (1 − 1/n) and 1 ÷ H of the last axis.

    NaN is not in the list of categories: it is left out of the shares and of n. The normalised
    index is NaN for a single category.

    Source: Hirschman 1945, National Power and the Structure of Foreign Trade; Herfindahl 1950.
    """
    n = np.sum(~np.isnan(values), axis=-1)
    total = np.nansum(values, axis=-1, keepdims=True)
    with np.errstate(divide="ignore", invalid="ignore"):
        shares = values / np.where(total > 0, total, np.nan)
        raw = np.where(total[..., 0] > 0, np.nansum(shares**2, axis=-1), np.nan)
        least = np.where(n > 1, 1.0 / np.maximum(n, 1), np.nan)
        return Herfindahl(raw, (raw - least) / (1.0 - least), 1.0 / raw, n)


def gini(values: FloatArray, corrected: bool = False) -> FloatArray:
    """Return G = 2 ÷ (n² x̄) · Σ rank · (x − x̄) of the last axis: 0 all equal, at most (n − 1)/n.

    With `corrected` times n ÷ (n − 1), so that one category with everything gives 1 whatever n is.
    NaN in a row makes its Gini NaN. Every value weighs the same: REAT's weighted form sorts the
    values but not their weights and is not copied.

    Source: Gini 1912, Variabilità e mutabilità; Damgaard and Weiner 2000, Ecology 81, 1139–1142.
    """
    n = values.shape[-1]
    ordered = np.sort(values, axis=-1)  # NaN goes last and keeps the sum NaN
    mean = ordered.mean(axis=-1, keepdims=True)
    ranks = np.arange(1, n + 1, dtype=np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        index = 2.0 * np.sum(ranks * (ordered - mean), axis=-1) / (n**2 * mean[..., 0])
    result: FloatArray = index * n / (n - 1) if corrected and n > 1 else index
    return result


def gini_of_quotients(persons: FloatArray, reference: FloatArray) -> FloatArray:
    """Return the Gini coefficient of location quotients: 0 the structure of the reference.

    Along the last axis: over the sectors of an area it measures specialisation, over the areas of a
    sector concentration. EconGeo's locational Gini is half of a differently weighted curve and has
    another scale.

    Args:
        persons: of the area (or sector), … × n.
        reference: of the reference, … × n; both are turned into shares of their own sum.

    Source: Farhauer and Kröll 2013, Standorttheorien.
    """
    own = persons / persons.sum(axis=-1, keepdims=True)
    other = reference / reference.sum(axis=-1, keepdims=True)
    return gini(own / other)


def entropy(values: FloatArray) -> FloatArray:
    """Return −Σ s log2 s in bits; 0 for one category with everything, log2 n for equal ones.

    Empty categories add nothing and NaN is left out; nothing is added inside the logarithm and
    nothing is rounded (EconGeo adds 1e-9 and rounds to 3 decimals). Source: Shannon 1948.
    """
    total = np.nansum(values, axis=-1, keepdims=True)
    shares = values / np.where(total > 0, total, np.nan)
    safe = np.where(shares > 0, shares, 1.0)
    bits = -np.sum(safe * np.log2(safe), axis=-1)
    return np.asarray(np.where(total[..., 0] > 0, bits + 0.0, np.nan))
