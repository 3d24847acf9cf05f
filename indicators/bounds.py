"""Intervals of secret cells in manufacturing by division, protected, for the whole country.

In come the observations of table 42111-02-03-4 and the delivery shares of `deliveries.csv`; out
goes the table `bound`: protected ends per secret cell, and per area the persons in supplier
divisions and the persons weighted by deliveries. Raw bounds never leave the formulas.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd

from indicators.derived import BY_DIVISION, GROUP, INDUSTRY, PERSONS, PLANTS, SUPPLIERS, WEIGHTED
from indicators.formulas.disclosure import ProtectedBounds, Table, group_totals, protected_bounds
from indicators.formulas.intervals import Interval
from indicators.formulas.margins import FloatArray
from indicators.formulas.reference_mark import reference_marks

DELIVERIES = Path(__file__).resolve().parents[1] / "data" / "reference" / "deliveries.csv"


@dataclass(frozen=True)
class Year:
    """One reference date of the table: its cells, their protected bounds, their marks."""

    year: int
    table: Table
    shown: ProtectedBounds
    marks: FloatArray


def write_bounds(connection: duckdb.DuckDBPyConnection) -> None:
    """Fill `bound`, and announce the derived measures in `measure`; nothing without the table.

    Raises:
        ContradictionError: the published figures contradict each other; the message names them.
    """
    years = list(_years(connection))
    if not years:
        return
    for year in years:
        for frame in (_cells(year), _totals(year)):
            connection.append("bound", frame, by_name=True)
    for derived in BY_DIVISION:
        connection.execute(
            "INSERT INTO measure VALUES (?, ?, 'persons', true, ?, ?)",
            [INDUSTRY, derived.id, derived.name.de, derived.name.en],
        )


def _years(connection: duckdb.DuckDBPyConnection) -> Iterator[Year]:
    cells = connection.execute(
        """SELECT year, measure, area_id, sector, value FROM observation
        WHERE dataset = ? AND mark <> 'dissolved' ORDER BY ALL""",
        [INDUSTRY],
    ).df()
    parents = dict(connection.execute("SELECT area_id, parent FROM area").fetchall())
    for year, rows in cells.groupby("year"):
        table = _table(rows, parents)
        shown = protected_bounds(table)
        yield Year(int(str(year)), table, shown, reference_marks(table, shown))


def _table(rows: pd.DataFrame, parents: dict[str, str | None]) -> Table:
    present = sorted(set(rows["area_id"]))
    known = rows[rows["value"].notna()]
    persons, plants = (
        {
            (area, sector): float(value)
            for area, sector, value in known.loc[
                known["measure"] == measure, ["area_id", "sector", "value"]
            ].itertuples(index=False)
        }
        for measure in (PERSONS, PLANTS)
    )
    return Table.of(
        {area: _above(area, parents[area], present) for area in present},
        {sector: _section(sector) for sector in sorted(set(rows["sector"]))},
        persons,
        plants,
    )


def _above(area: str, land: str | None, present: list[str]) -> str | None:
    """Return the region of a Kreis where its Land publishes regions, else its Land, if there."""
    above = area[:3] if len(area) == 5 and area[:3] in present else land
    return above if above in present else None


def _section(sector: str) -> str | None:
    if not sector:
        return None
    return "" if sector in ("B", "C") else "B" if sector < "10" else "C"


def _cells(year: Year) -> pd.DataFrame:
    area, sector = np.nonzero(~np.isnan(year.shown.lower))
    return pd.DataFrame(
        {
            "dataset": INDUSTRY,
            "measure": PERSONS,
            "area_id": np.asarray(year.table.areas.keys, dtype=object)[area],
            "year": year.year,
            "sector": np.asarray(year.table.sectors.keys, dtype=object)[sector],
            "lower": year.shown.lower[area, sector],
            "upper": year.shown.upper[area, sector],
            "reference_mark": year.marks[area, sector],
        }
    )


def _totals(year: Year) -> pd.DataFrame:
    """Return both derived measures for every area; a total without a secret part has equal ends."""
    persons = np.where(np.isnan(year.table.persons), year.marks, year.table.persons)
    frames = []
    for measure, weights in _weights(year.table).items():
        total = group_totals(year.table, year.shown, weights)
        middle = (weights.lower + weights.upper) / 2
        weighted = np.where(middle > 0, persons * middle, 0.0)
        frames.append(
            pd.DataFrame(
                {
                    "dataset": INDUSTRY,
                    "measure": measure,
                    "area_id": list(year.table.areas.keys),
                    "year": year.year,
                    "sector": "",
                    "lower": total.lower,
                    "upper": total.upper,
                    "reference_mark": weighted.sum(axis=1),
                }
            )
        )
    return pd.concat(frames, ignore_index=True)


def _weights(table: Table) -> dict[str, Interval]:
    shares = pd.read_csv(DELIVERIES, dtype={"division": str}).set_index("division")
    keys = list(table.sectors.keys)
    group = np.array([1.0 if key in SUPPLIERS else 0.0 for key in keys])
    lower, upper = (
        np.array([float(shares[end].get(key, 0.0)) for key in keys]) for end in ("lower", "upper")
    )
    return {GROUP: Interval.exactly(group), WEIGHTED: Interval(lower, upper)}
