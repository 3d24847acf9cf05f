"""A trend as small as a word: a line with gaps."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from html import escape

WIDTH, HEIGHT, PAD = 150, 40, 5
INK = "#3d8cc4"  # readable on the light and on the dark ground


def spark(values: Sequence[tuple[int, float]], alt: str) -> str:
    """Return an image of (year, value); years that are not there interrupt the line.

    The drawing is part of the address of the image: Streamlit removes `<svg>` from HTML.
    """
    if not values:
        return ""
    years = [year for year, _ in values]
    numbers = [value for _, value in values]
    span = max(years) - min(years) or 1
    reach = max(numbers) - min(numbers) or 1.0

    def place(year: int, value: float) -> tuple[float, float]:
        x = PAD + (WIDTH - 2 * PAD) * (year - min(years)) / span
        y = HEIGHT - PAD - (HEIGHT - 2 * PAD) * (value - min(numbers)) / reach
        return round(x, 1), round(y, 1)

    lines = "".join(_run([place(*point) for point in run]) for run in _runs(values))
    x, y = place(*values[-1])
    drawing = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">'
        f'<g fill="none" stroke="{INK}" stroke-width="1.8">{lines}</g>'
        f'<circle cx="{x}" cy="{y}" r="3.4" fill="{INK}"/></svg>'
    )
    code = base64.b64encode(drawing.encode()).decode()
    return (
        f'<img alt="{escape(alt)}" width="{WIDTH}" height="{HEIGHT}" '
        f'src="data:image/svg+xml;base64,{code}">'
    )


def _runs(values: Sequence[tuple[int, float]]) -> list[list[tuple[int, float]]]:
    """Split a series where a year is missing."""
    runs: list[list[tuple[int, float]]] = []
    for point in values:
        if runs and point[0] == runs[-1][-1][0] + 1:
            runs[-1].append(point)
        else:
            runs.append([point])
    return runs


def _run(points: Sequence[tuple[float, float]]) -> str:
    if len(points) == 1:
        x, y = points[0]
        return f'<circle cx="{x}" cy="{y}" r="1.2"/>'
    return '<polyline points="' + " ".join(f"{x},{y}" for x, y in points) + '"/>'
