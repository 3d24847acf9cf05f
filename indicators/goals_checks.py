"""What an entry cannot know of itself: other entries, the release, and the pages there are."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from indicators.goals_model import Goal
from indicators.goals_yaml import Path

PLAIN_LINK = re.compile(r"/[^\s\\<>\"`\x00-\x1f\x7f]*")
Entry = Mapping[str, Any]
Fault = tuple[Path, str, str, dict[str, str | int]]  # path, value, code, parts


@dataclass(frozen=True)
class Known:
    """What a release and the application have: ids of indicators, keys of areas, paths of pages."""

    indicators: frozenset[str]
    areas: frozenset[str]
    pages: frozenset[str]


def same_application(link: str, pages: Iterable[str]) -> bool:
    """Return whether a link is path and query of a page here, and leads nowhere else."""
    if not PLAIN_LINK.fullmatch(link):
        return False
    try:
        parts = urlsplit(link)
    except ValueError:
        return False
    return not (parts.scheme or parts.netloc or parts.fragment) and parts.path in set(pages)


def goal_references(raw: Entry, path: Path, fields: Sequence[str], known: Known) -> Iterator[Fault]:
    """Yield what a goal, complete or not, refers to and what does not exist."""
    field, indicator, area = (_word(raw, name) for name in ("field", "indicator", "area"))
    if field and field not in fields:
        yield (*path, "field"), field, "unknown_field", {"known": ", ".join(fields) or "–"}
    if indicator and indicator not in known.indicators:
        near = difflib.get_close_matches(indicator, sorted(known.indicators), 1)
        parts: dict[str, str | int] = {"near": near[0] if near else "–"}
        yield (*path, "indicator"), indicator, "unknown_indicator", parts
    if area and area not in known.areas:
        yield (*path, "area"), area, "unknown_area", {}


def _word(raw: Entry, name: str) -> str:
    value = raw.get(name)
    return value.strip() if isinstance(value, str) else ""


def way_faults(goal: Goal, path: Path) -> Iterator[Fault]:
    """Yield what is wrong with baseline, target and milestones of a goal complete in itself."""
    start, end = goal.baseline, goal.target
    if end.year <= start.year:
        parts: dict[str, str | int] = {"baseline": str(start.year)}
        yield (*path, "target", "year"), str(end.year), "target_before_baseline", parts
        return
    if start.value is not None and start.value == end.value:
        yield (*path, "target", "value"), f"{end.value:g}", "no_way", {}
        return
    years: set[int] = set()
    for place, mark in enumerate(goal.milestones):
        at = (*path, "milestones", place)
        if not start.year < mark.year < end.year:
            limits: dict[str, str | int] = {"start": str(start.year), "end": str(end.year)}
            yield (*at, "year"), str(mark.year), "milestone_year", limits
        elif mark.year in years:
            yield (*at, "year"), str(mark.year), "milestone_twice", {}
        elif start.value is not None and not _between(start.value, mark.value, end.value):
            ends: dict[str, str | int] = {"start": f"{start.value:g}", "end": f"{end.value:g}"}
            yield (*at, "value"), f"{mark.value:g}", "milestone_value", ends
        years.add(mark.year)


def _between(first: float, value: float, second: float) -> bool:
    return min(first, second) <= value <= max(first, second)


def note_references(
    raw: Entry, path: Path, stories: Sequence[str], known: Known
) -> Iterator[Fault]:
    """Yield what a note, complete or not, refers to and what does not exist."""
    story, link = (_word(raw, name) for name in ("story", "link"))
    if story and story not in stories:
        yield (*path, "story"), story, "unknown_story", {"known": ", ".join(stories) or "–"}
    if link and not same_application(link, known.pages):
        yield (*path, "link"), link, "link", {}
