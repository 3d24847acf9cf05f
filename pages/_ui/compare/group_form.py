"""Building groups on the page: a name, members, and the way to take a group away again."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from pages._ui import places, state
from pages._ui.compare import group_data, offer, subjects
from pages._ui.compare.subjects import LONGEST_NAME, Subject
from pages._ui.shell import Page


def show(page: Page, groups: Sequence[Subject]) -> None:
    """Draw the form and the list of groups; what is added or taken away changes the address."""
    t = page.t
    with st.expander(t("vergleich.group.title"), expanded=bool(st.session_state.get("group_said"))):
        st.markdown(t("vergleich.group.lead"))
        names = places.names(page.path, page.language, "name")
        st.text_input(
            t("vergleich.group.name"),
            max_chars=LONGEST_NAME,
            placeholder=t("vergleich.group.nameless", n=len(groups) + 1),
            key="group_name",
        )
        st.multiselect(
            t("vergleich.group.members"),
            offer.areas(page),
            format_func=lambda key: offer.named(page, key, names),
            placeholder=t("vergleich.areas.placeholder"),
            key="group_members",
        )
        st.button(t("vergleich.group.add"), on_click=_add, args=(page, tuple(groups)))
        if said := st.session_state.pop("group_said", ""):
            st.warning(said)
        _list(page, groups)


def _list(page: Page, groups: Sequence[Subject]) -> None:
    if not groups:
        return
    named = {group.key: group for group in groups}
    st.session_state["group_kept"] = list(named)
    st.multiselect(
        page.t("vergleich.group.kept"),
        list(named),
        format_func=lambda key: f"{named[key].name} ({len(named[key].areas)})",
        key="group_kept",
        on_change=_keep,
        args=(tuple(groups),),
    )


def _keep(groups: tuple[Subject, ...]) -> None:
    kept = set(st.session_state["group_kept"])
    state.put(grp=subjects.written([group for group in groups if group.key in kept]))


def _add(page: Page, groups: tuple[Subject, ...]) -> None:
    members = tuple(st.session_state["group_members"])
    if not members:
        st.session_state["group_said"] = page.t("vergleich.group.empty")
        return
    if twice := group_data.overlap(page.path, members):
        names = places.names(page.path, page.language)
        st.session_state["group_said"] = page.t(
            "vergleich.group.overlap", first=names[twice[0]], second=names[twice[1]]
        )
        return
    name = subjects.clean(st.session_state["group_name"])
    name = name or page.t("vergleich.group.nameless", n=len(groups) + 1)
    state.put(grp=subjects.written([*groups, Subject("", name, members)]))
    st.session_state["group_name"] = ""
    st.session_state["group_members"] = []
