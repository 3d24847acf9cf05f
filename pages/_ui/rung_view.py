"""The controls of the ladder page: area, rung, base, year, and how they stand in the address."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from indicators.store import Extent
from pages._ui import choices, data, state
from pages._ui.controls import EXTENTS
from pages._ui.maps import MapRequest
from pages._ui.rungs import BASED, BASES, FIVE, LARGER, RANGED, REGION, RUNGS, indicator_of
from pages._ui.shell import Page

NO_DISTRICTS = 5
SCHEME, CLASSES = "quantile", 5


@dataclass(frozen=True)
class View:
    """What a reader has chosen."""

    area: str
    rung: int
    base: str
    year: int
    extent: Extent
    marks: bool
    five: bool

    @property
    def indicator(self) -> str:
        """Return the indicator of the chosen rung and base."""
        return indicator_of(self.rung, self.base)

    @property
    def subject(self) -> str:
        """Return the area that the figure is of: the region where a rung has no districts."""
        return self.area if self.rung != NO_DISTRICTS or self.area in LARGER else REGION

    @property
    def areas(self) -> tuple[str, ...]:
        """Return the areas side by side on the ladder, the chosen one first."""
        others = (*FIVE, *LARGER) if self.five else LARGER
        return (self.area, *(area for area in others if area != self.area))

    def request(self, page: Page) -> MapRequest:
        """Return the map of the chosen rung and year."""
        return MapRequest(
            path=page.path,
            indicator=self.indicator,
            year=self.year,
            extent=self.extent,
            scheme=SCHEME,
            size=CLASSES,
            language=page.language,
            narrow=page.narrow,
            selected=self.area,
            marks=self.marks,
            ranged=self.rung == RANGED,
        )

    def address(self) -> dict[str, object]:
        """Return what a link must carry to show the same view."""
        return {
            "area": self.area,
            "rung": self.rung,
            "base": self.base if self.rung in BASED else None,
            "ryear": self.year,
            "ext": self.extent,
            "marks": self.marks or None,
            "five": self.five or None,
        }


def read(page: Page) -> View:
    """Draw the controls above the reading and return what all controls of the page say."""
    area = _area(page)
    rung = choose_rung(page, "rung", RUNGS, page.t("automobil.rung"))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        base = _base(page, rung)
        year = choices.year(page, "ryear", data.years(page.path, indicator_of(rung, base)))
    return View(
        area,
        rung,
        base,
        year,
        state.choice("ext", EXTENTS, "land"),
        rung in BASED and state.choice("marks", (False, True), False),
        state.choice("five", (False, True), False),
    )


def map_controls(page: Page, view: View) -> None:
    """Draw extent and the switch for reference marks above the map."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        choices.segmented(
            "ext",
            EXTENTS,
            view.extent,
            page.t("controls.extent"),
            lambda option: page.t(f"extent.{option}"),
        )
        if view.rung in BASED:
            toggle(page, "marks", view.marks)


def toggle(page: Page, name: str, value: bool) -> None:
    """Draw a switch that stands in the address."""
    st.toggle(
        page.t(f"automobil.{name}"),
        help=page.t(f"automobil.{name}.help"),
        **state.bind(name, value),
    )


def _area(page: Page) -> str:
    label, hint = page.t("automobil.area"), page.t("automobil.area.help")
    return choices.area(page, LARGER, REGION, label, hint, width=420)


def choose_rung(page: Page, name: str, rungs: tuple[int, ...], label: str) -> int:
    """Draw the choice of a rung by its short name; what hangs on a year leaves the address."""
    return choices.segmented(
        name,
        rungs,
        rungs[0],
        label,
        lambda rung: page.t(f"automobil.rung.{rung}.short"),
        clears=("ryear",) if name == "rung" else (),
    )


def _base(page: Page, rung: int) -> str:
    if rung not in BASED:
        return state.choice("base", BASES, BASES[0])
    return choices.segmented(
        "base",
        BASES,
        BASES[0],
        page.t("automobil.base"),
        lambda base: page.t(f"automobil.base.{base}"),
        clears=("ryear",),
    )
