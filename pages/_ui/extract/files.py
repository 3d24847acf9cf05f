"""The selection as a file: five formats and its description, each written when asked for."""

from __future__ import annotations

import threading
from functools import partial

import streamlit as st

from indicators import extract_files
from indicators.extracts import Selection
from pages._ui.extract import readers
from pages._ui.numbers import number
from pages._ui.shell import Page

# What one file may hold here; all there is stands ready under a fixed address.
MOST_ROWS = 50_000
# One file after the other: what writing takes of memory and of the machine stays bounded.
_turn = threading.Lock()


def buttons(page: Page, selection: Selection, rows: int) -> None:
    """Show the downloads, or say that the selection is too long for one file."""
    if rows == 0:
        return
    if rows > MOST_ROWS:
        shown = number(rows, 0, page.language)
        most = number(MOST_ROWS, 0, page.language)
        st.warning(page.t("daten.too_many", rows=shown, most=most))
        return
    description = readers.description(page.path, selection)
    with st.container(horizontal=True):
        for kind, (ending, mime) in extract_files.FORMATS.items():
            st.download_button(
                page.t(f"daten.file.{kind}"),
                data=partial(content, page.path, selection, kind, page.language),
                file_name=f"{description.name}.{ending}",
                mime=mime,
                on_click="ignore",
                key=f"extract_{kind}",
            )
    st.caption(page.t("daten.file.note"))


def content(path: str, selection: Selection, kind: str, language: str) -> bytes:
    """Return the bytes of a file, written by a process of its own, one file after the other."""
    with _turn:
        return extract_files.write_apart(path, selection, kind, language)
