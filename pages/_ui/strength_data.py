"""Cached access to strengths: sectors, occupations, clusters, and what is like an area.

Every function takes `path`, the release file with links resolved, as in `data`.
"""

from __future__ import annotations

import pandas as pd
import streamlit as st

from indicators.store import Extent
from indicators.strengths_store import Kind, Strengths, open_strengths
from pages._ui.data import HELD_QUERIES


@st.cache_resource(max_entries=4, show_spinner=False)
def strengths(path: str) -> Strengths:
    """Return the open reader of the strengths of a release."""
    return open_strengths(path)


@st.cache_data(max_entries=32, show_spinner=False)
def codes(path: str, kind: Kind) -> pd.DataFrame:
    """Return the sectors, occupations or clusters of a kind; columns as in `Strengths.codes`."""
    return strengths(path).codes(kind)


@st.cache_resource(max_entries=HELD_QUERIES, show_spinner=False)
def years(path: str, kind: Kind, code: str | None = None) -> list[int]:
    """Return the years in which a kind, or one code of it, has figures, ascending."""
    return strengths(path).years(kind, code)


@st.cache_data(max_entries=32, show_spinner=False)
def coverage(path: str, kind: Kind) -> pd.DataFrame:
    """Return per code and year: published and secret districts, persons of the reference."""
    return strengths(path).coverage(kind)


@st.cache_data(max_entries=HELD_QUERIES, show_spinner=False)
def sources(path: str, kind: Kind, year: int) -> pd.DataFrame:
    """Return the official files behind a kind; columns as in `Store.sources`."""
    return strengths(path).sources(kind, year)


@st.cache_data(max_entries=HELD_QUERIES, show_spinner=False)
def map_values(path: str, kind: Kind, code: str, year: int, within: Extent) -> pd.DataFrame:
    """Return one row per district; columns as in `Strengths.map_values`."""
    return strengths(path).map_values(kind, code, year, within)


@st.cache_data(max_entries=HELD_QUERIES, show_spinner=False)
def area(path: str, area_id: str, kind: Kind, year: int) -> pd.DataFrame:
    """Return all codes of an area; columns as in `Strengths.area`."""
    return strengths(path).area(area_id, kind, year)


@st.cache_data(max_entries=HELD_QUERIES, show_spinner=False)
def bubbles(
    path: str, area_id: str, kind: Kind, year: int, n: int = 20, by: str = "lq", few: bool = False
) -> pd.DataFrame:
    """Return the codes of an area that a bubble chart shows; see `Strengths.bubbles`."""
    return strengths(path).bubbles(area_id, kind, year, n, by, few)


@st.cache_data(max_entries=HELD_QUERIES, show_spinner=False)
def cells(path: str, kind: Kind, year: int, area_ids: tuple[str, ...]) -> pd.DataFrame:
    """Return areas × codes, long; columns as in `Strengths.cells`."""
    return strengths(path).cells(kind, year, area_ids)


@st.cache_data(max_entries=HELD_QUERIES, show_spinner=False)
def series(path: str, kind: Kind, code: str, area_ids: tuple[str, ...]) -> pd.DataFrame:
    """Return all years of one code in some areas; columns as in `Strengths.series`."""
    return strengths(path).series(kind, code, area_ids)


@st.cache_data(max_entries=4, show_spinner=False)
def clusters(path: str) -> pd.DataFrame:
    """Return the clusters: id, position, names and claims in both languages."""
    return strengths(path).clusters()


@st.cache_data(max_entries=4, show_spinner=False)
def cluster_members(path: str) -> pd.DataFrame:
    """Return cluster, field (`areas`, `divisions`, `occupations`), code and names."""
    return strengths(path).cluster_members()


@st.cache_data(max_entries=HELD_QUERIES, show_spinner=False)
def cluster_profiles(path: str, area_ids: tuple[str, ...], year: int) -> pd.DataFrame:
    """Return the figures of all clusters in some areas; see `Strengths.cluster_profiles`."""
    return strengths(path).cluster_profiles(area_ids, year)


@st.cache_data(max_entries=HELD_QUERIES, show_spinner=False)
def closest(path: str, area_id: str, n: int = 15) -> pd.DataFrame:
    """Return the occupations nearest to what a district does; see `Strengths.closest`."""
    return strengths(path).closest(area_id, n)


@st.cache_data(max_entries=HELD_QUERIES, show_spinner=False)
def complexity(path: str, area_ids: tuple[str, ...]) -> pd.DataFrame:
    """Return complexity, concentration and variety of areas in all years."""
    return strengths(path).complexity(area_ids)


@st.cache_data(max_entries=HELD_QUERIES, show_spinner=False)
def twins(path: str, area_id: str, n: int = 10) -> pd.DataFrame:
    """Return the structural twins of a district; see `Strengths.twins`."""
    return strengths(path).twins(area_id, n)


@st.cache_data(max_entries=HELD_QUERIES, show_spinner=False)
def against(
    path: str, kind: Kind, year: int, area_ids: tuple[str, ...], benchmark_ids: tuple[str, ...]
) -> pd.DataFrame:
    """Return quotients of areas against a benchmark; columns as in `Strengths.against`."""
    return strengths(path).against(kind, year, area_ids, benchmark_ids)


@st.cache_data(max_entries=HELD_QUERIES, show_spinner=False)
def krugman(
    path: str, kind: Kind, year: int, area_ids: tuple[str, ...], benchmark_ids: tuple[str, ...]
) -> pd.Series[float]:
    """Return the Krugman index of areas against a benchmark, indexed by area."""
    return strengths(path).krugman(kind, year, area_ids, benchmark_ids)
