"""Change over five and ten years, area beside the others; never across a break of a series."""

from __future__ import annotations

from dataclasses import dataclass

from indicators.records import Indicator
from pages._ui import data
from pages._ui.charts import is_break
from pages._ui.i18n import Texts
from pages._ui.numbers import NBSP, Figure, is_percent, outwards, signed
from pages._ui.paper.model import Amount, Bar, Block, Chart, Heading, Lead, Paragraph, Rows, Table
from pages._ui.rungs import ends
from pages._ui.sheet import shift, words
from pages._ui.sheet.subject import Party, Subject, drawn, figures, newest, own, parties

SPANS = (5, 10)
LISTED = (
    "employees",
    "supplier_occupations_employees",
    "unemployed",
    "population",
    "old_age_quotient",
    "manufacturing_share_of_persons_employed",
    "gdp_per_person_employed",
    "disposable_income_per_inhabitant",
)
CHARTED = ("employees", "supplier_occupations_employees", "gdp_per_person_employed")
DOWN, UP = "ROUND_FLOOR", "ROUND_CEILING"


@dataclass(frozen=True)
class Change:
    """A change in percent or points: both ends (equal for a value), or the reason for none."""

    lower: float | None
    upper: float | None
    reason: str = ""

    def shown(self, unit: str, decimals: int, t: Texts) -> str:
        """Return the change with its sign, an interval rounded outwards, or the reason."""
        if self.lower is None or self.upper is None:
            return t(f"steckbrief.change.{self.reason}")
        if self.lower == self.upper:
            return f"{signed(self.lower, decimals, t.language)}{unit}"
        low = signed(outwards(self.lower, decimals, DOWN), decimals, t.language)
        high = signed(outwards(self.upper, decimals, UP), decimals, t.language)
        return t("steckbrief.change.between", lower=low, upper=high) + unit


def blocks(subject: Subject) -> list[Block]:
    """Return the section: sentence, chart of five years, table of five and ten years, sources."""
    known = data.indicators(subject.path)
    listed = [
        name for name in LISTED if name in known and newest(own(subject, name))[0] is not None
    ]
    used = [(name, year) for name in listed if (year := newest(own(subject, name))[0]) is not None]
    chart = _chart(subject, [name for name in CHARTED if name in listed])
    sentences = [said for name in listed if (said := _sentence(subject, known[name]))]
    return [
        Heading(subject.t("steckbrief.section.change")),
        *([Lead(sentences[0])] if sentences else [Paragraph(subject.t("steckbrief.change.none"))]),
        *([Paragraph(" ".join(sentences[1:4]))] if sentences[1:] else []),
        *([chart] if chart else []),
        *([_table(subject, listed)] if listed else []),
        *([words.source(subject, used)] if used else []),
        *shift.blocks(subject),
    ]


def change(found: dict[int, Figure], last: int, years: int, relative: bool) -> Change:
    """Return the change to `last` from `years` before; an interval where either end is one."""
    base, end = found.get(last - years), found.get(last)
    if any(is_break(figure) for year, figure in found.items() if last - years < year <= last):
        return Change(None, None, "broken")
    start, stop = (ends(figure) if figure is not None else None for figure in (base, end))
    if start is None or stop is None or (relative and start[0] <= 0):
        marks = {figure.mark for figure in (base, end) if figure is not None}
        return Change(None, None, "secret" if "secret" in marks else "missing")
    if relative:
        return Change((stop[0] / start[1] - 1) * 100, (stop[1] / start[0] - 1) * 100)
    return Change(stop[0] - start[1], stop[1] - start[0])


def of(subject: Subject, party: Party, indicator: Indicator, years: int) -> Change:
    """Return the change of a party to the newest year of the area."""
    last = newest(own(subject, indicator.id))[0] or 0
    relative = not is_percent(indicator.unit)
    return change(figures(subject, party, indicator.id), last, years, relative)


def _unit(indicator: Indicator, t: Texts) -> str:
    if is_percent(indicator.unit):
        return f"{NBSP}{t('steckbrief.points')}"
    return "%" if t.language == "en" else f"{NBSP}%"


def _decimals(indicator: Indicator) -> int:
    return indicator.decimals if is_percent(indicator.unit) else 1


def _sentence(subject: Subject, indicator: Indicator) -> str:
    t, last = subject.t, newest(own(subject, indicator.id))[0] or 0
    said = []
    for years in SPANS:
        found = of(subject, parties(subject)[0], indicator, years)
        if found.lower is not None:
            shown = found.shown(_unit(indicator, t), _decimals(indicator), t)
            said.append(t("steckbrief.change.since", first=last - years, change=shown))
    if not said:
        return ""
    name = indicator.name.get(subject.language)
    parts = ", ".join(said)
    return t("steckbrief.change.sentence", indicator=name, last=last, parts=parts)


def _chart(subject: Subject, names: list[str]) -> Chart | None:
    t, rows = subject.t, []
    for name in names:
        indicator = data.indicators(subject.path)[name]
        last = newest(own(subject, name))[0] or 0
        title = f"{indicator.name.get(subject.language)}, {last - SPANS[0]}–{last}"
        if of(subject, drawn(subject)[0], indicator, SPANS[0]).lower is None:
            continue
        for party in drawn(subject):
            found = of(subject, party, indicator, SPANS[0])
            shown = found.shown(_unit(indicator, t), 1, t)
            rows.append(Bar(party.name, found.lower, found.upper, shown, party.look, title))
    if not rows:
        return None
    alt = "; ".join(f"{row.group}, {row.name}: {row.text}" for row in rows)
    drawing = Rows(tuple(rows), t("steckbrief.change.unit"), 0.0)
    return Chart(drawing, t("steckbrief.change.chart"), t("steckbrief.alt", parts=alt))


def _table(subject: Subject, names: list[str]) -> Table:
    t, others = subject.t, parties(subject)[1:]
    head = [t("steckbrief.column.indicator"), t("controls.year")]
    head += [t("steckbrief.change.column", area=subject.short, years=years) for years in SPANS]
    head += [t("steckbrief.change.column", area=party.name, years=SPANS[0]) for party in others]
    rows = tuple(_row(subject, name) for name in names)
    widths = (2.8, 0.7, *(1.15 for _ in head[2:]))
    numbers = (False, *(True for _ in head[1:]))
    caption = t("steckbrief.table.change", area=subject.name)
    return Table(caption, tuple(head), rows, numbers, widths=widths, name="change")


def _row(subject: Subject, name: str) -> tuple[Amount | str, ...]:
    t, indicator = subject.t, data.indicators(subject.path)[name]
    everyone = parties(subject)
    found = [of(subject, everyone[0], indicator, years) for years in SPANS]
    found += [of(subject, party, indicator, SPANS[0]) for party in everyone[1:]]
    cells = [
        Amount(
            entry.lower if entry.lower == entry.upper else None,
            entry.shown(_unit(indicator, t), _decimals(indicator), t),
        )
        for entry in found
    ]
    year = newest(own(subject, name))[0]
    return (indicator.name.get(subject.language), str(year), *cells)
