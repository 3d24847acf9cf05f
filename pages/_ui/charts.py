"""Trends as Plotly figures and as small drawings; a year without a figure is a gap."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any

import pandas as pd

from indicators.records import Indicator
from pages._ui import colours
from pages._ui.i18n import Texts
from pages._ui.numbers import Figure, cell, unit_text

Row = dict[Hashable, Any]
FULL_TICKS = 8  # years that find room in a card
LINE = 16  # pixels of a line of text above the axis


def years_of(frame: pd.DataFrame) -> list[int]:
    """Return every year between the first and the last of a series, gaps included."""
    if frame.empty:
        return []
    return list(range(int(frame["year"].min()), int(frame["year"].max()) + 1))


def figures_of(frame: pd.DataFrame, area: str) -> dict[int, Figure]:
    """Return year -> figure of one area."""
    rows = frame[frame["area_id"] == area].to_dict("records")
    return {int(row["year"]): Figure.of(row) for row in rows}


def values_of(frame: pd.DataFrame, area: str) -> list[tuple[int, float]]:
    """Return (year, value) of one area for the years that have a value, ascending."""
    figures = figures_of(frame, area)
    return [(year, f.value) for year, f in sorted(figures.items()) if f.value is not None]


def breaks_of(frame: pd.DataFrame, area: str) -> set[int]:
    """Return the years from which on another method holds for one area, with a value or not."""
    return {year for year, figure in figures_of(frame, area).items() if is_break(figure)}


def is_break(figure: Figure) -> bool:
    """Return whether a figure cannot be compared with those of earlier years."""
    return "break" in figure.qualifier.split(";")


def trend(
    indicator: Indicator,
    frame: pd.DataFrame,
    names: Sequence[tuple[str, str]],
    language: str,
    dark: bool = False,
    lines: Sequence[tuple[str, str]] = (),
) -> dict[str, Any]:
    """Return a line chart of the areas in `names` (area key, name), the first one drawn bold.

    `lines` are colours and dashes for more areas than those of a card.

    Missing years interrupt a line and are never interpolated; secret values with bounds are
    bars from lower to upper; years with a break of the series carry a dotted line.
    """
    years = years_of(frame)
    palette = lines or (colours.LINES_DARK if dark else colours.LINES)
    traces: list[dict[str, Any]] = []
    broken: set[int] = set()
    for position, (area, name) in enumerate(names):
        figures = figures_of(frame, area)
        line = palette[position % len(palette)]
        traces.append(_line(indicator, figures, years, name, line, position == 0, language))
        traces += _intervals(figures, line[0], Texts(language)("trend.interval", name=name))
        broken |= breaks_of(frame, area)
    layout = _layout(indicator, years, sorted(broken), language, dark)
    layout["height"] += 2 * LINE * max(len(traces) - len(names), 0)  # bars have long names
    drawn = [y for trace in traces for y in trace["y"] if y is not None]
    if cut_off(drawn, len(years)):
        layout["annotations"][0]["text"] += f"<br>{Texts(language)('trend.cut_off')}"
        layout["margin"]["t"] += LINE
    elif drawn and min(drawn) > 0:
        layout["yaxis"]["rangemode"] = "tozero"
    return {"data": traces, "layout": layout}


def cut_off(drawn: Sequence[float], years: int) -> bool:
    """Return whether the axis of a trend leaves out zero: only where all figures are far from it.

    A reader must be told then, because the line looks steeper than the change is.
    """
    return years > 1 and bool(drawn) and min(drawn) > max(drawn) / 2


def _line(
    indicator: Indicator,
    figures: dict[int, Figure],
    years: Sequence[int],
    name: str,
    line: tuple[str, str],
    bold: bool,
    language: str,
) -> dict[str, Any]:
    nothing = Figure(None, mark="missing")
    shown = [figures.get(year, nothing) for year in years]
    words = [cell(figure, indicator.decimals, indicator.unit, language) for figure in shown]
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": name,
        "x": list(years),
        "y": [figure.value for figure in shown],
        "text": words,
        "hovertemplate": f"{name} %{{x}}: %{{text}}<extra></extra>",
        "connectgaps": False,
        "line": {"color": line[0], "dash": line[1], "width": 3 if bold else 1.8},
        "marker": {"size": 6 if bold else 4, "color": line[0]},
    }


def _intervals(figures: dict[int, Figure], colour: str, name: str) -> list[dict[str, Any]]:
    bars = [
        (year, figure.lower, figure.upper)
        for year, figure in sorted(figures.items())
        if figure.value is None and figure.lower is not None and figure.upper is not None
    ]
    if not bars:
        return []
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "name": name,
            "x": [x for year, _, _ in bars for x in (year, year, None)],
            "y": [y for _, lower, upper in bars for y in (lower, upper, None)],
            "line": {"color": colour, "width": 5},
            "opacity": 0.45,
            "hoverinfo": "skip",
        }
    ]


def _layout(
    indicator: Indicator, years: Sequence[int], broken: Sequence[int], language: str, dark: bool
) -> dict[str, Any]:
    t = Texts(language)
    ink = "#e6ebf0" if dark else colours.INK
    grid = "rgba(128,140,150,0.25)"
    span = len(years)
    return {
        "height": 300,
        "margin": {"l": 8, "r": 12, "t": 34, "b": 8},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": "Arial, Helvetica, sans-serif", "color": ink, "size": 12.5},
        "separators": ",." if language == "de" else ".,",
        "legend": {"orientation": "h", "x": 0, "y": -0.12, "yanchor": "top"},
        "hovermode": "closest",
        "xaxis": {
            "tickmode": "linear",
            "tick0": years[-1] if years else 0,
            "dtick": max(1, -(-span // FULL_TICKS)),
            "tickformat": "d",
            "tickangle": 0,
            "automargin": True,
            "showgrid": False,
            "range": [years[0] - 0.5, years[-1] + 0.5] if years else None,
            "fixedrange": True,
            "linecolor": grid,
        },
        "yaxis": {
            "automargin": True,
            "gridcolor": grid,
            "zerolinecolor": ink,
            "zerolinewidth": 1,
            "fixedrange": True,
            "tickformat": ",~f",  # 35.000, never 35k
            "exponentformat": "none",
        },
        "shapes": [_break_line(year, ink) for year in broken],
        "annotations": [
            _corner(unit_text(indicator.unit, language), 0, 0),
            *(_note(year, t("trend.break"), ink, years) for year in broken[:1]),
        ],
    }


def _break_line(year: int, ink: str) -> dict[str, Any]:
    """Mark a break between the year before and the year from which the new method holds."""
    return {
        "type": "line",
        "x0": year - 0.5,
        "x1": year - 0.5,
        "yref": "paper",
        "y0": 0,
        "y1": 1,
        "line": {"dash": "dot", "width": 1, "color": ink},
    }


def _note(year: int, text: str, ink: str, years: Sequence[int]) -> dict[str, Any]:
    late = year - years[0] > len(years) / 2  # at the right edge the word would be cut off
    return {
        "x": year - 0.5,
        "y": 1,
        "yref": "paper",
        "xanchor": "right" if late else "left",
        "yanchor": "top",
        "showarrow": False,
        "text": text,
        "font": {"size": 11, "color": ink},
    }


def _corner(text: str, x: float, shift: float) -> dict[str, Any]:
    return {
        "xref": "paper",
        "yref": "paper",
        "x": x,
        "y": 1,
        "xanchor": "left",
        "yanchor": "bottom",
        "yshift": 4 + shift,
        "align": "left",
        "showarrow": False,
        "text": text,
    }
