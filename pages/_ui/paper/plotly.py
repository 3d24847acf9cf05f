"""Charts of a document as Plotly figures for a page."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from html import escape
from typing import Any

import pandas as pd

from indicators.records import Indicator, Text
from pages._ui import charts, colours
from pages._ui.paper import drawing
from pages._ui.paper.model import Bar, Line, Lines, Rows

Drawn = dict[str, Any]
ROW, LINE, GAP = 24, 16, 6  # pixels of a row, of a line of a heading, below it
TOP, BOTTOM, LETTER = 40, 28, 6.6  # pixels above and below, and of a letter
HEAD_WIDE, HEAD_NARROW = 110, 46  # letters of a heading in one line
WIDE, NARROW = 46, 22  # letters of a row's name in one line
SYMBOLS = ("circle", "square", "triangle-up", "diamond")
MARK = 11  # pixels of a mark that stands for itself
NBSP = "\N{NO-BREAK SPACE}"
NOTHING = Text("", "")


def figure(chart: Lines | Rows, language: str, narrow: bool, dark: bool) -> Drawn:
    """Return a chart as data and layout."""
    if isinstance(chart, Lines):
        return _lines(chart, language, dark)
    return _rows(chart, language, narrow, dark)


def _lines(chart: Lines, language: str, dark: bool) -> Drawn:
    """Return lines as the trends of other pages draw them."""
    rows = [_point_row(chart, line, position) for position, line in enumerate(chart.lines)]
    frame = pd.DataFrame([row for of_line in rows for row in of_line])
    names = [(str(position), _safe(line.name)) for position, line in enumerate(chart.lines)]
    palette = colours.LINES_DARK if dark else colours.LINES
    lines = [palette[line.look % len(palette)] for line in chart.lines]
    drawn = charts.trend(_indicator(chart), frame, names, language, dark, lines)
    return drawn | {"data": _by_kind(chart, drawn["data"])}


def _by_kind(chart: Lines, traces: Sequence[Drawn]) -> list[Drawn]:
    """Return traces as their kind asks for; figures last, so that nothing lies upon them."""
    kinds = {line.name: line.kind for line in chart.lines if line.kind != "figures"}
    for trace in traces:
        if kinds.get(trace["name"]) == "course":
            trace["mode"] = "lines"
        elif trace["name"] in kinds:
            trace["mode"] = "markers"
            trace["marker"] |= {"symbol": "diamond", "size": MARK}
    return sorted(traces, key=lambda trace: trace["name"] not in kinds)


def _point_row(chart: Lines, line: Line, position: int) -> list[Drawn]:
    return [
        {
            "area_id": str(position),
            "year": point.year,
            "value": point.value,
            "lower": point.lower,
            "upper": point.upper,
            "mark": point.mark,
            "qualifier": "break" if point.year in chart.breaks else "",
        }
        for point in line.points
    ]


def _indicator(chart: Lines) -> Indicator:
    return Indicator(
        id="", theme="", position=0, name=NOTHING, short=NOTHING, description=NOTHING,
        formula=NOTHING, unit=chart.unit, decimals=chart.decimals, direction="neutral",
        display="rate", scheme="sequential", caveats=NOTHING, reference=NOTHING,
    )  # fmt: skip


def _rows(chart: Rows, language: str, narrow: bool, dark: bool) -> Drawn:
    ink = "#e6ebf0" if dark else colours.INK
    palette = colours.LINES_DARK if dark else colours.LINES
    places, heads, depth = _places(chart.rows, narrow)
    drawn = [
        trace
        for place, row in zip(places, chart.rows, strict=True)
        for trace in _marks(chart, row, place, palette[row.look % len(palette)][0], ink)
    ]
    return {"data": drawn, "layout": _layout(chart, places, heads, depth, language, narrow, ink)}


def _places(
    rows: Sequence[Bar], narrow: bool
) -> tuple[list[float], list[tuple[float, str]], float]:
    """Return the middle of each row, the headings with their upper edge, and the depth."""
    places, heads, depth, group = [], [], 0.0, ""
    for row in rows:
        if row.group and row.group != group:
            lines = textwrap.wrap(row.group, HEAD_NARROW if narrow else HEAD_WIDE)
            heads.append((depth, "<br>".join(map(_safe, lines))))
            depth += LINE * len(lines) + GAP
        group = row.group
        tall = ROW + LINE * (len(_wrapped(row, narrow)) - 1)
        places.append(depth + tall / 2)
        depth += tall
    return places, heads, depth


def _marks(chart: Rows, row: Bar, place: float, colour: str, ink: str) -> list[Drawn]:
    on = {"type": "scatter", "hoverinfo": "skip", "showlegend": False}
    if row.lower is None or row.upper is None:
        return [_words(on, chart.base or 0.0, place, row, ink)]
    exact = row.lower == row.upper
    if not exact:
        line = {"color": colours.paler(colour), "width": 9}
        mark = {"mode": "lines", "x": [row.lower, row.upper], "y": [place] * 2, "line": line}
    elif chart.base is not None:
        line = {"color": colour, "width": 12}
        mark = {"mode": "lines", "x": [chart.base, row.upper], "y": [place] * 2, "line": line}
    else:
        marker = {"color": colour, "size": 10, "symbol": SYMBOLS[row.look % len(SYMBOLS)]}
        mark = {"mode": "markers", "x": [row.lower], "y": [place], "marker": marker}
    end = row.lower if row.upper < 0 else row.upper
    return [on | mark, _words(on, end, place, row, ink)]


def _words(on: Drawn, x: float, y: float, row: Bar, ink: str) -> Drawn:
    left = row.upper is not None and row.upper < 0
    gap = NBSP * 2
    return on | {
        "mode": "text",
        "x": [x],
        "y": [y],
        "text": [f"{_safe(row.text)}{gap}" if left else f"{gap}{_safe(row.text)}"],
        "textposition": "middle left" if left else "middle right",
        "textfont": {"color": ink},
        "cliponaxis": False,
    }


def _layout(
    chart: Rows,
    places: Sequence[float],
    heads: Sequence[tuple[float, str]],
    depth: float,
    language: str,
    narrow: bool,
    ink: str,
) -> Drawn:
    axis = drawing.rows_axis(chart)
    reach = axis.high - axis.low
    room = max((len(row.text) for row in chart.rows), default=0) * (0.03 if narrow else 0.011)
    low = axis.low - reach * room if axis.low < 0 else axis.low
    several = any(row.look for row in chart.rows)
    names = [_name(row, narrow, several) for row in chart.rows]
    left = _left(names)
    corner = [_head(depth, words, left, ink) for depth, words in heads]
    return {
        "height": round(depth + TOP + BOTTOM),
        "margin": {"l": left, "r": 8, "t": TOP, "b": BOTTOM},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": "Arial, Helvetica, sans-serif", "color": ink, "size": 12.5},
        "showlegend": False,
        "hovermode": False,
        "xaxis": {
            "range": [low, axis.high + reach * room],
            "tickmode": "array",
            "tickvals": list(axis.ticks),
            "ticktext": [axis.label(tick, chart.decimals, language) for tick in axis.ticks],
            "gridcolor": "rgba(128,140,150,0.25)",
            "zeroline": chart.base is not None,
            "zerolinecolor": ink,
            "fixedrange": True,
        },
        "yaxis": {
            "range": [depth, 0],
            "tickmode": "array",
            "tickvals": list(places),
            "ticktext": names,
            "showgrid": False,
            "zeroline": False,
            "fixedrange": True,
        },
        "shapes": [] if chart.line is None else [_line(chart.line, ink)],
        "annotations": [_unit(chart.unit, left, narrow), *corner],
    }


def _left(names: Sequence[str]) -> int:
    """Return how many pixels the names of the rows take; headings begin at their left edge."""
    bare = (re.sub("<[^>]+>", "", part) for name in names for part in name.split("<br>"))
    return 10 + round(LETTER * max((len(part) for part in bare), default=0))


def _name(row: Bar, narrow: bool, several: bool) -> str:
    """Return the name of a row; that of the subject among others stands out."""
    name = "<br>".join(map(_safe, _wrapped(row, narrow)))
    return f"<b>{name}</b> " if several and row.look == 0 else f"{name} "


def _wrapped(row: Bar, narrow: bool) -> list[str]:
    return textwrap.wrap(row.name, NARROW if narrow else WIDE) or [""]


def _safe(words: str) -> str:
    """Return words that Plotly shows as they stand."""
    return escape(words, quote=False)


def _line(at: float, ink: str) -> Drawn:
    line = {"color": ink, "width": 1, "dash": "dash"}
    return {"type": "line", "x0": at, "x1": at, "yref": "paper", "y0": 0, "y1": 1, "line": line}


def _unit(words: str, left: int, narrow: bool) -> Drawn:
    lines = textwrap.wrap(words, HEAD_NARROW) if narrow else [words]
    where = {"yref": "paper", "y": 1, "yanchor": "bottom", "yshift": 2}
    return _edge(left) | where | {"text": "<br>".join(map(_safe, lines))}


def _head(place: float, words: str, left: int, ink: str) -> Drawn:
    where = {"yref": "y", "y": place, "yanchor": "top"}
    return _edge(left) | where | {"text": f"<b>{words}</b>", "font": {"color": ink, "size": 12.5}}


def _edge(left: int) -> Drawn:
    """Return an annotation that begins at the left edge of the chart."""
    where = {"xref": "paper", "x": 0, "xshift": 4 - left, "xanchor": "left"}
    return where | {"align": "left", "showarrow": False}
