"""Exposure of employment to the electric drive, by groups of dependence on the combustion engine.

A scenario, not a figure: composition and electric share are assumptions of whoever asks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Effect:
    """Persons of one group, or of all: how many belong to it, and how many are affected.

    `share` is a fraction of the base, `persons` and `affected` are (lower, upper) ends.
    """

    share: float
    persons: tuple[float, float]
    affected: tuple[float, float]


def normalised(weights: Sequence[float]) -> tuple[float, ...]:
    """Return weights as fractions that sum to 1; all zero where the weights are all zero.

    Raises:
        ValueError: a weight is negative.
    """
    if any(weight < 0 for weight in weights):
        raise ValueError(f"A weight of a group is negative: {list(weights)}.")
    total = sum(weights)
    return tuple(weight / total if total else 0.0 for weight in weights)


def exposure(
    base: tuple[float, float],
    weights: Sequence[float],
    dependence: Sequence[float],
    electric: float,
) -> tuple[list[Effect], Effect]:
    """Return the effect per group and the effect on all: base × share × dependence × electric.

    Args:
        base: persons, lower and upper end (equal for a value).
        weights: composition by group in any unit; normalised to 1.
        dependence: dependence of each group on the combustion engine, 0 to 1.
        electric: share of electric drive, 0 to 1.

    Returns:
        One `Effect` per group in the order given, and one for all groups together.

    Raises:
        ValueError: groups do not match, the base is no interval, or a share is not within 0 to 1.

    Source: risk groups G0 to G5 of the study of automotive suppliers in Saxony by AMZ and CATI
    (2019), with dependence 0, 10, 25, 50, 100 and 100 percent.
    """
    if len(weights) != len(dependence):
        raise ValueError(f"{len(weights)} weights do not fit {len(dependence)} groups.")
    if not 0 <= base[0] <= base[1]:
        raise ValueError(f"The base {base} is no interval of persons.")
    for name, share in [("electric share", electric), *(("dependence", d) for d in dependence)]:
        if not 0 <= share <= 1:
            raise ValueError(f"The {name} {share} is not between 0 and 1.")
    shares = normalised(weights)
    groups = [
        _effect(base, share, depends * electric)
        for share, depends in zip(shares, dependence, strict=True)
    ]
    exposed = sum(share * depends for share, depends in zip(shares, dependence, strict=True))
    return groups, Effect(sum(shares), base, _times(base, exposed * electric))


def _effect(base: tuple[float, float], share: float, affected: float) -> Effect:
    persons = _times(base, share)
    return Effect(share, persons, _times(persons, affected))


def _times(interval: tuple[float, float], factor: float) -> tuple[float, float]:
    return interval[0] * factor, interval[1] * factor
