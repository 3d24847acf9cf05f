"""Boundaries of the Kreise in GeoJSON: read, simplified as for the maps, and measured.

The cells are the areas in km² as drawn (EPSG:3035). Boundaries that depart from the register of
municipalities, or hold other Kreise than it, are refused: a map must not lie about size.
"""

from __future__ import annotations

import json
import re
from typing import Any

import geopandas as gpd
import pandas as pd

from etl.areas import VINTAGE, load_areas
from etl.errors import SourceError
from etl.formats import Cells, Source
from etl.formats.rules import CHANGED
from etl.geometry import area_departures, simplify
from indicators.model import Strict

SHOWN = 5


class Options(Strict):
    """How boundaries are written: the property of the key, and that of the kind of surface.

    `land` lists the kinds that are land; parts of one Kreis are joined. The service does not
    state of which day its boundaries are; `year_in_name` has one group, the year of retrieval.
    """

    key: str
    kind: str
    land: list[int]
    epsg: int
    year_in_name: str


def read(source: Source) -> Cells:
    """Return the area of every Kreis, as drawn.

    Raises:
        SourceError: no GeoJSON, absent properties, other Kreise than those of the register,
            an invalid shape after simplifying, or an area that departs from the register.
    """
    options = Options.model_validate(source.layout.options)
    year = re.search(options.year_in_name, source.file)
    if not year:
        raise SourceError(source.place(), "the file's name states no year", CHANGED)
    kreise = _kreise(source, options)
    areas = load_areas()
    _refuse_other_kreise(set(kreise["AGS"]), areas, source)
    _refuse_departures(kreise, "as published", areas, source)
    small = simplify(kreise)
    broken = small.loc[~small.geometry.is_valid, "AGS"].tolist()
    if broken:
        raise SourceError(
            source.place(), "simplified shapes are invalid", CHANGED, ", ".join(broken[:SHOWN])
        )
    _refuse_departures(small, "simplified", areas, source)
    drawn = kreise.set_index("AGS").geometry.to_crs(3035).area / 1e6
    (column,) = source.layout.columns
    cells = pd.DataFrame(
        {
            "line": range(1, len(drawn) + 1),
            "column": column.head,
            "measure": column.measure,
            "time": year.group(1),
            "area": drawn.index,
            "number": drawn.to_numpy().round(3),
        }
    )
    return Cells(cells)


def _kreise(source: Source, options: Options) -> gpd.GeoDataFrame:
    """Return one row per Kreis [AGS, geometry] in degrees."""
    try:
        content: Any = json.loads(source.path.read_bytes())
        features = content["features"]
        frame = gpd.GeoDataFrame.from_features(features, crs=options.epsg)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise SourceError(
            source.place(), f"this is no GeoJSON of boundaries ({error})", "Download it again."
        ) from error
    for name in (options.key, options.kind):
        if name not in frame:
            raise SourceError(
                source.place(column=name), "the property is absent", CHANGED, list(frame.columns)
            )
    land = frame[frame[options.kind].isin(options.land)]
    if land.empty:
        found = sorted(set(frame[options.kind]))
        raise SourceError(source.place(column=options.kind), "no part is land", CHANGED, found)
    joined = land[[options.key, "geometry"]].dissolve(options.key).reset_index()
    return joined.rename(columns={options.key: "AGS"}).to_crs(4326)


def _refuse_other_kreise(drawn: set[str], areas: pd.DataFrame, source: Source) -> None:
    kreise = areas[(areas["level"] == "kreis") & areas["valid_to"].isna()]
    begin = pd.to_datetime(kreise["valid_from"])
    newer = set(kreise.loc[begin > pd.Timestamp(VINTAGE), "area_id"])
    apart = sorted((drawn ^ set(kreise["area_id"])) - newer)
    if apart:
        raise SourceError(
            source.place(),
            f"{len(drawn)} Kreise are drawn, {len(kreise)} are in data/reference/areas.csv, "
            f"and {len(apart)} are in one of them only",
            "See which Kreise were merged and add them to areas.csv with their dates.",
            ", ".join(apart[:SHOWN]),
        )


def _refuse_departures(
    kreise: gpd.GeoDataFrame, state: str, areas: pd.DataFrame, source: Source
) -> None:
    table = area_departures(kreise, areas)
    # A Kreis that is newer than the register has no area in it.
    apart = table[~table["agrees"] & table["register"].notna()]
    if not apart.empty:
        named = ", ".join(
            f"{key} {row.drawn:.1f} instead of {row.register:.1f} km²"
            for key, row in apart.head(SHOWN).iterrows()
        )
        raise SourceError(
            source.place(),
            f"{len(apart)} Kreise, {state}, depart from the register of municipalities",
            "See whether water is drawn as land, or the coordinates are of another system.",
            named,
        )
