"""Tables of what is close to what: `relatedness`, `complexity` and `twin`.

In come occupations and industry groups as kinds of persons; out go rows. Districts that are secret
in an occupation are neither specialised nor not, unless their bounds decide it.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from indicators.formulas.cells import FloatArray
from indicators.formulas.complexity import complexity
from indicators.formulas.concentration import herfindahl
from indicators.formulas.relatedness import density, proximity
from indicators.formulas.specialisation import krugman
from indicators.formulas.variety import variety
from indicators.grid import Axes
from indicators.strength_kinds import COUNTRY, KindOfPersons
from indicators.strength_rows import index

CLOSEST = 15  # occupations that count as close to an area's strengths


@dataclass(frozen=True)
class Presence:
    """Who is specialised in which occupation: years × districts × occupations; 1, 0 or NaN."""

    years: range
    districts: NDArray[np.intp]
    occupations: tuple[str, ...]
    matrix: FloatArray


def presence(of: KindOfPersons, axes: Axes) -> Presence:
    """Return 1 where LQ ≥ 1, 0 where it is below, also where a secret cell must be below."""
    found = index(of, axes.areas.position(COUNTRY))
    districts = np.flatnonzero(axes.areas.kreis)
    quotient, most = found.quotient[districts], found.high[districts]
    with np.errstate(invalid="ignore"):
        below = np.where(most < 1.0, 0.0, np.nan)
        matrix = np.where(np.isnan(quotient), below, np.where(quotient >= 1.0, 1.0, 0.0))
    inside = np.ascontiguousarray(np.moveaxis(matrix, -1, 0))
    return Presence(of.panel.years, districts, of.panel.codes, inside)


def relatedness_rows(of: Presence, axes: Axes) -> pd.DataFrame:
    """Return density and advantage of all districts, occupations and years.

    Proximity is the mean over all years, so that a density changes only with the area. In the
    latest year, the `position` among the occupations in which the area is not specialised, and for
    the first CLOSEST of them `stability` (share of years that can be left out of the proximity
    without the occupation dropping out of the first) and `recurrence` (share of years in which it
    is among the first, or the area specialised, by the figures of that year alone).
    """
    yearly = proximity(of.matrix)
    dense = density(of.matrix, _mean(yearly))
    year, area, occupation = np.nonzero(~np.isnan(dense))
    there = (year, area, occupation)
    latest = year == len(of.years) - 1
    place = _positions(dense[-1], of.matrix[-1])
    stable, again = _stability(of, yearly, place <= CLOSEST)

    def newest(figures: FloatArray) -> FloatArray:
        return np.where(latest, figures[area, occupation], np.nan)

    return pd.DataFrame(
        {
            "occupation": np.asarray(of.occupations, dtype=object)[occupation],
            "area_id": np.asarray(axes.areas.ids, dtype=object)[of.districts[area]],
            "year": year + of.years.start,
            "density": np.round(dense[there], 4),
            "advantage": pd.array(of.matrix[there], dtype="Float64").astype("boolean"),
            "position": newest(place),
            "stability": np.round(newest(stable), 4),
            "recurrence": np.round(newest(again), 4),
        }
    )


def complexity_rows(occupations: KindOfPersons, of: Presence, axes: Axes) -> pd.DataFrame:
    """Return complexity of districts, and concentration and variety of all areas.

    Complexity is computed twice, with every open cell as specialised and as not: `eci_low` and
    `eci_high` are the ends, `eci` is their middle. The other figures are made from published
    persons: a secret occupation is left out, in a larger area its published districts count.
    """
    areas = np.flatnonzero(axes.areas.vintage)
    cells = occupations.panel.cells
    part = np.where(cells.lower > 0, cells.lower, np.nan)
    part[axes.areas.kreis] = np.nan
    persons = np.moveaxis(np.where(cells.known, cells.value, part)[areas], -1, 0)
    country = np.ascontiguousarray(occupations.reference.T)
    concentrated = herfindahl(persons)
    main = np.unique([code[:2] for code in of.occupations], return_inverse=True)[1]
    various = variety(persons, main)
    low, high = (_spread(end, np.isin(areas, of.districts)) for end in _complexity(of))
    year, area = np.nonzero(np.isfinite(concentrated.raw))
    figures = {
        "eci": (low + high) / 2.0,
        "eci_low": low,
        "eci_high": high,
        "hhi": concentrated.raw,
        "hhi_normalised": concentrated.normalised,
        "equivalents": concentrated.equivalents,
        "krugman": krugman(persons, country),
        "related_variety": various.related,
        "unrelated_variety": various.unrelated,
    }
    return pd.DataFrame(
        {
            "area_id": np.asarray(axes.areas.ids, dtype=object)[areas[area]],
            "year": year + of.years.start,
            **{name: np.round(figure[year, area], 6) for name, figure in figures.items()},
            "n": concentrated.n[year, area],
        }
    )


def _complexity(of: Presence) -> tuple[FloatArray, FloatArray]:
    """Return the lower and upper ends of ECI, years × districts."""
    both = [complexity(np.nan_to_num(of.matrix, nan=fill)).areas for fill in (0.0, 1.0)]
    return np.minimum(*both), np.maximum(*both)


def _spread(figures: FloatArray, rows: NDArray[np.bool_]) -> FloatArray:
    """Return figures of some areas (second axis) in their places among all, NaN elsewhere."""
    whole = np.full((figures.shape[0], rows.size), np.nan)
    whole[:, rows] = figures
    return whole


def _mean(yearly: FloatArray) -> FloatArray:
    """Return the mean proximity over the years (first axis) that have one."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # an occupation that no district has
        return np.asarray(np.nanmean(yearly, axis=0))


def _positions(dense: FloatArray, matrix: FloatArray) -> FloatArray:
    """Return per district the position by density among occupations it is not specialised in.

    NaN for the others. Equal densities share the better position.
    """
    lacking = (matrix == 0) & ~np.isnan(dense)
    figures = np.where(lacking, np.round(dense, 9), -np.inf)
    ordered = np.sort(figures, axis=1)
    pairs = zip(ordered, figures, strict=True)
    above = [row.size - np.searchsorted(row, own, side="right") for row, own in pairs]
    return np.where(lacking, np.array(above, dtype=np.float64) + 1.0, np.nan)


def _stability(
    of: Presence, yearly: FloatArray, first: NDArray[np.bool_]
) -> tuple[FloatArray, FloatArray]:
    """Return stability and recurrence of the first occupations of each district, NaN elsewhere."""
    latest, years = of.matrix[-1], range(len(of.years))
    stays, recurs = [], []
    for year in years:
        rest = _mean(np.delete(yearly, year, axis=0)) if len(years) > 1 else yearly[0]
        stays.append(_positions(density(latest, rest), latest) <= CLOSEST)
        own = of.matrix[year]
        recurs.append((_positions(density(own, yearly[year]), own) <= CLOSEST) | (own == 1))
    return (
        np.where(first, np.mean(stays, axis=0), np.nan),
        np.where(first, np.mean(recurs, axis=0), np.nan),
    )
