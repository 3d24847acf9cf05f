"""Weights and directions of the composite index; it is off until somebody asks for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import streamlit as st

from indicators.composite import Component
from indicators.records import Indicator
from pages._ui import choices, data, state
from pages._ui.compare import entries
from pages._ui.compare.view import COMMON, NEWEST, View
from pages._ui.shell import Page

HEAVIEST, EQUAL = 5.0, 1.0
STEP = 0.5
COLUMNS = 2
Side = Literal["up", "down", "out"]
WEIGHT, SIDE = "ixw_", "ixd_"  # followed by the indicator: its weight, its direction


@dataclass(frozen=True)
class Chosen:
    """The components that take part, and the indicators that do not with the reason."""

    components: tuple[Component, ...]
    left_out: tuple[tuple[str, str], ...]

    def address(self, view: View) -> dict[str, object]:
        """Return what a permanent link must carry."""
        names = [f"{prefix}{name}" for name in view.indicators for prefix in (WEIGHT, SIDE)]
        return {"ix": 1} | {name: state.text(name) for name in names}


def on(page: Page) -> bool:
    """Draw the switch and return whether the index is asked for."""
    value = state.choice("ix", (0, 1), 0)
    st.session_state["w_ix"] = bool(value)
    st.toggle(page.t("vergleich.index.on"), key="w_ix", on_change=_switched)
    return bool(value)


def _switched() -> None:
    state.put(ix=1 if st.session_state["w_ix"] else None)


def read(page: Page, view: View) -> Chosen:
    """Draw a weight for every indicator, and a direction where none is declared."""
    known = data.indicators(page.path)
    components: list[Component] = []
    left_out: list[tuple[str, str]] = []
    usable = [name for name in view.indicators if known[name].display != "count"]
    left_out += [(name, "count") for name in view.indicators if name not in usable]
    columns = st.columns(COLUMNS)
    for place, name in enumerate(usable):
        with columns[place % COLUMNS]:
            side, weight = _controls(page, known[name])
        year = component_year(page.path, name, view)
        if year is None:
            left_out.append((name, "year"))
        elif side == "out":
            left_out.append((name, "direction"))
        elif weight == 0:
            left_out.append((name, "weight"))
        else:
            components.append(Component(name, year, weight, side == "up"))
    return Chosen(tuple(components), tuple(left_out))


def _controls(page: Page, indicator: Indicator) -> tuple[Side, float]:
    sides: tuple[Side, ...] = ("up", "down", "out")
    default: Side = {"up_is_good": "up", "down_is_good": "down"}.get(indicator.direction, "out")  # type: ignore[assignment]
    name = f"{WEIGHT}{indicator.id}"
    weight = state.number(name, 0.0, HEAVIEST, EQUAL)
    st.markdown(f"**{indicator.name.get(page.language)}**")
    left, right = st.columns([3, 2])
    with left:
        st.slider(
            page.t("vergleich.index.weight"), 0.0, HEAVIEST, step=STEP, format="%g",
            **state.bind(name, round(weight / STEP) * STEP),
        )  # fmt: skip
    with right:
        if indicator.direction == "neutral":
            side = choices.select(
                f"{SIDE}{indicator.id}", sides, default, page.t("vergleich.index.side"),
                lambda one: page.t(f"vergleich.index.side.{one}"),
            )  # fmt: skip
        else:
            side = default
            st.markdown(page.t(f"vergleich.index.declared.{side}"))
    return side, round(weight / STEP) * STEP


def component_year(path: str, name: str, view: View) -> int | None:
    """Return the year of the table where Kreise have figures in it, else the newest one."""
    years = data.years(path, name)
    row = entries.row(path, name, view.subjects, view.year, view.bench)
    usual = entries.usual_year({key: entry.year for key, entry in row.items()})
    if usual in years:
        return usual
    if view.year not in (COMMON, NEWEST):
        return None
    with_value = [
        year for year in years
        if data.cross_section(path, name, year, "country")["value"].notna().any()
    ]  # fmt: skip
    return with_value[-1] if with_value else None
