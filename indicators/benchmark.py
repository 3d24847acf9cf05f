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

from indicators.formulas.cells import BoolArray, FloatArray
from indicators.formulas.specialisation import (
    FEW_PERSONS,
    krugman,
    location_quotient,
    symmetric,
)

Name = Literal["country", "land", "east", "twins", "own"]
RECOMPUTED = ("lq", "lq_low", "lq_high", "symmetric_lq", "few")
# Larger areas have published sums of their own, which hold what is secret in their districts.
FIXED: dict[str, tuple[str, ...]] = {
    "country": ("DG",),
    "land": ("14",),
    "east": ("12", "13", "14", "15", "16"),  # East Germany without Berlin
}


@dataclass(frozen=True)
class Reference:
    """Persons per code of a benchmark and all its persons, so that their ratio is a share.

    `lower` and `upper` are equal where everything is published; `upper` is so that it has the
    highest possible share of the same `total`.
    """

    lower: FloatArray
    upper: FloatArray
    total: float

    @property
    def hidden(self) -> BoolArray:
        """Return which codes are secret somewhere in the benchmark."""
        return np.asarray(self.upper > self.lower, dtype=bool)


def reference(cells: pd.DataFrame, totals: pd.DataFrame, codes: Sequence[str], official: bool,
              as_published: bool = False) -> Reference:  # fmt: skip
    """Return the sum over the areas of a benchmark, by code.

    Args:
        cells: area_id, code, persons, lower, upper of these areas.
        totals: area_id, persons of these areas.
        codes: the order of the result; a code that an area lacks altogether is not known.
        official: whether totals hold secret persons; else these come on top of them.
        as_published: whether to take what is published as all there is.

    Raises:
        ValueError: an area of the benchmark has no figures in that year.
    """
    low, high = (_table(cells, end, codes) for end in ("lower", "upper"))
    if len(low) < len(totals) or totals.empty:
        raise ValueError("A benchmark area has no figures of this kind in this year.")
    total = float(totals["persons"].sum())
    lower = low.sum(axis=0)
    if as_published:
        return Reference(lower, lower, total)
    # Where nothing bounds a secret figure, it may be everybody.
    upper = np.where(np.isnan(high) & ~np.isnan(low), np.inf, high).sum(axis=0)
    more = np.zeros_like(upper) if official else upper - lower
    with np.errstate(invalid="ignore"):
        most = np.where(np.isinf(upper), total, upper * total / (total + more))
    return Reference(lower, np.maximum(most, lower), total)


def quotients(cells: pd.DataFrame, totals: pd.DataFrame, of: Reference, codes: Sequence[str],
              official: bool) -> pd.DataFrame:  # fmt: skip
    """Return area_id, code, lq, lq_low, lq_high, symmetric_lq, few, hidden against a benchmark.

    A code secret in the benchmark (`hidden`) makes an interval of every quotient but 0. `few` is
    True where neither the persons there nor those with the published share of the benchmark reach
    `FEW_PERSONS`.
    """
    low, high = (_table(cells, end, codes) for end in ("lower", "upper"))
    value = _table(cells, "persons", codes)
    below = totals.set_index("area_id")["persons"].reindex(_areas(cells)).to_numpy(dtype=float)
    sure = np.where(of.hidden, np.nan, of.lower)
    exact = location_quotient(value, below, sure, of.total)
    exact = np.where((value == 0) & of.hidden, 0.0, exact)
    unknown = np.isnan(exact)
    # Secret persons come on top of a total that is the sum of what is published.
    above = np.zeros_like(high) if official else high - low
    inside = below[:, np.newaxis] / (below[:, np.newaxis] + above)
    ends = (
        location_quotient(low, below, of.upper, of.total),
        location_quotient(high, below, of.lower, of.total) * inside,
    )
    expected = below[:, np.newaxis] * of.lower / of.total
    return pd.DataFrame(
        {
            "area_id": np.repeat(_areas(cells), len(codes)),
            "code": np.tile(np.asarray(codes, dtype=object), len(_areas(cells))),
            "lq": exact.ravel(),
            "lq_low": np.where(unknown, ends[0], np.nan).ravel(),
            "lq_high": np.where(unknown, ends[1], np.nan).ravel(),
            "symmetric_lq": symmetric(exact).ravel(),
            "few": (np.fmax(high, expected) < FEW_PERSONS).ravel(),
            "hidden": np.tile(of.hidden, len(_areas(cells))),
        }
    )


def compared(frame: pd.DataFrame, found: pd.DataFrame) -> pd.DataFrame:
    """Return rows of figures with the quotients of `found` in place of their own.

    `frame` has area_id or code or both; `found`, as from `quotients`, holds each of its keys once.
    The column lq_mark is that of the quotient: `secret` also where the benchmark is. Ranks stay:
    all areas are divided by the same share. Stars, which count quotients, are dropped.
    """
    keys = [name for name in ("area_id", "code") if name in frame.columns]
    kept = frame.drop(columns=[*RECOMPUTED, "stars"], errors="ignore")
    result = kept.merge(found[[*keys, *RECOMPUTED, "hidden"]], on=keys, how="left")
    result["few"] = result["few"].astype("boolean").fillna(False).astype(bool)
    hidden = result["hidden"].astype("boolean").fillna(False).astype(bool)
    result["lq_mark"] = result["mark"].where(~hidden | result["lq"].notna(), "secret")
    return result.drop(columns="hidden")


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
