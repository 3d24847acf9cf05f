"""Whom a datasheet is about, whom it is compared with, and the figures of each."""

from __future__ import annotations

from dataclasses import dataclass, field

import streamlit as st

from pages._ui import data, places, rungs
from pages._ui.benchmark import Benchmark
from pages._ui.i18n import Texts
from pages._ui.numbers import Figure
from pages._ui.reading import where
from pages._ui.sheet.figures import Book, Series, book, group

KREIS = 5  # digits of its key
DRAWN = 4  # lines that a reader can tell apart in one chart
NOTHING = Figure(None, mark="missing")


@dataclass(frozen=True)
class Party:
    """An area of the release, or several that are added up; `look` is how charts draw it."""

    name: str
    areas: tuple[str, ...]
    look: int

    @property
    def group(self) -> bool:
        """Return whether figures are added up for it."""
        return len(self.areas) > 1


@dataclass(frozen=True)
class Subject:
    """The area of a datasheet in one language of one release."""

    path: str
    area: str
    bench: Benchmark
    language: str
    book: Book = field(repr=False, compare=False)

    @property
    def t(self) -> Texts:
        """Return the texts of the datasheet."""
        return Texts(self.language)

    @property
    def name(self) -> str:
        """Return the full name of the area."""
        return places.names(self.path, self.language, "name")[self.area]

    @property
    def short(self) -> str:
        """Return the short name of the area."""
        return places.names(self.path, self.language)[self.area]

    @property
    def place(self) -> str:
        """Return the area with its preposition."""
        return where(self.path, self.area, self.language)

    @property
    def is_kreis(self) -> bool:
        """Return whether the area is one of the 400 that have ranks."""
        return len(self.area) == KREIS


def of(path: str, area: str, bench: Benchmark, language: str) -> Subject:
    """Return the subject of a datasheet with all figures of it and of those beside it."""
    single = bench.areas if len(bench.areas) == 1 else ()
    areas = dict.fromkeys((area, *larger(path, area), *single))
    return Subject(path, area, bench, language, book(path, tuple(areas)))


@st.cache_resource(max_entries=4, show_spinner=False)
def lands(path: str) -> dict[str, str]:
    """Return Kreis -> Land."""
    frame = data.areas(path)
    return dict(zip(frame["area_id"], frame["parent"], strict=True))


def larger(path: str, area: str) -> tuple[str, ...]:
    """Return region, Land (Saxony for larger areas) and Germany, without the area itself."""
    return tuple(
        key
        for key in (rungs.REGION, lands(path).get(area, rungs.LAND), rungs.COUNTRY)
        if key != area
    )


def parties(subject: Subject) -> tuple[Party, ...]:
    """Return the area, its benchmark where that is none of them, and the larger areas."""
    others = larger(subject.path, subject.area)
    names = places.names(subject.path, subject.language)
    found = [Party(subject.short, (subject.area,), 0)]
    if subject.bench.areas not in [(key,) for key in (subject.area, *others)]:
        found.append(Party(subject.bench.label, subject.bench.areas, 1))
    return (*found, *(Party(names[key], (key,), look_of(key)) for key in others))


def look_of(area: str) -> int:
    """Return how charts draw a larger area: the region, a Land and Germany always alike."""
    return {rungs.REGION: 1, rungs.COUNTRY: 3}.get(area, 2)


def drawn(subject: Subject) -> tuple[Party, ...]:
    """Return the parties of a chart: where five are too many, the region stays out."""
    everyone = parties(subject)
    if len(everyone) <= DRAWN:
        return everyone
    return tuple(party for party in everyone if party.areas != (rungs.REGION,))


def figures(subject: Subject, party: Party, indicator: str) -> Series:
    """Return year -> figure of a party; of a group from sums, never from means."""
    if party.group:
        return group(subject.path, indicator, party.areas)
    return subject.book.get((indicator, party.areas[0]), {})


def own(subject: Subject, indicator: str) -> Series:
    """Return year -> figure of the area itself."""
    return figures(subject, Party(subject.area, (subject.area,), 0), indicator)


def newest(found: Series) -> tuple[int | None, Figure]:
    """Return the newest year with a value or an interval, and that figure.

    Without either, the newest year of the series and the mark that stands there.
    """
    told = [year for year, figure in found.items() if rungs.has_figure(figure)] or list(found)
    return (max(told), found[max(told)]) if told else (None, NOTHING)
