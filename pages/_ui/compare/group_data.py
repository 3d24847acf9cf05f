"""Cached access to figures of groups: several areas taken together as one.

Every function takes `path`, the release file with links resolved, as in `data`.
"""

from __future__ import annotations

import pandas as pd
import streamlit as st

from indicators.groups import Groups, Obstacle, open_groups
from pages._ui.data import HELD_QUERIES


@st.cache_resource(max_entries=4, show_spinner=False)
def groups(path: str) -> Groups:
    """Return the open reader of groups of a release."""
    return open_groups(path)


@st.cache_data(max_entries=4 * HELD_QUERIES, show_spinner=False)
def series(path: str, indicator: str, areas: tuple[str, ...]) -> pd.DataFrame:
    """Return all years of the areas taken together; columns as in `Groups.series`.

    Raises:
        OverlapError: an area would be counted twice; ask `overlap` before.
    """
    return groups(path).series(indicator, areas)


def overlap(path: str, areas: tuple[str, ...]) -> tuple[str, str] | None:
    """Return two areas that share a district and so cannot be in one group, None if none do."""
    return groups(path).overlap(areas)


def same_as(path: str, areas: tuple[str, ...]) -> str | None:
    """Return the published area that these areas make up together, None if there is none."""
    return groups(path).same_as(areas)


@st.cache_resource(max_entries=HELD_QUERIES, show_spinner=False)
def why_not(path: str, indicator: str) -> Obstacle | None:
    """Return the quantities that cannot be added up for groups; see `Groups.why_not`."""
    return groups(path).why_not(indicator)
