"""Figures of a datasheet in words and in cells: level, comparison, development, rank, sources."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd

from indicators.records import Indicator
from pages._ui import data, places, text
from pages._ui.charts import is_break
from pages._ui.numbers import Figure, cell, interval, rank, unit_text, with_unit
from pages._ui.paper.model import Amount, Source
from pages._ui.reading import where
from pages._ui.rungs import REGION, has_figure
from pages._ui.sheet.figures import districts
from pages._ui.sheet.subject import NOTHING, Party, Subject, figures, larger, newest, own, parties

WRITTEN = ("percent", "euro")  # units that a sentence writes behind the number


def level(subject: Subject, indicator: Indicator) -> str:
    """Return what the newest figure says, as one says it aloud; that there is none, and why."""
    t = subject.t
    year, figure = newest(own(subject, indicator.id))
    if year is None or not has_figure(figure):
        name = indicator.name.get(subject.language)
        return t("steckbrief.none", indicator=name, place=subject.place,
                 mark=t(f"mark.{figure.mark}"))  # fmt: skip
    message = f"steckbrief.say.{indicator.id}"
    shown = bare(figure, indicator, subject.language)
    said = ", ".join(text.notes(figure, subject.language))
    shown = f"{shown} ({said})" if said else shown
    return places.opening(t(message, place=subject.place, year=year, value=shown))


def bare(figure: Figure, indicator: Indicator, language: str) -> str:
    """Return a value or interval for a sentence, with its unit where that is a sign."""
    unit = indicator.unit if indicator.unit in WRITTEN else ""
    if figure.value is not None:
        return with_unit(figure.value, indicator.decimals, unit, language)
    return interval(figure, indicator.decimals, unit, language).strip()


def explained(subject: Subject, indicator: Indicator) -> str:
    """Return comparison, development and rank of the newest figure, as far as there are any."""
    year, figure = newest(own(subject, indicator.id))
    if year is None or not has_figure(figure):
        return ""
    said = [
        compared(subject, indicator, year, figure),
        development(subject, indicator, figure),
        ranked(subject, indicator.id, year),
    ]
    return " ".join(filter(None, said))


def compared(subject: Subject, indicator: Indicator, year: int, figure: Figure) -> str:
    """Return how a rate differs from those of the larger areas, and what a group has."""
    if figure.value is None or indicator.display == "count":
        return ""
    t, language = subject.t, subject.language
    parts = []
    for area in larger(subject.path, subject.area):
        party = Party(area, (area,), 1)
        other = figures(subject, party, indicator.id).get(year, NOTHING).value
        if other is not None:
            gap = text.difference(figure.value, other, indicator, language)
            shown = bare(Figure(other), indicator, language)
            name = t("than.145") if area == REGION else where(subject.path, area, language)
            parts.append(t("against.part", difference=gap, name=name, value=shown))
    sentence = t("against.sentence", parts=", ".join(parts)) if parts else ""
    return " ".join(filter(None, (sentence, _group(subject, indicator, year))))


def _group(subject: Subject, indicator: Indicator, year: int) -> str:
    for party in parties(subject):
        if party.group:
            found = figures(subject, party, indicator.id).get(year, NOTHING)
            if has_figure(found):
                shown = bare(found, indicator, subject.language)
                return subject.t("steckbrief.group", label=party.name, value=shown)
    return ""


def development(subject: Subject, indicator: Indicator, figure: Figure) -> str:
    """Return the change of about five years, never across a break of the series."""
    found = own(subject, indicator.id)
    values = [(year, f.value) for year, f in sorted(found.items()) if f.value is not None]
    if figure.value is None or is_break(figure):
        return ""
    breaks = {year for year, entry in found.items() if is_break(entry)}
    return text.development(values, breaks, indicator, subject.language)


def ranked(subject: Subject, indicator: str, year: int) -> str:
    """Return the rank of a Kreis, an interval where it is one; '' without."""
    placed = _rank(subject, indicator, year, bare=False)
    return subject.t("steckbrief.rank", rank=placed) if placed else ""


def bare_rank(subject: Subject, indicator: str, year: int) -> str:
    """Return the rank of a Kreis for a table; '' without."""
    return _rank(subject, indicator, year, bare=True)


def _rank(subject: Subject, indicator: str, year: int, bare: bool) -> str:
    if not subject.is_kreis:
        return ""
    found = districts(subject.path, indicator, year)[subject.area]
    return rank(found.low, found.high, found.n, subject.language, bare)


def amount(figure: Figure, indicator: Indicator, language: str, year: int | None = None) -> Amount:
    """Return a figure for a table without its unit: number, interval or mark, and qualifiers.

    `year` is said where it is not the one of the row.
    """
    shown = cell(figure, indicator.decimals, "", language).strip()
    said = ", ".join([*text.notes(figure, language), *([str(year)] if year is not None else [])])
    return Amount(figure.value, f"{shown} ({said})" if said else shown)


def heading(indicator: Indicator, language: str) -> str:
    """Return the name of an indicator with its unit unless the name says it."""
    name, unit = indicator.name.get(language), unit_text(indicator.unit, language)
    return name if unit.lower() in name.lower() else f"{name} ({unit})"


def source(subject: Subject, used: Iterable[tuple[str, int]]) -> Source:
    """Return the line of sources behind some indicators in some years."""
    frames = [
        data.sources(subject.path, indicator, year).assign(year=year)
        for indicator, year in dict.fromkeys(used)
    ]
    return source_of(subject, frames)


def source_of(subject: Subject, frames: Sequence[pd.DataFrame]) -> Source:
    """Return the line of sources of frames as `Store.sources`, with a column `year`."""
    t, language = subject.t, subject.language
    named: dict[str, dict[str, set[int]]] = {}
    datasets: set[str] = set()
    for frame in frames:
        for row in frame.to_dict("records"):
            datasets.add(str(row["dataset"]))
            tables = named.setdefault(str(row[f"publisher_name_{language}"]), {})
            tables.setdefault(str(row["table_code"]), set()).add(int(row["year"]))
    said = "; ".join(
        f"{publisher}: "
        + ", ".join(f"{code} ({_years(years)})" for code, years in sorted(tables.items()))
        for publisher, tables in named.items()
    )
    words = t("steckbrief.source", sources=said or t("source.unknown"))
    return Source(words, tuple(sorted(datasets)))


def _years(years: set[int]) -> str:
    return ", ".join(str(year) for year in sorted(years))
