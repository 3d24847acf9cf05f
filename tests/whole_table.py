"""Secret cells without any shortcut: two linear programmes per cell on the whole table.

Written apart from the product, so that tests and benchmarks have something to compare with.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.optimize import linprog

from indicators.formulas.disclosure import Table

ROOT = Path(__file__).resolve().parents[1]


class WholeTable:
    """The programme of one figure (persons or plants) with bounds for its unpublished cells."""

    def __init__(
        self, table: Table, figures: np.ndarray, lower: np.ndarray, upper: np.ndarray
    ) -> None:
        self.columns = len(table.sectors)
        known = ~np.isnan(figures)
        lower, upper = np.where(known, figures, lower), np.where(known, figures, upper)
        self.bounds = np.column_stack([lower.ravel(), upper.ravel()])
        rows = list(self._sums(table))
        self.equations = sparse.lil_array((len(rows), figures.size))
        for row, (whole, parts) in enumerate(rows):
            self.equations[row, whole] = -1
            for part in parts:
                self.equations[row, part] = 1
        self.equations = self.equations.tocsc()

    def _sums(self, table: Table) -> Iterator[tuple[int, list[int]]]:
        for area in range(len(table.areas)):
            for sector in range(len(table.sectors)):
                across = [i for i, up in enumerate(table.areas.parent) if up == area]
                along = [i for i, up in enumerate(table.sectors.parent) if up == sector]
                here = area * self.columns + sector
                if across:
                    yield here, [part * self.columns + sector for part in across]
                if along:
                    yield here, [area * self.columns + part for part in along]

    def bounds_of(self, area: int, sector: int) -> tuple[float, float]:
        """Return the smallest and the largest value of a cell; both are attained."""
        costs = np.zeros(len(self.bounds))
        costs[area * self.columns + sector] = 1
        ends = []
        for side in (1, -1):
            found = linprog(
                side * costs,
                A_eq=self.equations,
                b_eq=np.zeros(self.equations.shape[0]),
                bounds=self.bounds,
            )
            assert found.status == 0, found.message
            ends.append(side * found.fun)
        return ends[0], ends[1]


def persons_by_whole_table(table: Table) -> WholeTable:
    """Return the programme of persons, with plants bounded by their own programme."""
    least, most = table.plants.copy(), table.plants.copy()
    unknown = np.argwhere(np.isnan(table.plants))
    if len(unknown):
        nothing = np.zeros_like(table.plants)
        plants = WholeTable(table, table.plants, nothing, nothing + np.inf)
        for area, sector in unknown:
            least[area, sector], most[area, sector] = plants.bounds_of(area, sector)
    upper = np.where(np.round(most, 6) == 0, 0.0, np.inf)
    return WholeTable(table, table.persons, least * table.persons_per_plant, upper)


def industry_table() -> Table:
    """Return table 42111-02-03-4 of 30.09.2015 from the snapshot, all areas of that day."""
    cells = pd.read_parquet(ROOT / "data" / "snapshot" / "42111-02-03-4.parquet")
    cells = cells[cells["mark"] != "dissolved"]
    areas = pd.read_csv(
        ROOT / "data" / "reference" / "areas.csv", dtype=str, keep_default_na=False
    ).set_index("area_id")
    named = set(cells["area_id"])
    present = [area for area in areas.index if area in named]
    figures = {
        measure: {(row.area_id, row.sector): float(row.value) for row in part.itertuples()}
        for measure, part in cells.groupby("measure")
    }
    return Table.of(
        {area: _parent(area, str(areas.loc[area, "parent"]), present) for area in present},
        {sector: _division_parent(sector) for sector in sorted(set(cells["sector"]))},
        figures["persons_employed_plants"],
        figures["plants"],
    )


def _parent(area: str, land: str, present: list[str]) -> str | None:
    """Return the region of a Kreis where its Land has regions, else the parent of the list."""
    return area[:3] if len(area) == 5 and area[:3] in present else land or None


def _division_parent(sector: str) -> str | None:
    if not sector:
        return None
    return "" if sector in ("B", "C") else "B" if sector < "10" else "C"
