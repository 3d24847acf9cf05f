"""The one piece that draws every map of the Kreise: colours, hatch, circles, selection, frame.

A page says what each area looks like (`Area`), what the colours mean (`Legend`) and what stands
around them (`AreaMap`); `draw` returns a Plotly figure as a plain dictionary. Keep it in a cached
function of your own, and hand it to `map_chart.show`, which handles clicks and the toolbar:

    @st.cache_resource(max_entries=64, show_spinner=False)
    def build(path: str, …) -> tuple[dict[str, Any], str]:
        palette = (*shades.colours, colours.CONFIDENTIAL, colours.MISSING)
        areas = tuple(Area(key, step, hover, hatched=secret) for …)
        entries = map_legend.standing(t, secret=…, missing=…, selected=…)
        content = AreaMap(areas, palette, title, Legend(head, classes, marks=entries), source,
                          region_names(rows, language), extent, narrow, selected=area)
        return draw(content), words

    map_chart.show(figure, key="…", alt=words, name="…", language=page.language)
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from indicators.store import Extent
from pages._ui import colours, geometry, legend, map_frame
from pages._ui.tables import Row

CLEAR = "rgba(0,0,0,0)"
CIRCLE = {"marker": {"opacity": 0.7}}  # also when another is selected: a click must fade nothing


@dataclass(frozen=True)
class Area:
    """How one area looks: its place in the palette, hover text, hatch, and a circle if any.

    Attributes:
        id: key of the area.
        step: place in the palette, from 0.
        hover: what the pointer shows, as HTML of Plotly (escape names).
        hatched: whether hatch lines lie over it: its figure is secret.
        radius: of its circle in pixels; 0 for no circle.
        colour: of its circle.
    """

    id: str
    step: int
    hover: str
    hatched: bool = False
    radius: float = 0.0
    colour: str = colours.SYMBOL


@dataclass(frozen=True)
class Legend:
    """Left the classes or the circles under their heading, right what is no class.

    `circles` are (radius in pixels, text), largest first. `marks` name secret, missing, region
    and the like; see `map_legend.standing`.
    """

    head: str
    classes: tuple[legend.Entry, ...] = ()
    circles: tuple[tuple[float, str], ...] = ()
    marks: tuple[legend.Entry, ...] = ()


@dataclass(frozen=True)
class AreaMap:
    """A whole map: areas, what they mean, what a saved picture must say, and its size.

    `names` are (key, name) of the areas named on the map, see `region_names`. `half` is one of
    two maps side by side. `selected` is the key of the outlined area, '' for none; a key that is
    not on the map outlines nothing.
    """

    areas: tuple[Area, ...]
    palette: tuple[str, ...]
    title: str
    legend: Legend
    source: str
    names: tuple[tuple[str, str], ...]
    extent: Extent
    narrow: bool = False
    half: bool = False
    selected: str = ""


def region_names(rows: Iterable[Row], language: str) -> tuple[tuple[str, str], ...]:
    """Return key and short name of the areas of the region among rows of a store."""
    return tuple(
        (str(row["area_id"]), str(row[f"short_{language}"])) for row in rows if row["in_region"]
    )


def draw(content: AreaMap) -> dict[str, Any]:
    """Return the map as a Plotly figure: `data` and `layout`."""
    traces = [_areas(content), *_hatching(content), *_circles(content)]
    if any(area.id == content.selected for area in content.areas):
        traces.append(_selection(content.selected))
    return {"data": traces, "layout": map_frame.layout(content)}


def _areas(content: AreaMap) -> dict[str, Any]:
    keys = [area.id for area in content.areas]
    width = 0.4 if content.extent == "country" else 0.9
    return _choropleth(keys, [area.step for area in content.areas], content.palette) | {
        "text": [area.hover for area in content.areas],
        "customdata": keys,
        "hovertemplate": "%{text}<extra></extra>",
        "marker": {"line": {"width": width, "color": colours.BORDER}},
    }


def _choropleth(keys: list[str], steps: list[int], palette: tuple[str, ...]) -> dict[str, Any]:
    size = len(palette)
    bands = [[edge / size, c] for step, c in enumerate(palette) for edge in (step, step + 1)]
    opaque = {"marker": {"opacity": 1}}  # a click must not fade the other areas
    return {
        "type": "choroplethmap",
        "geojson": geometry.address(geometry.KREISE),
        "featureidkey": "properties.AGS",
        "locations": keys,
        "z": steps,
        "zmin": -0.5,
        "zmax": size - 0.5,
        "colorscale": bands,
        "showscale": False,
        "below": geometry.OUTLINE_LAYER,
        "selected": opaque,
        "unselected": opaque,
    }


def _hatching(content: AreaMap) -> list[dict[str, Any]]:
    keys = [area.id for area in content.areas if area.hatched]
    if not keys:
        return []
    every = geometry.EXTENTS[content.extent].hatch_every
    lon, lat = geometry.hatch_lines(keys, every)
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


def _circles(content: AreaMap) -> list[dict[str, Any]]:
    where = geometry.points()
    drawn = [area for area in content.areas if area.radius > 0 and area.id in where]
    if not drawn:
        return []
    drawn.sort(key=lambda area: (-area.radius, area.id))  # small circles on top of large ones
    return [
        {
            "type": "scattermap",
            "mode": "markers",
            "lon": [where[area.id][0] for area in drawn],
            "lat": [where[area.id][1] for area in drawn],
            "text": [area.hover for area in drawn],
            "customdata": [area.id for area in drawn],
            "hovertemplate": "%{text}<extra></extra>",
            "showlegend": False,
            "below": "names",
            "marker": {
                "size": [round(2 * area.radius, 1) for area in drawn],
                "color": [area.colour for area in drawn],
                "opacity": 0.7,
            },
            "selected": CIRCLE,
            "unselected": CIRCLE,
        }
    ]


def _selection(area: str) -> dict[str, Any]:
    return _choropleth([area], [0], (CLEAR, CLEAR)) | {
        "marker": {"line": {"width": 3.5, "color": colours.SELECTED}},
        "hoverinfo": "skip",
        "below": "names",
    }
