"""A table of the page as a file: for German Excel, and plain for everything else."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import streamlit as st

from pages._ui import data, downloads, text
from pages._ui.shell import Page

KINDS = ("excel", "plain")
Cell = str | float | None


@dataclass(frozen=True)
class Content:
    """A file before it is written: what it says of itself, titles, rows."""

    head: Sequence[str]
    titles: Sequence[str]
    rows: Sequence[Sequence[Cell]]


def buttons(page: Page, content: Callable[[], Content], name: str) -> None:
    """Show both downloads of a table; a file is written when it is asked for.

    `name` says what is inside; the file name begins with the key of the page. A name stands once
    on a page.
    """
    release = data.release(page.path)
    line = text.release_line(release, page.language)
    with st.container(horizontal=True):
        for kind in KINDS:
            st.download_button(
                page.t(f"automobil.file.{kind}"),
                data=partial(_written, content, kind, line),
                file_name=file_name(page.key, name, release.id, kind),
                mime="text/csv",
                on_click="ignore",
                key=f"dl_{name}_{kind}",
            )


def file_name(page: str, name: str, release: str, kind: str) -> str:
    """Return a file name that says from which page it is, what is inside, and of which release."""
    return re.sub(r"[^A-Za-z0-9._-]+", "-", f"{page}_{name}_{release}_{kind}") + ".csv"


def _written(content: Callable[[], Content], kind: str, release: str) -> bytes:
    return write(content(), kind, release)


def write(content: Content, kind: str, release: str) -> bytes:
    """Return the bytes of a file, every text of it harmless for a spreadsheet.

    For Excel, what the file says of itself stands above the table; the plain file has one head
    line and repeats it in its last columns.
    """
    titles = list(content.titles)
    if kind == "excel":
        rows = [[_cell(cell, ",") for cell in row] for row in content.rows]
        head = [[downloads.harmless(line)] for line in (*content.head, release)]
        return downloads.for_excel([*head, [], titles, *rows])
    said = [downloads.harmless(" | ".join(content.head)), release]
    plain = [[*(_cell(cell, ".") for cell in row), *said] for row in content.rows]
    return downloads.plain([[*titles, "note", "release"], *plain])


def _cell(cell: Cell, decimal: str) -> str:
    if isinstance(cell, str):
        return downloads.harmless(cell)
    return "" if cell is None else f"{cell:.10g}".replace(".", decimal)
