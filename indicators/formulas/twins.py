"""Structural twins: the areas most like an area, and what makes the likeness."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.intp]


@dataclass(frozen=True)
class Twins:
    """Nearest areas, nearest first: positions and distances, both areas × number of twins.

    A distance is the mean deviation in standard deviations (root mean square over the features):
    0 the same profile, √2 what two areas without any likeness have on average.
    """

    nearest: IntArray
    distance: FloatArray


def standardised(profile: FloatArray) -> FloatArray:
    """Return z-scores per feature (population standard deviation); 0 for a feature without spread.

    Args:
        profile: areas × features, in any units; NaN where not known, which stays NaN.
    """
    spread = np.nanstd(profile, axis=0)
    centred = profile - np.nanmean(profile, axis=0)
    result: FloatArray = centred / np.where(spread > 0, spread, 1.0)
    return result


def twins(scores: FloatArray, weights: FloatArray, count: int) -> Twins:
    """Return the `count` nearest neighbours of every area, ordered by distance.

    Args:
        scores: standardised profile, areas × features, NaN where not known.
        weights: per feature, 0 or more; two blocks of features weigh the same if the weights of
            each add up to the same.
        count: number of twins, less than the number of areas.

    Returns:
        Twins. A pair is compared over the features known in both. Equal distances keep the order
        of the areas.

    Source: nearest neighbours of standardised profiles, as Office for National Statistics 2025,
    "Clustering similar local authorities", and Hirschenauer and Springer (IAB) for labour markets.
    """
    known = np.where(np.isnan(scores), 0.0, 1.0)
    value = np.nan_to_num(scores)
    squares = (value**2 * weights) @ known.T
    cross = (value * weights) @ value.T
    shared = (known * weights) @ known.T
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = np.maximum(squares + squares.T - 2.0 * cross, 0.0) / shared
    distance = np.sqrt(np.where(shared > 0, mean, np.inf))
    np.fill_diagonal(distance, np.inf)
    nearest = np.argsort(np.round(distance, 9), axis=1, kind="stable")[:, :count]
    return Twins(nearest, np.take_along_axis(distance, nearest, axis=1))


def likeness(scores: FloatArray, pairs: Twins, count: int) -> tuple[IntArray, FloatArray]:
    """Return the features that make two areas alike: both far from the mean, to the same side.

    A feature counts by the smaller of both deviations if they have the same sign, else not at all.

    Args:
        scores: standardised profile, areas × features.
        pairs: whom to compare.
        count: number of features to name.

    Returns:
        Positions of features and the smaller deviation with its sign (standard deviations), both
        areas × twins × `count`, strongest first; 0 where nothing more is alike.
    """
    own, other = np.nan_to_num(scores)[:, np.newaxis, :], np.nan_to_num(scores)[pairs.nearest]
    shared = np.where(own * other > 0, np.minimum(np.abs(own), np.abs(other)), 0.0)
    features = np.argsort(-shared, axis=2, kind="stable")[:, :, :count]
    strength = np.take_along_axis(shared * np.sign(other), features, axis=2)
    return features, strength
