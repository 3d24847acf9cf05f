"""The form for one more note, which holds in this browser session."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from indicators.goals import LONGEST_NAME, LONGEST_TEXT, NoteFile, add_note, write
from pages._ui.goals import faults, kept
from pages._ui.paper import screen
from pages._ui.shell import Page

NEW = ""  # in place of the id of a story
FIELDS = ("story", "title", "text", "date", "author", "link")
FAULTS = "masterplan_note_faults"
DAY = {"de": "DD.MM.YYYY", "en": "DD/MM/YYYY"}


def base() -> str:
    """Return the address under which the pages are, without the page; '' where it is not known."""
    return (st.context.url or "").split("?")[0].rpartition("/")[0]


def within(link: str) -> str:
    """Return path and query of a pasted link to this application; any other link as it stands."""
    link, here = link.strip(), base()
    if not here or not link.startswith((f"{here}/", f"{here}?")):
        return link
    rest = link.removeprefix(here)
    return rest if rest.startswith("/") else f"/{rest}"


def show(page: Page, file: NoteFile) -> None:
    """Draw the form and, after a try that failed, what was wrong."""
    t = page.t
    names = {story.id: story.name.get(page.language) for story in file.stories}
    names[NEW] = t("masterplan.form.new")
    with st.form("masterplan_form"):
        st.selectbox(
            t("masterplan.form.story"),
            list(names),
            format_func=names.__getitem__,
            key=_key("story"),
        )
        st.text_input(t("masterplan.form.title"), max_chars=LONGEST_NAME, key=_key("title"))
        st.text_area(t("masterplan.form.text"), max_chars=LONGEST_TEXT, key=_key("text"))
        left, right = st.columns(2)
        with left:
            st.date_input(t("masterplan.form.date"), format=DAY[page.language], key=_key("date"))
        with right:
            st.text_input(t("masterplan.form.author"), max_chars=10, key=_key("author"))
        hint = t("masterplan.form.link.help")
        st.text_input(t("masterplan.form.link"), help=hint, key=_key("link"))
        st.form_submit_button(t("masterplan.form.add"), on_click=_add, args=(page, file))
    for fault in st.session_state.get(FAULTS, ()):
        field = t(f"masterplan.form.{_field(fault.path)}")
        words = f"{field}: {faults.wrong(fault, t)} {faults.remedy(fault, t)}"
        st.error(screen.plain(words))


def _key(field: str) -> str:
    return f"masterplan_form_{field}"


def _field(path: str) -> str:
    """Return the field of the form that a finding is about."""
    last = [part for part in path.split(".") if part in FIELDS]
    return last[-1] if last else "title" if path.startswith("stories") else "text"


def _add(page: Page, file: NoteFile) -> None:
    given = {field: st.session_state.get(_key(field)) for field in FIELDS}
    day = given["date"]
    text, title = str(given["text"] or "").strip(), str(given["title"] or "").strip()
    note = {
        "story": given["story"],
        "date": day.isoformat() if isinstance(day, dt.date) else "",
        "author": given["author"],
        "text": {page.language: text} if text else {},
        "link": within(str(given["link"] or "")),
    }
    new = {page.language: title} if title else {}
    reading = add_note(file, note, kept.known(page.path), new if given["story"] == NEW else None)
    st.session_state[FAULTS] = reading.findings
    if reading.file is not None:
        kept.take("notes", page.path, write(reading.file))
        for field in ("title", "text", "link"):
            st.session_state[_key(field)] = ""
