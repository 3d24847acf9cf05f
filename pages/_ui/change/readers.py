"""Cached access to shift-share and shares over time of one release."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from indicators.change_store import Change, Kind, Method, open_change
from pages._ui.i18n import Texts

HELD = 128
REST = "B+D+E"  # a group that tables do not name: B-E without C


@st.cache_resource(max_entries=2, show_spinner=False)
def change(path: str) -> Change:
    """Return the open reader of a release."""
    return open_change(path)


@st.cache_data(max_entries=16, show_spinner=False)
def years(path: str, kind: Kind) -> list[int]:
    """Return the years of a kind, ascending."""
    return change(path).years(kind)


@st.cache_resource(max_entries=16, show_spinner=False)
def names(path: str, kind: Kind, language: str) -> dict[str, str]:
    """Return code -> code and name of every category of a kind."""
    frame = change(path).codes(kind)
    found = dict(zip(frame["code"], frame[f"name_{language}"], strict=True))
    rest = {REST: Texts(language)("wandel.rest")} if REST in found else {}
    return {code: f"{code} {name}" for code, name in (found | rest).items()}


@st.cache_data(max_entries=HELD, show_spinner=False)
def components(
    path: str, kind: Kind, area: str, of: tuple[str, ...], first: int, last: int, method: Method
) -> pd.DataFrame:
    """Return the split of every category of an area; see `Change.components`."""
    return change(path).components(kind, [area], of, first, last, method)


@st.cache_data(max_entries=HELD, show_spinner=False)
def totals(
    path: str, kind: Kind, areas: tuple[str, ...], of: tuple[str, ...], first: int, last: int,
    method: Method,
) -> pd.DataFrame:  # fmt: skip
    """Return the split of areas, all categories added up; see `Change.totals`."""
    return change(path).totals(kind, areas, of, first, last, method)


@st.cache_data(max_entries=HELD, show_spinner=False)
def yearly(
    path: str, kind: Kind, area: str, of: tuple[str, ...], first: int, last: int
) -> pd.DataFrame:
    """Return the split of every year; see `Change.yearly`."""
    return change(path).yearly(kind, [area], of, first, last)


@st.cache_data(max_entries=HELD, show_spinner=False)
def shares(
    path: str, kind: Kind, area: str, of: tuple[str, ...], first: int, last: int
) -> pd.DataFrame:
    """Return shares over the years of an area and its benchmark; see `Change.shares`."""
    return change(path).shares(kind, [area], first, last, of)


@st.cache_data(max_entries=HELD, show_spinner=False)
def sources(path: str, kind: Kind, year: int) -> pd.DataFrame:
    """Return the official files behind a kind in a year; see `Change.sources`."""
    return change(path).sources(kind, year)
