"""Goals and notes: the one module that the application asks about them.

In come the bytes of a file and the figures of one area from the store; out go models, findings with
their lines, and how a goal stands. It knows no language: findings and statuses are codes.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any

import pandas as pd

from indicators.formulas.progress import (
    STATUSES,
    TOLERANCE,
    Ends,
    Judgement,
    Observed,
    Status,
    Way,
    expected,
    judge,
    met,
)
from indicators.goals_checks import Known, same_application
from indicators.goals_file import (
    MOST_ENTRIES,
    Reading,
    read_goals,
    read_notes,
    to_yaml,
    write,
)
from indicators.goals_model import (
    LONGEST_NAME,
    LONGEST_TEXT,
    Goal,
    GoalFile,
    Note,
    NoteFile,
    Story,
)
from indicators.goals_yaml import MOST_BYTES, Finding

__all__ = [
    "LONGEST_NAME",
    "LONGEST_TEXT",
    "MOST_BYTES",
    "MOST_ENTRIES",
    "STATUSES",
    "TOLERANCE",
    "Assessment",
    "Ends",
    "Finding",
    "Goal",
    "GoalFile",
    "Judgement",
    "Known",
    "Note",
    "NoteFile",
    "Reading",
    "Status",
    "Story",
    "add_note",
    "assess",
    "read_goals",
    "read_notes",
    "same_application",
    "write",
]  # fmt: skip
EXACT = 9  # decimals up to which a computed figure is taken at its word
Row = dict[Hashable, Any]


@dataclass(frozen=True)
class Assessment:
    """How a goal stands.

    `given` says whether the file or the release gives the baseline; `differs` is the figure of the
    release where the file names another one. `path` has the value of the straight path per year, an
    interval where the baseline is one; `milestones` year -> met, not met, or None for not known.
    """

    judgement: Judgement
    baseline: Ends | None
    given: bool
    differs: Ends | None
    path: dict[int, Ends]
    milestones: dict[int, bool | None]


def assess(goal: Goal, series: pd.DataFrame, decimals: int) -> Assessment:
    """Return how a goal stands by the figures of its indicator in its area.

    Figures are judged as they are shown, rounded to `decimals` (ends of intervals outwards): a
    figure that a reader sees equal to its target has reached it.

    Args:
        goal: the goal.
        series: all years of the area, columns as `Store.series`.
        decimals: of the indicator.
    """
    rows = series.to_dict("records")
    figures = {int(row["year"]): row for row in rows}
    observed = [_observed(row, decimals) for row in rows]
    release = {entry.year: entry.ends for entry in observed}.get(goal.baseline.year)
    value = goal.baseline.value
    start: Ends | None = release if value is None else (value, value)
    secret = str(figures.get(goal.baseline.year, {}).get("mark")) == "secret"
    way = Way(goal.baseline.year, start, goal.target.year, goal.target.value, secret)
    judgement = judge(way, observed)
    return Assessment(
        judgement,
        start,
        value is not None,
        release if value is not None and _differs(value, release, decimals) else None,
        _path(way),
        _milestones(goal, way, observed, judgement),
    )


def add_note(
    file: NoteFile, note: Mapping[str, Any], known: Known, title: Mapping[str, str] | None = None
) -> Reading[NoteFile]:
    """Return notes with one more at the end of its story, or what is wrong with it.

    It is checked as a file would be; lines of findings say nothing here.

    Args:
        file: the notes so far.
        note: all of a note but id and order; `story` is not needed with a `title`.
        known: what notes may refer to.
        title: language -> title of a new story, to which the note then belongs.
    """
    raw = file.model_dump(mode="json", exclude_defaults=True)
    stories, notes = [*raw.get("stories", [])], [*raw.get("notes", [])]
    story = str(note.get("story") or "")
    if title is not None:
        story = _unused("story", {entry.id for entry in file.stories})
        stories.append({"id": story, "name": title})
    order = 1 + max((entry.order for entry in file.notes if entry.story == story), default=0)
    said = {name: value for name, value in note.items() if value}
    own = {"id": _unused("note", {entry.id for entry in file.notes}), "story": story}
    notes.append(said | own | {"order": order})
    return read_notes(to_yaml(raw | {"stories": stories, "notes": notes}), known)


def _unused(word: str, taken: Collection[str]) -> str:
    """Return the first of `word_1`, `word_2`, ... that is not taken."""
    return next(name for name in (f"{word}_{n}" for n in count(1)) if name not in taken)


def _observed(row: Row, decimals: int) -> Observed:
    qualifiers = str(row["qualifier"] or "").split(";")
    return Observed(
        int(row["year"]), _ends(row, decimals), row["mark"] == "secret", "break" in qualifiers
    )


def _ends(row: Row, decimals: int) -> Ends | None:
    value, lower, upper = (float(row[name]) for name in ("value", "lower", "upper"))
    if not math.isnan(value):
        return round(value, decimals), round(value, decimals)
    if math.isnan(lower) or math.isnan(upper):
        return None
    scale = 10.0**decimals
    low = math.floor(round(lower * scale, EXACT)) / scale
    return low, math.ceil(round(upper * scale, EXACT)) / scale


def _differs(value: float, release: Ends | None, decimals: int) -> bool:
    if release is None:
        return False
    return not release[0] <= round(value, decimals) <= release[1]


def _path(way: Way) -> dict[int, Ends]:
    pairs = {year: expected(way, year) for year in range(way.start, way.end + 1)}
    return {year: pair for year, pair in pairs.items() if pair is not None}


def _milestones(
    goal: Goal, way: Way, observed: Iterable[Observed], judgement: Judgement
) -> dict[int, bool | None]:
    """Return the milestones that are due: those up to the year that the goal is judged by."""
    ends = {entry.year: entry.ends for entry in observed}
    comparable = judgement.status != "not_comparable"
    return {
        mark.year: met(way, mark.value, ends.get(mark.year)) if comparable else None
        for mark in goal.milestones
        if judgement.year is not None and mark.year <= judgement.year
    }
