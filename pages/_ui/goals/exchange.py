"""Files of goals and notes on the page: bring one along, see what is wrong with it, take one away.

What a reader brings along holds in that browser session only; nothing is written on the server.
"""

from __future__ import annotations

import json
from typing import Any

import streamlit as st

from indicators.goals import MOST_BYTES, MOST_ENTRIES, GoalFile, NoteFile, Reading, write
from pages._ui.goals import faults, kept
from pages._ui.goals.kept import Kind
from pages._ui.i18n import Texts
from pages._ui.numbers import number
from pages._ui.paper import screen
from pages._ui.shell import Page

LARGEST_UPLOAD = 5  # MB: what is larger than a file may be, but no mistake, is refused in words
BUTTON = "[data-testid=stFileUploaderDropzone] button [data-testid=stMarkdownContainer]"


def state(page: Page, kind: Kind, reading: Reading[Any]) -> None:
    """Say which file holds: an example, one of this session, or one with faults."""
    t = page.t
    if reading.file is None:
        st.error(t(f"masterplan.installed.{kind}.faulty"))
        _findings(page, reading, t(f"masterplan.faults.{kind}"))
    elif reading.file.example:
        st.info(t(f"masterplan.example.{kind}"))
    if kept.own(kind) is not None:
        st.warning(t(f"masterplan.own.{kind}"))
        st.button(
            t(f"masterplan.drop.{kind}"), on_click=kept.drop, args=(kind,), key=f"drop_{kind}"
        )


def show(page: Page, kind: Kind, file: GoalFile | NoteFile | None) -> None:
    """Draw import and export of one kind of file."""
    t = page.t
    st.subheader(t(f"masterplan.files.{kind}"))
    if file is not None:
        st.download_button(
            t(f"masterplan.export.{kind}"),
            data=write(file),
            file_name=f"{kind}.yml",
            mime="application/yaml",
            on_click="ignore",
            key=f"export_{kind}",
        )
    _button(t("masterplan.browse"))
    key = f"upload_{kind}"
    st.file_uploader(
        t(f"masterplan.import.{kind}"),
        type=["yml", "yaml"],
        key=key,
        on_change=_uploaded,
        args=(kind, page.path, key),
        max_upload_size=LARGEST_UPLOAD,
    )
    if kept.own(kind) is not None:
        st.success(t(f"masterplan.own.{kind}"))
    limits = {"size": _whole(MOST_BYTES // 1000, t), "entries": _whole(MOST_ENTRIES, t)}
    said = (t("masterplan.import.help", **limits), t(f"masterplan.keep.{kind}"))
    st.caption(" ".join(said))


def refused(page: Page, kind: Kind) -> None:
    """Say what is wrong with the last file of this session, if it was refused."""
    upload = kept.refused(kind)
    if upload is not None:
        st.error(page.t("masterplan.refused", name=screen.plain(upload.name)))
        _findings(page, upload.reading, page.t("masterplan.faults.own", name=upload.name))


def _button(said: str) -> None:
    """Write on the button of the file widget, which knows English only."""
    st.html(
        f"<style>{BUTTON} p {{ display: none; }}"
        f"{BUTTON}::after {{ content: {json.dumps(said, ensure_ascii=False)}; }}</style>"
    )


def _uploaded(kind: Kind, path: str, key: str) -> None:
    upload = st.session_state.get(key)
    if upload is not None:
        kept.take(kind, path, upload.getvalue(), upload.name)


def _findings(page: Page, reading: Reading[Any], caption: str) -> None:
    st.html(faults.table(reading, caption, page.t))
    if reading.more:
        st.caption(page.t("masterplan.more_faults", n=_whole(reading.more, page.t)))


def _whole(value: int, t: Texts) -> str:
    return number(value, 0, t.language)
