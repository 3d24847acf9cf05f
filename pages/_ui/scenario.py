"""The powertrain scenario: assumptions of the reader, and what follows from them by arithmetic."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from indicators.formulas.scenario import Effect, exposure, normalised
from pages._ui import data, rungs, state
from pages._ui.i18n import Texts
from pages._ui.numbers import Figure, number
from pages._ui.reading import where
from pages._ui.rung_view import choose_rung
from pages._ui.shell import Page

PERCENT = 100
# About 20,000 of 81,000 persons were in G3 to G5 (AMZ/CATI): a quarter, spread evenly. The rest is
# an assumption.
WEIGHTS = {"G5": 25 / 3, "G4": 25 / 3, "G3": 25 / 3, "G2": 25.0, "G1": 25.0, "G0": 25.0}
ELECTRIC = 40.0
BASE_RUNGS = (1, 2, 3)
COLUMNS = 3


@dataclass(frozen=True)
class Group:
    """A published group of dependence on the combustion engine; `dependence` in percent."""

    key: str
    dependence: float
    name_de: str
    name_en: str

    def name(self, language: str) -> str:
        """Return key and name."""
        return f"{self.key}: {self.name_en if language == 'en' else self.name_de}"


@dataclass(frozen=True)
class Assumptions:
    """What a reader has set: area, base rung, weights of the groups, electric share in percent."""

    area: str
    rung: int
    weights: tuple[float, ...]
    electric: float


@dataclass(frozen=True)
class Outcome:
    """Base persons with their year, and the effect per group and on all."""

    year: int
    base: tuple[float, float]
    groups: list[Effect]
    total: Effect


def groups_of(path: str) -> list[Group]:
    """Return the groups as published, the most dependent first."""
    return [
        Group(str(row["group_id"]), float(row["dependence"]), row["name_de"], row["name_en"])
        for row in data.powertrain(path).to_dict("records")
    ]


def read(page: Page, area: str) -> Assumptions:
    """Draw the controls of the scenario and return what they say."""
    groups = groups_of(page.path)
    rung = choose_rung(page, "sbase", BASE_RUNGS, page.t("automobil.scenario.base"))
    electric = _slider(page.t("automobil.scenario.electric"), "ev", ELECTRIC)
    st.markdown(page.t("automobil.scenario.composition"))
    weights = []
    for first in range(0, len(groups), COLUMNS):
        members = groups[first : first + COLUMNS]
        for column, group in zip(st.columns(COLUMNS), members, strict=False):
            with column:
                weights.append(_weight(page, group))
    names = [group.key.lower() for group in groups]
    st.button(
        page.t("automobil.scenario.reset"),
        on_click=_reset,
        args=(("ev", "sbase", *names),),
        key="scenario_reset",
    )
    return Assumptions(area, rung, tuple(weights), electric)


def _weight(page: Page, group: Group) -> float:
    dependence = number(group.dependence, 0, page.language)
    name = group.name(page.language)
    label = page.t("automobil.scenario.group", name=name, dependence=dependence)
    return _slider(label, group.key.lower(), WEIGHTS.get(group.key, 0.0))


def _reset(names: Sequence[str]) -> None:
    state.put(**dict.fromkeys(names))


def _slider(label: str, name: str, default: float) -> float:
    value = state.number(name, 0.0, 100.0, default)
    st.slider(label, 0.0, 100.0, step=1.0, format="%.0f %%", **state.bind(name, value))
    return value


def address(assumptions: Assumptions, keys: Sequence[str]) -> dict[str, object]:
    """Return what a link must carry: every assumption that differs from the default."""
    found: dict[str, object] = {}
    if assumptions.rung != BASE_RUNGS[0]:
        found["sbase"] = assumptions.rung
    if assumptions.electric != ELECTRIC:
        found["ev"] = assumptions.electric
    for key, weight in zip(keys, assumptions.weights, strict=True):
        if weight != WEIGHTS.get(key):
            found[key.lower()] = weight
    return found


def outcome(path: str, assumptions: Assumptions) -> Outcome | Figure:
    """Return what follows for the area, or its figure where there is no base to start from."""
    year, figure = rungs.latest(path, rungs.PERSONS[assumptions.rung], assumptions.area)
    base = rungs.ends(figure)
    if year is None or base is None:
        return figure
    dependence = [group.dependence / PERCENT for group in groups_of(path)]
    groups, total = exposure(base, assumptions.weights, dependence, assumptions.electric / PERCENT)
    return Outcome(year, base, groups, total)


def sentence(path: str, assumptions: Assumptions, found: Outcome, language: str) -> str:
    """Return the outcome as one sentence that calls itself a scenario."""
    t = Texts(language)
    return t(
        "automobil.scenario.sentence",
        place=where(path, assumptions.area, language),
        base=persons(found.base, t),
        rung=t(f"automobil.rung.{assumptions.rung}"),
        year=found.year,
        electric=number(assumptions.electric, 0, language),
        affected=persons(tens(found.total.affected), t),
    )


def composition(weights: Sequence[float], groups: Sequence[Group], t: Texts) -> str:
    """Return the sum of the sliders and the composition that is computed with."""
    total = number(sum(weights), 1, t.language)
    shares = [number(share * PERCENT, 1, t.language) for share in normalised(weights)]
    parts = ", ".join(f"{group.key} {share} %" for group, share in zip(groups, shares, strict=True))
    even = abs(sum(weights) - PERCENT) < 1e-6
    kind = "zero" if not sum(weights) else "even" if even else "scaled"
    return t(f"automobil.scenario.sum.{kind}", total=total, parts=parts)


def tens(ends: tuple[float, float]) -> tuple[float, float]:
    """Return both ends rounded to tens: a value to the nearest, an interval outwards."""
    if ends[0] == ends[1]:
        return round(ends[0], -1), round(ends[1], -1)
    return math.floor(ends[0] / 10) * 10.0, math.ceil(ends[1] / 10) * 10.0


def persons(ends: tuple[float, float], t: Texts, kind: str = "figure.between") -> str:
    """Return persons as a number, '2.730', or as an interval, 'zwischen 1.200 und 3.400'."""
    lower, upper = (number(end, 0, t.language) for end in ends)
    return lower if lower == upper else t(kind, lower=lower, upper=upper)
