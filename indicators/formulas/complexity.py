"""Economic complexity of areas and activities from who is specialised in what.

Meant for many areas: with five, the second eigenvector says next to nothing. In comes the matrix of
presences, areas × activities, 0 or 1, years in front if there are any.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import eigh

FloatArray = NDArray[np.float64]

FEWEST_AREAS = 4  # below, there is no second structure to find
_SAME = 1e-9  # two eigenvalues nearer than this are one


@dataclass(frozen=True)
class Complexity:
    """Complexity per year: `areas` (… × areas) and `activities` (… × activities).

    `areas` has mean 0 and standard deviation 1 (of the population, ddof 0). `activities` is on the
    scale of the areas, so that an area is the mean of its activities; its own mean is not 0.
    """

    areas: FloatArray
    activities: FloatArray


def complexity(presence: FloatArray) -> Complexity:
    """Return the indices of economic complexity (ECI of areas, PCI of activities).

    The second eigenvector of D⁻¹ M U⁻¹ Mᵀ, with D the number of activities per area and U the
    number of areas per activity; the sign is the one with which diversity correlates positively.
    It is found from the symmetric matrix U^-½ Mᵀ D⁻¹ M U^-½ of the activities, which has the same
    eigenvalues and real, orthogonal eigenvectors.

    Args:
        presence: … × areas × activities, 0 or 1.

    Returns:
        Complexity; NaN for areas without activity, activities without area, and for everything of
        a year in which the second eigenvalue is not single (the network falls apart, or is too
        regular: any mixture of the eigenvectors would do) or diversity gives no sign.

    Raises:
        ValueError: fewer than four areas, or a presence that is neither 0 nor 1.

    Source: Hidalgo and Hausmann 2009, PNAS 106, 10570–10575; Hausmann et al. 2014, Atlas of
    Economic Complexity.
    """
    if presence.shape[-2] < FEWEST_AREAS:
        raise ValueError(f"Complexity needs many areas, not {presence.shape[-2]}.")
    if not np.all((presence == 0.0) | (presence == 1.0)):
        raise ValueError("A presence must be 0 or 1; decide on unknown ones before.")
    flat = presence.reshape(-1, *presence.shape[-2:]).astype(np.float64)
    pairs = [_one_year(year) for year in flat]
    front = presence.shape[:-2]
    areas, activities = (np.stack(side) for side in zip(*pairs, strict=True))
    return Complexity(areas.reshape(*front, -1), activities.reshape(*front, -1))


def _one_year(presence: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return both indices of one matrix, NaN for empty rows and columns."""
    diversity, ubiquity = presence.sum(axis=1), presence.sum(axis=0)
    rows, columns = diversity > 0, ubiquity > 0
    areas, activities = (np.full(size, np.nan) for size in presence.shape)
    full = rows.all() and columns.all()
    matrix = presence if full else presence[np.ix_(rows, columns)]
    if min(matrix.shape) < 2:
        return areas, activities
    activity = _second_vector(matrix, diversity[rows], ubiquity[columns])
    area = matrix @ activity / diversity[rows]
    spread = area.std()
    together = np.mean((diversity[rows] - diversity[rows].mean()) * area)
    if not (spread > 0 and abs(together) > _SAME * spread):
        return areas, activities
    sign = np.sign(together)
    areas[rows] = sign * (area - area.mean()) / spread
    activities[columns] = sign * (activity - area.mean()) / spread
    return areas, activities


def _second_vector(matrix: FloatArray, diversity: FloatArray, ubiquity: FloatArray) -> FloatArray:
    """Return the second eigenvector of U⁻¹ Mᵀ D⁻¹ M; NaN where it is not the only one."""
    scaled = matrix * np.sqrt(1.0 / diversity)[:, np.newaxis]
    size, root = ubiquity.size, np.sqrt(ubiquity)
    values, vectors = eigh(
        (scaled.T @ scaled) / np.outer(root, root),
        subset_by_index=(max(size - 3, 0), size - 1),
        check_finite=False,
    )
    second: FloatArray = vectors[:, -2] / root
    below = values[-3] if size > 2 else -np.inf
    single = values[-1] - values[-2] > _SAME and values[-2] - below > _SAME
    return second if single else np.full_like(second, np.nan)


def outlook(
    presence: FloatArray, density: FloatArray, closeness: FloatArray, activities: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Return complexity outlook of areas (z-scored) and the gain from each missing activity.

    The outlook adds up the complexity of what an area lacks, weighted by how close it is; the gain
    says what a new activity would bring nearer. As defined in the Atlas, with the complexity on the
    scale of `Complexity.activities`; what depends on where its zero lies must not be compared
    between years.

    Args:
        presence: areas × activities, 0 or 1.
        density: areas × activities, see `relatedness.density`.
        closeness: proximity, activities × activities.
        activities: complexity of activities on any scale; both results keep its zero.

    Source: Hausmann et al. 2014, Atlas of Economic Complexity, technical box 5.4.
    """
    lacking = 1.0 - presence
    raw = (density * lacking) @ activities
    gain = lacking * (lacking @ (closeness * (activities / closeness.sum(axis=1))[:, np.newaxis]))
    return (raw - raw.mean()) / raw.std(), gain


def reflections(presence: FloatArray, steps: int) -> tuple[FloatArray, FloatArray]:
    """Return k_N of areas and activities after `steps` reflections: means of means.

    k_0 is diversity and ubiquity; each step takes the mean of the other side's step before. Even
    steps of areas speak of areas; their ranks converge to those of `complexity`.

    Source: Hidalgo and Hausmann 2009.
    """
    diversity, ubiquity = presence.sum(axis=1), presence.sum(axis=0)
    areas, activities = diversity, ubiquity
    for _ in range(steps):
        areas, activities = presence @ activities / diversity, areas @ presence / ubiquity
    return areas, activities
