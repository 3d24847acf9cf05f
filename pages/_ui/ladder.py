"""The ladder as one chart: every rung for the chosen area beside the larger ones."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import ROUND_CEILING, ROUND_FLOOR
from itertools import groupby
from typing import Any

from pages._ui import colours, rungs
from pages._ui.i18n import Texts
from pages._ui.numbers import NBSP, number, outwards
from pages._ui.rungs import Step

ROW, HEAD_LINE, GAP, LETTER = 24, 18, 14, 6.6
WIDE, NARROW = 120, 50  # characters of a heading
# Chosen area, region, Saxony, Germany: colour and symbol, so that neither stands alone.
LOOKS = {
    "chosen": ("#0072b2", "#56b4e9", "circle"),
    "145": ("#d55e00", "#f0a04b", "diamond"),
    "14": ("#00795a", "#35c99d", "square"),
    "DG": ("#5c6670", "#b9c0c7", "x"),
    "other": ("#8a6d9b", "#c3a5d6", "circle-open"),
}


@dataclass
class Rows:
    """Rows from the top down: pixel positions, names, and headings."""

    depth: float = 0
    places: list[tuple[float, Step]] = field(default_factory=list)
    heads: list[tuple[float, str]] = field(default_factory=list)


def chart(
    steps: Sequence[Step],
    base: str,
    names: dict[str, str],
    chosen: str,
    language: str,
    narrow: bool,
    dark: bool,
) -> dict[str, Any]:
    """Return the figure: points for values, bars for intervals, rung 5 on an axis of its own."""
    shares = _rows([step for step in steps if step.rung < 5], base, language, narrow)
    index = _rows([step for step in steps if step.rung == 5], base, language, narrow)
    axis = 58
    left = _left(steps, names)
    room = 1.65 if narrow else 1.22  # beyond the highest figure, for its label
    height = shares.depth + axis + index.depth + axis
    ink = "#e6ebf0" if dark else colours.INK
    traces = [*_traces(shares, "", chosen, language, dark, ink)]
    traces += _traces(index, "2", chosen, language, dark, ink)
    split = (index.depth + axis) / height
    layout = {
        "height": height + 10,
        "margin": {"l": left, "r": 8, "t": 4, "b": 6},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": "Arial, Helvetica, sans-serif", "color": ink, "size": 12.5},
        "showlegend": False,
        "hovermode": "closest",
        "annotations": [*_heads(shares, "y", left, ink), *_heads(index, "y2", left, ink)],
        **_axes("", shares, (split + axis / height, 1), names, room, language),
        **_axes("2", index, (axis / height, split), names, room, language),
    }
    return {"data": traces, "layout": layout}


def _rows(steps: Sequence[Step], base: str, language: str, narrow: bool) -> Rows:
    rows = Rows()
    for _, group in groupby(steps, key=lambda step: step.rung):
        members = list(group)
        title = heading(members[0], base, Texts(language))
        lines = textwrap.wrap(title, NARROW if narrow else WIDE)
        rows.heads.append((rows.depth, "<b>" + "<br>".join(lines).replace(":", ":</b>", 1)))
        rows.depth += HEAD_LINE * len(lines) + 4
        for step in members:
            rows.places.append((rows.depth + ROW / 2, step))
            rows.depth += ROW
        rows.depth += GAP
    return rows


def heading(step: Step, base: str, t: Texts) -> str:
    """Return what a rung counts and what it is set against."""
    kind = rungs.base_of(step.rung, base)
    return t(f"automobil.ladder.{step.rung}.{kind}", first=step.first or "")


def _traces(
    rows: Rows, axis: str, chosen: str, language: str, dark: bool, ink: str
) -> list[dict[str, Any]]:
    on = {"type": "scatter", "xaxis": f"x{axis}", "yaxis": f"y{axis}", "hoverinfo": "skip"}
    traces: list[dict[str, Any]] = []
    for place, step in rows.places:
        limits = rungs.ends(step.figure)
        light, deep, symbol = LOOKS[_look(step.area, chosen)]
        colour = deep if dark else light
        if limits is None:
            words = Texts(language)(f"mark.{step.mark}")
            traces.append(_words(on, 0, place, words, ink))
            continue
        lower, upper = limits
        if step.figure.value is None:
            line = {"color": colour, "width": 9}
            traces.append(
                on | {"mode": "lines", "x": [lower, upper], "y": [place] * 2, "line": line}
            )
        else:
            marker = {"color": colour, "symbol": symbol, "size": 10}
            traces.append(on | {"mode": "markers", "x": [lower], "y": [place], "marker": marker})
        traces.append(_words(on, upper, place, label(step, language), ink))
    return traces


def _look(area: str, chosen: str) -> str:
    if area == chosen:
        return "chosen"
    return area if area in LOOKS else "other"


def _words(on: dict[str, Any], x: float, y: float, words: str, ink: str) -> dict[str, Any]:
    more = {"textposition": "middle right", "textfont": {"color": ink}, "cliponaxis": False}
    return on | {"mode": "text", "x": [x], "y": [y], "text": [f"{NBSP * 3}{words}"], **more}


def label(step: Step, language: str) -> str:
    """Return a figure as it stands in the chart: '48,3' or '0 bis 35'."""
    if step.figure.value is not None:
        return number(step.figure.value, 0 if step.rung == 5 else 1, language)
    limits = rungs.ends(step.figure)
    if limits is None:
        return Texts(language)(f"mark.{step.mark}")
    lower, upper = outer(*limits, language)
    return Texts(language)("automobil.ladder.range", lower=lower, upper=upper)


def outer(lower: float, upper: float, language: str) -> tuple[str, str]:
    """Return both ends of an interval with one decimal, rounded outwards."""
    low, high = outwards(lower, 1, ROUND_FLOOR), outwards(upper, 1, ROUND_CEILING)
    return number(low, 1 if low else 0, language), number(high, 1, language)


def _left(steps: Sequence[Step], names: dict[str, str]) -> int:
    """Return how many pixels the names of the rows take; headings begin at their left edge."""
    return 10 + round(LETTER * max((len(_row_name(step, names)) for step in steps), default=0))


def _heads(rows: Rows, axis: str, left: int, ink: str) -> list[dict[str, Any]]:
    return [
        {
            "xref": "paper",
            "x": 0,
            "xshift": 4 - left,
            "xanchor": "left",
            "yref": axis,
            "y": place,
            "yanchor": "top",
            "align": "left",
            "showarrow": False,
            "text": text,
            "font": {"color": ink, "size": 13},
        }
        for place, text in rows.heads
    ]


def _axes(
    axis: str,
    rows: Rows,
    domain: tuple[float, float],
    names: dict[str, str],
    room: float,
    language: str,
) -> dict[str, Any]:
    uppers = [limits[1] for _, step in rows.places if (limits := rungs.ends(step.figure))]
    title = Texts(language)(f"automobil.ladder.axis.{'index' if axis else 'share'}")
    return {
        f"xaxis{axis}": {
            "anchor": f"y{axis}",
            "range": [0, max([*uppers, 1]) * room],
            "title": {"text": title, "font": {"size": 12}, "standoff": 4},
            "gridcolor": "rgba(128,140,150,0.25)",
            "zeroline": True,
            "zerolinecolor": "rgba(128,140,150,0.6)",
            "fixedrange": True,
        },
        f"yaxis{axis}": {
            "anchor": f"x{axis}",
            "domain": list(domain),
            "range": [rows.depth, 0],
            "tickmode": "array",
            "tickvals": [place for place, _ in rows.places],
            "ticktext": [_row_name(step, names) for _, step in rows.places],
            "showgrid": False,
            "zeroline": False,
            "fixedrange": True,
        },
    }


def _row_name(step: Step, names: dict[str, str]) -> str:
    return f"{names[step.area]} {step.year or ''} "
