"""A documented correction touches only the editions that have the error."""

from __future__ import annotations

import pandas as pd
import pytest

from etl.corrections import apply_corrections


def rows(chemnitz: float, dresden: float, year: int = 2014) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "measure": "persons_employed",
            "area_id": ["145", "146"],
            "year": year,
            "sector": "29",
            "breakdown": "",
            "value": [chemnitz, dresden],
            "qualifier": "",
            "published": "",
            "line": [1, 2],
            "column": "2014",
        }
    )


@pytest.mark.parametrize(
    ("chemnitz", "dresden", "qualifier"),
    [(3214.0, 26184.0, "corrected"), (26184.0, 3214.0, "")],
    ids=["swapped", "in order"],
)
def test_chemnitz_and_dresden_are_swapped_back_only_where_they_are_swapped(
    chemnitz: float, dresden: float, qualifier: str
) -> None:
    found = rows(chemnitz, dresden)
    cells = found[["line", "column"]].assign(number=found["value"])
    fixed, applied = apply_corrections("sbs_r_nuts06_r2", found, cells)
    fixed = fixed.set_index("area_id")
    assert fixed.loc["145", "value"] == 26184
    assert fixed.loc["145", "qualifier"] == qualifier
    assert len(applied) == bool(qualifier)
