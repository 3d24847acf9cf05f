"""Charts as places on a unit square: what the typesetter draws, with all words written out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pages._ui.paper.axis import Axis, fit
from pages._ui.paper.model import Bar, Line, Lines, Point, Rows

MOST_YEARS = 9  # labels under an axis
Drawn = dict[str, Any]


def lines(chart: Lines, language: str) -> Drawn:
    """Return lines as pieces without gaps, intervals as spans, breaks, ticks and words."""
    years = years_of(chart)
    axis = axis_of(chart)

    def across(year: float) -> float:
        return (year - years[0] + 0.5) / len(years)

    return {
        "kind": "lines",
        "unit": chart.unit,
        "cut": chart.cut_word if axis.cut else "",
        "x": [{"at": across(year), "text": str(year)} for year in labelled(years)],
        "y": _ticks(axis, chart.decimals, language),
        "breaks": [across(year - 0.5) for year in chart.breaks if year > years[0]],
        "break_word": chart.break_word,
        "interval_word": chart.interval_word if _any_interval(chart.lines) else "",
        "lines": [
            {
                "name": line.name,
                "look": line.look,
                "marks": line.kind == "marks",
                "pieces": [
                    [[across(year), axis.share(value)] for year, value in piece]
                    for piece in pieces(line, chart.breaks)
                ],
                "spans": [
                    [across(point.year), axis.share(point.lower), axis.share(point.upper)]
                    for point in line.points
                    if point.value is None and point.lower is not None and point.upper is not None
                ],
            }
            for line in chart.lines
        ],
    }


def years_of(chart: Lines) -> list[int]:
    """Return every year between the first and the last that any line has, gaps included."""
    years = [point.year for line in chart.lines for point in line.points]
    return list(range(min(years), max(years) + 1))


def axis_of(chart: Lines) -> Axis:
    """Return the axis of values of a line chart."""
    ends = (
        end
        for line in chart.lines
        for point in line.points
        for end in (point.value, *((point.lower, point.upper) if point.value is None else ()))
    )
    return fit([end for end in ends if end is not None], True, 4, chart.decimals == 0)


def labelled(years: Sequence[int]) -> list[int]:
    """Return the years that are written under an axis: the newest and regular steps before it."""
    step = -(-len(years) // MOST_YEARS)
    return sorted(years[::-1][::step])


def pieces(line: Line, breaks: Sequence[int]) -> list[list[tuple[int, float]]]:
    """Return a line cut at years without a value and before years of a new method."""
    found: list[list[tuple[int, float]]] = []
    before: int | None = None
    for point in sorted(line.points, key=_year):
        if point.value is None:
            continue
        if before is None or point.year != before + 1 or point.year in breaks:
            found.append([])
        found[-1].append((point.year, point.value))
        before = point.year
    return found


def _year(point: Point) -> int:
    return point.year


def _any_interval(drawn: Sequence[Line]) -> bool:
    return any(p.value is None and p.lower is not None for line in drawn for p in line.points)


def rows(chart: Rows, language: str) -> Drawn:
    """Return rows with the places of their marks, headings where the group changes, and ticks."""
    axis = rows_axis(chart)
    base = chart.base
    return {
        "kind": "rows",
        "unit": chart.unit,
        "bars": base is not None,
        "base": axis.share(base if base is not None else axis.low),
        "line": axis.share(chart.line) if chart.line is not None else None,
        "ticks": _ticks(axis, chart.decimals, language),
        "negative": any((row.lower or 0.0) < 0 for row in chart.rows),
        "rows": [
            {
                "name": row.name,
                "group": row.group if position == 0 or _new_group(chart, position) else "",
                "low": None if row.lower is None else axis.share(row.lower),
                "high": None if row.upper is None else axis.share(row.upper),
                "exact": row.lower == row.upper,
                "left": row.upper is not None and row.upper < 0,
                "text": row.text,
                "look": row.look,
            }
            for position, row in enumerate(chart.rows)
        ],
    }


def _new_group(chart: Rows, position: int) -> bool:
    return chart.rows[position].group != chart.rows[position - 1].group


def rows_axis(chart: Rows) -> Axis:
    """Return the axis of a chart of rows; it always holds zero."""
    lines_drawn = [] if chart.line is None else [chart.line]
    ends = [end for row in chart.rows for end in _ends(row)]
    return fit([*ends, *lines_drawn] or [1.0], False, 5, chart.decimals == 0)


def _ends(row: Bar) -> list[float]:
    return [end for end in (row.lower, row.upper) if end is not None]


def _ticks(axis: Axis, decimals: int, language: str) -> list[dict[str, Any]]:
    return [
        {"at": axis.share(tick), "text": axis.label(tick, decimals, language)}
        for tick in axis.ticks
    ]
