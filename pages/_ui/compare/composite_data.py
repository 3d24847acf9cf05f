"""Cached access to the composite index: the same choice is computed once.

`path` is the release file with links resolved, as in `data`.
"""

from __future__ import annotations

import streamlit as st

from indicators.composite import Component, Composite, composite
from pages._ui import data
from pages._ui.compare import group_data

Named = tuple[str, tuple[str, ...]]  # what an area or group is called, and what it consists of


@st.cache_resource(max_entries=64, show_spinner=False)
def index(
    path: str, components: tuple[Component, ...], areas: tuple[Named, ...], spread: float = 0.25
) -> Composite:
    """Return the index of a choice; shared by all readers, so its frames must not be changed.

    Raises:
        ComponentError: a count, or an indicator of which nobody has said what is better.
        ValueError: see `indicators.composite.composite`.
    """
    store, groups = data.store(path), group_data.groups(path)
    return composite(store, groups, components, dict(areas), spread)
