"""The page: what holds, how all goals stand, each goal, the stories, and the files."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from indicators.goals import GoalFile, NoteFile
from pages._ui import data, printing, state, table_files
from pages._ui.goals import blocks, document, exchange, kept, noting, story
from pages._ui.goals.standing import Filter, Standing, counted, read, standings
from pages._ui.paper import screen
from pages._ui.shell import Page

MAP = "pages/karte.py"


def show(page: Page) -> dict[str, object]:
    """Draw the page and return what a link to it must carry."""
    printing.style()
    goals, notes = kept.goals(page.path), kept.notes(page.path)
    exchange.state(page, "goals", goals)
    file = goals.file or GoalFile()
    content = kept.content("goals") if goals.file is not None else b""
    chosen = _goals(page, content, file.example)
    st.header(page.t("masterplan.story"))
    exchange.state(page, "notes", notes)
    story.show(page, notes.file or NoteFile())
    with st.expander(page.t("masterplan.form")):
        noting.show(page, notes.file or NoteFile())
    with st.container(key=printing.SCREEN_ONLY):
        _exchange(page, goals.file, notes.file)
    return chosen.address()


def _exchange(page: Page, goals: GoalFile | None, notes: NoteFile | None) -> None:
    st.header(page.t("masterplan.files"))
    st.markdown(page.t("masterplan.files.lead"))
    left, right = st.columns(2)
    with left:
        exchange.show(page, "goals", goals)
    with right:
        exchange.show(page, "notes", notes)
    for kind in kept.KINDS:
        exchange.refused(page, kind)


def _goals(page: Page, content: bytes, example: bool) -> Filter:
    every = standings(page.path, content, page.language)
    if not every:
        st.markdown(page.t("masterplan.none"))
        return Filter()
    st.header(page.t("masterplan.overview"))
    chosen = read(page, every)
    entries = [entry for entry in every if chosen.keeps(entry)]
    if not entries:
        st.info(page.t("masterplan.filter.none"))
        return chosen
    st.markdown(f"#### {counted(entries, page.t)}")
    for place, table in enumerate(blocks.overview(entries, page.t)):
        screen.show(page, [table], f"overview_{place}")  # one by one: a second would be folded
    st.caption(page.t("masterplan.rule"))
    _files(page, entries, chosen, example)
    st.header(page.t("masterplan.each"))
    for entry in entries[: document.MOST_SHOWN]:
        name = entry.goal.id
        screen.show(page, blocks.goal(page.path, content, name, page.language), name)
        _way(page, entry)
    if len(entries) > document.MOST_SHOWN:
        st.info(page.t("masterplan.first", n=document.MOST_SHOWN, of=len(entries)))
    return chosen


def _way(page: Page, entry: Standing) -> None:
    st.page_link(
        MAP,
        label=page.t("masterplan.to_map", area=screen.plain(entry.area)),
        query_params=state.link_params(MAP, ind=entry.goal.indicator, area=entry.goal.area),
    )


def _files(page: Page, entries: Sequence[Standing], chosen: Filter, example: bool) -> None:
    release = data.release(page.path).id
    made = partial(
        document.make, kept.content("goals"), kept.content("notes"), page.path, chosen,
        page.language, noting.base(),
    )  # fmt: skip
    st.download_button(
        page.t("masterplan.pdf"),
        data=made,
        file_name=f"{page.key}_{page.language}_{release}.pdf",
        mime="application/pdf",
        on_click="ignore",
        type="primary",
        icon=":material/picture_as_pdf:",
    )
    rows = partial(document.content, page.path, entries, example, page.t)
    table_files.buttons(page, rows, "goals")
