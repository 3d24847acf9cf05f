"""A trend as small as a word: a line with gaps."""

from __future__ import annotations

import base64
from collections.abc import Collection, Sequence
from html import escape

WIDTH, HEIGHT, PAD = 150, 40, 5
INK = "#3d8cc4"  # readable on the light and on the dark ground


def spark(
    values: Sequence[tuple[int, float]],
    alt: str,
    breaks: Collection[int] = (),
    bars: Sequence[tuple[int, float, float]] = (),
) -> str:
    """Return an image of (year, value); years that are not there interrupt the line.

    `breaks` are the years from which on another method holds: the line is interrupted there, with
    a dotted upright. `bars` are years known between two ends only. The drawing is part of the
    address of the image: Streamlit removes `<svg>` from HTML.
    """
    if not values and not bars:
        return ""
    years = [year for year, *_ in (*values, *bars)]
    numbers = [number for _, *ends in (*values, *bars) for number in ends]
    span = max(years) - min(years) or 1
    reach = max(numbers) - min(numbers) or 1.0

    def place(year: float, value: float) -> tuple[float, float]:
        x = PAD + (WIDTH - 2 * PAD) * (year - min(years)) / span
        y = HEIGHT - PAD - (HEIGHT - 2 * PAD) * (value - min(numbers)) / reach
        return round(x, 1), round(y, 1)

    lines = "".join(_run([place(*point) for point in run]) for run in _runs(values, breaks))
    lines += "".join(_bar(place(year, low), place(year, high)) for year, low, high in bars)
    inside = [year for year in breaks if min(years) < year <= max(years)]
    lines += "".join(_break(place(year - 0.5, min(numbers))[0]) for year in inside)
    drawing = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">'
        f'<g fill="none" stroke="{INK}" stroke-width="1.8">{lines}</g>'
        f"{_dot(place(*values[-1])) if values else ''}</svg>"
    )
    code = base64.b64encode(drawing.encode()).decode()
    return (
        f'<img alt="{escape(alt)}" width="{WIDTH}" height="{HEIGHT}" '
        f'src="data:image/svg+xml;base64,{code}">'
    )


def _dot(point: tuple[float, float]) -> str:
    return f'<circle cx="{point[0]}" cy="{point[1]}" r="3.4" fill="{INK}"/>'


def _bar(low: tuple[float, float], high: tuple[float, float]) -> str:
    ends = f'x1="{low[0]}" y1="{low[1]}" x2="{high[0]}" y2="{high[1]}"'
    return f'<line {ends} stroke-width="4" stroke-opacity="0.5"/>'


def _break(x: float) -> str:
    return f'<line x1="{x}" y1="0" x2="{x}" y2="{HEIGHT}" stroke-width="1" stroke-dasharray="2 2"/>'


def _runs(
    values: Sequence[tuple[int, float]], breaks: Collection[int]
) -> list[list[tuple[int, float]]]:
    """Split a series where a year is missing or another method begins."""
    runs: list[list[tuple[int, float]]] = []
    for point in values:
        if runs and point[0] == runs[-1][-1][0] + 1 and point[0] not in breaks:
            runs[-1].append(point)
        else:
            runs.append([point])
    return runs


def _run(points: Sequence[tuple[float, float]]) -> str:
    if len(points) == 1:
        x, y = points[0]
        return f'<circle cx="{x}" cy="{y}" r="1.2"/>'
    return '<polyline points="' + " ".join(f"{x},{y}" for x, y in points) + '"/>'
