"""Rows of table `strength`: shares, location quotients, growth and ranks of one kind of persons."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from indicators.formulas.basic import lagged
from indicators.formulas.cells import ABSENT, DISSOLVED, MARKS, BoolArray, FloatArray
from indicators.formulas.intervals import Interval, rank_interval, share_of_parts
from indicators.formulas.specialisation import FEW_PERSONS, location_quotient, symmetric
from indicators.formulas.stars import FEWEST_AREAS, stars
from indicators.grid import Axes
from indicators.panel import hidden_cells
from indicators.strength_kinds import COUNTRY, KindOfPersons

GROWTH_YEARS = 5
DIGITS = 12  # shares are rounded to it before they are ranked, so that equal figures tie


@dataclass(frozen=True)
class Index:
    """Shares and quotients of one kind, areas × codes × years; `ends` are the ends of shares.

    `quotient` is NaN where persons are hidden; `low` and `high` are NaN where they are not, `high`
    also where nothing bounds them.
    """

    share: FloatArray
    ends: Interval
    quotient: FloatArray
    low: FloatArray
    high: FloatArray
    few: BoolArray


def index(of: KindOfPersons, country: int) -> Index:
    """Return shares in all persons of the area, and location quotients against Germany."""
    cells, hidden = of.panel.cells, hidden_cells(of.panel.cells)
    totals = of.totals[:, np.newaxis, :]
    with np.errstate(divide="ignore", invalid="ignore"):
        share = cells.value / totals
        reference = of.reference / of.totals[country]
        expected = totals * reference
    ends = _share_ends(of, hidden)
    by_year = np.moveaxis(cells.value, -1, 0)
    found = location_quotient(by_year, of.totals.T, of.reference.T, of.totals[country])
    quotient = np.moveaxis(found, 0, -1)
    with np.errstate(divide="ignore", invalid="ignore"):
        low, high = (np.where(hidden, end / reference, np.nan) for end in (ends.lower, ends.upper))
    high = np.where(np.isinf(cells.upper) | ~np.isfinite(high), np.nan, high)
    largest = np.fmax(np.where(cells.known, cells.value, cells.upper), expected)
    return Index(share, ends, quotient, low, high, np.asarray(largest < FEW_PERSONS, dtype=bool))


def rows(of: KindOfPersons, axes: Axes) -> pd.DataFrame:
    """Return the rows of districts, region, Länder and Germany, by name of the table's columns."""
    found = index(of, axes.areas.position(COUNTRY))
    cells = of.panel.cells
    best, worst, rank, count = _ranks(found, axes.areas.kreis)
    with np.errstate(divide="ignore", invalid="ignore"):
        growth = (cells.value / lagged(cells, GROWTH_YEARS).value - 1.0) * 100.0
    there = _emitted(of, axes)
    area, code, year = np.nonzero(there)
    return pd.DataFrame(
        {
            "kind": of.kind,
            "code": np.asarray(of.panel.codes, dtype=object)[code],
            "area_id": np.asarray(axes.areas.ids, dtype=object)[area],
            "year": year + of.panel.years.start,
            "persons": cells.value[there],
            "lower": cells.lower[there],
            "upper": _finite(cells.upper)[there],
            "share": _short(found.share[there] * 100.0),
            "lq": _short(found.quotient[there]),
            "lq_low": _short(found.low[there]),
            "lq_high": _short(found.high[there]),
            "symmetric_lq": _short(symmetric(found.quotient[there])),
            "growth": _short(_finite(growth)[there]),
            "rank": rank[there],
            "rank_low": best[there],
            "rank_high": worst[there],
            "n": count[there],
            "mark": np.asarray(MARKS, dtype=object)[cells.mark[there]],
            "few": found.few[there],
            "stars": _stars(of, found, axes.areas.kreis)[there],
        }
    )


def total_rows(of: KindOfPersons, axes: Axes) -> pd.DataFrame:
    """Return per area and year the persons that shares are taken of."""
    there = (of.totals > 0) & axes.areas.vintage[:, np.newaxis]
    area, year = np.nonzero(there)
    return pd.DataFrame(
        {
            "kind": of.kind,
            "area_id": np.asarray(axes.areas.ids, dtype=object)[area],
            "year": year + of.panel.years.start,
            "persons": of.totals[there],
        }
    )


def reference_rows(of: KindOfPersons, axes: Axes) -> pd.DataFrame:
    """Return per code and year what quotients refer to, and how many districts are published."""
    kreis = axes.areas.kreis
    known = of.panel.cells.known[kreis].sum(axis=0)
    hidden = hidden_cells(of.panel.cells)[kreis].sum(axis=0)
    code, year = np.nonzero(known + hidden > 0)
    total = of.totals[axes.areas.position(COUNTRY)]
    return pd.DataFrame(
        {
            "kind": of.kind,
            "code": np.asarray(of.panel.codes, dtype=object)[code],
            "year": year + of.panel.years.start,
            "persons": of.reference[code, year],
            "total": total[year],
            "published": known[code, year],
            "secret": hidden[code, year],
        }
    )


def _share_ends(of: KindOfPersons, hidden: BoolArray) -> Interval:
    """Return the ends of shares; a share of an unbounded cell may reach 1."""
    cells, totals = of.panel.cells, of.totals[:, np.newaxis, :]
    low, high = cells.span()
    with np.errstate(divide="ignore", invalid="ignore"):
        if of.official:
            ends = Interval(low / totals, np.minimum(high / totals, 1.0))
        else:
            part = Interval(np.nan_to_num(low), np.nan_to_num(high, posinf=0.0))
            rest = Interval.exactly(totals - np.where(hidden, cells.lower, low))
            ends = share_of_parts(part, rest)
            ends = Interval(ends.lower, np.where(np.isinf(high), 1.0, ends.upper))
    usable = cells.usable & (totals > 0)
    return Interval(np.where(usable, ends.lower, np.nan), np.where(usable, ends.upper, np.nan))


def _ranks(found: Index, kreis: BoolArray) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
    """Return best and worst rank, rank among published figures, and number of districts ranked."""
    best, worst, rank, count = (np.full(found.share.shape, np.nan) for _ in range(4))
    low, high = (np.round(end[kreis], DIGITS) for end in (found.ends.lower, found.ends.upper))
    known = np.where(np.isnan(found.share[kreis]), np.nan, low)
    for code, year in np.ndindex(found.share.shape[1:]):
        of = Interval(low[:, code, year], high[:, code, year])
        best[kreis, code, year], worst[kreis, code, year] = rank_interval(of)
        among = rank_interval(Interval.exactly(known[:, code, year]))
        rank[kreis, code, year] = among[0]
        count[kreis, code, year] = np.sum(~np.isnan(of.lower))
    return best, worst, rank, count


def _stars(of: KindOfPersons, found: Index, kreis: BoolArray) -> FloatArray:
    """Return cluster stars of published districts, NaN elsewhere and without enough districts."""
    result = np.full(found.share.shape, np.nan)
    if kreis.sum() < FEWEST_AREAS:
        return result
    every = (of.panel.cells.value, found.share, found.quotient)
    for year in range(len(of.panel.years)):
        persons, share, quotient = (part[kreis, :, year] for part in every)
        count = stars(persons, share, quotient).count
        result[kreis, :, year] = np.where(np.isnan(quotient), np.nan, count)
    return result


def _emitted(of: KindOfPersons, axes: Axes) -> BoolArray:
    """Return where a row is written: known areas, years with at least one figure."""
    years = of.panel.cells.usable.any(axis=(0, 1))
    there = ~np.isin(of.panel.cells.mark, (ABSENT, DISSOLVED))
    return np.asarray(there & axes.areas.vintage[:, np.newaxis, np.newaxis] & years, dtype=bool)


def _finite(figures: FloatArray) -> FloatArray:
    return np.where(np.isfinite(figures), figures, np.nan)


def _short(figures: FloatArray) -> FloatArray:
    """Return figures with six significant digits, so that the file stays small."""
    with np.errstate(divide="ignore", invalid="ignore"):
        digits = 5 - np.floor(np.log10(np.abs(figures)))
        scale = np.power(10.0, np.where(np.isfinite(digits), digits, 0.0))
    return np.asarray(np.round(figures * scale) / scale, dtype=np.float64)
