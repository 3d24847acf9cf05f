"""The datasheet on the page: whom it is about, its sections, and the PDF of the same."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial

import streamlit as st

from pages._ui import benchmark, choices, data
from pages._ui.benchmark import Benchmark
from pages._ui.paper import screen
from pages._ui.rungs import COUNTRY, LAND, REGION
from pages._ui.sheet import content
from pages._ui.sheet.subject import Subject
from pages._ui.sheet.subject import of as subject_of
from pages._ui.shell import Page


@dataclass(frozen=True)
class View:
    """What a reader has chosen."""

    area: str
    bench: Benchmark

    def address(self) -> dict[str, object]:
        """Return what a link must carry to show the same view."""
        return {"area": self.area}


def read(page: Page) -> View:
    """Draw the controls and return what they say."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        label, hint = page.t("steckbrief.area"), page.t("steckbrief.area.help")
        area = choices.area(page, (REGION, LAND, COUNTRY), REGION, label, hint, width=420)
        bench = benchmark.read(page, area)
    return View(area, bench)


def show(page: Page, view: View) -> None:
    """Draw the datasheet and the button for its PDF."""
    subject = subject_of(page.path, view.area, view.bench, page.language)
    st.download_button(
        page.t("steckbrief.pdf"),
        data=partial(content.make, page.path, view.area, view.bench, page.language),
        file_name=file_name(page, subject),
        mime="application/pdf",
        on_click="ignore",
        type="primary",
        icon=":material/picture_as_pdf:",
    )
    st.caption(content.subtitle(subject))
    with st.spinner(page.t("steckbrief.building")):
        blocks = content.sections(page.path, view.area, view.bench, page.language)
    screen.show(page, blocks, "sheet")


def file_name(page: Page, subject: Subject) -> str:
    """Return a file name that says page, area, language and release."""
    release = data.release(page.path).id
    name = f"{page.key}_{subject.area}_{subject.short}_{page.language}_{release}"
    return re.sub(r"[^\w.-]+", "-", name) + ".pdf"
