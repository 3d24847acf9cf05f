"""Where things lie on the map: boundaries by address, extents, hatch lines, points of areas."""

from __future__ import annotations

import json
import math
from array import array
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import streamlit as st

from pages._ui import colours, data

VINTAGE = "2022-12-31"
KREISE = f"kreise_{VINTAGE}.geojson"
LAENDER = f"laender_{VINTAGE}.geojson"
REGION = f"region_{VINTAGE}.geojson"
# Own layers of the background, lowest first; figures are drawn under `OUTLINE_LAYER`.
OUTLINE_LAYER = "region-outline"
FONT = ["Arial, Helvetica, sans-serif"]


@dataclass(frozen=True)
class Extent:
    """The part of the country that a map shows; zoom for a width in pixels that always fits."""

    lon: float
    lat: float
    degrees: float  # from west to east
    height: int  # pixels of the map at the reference width
    reference: int  # that width
    hatch_every: int  # draw each n-th hatch line


EXTENTS = {
    "region": Extent(12.74, 50.735, 1.95, 460, 470, 1),
    "land": Extent(13.45, 50.93, 3.35, 410, 560, 1),
    "country": Extent(10.45, 51.32, 9.6, 620, 460, 2),
}
HALF_WIDTH, NARROW_WIDTH = 400, 350


def address(name: str) -> str:
    """Return the address of a file in `static/`, on this server."""
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{base}/app/static/{name}" if base else f"/app/static/{name}"


def view(extent: str, narrow: bool, half: bool) -> tuple[dict[str, Any], int]:
    """Return centre and zoom of an extent, and the height of the map in pixels."""
    place = EXTENTS[extent]
    room = NARROW_WIDTH if narrow else HALF_WIDTH if half else place.reference
    width = min(room, place.reference)
    height = round(place.height * width / place.reference)
    zoom = _zoom(width / place.degrees)
    return {"center": {"lon": place.lon, "lat": place.lat}, "zoom": zoom}, height


def _zoom(pixels_per_degree: float) -> float:
    """Zoom of a web map; at zoom 0 the 360 degrees of the equator measure 512 pixels."""
    return round(math.log2(pixels_per_degree * 360 / 512), 2)


@st.cache_resource(max_entries=1, show_spinner=False)
def _hatches(path: str) -> dict[str, tuple[array[float], ...]]:
    """Hatch lines per Kreis as flat arrays: nested lists would slow every collection."""
    with Path(path).open(encoding="utf-8") as file:
        content: dict[str, list[list[list[float]]]] = json.load(file)
    return {
        area: tuple(array("d", [x for point in line for x in point]) for line in lines)
        for area, lines in content.items()
    }


def hatch_lines(area_ids: list[str], every: int) -> tuple[list[Any], list[Any]]:
    """Return longitudes and latitudes of hatch lines over the areas, None between lines."""
    lines = _hatches(str(data.DATA / "snapshot" / f"hatch_{VINTAGE}.json"))
    lon: list[float | None] = []
    lat: list[float | None] = []
    for area in area_ids:
        for x1, y1, x2, y2 in lines.get(area, ())[::every]:
            lon += [x1, x2, None]
            lat += [y1, y2, None]
    return lon, lat


@st.cache_resource(max_entries=1, show_spinner=False)
def points() -> dict[str, tuple[float, float]]:
    """Return a point inside each Kreis: area key -> (longitude, latitude)."""
    path = data.DATA / "snapshot" / f"centroids_{VINTAGE}.json"
    content: dict[str, list[float]] = json.loads(path.read_text(encoding="utf-8"))
    return {area: (place[0], place[1]) for area, place in content.items()}


def style(names: tuple[tuple[str, str], ...], extent: str) -> dict[str, Any]:
    """Return a map style of our own: white ground, Land borders, the five areas with names.

    `names` holds (area key, name). The style names no `glyphs` address, so that the browser
    writes the letters itself and asks no server for a font.
    """
    where = points()
    features = [
        {
            "type": "Feature",
            "properties": {"name": name},
            "geometry": {"type": "Point", "coordinates": list(where[area])},
        }
        for area, name in names
    ]
    sources = {
        "laender": {"type": "geojson", "data": address(LAENDER)},
        "region": {"type": "geojson", "data": address(REGION)},
        "names": {"type": "geojson", "data": {"type": "FeatureCollection", "features": features}},
    }
    width = 1.1 if extent == "country" else 1.8
    return {
        "version": 8,
        "sources": sources,
        "layers": [
            {"id": "ground", "type": "background", "paint": {"background-color": colours.SHEET}},
            _line("land-borders", "laender", colours.BORDER, 0.8),
            _line(OUTLINE_LAYER, "region", colours.OUTLINE, width),
            _names_layer(),
        ],
    }


def _line(layer: str, source: str, colour: str, width: float) -> dict[str, Any]:
    return {
        "id": layer,
        "type": "line",
        "source": source,
        "paint": {"line-color": colour, "line-width": width},
    }


def _names_layer() -> dict[str, Any]:
    return {
        "id": "names",
        "type": "symbol",
        "source": "names",
        "minzoom": 5.9,  # at the scale of Germany the names would hide the areas
        "layout": {
            "text-field": ["get", "name"],
            "text-font": FONT,
            # Smaller where the areas are: Chemnitz must not lie under its neighbours' names.
            "text-size": ["interpolate", ["linear"], ["zoom"], 5.9, 9.5, 7.4, 13],
            "text-allow-overlap": True,
        },
        "paint": {
            "text-color": colours.INK,
            "text-halo-color": colours.SHEET,
            "text-halo-width": 1.6,
        },
    }
