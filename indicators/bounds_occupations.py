"""Intervals of employees in supplier occupations, where some occupational groups are secret.

A secret group is never counted as zero. What all secret groups of an area can hold together is
bounded by the official total of the area less all its published groups; women and foreigners in a
secret group are bounded by all employees of that group. The secret part is protected, then added.
"""

from __future__ import annotations

import duckdb
import numpy as np
import pandas as pd

from indicators.derived import BY_OCCUPATION, OCCUPATIONS, WORKPLACE, Derived
from indicators.formulas.protection import protect

KNOWN = """
SELECT o.area_id, o.year, a.parent,
       sum(o.value) FILTER (list_contains($codes, o.occupation)) AS known,
       count(*) FILTER (list_contains($codes, o.occupation) AND o.value IS NULL) AS secret,
       sum(o.value) AS all_known, sum(whole.value) FILTER (
           list_contains($codes, o.occupation) AND o.value IS NULL) AS within,
       count(*) FILTER (list_contains($codes, o.occupation) AND o.value IS NULL
           AND whole.value IS NULL) AS open
FROM observation o JOIN area a USING (area_id)
LEFT JOIN observation whole ON $breakdown <> '' AND whole.dataset = o.dataset
     AND whole.measure = o.measure AND whole.area_id = o.area_id AND whole.year = o.year
     AND whole.occupation = o.occupation AND whole.breakdown = ''
WHERE o.dataset = $dataset AND o.measure = 'employees' AND o.breakdown = $breakdown
GROUP BY ALL ORDER BY ALL
"""
TOTALS = """
SELECT area_id, year, max(value) AS total FROM observation
WHERE dataset IN ('13111-07-05-4', '13111-01-03-4') AND measure = 'employees'
  AND sector = '' AND breakdown = '' AND value IS NOT NULL
GROUP BY ALL
"""


def write_occupation_bounds(connection: duckdb.DuckDBPyConnection) -> None:
    """Fill `bound` with the derived measures, and announce them in `measure`."""
    totals = connection.execute(TOTALS).df()
    for count in BY_OCCUPATION:
        known = connection.execute(
            KNOWN,
            {
                "codes": list(OCCUPATIONS),
                "dataset": count.cells.dataset,
                "breakdown": count.cells.breakdown,
            },
        ).df()
        if known.empty:
            continue
        connection.append("bound", _bounds(known, totals, count), by_name=True)
        connection.execute(
            "INSERT INTO measure VALUES (?, ?, 'persons', true, ?, ?)",
            [count.cells.dataset, count.id, count.name.de, count.name.en],
        )


def _bounds(known: pd.DataFrame, totals: pd.DataFrame, count: Derived) -> pd.DataFrame:
    """Return one interval per district, Land and Germany, and year."""
    lands = known.groupby(["parent", "year"], as_index=False).sum(numeric_only=True)
    lands = lands.rename(columns={"parent": "area_id"})
    country = known.groupby("year", as_index=False).sum(numeric_only=True).assign(area_id="DG")
    rows = pd.concat([known, lands, country], ignore_index=True)
    rows = rows.merge(totals, on=["area_id", "year"], how="left")
    high = np.where(rows["secret"] > 0, _most(rows, count), 0.0)
    low, high = protect(np.zeros(len(rows)), high)
    nothing = rows["secret"].to_numpy() == 0
    base = rows["known"].fillna(0).to_numpy()
    return pd.DataFrame(
        {
            "dataset": count.cells.dataset,
            "measure": count.id,
            "area_id": rows["area_id"],
            "year": rows["year"],
            "sector": "",
            "lower": base + np.where(nothing, 0.0, low),
            "upper": base + np.where(nothing, 0.0, high),
            "reference_mark": np.nan,
        }
    )


def _most(rows: pd.DataFrame, count: Derived) -> np.ndarray:
    """Return what the secret groups can hold at most; infinite where nothing bounds them."""
    if count.cells.breakdown:
        bounded = rows["open"].to_numpy() == 0
        return np.where(bounded, rows["within"].fillna(0), np.inf)
    if count.cells.dataset != WORKPLACE:
        return np.full(len(rows), np.inf)
    rest = (rows["total"] - rows["all_known"]).clip(lower=0)
    most: np.ndarray = rest.fillna(np.inf).to_numpy()
    return most
