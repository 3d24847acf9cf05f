"""Sections that show the indicators of one theme: sentences, two charts, one table, sources."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from indicators.records import Indicator
from pages._ui import data, why
from pages._ui.paper.model import Amount, Block, Chart, Heading, Lead, Note, Paragraph, Side, Table
from pages._ui.rungs import has_figure
from pages._ui.sheet import words
from pages._ui.sheet.chart import over_years
from pages._ui.sheet.subject import (
    NOTHING,
    Party,
    Subject,
    figures,
    newest,
    own,
    parties,
)


@dataclass(frozen=True)
class Theme:
    """A theme: indicators that may be drawn, the first two with a series being taken; its table."""

    key: str
    drawn: tuple[str, ...]
    listed: tuple[str, ...]


THEMES = {
    "labour": Theme(
        "labour",
        ("unemployment_rate", "vacancies_per_100_unemployed", "long_term_share_of_unemployed"),
        (
            "employees",
            "women_share_of_employees",
            "foreign_share_of_employees",
            "unemployed",
            "unemployment_rate",
            "youth_unemployment_rate",
            "long_term_share_of_unemployed",
            "vacancies_per_100_unemployed",
            "median_pay",
        ),
    ),
    "people": Theme(
        "people",
        ("population", "old_age_quotient"),
        ("population", "population_growth", "share_65_plus", "old_age_quotient"),
    ),
    "commuting": Theme(
        "commuting",
        ("in_commuter_rate", "out_commuter_rate"),
        ("in_commuter_rate", "out_commuter_rate", "commuter_balance_per_100"),
    ),
    "business": Theme(
        "business",
        ("gdp_per_person_employed", "insolvencies_per_10000"),
        (
            "gdp_per_person_employed",
            "gdp_per_inhabitant",
            "disposable_income_per_inhabitant",
            "manufacturing_share_of_persons_employed",
            "foreign_turnover_share",
            "turnover_per_industrial_employee",
            "registrations_per_10000",
            "insolvencies_per_10000",
            "large_establishments_share",
        ),
    ),
    "cars": Theme(
        "cars",
        ("electric_cars_per_1000", "cars_per_1000"),
        ("electric_cars", "electric_cars_per_1000", "electric_share_of_cars", "cars_per_1000"),
    ),
}


def blocks(subject: Subject, key: str, first: Sequence[Block] = ()) -> list[Block]:
    """Return the section of a theme, beginning with `first`.

    Indicators that this release lacks are left out.
    """
    theme = THEMES[key]
    known = data.indicators(subject.path)
    pairs = [
        (name, chart)
        for name in theme.drawn
        if name in known and (chart := over_years(subject, name)) is not None
    ][:2]
    listed = [name for name in theme.listed if name in known]
    said = [name for name, _ in pairs] or [name for name in theme.drawn if name in known][:1]
    return [
        Heading(subject.t(f"steckbrief.section.{key}")),
        *first,
        *_sentences(subject, said, bool(first)),
        *_charts([chart for _, chart in pairs]),
        *table(subject, key, listed),
        *_note(subject, key),
        words.source(subject, _used(subject, [*listed, *said])),
    ]


def _sentences(subject: Subject, names: list[str], led: bool) -> list[Block]:
    """Return what indicators say; the first one leads, unless the section is `led` already."""
    known = data.indicators(subject.path)
    found: list[Block] = []
    for position, name in enumerate(names):
        level, more = words.level(subject, known[name]), words.explained(subject, known[name])
        if position == 0 and not led:
            found += [Lead(level), *([Paragraph(more)] if more else [])]
        else:
            found.append(Paragraph(f"{level} {more}".strip()))
    return found


def _note(subject: Subject, key: str) -> list[Block]:
    message = f"steckbrief.note.{key}"
    return [Note(subject.t(message))] if subject.t.known(message) else []


def _charts(charts: list[Chart]) -> list[Block]:
    return [Side((charts[0], charts[1]))] if len(charts) == 2 else list(charts)


def table(subject: Subject, key: str, names: list[str]) -> list[Block]:
    """Return the newest figures beside those of the others in the same year, and what lacks."""
    t, known = subject.t, data.indicators(subject.path)
    valued = [name for name in names if _told(subject, name)]
    without = [known[name].short.get(subject.language) for name in names if name not in valued]
    everyone = parties(subject)
    head = [t("steckbrief.column.indicator"), t("controls.year"), *(p.name for p in everyone)]
    if subject.is_kreis:
        head.append(t("steckbrief.column.rank"))
    rows = tuple(_row(subject, name) for name in valued)
    found: list[Block] = []
    if rows:
        caption = t(f"steckbrief.table.{key}", area=subject.name)
        numbers = (False, *(True for _ in head[1:]))
        wide = (3.0, 0.65, *(1.2 for _ in everyone), *([1.3] if subject.is_kreis else []))
        found.append(Table(caption, tuple(head), rows, numbers, widths=wide, name=key))
    if without:
        found.append(Note(t("steckbrief.without", names=", ".join(without))))
    return found


def _told(subject: Subject, name: str) -> bool:
    """Return whether there is a figure, or a mark that says more than that there is none."""
    year, figure = newest(own(subject, name))
    return year is not None and (has_figure(figure) or figure.mark == "secret")


def _row(subject: Subject, name: str) -> tuple[Amount | str, ...]:
    indicator = data.indicators(subject.path)[name]
    year, _ = newest(own(subject, name))
    year = year or 0
    cells = [_cell(subject, party, indicator, year) for party in parties(subject)]
    placed = [words.bare_rank(subject, name, year)] if subject.is_kreis else []
    return (words.heading(indicator, subject.language), str(year), *cells, *placed)


def _cell(subject: Subject, party: Party, indicator: Indicator, year: int) -> Amount:
    """Return the figure of that year; where there is none, the newest before, with its year."""
    found = figures(subject, party, indicator.id)
    figure = found.get(year, NOTHING)
    if has_figure(figure) or figure.mark == "secret":
        return _explained(words.amount(figure, indicator, subject.language), subject, party,
                          indicator, year)  # fmt: skip
    before, earlier = newest({key: entry for key, entry in found.items() if key < year})
    if before is None or not has_figure(earlier):
        return words.amount(figure, indicator, subject.language)
    amount = words.amount(earlier, indicator, subject.language, before)
    return _explained(amount, subject, party, indicator, before)


def _explained(
    amount: Amount, subject: Subject, party: Party, indicator: Indicator, year: int
) -> Amount:
    """Return a figure with the address of its explanation; areas added up have none."""
    if party.group:
        return amount
    where = why.address(subject.path, indicator.id, party.areas[0], year, subject.language)
    return replace(amount, origin=where)


def _used(subject: Subject, names: list[str]) -> list[tuple[str, int]]:
    found = [(name, newest(own(subject, name))[0]) for name in names]
    return [(name, year) for name, year in found if year is not None]
