"""The ladder of automotive dependence: which indicator stands on which rung, and its figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from pages._ui import data
from pages._ui.charts import figures_of
from pages._ui.numbers import Figure

RUNGS = (1, 2, 3, 4, 5)
BASES = ("industry", "employees")
BASED = (1, 2, 3)  # rungs that can be set against industry or against all employees
REGION, LAND, COUNTRY = "145", "14", "DG"
FIVE = ("14511", "14521", "14522", "14523", "14524")
LARGER = (REGION, LAND, COUNTRY)
SHARES = {
    (1, "industry"): "automotive_share_of_industry",
    (1, "employees"): "automotive_share_of_employees",
    (2, "industry"): "supplier_weighted_share_of_industry",
    (2, "employees"): "supplier_weighted_share_of_employees",
    (3, "industry"): "supplier_divisions_share_of_industry",
    (3, "employees"): "supplier_divisions_share_of_employees",
}
OCCUPATIONS_SHARE = "supplier_occupations_share"
OCCUPATIONS = "supplier_occupations_employees"
OVER_TIME = "automotive_persons_employed"
PERSONS = {
    1: "automotive_persons",
    2: "supplier_weighted_persons",
    3: "supplier_divisions_persons",
    4: OCCUPATIONS,
    5: OVER_TIME,
}
# On this rung every figure is a range: two input-output tables give two shares.
RANGED = 2


@dataclass(frozen=True)
class Step:
    """One figure on the ladder: rung, area, the year it is of, and where it comes from."""

    rung: int
    indicator: str
    area: str
    year: int | None
    figure: Figure
    first: int | None = None  # year that an index starts from

    @property
    def mark(self) -> str:
        """Return the mark as readers see it: a range of rung 2 is more than secrecy."""
        return "range" if self.rung == RANGED and has_bounds(self.figure) else self.figure.mark


def indicator_of(rung: int, base: str) -> str:
    """Return the indicator of a rung; rungs 4 and 5 have one base only."""
    if rung in BASED:
        return SHARES[rung, base]
    return OCCUPATIONS_SHARE if rung == 4 else OVER_TIME


def base_of(rung: int, base: str) -> str:
    """Return what a rung is set against: `industry`, `employees`, or `persons` for a number."""
    return base if rung in BASED else "employees" if rung == 4 else "persons"


def has_bounds(figure: Figure) -> bool:
    """Return whether an interval stands in place of a value."""
    return figure.value is None and figure.lower is not None and figure.upper is not None


def has_figure(figure: Figure) -> bool:
    """Return whether there is a value or an interval."""
    return figure.value is not None or has_bounds(figure)


def ends(figure: Figure) -> tuple[float, float] | None:
    """Return both ends of a figure, equal for a value; None where there is neither."""
    if figure.value is not None:
        return figure.value, figure.value
    if figure.lower is None or figure.upper is None:
        return None
    return figure.lower, figure.upper


def figure_at(path: str, indicator: str, area: str, year: int) -> Figure:
    """Return the figure of an area in a year, `missing` where the release has no row."""
    figures = figures_of(data.series(path, indicator, (area,)), area)
    return figures.get(year, Figure(None, mark="missing"))


def latest(path: str, indicator: str, area: str) -> tuple[int | None, Figure]:
    """Return the newest year of an area with a value or an interval, and that figure."""
    figures = figures_of(data.series(path, indicator, (area,)), area)
    shown = [year for year, figure in figures.items() if has_figure(figure)]
    return (max(shown), figures[max(shown)]) if shown else (None, Figure(None, mark="missing"))


def ladder(path: str, areas: Sequence[str], base: str, years: dict[int, int]) -> list[Step]:
    """Return the steps of rungs 1 to 5 for the areas, the first of which is the chosen one.

    A rung shows the year in `years`, else the newest one that the chosen area has; an area
    without a figure in that year shows its own newest year. Rung 5 has larger areas only and is
    an index: first year that all of them have = 100.
    """
    steps: list[Step] = []
    for rung in (1, 2, 3, 4):
        indicator = indicator_of(rung, base)
        year = years.get(rung) or latest(path, indicator, areas[0])[0]
        steps += [_step(path, rung, indicator, area, year) for area in areas]
    return steps + over_time(path)


def _step(path: str, rung: int, indicator: str, area: str, year: int | None) -> Step:
    if year is not None:
        figure = figure_at(path, indicator, area, year)
        if has_figure(figure):
            return Step(rung, indicator, area, year, figure)
    own, figure = latest(path, indicator, area)
    if own is None and year is not None:
        return Step(rung, indicator, area, year, figure_at(path, indicator, area, year))
    return Step(rung, indicator, area, own, figure)


def over_time(path: str) -> list[Step]:
    """Return rung 5: the newest year of the larger areas as an index of their first common year."""
    frame = data.series(path, OVER_TIME, LARGER)
    first, last = common_years(frame)
    if first is None or last is None:
        return []
    steps = []
    for area in LARGER:
        figures = figures_of(frame, area)
        start, end = figures[first].value, figures[last].value
        if start and end is not None:
            index = Figure(100 * end / start, qualifier=figures[last].qualifier)
            steps.append(Step(5, OVER_TIME, area, last, index, first))
    return steps


def common_years(frame: pd.DataFrame) -> tuple[int | None, int | None]:
    """Return the first and the last year in which all areas of a frame have a value."""
    valued = frame[frame["value"].notna()]
    counts = valued.groupby("year")["area_id"].nunique()
    shared = counts[counts == frame["area_id"].nunique()].index
    return (int(shared.min()), int(shared.max())) if len(shared) else (None, None)
