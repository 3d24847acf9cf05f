"""Cached access to strengths: sectors, occupations, clusters, and what is like an area.

Every function takes `path`, the release file with links resolved, as in `data`. Where a function
takes `against`, the areas of a benchmark, quotients are recomputed; Germany's are in the release.
"""

from __future__ import annotations

from typing import cast

import pandas as pd
import streamlit as st

from indicators.store import Extent
from indicators.strengths_store import BenchmarkName, Kind, Strengths, compared, open_strengths
from pages._ui.data import HELD_QUERIES

COUNTRY = ("DG",)


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
def map_values(
    path: str,
    kind: Kind,
    code: str,
    year: int,
    within: Extent,
    against: tuple[str, ...] = COUNTRY,
) -> pd.DataFrame:
    """Return one row per district; columns as in `Strengths.map_values`, and lq_mark."""
    frame = strengths(path).map_values(kind, code, year, within)
    if against == COUNTRY:
        return frame
    areas = tuple(frame["area_id"])
    return compared(frame, strengths(path).against(kind, year, areas, against, (code,)))


@st.cache_data(max_entries=HELD_QUERIES, show_spinner=False)
def area(
    path: str, area_id: str, kind: Kind, year: int, against: tuple[str, ...] = COUNTRY
) -> pd.DataFrame:
    """Return all codes of an area; columns as in `Strengths.area`, and lq_mark."""
    frame = strengths(path).area(area_id, kind, year)
    if against == COUNTRY or frame.empty:
        return frame
    return compared(frame, strengths(path).against(kind, year, (area_id,), against))


@st.cache_data(max_entries=HELD_QUERIES, show_spinner=False)
def cells(
    path: str,
    kind: Kind,
    year: int,
    area_ids: tuple[str, ...],
    against: tuple[str, ...] = COUNTRY,
) -> pd.DataFrame:
    """Return areas × codes, long; columns as in `Strengths.cells`, and lq_mark."""
    frame = strengths(path).cells(kind, year, area_ids)
    if against == COUNTRY:
        return frame
    return compared(frame, strengths(path).against(kind, year, area_ids, against))


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
def cluster_profiles(
    path: str, area_ids: tuple[str, ...], year: int, against: tuple[str, ...] = COUNTRY
) -> pd.DataFrame:
    """Return the figures of all clusters in some areas; see `Strengths.cluster_profiles`."""
    frame = strengths(path).cluster_profiles(area_ids, year)
    if against == COUNTRY or frame.empty:
        return frame
    parts = []
    for kind, part in frame.groupby("kind", sort=False):
        of = int(part["year"].iloc[0])
        found = strengths(path).against(cast(Kind, kind), of, area_ids, against)
        named = part.rename(columns={"cluster": "code"})
        parts.append(compared(named, found).rename(columns={"code": "cluster"}))
    return pd.concat(parts, ignore_index=True)


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


@st.cache_resource(max_entries=HELD_QUERIES, show_spinner=False)
def benchmark_areas(
    path: str, name: BenchmarkName, area_id: str, own: tuple[str, ...] = ()
) -> tuple[str, ...]:
    """Return the areas that a benchmark adds up; raises as `Strengths.benchmark_areas`."""
    return tuple(strengths(path).benchmark_areas(name, area_id, own))


@st.cache_resource(max_entries=HELD_QUERIES, show_spinner=False)
def hidden_codes(
    path: str, kind: Kind, year: int, benchmark_ids: tuple[str, ...]
) -> tuple[str, ...] | None:
    """Return the codes secret in a benchmark; None where it has no figures in that year.

    Of Germany under totals that are not official, none is: what is published is all there is.
    """
    try:
        found = strengths(path).against(kind, year, benchmark_ids[:1], benchmark_ids)
    except ValueError:
        return None
    return tuple(found.loc[found["hidden"], "code"])


@st.cache_data(max_entries=HELD_QUERIES, show_spinner=False)
def krugman(
    path: str, kind: Kind, year: int, area_ids: tuple[str, ...], benchmark_ids: tuple[str, ...]
) -> pd.Series[float]:
    """Return the Krugman index of areas against a benchmark, indexed by area."""
    return strengths(path).krugman(kind, year, area_ids, benchmark_ids)
