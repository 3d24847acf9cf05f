"""Commuter flows as arcs over our own outline: which layers, how wide, in which colours."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from pages._ui import colours, geometry
from pages._ui.commuting import deck, flows
from pages._ui.commuting.flows import Flow
from pages._ui.commuting.view import View
from pages._ui.i18n import Texts
from pages._ui.numbers import number
from pages._ui.places import names

WIDEST, THINNEST = 20, 1.2  # pixels
TILT = 42  # degrees sideways, so that both directions lie side by side
LABELLED, LABELLED_NARROW = 14, 4  # partners with a name, the largest
MARGIN = 1.35  # of the extent around the outermost points
TOOLTIP = {"text": "{words}"}


@dataclass(frozen=True)
class Look:
    """The colours of a map on light or dark ground."""

    ground: str
    line: str
    border: str
    ink: str
    halo: str
    residence: str
    workplace: str


LIGHT = Look("#f4f6f8", "#c3cbd3", "#7d8790", colours.INK, colours.SHEET, "#0072b2", "#d55e00")
DARK = Look("#1f2830", "#46535f", "#8a949e", "#e6ebf0", "#141a21", "#56b4e9", "#f0a04b")


def look(dark: bool) -> Look:
    """Return the colours for light or dark ground."""
    return DARK if dark else LIGHT


def width(persons: int, largest: int) -> float:
    """Return how wide an arc is in pixels: in proportion to persons, the smallest still seen."""
    return round(max(THINNEST, WIDEST * persons / max(largest, 1)), 1)


@st.cache_resource(max_entries=64, show_spinner=False)
def build(path: str, view: View, language: str, dark: bool, narrow: bool, height: int) -> str:
    """Return the description of the map of a view; flows below its smallest size are left out."""
    drawn = flows.drawn(path, view)
    where, short = geometry.points(), names(path, language)
    ends = [key for flow in drawn for key in (flow.residence, flow.workplace)]
    shown = list(dict.fromkeys([*view.members, *ends]))
    camera = _camera([where[key] for key in shown], 350 if narrow else 1050, height)
    colour = look(dark)
    named = _named(view, drawn, LABELLED_NARROW if narrow else LABELLED)
    layers = [
        *_outline(colour),
        _arcs(drawn, where, short, colour, Texts(language)),
        _labels(named, where, short, colour),
    ]
    return deck.written(layers, camera, moves=not narrow)


def _named(view: View, drawn: Sequence[Flow], count: int) -> list[str]:
    """Return the districts that carry their name: those of the area, and the largest partners."""
    size: dict[str, int] = {}
    for flow in drawn:
        for key in (flow.residence, flow.workplace):
            size[key] = size.get(key, 0) + flow.persons
    partners = sorted((key for key in size if key not in view.members), key=lambda key: -size[key])
    return [*view.members, *partners[:count]]


def _outline(colour: Look) -> list[dict[str, Any]]:
    """Return districts, Länder and region, none of which takes part in picking."""
    return [
        _shapes("districts", geometry.KREISE, colour.line, 0.6, _rgb(colour.ground)),
        _shapes("laender", geometry.LAENDER, colour.border, 1.2),
        _shapes("region", geometry.REGION, colour.ink, 1.8, [*_rgb(colour.residence), 18]),
    ]


def _shapes(
    layer: str, file: str, line: str, line_width: float, fill: list[int] | None = None
) -> dict[str, Any]:
    return {
        "@@type": "GeoJsonLayer",
        "id": layer,
        "data": geometry.address(file),
        "pickable": False,
        "stroked": True,
        "filled": fill is not None,
        "getFillColor": fill or [0, 0, 0, 0],
        "getLineColor": _rgb(line),
        "lineWidthUnits": "pixels",
        "getLineWidth": line_width,
    }


def _arcs(
    drawn: Sequence[Flow],
    where: Mapping[str, tuple[float, float]],
    short: Mapping[str, str],
    colour: Look,
    t: Texts,
) -> dict[str, Any]:
    largest = max((flow.persons for flow in drawn), default=1)
    rows = [
        {
            "from": list(where[flow.residence]),
            "to": list(where[flow.workplace]),
            "width": width(flow.persons, largest),
            "words": t(
                "pendeln.arc",
                residence=short[flow.residence],
                workplace=short[flow.workplace],
                persons=number(flow.persons, 0, t.language),
            ),
        }
        for flow in reversed(drawn)  # the largest are drawn last, on top
    ]
    return {
        "@@type": "ArcLayer",
        "id": "arcs",
        "data": rows,
        "pickable": True,
        "getSourcePosition": "@@=from",
        "getTargetPosition": "@@=to",
        "getSourceColor": [*_rgb(colour.residence), 225],
        "getTargetColor": [*_rgb(colour.workplace), 225],
        "getWidth": "@@=width",
        "widthUnits": "pixels",
        "getHeight": 0.55,
        "getTilt": TILT,
        "numSegments": 40,
    }


def _labels(
    named: Sequence[str],
    where: Mapping[str, tuple[float, float]],
    short: Mapping[str, str],
    colour: Look,
) -> dict[str, Any]:
    return {
        "@@type": "TextLayer",
        "id": "labels",
        "data": [{"at": list(where[key]), "name": short[key]} for key in named],
        "pickable": False,
        "getPosition": "@@=at",
        "getText": "@@=name",
        "getSize": 13,
        "getColor": _rgb(colour.ink),
        "characterSet": "auto",
        "fontFamily": "Arial, Helvetica, sans-serif",
        "fontWeight": 600,
        "background": True,
        "getBackgroundColor": [*_rgb(colour.halo), 215],
        "backgroundPadding": [3, 1, 3, 1],
        "getPixelOffset": [0, 15],  # below the point where arcs end
        "parameters": {"depthCompare": "always"},  # arcs stand above the ground, names over them
    }


def _camera(points: Sequence[tuple[float, float]], wide: int, height: int) -> dict[str, float]:
    """Return centre and zoom that show all points; at zoom 0 the world is 512 pixels wide."""
    west, east = min(lon for lon, _ in points), max(lon for lon, _ in points)
    south, north = min(lat for _, lat in points), max(lat for _, lat in points)
    middle = (south + north) / 2
    across = max(east - west, 0.5) * MARGIN
    upright = max(north - south, 0.4) * MARGIN / math.cos(math.radians(middle))
    scale = min(wide / across, height / upright)
    return {
        "longitude": round((west + east) / 2, 4),
        "latitude": round(middle, 4),
        "zoom": round(math.log2(scale * 360 / 512), 2),
        "pitch": 0,
        "bearing": 0,
    }


def _rgb(colour: str) -> list[int]:
    return [int(colour[start : start + 2], 16) for start in (1, 3, 5)]
