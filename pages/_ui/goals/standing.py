"""Goals with their figures, in the language of a reader, and which of them are shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from indicators.goals import STATUSES, Assessment, Goal, GoalFile, assess
from indicators.records import Indicator
from pages._ui import charts, choices, data, places
from pages._ui.goals import kept
from pages._ui.i18n import Texts
from pages._ui.numbers import Figure
from pages._ui.shell import Page

ALL = "all"
SYMBOLS = {
    "reached": "✓",
    "on_path": "●",
    "behind": "○",
    "away": "✗",
    "missed": "■",
    "not_yet": "…",
    "unjudged": "?",
    "not_comparable": "≠",
}


@dataclass(frozen=True)
class Standing:
    """A goal, the names it needs, all figures of its area, and how it stands."""

    goal: Goal
    field: str
    area: str
    indicator: Indicator
    figures: dict[int, Figure]
    held: Assessment

    @property
    def status(self) -> str:
        """Return the status of the goal, one of `SYMBOLS`."""
        return self.held.judgement.status

    @property
    def newest(self) -> Figure | None:
        """Return the figure that the goal is judged by, None without any."""
        year = self.held.judgement.year
        return None if year is None else self.figures.get(year)


@dataclass(frozen=True)
class Filter:
    """What a reader wants to see: ids of a field, an area and a status, or `all`."""

    field: str = ALL
    area: str = ALL
    status: str = ALL

    def address(self) -> dict[str, object]:
        """Return what a link must carry to show the same goals."""
        chosen = {"gfield": self.field, "garea": self.area, "gstatus": self.status}
        return {name: value for name, value in chosen.items() if value != ALL}

    def keeps(self, entry: Standing) -> bool:
        """Return whether a goal is shown."""
        return (
            self.field in (ALL, entry.goal.field)
            and self.area in (ALL, entry.goal.area)
            and self.status in (ALL, entry.status)
        )


@st.cache_resource(max_entries=16, show_spinner=False)
def standings(path: str, content: bytes, language: str) -> tuple[Standing, ...]:
    """Return all goals of a file with their figures, ordered by field of action.

    A file with faults has none.
    """
    file = kept.parsed_goals(path, content).file if content else None
    return _standings(path, file, language) if file is not None else ()


def _standings(path: str, file: GoalFile, language: str) -> tuple[Standing, ...]:
    names = places.names(path, language, "name")
    known = data.indicators(path)
    order = [action.id for action in file.fields]
    fields = {action.id: action.name.get(language) for action in file.fields}
    found = []
    for goal in sorted(file.goals, key=lambda goal: order.index(goal.field)):
        indicator = known[goal.indicator]
        series = data.series(path, goal.indicator, (goal.area,))
        figures = charts.figures_of(series, goal.area)
        held = assess(goal, series, indicator.decimals)
        name = fields[goal.field]
        found.append(Standing(goal, name, names[goal.area], indicator, figures, held))
    return tuple(found)


def read(page: Page, entries: Sequence[Standing]) -> Filter:
    """Draw the filters and return what they say; only what some goal has is on offer."""
    fields = {entry.goal.field: entry.field for entry in entries}
    areas = {entry.goal.area: entry.area for entry in entries}
    statuses = [name for name in STATUSES if any(entry.status == name for entry in entries)]
    with st.container(horizontal=True):
        return Filter(
            _select(page, "gfield", fields),
            _select(page, "garea", areas),
            _select(page, "gstatus", {name: word(name, page.t) for name in statuses}),
        )


def _select(page: Page, name: str, words: dict[str, str]) -> str:
    every = {ALL: page.t("masterplan.filter.all")} | words
    label = page.t(f"masterplan.filter.{name}")
    return choices.select(name, list(every), ALL, label, every.__getitem__, width=300)


def word(status: str, t: Texts) -> str:
    """Return a status as symbol and words, so that it needs no colour."""
    return f"{SYMBOLS[status]} {t(f'masterplan.status.{status}')}"


def counted(entries: Sequence[Standing], t: Texts) -> str:
    """Return how many goals there are and how they stand."""
    counts = Counter(entry.status for entry in entries)
    parts = ", ".join(
        f"{counts[name]} {t(f'masterplan.status.{name}')}" for name in STATUSES if counts[name]
    )
    return f"{t.count('masterplan.goals', len(entries), str(len(entries)))} {parts}."
