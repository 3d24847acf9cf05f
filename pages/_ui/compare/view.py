"""What the page compares: areas, groups, indicators, years; read from the address."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import partial

import streamlit as st

from pages._ui import benchmark, data, places, state
from pages._ui.bench_card import KEY as BENCH
from pages._ui.benchmark import Benchmark
from pages._ui.compare import group_data, subjects
from pages._ui.compare.subjects import (
    KEY,
    MOST_AREAS,
    MOST_INDICATORS,
    NOBODY,
    Fault,
    Subject,
)
from pages._ui.rungs import FIVE, LARGER, REGION
from pages._ui.shell import Page

FIRST_INDICATORS = (
    "supplier_occupations_share",
    "manufacturing_share_of_persons_employed",
    "employees_growth",
    "unemployment_rate",
    "gdp_per_person_employed",
    "disposable_income_per_inhabitant",
    "population_growth",
    "old_age_quotient",
)
COMMON, NEWEST = "common", "newest"


@dataclass(frozen=True)
class Asked:
    """What the address asks for, more than the page shows included."""

    areas: tuple[str, ...]
    groups: tuple[Subject, ...]
    indicators: tuple[str, ...]
    unknown: int
    faults: tuple[Fault, ...]


@dataclass(frozen=True)
class View:
    """What is shown. `year` is `common`, `newest`, or one year."""

    subjects: tuple[Subject, ...]
    indicators: tuple[str, ...]
    year: str
    turned: bool
    bench: Benchmark

    @property
    def names(self) -> dict[str, str]:
        """Return key -> name of what is compared."""
        return {subject.key: subject.name for subject in self.subjects}

    @property
    def bench_among(self) -> str | None:
        """Return the key of what is compared and is the benchmark as well, None if nothing is."""
        parts = set(self.bench.areas)
        return next((one.key for one in self.subjects if set(one.areas) == parts), None)

    @property
    def compared(self) -> tuple[Subject, ...]:
        """Return what is compared and the benchmark, once."""
        if self.bench_among:
            return self.subjects
        return (*self.subjects, Subject(BENCH, self.bench.label, self.bench.areas))

    def address(self) -> dict[str, object]:
        """Return what a permanent link must carry, whatever becomes default later."""
        groups = [subject for subject in self.subjects if subject.group]
        areas = [subject.key for subject in self.subjects if not subject.group]
        return {
            "cmp": KEY.join(areas) or NOBODY,
            "grp": subjects.written(groups),
            "cind": KEY.join(self.indicators) or NOBODY,
            "cyear": self.year,
            "turn": int(self.turned),
        }


def asked(page: Page) -> Asked:
    """Return what the address asks for; what does not exist is counted, not shown."""
    names, known = places.names(page.path, page.language), data.indicators(page.path)
    areas, no_area = _listed("cmp", (*FIVE, *LARGER), names.keys())
    default = [name for name in FIRST_INDICATORS if name in known]
    indicators, no_indicator = _listed("cind", default, known.keys())
    groups, faults = subjects.parsed(
        st.query_params.get_all("grp"),
        names.keys(),
        partial(group_data.overlap, page.path),
        lambda place: page.t("vergleich.group.nameless", n=place),
    )
    return Asked(areas, tuple(groups), indicators, no_area + no_indicator, tuple(faults))


def shown(page: Page, wanted: Asked, year: str, turned: bool, bench: Benchmark) -> View:
    """Return as much of what is asked for as the page shows."""
    names = places.names(page.path, page.language)
    everything = (*(Subject(key, names[key], (key,)) for key in wanted.areas), *wanted.groups)
    return View(everything[:MOST_AREAS], wanted.indicators[:MOST_INDICATORS], year, turned, bench)


def anchor(wanted: Asked, kreise: set[str]) -> str:
    """Return the area whose twins a benchmark of twins takes: the region, else the first Kreis."""
    if REGION in wanted.areas:
        return REGION
    return next((key for key in wanted.areas if key in kreise), REGION)


def years(path: str, indicators: tuple[str, ...]) -> list[str]:
    """Return what to choose a year from: common, newest, then every year, newest first."""
    found = {year for name in indicators for year in data.years(path, name)}
    return [COMMON, NEWEST, *(str(year) for year in sorted(found, reverse=True))]


def read_bench(page: Page, wanted: Asked) -> Benchmark:
    """Draw the control of the benchmark and return it."""
    kreise = set(data.areas(page.path)["area_id"])
    return benchmark.read(page, anchor(wanted, kreise))


def _listed(
    name: str, default: Iterable[str], known: Collection[str]
) -> tuple[tuple[str, ...], int]:
    raw = state.text(name)
    if raw is None:
        return tuple(default), 0
    named = [key for key in dict.fromkeys(raw.split(KEY)) if key and key != NOBODY]
    found = tuple(key for key in named if key in known)
    return found, len(named) - len(found)
