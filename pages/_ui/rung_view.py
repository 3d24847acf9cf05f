"""The controls of the ladder page: area, rung, base, year, and how they stand in the address."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from indicators.store import Extent
from pages._ui import data, places, state
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
    rung = _rung(page)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        base = _base(page, rung)
        year = _year(page, rung, base)
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
        st.segmented_control(
            page.t("controls.extent"),
            EXTENTS,
            format_func=lambda option: page.t(f"extent.{option}"),
            required=True,
            **state.bind("ext", view.extent),
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
    names = places.names(page.path, page.language, "name")
    kreise = set(data.areas(page.path)["area_id"])
    others = sorted(kreise - set(FIVE), key=lambda area: names[area])
    options = [*FIVE, *LARGER, *others]
    value: str = state.choice("area", options, REGION)
    st.selectbox(
        page.t("automobil.area"),
        options,
        format_func=names.__getitem__,
        help=page.t("automobil.area.help"),
        width=420,
        **state.bind("area", value),
    )
    return value


def _rung(page: Page) -> int:
    value = state.choice("rung", RUNGS, 1)
    st.segmented_control(
        page.t("automobil.rung"),
        RUNGS,
        format_func=lambda rung: page.t(f"automobil.rung.{rung}.short"),
        required=True,
        **state.bind("rung", value, clears=("ryear",)),
    )
    return value


def _base(page: Page, rung: int) -> str:
    value = state.choice("base", BASES, "industry")
    if rung in BASED:
        st.segmented_control(
            page.t("automobil.base"),
            BASES,
            format_func=lambda base: page.t(f"automobil.base.{base}"),
            required=True,
            **state.bind("base", value, clears=("ryear",)),
        )
    return value


def _year(page: Page, rung: int, base: str) -> int:
    years = data.years(page.path, indicator_of(rung, base))[::-1]
    value = state.choice("ryear", years, years[0])
    st.selectbox(
        page.t("controls.year"),
        years,
        disabled=len(years) == 1,
        width=130,
        **state.bind("ryear", value),
    )
    return value
