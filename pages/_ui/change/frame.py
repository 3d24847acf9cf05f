"""What the charts of change share: which categories they draw, their names, and the layout."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import Any

from pages._ui import colours
from pages._ui.change import words
from pages._ui.tables import Row

GRID = "rgba(128,140,150,0.25)"
ALL, EACH = 16, 7  # categories that all find room; else so many of each direction
UP, DOWN, TOTAL = "#2358a3", "#d97f1d", "#7a7a7a"
# Parts: colour and pattern, so that they can be told apart without colour.
PARTS = {
    "national": ("#9aa3ab", ""),
    "mix": ("#009e73", "/"),
    "regional": ("#0072b2", ""),
    "allocation": ("#a8497d", "x"),
}
ROW = 30  # pixels of a category


def drawn(rows: Sequence[Row]) -> tuple[list[Row], list[Row]]:
    """Return the categories that a chart draws, gains first, and those that it takes together."""
    sure = [row for row in rows if words.counts(row)]
    ordered = sorted(sure, key=lambda row: -float(row["change"]))
    if len(ordered) <= ALL:
        return ordered, []
    return [*ordered[:EACH], *ordered[-EACH:]], ordered[EACH:-EACH]


def label(name: str, narrow: bool) -> str:
    """Return a name on lines that leave room for the chart."""
    lines = textwrap.wrap(name, 20 if narrow else 38)
    kept = lines if len(lines) <= 2 else [lines[0], f"{lines[1]} …"]
    return "<br>".join(kept)


def pattern(shape: str) -> dict[str, Any]:
    """Return lines over the colour of a bar."""
    return {"shape": shape, "fillmode": "overlay", "fgcolor": "#ffffff", "size": 6, "solidity": 0.2}


def ink(dark: bool) -> str:
    """Return the colour of text and axes."""
    return "#e6ebf0" if dark else colours.INK


def layout(language: str, dark: bool, height: int) -> dict[str, Any]:
    """Return the layout of a chart of this page, without its axes."""
    return {
        "height": height,
        "margin": {"l": 8, "r": 16, "t": 30, "b": 8},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": "Arial, Helvetica, sans-serif", "color": ink(dark), "size": 12.5},
        "separators": ",." if language == "de" else ".,",
        "hoverlabel": {"align": "left"},
        "hovermode": "closest",
        "legend": {"orientation": "h", "x": 0, "xanchor": "left", "y": 1.0, "yanchor": "bottom"},
    }


def values(dark: bool, title: str) -> dict[str, Any]:
    """Return an axis of figures with its zero."""
    return {
        "title": {"text": title, "font": {"size": 12}},
        "gridcolor": GRID,
        "zeroline": True,
        "zerolinecolor": ink(dark),
        "zerolinewidth": 1,
        "fixedrange": True,
        "automargin": True,
        "tickformat": ",~f",
        "exponentformat": "none",
    }


def categories() -> dict[str, Any]:
    """Return an axis of names, the first on top."""
    return {
        "autorange": "reversed", "fixedrange": True, "automargin": True, "showgrid": False,
        "ticks": "", "tickfont": {"size": 11.5},
    }  # fmt: skip
