"""The chart of all districts: a dot for a value, a bar for an interval, ours named."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pages._ui import colours, rungs
from pages._ui.i18n import Texts
from pages._ui.numbers import Figure
from pages._ui.tables import Row

OURS, OURS_DARK = "#d55e00", "#f0a04b"
HEIGHT = 380
TICKS, MOST_TICKS = (0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0), 7
MOST = 0.985  # share of districts that must fit
ROOM = 1.7  # times their highest end: where all others are within, they fit too
# Names stand above the plot in steps, the leftmost highest: no line runs through a name.
TOP, STEP = 1.36, 0.075  # of the height of the axis


def ordered(rows: Sequence[Row]) -> list[Row]:
    """Return the districts with a figure, highest possible value first."""
    with_figure = [(limits, row) for row in rows if (limits := rungs.ends(Figure.of(row)))]
    with_figure.sort(key=lambda entry: (-entry[0][1], -entry[0][0], str(entry[1]["area_id"])))
    return [row for _, row in with_figure]


def chart(
    rows: Sequence[Row],
    named: Sequence[Row],
    area: str,
    high: float,
    head: Sequence[str],
    language: str,
    dark: bool,
) -> dict[str, Any]:
    """Return the figure: one place per district, a dot for a value, a bar for an interval."""
    t = Texts(language)
    ink = "#e6ebf0" if dark else colours.INK
    plain = "#93a1ad" if dark else "#8a949e"
    ours = OURS_DARK if dark else OURS
    places = {str(row["area_id"]): place for place, row in enumerate(rows, start=1)}
    traces = [
        *_marks(rows, places, plain, 2, 4, t("automobil.distribution.others")),
        *_marks(named, places, ours, 4, 9, t("automobil.distribution.ours")),
    ]
    layout = {
        "height": HEIGHT,
        "margin": {"l": 8, "r": 12, "t": 34 + 18 * len(head), "b": 8},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": "Arial, Helvetica, sans-serif", "color": ink, "size": 12.5},
        "showlegend": False,
        "title": {"text": "<br>".join(head), "font": {"size": 13}, "x": 0, "xanchor": "left"},
        "separators": ",." if language == "de" else ".,",
        "xaxis": {
            "range": [-6, len(rows) + 6],
            "title": {"text": t("automobil.distribution.axis"), "font": {"size": 12}},
            "showgrid": False,
            "zeroline": False,
            "fixedrange": True,
            "automargin": True,
        },
        "yaxis": {
            "range": [-0.02 * high, high * (TOP + STEP)],
            "tickvals": ticks(high),
            "gridcolor": "rgba(128,140,150,0.25)",
            "automargin": True,
            "fixedrange": True,
            "zeroline": False,
        },
        "annotations": _names(named, places, area, high, language, ours, ink),
    }
    return {"data": traces, "layout": layout}


def uppers(rows: Sequence[Row]) -> list[float]:
    """Return the upper end of every district with a figure."""
    return [limits[1] for row in rows if (limits := rungs.ends(Figure.of(row)))]


def reach(rows: Sequence[Row], named: Sequence[Row]) -> float:
    """Return how far the axis goes: all named areas fit, and all others but a few far out."""
    ends = sorted(uppers(rows))
    if not ends:
        return 1.0
    most = ends[min(int(len(ends) * MOST), len(ends) - 1)]
    if ends[-1] <= most * ROOM:
        return ends[-1]
    return min(ends[-1], max([most * 1.1, *uppers(named)]))


def beyond(rows: Sequence[Row], high: float) -> int:
    """Return how many districts reach beyond the upper edge of the plot, names included."""
    return sum(upper > high * (TOP + STEP) for upper in uppers(rows))


def ticks(high: float) -> list[float]:
    """Return round figures up to `high`: the names above the plot lie beyond the scale."""
    step = next((step for step in TICKS if high / step <= MOST_TICKS), TICKS[-1])
    return [multiple * step for multiple in range(int(high / step) + 1)]


def _marks(
    rows: Sequence[Row], places: dict[str, int], colour: str, width: int, size: int, name: str
) -> list[dict[str, Any]]:
    bars: tuple[list[float | None], list[float | None]] = ([], [])
    dots: tuple[list[float], list[float]] = ([], [])
    for row in rows:
        figure, place = Figure.of(row), places[str(row["area_id"])]
        limits = rungs.ends(figure)
        if figure.value is not None:
            dots[0].append(place)
            dots[1].append(figure.value)
        elif limits:
            bars[0].extend((place, place, None))
            bars[1].extend((*limits, None))
    on = {"type": "scatter", "name": name, "hoverinfo": "skip"}
    line, marker = {"color": colour, "width": width}, {"color": colour, "size": size}
    return [
        on | {"mode": "lines", "x": bars[0], "y": bars[1], "line": line},
        on | {"mode": "markers", "x": dots[0], "y": dots[1], "marker": marker},
    ]


def _names(
    named: Sequence[Row],
    places: dict[str, int],
    area: str,
    high: float,
    language: str,
    colour: str,
    ink: str,
) -> list[dict[str, Any]]:
    names = []
    for position, row in enumerate(named):
        place, limits = places[str(row["area_id"])], rungs.ends(Figure.of(row))
        if limits is None:
            continue
        text = str(row[f"short_{language}"])
        names.append(
            {
                "x": place,
                "y": limits[1],
                "axref": "x",
                "ayref": "y",
                "ax": place,
                "ay": high * (TOP - STEP * position),
                "xanchor": "left" if place < 0.7 * max(places.values()) else "right",
                "text": f"<b>{text}</b>" if row["area_id"] == area else text,
                "arrowcolor": colour,
                "arrowwidth": 1,
                "arrowhead": 0,
                "font": {"color": ink},
            }
        )
    return names
