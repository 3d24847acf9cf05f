"""One boundary vintage for all series, and sums where a larger area has no row of its own.

A district that changed before the vintage is mapped by the official crosswalk; figures that
cannot be added up are not mapped. A region, Land or the country gets a sum only if every part
is known.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from indicators.formulas.basic import sum_rows, total
from indicators.formulas.cells import (
    ABSENT,
    BREAK,
    DISSOLVED,
    MISSING,
    NOT_APPLICABLE,
    NOT_YET,
    SECRET,
    BoolArray,
    Cells,
    empty,
    with_mark,
)

VINTAGE = pd.Timestamp("2022-12-31")
REGION = "145"
UNSPOKEN = (NOT_YET, MISSING, DISSOLVED, ABSENT)


@dataclass
class Areas:
    """All areas by position, the vintage among them, and who belongs to whom."""

    frame: pd.DataFrame
    changes: pd.DataFrame
    ids: list[str] = field(init=False)

    def __post_init__(self) -> None:
        """Index the areas."""
        self.ids = list(self.frame["area_id"])
        self._position = {area: position for position, area in enumerate(self.ids)}
        self.level = self.frame["level"].to_numpy(dtype=str)
        self._parent = self.frame["parent"].fillna("").to_numpy(dtype=str)
        self._ours = self.frame["in_region"].to_numpy(dtype=bool)
        began = pd.to_datetime(self.frame["valid_from"])
        ended = pd.to_datetime(self.frame["valid_to"])
        exists = (~(began > VINTAGE) & ~(ended <= VINTAGE)).to_numpy()
        region = (self.frame["area_id"] == REGION).to_numpy(dtype=bool)
        self.kreis: BoolArray = np.asarray(exists & (self.level == "kreis"), dtype=bool)
        larger = np.isin(self.level, ["land", "country"])
        self.vintage: BoolArray = np.asarray(self.kreis | larger | region, dtype=bool)

    def positions(self, areas: pd.Series[str]) -> NDArray[np.intp]:
        """Return the positions of areas; an unknown area is an error."""
        found = areas.map(self._position)
        if found.isna().any():
            unknown = areas[found.isna()].iloc[0]
            raise KeyError(f"Area {unknown!r} is in the observations but not in table area.")
        return np.asarray(found, dtype=np.intp)

    def position(self, area: str) -> int:
        """Return the position of one area."""
        return self._position[area]

    def of_level(self, level: str) -> list[str]:
        """Return the keys of a level in the vintage; of the regions only ours."""
        return [self.ids[row] for row in np.flatnonzero(self.vintage & (self.level == level))]

    def members(self, area: str) -> list[int]:
        """Return the positions of the districts of a region or Land, of the Länder of DG."""
        if self.level[self.position(area)] == "country":
            inside = self.level == "land"
        elif area == REGION:
            inside = self.kreis & self._ours
        else:
            inside = self.kreis & (self._parent == area)
        return [int(position) for position in np.flatnonzero(inside)]

    def districts(self, area: str) -> frozenset[int]:
        """Return the positions of all districts of an area; of a district its own.

        Raises:
            KeyError: the area is not one of the vintage.
        """
        position = self._position[area]
        if not self.vintage[position]:
            raise KeyError(area)
        if self.kreis[position]:
            return frozenset({position})
        if self.level[position] == "country":
            return frozenset(int(kreis) for kreis in np.flatnonzero(self.kreis))
        return frozenset(self.members(area))


def to_vintage(cells: Cells, areas: Areas, additive: bool, partial: BoolArray) -> Cells:
    """Return cells in which changed districts are mapped to their successor.

    `partial` is true where only a part of a sum is known.

    - absorbed: where the predecessor still has a figure of its own, an additive one is added to
      the successor's, else the successor keeps its figure with the qualifier `break`, as does
      the first figure after it; a sum known in part leaves the successor missing, never too small;
    - merged into a new district: where the new one has no figure and all predecessors have, an
      additive figure is the sum; a secret predecessor makes it secret.
    """
    for (successor, kind), group in areas.changes.groupby(["successor", "kind"], sort=True):
        target = areas.position(str(successor))
        old = [areas.position(area) for area in sorted(group["area_id"])]
        mapped = (
            _absorb(cells, target, old, additive, partial)
            if kind == "absorbed"
            else _merge(cells, target, old, additive)
        )
        for name in ("value", "lower", "upper", "mark", "qualifier"):
            getattr(cells, name)[target] = getattr(mapped, name)[0]
    return cells


def _absorb(cells: Cells, target: int, old: list[int], additive: bool, partial: BoolArray) -> Cells:
    result = cells.rows([target])
    for position in old:
        before = cells.rows([position])
        counts = _present(before) & _present(result)
        if additive:
            blocked = partial[position] & _present(result) & ~_present(before)
            result = with_mark(result.take(counts, total([result, before])), blocked, MISSING)
        else:
            after = np.zeros_like(counts)
            after[:, 1:] = counts[:, :-1] & ~counts[:, 1:]
            broken = counts | after
            result.qualifier[broken] = np.maximum(result.qualifier[broken], BREAK)
    return result


def _merge(cells: Cells, target: int, old: list[int], additive: bool) -> Cells:
    now = cells.rows([target])
    if not additive:
        return now
    parts = cells.rows(old)
    complete = _present(parts).all(axis=0)
    return now.take(complete & ~_present(now), sum_rows(parts))


def _present(cells: Cells) -> BoolArray:
    """True where there is a figure, even if it is secret."""
    return np.asarray(cells.known | (cells.mark == SECRET), dtype=bool)


def with_sums(cells: Cells, areas: Areas, additive: bool) -> Cells:
    """Return cells in which larger areas without a row of their own are filled where possible.

    A Land of one district and that district stand for each other. The region, the other Länder
    and the country get the sum of their parts if the measure is additive and every part is known
    or secret.
    """
    lands = areas.of_level("land")
    _copy_single_districts(cells, areas, lands)
    if additive:
        for area in [*areas.of_level("region"), *lands, *areas.of_level("country")]:
            _sum(cells, areas.position(area), areas.members(area))
    return cells


def taken_together(cells: Cells, covers: Sequence[Sequence[int]], additive: bool) -> Cells:
    """Return one row: areas taken together as if they were one.

    Areas that make up one published area have what is published for it; others have their sum. A
    part without a row, or dissolved, leaves the sum missing where other parts have a figure. What
    cannot be added up is not applicable.

    Args:
        cells: areas × years.
        covers: ways to name the same areas by positions, the smallest areas first; one with larger
            areas serves where the sum of the smaller ones is not known. Its interval is then
            taken whole: cutting two intervals with each other would undo their protection.
        additive: whether figures of areas may be added.
    """
    result = _added(cells.rows(list(covers[0])), additive)
    for cover in covers[1:]:
        option = _added(cells.rows(list(cover)), additive)
        result = result.take(option.usable & (~result.known | (len(cover) == 1)), option)
    return result


def _added(parts: Cells, additive: bool) -> Cells:
    """Return the sum as one row."""
    if len(parts.value) == 1:
        return parts
    there = np.any(_present(parts), axis=0, keepdims=True)
    if not additive:
        nothing = empty(there.shape)
        return with_mark(nothing, np.asarray(there, dtype=bool), NOT_APPLICABLE)
    names = ("value", "lower", "upper", "mark", "qualifier")
    total_row = sum_rows(parts)
    row = Cells(*(getattr(total_row, name)[np.newaxis] for name in names))
    gap = there & np.isin(row.mark, (DISSOLVED, ABSENT))
    return with_mark(row, np.asarray(gap, dtype=bool), MISSING)


def _copy_single_districts(cells: Cells, areas: Areas, lands: list[str]) -> None:
    """Copy between a Land and its only district, in years in which other districts have figures."""
    published: BoolArray = np.any(_present(cells)[areas.kreis], axis=0)
    for land in lands:
        inside = areas.members(land)
        if len(inside) == 1:
            _copy(cells, areas.position(land), inside[0], published)
            _copy(cells, inside[0], areas.position(land), published)


def _copy(cells: Cells, target: int, origin: int, years: BoolArray) -> None:
    now = cells.rows([target])
    _assign(cells, target, now.take(_open(now) & years, cells.rows([origin])))


def _sum(cells: Cells, target: int, inside: list[int]) -> None:
    if not inside:
        return
    parts = cells.rows(inside)
    complete = _present(parts).all(axis=0)
    now = cells.rows([target])
    _assign(cells, target, now.take(complete & _open(now), sum_rows(parts)))


def _open(cells: Cells) -> BoolArray:
    """True where the publisher left room for a sum: no figure, not secret, not ruled out."""
    return np.asarray(~cells.known & np.isin(cells.mark, UNSPOKEN), dtype=bool)


def _assign(cells: Cells, target: int, row: Cells) -> None:
    for name in ("value", "lower", "upper", "mark", "qualifier"):
        getattr(cells, name)[target] = getattr(row, name)[0]
