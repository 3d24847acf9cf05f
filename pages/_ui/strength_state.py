"""The controls of the page of strengths and how they stand in the address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, cast

import streamlit as st

from indicators.store import Extent
from indicators.strengths_store import Kind
from pages._ui import data, places, state, strength_data
from pages._ui.controls import EXTENTS
from pages._ui.rungs import FIVE, REGION
from pages._ui.shell import Page

KINDS: tuple[Kind, ...] = (
    "occupation",
    "industry",
    "division",
    "activity",
    "cluster_occupation",
    "cluster_division",
)
Measure = Literal["lq", "size"]
MEASURES: tuple[Measure, ...] = ("lq", "size")
AREA = "14523"  # its makers of musical instruments stand out among all districts


@dataclass(frozen=True)
class StrengthView:
    """What a reader has chosen."""

    area: str
    kind: Kind
    code: str
    year: int
    measure: Measure
    extent: Extent

    def address(self) -> dict[str, object]:
        """Return what a link must carry to show the same view."""
        return {
            "area": self.area,
            "kind": self.kind,
            "code": self.code,
            "syear": self.year,
            "measure": self.measure,
            "ext": self.extent,
        }


def read(page: Page) -> StrengthView:
    """Draw the controls above the sections and return what they say."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        area = _area(page)
        kind = _kind(page)
        year = _year(page, kind)
    code = _code(page, area, kind, year)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        measure = _segmented(page, "measure", MEASURES, "lq", "staerken.measure")
        extent = _segmented(page, "ext", EXTENTS, "country", "extent", "controls.extent")
    return StrengthView(area, kind, code, year, cast(Measure, measure), cast(Extent, extent))


def strongest(path: str, area: str, kind: Kind, year: int) -> str:
    """Return the code with the highest published quotient that does not rest on few persons."""
    frame = strength_data.area(path, area, kind, year)
    sure = frame[frame["lq"].notna() & ~frame["few"].astype("boolean").fillna(False)]
    if sure.empty:
        return str(strength_data.codes(path, kind)["code"].iloc[0])
    return str(sure.sort_values(["lq", "code"], ascending=[False, True])["code"].iloc[0])


def _area(page: Page) -> str:
    names = places.names(page.path, page.language, "name")
    kreise = set(data.areas(page.path)["area_id"])
    others = sorted(kreise - set(FIVE), key=lambda area: names[area])
    options = [*FIVE, REGION, *others]
    value: str = state.choice("area", options, AREA)
    st.selectbox(
        page.t("staerken.area"),
        options,
        format_func=names.__getitem__,
        help=page.t("staerken.area.help"),
        width=330,
        **state.bind("area", value),
    )
    return value


def _kind(page: Page) -> Kind:
    value: Kind = state.choice("kind", KINDS, KINDS[0])
    st.selectbox(
        page.t("staerken.kind"),
        KINDS,
        format_func=lambda kind: page.t(f"staerken.kind.{kind}"),
        help=page.t("staerken.kind.help"),
        width=330,
        **state.bind("kind", value, clears=("code", "syear")),
    )
    return value


def _year(page: Page, kind: Kind) -> int:
    years = strength_data.years(page.path, kind)[::-1]
    value = state.choice("syear", years, years[0])
    st.selectbox(
        page.t("controls.year"),
        years,
        disabled=len(years) == 1,
        width=130,
        **state.bind("syear", value),
    )
    return value


def _code(page: Page, area: str, kind: Kind, year: int) -> str:
    frame = strength_data.codes(page.path, kind)
    names = dict(zip(frame["code"], frame[f"name_{page.language}"], strict=True))
    bare = kind.startswith("cluster")
    value: str = state.choice("code", list(names), strongest(page.path, area, kind, year))
    st.selectbox(
        page.t("staerken.code"),
        list(names),
        format_func=lambda code: names[code] if bare else f"{code} {names[code]}",
        help=page.t("staerken.code.help"),
        width=673,
        **state.bind("code", value),
    )
    return value


def _segmented(
    page: Page, name: str, options: tuple[str, ...], default: str, family: str, label: str = ""
) -> str:
    value = state.choice(name, options, default)
    st.segmented_control(
        page.t(label or family),
        options,
        format_func=lambda option: page.t(f"{family}.{option}"),
        required=True,
        **state.bind(name, value),
    )
    return value
