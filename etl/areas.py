"""The areas of all series: Länder, regions and Kreise, and how they changed.

`areas.csv` is derived from official files by `derive_areas`; everything else reads `areas.csv`.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

VINTAGE = "2022-12-31"
REGION = "145"
REFERENCE = Path(__file__).resolve().parents[1] / "data" / "reference"
COLUMNS = [
    "area_id",
    "level",
    "name_de",
    "name_en",
    "short_de",
    "short_en",
    "nuts",
    "parent",
    "in_region",
    "area_km2",
    "valid_from",
    "valid_to",
]
# Keys of other NUTS editions than 2021, which `areas.csv` holds: 2024 (Thuringia), 2010 (two
# Kreise whose border moved by a few communes in 2014; the AGS stayed).
_OTHER_NUTS = {
    "DEG0Q": "16066",
    "DEG0R": "16063",
    "DEG0S": "16054",
    "DEG0T": "16070",
    "DEG0U": "16073",
    "DEG0V": "16072",
    "DEB16": "07135",
    "DEB19": "07140",
}


def load_areas(path: Path | None = None) -> pd.DataFrame:
    """Return `areas.csv`: one row per area, keys as text, `in_region` bool, dates as dates.

    An area of the boundary vintage has no `valid_to` and no `valid_from` after the vintage.
    """
    text = dict.fromkeys([c for c in COLUMNS if c not in ("in_region", "area_km2")], "str")
    frame = pd.read_csv(path or REFERENCE / "areas.csv", dtype=text, keep_default_na=False)
    frame["area_km2"] = pd.to_numeric(frame["area_km2"].replace("", None))
    frame["in_region"] = frame["in_region"].astype(str).str.lower() == "true"
    for column in ("valid_from", "valid_to"):
        dates = pd.to_datetime(frame[column].replace("", None)).dt.date
        frame[column] = dates.astype(object).where(dates.notna(), None)
    return frame


def load_area_changes(path: Path | None = None) -> pd.DataFrame:
    """Return `area_changes.csv`: whole mergers only [area_id, successor, kind, date, source]."""
    frame = pd.read_csv(path or REFERENCE / "area_changes.csv", dtype="str")
    frame["date"] = pd.to_datetime(frame["date"]).dt.date
    return frame


def nuts_to_area(areas: pd.DataFrame | None = None) -> dict[str, str]:
    """Return NUTS key -> area id, for the editions 2010 to 2024 that official files use."""
    frame = load_areas() if areas is None else areas
    known = frame[(frame["nuts"] != "") & (frame["level"] != "part")]
    # Hamburg and Berlin are Land, region and Kreis; each level has a NUTS key of its own.
    return {**dict(zip(known["nuts"], known["area_id"], strict=True)), **_OTHER_NUTS}


def derive_areas(raw: Path) -> pd.DataFrame:
    """Return the areas that occur in the official folder `raw`; see `etl.area_derivation`."""
    from etl import area_derivation  # only this step reads the official files for areas

    return area_derivation.derive(raw)


def derive_geometry(raw: Path, out: Path) -> list[Path]:
    """Write the boundary files of the vintage into `out`; see `etl.geometry`."""
    from etl import geometry  # geopandas is slow to import, and only this step needs it
    from etl.area_sources import BOUNDARIES_FILE

    return geometry.derive(raw / BOUNDARIES_FILE, out, load_areas())
