"""The table with secret cells, its sums as a system for the solver, and what contradicts in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from indicators.formulas.margins import FloatArray, Hierarchy, matrix, sums
from indicators.formulas.propagation import System
from indicators.formulas.solver import excess

_NAMED = 12  # sums that an error names


@dataclass(frozen=True)
class Table:
    """Plants and persons of one reference date, areas × sectors, NaN where not published.

    `rounding` is the unit that published persons are rounded to (0: not rounded); each published
    figure other than 0 may then be off by half of it. Plants are never rounded.
    """

    areas: Hierarchy
    sectors: Hierarchy
    persons: FloatArray
    plants: FloatArray
    rounding: float = 0.0
    persons_per_plant: float = 1.0

    @classmethod
    def of(
        cls,
        areas: Mapping[str, str | None],
        sectors: Mapping[str, str | None],
        persons: Mapping[tuple[str, str], float],
        plants: Mapping[tuple[str, str], float],
        rounding: float = 0.0,
        persons_per_plant: float = 1.0,
    ) -> Table:
        """Return the table of (area, sector) → figure; absent cells are not published.

        `areas` and `sectors` map each key to its parent key, None for the whole.

        Raises:
            ValueError: a cell names an area or a sector that is not in its hierarchy.
        """
        rows, columns = Hierarchy.of(areas), Hierarchy.of(sectors)
        grids = [_grid(figures, rows, columns) for figures in (persons, plants)]
        return cls(rows, columns, grids[0], grids[1], rounding, persons_per_plant)

    def cell(self, area: int, sector: int) -> str:
        """Return the keys of a cell in words."""
        return f"area {self.areas.keys[area]}, sector {self.sectors.keys[sector] or '(all)'}"


@dataclass(frozen=True)
class Relaxed:
    """A sum that holds only within the stated rounding.

    `off` is the sum of the parts minus the whole in persons, `allowed` what rounding allows.
    """

    sentence: str
    off: float
    allowed: float


class ContradictionError(ValueError):
    """Published figures that cannot all be right, not even within the stated rounding."""

    def __init__(self, what: str, sentences: list[str]) -> None:
        self.sentences = sentences
        more = f"; and {len(sentences) - _NAMED} more" if len(sentences) > _NAMED else ""
        super().__init__(
            f"The published {what} contradict each other beyond rounding: "
            f"{'; '.join(sentences[:_NAMED])}{more}. Compare these cells with the published table; "
            "a sign that does not stand for nothing must be passed as not published."
        )


def plants_system(table: Table) -> System:
    """Return the sums of the unpublished numbers of plants."""
    none = np.zeros_like(table.plants)
    return _system(table, table.plants, none, np.full_like(none, np.inf), 0.0)


def persons_system(table: Table, least: FloatArray, most: FloatArray) -> System:
    """Return the sums of the unpublished persons.

    Args:
        table: the table.
        least: smallest number of plants of each cell, areas × sectors.
        most: largest number of plants of each cell.

    Raises:
        ContradictionError: a published cell has fewer persons than plants, or persons and no plant.
    """
    lower = least * table.persons_per_plant
    half = table.rounding / 2
    wrong = (table.persons < lower - half) | ((most == 0) & (table.persons > half))
    if np.any(wrong):
        cells = [table.cell(area, sector) for area, sector in np.argwhere(wrong)]
        raise ContradictionError("numbers of plants and of persons", cells)
    return _system(table, table.persons, lower, np.where(most == 0, 0.0, np.inf), table.rounding)


def contradictions(table: Table, system: System) -> list[str]:
    """Return, in words, the fewest sums by amount that keep the others from holding."""
    return [
        f"{one.sentence} (parts {one.off:+,.10g} against the whole)"
        for one in sums_off(table, system)
    ]


def sums_off(table: Table, system: System, rounded: bool = True) -> list[Relaxed]:
    """Return the sums that do not hold, with the parts minus the whole and what rounding allows.

    With `rounded` only what is beyond the stated rounding counts, else every deviation.
    """
    exact = replace(system, slack=np.zeros_like(system.slack))
    off = excess(system if rounded else exact)
    every = sums(table.areas, table.sectors)
    return [
        Relaxed(
            every[row].sentence(table.areas, table.sectors),
            float(off[row]),
            float(system.slack[row]),
        )
        for row in np.flatnonzero(off)
    ]


def _system(
    table: Table, figures: FloatArray, lower: FloatArray, upper: FloatArray, rounding: float
) -> System:
    """Return the sums of the unknown cells, with the published figures put in."""
    every = matrix(sums(table.areas, table.sectors), len(table.areas), len(table.sectors))
    flat = figures.ravel()
    rounded = (~np.isnan(flat) & (flat != 0)).astype(np.float64)
    slack: FloatArray = rounding / 2 * (abs(every) @ rounded)
    whole = System(every, np.zeros(every.shape[0]), slack, lower.ravel(), upper.ravel())
    return whole.without(~np.isnan(flat), flat)


def _grid(
    figures: Mapping[tuple[str, str], float], rows: Hierarchy, columns: Hierarchy
) -> FloatArray:
    """Return figures by keys as areas × sectors."""
    row = {key: index for index, key in enumerate(rows.keys)}
    column = {key: index for index, key in enumerate(columns.keys)}
    result = np.full((len(rows), len(columns)), np.nan)
    for (area, sector), figure in figures.items():
        if area not in row or sector not in column:
            raise ValueError(f"Area {area!r}, sector {sector!r} is in no hierarchy of the table.")
        result[row[area], column[sector]] = figure
    return result
