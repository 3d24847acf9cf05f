"""The controls of a map: what to show, when, where, and in which classes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

import streamlit as st

from indicators.store import Extent
from pages._ui import choices, classes, data, state
from pages._ui.maps import MapRequest
from pages._ui.shell import Page

EXTENTS: tuple[Extent, ...] = ("region", "land", "country")
DEFAULT_INDICATOR = "unemployment_rate"
T = TypeVar("T", bound=str)
SCALES = ("shared", "own")


@dataclass(frozen=True)
class Choice:
    """An indicator in a year."""

    indicator: str
    year: int


@dataclass(frozen=True)
class View:
    """What a reader has chosen: one map or two, extent, classes, and the area clicked last."""

    first: Choice
    second: Choice | None
    extent: Extent
    scheme: str
    size: int
    shared: bool
    area: str | None

    def requests(self, page: Page) -> list[MapRequest]:
        """Return the maps to draw."""
        shown = [self.first, *([self.second] if self.second else [])]
        together = tuple((choice.indicator, choice.year) for choice in shown)
        return [
            MapRequest(
                path=page.path,
                indicator=choice.indicator,
                year=choice.year,
                extent=self.extent,
                scheme=self.scheme,
                size=self.size,
                language=page.language,
                narrow=page.narrow,
                half=self.second is not None,
                selected=self.area or "",
                shared=together if self.shared else (),
            )
            for choice in shown
        ]

    def address(self) -> dict[str, object]:
        """Return what a link must carry to show the same view."""
        second = self.second
        return {
            "ind": self.first.indicator,
            "year": self.first.year,
            "ext": self.extent,
            "scheme": self.scheme,
            "k": self.size,
            "area": self.area,
            "maps": 2 if second else None,
            "ind2": second.indicator if second else None,
            "year2": second.year if second else None,
            "scale": ("shared" if self.shared else "own") if second else None,
        }


def read(page: Page) -> View:
    """Draw the controls and return what they say."""
    first = _choice(page, "", default_indicator(page.path))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        extent = _segmented(page, "ext", EXTENTS, "land", "extent")
        counts = data.indicators(page.path)[first.indicator].display == "count"
        scheme = _scheme(page, counts)
        size = _size(page, counts)
        two = _segmented(page, "maps", ("1", "2"), "1", "maps") == "2"
    second = _choice(page, "2", first.indicator) if two else None
    shared = _shared(page, first, second)
    keys = list(data.areas(page.path)["area_id"])
    return View(first, second, extent, scheme, size, shared, state.choice("area", keys, None))


def default_indicator(path: str) -> str:
    """Return the indicator that a map opens with."""
    names = list(data.indicators(path))
    return DEFAULT_INDICATOR if DEFAULT_INDICATOR in names else names[0]


def _choice(page: Page, suffix: str, default: str) -> Choice:
    known = data.indicators(page.path)
    chosen = known[state.choice(f"ind{suffix}", list(known), default)]
    themes = {
        theme.id: theme.name.get(page.language)
        for theme in data.themes(page.path)
        if any(entry.theme == theme.id for entry in known.values())
    }
    left, middle, right = st.columns([3, 5, 2])
    with left:
        theme = st.selectbox(
            page.t(f"controls.theme{suffix}"),
            list(themes),
            format_func=themes.__getitem__,
            key=_theme_key(suffix, chosen.theme),
            on_change=_theme_changed,
            args=(page.path, suffix),
        )
    within = [entry.id for entry in known.values() if entry.theme == theme]
    with middle:
        indicator = st.selectbox(
            page.t(f"controls.indicator{suffix}"),
            within,
            format_func=lambda name: known[name].name.get(page.language),
            **state.bind(f"ind{suffix}", chosen.id, clears=(f"year{suffix}",)),
        )
    years = data.years(page.path, indicator)[::-1]
    with right:
        year = state.choice(f"year{suffix}", years, years[0])
        st.selectbox(page.t(f"controls.year{suffix}"), years, **state.bind(f"year{suffix}", year))
    return Choice(indicator, year)


def _theme_key(suffix: str, theme: str) -> str:
    """The theme follows from the indicator, so it is not part of the address."""
    key = f"w_theme{suffix}"
    st.session_state[key] = theme
    return key


def _theme_changed(path: str, suffix: str) -> None:
    theme = st.session_state[f"w_theme{suffix}"]
    first = next(entry.id for entry in data.indicators(path).values() if entry.theme == theme)
    state.put(**{f"ind{suffix}": first, f"year{suffix}": None})


def _segmented(page: Page, name: str, options: tuple[T, ...], default: T, label: str) -> T:
    return choices.segmented(
        name,
        options,
        default,
        page.t(f"controls.{label}"),
        lambda option: page.t(f"{label}.{option}"),
    )


def _scheme(page: Page, counts: bool) -> str:
    return choices.select(
        "scheme",
        classes.SCHEMES,
        classes.DEFAULT_SCHEME,
        page.t("controls.scheme"),
        lambda name: page.t(f"scheme.{name}"),
        hint=page.t("controls.scheme.help"),
        width=230,
        disabled=counts,
    )


def _size(page: Page, counts: bool) -> int:
    label = page.t("controls.size")
    return choices.select(
        "k", classes.SIZES, classes.DEFAULT_SIZE, label, width=130, disabled=counts
    )


def _shared(page: Page, first: Choice, second: Choice | None) -> bool:
    """One scale for both maps is offered where both have the same unit and way of drawing."""
    if second is None:
        return False
    known = data.indicators(page.path)
    one, other = known[first.indicator], known[second.indicator]
    alike = (one.unit, one.display, one.scheme, one.decimals) == (
        other.unit,
        other.display,
        other.scheme,
        other.decimals,
    )
    if not alike:
        st.caption(page.t("controls.scale.impossible"))
        return False
    default = "shared" if one.id == other.id else "own"
    return _segmented(page, "scale", SCALES, default, "scale") == "shared"
