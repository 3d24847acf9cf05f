"""Boundary files of one vintage for the maps: small, with shared borders, the same bytes each time.

Source: Verwaltungsgebiete 1:2 500 000 (VG2500) of the Federal Agency for Cartography and Geodesy,
© BKG, dl-de/by-2-0, simplified here. Coordinates are longitude and latitude in degrees.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

from etl.areas import REGION, VINTAGE

TOLERANCE = 0.005  # degrees; keeps 400 Kreise below 600 kB, and no border visibly moved
DECIMALS = 3  # about 100 m
HATCH_DEGREES = 0.06  # distance of hatch lines, measured up and down
SHORTEST_HATCH = 0.01  # degrees; shorter strokes would be dots
# VG2500 is a generalised map: its Kreise depart from the register by up to 3 % or 17 km². Five
# depart more: they hold or leave out sea, lagoon, river mouth, harbour or lake.
AREA_SHARE = 0.03
AREA_KM2 = 17.0
SHORE = {
    "01054": "Nordfriesland, North Sea",
    "03359": "Stade, Elbe",
    "04012": "Bremerhaven, Weser and overseas harbour",
    "08335": "Konstanz, Lake Constance",
    "13075": "Vorpommern-Greifswald, Szczecin Lagoon",
}
Json = dict[str, Any]


def derive(source: Path, out: Path, areas: pd.DataFrame) -> list[Path]:
    """Write the five boundary files of the vintage into `out` and return their paths.

    `source` is the BKG file with `AGS` and `GEN` per Kreis. Raises ValueError where a simplified
    Kreis is invalid, or its area departs from the register (see `area_departures`).
    """
    kreise = simplify(gpd.read_file(source)[["AGS", "GEN", "geometry"]])
    _check(kreise, areas)
    names = dict(zip(areas["area_id"], areas["short_de"], strict=True))
    of_land = {str(k): g for k, g in kreise.groupby(kreise["AGS"].str[:2])}
    laender = {k: outline(g["geometry"]) for k, g in sorted(of_land.items())}
    five = kreise[kreise["AGS"].str.startswith(REGION)]
    region = {REGION: outline(five["geometry"])} | dict(
        zip(five["AGS"], five["geometry"], strict=True)
    )
    shapes = dict(zip(kreise["AGS"], kreise["geometry"], strict=True))
    contents: dict[str, Json] = {
        "kreise.geojson": _collection(shapes, names),
        "laender.geojson": _collection(laender, names),
        "region.geojson": _collection(region, names),
        "hatch.json": {key: hatch(shape) for key, shape in shapes.items()},
        "centroids.json": {key: _point(shape) for key, shape in shapes.items()},
    }
    return [_write(out, name, content) for name, content in contents.items()]


def simplify(kreise: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the Kreise by AGS, with fewer points, rounded; neighbours still share each border."""
    kreise = kreise.sort_values("AGS", ignore_index=True)
    shapes = kreise.geometry.simplify_coverage(TOLERANCE)
    kreise["geometry"] = [_rounded(shape) for shape in shapes]
    return kreise


def outline(shapes: Iterable[BaseGeometry]) -> BaseGeometry:
    """Return the union of Kreise, with normalised order of rings and points."""
    return shapely.normalize(shapely.union_all(list(shapes)))


def hatch(shape: BaseGeometry) -> list[list[list[float]]]:
    """Return diagonal strokes inside `shape` as [[lon, lat], [lon, lat]], south-west to north-east.

    The lines lie on one grid for the whole country, so that hatched neighbours run on.
    """
    west, south, east, north = shape.bounds
    first = math.ceil((south - east) / HATCH_DEGREES)
    last = math.floor((north - west) / HATCH_DEGREES)
    strokes = []
    for step in range(first, last + 1):
        offset = step * HATCH_DEGREES
        line = shapely.LineString([(west, west + offset), (east, east + offset)])
        for part in shapely.get_parts(shapely.intersection(line, shape)):
            if part.length >= SHORTEST_HATCH and part.geom_type == "LineString":
                strokes.append([_pair(*part.coords[0]), _pair(*part.coords[-1])])
    return strokes


def area_departures(kreise: gpd.GeoDataFrame, areas: pd.DataFrame) -> pd.DataFrame:
    """Return, per Kreis, km² drawn (EPSG:3035) and of the register, and whether they agree.

    They agree within 3 % or 17 km²; the five Kreise of `SHORE` are not compared.
    """
    register = areas.set_index("area_id")["area_km2"]
    table = pd.DataFrame(
        {
            "drawn": kreise.geometry.to_crs(3035).area.to_numpy() / 1e6,
            "register": register.reindex(kreise["AGS"]).to_numpy(),
        },
        index=pd.Index(kreise["AGS"]),
    )
    gap = table["drawn"] - table["register"]
    allowed = np.maximum(AREA_SHARE * table["register"], AREA_KM2)
    table["agrees"] = (gap.abs() <= allowed) | table.index.isin(list(SHORE))
    return table


def _check(kreise: gpd.GeoDataFrame, areas: pd.DataFrame) -> None:
    broken = kreise.loc[~kreise.geometry.is_valid, "AGS"].tolist()
    table = area_departures(kreise, areas)
    apart = table[~table["agrees"]]
    if broken or not apart.empty:
        raise ValueError(
            f"boundaries of {VINTAGE}: invalid Kreise {broken}, area departs from the register:\n"
            f"{apart.round(1).to_string()}"
        )


def _rounded(shape: BaseGeometry) -> BaseGeometry:
    rounded = shapely.transform(shape, lambda points: np.round(points, DECIMALS))
    return shapely.normalize(shapely.remove_repeated_points(rounded))


def _point(shape: BaseGeometry) -> list[float]:
    """Return a point inside `shape`, for labels and symbols."""
    point = shape.representative_point()
    return _pair(point.x, point.y)


def _pair(lon: float, lat: float) -> list[float]:
    return [round(lon, DECIMALS), round(lat, DECIMALS)]


def _collection(shapes: dict[str, BaseGeometry], names: dict[str, str]) -> Json:
    features = [
        {
            "type": "Feature",
            "properties": {"AGS": key, "GEN": names[key]},
            "geometry": mapping(shape),
        }
        for key, shape in shapes.items()
    ]
    return {"type": "FeatureCollection", "features": features}


def _write(out: Path, name: str, content: Json) -> Path:
    stem, _, ending = name.partition(".")
    path = out / f"{stem}_{VINTAGE}.{ending}"
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    path.write_text(text + "\n", encoding="utf-8")
    return path
