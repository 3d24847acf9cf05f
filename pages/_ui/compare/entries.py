"""The figures of the comparison: which year of what, rank, distance, and direction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from indicators.groups import Obstacle
from indicators.records import Indicator
from pages._ui import charts, data, rungs, text
from pages._ui.bench_card import KEY as BENCH
from pages._ui.benchmark import Benchmark
from pages._ui.compare import group_data
from pages._ui.compare.subjects import Subject
from pages._ui.compare.view import COMMON, NEWEST
from pages._ui.numbers import Figure, known

NOTHING = Figure(None, mark="missing")
Figures = Mapping[int, Figure]


@dataclass(frozen=True)
class Change:
    """From which year on, and how: `good`, `bad`, `up`, `down`, `none`; values of both ends."""

    since: int
    before: float
    kind: str


@dataclass(frozen=True)
class Entry:
    """One cell: the figure of a year with rank among districts, benchmark and direction.

    `year` is None where there is no row at all. `odd` says that most of the row is of another
    year. `broken` says that a break of the series leaves nothing to compare with.
    """

    key: str
    year: int | None
    figure: Figure
    rank: tuple[float | None, float | None, float | None]
    reference: Figure
    change: Change | None
    broken: bool
    odd: bool


@st.cache_resource(max_entries=512, show_spinner=False)
def series(path: str, indicator: str, subjects: tuple[Subject, ...]) -> pd.DataFrame:
    """Return all years of what is compared as `data.series` does, `area_id` being its key."""
    areas = tuple(subject.key for subject in subjects if not subject.group)
    groups = [subject for subject in subjects if subject.group]
    frames = [data.series(path, indicator, areas)] if areas else []
    frames += [
        group_data.series(path, indicator, group.areas).assign(area_id=group.key)
        for group in groups
    ]
    filled = [frame for frame in frames if not frame.empty]
    return pd.concat(filled, ignore_index=True) if filled else frames[0]


def bench_series(path: str, indicator: str, bench: Benchmark) -> pd.DataFrame:
    """Return all years of the benchmark; its areas taken together as one."""
    return series(path, indicator, (Subject(BENCH, bench.label, bench.areas),))


def tells(figure: Figure) -> bool:
    """Return whether something is known of a figure: value, interval, or that it is secret."""
    return rungs.has_figure(figure) or figure.mark == "secret"


@st.cache_resource(max_entries=512, show_spinner=False)
def row(
    path: str, indicator_id: str, subjects: tuple[Subject, ...], mode: str, bench: Benchmark
) -> dict[str, Entry]:
    """Return key -> cell of one indicator, in the order of `subjects`."""
    indicator = data.indicators(path)[indicator_id]
    frame = series(path, indicator_id, subjects)
    figures = {subject.key: charts.figures_of(frame, subject.key) for subject in subjects}
    years = {key: _year(found, mode, shared(figures)) for key, found in figures.items()}
    usual = usual_year(years)
    against = charts.figures_of(bench_series(path, indicator_id, bench), BENCH)
    # A number of persons follows the size of an area; the benchmark has no distance to itself.
    itself = {one.key for one in subjects if set(one.areas) == set(bench.areas)}
    incomparable = set(figures) if indicator.display == "count" else itself
    return {
        key: Entry(
            key,
            year,
            figures[key].get(year, NOTHING) if year else NOTHING,
            _rank(path, indicator_id, key, year),
            against.get(year, NOTHING) if year and key not in incomparable else NOTHING,
            *_change(figures[key], year, indicator),
            year != usual,
        )
        for key, year in years.items()
    }


def shared(figures: Mapping[str, Figures]) -> int | None:
    """Return the newest year in which all that ever have a figure have one."""
    each = [{year for year, one in found.items() if tells(one)} for found in figures.values()]
    common = set.intersection(*filled) if (filled := [years for years in each if years]) else set()
    return max(common, default=None)


def _year(figures: Figures, mode: str, common: int | None) -> int | None:
    if mode not in (COMMON, NEWEST):
        return int(mode)
    own = [year for year, figure in figures.items() if tells(figure)] or list(figures)
    if mode == COMMON and common in figures:
        return common
    return max(own, default=None)


def usual_year(years: Mapping[str, int | None]) -> int | None:
    """Return the year of most cells, the newer one where two are equally frequent."""
    counted = Counter(year for year in years.values() if year is not None)
    return max(counted, key=lambda year: (counted[year], year), default=None)


def _rank(
    path: str, indicator: str, key: str, year: int | None
) -> tuple[float | None, float | None, float | None]:
    if year is None:
        return None, None, None
    low, high, n = ranks(path, indicator, year).get(key, (None, None, None))
    return low, high, n


@st.cache_resource(max_entries=512, show_spinner=False)
def ranks(
    path: str, indicator: str, year: int
) -> dict[str, tuple[float | None, float | None, float | None]]:
    """Return Kreis -> lowest and highest possible rank, and the number ranked."""
    frame = data.cross_section(path, indicator, year, "country")
    return {
        str(one["area_id"]): (known(one["rank_low"]), known(one["rank_high"]), known(one["n"]))
        for one in frame.to_dict("records")
    }


def _change(figures: Figures, year: int | None, indicator: Indicator) -> tuple[Change | None, bool]:
    """Return the change over about five years, and whether a break forbids one."""
    if year is None or figures.get(year, NOTHING).value is None:
        return None, False
    values = [(at, one.value) for at, one in sorted(figures.items())
              if at <= year and one.value is not None]  # fmt: skip
    if len(values) < 2:
        return None, False
    breaks = {at for at, one in figures.items() if charts.is_break(one)}
    (since, before), _ = text.base(values, breaks)
    if since == year:
        return None, True
    return Change(since, before, kind(values[-1][1], before, indicator)), False


def kind(value: float, before: float, indicator: Indicator) -> str:
    """Return what a change is: `good` or `bad` by the declared direction, else `up` or `down`."""
    apart = text.gap(value, before, indicator)[1]
    if apart == 0:
        return "none"
    if indicator.direction == "neutral":
        return "up" if apart > 0 else "down"
    return "good" if (apart > 0) == (indicator.direction == "up_is_good") else "bad"


def why_not(path: str, indicator: str) -> Obstacle | None:
    """Return the quantities that cannot be added up for groups; see `Groups.why_not`."""
    return group_data.why_not(path, indicator)
