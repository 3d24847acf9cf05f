"""Specialisation × growth × size of an area as bubbles, and the table behind them."""

from __future__ import annotations

import math
import re
import textwrap
from typing import Any

import streamlit as st

from pages._ui import colours, labels, map_words, places, strength_data, tables
from pages._ui.card import CHART_CONFIG
from pages._ui.i18n import Texts
from pages._ui.numbers import known, number
from pages._ui.ready import ReadyFigure
from pages._ui.shell import Page
from pages._ui.strength_state import StrengthView
from pages._ui.tables import Row

HEIGHT, WIDE, NARROW = 560, 700, 300  # pixels of the plot; it may be wider, never narrower
LARGEST, SMALLEST = 30.0, 3.0  # radius in pixels
LOWEST_LQ = 0.1
CALM, STEEPEST = 10.0, 100.0  # percent in five years: at least shown, at most shown
FEW = {"light": "#b4bac0", "dark": "#5c6670"}
ABOVE, BELOW = "#6a4c9c", "#c9731a"
LETTERS, LABELLED = 36, 10
LOOSE_END = re.compile(r"(,| \w{1,3}|-)*$")  # a cut name does not end in a comma or a short word


def show(page: Page, view: StrengthView) -> None:
    """Draw the bubbles of the area, or say why there are none."""
    t = page.t
    rows: list[Row] = strength_data.area(page.path, view.area, view.kind, view.year).to_dict(
        "records"
    )
    names = places.names(page.path, page.language, "name")
    drawn = drawable(rows)
    if drawn:
        figure, alt = build(page.path, view, page.language, page.narrow, page.dark)
        st.plotly_chart(
            ReadyFigure(figure), key="bubbles", theme=None, config=CHART_CONFIG, alt=alt
        )
        st.markdown(alt)
    else:
        st.info(t("staerken.bubbles.none", year=view.year))
    with st.expander(t("staerken.bubbles.table")):
        caption = f"{names[view.area]}, {view.year}"
        st.html(table(rows, view.kind, caption, t))


def drawable(rows: list[Row]) -> list[Row]:
    """Return the rows that a bubble can show: quotient above zero, growth and persons known."""
    return [
        row
        for row in rows
        if known(row["growth"]) is not None
        and (known(row["lq"]) or 0) > 0
        and known(row["persons"])
    ]


def table(rows: list[Row], kind: str, caption: str, t: Texts) -> str:
    """Return all codes of an area as a table, the most specialised first."""
    ordered = sorted(rows, key=lambda row: (-(known(row["lq"]) or -1), str(row["code"])))
    content = [map_words.cells(row, named(row, kind, t), t) for row in ordered]
    head = map_words.columns(t("staerken.code"), t)
    return tables.html_table(head, content, caption, tall=len(rows) > 15)


def named(row: Row, kind: str, t: Texts) -> str:
    """Return the name of a code, with the code itself unless it is a cluster."""
    name = str(row[f"name_{t.language}"])
    return name if kind.startswith("cluster") else f"{row['code']} {name}"


@st.cache_resource(max_entries=64, show_spinner=False)
def build(
    path: str, view: StrengthView, language: str, narrow: bool, dark: bool
) -> tuple[dict[str, Any], str]:
    """Return the figure and what it says in words."""
    t = Texts(language)
    frame = strength_data.area(path, view.area, view.kind, view.year)
    everything: list[Row] = frame.to_dict("records")
    rows = sorted(drawable(everything), key=lambda row: -float(row["persons"]))
    low, high = _span([math.log10(max(float(row["lq"]), LOWEST_LQ)) for row in rows], 0.12, 0.0)
    down, up = _span([clamped(float(row["growth"])) for row in rows], 9.0, CALM)
    width = NARROW if narrow else WIDE
    most = max(float(row["persons"]) for row in rows)
    where = {str(row["code"]): _spot(row, (low, high, down, up), width, most, t) for row in rows}
    ink = "#e6ebf0" if dark else colours.INK
    traces = [_bubbles(rows, where, view.kind, dark, t)]
    texts = labels.place([where[code] for code in prominent(rows)], width, HEIGHT)
    layout = _layout((low, high, down, up), ink, t)
    layout["annotations"] += _labels(texts, (low, high, down, up), width, dark)
    figure = {"data": traces, "layout": layout}
    return figure, said(everything, rows, view.kind, t)


def clamped(growth: float) -> float:
    """Return the growth as the axis shows it; what is steeper stands at its edge."""
    return max(-STEEPEST, min(growth, STEEPEST))


def _span(values: list[float], room: float, least: float) -> tuple[float, float]:
    return min([*values, -least]) - room, max([*values, least]) + room


def _spot(
    row: Row, span: tuple[float, float, float, float], width: float, most: float, t: Texts
) -> labels.Bubble:
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
    rows: list[Row], where: dict[str, labels.Bubble], kind: str, dark: bool, t: Texts
) -> dict[str, Any]:
    few = FEW["dark" if dark else "light"]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [max(float(row["lq"]), LOWEST_LQ) for row in rows],
        "y": [clamped(float(row["growth"])) for row in rows],
        "text": [
            map_words.hover(row | {f"name_{t.language}": named(row, kind, t)}, t) for row in rows
        ],
        "hovertemplate": "%{text}<extra></extra>",
        "cliponaxis": False,
        "marker": {
            "size": [round(2 * where[str(row["code"])].radius, 1) for row in rows],
            "color": [few if row["few"] else ABOVE if row["lq"] >= 1 else BELOW for row in rows],
            "opacity": 0.75,
            "line": {"width": 0.8, "color": colours.SHEET},
        },
    }


def _labels(
    texts: list[labels.Label], span: tuple[float, float, float, float], width: float, dark: bool
) -> list[dict[str, Any]]:
    low, high, down, up = span
    return [
        {
            "x": low + label.x / width * (high - low),  # an annotation on a log axis is a power
            "y": up - label.y / HEIGHT * (up - down),
            "xshift": label.shift,
            "xanchor": label.anchor,
            "yanchor": "middle",
            "showarrow": False,
            "text": label.text,
            "borderpad": 0,
            "bgcolor": "rgba(20,26,33,0.6)" if dark else "rgba(255,255,255,0.65)",
            "font": {"size": 11.5},
        }
        for label in texts
    ]


def _layout(span: tuple[float, float, float, float], ink: str, t: Texts) -> dict[str, Any]:
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
            "title": {"text": t("staerken.bubbles.x"), "font": {"size": 12}},
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


def said(everything: list[Row], rows: list[Row], kind: str, t: Texts) -> str:
    """Return the chart in words: largest, most specialised, and what is not drawn and why."""
    sure = [row for row in rows if not row["few"]] or rows
    top = max(sure, key=lambda row: float(row["lq"]))
    largest = max(sure, key=lambda row: float(row["persons"]))
    secret = sum(row["mark"] == "secret" for row in everything)
    steep = sum(
        abs(float(row["growth"])) > STEEPEST or float(row["lq"]) < LOWEST_LQ for row in rows
    )
    parts = [
        t(
            "staerken.bubbles.said",
            n=len(rows),
            top=named(top, kind, t),
            lq=number(float(top["lq"]), 2, t.language),
            largest=named(largest, kind, t),
            persons=number(float(largest["persons"]), 0, t.language),
        ),
        t("staerken.bubbles.left", secret=secret, others=len(everything) - len(rows) - secret),
        t("staerken.bubbles.steep", n=steep) if steep else "",
    ]
    return " ".join(part for part in parts if part)
