"""Which figures of an area stand out; pure functions, their rule is told to the reader.

First figures that are certainly among the highest or lowest tenth of all Kreise, whatever secret
and missing figures of others may be; then changes that are larger than any before in the area's
own series. The most extreme come first, at most two of a theme, at most six in all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar

TENTH = 10
MOST, MOST_OF_THEME = 6, 2
SPAN = 5  # years over which a change is measured
EARLIER = 5  # such changes that a series must have had before
RECENT = 5  # years that the newest figure may be older than the release

End = Literal["high", "low"]
Span = tuple[float, float]


@dataclass(frozen=True)
class Placed:
    """A figure at an end: `position` from there is the worst that it can be."""

    indicator: str
    theme: str
    year: int
    end: End
    position: int


@dataclass(frozen=True)
class Record:
    """A change over five years that is larger than every one before since `since`."""

    indicator: str
    theme: str
    first: int
    last: int
    since: int
    ratio: float  # to the largest change before


Finding = TypeVar("Finding", Placed, Record)


def worst(own: Span, others: Iterable[Span | None]) -> tuple[int, int]:
    """Return the worst position from the top and from the bottom, equal figures counted before.

    Figures are given by both ends. One of another Kreis without ends may lie anywhere.
    """
    top = bottom = 1
    for other in others:
        top += other is None or other[1] >= own[0]
        bottom += other is None or other[0] <= own[1]
    return top, bottom


def placed(own: Span, others: Sequence[Span | None]) -> tuple[End, int] | None:
    """Return the end of which a figure is certainly within the outermost tenth, and how near."""
    top, bottom = worst(own, others)
    tenth = (len(others) + 1) // TENTH
    if top <= tenth:
        return "high", top
    return ("low", bottom) if bottom <= tenth else None


def record(
    values: Mapping[int, float], breaks: Collection[int], relative: bool
) -> tuple[int, int, int, float] | None:
    """Return first and last year of a record change, the first year compared, and by how much.

    Changes are compared within the years since the last break only; `relative` ones in percent.
    The ratio is that to the largest change before, regardless of sign.
    """
    since = max(breaks, default=0)
    known = {year: value for year, value in values.items() if year >= since}
    if not known:
        return None
    changes = {
        year: _change(known[year - SPAN], value, relative)
        for year, value in known.items()
        if year - SPAN in known and (known[year - SPAN] > 0 or not relative)
    }
    last = max(known)
    earlier = [abs(change) for year, change in changes.items() if year < last]
    if last not in changes or len(earlier) < EARLIER or max(earlier) <= 0:
        return None
    ratio = abs(changes[last]) / max(earlier)
    return (last - SPAN, last, min(known), ratio) if ratio > 1 else None


def _change(before: float, after: float, relative: bool) -> float:
    return (after / before - 1) * 100 if relative else after - before


def chosen(
    places: Sequence[Placed], records: Sequence[Record]
) -> tuple[tuple[Placed, ...], tuple[Record, ...]]:
    """Return what a datasheet names: the outermost places first, then the largest records."""
    taken: Counter[str] = Counter()
    kept = _take(sorted(places, key=lambda place: place.position), taken, MOST)
    named = {place.indicator for place in kept}
    others = [entry for entry in records if entry.indicator not in named]
    more = _take(sorted(others, key=lambda entry: -entry.ratio), taken, MOST - len(kept))
    return tuple(kept), tuple(more)


def _take(ordered: Sequence[Finding], taken: Counter[str], room: int) -> list[Finding]:
    kept: list[Finding] = []
    for finding in ordered:
        if len(kept) < room and taken[finding.theme] < MOST_OF_THEME:
            kept.append(finding)
            taken[finding.theme] += 1
    return kept
