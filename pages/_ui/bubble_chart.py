"""The bubble chart of an area as a Plotly figure: places, sizes, colours, labels, axes."""

from __future__ import annotations

import math
import re
import textwrap
from typing import Any

from pages._ui import colours, labels
from pages._ui.i18n import Texts
from pages._ui.numbers import number
from pages._ui.tables import Row

HEIGHT, WIDE, NARROW = 560, 700, 300  # pixels of the plot; it may be wider, never narrower
LARGEST, SMALLEST = 30.0, 3.0  # radius in pixels
Span = tuple[float, float, float, float]  # axes: log of lowest and highest LQ, growth
LOWEST_LQ = 0.1
CALM, STEEPEST = 10.0, 100.0  # percent in five years: at least shown, at most shown
FEW = {"light": "#b4bac0", "dark": "#5c6670"}
LEAD = {"light": "#55616d", "dark": "#b9c0c7"}
ABOVE, BELOW = "#6a4c9c", "#c9731a"
LETTERS, LABELLED = 36, 10
LOOSE_END = re.compile(r"(,| \w{1,3}|-)*$")  # a cut name does not end in a comma or a short word


def draw(
    rows: list[Row], hover: list[str], against: str, narrow: bool, dark: bool, t: Texts
) -> dict[str, Any]:
    """Return the figure of rows that a bubble can show, the largest first.

    `hover` has one text per row; `against` is the benchmark as it stands in a sentence.
    """
    low, high = _span([math.log10(max(float(row["lq"]), LOWEST_LQ)) for row in rows], 0.12, 0.0)
    down, up = _span([clamped(float(row["growth"])) for row in rows], 9.0, CALM)
    span = (low, high, down, up)
    width = NARROW if narrow else WIDE
    most = max(float(row["persons"]) for row in rows)
    where = {str(row["code"]): _spot(row, span, width, most, t) for row in rows}
    ink = "#e6ebf0" if dark else colours.INK
    first = prominent(rows)
    others = [spot for code, spot in where.items() if code not in first]
    texts = labels.place([where[code] for code in first], width, HEIGHT, others)
    layout = _layout(span, ink, against, t)
    layout["annotations"] += beside(texts, span, width, dark)
    return {"data": [_bubbles(rows, where, hover, dark)], "layout": layout}


def clamped(growth: float) -> float:
    """Return the growth as the axis shows it; what is steeper stands at its edge."""
    return max(-STEEPEST, min(growth, STEEPEST))


def _span(values: list[float], room: float, least: float) -> tuple[float, float]:
    return min([*values, -least]) - room, max([*values, least]) + room


def _spot(row: Row, span: Span, width: float, most: float, t: Texts) -> labels.Bubble:
    low, high, down, up = span
    across = math.log10(max(float(row["lq"]), LOWEST_LQ))
    return labels.Bubble(
        (across - low) / (high - low) * width,
        (up - clamped(float(row["growth"]))) / (up - down) * HEIGHT,
        max(LARGEST * math.sqrt(float(row["persons"]) / most), SMALLEST),
        short(str(row[f"name_{t.language}"])),
    )


def short(name: str) -> str:
    """Return a name that fits beside a bubble, cut after a whole word."""
    cut = textwrap.shorten(name, LETTERS, placeholder="")
    return name if cut == name else f"{LOOSE_END.sub('', cut)} …"


def prominent(rows: list[Row]) -> list[str]:
    """Return the codes that get a label if there is room: specialised and large ones in turn.

    Codes that rest on few persons get none while there are others.
    """
    sure = [row for row in rows if not row["few"]] or rows
    by_lq = sorted(sure, key=lambda row: -float(row["lq"]))[:LABELLED]
    by_size = sorted(sure, key=lambda row: -float(row["persons"]))[:LABELLED]
    turns = [row for pair in zip(by_lq, by_size, strict=True) for row in pair]
    return list(dict.fromkeys(str(row["code"]) for row in turns))


def _bubbles(
    rows: list[Row], where: dict[str, labels.Bubble], hover: list[str], dark: bool
) -> dict[str, Any]:
    few = FEW["dark" if dark else "light"]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [max(float(row["lq"]), LOWEST_LQ) for row in rows],
        "y": [clamped(float(row["growth"])) for row in rows],
        "text": hover,
        "hovertemplate": "%{text}<extra></extra>",
        "cliponaxis": False,
        "marker": {
            "size": [round(2 * where[str(row["code"])].radius, 1) for row in rows],
            "color": [few if row["few"] else ABOVE if row["lq"] >= 1 else BELOW for row in rows],
            "opacity": 0.75,
            "line": {"width": 0.8, "color": colours.SHEET},
        },
    }


def beside(texts: list[labels.Label], span: Span, width: float, dark: bool) -> list[dict[str, Any]]:
    """Return labels as annotations of a plot of that width, `HEIGHT` high."""
    low, high, down, up = span
    return [
        {
            "x": low + label.x / width * (high - low),  # an annotation on a log axis is a power
            "y": up - label.y / HEIGHT * (up - down),
            "xanchor": label.anchor,
            "yanchor": "middle",
            "text": label.text,
            "borderpad": 0,
            "bgcolor": "rgba(20,26,33,0.6)" if dark else "rgba(255,255,255,0.65)",
            "font": {"size": 11.5},
            **_away(label, dark),
        }
        for label in texts
    ]


def _away(label: labels.Label, dark: bool) -> dict[str, Any]:
    """Return how an annotation keeps its distance, with a leading line where it is far."""
    if not label.led:
        return {"showarrow": False, "xshift": label.across, "yshift": -label.down}
    line = {"arrowhead": 0, "arrowwidth": 0.8, "arrowcolor": LEAD["dark" if dark else "light"]}
    return {"showarrow": True, "ax": label.across, "ay": label.down, **line}


def _layout(span: Span, ink: str, against: str, t: Texts) -> dict[str, Any]:
    low, high, down, up = span
    grid = "rgba(128,140,150,0.25)"
    ticks = [tick for tick in (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100) if
             low <= math.log10(tick) <= high]  # fmt: skip
    return {
        "height": HEIGHT + 90,
        "margin": {"l": 8, "r": 12, "t": 30, "b": 8},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": "Arial, Helvetica, sans-serif", "color": ink, "size": 12.5},
        "separators": ",." if t.language == "de" else ".,",
        "showlegend": False,
        "hovermode": "closest",
        "hoverlabel": {"align": "left"},
        "xaxis": {
            "type": "log",
            "range": [low, high],
            "tickvals": ticks,
            "ticktext": [number(tick, 1 if tick < 1 else 0, t.language) for tick in ticks],
            "title": {"text": t("staerken.bubbles.x", against=against), "font": {"size": 12}},
            "gridcolor": grid,
            "fixedrange": True,
            "automargin": True,
        },
        "yaxis": {
            "range": [down, up],
            "gridcolor": grid,
            "zeroline": True,
            "zerolinecolor": ink,
            "zerolinewidth": 1,
            "fixedrange": True,
            "automargin": True,
        },
        "shapes": [
            {"type": "line", "x0": 1, "x1": 1, "yref": "paper", "y0": 0, "y1": 1,
             "line": {"color": ink, "width": 1, "dash": "dot"}}
        ],
        "annotations": [
            {"xref": "paper", "yref": "paper", "x": 0, "y": 1, "xanchor": "left",
             "yanchor": "bottom", "yshift": 6, "showarrow": False, "text": t("staerken.bubbles.y")}
        ],
    }  # fmt: skip
