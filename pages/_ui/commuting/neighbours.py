"""Which districts adjoin an area: those that share a piece of its border on the map."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Any

import streamlit as st

from pages._ui import data, geometry

SHARED = 2  # corners in common: one alone is a point, not a border


def adjoining(areas: Sequence[str]) -> tuple[str, ...]:
    """Return the districts around the areas taken together as one, by key."""
    around = {other for area in areas for other in borders().get(area, ())}
    return tuple(sorted(around - set(areas)))


@st.cache_resource(max_entries=1, show_spinner=False)
def borders() -> dict[str, tuple[str, ...]]:
    """Return district -> the districts that share a border with it, in the boundary vintage.

    Simplified shapes still share the corners of each border, so that no geometry is computed.
    """
    path = data.DATA / "snapshot" / geometry.KREISE
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    at: dict[tuple[float, float], set[str]] = defaultdict(set)
    for feature in content["features"]:
        for corner in _corners(feature["geometry"]):
            at[corner].add(str(feature["properties"]["AGS"]))
    shared = Counter(pair for areas in at.values() for pair in combinations(sorted(areas), 2))
    found: dict[str, set[str]] = defaultdict(set)
    for (one, other), corners in shared.items():
        if corners >= SHARED:
            found[one].add(other)
            found[other].add(one)
    return {area: tuple(sorted(others)) for area, others in found.items()}


def _corners(shape: dict[str, Any]) -> Iterator[tuple[float, float]]:
    parts = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
    for part in parts:
        for ring in part:
            yield from map(tuple, ring)
