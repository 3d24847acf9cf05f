"""Which goals and notes hold: those of this browser session, else those that are installed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import streamlit as st

from indicators.goals import (
    MOST_BYTES,
    GoalFile,
    Known,
    NoteFile,
    Reading,
    read_goals,
    read_notes,
)
from pages._ui import data, shell

Kind = Literal["goals", "notes"]
KINDS: tuple[Kind, ...] = ("goals", "notes")
LEVELS = ("kreis", "region", "land", "country")


@dataclass(frozen=True)
class Upload:
    """A file that was refused: its name and what is wrong with it."""

    name: str
    reading: Reading[Any]


def installed(kind: Kind) -> Path:
    """Return where the administration puts the file of a kind."""
    return data.DATA / "goals" / f"{kind}.yml"


def own(kind: Kind) -> bytes | None:
    """Return the file that this browser session has brought along, or None."""
    content = st.session_state.get(f"masterplan_{kind}")
    return content if isinstance(content, bytes) else None


def content(kind: Kind) -> bytes:
    """Return the file that holds; no byte more than what shows that it is too large."""
    mine = own(kind)
    if mine is not None:
        return mine
    path = installed(kind)
    if not path.is_file():
        return b""
    with path.open("rb") as file:
        return file.read(MOST_BYTES + 1)


def goals(path: str) -> Reading[GoalFile]:
    """Return the goals that hold; without any file, none and no finding."""
    found = content("goals")
    return parsed_goals(path, found) if found else Reading(GoalFile())


def notes(path: str) -> Reading[NoteFile]:
    """Return the notes that hold; without any file, none and no finding."""
    found = content("notes")
    return parsed_notes(path, found) if found else Reading(NoteFile())


def goals_of(path: str, content: bytes) -> GoalFile:
    """Return the goals in a file, none where it is empty or has faults."""
    return (parsed_goals(path, content).file if content else None) or GoalFile()


def notes_of(path: str, content: bytes) -> NoteFile:
    """Return the notes in a file, none where it is empty or has faults."""
    return (parsed_notes(path, content).file if content else None) or NoteFile()


def take(kind: Kind, path: str, content: bytes, name: str = "") -> bool:
    """Keep a file for this session if nothing is wrong with it; else keep what is wrong."""
    content = content[: MOST_BYTES + 1]
    reading: Reading[Any] = PARSERS[kind](path, content)
    if reading.file is None:
        st.session_state[f"masterplan_{kind}_refused"] = Upload(name, reading)
        return False
    st.session_state[f"masterplan_{kind}"] = content
    st.session_state.pop(f"masterplan_{kind}_refused", None)
    return True


def refused(kind: Kind) -> Upload | None:
    """Return the last file of this session that was refused, until another one is taken over."""
    found = st.session_state.get(f"masterplan_{kind}_refused")
    return found if isinstance(found, Upload) else None


def drop(kind: Kind) -> None:
    """Forget the file of this session; the installed one holds again."""
    for name in (f"masterplan_{kind}", f"masterplan_{kind}_refused"):
        st.session_state.pop(name, None)


@st.cache_resource(max_entries=16, show_spinner=False)
def parsed_goals(path: str, content: bytes) -> Reading[GoalFile]:
    """Return the goals in a file; see `indicators.goals.read_goals`."""
    return read_goals(content, known(path))


@st.cache_resource(max_entries=16, show_spinner=False)
def parsed_notes(path: str, content: bytes) -> Reading[NoteFile]:
    """Return the notes in a file; see `indicators.goals.read_notes`."""
    return read_notes(content, known(path))


PARSERS: dict[Kind, Any] = {"goals": parsed_goals, "notes": parsed_notes}


@st.cache_resource(max_entries=4, show_spinner=False)
def known(path: str) -> Known:
    """Return what goals and notes may refer to."""
    areas = {str(key) for level in LEVELS for key in data.areas(path, level)["area_id"]}
    return Known(frozenset(data.indicators(path)), frozenset(areas), frozenset(addresses()))


def addresses() -> dict[str, str]:
    """Return path in the address -> file of the page: `/karte` -> `pages/karte.py`."""
    return {
        "/" if name == "app.py" else f"/{name.removeprefix('pages/').removesuffix('.py')}": name
        for name in shell.PAGES
    }
