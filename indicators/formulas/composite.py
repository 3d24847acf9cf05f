"""The composite index: standardise, weigh, add, and see how far the order depends on the weights.

Arrays are areas × components. Sources: OECD/JRC 2008, Handbook on Constructing Composite
Indicators, steps 5 to 7 (z-scores, additive aggregation, robustness); Saisana, Saltelli & Tarantola
2005, Uncertainty and sensitivity analysis techniques as tools for the quality assessment of
composite indicators, J. R. Statist. Soc. A 168(2), 307-323 (ranks over random draws of weights).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from indicators.formulas.cells import BoolArray, FloatArray
from indicators.formulas.intervals import Interval

DRAWS, SEED = 1000, 20221231
SPREAD = 0.25  # each weight up to a quarter higher or lower
TAIL = 0.05  # of the draws below and above the interval of ranks
DIGITS = 9  # scores that agree so far are equal, whatever their last bits are


@dataclass(frozen=True)
class Stability:
    """What happens to ranks when weights vary; NaN for areas without a score.

    `low` and `high` are the ranks that 5 % of the draws are at most below and above; `holds` is
    the share of draws in which the rank is that of the chosen weights; `ahead` (areas × areas) is
    the share of draws in which the first is before the second, a tie counting half.
    """

    low: FloatArray
    high: FloatArray
    holds: FloatArray
    ahead: FloatArray


def standardise(of: Interval, among: BoolArray, up_is_good: BoolArray) -> Interval:
    """Return z-scores, higher always better: (x − mean) ÷ standard deviation, or its negative.

    Mean and standard deviation (of a population, divided by n) are those of the known figures of
    the rows in `among`. A component that is the same everywhere sets nobody apart: its scores are
    0. NaN stays NaN.

    Args:
        of: areas × components, in the units of the components; equal ends are a known figure.
        among: areas; the rows that set the scale.
        up_is_good: components; False where less is better.

    Raises:
        ValueError: a component has no known figure among the rows that set the scale.
    """
    known = np.where((of.lower == of.upper) & among[:, np.newaxis], of.lower, np.nan)
    if np.any(np.all(np.isnan(known), axis=0)):
        raise ValueError("A component has no known figure among the areas that set the scale.")
    mean, deviation = np.nanmean(known, axis=0), np.nanstd(known, axis=0)
    flat = deviation <= 1e-12 * np.maximum(np.abs(mean), 1.0)
    sign = np.where(up_is_good, 1.0, -1.0) / np.where(flat, np.inf, deviation)
    ends = [(end - mean) * sign for end in (of.lower, of.upper)]
    return Interval(np.minimum(*ends), np.maximum(*ends))


def weighted_mean(scores: Interval, weights: FloatArray) -> Interval:
    """Return Σ weight × score ÷ Σ weights per area: the index, 0 at the mean of all.

    A component of weight 0 is left out; NaN where another one has no score.

    Args:
        scores: areas × components.
        weights: components; see `shares`.
    """
    used = weights > 0
    share = shares(weights)[used]
    return Interval(scores.lower[:, used] @ share, scores.upper[:, used] @ share)


def complete(scores: FloatArray, weights: FloatArray) -> BoolArray:
    """Return which areas have a score in every component that has a weight."""
    return np.asarray(~np.isnan(scores[:, weights > 0]).any(axis=1), dtype=bool)


def shares(weights: FloatArray) -> FloatArray:
    """Return weights that add up to 1.

    Raises:
        ValueError: a weight is negative or not finite, or all are 0.
    """
    if not np.all(np.isfinite(weights)) or np.any(weights < 0) or not np.any(weights > 0):
        raise ValueError("Weights must be 0 or more, and at least one of them above 0.")
    return np.asarray(weights / weights.sum(), dtype=np.float64)


def weights_around(
    weights: FloatArray, draws: int = DRAWS, spread: float = SPREAD, seed: int = SEED
) -> FloatArray:
    """Return draws × components: each weight times a uniform number in 1 ± spread, adding up to 1.

    A weight of 0 stays 0.
    """
    factors = np.random.default_rng(seed).uniform(1 - spread, 1 + spread, (draws, len(weights)))
    drawn = factors * shares(weights)
    return np.asarray(drawn / drawn.sum(axis=1, keepdims=True), dtype=np.float64)


def weights_everywhere(weights: FloatArray, draws: int = DRAWS, seed: int = SEED) -> FloatArray:
    """Return draws × components, uniform over all weights that add up to 1.

    That is the Dirichlet distribution with all parameters 1. A weight of 0 stays 0.
    """
    used = shares(weights) > 0
    drawn = np.zeros((draws, len(weights)))
    drawn[:, used] = np.random.default_rng(seed).dirichlet(np.ones(int(used.sum())), draws)
    return drawn


def stability(
    scores: FloatArray, among: FloatArray, weights: FloatArray, drawn: FloatArray
) -> Stability:
    """Return how ranks and order of areas hold over draws of weights.

    The rank of an area is 1 + the number of rows in `among` with a higher index.

    Args:
        scores: areas × components, from `standardise`; a row with NaN has no rank.
        among: all rows that are ranked, as areas × components.
        weights: components; the chosen ones.
        drawn: draws × components; none uses a component of weight 0.
    """
    used = weights > 0
    scored = complete(scores, weights)
    own, others = scores[scored][:, used], among[:, used]
    others = others[complete(among, weights)]
    ranks = _ranks(own, others, drawn[:, used])
    chosen = _ranks(own, others, shares(weights)[np.newaxis, used])
    index = np.round(own @ drawn[:, used].T, DIGITS)
    before = index[:, np.newaxis] > index[np.newaxis]
    equal = index[:, np.newaxis] == index[np.newaxis]
    ahead = np.full((len(scores), len(scores)), np.nan)
    ahead[np.ix_(scored, scored)] = before.mean(axis=2) + equal.mean(axis=2) / 2
    np.fill_diagonal(ahead, np.nan)
    return Stability(
        _spread(np.quantile(ranks, TAIL, axis=1, method="lower"), scored),
        _spread(np.quantile(ranks, 1 - TAIL, axis=1, method="higher"), scored),
        _spread((ranks == chosen).mean(axis=1), scored),
        ahead,
    )


def _ranks(own: FloatArray, others: FloatArray, drawn: FloatArray) -> FloatArray:
    """Return areas × draws: 1 + the number of others with a higher index."""
    index, all_indices = np.round(own @ drawn.T, DIGITS), np.round(others @ drawn.T, DIGITS)
    ordered = np.sort(all_indices, axis=0)
    ranks = np.empty(index.shape)
    for draw in range(len(drawn)):
        below = np.searchsorted(ordered[:, draw], index[:, draw], side="right")
        ranks[:, draw] = 1 + len(ordered) - below
    return ranks


def _spread(values: FloatArray, scored: BoolArray) -> FloatArray:
    result = np.full(scored.shape, np.nan)
    result[scored] = values
    return result
