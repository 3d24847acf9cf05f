"""Which activities go together, and how close an area is to one that it does not have yet.

In come presences (areas × activities): 1 where an area is specialised, 0 where not, NaN where that
is not known. A cell that is not known is left out of every count; it never counts as absence.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
Method = Literal["association", "probability", "cosine", "jaccard"]


def proximity(presence: FloatArray) -> FloatArray:
    """Return φ_ij = min(P(i | j), P(j | i)): the smaller of both conditional probabilities.

    Where all is known this is C_ij ÷ max(u_i, u_j), with C the number of areas that have both and u
    the number that have one. Where not, P(i | j) counts those areas of j in which i is known.

    Args:
        presence: … × areas × activities, 1, 0 or NaN.

    Returns:
        … × activities × activities, between 0 and 1, the diagonal 1; NaN for an activity that no
        area has.

    Source: Hidalgo, Klinger, Barabási and Hausmann 2007, Science 317, 482–487.
    """
    unknown = np.isnan(presence)
    there = (presence > 0).astype(np.float32)  # counts of areas are exact in it
    both = np.swapaxes(there, -1, -2) @ there
    if unknown.any():
        # [i, j]: areas that have j and in which i is known
        given = np.swapaxes(~unknown, -1, -2).astype(np.float32) @ there
    else:
        given = there.sum(axis=-2)[..., np.newaxis, :]
    with np.errstate(divide="ignore", invalid="ignore"):
        conditional = both.astype(np.float64) / given
    result: FloatArray = np.minimum(conditional, np.swapaxes(conditional, -1, -2))
    return result


def density(presence: FloatArray, closeness: FloatArray, itself: bool = True) -> FloatArray:
    """Return ω_rj = Σ_i M_ri φ_ij ÷ Σ_i φ_ij: how much of what is close to j the area r has.

    With `itself` the activity is close to itself (φ_jj = 1), as in Hidalgo et al.; without, only
    the others count, so that having an activity does not raise its own density (the
    question of issue 38 of py-ecomplexity). Both orders agree among activities that an area lacks
    only if their sums of proximity are alike; the product shows the first.

    Args:
        presence: … × areas × activities, 1, 0 or NaN; what is not known is left out above and
            below the line.
        closeness: … × activities × activities, 0 or more; NaN counts as not close.
        itself: whether an activity counts as close to itself.

    Returns:
        … × areas × activities, between 0 and 1; NaN for an activity that nothing is close to.

    Source: Hidalgo, Klinger, Barabási and Hausmann 2007.
    """
    phi = np.nan_to_num(closeness)
    if not itself:
        phi = phi * (1.0 - np.eye(phi.shape[-1]))
    unknown = np.isnan(presence)
    if not unknown.any():
        sums = phi.sum(axis=-2, keepdims=True)
        return np.asarray(presence @ (phi / np.where(sums > 0, sums, np.nan)))
    there = (presence > 0).astype(np.float64)
    below = (~unknown).astype(np.float64) @ phi
    return np.asarray(there @ phi / np.where(below > 0, below, np.nan))


def co_occurrence(presence: FloatArray) -> FloatArray:
    """Return the number of areas that have both activities, activities × activities, diagonal 0."""
    both: FloatArray = presence.T @ presence
    np.fill_diagonal(both, 0.0)
    return both


def relatedness(together: FloatArray, method: Method) -> FloatArray:
    """Return co-occurrence beyond what the size of two activities lets expect.

    Args:
        together: counts, activities × activities, symmetric, diagonal 0; S are its row sums and T
            is the sum of all.
        method: `association` C T ÷ (S_i S_j), `probability` C over its expectation when pairs are
            drawn without an activity meeting itself, `cosine` C ÷ √(S_i S_j),
            `jaccard` C ÷ (S_i + S_j − C).

    Returns:
        activities × activities; for the first two 1 is what chance gives.

    Source: van Eck and Waltman 2009, JASIST 60, 1635–1651; Steijn 2017, PEEG 17.31 (probability).
    """
    size, whole = together.sum(axis=1), together.sum()
    product = np.outer(size, size)
    with np.errstate(divide="ignore", invalid="ignore"):
        if method == "association":
            result = together * whole / product
        elif method == "probability":
            met = product / (whole - size)[:, np.newaxis] + product / (whole - size)[np.newaxis, :]
            result = together / (met / 2.0)
        elif method == "cosine":
            result = together / np.sqrt(product)
        else:
            result = together / (size[:, np.newaxis] + size[np.newaxis, :] - together)
    return np.nan_to_num(np.asarray(result, dtype=np.float64))
