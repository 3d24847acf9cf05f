"""Tables in two hierarchies and the sums that tie their cells together.

A table has one row per area and one column per sector. Every area is the sum of its parts, in every
column; every sector is the sum of its parts, in every row. A part without published figures is
a row (or column) of NaN: it takes the residual of its sum. A part that did not exist at the
reference date, such as a dissolved Kreis, is left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.intp]


@dataclass(frozen=True)
class Hierarchy:
    """Keys with the position of the key that each is a part of; −1 for a key that is no part."""

    keys: tuple[str, ...]
    parent: tuple[int, ...]

    @classmethod
    def of(cls, parents: Mapping[str, str | None]) -> Hierarchy:
        """Return the hierarchy of a mapping from key to parent key (None: no parent).

        Raises:
            ValueError: a parent is not a key itself.
        """
        keys = tuple(parents)
        position = {key: index for index, key in enumerate(keys)}
        unknown = {parent for parent in parents.values() if parent is not None} - set(keys)
        if unknown:
            raise ValueError(f"Parents that are not in the hierarchy: {sorted(unknown)}")
        return cls(keys, tuple(-1 if up is None else position[up] for up in parents.values()))

    def parts(self) -> dict[int, list[int]]:
        """Return the positions of the parts of every key that has parts."""
        parts: dict[int, list[int]] = {}
        for index, parent in enumerate(self.parent):
            if parent >= 0:
                parts.setdefault(parent, []).append(index)
        return parts

    def __len__(self) -> int:
        """Return the number of keys."""
        return len(self.keys)


@dataclass(frozen=True)
class Sum:
    """One published sum: the cell `whole` and the cells `parts`, as (area, sector) positions."""

    whole: tuple[int, int]
    parts: tuple[tuple[int, int], ...]

    def sentence(self, areas: Hierarchy, sectors: Hierarchy) -> str:
        """Return the sum in words, with the keys of its cells."""
        area, sector = self.whole
        across = self.parts[0][0] != area
        parts = [areas.keys[part[0]] if across else sectors.keys[part[1]] for part in self.parts]
        kind = "areas" if across else "sectors"
        listed = ", ".join(part or "(all)" for part in parts[:6]) + (", …" if parts[6:] else "")
        return (
            f"area {areas.keys[area]}, sector {sectors.keys[sector] or '(all)'} "
            f"as the sum of the {kind} {listed}"
        )


def sums(areas: Hierarchy, sectors: Hierarchy) -> list[Sum]:
    """Return every sum of the table: over sectors in each area, over areas in each sector."""
    over_sectors = [
        Sum((area, whole), tuple((area, part) for part in parts))
        for area in range(len(areas))
        for whole, parts in sectors.parts().items()
    ]
    over_areas = [
        Sum((whole, sector), tuple((part, sector) for part in parts))
        for sector in range(len(sectors))
        for whole, parts in areas.parts().items()
    ]
    return over_sectors + over_areas


def matrix(all_sums: list[Sum], rows: int, columns: int) -> sparse.csr_array:
    """Return the sums as Σ parts − whole over the cells in row-major order (sums × cells, ±1)."""
    entries = [
        (place, area * columns + sector, sign)
        for place, one in enumerate(all_sums)
        for sign, (area, sector) in [(-1.0, one.whole), *((1.0, part) for part in one.parts)]
    ]
    places, cells, signs = zip(*entries, strict=True) if entries else ((), (), ())
    return sparse.csr_array(
        (np.array(signs, dtype=np.float64), (places, cells)),
        shape=(len(all_sums), rows * columns),
    )
