"""Cached access to commuters; `path` is the release file with links resolved, as in `data`."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import streamlit as st

from indicators.commuters import Commuters, Together, open_commuters

HELD = 128


@st.cache_resource(max_entries=4, show_spinner=False)
def commuters(path: str) -> Commuters:
    """Return the open reader of the commuters of a release."""
    return open_commuters(path)


@st.cache_resource(max_entries=4, show_spinner=False)
def reference(path: str) -> dt.date:
    """Return the day that the flows are of."""
    return commuters(path).reference()


@st.cache_data(max_entries=HELD, show_spinner=False)
def flows(path: str, areas: tuple[str, ...]) -> pd.DataFrame:
    """Return all named flows from or to the areas; columns as in `Commuters.flows`."""
    return commuters(path).flows(areas)


@st.cache_data(max_entries=HELD, show_spinner=False)
def pooled(path: str, areas: tuple[str, ...]) -> pd.DataFrame:
    """Return the flows that are published in sums only; columns as in `Commuters.pooled`."""
    return commuters(path).pooled(areas)


@st.cache_data(max_entries=HELD, show_spinner=False)
def abroad(path: str, areas: tuple[str, ...]) -> pd.DataFrame:
    """Return who lives abroad and works in the areas; columns as in `Commuters.abroad`."""
    return commuters(path).abroad(areas)


@st.cache_resource(max_entries=HELD, show_spinner=False)
def together(path: str, areas: tuple[str, ...]) -> Together:
    """Return the commuters of districts taken together as one."""
    return commuters(path).together(areas)


@st.cache_data(max_entries=HELD, show_spinner=False)
def matrix(path: str, members: tuple[str, ...], neighbours: tuple[str, ...]) -> pd.DataFrame:
    """Return residence against workplace; columns and groups as in `Commuters.matrix`."""
    return commuters(path).matrix(members, neighbours)


@st.cache_data(max_entries=HELD, show_spinner=False)
def history(path: str, area: str) -> pd.DataFrame:
    """Return earlier years of one area; columns as in `Commuters.history`."""
    return commuters(path).history(area)


@st.cache_resource(max_entries=4, show_spinner=False)
def newer_source(path: str) -> int | None:
    """Return the first year whose commuter rates come from another source."""
    return commuters(path).newer_source()


@st.cache_data(max_entries=4, show_spinner=False)
def sources(path: str) -> pd.DataFrame:
    """Return the official files behind the flows; columns as in `Store.sources`."""
    return commuters(path).sources()
