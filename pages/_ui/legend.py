"""The legend of a map, drawn into the figure so that a saved picture keeps it.

Plotly's own legend knows neither hatch nor circles to scale; shapes and annotations measured in
pixels from the lower left corner of the map do both.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from pages._ui import colours

ROW = 21
SWATCH = 20
FONT = 12.5
TEXT_HEIGHT = 16  # pixels from one line of text to the next
PAPER = {"xref": "paper", "yref": "paper"}

Look = Literal["fill", "hatch", "outline"]


@dataclass(frozen=True)
class Entry:
    """One row: how its swatch looks, its colour, its text; `hatched` fills its right half."""

    text: str
    colour: str
    look: Look = "fill"
    hatched: str = ""


@dataclass
class Drawn:
    """Shapes and annotations of a figure, and how many pixels they reach below the map."""

    shapes: list[dict[str, Any]] = field(default_factory=list)
    annotations: list[dict[str, Any]] = field(default_factory=list)
    depth: float = 0

    def text(self, content: str, column: float, x: float, y: float, **more: Any) -> None:
        """Write `content` at `x` pixels right of a column and `y` pixels below the map."""
        self.annotations.append(
            {
                **PAPER,
                "x": column,
                "y": 0,
                "xshift": x,
                "yshift": -y,
                "xanchor": "left",
                "yanchor": "middle",
                "align": "left",
                "showarrow": False,
                "text": content,
                "font": {"size": FONT, "color": colours.INK},
            }
            | more
        )

    def shape(self, kind: str, column: float, **more: Any) -> None:
        """Add a shape whose coordinates are pixels from the lower left corner of a column."""
        anchor = {"xsizemode": "pixel", "ysizemode": "pixel", "xanchor": column, "yanchor": 0}
        self.shapes.append({**PAPER, **anchor, "type": kind, **more})


def rows(drawn: Drawn, entries: Sequence[Entry], column: float, top: float) -> None:
    """Draw one column of entries from `top` pixels below the map downwards."""
    for number, entry in enumerate(entries):
        middle = top + ROW * number + ROW / 2
        _swatch(drawn, entry, column, middle)
        drawn.text(entry.text, column, SWATCH + 8, middle)
    drawn.depth = max(drawn.depth, top + ROW * len(entries))


def _swatch(drawn: Drawn, entry: Entry, column: float, middle: float) -> None:
    upper, lower = -(middle - 7), -(middle + 7)
    outline = entry.look == "outline"
    drawn.shape(
        "rect",
        column,
        x0=1,
        x1=SWATCH,
        y0=lower,
        y1=upper,
        fillcolor="rgba(0,0,0,0)" if outline else entry.colour,
        line={"width": 2 if outline else 0.6, "color": entry.colour if outline else colours.BORDER},
    )
    if entry.hatched:
        half = {"x0": SWATCH / 2, "x1": SWATCH, "y0": lower, "y1": upper}
        drawn.shape("rect", column, **half, fillcolor=entry.hatched, line={"width": 0})
        lines = "".join(f"M {x} {lower} L {x + 9} {lower + 9} " for x in (10.5,)) + (
            f"M {SWATCH / 2} {lower + 5} L {SWATCH - 1} {upper}"
        )
        drawn.shape("path", column, path=lines, line={"width": 1, "color": colours.HATCH})
    if entry.look == "hatch":
        strokes = "".join(
            f"M {x} {lower} L {min(x + 14, SWATCH)} {lower + min(14, SWATCH - x)} "
            for x in (1, 7, 13)
        )
        drawn.shape("path", column, path=strokes, line={"width": 1, "color": colours.HATCH})


def circles(
    drawn: Drawn, sizes: Sequence[tuple[float, str]], colour: str, column: float, top: float
) -> None:
    """Draw nested circles standing on one ground line, `sizes` as (radius, text), largest first.

    A text stands at the crown of its circle, or lower where the text above leaves no room.
    """
    largest = max(radius for radius, _ in sizes)
    ground = top + 2 * largest + 6
    beside = top - TEXT_HEIGHT
    for radius, text in sizes:
        crown = ground - 2 * radius
        beside = max(crown, beside + TEXT_HEIGHT)
        drawn.shape(
            "circle",
            column,
            x0=1 + largest - radius,
            x1=1 + largest + radius,
            y0=-ground,
            y1=-crown,
            line={"width": 1.2, "color": colour},
        )
        drawn.shape(
            "line",
            column,
            x0=1 + largest,
            x1=2 * largest + 10,
            y0=-crown,
            y1=-beside,
            line={"width": 0.7, "color": colours.SOFT_INK},
        )
        drawn.text(text, column, 2 * largest + 12, beside)
    drawn.depth = max(drawn.depth, ground + 6, beside + TEXT_HEIGHT / 2)
