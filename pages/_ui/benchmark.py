"""What figures are compared with: Germany, Saxony, East Germany, similar Kreise, or own choice.

The choice stands in the address and goes along to every page. A choice that adds up to nothing
(no Kreis picked, no twins computed) falls back to Germany, and says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from indicators.strengths_store import BenchmarkName as Name
from pages._ui import choices, data, places, state, strength_data
from pages._ui.i18n import Texts
from pages._ui.rungs import FIVE, REGION
from pages._ui.shell import Page

NAMES: tuple[Name, ...] = ("country", "land", "east", "twins", "own")
SEPARATOR = "."  # between the keys of chosen Kreise in the address


@dataclass(frozen=True)
class Benchmark:
    """Areas that are added up, and what they are called.

    `label` names them alone (`Sachsen`), `against` in a sentence (`gegenüber Sachsen`). `missing`
    is the choice that had no area, where Germany stands in for it.
    """

    name: Name
    areas: tuple[str, ...]
    label: str
    against: str = ""
    missing: str = ""


def read(page: Page, area: str) -> Benchmark:
    """Draw the control and return the benchmark for `area`, whose twins it may be."""
    value = choices.select(
        "bench",
        NAMES,
        NAMES[0],
        page.t("benchmark.title"),
        lambda name: page.t(f"benchmark.name.{name}"),
        hint=page.t("benchmark.help"),
    )
    if value == "own":
        _own_control(page)
    found = chosen(page, area)
    if found.missing:
        st.caption(page.t(f"benchmark.missing.{found.missing}"))
    elif found.name == "twins" and area == REGION:
        st.caption(page.t("benchmark.twins.region", n=len(found.areas)))
    return found


def chosen(page: Page, area: str) -> Benchmark:
    """Return the benchmark for `area` that the address names, without drawing a control."""
    name = _name()
    return of(page.path, name, area, own(page.path) if name == "own" else (), page.language)


@st.cache_resource(max_entries=256, show_spinner=False)
def of(path: str, name: Name, area: str, picked: tuple[str, ...], language: str) -> Benchmark:
    """Return the benchmark of this name; Germany with `missing` where it has no area.

    For the region, twins are those of its five areas, each once, without the five.
    """
    t = Texts(language)
    shown, missing = name, ""
    try:
        areas = _areas(path, name, area, picked)
    except ValueError:
        areas = _areas(path, NAMES[0], area, ())
        shown, missing = NAMES[0], str(name)
    label, dative = (_called(path, shown, areas, area, t, form) for form in ("label", "dative"))
    return Benchmark(shown, areas, label, t("benchmark.against", label=dative), missing)


def address() -> dict[str, object]:
    """Return what a permanent link must carry to compare with the same benchmark."""
    name = state.text("bench")
    return {"bench": name, "bown": state.text("bown") if name == "own" else None}


def own(path: str) -> tuple[str, ...]:
    """Return the Kreise of the address that exist, each once, in their order there."""
    known = set(data.areas(path)["area_id"])
    named = (state.text("bown") or "").split(SEPARATOR)
    return tuple(dict.fromkeys(key for key in named if key in known))


def _name() -> Name:
    return state.choice("bench", NAMES, NAMES[0])


def _areas(path: str, name: Name, area: str, picked: Sequence[str]) -> tuple[str, ...]:
    if name == "twins" and area == REGION:
        found = (twin for part in FIVE for twin in _areas(path, name, part, ()))
        return tuple(sorted(set(found) - set(FIVE)))
    return strength_data.benchmark_areas(path, name, area, tuple(picked))


def _called(path: str, name: Name, areas: Sequence[str], area: str, t: Texts, form: str) -> str:
    names = places.names(path, t.language)
    if name == "own" and len(areas) == 1:
        return names[areas[0]]
    if name == "twins":
        return t(f"benchmark.{form}.twins", n=len(areas), area=names[area])
    return t(f"benchmark.{form}.{name}", n=len(areas))


def _own_control(page: Page) -> None:
    names = places.names(page.path, page.language, "name")
    kreise = sorted(data.areas(page.path)["area_id"], key=names.__getitem__)
    st.session_state["w_bown"] = list(own(page.path))
    st.multiselect(
        page.t("benchmark.own"),
        kreise,
        format_func=names.__getitem__,
        placeholder=page.t("benchmark.own.placeholder"),
        key="w_bown",
        on_change=_own_changed,
    )


def _own_changed() -> None:
    state.put(bown=SEPARATOR.join(st.session_state["w_bown"]) or None)
