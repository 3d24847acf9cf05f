"""Progress towards a target on a straight path, judged with all that a secret figure may be.

A figure is a pair of ends: equal for a published one, apart for a secret one within bounds. The
path runs straight from the baseline to the target; a share of it is 0 at the baseline and 1 at the
target, whichever way the goal points. Ends of shares follow Moore 1966, Interval Analysis.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Literal

Ends = tuple[float, float]
Status = Literal[
    "reached", "on_path", "behind", "away", "missed", "not_yet", "unjudged", "not_comparable"
]
Reason = Literal["", "secret", "interval", "baseline_secret", "baseline_missing", "no_way"]
STATUSES: tuple[Status, ...] = (
    "reached", "on_path", "behind", "away", "missed", "not_yet", "unjudged", "not_comparable",
)  # fmt: skip
TOLERANCE = 0.05  # of the whole way: so much may be lacking "on the path"
EXACT = 9  # decimals up to which a computed share is taken at its word


@dataclass(frozen=True)
class Way:
    """Baseline and target; `baseline` is None where it is secret or not there."""

    start: int
    baseline: Ends | None
    end: int
    target: float
    secret_baseline: bool = False


@dataclass(frozen=True)
class Observed:
    """What is known of one year: ends or None; `broken` where a new method holds from it on."""

    year: int
    ends: Ends | None
    secret: bool = False
    broken: bool = False


@dataclass(frozen=True)
class Judgement:
    """A status and what it rests on; `worst` and `best` differ where an interval leaves it open."""

    status: Status
    reason: Reason = ""
    year: int | None = None
    share: Ends | None = None
    expected: Ends | None = None
    worst: Status | None = None
    best: Status | None = None
    broken: int | None = None


def time_share(way: Way, year: int) -> float:
    """Return which share of the way the straight path asks for in a year, 0 to 1."""
    return min(max((year - way.start) / (way.end - way.start), 0.0), 1.0)


def expected(way: Way, year: int) -> Ends | None:
    """Return the value of the straight path in a year, in the unit of the figure."""
    if way.baseline is None:
        return None
    part = time_share(way, year)
    low, high = (start + (way.target - start) * part for start in way.baseline)
    return low, high


def share(way: Way, ends: Ends) -> Ends | None:
    """Return lowest and highest share of the way that a figure may stand for.

    Exact for independent ends: the share rises or falls in each of them throughout, so that its
    extremes lie at corners. None where baseline and target may be equal: there is no direction.
    """
    if way.baseline is None or way.baseline[0] <= way.target <= way.baseline[1]:
        return None
    corners = [(end - start) / (way.target - start) for start, end in product(way.baseline, ends)]
    return min(corners), max(corners)


def classify(part: float, asked: float, over: bool, tolerance: float = TOLERANCE) -> Status:
    """Return the status of one share of the way.

    Args:
        part: share of the way that has been covered.
        asked: share that the path asks for.
        over: the target year is over; then only the target itself counts.
        tolerance: share of the whole way that may be lacking.
    """
    part = round(part, EXACT)
    if part >= 1.0:
        return "reached"
    if over:
        return "missed"
    if part < 0.0:
        return "away"
    return "on_path" if part >= round(asked - tolerance, EXACT) else "behind"


def judged(way: Way, observed: Iterable[Observed]) -> Observed | None:
    """Return the figure that a goal is judged by, known or secret; None without any.

    The first one from the target year on; before that, the newest since the baseline.
    """
    since = sorted(
        (entry for entry in observed if entry.year > way.start and (entry.ends or entry.secret)),
        key=lambda entry: entry.year,
    )
    final = [entry for entry in since if entry.year >= way.end]
    return final[0] if final else (since[-1] if since else None)


def judge(way: Way, observed: Sequence[Observed]) -> Judgement:
    """Return how a goal stands.

    A break of the series between baseline and figure comes first: such figures are not compared.
    """
    figure = judged(way, observed)
    if figure is None:
        return Judgement("not_yet")
    year = figure.year
    breaks = [entry.year for entry in observed if entry.broken and way.start < entry.year <= year]
    if breaks:
        return Judgement("not_comparable", year=year, broken=max(breaks))
    if way.baseline is None:
        lacking: Reason = "baseline_secret" if way.secret_baseline else "baseline_missing"
        return Judgement("unjudged", lacking, year)
    asked = expected(way, year)
    if figure.ends is None:
        return Judgement("unjudged", "secret", year, expected=asked)
    part = share(way, figure.ends)
    if part is None:
        return Judgement("unjudged", "no_way", year, expected=asked)
    worst, best = (classify(end, time_share(way, year), year >= way.end) for end in part)
    if worst == best:
        return Judgement(worst, "", year, part, asked, worst, best)
    return Judgement("unjudged", "interval", year, part, asked, worst, best)


def met(way: Way, value: float, ends: Ends | None) -> bool | None:
    """Return whether a figure is at a milestone or beyond it; None where that is not known."""
    if ends is None or way.baseline is None or way.baseline[0] <= way.target <= way.baseline[1]:
        return None
    sign = 1.0 if way.target > way.baseline[1] else -1.0
    results = {sign * end >= sign * value for end in ends}
    return results.pop() if len(results) == 1 else None
