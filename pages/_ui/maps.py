"""Maps of the Kreise as Plotly figures: plain dictionaries, built once per view and kept."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any

import streamlit as st

from indicators.records import Indicator
from indicators.store import Extent
from pages._ui import colours, data, geometry, map_frame, reference, text
from pages._ui.numbers import Figure
from pages._ui.scale import Circles, Shades, circles, shades

Rows = list[dict[Hashable, Any]]


@dataclass(frozen=True)
class MapRequest:
    """All that decides how a map looks; `shared` are the views that have one scale with it."""

    path: str
    indicator: str
    year: int
    extent: Extent
    scheme: str
    size: int
    language: str
    narrow: bool = False
    half: bool = False
    selected: str = ""
    shared: tuple[tuple[str, int], ...] = ()
    marks: bool = False  # colour secret areas by their reference mark, paler
    ranged: bool = False  # every figure of the indicator is a range, secret or not


@dataclass(frozen=True)
class Drawing:
    """A finished map: the figure, what it shows in words, and why it may have no colour.

    `empty` is `none` where no area has a figure, `secret` where all there are are secret, else ''.
    """

    figure: dict[str, Any]
    alt: str
    reading: str
    empty: str


@st.cache_resource(max_entries=128, show_spinner=False)
def draw(request: MapRequest) -> Drawing:
    """Return the map of a request: classes for rates, circles for counts."""
    indicator = data.indicators(request.path)[request.indicator]
    rows = _rows(request.path, request.indicator, request.year, request.extent)
    scale = _scale(request, indicator)
    body = _figure(request, indicator, rows, scale)
    told = [_ranged(row, request) for row in rows]
    reading = text.reading(indicator, request.year, request.extent, told, request.language)
    title = map_frame.title(indicator, request.year, request.extent, request.language)
    return Drawing(body, f"{title}. {reading}", reading, _empty(rows))


def _empty(rows: Rows) -> str:
    figures = [Figure.of(row) for row in rows]
    if any(figure.value is not None for figure in figures):
        return ""
    return "secret" if any(text.is_secret(figure) for figure in figures) else "none"


def _rows(path: str, indicator: str, year: int, extent: Extent) -> Rows:
    return data.cross_section(path, indicator, year, extent).to_dict("records")


def _scale(request: MapRequest, indicator: Indicator) -> Shades | Circles | None:
    views = request.shared or ((request.indicator, request.year),)
    values = [
        value
        for name, year in views
        for row in _rows(request.path, name, year, request.extent)
        if (value := Figure.of(row).value) is not None
    ]
    values += reference.marks(request).values()
    if indicator.display == "count":
        return circles(values, request.extent, request.narrow) if values else None
    midpoint = data.midpoint(indicator)
    return shades(values, request.scheme, request.size, indicator.decimals, midpoint)


def _figure(
    request: MapRequest, indicator: Indicator, rows: Rows, scale: Shades | Circles | None
) -> dict[str, Any]:
    figures = {str(row["area_id"]): Figure.of(row) for row in rows}
    hover = [
        text.hover(indicator, request.year, _ranged(row, request), request.language) for row in rows
    ]
    traces = [_areas(figures, hover, scale, request)]
    traces += _hatching(figures, geometry.EXTENTS[request.extent].hatch_every)
    if isinstance(scale, Circles):
        traces.append(_circles(figures, hover, scale))
    if request.selected in figures:
        traces.append(_selection(request.selected))
    return {"data": traces, "layout": map_frame.layout(request, indicator, rows, figures, scale)}


def _areas(
    figures: dict[str, Figure],
    hover: list[str],
    scale: Shades | Circles | None,
    request: MapRequest,
) -> dict[str, Any]:
    shade = scale if isinstance(scale, Shades) else None
    strong = shade.colours if shade else (colours.PLAIN,)
    palette = [*strong, *map(colours.paler, strong), colours.CONFIDENTIAL, colours.MISSING]
    marks = reference.marks(request)
    steps = [
        _step(figure, marks.get(area), shade, len(palette)) for area, figure in figures.items()
    ]
    return _choropleth(list(figures), steps, palette) | {
        "text": hover,
        "customdata": list(figures),
        "hovertemplate": "%{text}<extra></extra>",
        "marker": {
            "line": {"width": 0.4 if request.extent == "country" else 0.9, "color": colours.BORDER}
        },
    }


def _ranged(row: dict[Hashable, Any], request: MapRequest) -> dict[Hashable, Any]:
    """Name a figure that is a range by nature a range, not a secret."""
    return row | {"mark": "range"} if request.ranged and row["mark"] == "secret" else row


def _step(figure: Figure, mark: float | None, shade: Shades | None, palette: int) -> int:
    if figure.value is not None:
        return shade.classes.index(figure.value) if shade else 0
    if mark is not None and shade:
        return len(shade.colours) + shade.classes.index(mark)
    return palette - 2 if figure.mark == "secret" else palette - 1


def _choropleth(area_ids: list[str], steps: list[int], palette: list[str]) -> dict[str, Any]:
    bands = [
        [edge / len(palette), colour]
        for step, colour in enumerate(palette)
        for edge in (step, step + 1)
    ]
    opaque = {"marker": {"opacity": 1}}  # a click must not fade the other areas
    return {
        "type": "choroplethmap",
        "geojson": geometry.address(geometry.KREISE),
        "featureidkey": "properties.AGS",
        "locations": area_ids,
        "z": steps,
        "zmin": -0.5,
        "zmax": len(palette) - 0.5,
        "colorscale": bands,
        "showscale": False,
        "below": geometry.OUTLINE_LAYER,
        "selected": opaque,
        "unselected": opaque,
    }


def _hatching(figures: dict[str, Figure], every: int) -> list[dict[str, Any]]:
    secret = [area for area, figure in figures.items() if text.is_secret(figure)]
    if not secret:
        return []
    lon, lat = geometry.hatch_lines(secret, every)
    return [
        {
            "type": "scattermap",
            "mode": "lines",
            "lon": lon,
            "lat": lat,
            "line": {"width": 0.9 if every == 1 else 0.6, "color": colours.HATCH},
            "hoverinfo": "skip",
            "showlegend": False,
            "below": geometry.OUTLINE_LAYER,
        }
    ]


def _circles(figures: dict[str, Figure], hover: list[str], scale: Circles) -> dict[str, Any]:
    where = geometry.points()
    drawn = [
        (abs(figure.value), area, hover_text, figure.value)
        for (area, figure), hover_text in zip(figures.items(), hover, strict=True)
        if figure.value and area in where
    ]
    drawn.sort(reverse=True)  # small circles on top of large ones
    return {
        "type": "scattermap",
        "mode": "markers",
        "lon": [where[area][0] for _, area, _, _ in drawn],
        "lat": [where[area][1] for _, area, _, _ in drawn],
        "text": [hover_text for _, _, hover_text, _ in drawn],
        "customdata": [area for _, area, _, _ in drawn],
        "hovertemplate": "%{text}<extra></extra>",
        "showlegend": False,
        "below": "names",
        "marker": {
            "size": [round(2 * scale.of(value), 1) for _, _, _, value in drawn],
            "color": [
                colours.SYMBOL if value > 0 else colours.SYMBOL_NEGATIVE for _, _, _, value in drawn
            ],
            "opacity": 0.7,
        },
        "selected": {"marker": {"opacity": 0.7}},
        "unselected": {"marker": {"opacity": 0.7}},
    }


def _selection(area: str) -> dict[str, Any]:
    clear = "rgba(0,0,0,0)"
    return _choropleth([area], [0], [clear, clear]) | {
        "marker": {"line": {"width": 3.5, "color": colours.SELECTED}},
        "hoverinfo": "skip",
        "below": "names",
    }
