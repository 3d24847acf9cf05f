"""Shift-share tables as rows of data frames: cells, sums over categories, shares over the years."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from indicators.change_panel import SUMMED, Persons
from indicators.formulas.cells import BoolArray, FloatArray
from indicators.formulas.shift_share import PARTS
from indicators.shift_tables import NAMES, Table

RATES = ("change", *PARTS)


def cells(of: Table, area_ids: Sequence[str]) -> pd.DataFrame:
    """Return one row per area and category; columns as `Change.components`."""
    shape = of.known.shape
    columns: dict[str, object] = {
        "area_id": np.repeat(np.asarray(area_ids, dtype=object), shape[1]),
        "code": np.tile(np.asarray(of.codes, dtype=object), shape[0]),
        "first": of.years[0],
        "last": of.years[-1],
        "mark": np.where(of.known, "value", np.where(of.there, "secret", "missing")).ravel(),
        "without_benchmark": _without_benchmark(of).ravel(),
        "left_out": of.left_out.ravel().astype(int),
        "benchmark_left_out": np.tile(of.benchmark_left_out, shape[0]).astype(int),
    }
    for name in NAMES:
        value, ends = of.values(name), of.ends(name)
        open_ = np.isnan(value) | (of.left_out > 0)
        columns[name] = value.ravel()
        columns[f"{name}_lower"] = _bound(np.where(open_, ends.lower, np.nan)).ravel()
        columns[f"{name}_upper"] = _bound(np.where(open_, ends.upper, np.nan)).ravel()
    return pd.DataFrame(columns)


def sums(of: Table, area_ids: Sequence[str]) -> pd.DataFrame:
    """Return one row per area, all categories added up; columns as `Change.totals`."""
    hidden = of.there & ~of.known
    columns: dict[str, object] = {
        "area_id": np.asarray(area_ids, dtype=object),
        "first": of.years[0],
        "last": of.years[-1],
        "left_out": of.left_out.sum(axis=1).astype(int),
        "benchmark_left_out": int(of.benchmark_left_out.sum()),
        "published": of.counted.sum(axis=1),
        "without_benchmark": _without_benchmark(of).sum(axis=1),
        "secret": hidden.sum(axis=1),
    }
    some: BoolArray = np.asarray(hidden.any(axis=1))
    for name in NAMES:
        columns |= _sum(of, name, some)
    frame = pd.DataFrame(columns)
    for name in RATES:
        rate = "growth" if name == "change" else f"{name}_rate"
        frame[rate] = frame[name] / frame["base"].where(frame["base"] > 0) * 100.0
    mark = np.where(frame["base"].isna(), "missing", "value")
    return frame.assign(mark=np.where(some & frame["regional"].isna(), "secret", mark))


def _sum(of: Table, name: str, some: BoolArray) -> dict[str, FloatArray]:
    """Return a part of whole areas; `some` says where something in them is secret.

    Where sums leave secret cells out, they are given beside the ends of the whole.
    """
    value = _total(of.values(name), of)
    if of.summed:
        ends = of.ends(name)
        low, high = (np.where(of.there, end, 0.0).sum(axis=1) for end in (ends.lower, ends.upper))
        open_ = some
    else:
        low, high = of.whole(name).lower, of.whole(name).upper
        value = np.where(some, np.where(low == high, low, np.nan), value)
        open_ = some & np.isnan(value)
    return {
        name: value,
        f"{name}_lower": _bound(np.where(open_, low, np.nan)),
        f"{name}_upper": _bound(np.where(open_, high, np.nan)),
    }


def shares(
    persons: Persons, areas: Sequence[Sequence[int]], columns: Sequence[int], names: Sequence[str]
) -> pd.DataFrame:
    """Return persons and shares of areas, each made of positions; columns as `Change.shares`."""
    years = [persons.years[column] for column in columns]
    frames = []
    for name, positions in zip(names, areas, strict=True):
        values = _published(persons, positions, list(columns))
        total = np.nansum(values, axis=0)
        frames.append(
            pd.DataFrame(
                {
                    "area_id": name,
                    "code": np.repeat(np.asarray(persons.codes, dtype=object), len(years)),
                    "year": np.tile(years, len(persons.codes)),
                    "persons": values.ravel(),
                    "share": (values / np.where(total > 0, total, np.nan) * 100.0).ravel(),
                    "mark": np.where(np.isnan(values), "secret", "value").ravel(),
                }
            )
        )
    return pd.concat(frames, ignore_index=True)


def _published(persons: Persons, positions: Sequence[int], columns: list[int]) -> FloatArray:
    """Return what is published in all of some years, codes × years, NaN where it is not."""
    alone = len(positions) == 1 and bool(persons.areas.kreis[positions[0]])
    if persons.kind in SUMMED and not alone:
        of = (persons.areas.districts(persons.areas.ids[position]) for position in positions)
        return persons.together(sorted(frozenset().union(*of)), columns)[0]
    ends = persons.cells(list(positions), columns)
    known = np.all(ends.lower == ends.upper, axis=-1, keepdims=True)
    return np.asarray(np.where(known, ends.lower, np.nan).sum(axis=0))


def _total(values: FloatArray, of: Table) -> FloatArray:
    """Return sums over the categories that count, NaN where none does."""
    whole = np.where(of.counted, values, 0.0).sum(axis=1)
    return np.where(of.counted.any(axis=1), whole, np.nan)


def _without_benchmark(of: Table) -> BoolArray:
    """Return where an area has somebody in a category and the benchmark has nobody to grow from."""
    somebody = (np.nan_to_num(of.values("base")) > 0) | (np.nan_to_num(of.values("end")) > 0)
    return np.asarray((of.known | (of.left_out > 0)) & ~of.counted & somebody, dtype=bool)


def _bound(ends: FloatArray) -> FloatArray:
    """Return ends with NaN where there is none."""
    return np.where(np.isfinite(ends), ends, np.nan)
