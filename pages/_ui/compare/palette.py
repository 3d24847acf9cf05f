"""Lines of many areas: colour and dash together tell eleven apart, also without colour."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from html import escape

from pages._ui import colours

DASHES = ("solid", "dash", "dashdot", "dot", "longdash")
TURN = 2  # the second time a colour comes, its dash is another one
BENCH = ("#1c2733", "longdashdot")
BENCH_DARK = ("#e6ebf0", "longdashdot")
SYMBOLS = ("circle", "square", "diamond", "triangle-up", "triangle-down")
# Strokes and gaps of a dash, in pixels, as Plotly draws them at this width.
STROKES = {
    "solid": "",
    "dash": "9 6",
    "dashdot": "9 4 2 4",
    "dot": "2 4",
    "longdash": "15 5",
    "longdashdot": "13 4 2 4",
}


def lines(count: int, dark: bool) -> list[tuple[str, str]]:
    """Return colour and dash of `count` (up to ten) areas."""
    first = [colour for colour, _ in (colours.LINES_DARK if dark else colours.LINES)]
    five = len(first)
    return [
        (first[place % five], DASHES[(place + TURN * (place // five)) % len(DASHES)])
        for place in range(count)
    ]


def bench(dark: bool) -> tuple[str, str]:
    """Return colour and dash of the benchmark."""
    return BENCH_DARK if dark else BENCH


def legend(names: Sequence[str], drawn: Sequence[tuple[str, str]]) -> str:
    """Return the lines with their names as HTML, one legend for many panels."""
    items = "".join(
        f"<li>{_sample(*line)} {escape(name)}</li>" for name, line in zip(names, drawn, strict=True)
    )
    return f'<ul class="sm-lines">{items}</ul>'


def _sample(colour: str, dash: str) -> str:
    drawing = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 44 10">'
        f'<path d="M1 5H43" fill="none" stroke="{colour}" stroke-width="3" '
        f'stroke-dasharray="{STROKES[dash]}"/></svg>'
    )
    code = base64.b64encode(drawing.encode()).decode()
    return f'<img alt="" width="44" height="10" src="data:image/svg+xml;base64,{code}">'
