"""The composite index on demand: which figures it takes, and what comes out, as data frames.

In come indicators with year, weight and direction, and areas or groups; out go scores against all
districts, every component of them, and how stable the order is. Nothing is stored: the index
belongs to who chose the weights.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar, Literal

import numpy as np
import pandas as pd

from indicators.formulas import composite as formula
from indicators.formulas.cells import BoolArray, FloatArray, empty
from indicators.formulas.intervals import Interval
from indicators.groups import Groups
from indicators.ranks import rank
from indicators.store import Store

NO_ROW = {"value": np.nan, "lower": np.nan, "upper": np.nan, "mark": "missing"}
FIGURE = list(NO_ROW)
DRAWS = formula.DRAWS  # random weightings behind a share


@dataclass(frozen=True)
class Component:
    """One indicator of an index, in one year.

    `up_is_good` None takes the direction of the indicator; one without a direction of its own
    must be given one.
    """

    indicator: str
    year: int
    weight: float = 1.0
    up_is_good: bool | None = None


class ComponentError(ValueError):
    """An indicator that cannot be a component as it stands; `reason` is `direction` or `count`."""

    SENTENCES: ClassVar = {
        "direction": "Say whether more or less of {!r} is better.",
        "count": "{!r} counts something, so that it follows the size of an area; take a rate.",
    }

    def __init__(self, indicator: str, reason: Literal["direction", "count"]) -> None:
        """Name the indicator and what is wrong with it."""
        super().__init__(self.SENTENCES[reason].format(indicator))
        self.indicator, self.reason = indicator, reason


@dataclass(frozen=True)
class Composite:
    """The index and everything that it is made of.

    scores: area, value, lower, upper (the index; bounds where a component is known in bounds only),
        rank, rank_low, rank_high, n, all districts and the areas asked for. 1 is best. The rank of
        an area that is no district is where it would stand among the districts.
    parts: area, indicator, year, weight (adding up to 1), value, lower, upper, mark (the figure),
        z, z_low, z_high, contribution (weight × z) of the areas asked for.
    stability: draws (`around`, `everywhere`), area, rank_low, rank_high (5 and 95 % of the draws),
        holds (share of draws with the rank of the chosen weights), n. Ranks are among the n
        districts that have a value in every component; bounds do not take part.
    order: draws, first, second, share of the draws in which the first is before the second, as
        it is with the chosen weights. Areas without a value in every component are left out.
    correlations: indicator × indicator, over all districts. Two indicators that say nearly the
        same count twice.
    """

    scores: pd.DataFrame
    parts: pd.DataFrame
    stability: pd.DataFrame
    order: pd.DataFrame
    correlations: pd.DataFrame


def composite(
    store: Store,
    groups: Groups,
    components: Sequence[Component],
    areas: Mapping[str, tuple[str, ...]],
    spread: float = formula.SPREAD,
) -> Composite:
    """Return the index over all districts, and for the areas asked for.

    Args:
        store: figures of districts.
        groups: figures of other areas, of the same release.
        components: at least one, each indicator once.
        areas: what to call an area or group -> the areas it consists of. A district that is to
            be ranked goes by its key, `14521: ("14521",)`; nothing else may be called like it.
        spread: how far weights vary in the draws `around`, as a fraction.

    Raises:
        ComponentError: a component without a direction, or a count.
        ValueError: no component, weights that are negative or all 0, a year without figures.
        UnknownIndicatorError, UnknownAreaError, OverlapError: see `Groups.series`.
    """
    if not components:
        raise ValueError("An index needs at least one component.")
    components = [_directed(store, one) for one in components]
    figures = [_figures(store, groups, one, areas) for one in components]
    names = list(figures[0].index)
    among = np.isin(names, store.areas()["area_id"])
    weights = np.array([one.weight for one in components], dtype=np.float64)
    upward = np.array([bool(one.up_is_good) for one in components])
    z = formula.standardise(_bounds(figures), among, upward)
    index = formula.weighted_mean(z, weights)
    wanted = [names.index(name) for name in areas]
    exact = np.where(z.lower == z.upper, z.lower, np.nan)
    draws = {
        "around": formula.weights_around(weights, spread=spread),
        "everywhere": formula.weights_everywhere(weights),
    }
    found = {
        name: formula.stability(exact[wanted], exact[among], weights, drawn)
        for name, drawn in draws.items()
    }
    keys = [one.indicator for one in components]
    return Composite(
        _scores(names, index, among),
        _parts(components, figures, z, list(areas)),
        _stability(found, list(areas)).assign(n=int(formula.complete(exact[among], weights).sum())),
        _order(found, list(areas), index.lower[wanted]),
        pd.DataFrame(exact[among], columns=keys).corr(),
    )


def _directed(store: Store, component: Component) -> Component:
    indicator = store.indicator(component.indicator)
    if indicator.display == "count":
        raise ComponentError(component.indicator, "count")
    if component.up_is_good is not None:
        return component
    if indicator.direction == "neutral":
        raise ComponentError(component.indicator, "direction")
    return replace(component, up_is_good=indicator.direction == "up_is_good")


def _figures(
    store: Store, groups: Groups, component: Component, areas: Mapping[str, tuple[str, ...]]
) -> pd.DataFrame:
    """Return one row per district and area: value, lower, upper, mark."""
    frame = store.cross_section(component.indicator, component.year).set_index("area_id")[FIGURE]
    for name, parts in areas.items():
        if parts == (name,) and name in frame.index:
            continue
        series = groups.series(component.indicator, parts).set_index("year")
        there = component.year in series.index
        frame.loc[name] = series.loc[component.year, FIGURE] if there else pd.Series(NO_ROW)
    return frame


def _bounds(figures: Sequence[pd.DataFrame]) -> Interval:
    """Return the figures as areas × components; a known one is its own bounds."""
    lower, upper = (
        np.stack([frame["value"].fillna(frame[end]).to_numpy(dtype=float) for frame in figures], 1)
        for end in ("lower", "upper")
    )
    return Interval(lower, upper)


def _scores(names: list[str], index: Interval, among: BoolArray) -> pd.DataFrame:
    known = index.lower == index.upper
    cells = replace(
        empty((len(names), 1)),
        value=np.where(known, index.lower, np.nan)[:, np.newaxis],
        lower=np.where(known, np.nan, index.lower)[:, np.newaxis],
        upper=np.where(known, np.nan, index.upper)[:, np.newaxis],
    )
    ranks = rank(cells, among)
    frame = pd.DataFrame(
        {
            "area": names,
            **{name: getattr(cells, name)[:, 0] for name in ("value", "lower", "upper")},
            "rank": ranks.rank[:, 0],
            "rank_low": ranks.low[:, 0],
            "rank_high": ranks.high[:, 0],
            "n": ranks.n[:, 0],
        }
    )
    # An area that is no district stands beside the districts: one at a time, for its rank only.
    for row in np.flatnonzero(~among & ~np.isnan(index.lower)):
        beside = among.copy()
        beside[row] = True
        single = rank(cells, beside)
        frame.loc[row, ["rank", "rank_low", "rank_high"]] = [
            single.rank[row, 0], single.low[row, 0], single.high[row, 0]
        ]  # fmt: skip
        frame.loc[row, "n"] = single.n[row, 0] - 1
    whole = ["rank", "rank_low", "rank_high", "n"]
    return frame.astype(dict.fromkeys(whole, "Int32"))


def _parts(
    components: Sequence[Component], figures: Sequence[pd.DataFrame], z: Interval, areas: list[str]
) -> pd.DataFrame:
    names = list(figures[0].index)
    wanted = [names.index(area) for area in areas]
    weights = formula.shares(np.array([one.weight for one in components], dtype=np.float64))
    frames = []
    for position, (one, frame) in enumerate(zip(components, figures, strict=True)):
        low, high = z.lower[wanted, position], z.upper[wanted, position]
        score = np.where(low == high, low, np.nan)
        part = frame.iloc[wanted].rename_axis("area").reset_index()
        frames.append(
            part.assign(
                indicator=one.indicator,
                year=one.year,
                weight=weights[position],
                z=score,
                z_low=np.where(low == high, np.nan, low),
                z_high=np.where(low == high, np.nan, high),
                contribution=weights[position] * score,
            )
        )
    return pd.concat(frames, ignore_index=True)


def _stability(found: Mapping[str, formula.Stability], areas: list[str]) -> pd.DataFrame:
    frames = [
        pd.DataFrame(
            {
                "draws": draws,
                "area": areas,
                "rank_low": one.low,
                "rank_high": one.high,
                "holds": one.holds,
            }
        )
        for draws, one in found.items()
    ]
    frame = pd.concat(frames, ignore_index=True)
    return frame.astype({"rank_low": "Int32", "rank_high": "Int32"})


def _order(
    found: Mapping[str, formula.Stability], areas: list[str], index: FloatArray
) -> pd.DataFrame:
    """Return every pair of areas with a score, in the order of the chosen weights."""
    ordered = [int(row) for row in np.argsort(-index, kind="stable")]
    rows = [
        {"draws": draws, "first": areas[one], "second": areas[other], "share": ahead}
        for draws, stability in found.items()
        for place, one in enumerate(ordered)
        for other in ordered[place + 1 :]
        if not np.isnan(ahead := stability.ahead[one, other])
    ]
    return pd.DataFrame(rows, columns=["draws", "first", "second", "share"])
