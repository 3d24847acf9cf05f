"""Rows of table `twin`: the districts whose structure is most like that of each district.

In come the newest shares of industry groups and of occupational main groups; out go the nearest
neighbours of each district, ordered, with distance and the features that make the likeness.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from indicators.formulas.cells import FloatArray
from indicators.formulas.twins import likeness, standardised, twins
from indicators.grid import Axes
from indicators.strength_kinds import KindOfPersons

# Industry groups that do not overlap; the small sections B, D and E are left out.
GROUPS = ("A", "C", "F", "G-I", "J", "K", "L", "M-N", "O-Q", "R-U")
COUNT = 10  # twins per district
REASONS = 3  # features named per pair
LIMIT = 3.0  # standard deviations; beyond, one exceptional trade would decide over all others


def twin_rows(industry: KindOfPersons, occupations: KindOfPersons, axes: Axes) -> pd.DataFrame:
    """Return area_id, twin_id, position (1 = nearest), distance, reason.

    The profile has one share per industry group and per occupational main group, in the newest year
    of each table, standardised over all districts and cut at LIMIT; industries and occupations
    weigh the same. A share with a secret part is left out of the comparison. A reason is
    `kind:code:deviation` (in standard deviations, the smaller of both), joined by `;`.
    """
    districts = np.flatnonzero(axes.areas.kreis)
    profile, features = _profile(industry, occupations)
    scores = np.clip(standardised(profile[districts]), -LIMIT, LIMIT)
    sizes = {kind: sum(kind == of for of, _ in features) for kind, _ in features}
    weights = np.array([1.0 / sizes[kind] for kind, _ in features])
    pairs = twins(scores, weights, min(COUNT, len(districts) - 1))
    named, strength = likeness(scores, pairs, REASONS)
    ids = np.asarray(axes.areas.ids, dtype=object)[districts]
    return pd.DataFrame(
        {
            "area_id": ids[row],
            "twin_id": ids[pairs.nearest[row, place]],
            "position": place + 1,
            "distance": round(float(pairs.distance[row, place]), 4),
            "reason": ";".join(
                f"{features[one][0]}:{features[one][1]}:{far:+.1f}"
                for one, far in zip(named[row, place], strength[row, place], strict=True)
                if far
            ),
        }
        for row, place in np.ndindex(pairs.nearest.shape)
    )


def _profile(
    industry: KindOfPersons, occupations: KindOfPersons
) -> tuple[FloatArray, list[tuple[str, str]]]:
    """Return shares, areas × features, and kind and code of each feature."""
    main: dict[str, list[str]] = {}
    for code in occupations.panel.codes:
        main.setdefault(code[:2], []).append(code)
    blocks = [
        industry.panel.only(list(GROUPS)).cells.value[:, :, -1] / industry.totals[:, -1:],
        occupations.panel.grouped(main).cells.value[:, :, -1] / occupations.totals[:, -1:],
    ]
    features = [(industry.kind, code) for code in GROUPS]
    features += [(occupations.kind, code) for code in main]
    return np.concatenate(blocks, axis=1), features
