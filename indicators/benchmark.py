"""Location quotients against a benchmark of choice: which areas it adds up, and the arithmetic.

In come persons and totals of areas as the release has them; out go quotients and the Krugman index,
recomputed. A benchmark in which a code is secret gives an interval.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from indicators.formulas.cells import FloatArray
from indicators.formulas.specialisation import krugman, location_quotient, symmetric

Name = Literal["country", "land", "east", "twins", "own"]
# Larger areas have published sums of their own, which hold what is secret in their districts.
FIXED: dict[str, tuple[str, ...]] = {
    "country": ("DG",),
    "land": ("14",),
    "east": ("12", "13", "14", "15", "16"),  # East Germany without Berlin
}


@dataclass(frozen=True)
class Reference:
    """Persons per code of a benchmark, in bounds where something is secret, and all its persons."""

    lower: FloatArray
    upper: FloatArray
    total: float


def reference(cells: pd.DataFrame, totals: pd.DataFrame, codes: Sequence[str]) -> Reference:
    """Return the sum over the areas of a benchmark, by code.

    Args:
        cells: area_id, code, persons, lower, upper of these areas.
        totals: area_id, persons of these areas.
        codes: the order of the result; a code that an area lacks altogether is not known.

    Raises:
        ValueError: an area of the benchmark has no figures in that year.
    """
    low, high = (_table(cells, end, codes) for end in ("lower", "upper"))
    if len(low) < len(totals) or totals.empty:
        raise ValueError("A benchmark area has no figures of this kind in this year.")
    return Reference(low.sum(axis=0), high.sum(axis=0), float(totals["persons"].sum()))


def quotients(cells: pd.DataFrame, totals: pd.DataFrame, of: Reference, codes: Sequence[str],
              official: bool) -> pd.DataFrame:  # fmt: skip
    """Return area_id, code, lq, lq_low, lq_high, symmetric_lq against a benchmark.

    With `official` totals the benchmark's secret persons are part of its totals: a code secret in
    it makes an interval of every quotient. Without, quotients refer to what is published.
    """
    low, high = (_table(cells, end, codes) for end in ("lower", "upper"))
    value = _table(cells, "persons", codes)
    below = totals.set_index("area_id")["persons"].reindex(_areas(cells)).to_numpy(dtype=float)
    most = of.upper if official else of.lower
    exact = location_quotient(value, below, np.where(most == of.lower, most, np.nan), of.total)
    hidden = np.isnan(exact)
    # Secret persons come on top of a total that is the sum of what is published.
    above = np.zeros_like(high) if official else high - low
    inside = below[:, np.newaxis] / (below[:, np.newaxis] + above)
    ends = (
        location_quotient(low, below, most, of.total),
        location_quotient(high, below, of.lower, of.total) * inside,
    )
    return pd.DataFrame(
        {
            "area_id": np.repeat(_areas(cells), len(codes)),
            "code": np.tile(np.asarray(codes, dtype=object), len(_areas(cells))),
            "lq": exact.ravel(),
            "lq_low": np.where(hidden, ends[0], np.nan).ravel(),
            "lq_high": np.where(hidden, ends[1], np.nan).ravel(),
            "symmetric_lq": symmetric(exact).ravel(),
        }
    )


def distances(cells: pd.DataFrame, of: Reference, codes: Sequence[str]) -> pd.Series[float]:
    """Return the Krugman index of each area against a benchmark, from published persons."""
    value = _table(cells, "persons", codes)
    return pd.Series(krugman(value, of.lower), index=_areas(cells), name="krugman")


def _areas(cells: pd.DataFrame) -> list[str]:
    return sorted(set(cells["area_id"]))


def _table(cells: pd.DataFrame, column: str, codes: Sequence[str]) -> FloatArray:
    """Return a column as areas × codes; an end of a known figure is that figure."""
    figures = cells.assign(
        lower=cells["persons"].fillna(cells["lower"]), upper=cells["persons"].fillna(cells["upper"])
    )
    wide = figures.pivot(index="area_id", columns="code", values=column)
    return wide.reindex(index=_areas(cells), columns=list(codes)).to_numpy(dtype=float)
