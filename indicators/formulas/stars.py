"""Cluster stars: an area earns up to three by size, specialisation and focus of an activity."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]

TOP = 0.1  # of the areas, for size and focus
SPECIALISED = 2.0  # location quotient
FEWEST_AREAS = 100


@dataclass(frozen=True)
class Stars:
    """One criterion each, areas × activities; `count` adds them up, 0 to 3."""

    size: BoolArray
    specialisation: BoolArray
    focus: BoolArray

    @property
    def count(self) -> NDArray[np.int64]:
        """Return the number of stars."""
        every = np.stack([self.size, self.specialisation, self.focus])
        result: NDArray[np.int64] = every.sum(axis=0, dtype=np.int64)
        return result


def stars(persons: FloatArray, share: FloatArray, quotient: FloatArray) -> Stars:
    """Return who is among the top tenth by size, has LQ ≥ 2, is among the top tenth by share.

    Size and focus compare all areas of the country within one activity: by persons, and by the
    share of the area's own persons that the activity takes. A tenth of five would mean nothing.

    Args:
        persons: areas × activities; NaN earns no star and is not in the population.
        share: in all persons of the area, of the same shape.
        quotient: location quotient, of the same shape.

    Raises:
        ValueError: fewer than 100 areas.

    Source: European Cluster Observatory 2007–2011, methodology of the star rating (size,
    specialisation, focus).
    """
    if persons.shape[0] < FEWEST_AREAS:
        raise ValueError(
            f"A top tenth needs at least {FEWEST_AREAS} areas, not {persons.shape[0]}."
        )
    with np.errstate(invalid="ignore"):
        return Stars(_top(persons), quotient >= SPECIALISED, _top(share))


def _top(values: FloatArray) -> BoolArray:
    """Return the top tenth of each column: at or above its 90th percentile, and above 0."""
    known = ~np.isnan(values).all(axis=0)
    limit = np.full(values.shape[1], np.nan)
    limit[known] = np.nanquantile(values[:, known], 1.0 - TOP, axis=0, method="higher")
    with np.errstate(invalid="ignore"):
        return (values >= limit) & (values > 0)
