"""Maps of indicators: how their figures become colours and circles of an `AreaMap`, kept."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any

import streamlit as st

from indicators.records import Indicator
from indicators.store import Extent
from pages._ui import area_map, colours, data, map_legend, reference, text
from pages._ui.area_map import Area, AreaMap
from pages._ui.i18n import Texts
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
    told = [_ranged(row, request) for row in rows]
    content = _content(request, indicator, rows, scale)
    reading = text.reading(indicator, request.year, request.extent, told, request.language)
    return Drawing(area_map.draw(content), f"{content.title}. {reading}", reading, _empty(rows))


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


def _content(
    request: MapRequest, indicator: Indicator, rows: Rows, scale: Shades | Circles | None
) -> AreaMap:
    figures = {str(row["area_id"]): Figure.of(row) for row in rows}
    strong = scale.colours if isinstance(scale, Shades) else (colours.PLAIN,)
    sources = data.sources(request.path, request.indicator, request.year)
    return AreaMap(
        areas=_areas(request, indicator, rows, scale),
        palette=(*strong, *map(colours.paler, strong), colours.CONFIDENTIAL, colours.MISSING),
        title=title(indicator, request.year, request.extent, request.language),
        legend=map_legend.of_indicator(request, indicator, figures, scale),
        source=text.picture_source(sources, data.release(request.path), request.language),
        names=area_map.region_names(rows, request.language),
        extent=request.extent,
        narrow=request.narrow,
        half=request.half,
        selected=request.selected,
    )


def title(indicator: Indicator, year: int, extent: str, language: str) -> str:
    """Return name, year with reference, and extent."""
    t = Texts(language)
    reference_date = indicator.reference.get(language)
    when = f"{year} ({reference_date})" if reference_date else str(year)
    return f"{indicator.name.get(language)}, {when}, {t(f'extent.{extent}.kreise')}"


def _areas(
    request: MapRequest, indicator: Indicator, rows: Rows, scale: Shades | Circles | None
) -> tuple[Area, ...]:
    shade = scale if isinstance(scale, Shades) else None
    circle = scale if isinstance(scale, Circles) else None
    marks = reference.marks(request)
    hover = [
        text.hover(indicator, request.year, _ranged(row, request), request.language) for row in rows
    ]
    return tuple(
        _area(row, said, marks, shade, circle) for row, said in zip(rows, hover, strict=True)
    )


def _area(
    row: dict[Hashable, Any],
    hover: str,
    marks: dict[str, float],
    shade: Shades | None,
    circle: Circles | None,
) -> Area:
    area, figure = str(row["area_id"]), Figure.of(row)
    value = figure.value or 0.0
    return Area(
        area,
        _step(figure, marks.get(area), shade),
        hover,
        hatched=text.is_secret(figure),
        radius=circle.of(value) if circle and value else 0.0,
        colour=colours.SYMBOL if value >= 0 else colours.SYMBOL_NEGATIVE,
    )


def _ranged(row: dict[Hashable, Any], request: MapRequest) -> dict[Hashable, Any]:
    """Name a figure that is a range by nature a range, not a secret."""
    return row | {"mark": "range"} if request.ranged and row["mark"] == "secret" else row


def _step(figure: Figure, mark: float | None, shade: Shades | None) -> int:
    """Return the place in the palette: classes, paler classes, secret, missing."""
    strong = len(shade.colours) if shade else 1
    if figure.value is not None:
        return shade.classes.index(figure.value) if shade else 0
    if mark is not None and shade:
        return strong + shade.classes.index(mark)
    return 2 * strong + (figure.mark != "secret")
