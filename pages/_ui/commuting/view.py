"""The controls of the page on commuting, and how they stand in the address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import streamlit as st

from pages._ui import choices
from pages._ui.commuting.neighbours import adjoining
from pages._ui.numbers import number
from pages._ui.rungs import FIVE, REGION
from pages._ui.shell import Page

Who = Literal["near", "five", "all"]
Direction = Literal["both", "out", "in"]
WHO: tuple[Who, ...] = ("near", "five", "all")
DIRECTIONS: tuple[Direction, ...] = ("both", "out", "in")
SMALLEST = (10, 50, 100, 250, 500, 1000, 2500)
USUAL = 250
AREA_WIDTH = 330  # pixels; fits a telephone


@dataclass(frozen=True)
class View:
    """What a reader has chosen."""

    area: str
    who: Who
    direction: Direction
    smallest: int

    @property
    def members(self) -> tuple[str, ...]:
        """Return the districts that the area consists of."""
        return FIVE if self.area == REGION else (self.area,)

    def partners(self) -> frozenset[str] | None:
        """Return the districts at the other end of the flows, None for all."""
        if self.who == "all":
            return None
        chosen = FIVE if self.who == "five" else adjoining(self.members)
        return frozenset(chosen) - set(self.members)

    def address(self) -> dict[str, object]:
        """Return what a link must carry to show the same view."""
        return {
            "area": self.area,
            "pwho": self.who,
            "pdir": self.direction,
            "pmin": self.smallest,
        }


def read(page: Page) -> View:
    """Draw the controls and return what they say."""
    t = page.t
    # Side by side where there is room: a control that is cut off hides what else there is.
    with st.container(horizontal=True, vertical_alignment="bottom"):
        area = choices.area(
            page, (REGION,), REGION, t("pendeln.area"), t("pendeln.area.hint"), AREA_WIDTH
        )
        who = choices.segmented(
            "pwho", WHO, WHO[0], t("pendeln.who"), lambda option: t(f"pendeln.who.{option}")
        )
    return View(area, who, *_narrowed(page))


def _narrowed(page: Page) -> tuple[Direction, int]:
    t = page.t
    with st.container(horizontal=True, vertical_alignment="bottom"):
        direction = choices.segmented(
            "pdir",
            DIRECTIONS,
            DIRECTIONS[0],
            t("pendeln.direction"),
            lambda option: t(f"pendeln.direction.{option}"),
        )
        smallest = choices.segmented(
            "pmin",
            SMALLEST,
            USUAL,
            t("pendeln.smallest"),
            lambda least: number(least, 0, page.language),
        )
    return direction, smallest
