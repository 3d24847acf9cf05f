"""Cached access to the figures of one release.

Every function takes `path`, the release file with links resolved: a new release is a new path,
so nothing cached from the old one is ever shown with it.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pandas as pd
import streamlit as st

from indicators.records import Indicator, Release, Theme
from indicators.store import FORMAT, Extent, Store, open_store

ROOT = Path(__file__).parents[2]
DATA = Path(os.environ.get("STRUKTURMONITOR_DATA", ROOT / "data"))
RELEASE_ID = re.compile(r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,80}$")
HELD_QUERIES = 256


def current() -> str | None:
    """Return the path of the current release, or None before the first build."""
    link = DATA / "current"
    return os.path.realpath(link) if link.exists() else None


def pinned(release: str) -> str | None:
    """Return the path of the release with this id, or None if it is not kept here."""
    if not RELEASE_ID.match(release):
        return None
    path = DATA / "releases" / f"{release}.duckdb"
    return os.path.realpath(path) if path.exists() else None


def shown(path: str) -> bool:
    """Return whether the tables of a release are those that the readers expect."""
    return release(path).format == FORMAT


@st.cache_resource(max_entries=4, show_spinner=False)
def store(path: str) -> Store:
    """Return the open reader of a release."""
    return open_store(path)


@st.cache_resource(max_entries=4, show_spinner=False)
def release(path: str) -> Release:
    """Return id, dates and boundary vintage of a release."""
    return store(path).release()


@st.cache_resource(max_entries=4, show_spinner=False)
def themes(path: str) -> list[Theme]:
    """Return the themes in their order."""
    return store(path).themes()


@st.cache_resource(max_entries=4, show_spinner=False)
def indicators(path: str) -> dict[str, Indicator]:
    """Return id -> indicator in the order of the registry."""
    return {entry.id: entry for entry in store(path).indicators()}


def midpoint(indicator: Indicator) -> float | None:
    """Return the value around which a diverging indicator is shaded, None for others."""
    return None if indicator.scheme != "diverging" else indicator.midpoint or 0.0


@st.cache_resource(max_entries=HELD_QUERIES, show_spinner=False)
def years(path: str, indicator: str) -> list[int]:
    """Return the years with at least one value of a Kreis, ascending."""
    return store(path).years(indicator)


@st.cache_data(max_entries=16, show_spinner=False)
def areas(path: str, level: str = "kreis", within: Extent | None = None) -> pd.DataFrame:
    """Return the areas of a level; columns as in `Store.areas`."""
    return store(path).areas(level, within)


@st.cache_data(max_entries=HELD_QUERIES, show_spinner=False)
def cross_section(path: str, indicator: str, year: int, within: Extent) -> pd.DataFrame:
    """Return one row per Kreis of the extent; columns as in `Store.cross_section`."""
    return store(path).cross_section(indicator, year, within)


@st.cache_data(max_entries=HELD_QUERIES, show_spinner=False)
def series(path: str, indicator: str, area_ids: tuple[str, ...]) -> pd.DataFrame:
    """Return all years of some areas; columns as in `Store.series`."""
    return store(path).series(indicator, list(area_ids))


@st.cache_resource(max_entries=HELD_QUERIES, show_spinner=False)
def reference_marks(path: str, indicator: str, year: int) -> dict[str, float]:
    """Return area -> reference mark within a secret interval; no value, see `Store`."""
    return store(path).reference_marks(indicator, year)


@st.cache_data(max_entries=HELD_QUERIES, show_spinner=False)
def secret_parts(path: str, area_ids: tuple[str, ...], breakdown: str = "") -> pd.DataFrame:
    """Return how many cells of the supplier occupations are secret; see `Store`."""
    return store(path).secret_parts(area_ids, breakdown)


@st.cache_data(max_entries=16, show_spinner=False)
def corrections(path: str, indicator: str) -> pd.DataFrame:
    """Return the corrected cells of an indicator with the text as published; see `Store`."""
    return store(path).corrections(indicator)


@st.cache_data(max_entries=4, show_spinner=False)
def deliveries(path: str) -> pd.DataFrame:
    """Return the delivery shares to WZ 29 per division, as fractions."""
    return store(path).deliveries()


@st.cache_data(max_entries=4, show_spinner=False)
def press_figures(path: str) -> pd.DataFrame:
    """Return the figures in public use; they are no data of the release."""
    return store(path).press_figures()


@st.cache_data(max_entries=4, show_spinner=False)
def powertrain(path: str) -> pd.DataFrame:
    """Return the powertrain groups with their published dependence in percent."""
    return store(path).powertrain()


@st.cache_data(max_entries=HELD_QUERIES, show_spinner=False)
def sources(path: str, indicator: str, year: int | None = None) -> pd.DataFrame:
    """Return the tables behind an indicator; columns as in `Store.sources`."""
    return store(path).sources(indicator, year)


@st.cache_data(max_entries=4, show_spinner=False)
def datasets(path: str) -> pd.DataFrame:
    """Return the official tables of the release."""
    return store(path).datasets()


@st.cache_data(max_entries=4, show_spinner=False)
def files(path: str) -> pd.DataFrame:
    """Return the files that were read, with what became of each."""
    return store(path).files()


@st.cache_data(max_entries=4, show_spinner=False)
def checks(path: str) -> pd.DataFrame:
    """Return the checks of the release and how they went."""
    return store(path).checks()


@st.cache_data(max_entries=4, show_spinner=False)
def latest(path: str, n: int) -> pd.DataFrame:
    """Return the newest pairs of indicator and year."""
    return pd.DataFrame(store(path).latest(n))
