"""The controls of the page on change, and how they stand in the address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import streamlit as st

from indicators.change_store import KINDS, METHODS, Kind, Method
from indicators.store import Extent
from pages._ui import benchmark, choices, places
from pages._ui.benchmark import Benchmark
from pages._ui.change import readers
from pages._ui.controls import EXTENTS
from pages._ui.rungs import COUNTRY, LAND, REGION
from pages._ui.shell import Page

AREA = "14524"
Measure = Literal["regional_rate", "growth", "mix_rate"]
MEASURES: tuple[Measure, ...] = ("regional_rate", "growth", "mix_rate")


@dataclass(frozen=True)
class View:
    """What a reader has chosen; `bench` is what the change is compared with."""

    area: str
    kind: Kind
    first: int
    last: int
    method: Method
    bench: Benchmark
    measure: Measure
    extent: Extent

    def address(self) -> dict[str, object]:
        """Return what a link must carry to show the same view."""
        return {
            "area": self.area,
            "groups": self.kind,
            "from": self.first,
            "to": self.last,
            "split": self.method,
            "shade": self.measure,
            "ext": self.extent,
        }

    @property
    def span(self) -> str:
        """Return the years as a file name and a title write them."""
        return f"{self.first}–{self.last}"


def read(page: Page) -> View:
    """Draw the controls and return what they say."""
    t = page.t
    with st.container(horizontal=True, vertical_alignment="bottom"):
        larger = (REGION, LAND, COUNTRY)
        area = choices.area(page, larger, AREA, t("wandel.area"), t("wandel.area.help"), width=330)
        kind = choices.select(
            "groups",
            KINDS,
            KINDS[0],
            t("wandel.kind"),
            lambda option: t(f"wandel.kind.{option}"),
            clears=("from", "to"),
            width=330,
        )
        first, last = _span(page, kind)
    left, right = st.columns(2)
    with left:
        method = choices.select(
            "split",
            METHODS,
            METHODS[0],
            t("wandel.method"),
            lambda option: t(f"wandel.method.{option}"),
            hint=t("wandel.method.help"),
        )
    with right:
        bench = benchmark.read(page, area)
    measure, extent = _map(page)
    return View(area, kind, first, last, method, bench, measure, extent)


def _span(page: Page, kind: Kind) -> tuple[int, int]:
    years = readers.years(page.path, kind)
    first = choices.select(
        "from", years[:-1], years[0], page.t("wandel.from"), width=choices.YEAR_WIDTH
    )
    later = [year for year in reversed(years) if year > first]
    last = choices.select("to", later, later[0], page.t("wandel.to"), width=choices.YEAR_WIDTH)
    return first, last


def _map(page: Page) -> tuple[Measure, Extent]:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        measure = choices.segmented(
            "shade",
            MEASURES,
            MEASURES[0],
            page.t("wandel.measure"),
            lambda option: page.t(f"wandel.measure.{option}"),
        )
        extent = choices.segmented(
            "ext",
            EXTENTS,
            "country",
            page.t("controls.extent"),
            lambda option: page.t(f"extent.{option}"),
        )
    return measure, extent


def where(page: Page, area: str) -> str:
    """Return an area with its preposition, as a sentence needs it."""
    name = places.names(page.path, page.language, "name")[area]
    return places.place(area, name, places.names(page.path, page.language)[area], page.language)
