"""Related and unrelated variety: how evenly persons are spread within and between groups."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indicators.formulas.concentration import entropy

FloatArray = NDArray[np.float64]


@dataclass(frozen=True)
class Variety:
    """Variety in bits: `unrelated` between groups, `related` within; `total` is their sum."""

    unrelated: FloatArray
    related: FloatArray

    @property
    def total(self) -> FloatArray:
        """Return the entropy over all categories."""
        return self.unrelated + self.related


def variety(persons: FloatArray, groups: NDArray[np.intp]) -> Variety:
    """Return UV = Σ_g P_g log2(1/P_g) and RV = Σ_g P_g H_g, H_g the entropy within group g.

    Args:
        persons: … × categories, the finer level; NaN is left out.
        groups: per category the position of its group on the coarser level, from 0. For KldB 2010
            three digits within two, for WZ 2008 divisions within sections.

    Returns:
        Arrays of shape …; UV + RV is the entropy of the finer level. NaN where nobody is.

    Source: Frenken, van Oort and Verburg 2007, Regional Studies 41, 685–697.
    """
    members = np.eye(int(groups.max()) + 1)[groups]
    between = entropy(np.nan_to_num(persons) @ members)
    return Variety(between, entropy(persons) - between)
