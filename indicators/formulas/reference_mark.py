"""The "Richtwert bei gleicher Betriebsgröße": a mark inside the interval of a secret cell.

It says how many persons a secret cell would have if the plants that are secret together were of
equal size. It is no estimate and no value: it is made from published figures only, and serves to
draw a map of intervals. A pool that holds nothing but the cell is passed over, since its mark would
be the secret value itself.
"""

from __future__ import annotations

import numpy as np

from indicators.formulas.disclosure import ProtectedBounds, Table
from indicators.formulas.margins import FloatArray
from indicators.formulas.protection import UNIT


def reference_mark(
    plants: FloatArray,
    pool_persons: FloatArray,
    pool_plants: FloatArray,
    shown_lower: FloatArray,
    shown_upper: FloatArray,
) -> FloatArray:
    """Return plants × persons per secret plant, rounded to 10, within the protected interval.

    Args:
        plants: published plants of the cells.
        pool_persons: persons that the published figures leave to all secret cells of the pool.
        pool_plants: plants of these secret cells.
        shown_lower: lower ends of the protected intervals.
        shown_upper: upper ends.

    Returns:
        Persons, in the shape of the arguments; NaN where plants or pool are not known.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = np.where(pool_plants > 0, pool_persons / pool_plants, np.nan)
    rounded = np.round(plants * mean / UNIT) * UNIT
    return np.clip(rounded, shown_lower, shown_upper)


def reference_marks(table: Table, shown: ProtectedBounds) -> FloatArray:
    """Return the marks of all cells without published persons, areas × sectors, NaN elsewhere.

    The pool of a cell is the nearest area above it (region, Land, country) whose persons and plants
    are published and which has secret plants outside the cell.
    """
    persons, plants = _pools(table)
    pool_persons, pool_plants = (np.full(table.persons.shape, np.nan) for _ in range(2))
    secret, parent = np.isnan(table.persons), np.array(table.areas.parent)
    above = parent
    while np.any(above >= 0):
        # A comparison with NaN is false: a pool that is not known is passed over, too.
        usable = secret & (above >= 0)[:, None] & (plants[above] > table.plants)
        here = usable & np.isnan(pool_persons)
        pool_persons[here], pool_plants[here] = persons[above][here], plants[above][here]
        above = np.where(above >= 0, parent[above], -1)
    mark = reference_mark(table.plants, pool_persons, pool_plants, shown.lower, shown.upper)
    return np.where(secret, mark, np.nan)


def _pools(table: Table) -> tuple[FloatArray, FloatArray]:
    """Return persons and plants that the published figures leave to the secret cells of an area."""
    parts = table.areas.parts()
    persons, plants = (np.full(table.persons.shape, np.nan) for _ in range(2))
    for area, below in parts.items():
        known = [_published(table, parts, part) for part in below]
        persons[area] = table.persons[area] - np.sum([one[0] for one in known], axis=0)
        plants[area] = table.plants[area] - np.sum([one[1] for one in known], axis=0)
    return persons, plants


def _published(
    table: Table, parts: dict[int, list[int]], area: int
) -> tuple[FloatArray, FloatArray]:
    """Return the published persons of an area and their plants, per sector.

    A published area counts as a whole, a secret one by its published parts.
    """
    secret = np.isnan(table.persons[area])
    below = [_published(table, parts, part) for part in parts.get(area, [])]
    persons, plants = (
        np.sum([one[side] for one in below], axis=0) if below else np.zeros(secret.shape)
        for side in (0, 1)
    )
    return (
        np.where(secret, persons, table.persons[area]),
        np.where(secret, plants, table.plants[area]),
    )
