"""Notes tied to views, told in order: on the page with ways to the views, and as blocks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

import streamlit as st

from indicators.goals import Note, NoteFile, Story
from pages._ui.goals import kept
from pages._ui.i18n import Texts
from pages._ui.numbers import date
from pages._ui.paper import model, screen
from pages._ui.paper.model import Block
from pages._ui.shell import Page


@dataclass(frozen=True)
class View:
    """A view of the application: the file of its page, its part of texts, and its address."""

    page: str
    key: str
    address: dict[str, str]


def view(link: str) -> View:
    """Return the view that the link of a checked note leads to."""
    parts = urlsplit(link)
    name = kept.addresses()[parts.path]
    return View(name, parts.path.strip("/") or "app", dict(parse_qsl(parts.query)))


def stories(file: NoteFile) -> list[tuple[Story, list[Note]]]:
    """Return the stories with their notes in order; a story without notes is left out."""
    told = [
        (story, sorted((n for n in file.notes if n.story == story.id), key=lambda n: n.order))
        for story in file.stories
    ]
    return [(story, notes) for story, notes in told if notes]


def show(page: Page, file: NoteFile) -> None:
    """Draw all stories, each note with a way to its view."""
    told = stories(file)
    if not told:
        st.markdown(page.t("masterplan.story.none"))
    for story, notes in told:
        screen.show(page, [model.Heading(story.name.get(page.language), 2)], f"story_{story.id}")
        for place, note in enumerate(notes, start=1):
            screen.show(page, _said(note, place, page.t), f"note_{note.id}")
            _way(page, note)


def _said(note: Note, place: int, t: Texts) -> list[Block]:
    signed = t("masterplan.signed", day=date(note.date, t.language), author=note.author)
    return [model.Paragraph(f"{place}. {note.text.get(t.language)}"), model.Note(signed)]


def _way(page: Page, note: Note) -> None:
    there = view(note.link)
    st.page_link(
        there.page,
        label=_label(there, page.t),
        query_params=there.address | {"lang": page.language},
    )


def _label(there: View, t: Texts) -> str:
    name = t(f"{there.key}.link")
    if release := there.address.get("release"):
        return t("masterplan.open.pinned", page=name, release=screen.plain(release))
    return t("masterplan.open", page=name)


def blocks(file: NoteFile, base: str, t: Texts) -> list[Block]:
    """Return all stories for a document; `base` is the address under which the pages are."""
    found: list[Block] = []
    for story, notes in stories(file):
        found.append(model.Heading(story.name.get(t.language), 2))
        found += _steps(notes, base, t)
    return found


def _steps(notes: Sequence[Note], base: str, t: Texts) -> list[Block]:
    found: list[Block] = []
    for place, note in enumerate(notes, start=1):
        label = t("masterplan.view", page=t(f"{view(note.link).key}.link"))
        found += [*_said(note, place, t), model.Link(label, f"{base}{note.link}" if base else "")]
    return found
