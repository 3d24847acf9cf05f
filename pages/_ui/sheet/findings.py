"""What stands out about an area: the rule of `standout` on the figures of a release, in words."""

from __future__ import annotations

from collections.abc import Iterator

from indicators.records import Indicator
from pages._ui import data, text
from pages._ui.charts import is_break
from pages._ui.numbers import Figure, rank
from pages._ui.paper.model import Block, Heading, Note, Paragraph, Points
from pages._ui.rungs import has_figure
from pages._ui.sheet import standout, words
from pages._ui.sheet.figures import districts
from pages._ui.sheet.method import is_change
from pages._ui.sheet.standout import Placed, Record
from pages._ui.sheet.subject import NOTHING, Subject, figures, newest, own, parties

MONEY = ("euro", "thousand_euro")
INDICES = "structural_change_"  # say nothing to who does not know their formula


def blocks(subject: Subject) -> list[Block]:
    """Return the section: what stands out, the rule it was chosen by, and sources."""
    t = subject.t
    placed, records = standout.chosen(list(_placed(subject)), list(_records(subject)))
    items = [_placed_words(subject, entry) for entry in placed]
    items += [_record_words(subject, entry) for entry in records]
    used = [(entry.indicator, entry.year) for entry in placed]
    used += [(entry.indicator, entry.last) for entry in records]
    rule = "steckbrief.rule.kreis" if subject.is_kreis else "steckbrief.rule.larger"
    return [
        Heading(t("steckbrief.section.findings")),
        Points(tuple(items)) if items else Paragraph(t("steckbrief.nothing")),
        Note(t(rule, tenth=_tenth(subject), districts=len(data.areas(subject.path)))),
        *([words.source(subject, used)] if used else []),
    ]


def _tenth(subject: Subject) -> int:
    return len(data.areas(subject.path)) // standout.TENTH


def _recent(subject: Subject, rates: bool) -> Iterator[tuple[Indicator, int, Figure]]:
    """Yield the indicators with a figure of the area in the last years; only rates if asked."""
    oldest = data.release(subject.path).newest_year - standout.RECENT
    for indicator in data.indicators(subject.path).values():
        if indicator.id.startswith(INDICES) or (rates and indicator.display == "count"):
            continue
        year, figure = newest(own(subject, indicator.id))
        if year is not None and year >= oldest and has_figure(figure):
            yield indicator, year, figure


def _placed(subject: Subject) -> Iterator[Placed]:
    """Yield the rates whose newest figure is certainly in the outermost tenth; Kreise only."""
    if not subject.is_kreis:
        return
    for indicator, year, _ in _recent(subject, rates=True):
        among = districts(subject.path, indicator.id, year)
        span = among[subject.area].span
        others = [other.span for area, other in among.items() if area != subject.area]
        found = standout.placed(span, others) if span is not None else None
        if found is not None:
            yield Placed(indicator.id, indicator.theme, year, *found)


def _records(subject: Subject) -> Iterator[Record]:
    """Yield the changes larger than any before.

    Left out are indicators that are changes themselves, and amounts of money: with prices, they
    rise everywhere.
    """
    for indicator, year, figure in _recent(subject, rates=False):
        if is_change(indicator.id) or indicator.unit in MONEY or figure.value is None:
            continue
        found = own(subject, indicator.id)
        values = {key: entry.value for key, entry in found.items() if entry.value is not None}
        breaks = [key for key, entry in found.items() if is_break(entry)]
        record = standout.record(values, breaks, indicator.unit != "percent")
        if record is not None and record[1] == year:
            yield Record(indicator.id, indicator.theme, *record)


def _placed_words(subject: Subject, entry: Placed) -> tuple[str, str]:
    t, indicator = subject.t, data.indicators(subject.path)[entry.indicator]
    figure = own(subject, indicator.id)[entry.year]
    among = districts(subject.path, indicator.id, entry.year)
    mine = among[subject.area]
    exact = mine.exact and mine.n == len(among)
    said = t(
        f"steckbrief.placed.{entry.end}",
        value=text.shown(indicator, figure, subject.language),
        tenth=_tenth(subject),
        districts=len(among),
        rank=f" ({rank(mine.low, mine.high, mine.n, subject.language)})" if exact else "",
    )
    beside = _beside(subject, indicator, entry.year)
    return _term(subject, indicator, entry.year), f"{said} {beside}".strip()


def _term(subject: Subject, indicator: Indicator, year: int) -> str:
    return f"{indicator.name.get(subject.language)} {year}:"


def _beside(subject: Subject, indicator: Indicator, year: int) -> str:
    """Return the figures of the others in that year, without any comment."""
    parts = []
    for party in parties(subject)[1:]:
        figure = figures(subject, party, indicator.id).get(year, NOTHING)
        if has_figure(figure):
            parts.append(f"{party.name} {words.bare(figure, indicator, subject.language)}")
    return subject.t("steckbrief.beside", parts=", ".join(parts)) if parts else ""


def _record_words(subject: Subject, entry: Record) -> tuple[str, str]:
    t, indicator = subject.t, data.indicators(subject.path)[entry.indicator]
    found = own(subject, indicator.id)
    pair = [(year, found[year].value or 0.0) for year in (entry.first, entry.last)]
    said = text.development(pair, (), indicator, subject.language)
    shown = text.shown(indicator, found[entry.last], subject.language)
    record = t("steckbrief.record", value=shown, since=entry.since)
    return _term(subject, indicator, entry.last), f"{record} {said}"
