"""The link that shows the same view with the same figures next year."""

from __future__ import annotations

import streamlit as st

from pages._ui import benchmark, data, state
from pages._ui.shell import Page


def link(page: Page, view: dict[str, object]) -> None:
    """Offer the address of this view with release and benchmark written into it."""
    release = data.release(page.path).id
    with st.expander(page.t("share.title")):
        st.markdown(page.t("share.explained"))
        st.code(
            state.permanent_link(release, lang=page.language, **benchmark.address(), **view),
            language=None,
            wrap_lines=True,
        )
