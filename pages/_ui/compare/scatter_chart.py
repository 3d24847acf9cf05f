"""The scatter as a Plotly figure: dots, highlighted areas with names, bars for intervals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pages._ui import bubble_chart, colours, labels, rungs
from pages._ui.bubble_chart import HEIGHT, NARROW, WIDE
from pages._ui.compare import palette

if TYPE_CHECKING:
    from pages._ui.compare.scatter import Pair

ROOM = 0.06  # of the span of an axis, left free at either end
DOT, PICKED = 6, 12
GREY = {False: "#9aa3ac", True: "#6c7782"}


@dataclass(frozen=True)
class Style:
    """Language, width and ground of the page."""

    language: str
    narrow: bool
    dark: bool


def draw(
    dots: Sequence[tuple[Pair, str]],
    picked: Sequence[tuple[Pair, str]],
    titles: Sequence[str],
    style: Style,
) -> dict[str, Any]:
    """Return the figure; every pair comes with the text that the pointer shows."""
    lines = palette.lines(len(picked), style.dark)
    shown = [(pair, hover, line) for (pair, hover), line in zip(picked, lines, strict=True)
             if pair.drawable]  # fmt: skip
    span = (*_span(pair.across for pair, _ in (*dots, *((p, h) for p, h, _ in shown))),
            *_span(pair.up for pair, _ in (*dots, *((p, h) for p, h, _ in shown))))  # fmt: skip
    traces = [_dots(dots, style), *(_bars(pair, line[0]) for pair, _, line in shown
                                    if not pair.exact)]  # fmt: skip
    traces.append(_picked([entry for entry in shown if entry[0].exact], style))
    layout = _layout(span, titles, style)
    layout["annotations"] += _names([pair for pair, _, _ in shown], span, style)
    return {"data": traces, "layout": layout}


def _span(figures: Any) -> tuple[float, float]:
    ends = [end for figure in figures for end in rungs.ends(figure) or ()]
    room = (max(ends) - min(ends)) * ROOM or 1.0
    return min(ends) - room, max(ends) + room


def _dots(dots: Sequence[tuple[Pair, str]], style: Style) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [pair.across.value for pair, _ in dots],
        "y": [pair.up.value for pair, _ in dots],
        "text": [hover for _, hover in dots],
        "hovertemplate": "%{text}<extra></extra>",
        "marker": {"size": DOT, "color": GREY[style.dark], "opacity": 0.65},
    }


def _picked(shown: Sequence[tuple[Pair, str, tuple[str, str]]], style: Style) -> dict[str, Any]:
    five = len(palette.SYMBOLS)
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [pair.across.value for pair, _, _ in shown],
        "y": [pair.up.value for pair, _, _ in shown],
        "text": [hover for _, hover, _ in shown],
        "hovertemplate": "%{text}<extra></extra>",
        "marker": {
            "size": PICKED,
            "color": [line[0] for _, _, line in shown],
            "symbol": [palette.SYMBOLS[place % five] for place in range(len(shown))],
            "line": {"width": 1.5, "color": "#ffffff" if not style.dark else "#141a21"},
        },
    }


def _bars(pair: Pair, colour: str) -> dict[str, Any]:
    """Return what an area with an interval covers: a bar, or the rim of a rectangle."""
    (left, right), (low, high) = rungs.ends(pair.across) or (0, 0), rungs.ends(pair.up) or (0, 0)
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [left, right, right, left, left],
        "y": [low, low, high, high, low],
        "line": {"color": colour, "width": 4},
        "opacity": 0.6,
        "hoverinfo": "skip",
    }


def _names(pairs: Sequence[Pair], span: bubble_chart.Span, style: Style) -> list[dict[str, Any]]:
    low, high, down, up = span
    width = NARROW if style.narrow else WIDE

    def spot(pair: Pair) -> labels.Bubble:
        across, height = (sum(rungs.ends(one) or (0, 0)) / 2 for one in (pair.across, pair.up))
        return labels.Bubble(
            (across - low) / (high - low) * width,
            (up - height) / (up - down) * HEIGHT,
            PICKED / 2,
            bubble_chart.short(pair.name),
        )

    placed = labels.place([spot(pair) for pair in pairs], width, HEIGHT)
    found = bubble_chart.beside(placed, span, width, style.dark)
    for entry in found:
        entry["text"] = _harmless(entry["text"])
    return found


def _harmless(name: str) -> str:
    return name.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _layout(span: bubble_chart.Span, titles: Sequence[str], style: Style) -> dict[str, Any]:
    low, high, down, up = span
    ink = "#e6ebf0" if style.dark else colours.INK
    grid = "rgba(128,140,150,0.25)"
    axis = {"gridcolor": grid, "zerolinecolor": grid, "fixedrange": True, "automargin": True,
            "tickformat": ",~f"}  # fmt: skip
    above = {"xref": "paper", "yref": "paper", "x": 0, "y": 1, "xanchor": "left",
             "yanchor": "bottom", "yshift": 6, "showarrow": False, "align": "left"}  # fmt: skip
    return {
        "height": HEIGHT + 90,
        "margin": {"l": 8, "r": 12, "t": 40, "b": 8},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": "Arial, Helvetica, sans-serif", "color": ink, "size": 12.5},
        "separators": ",." if style.language == "de" else ".,",
        "showlegend": False,
        "hovermode": "closest",
        "hoverlabel": {"align": "left"},
        "xaxis": axis | {"range": [low, high], "title": {"text": _wrapped(titles[0], style)}},
        "yaxis": axis | {"range": [down, up]},
        "annotations": [above | {"text": _wrapped(titles[1], style)}],
    }


def _wrapped(title: str, style: Style) -> str:
    """Return a title in lines that fit a narrow window."""
    lines: list[str] = [""]
    for word in title.split(" "):
        if len(lines[-1]) + len(word) > (40 if style.narrow else 110):
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return "<br>".join(lines)
