"""What lies behind the change in persons employed: the split of shift-share against the benchmark.

Persons employed in seven groups of industries (13312-01-05-4) are published for every district and
every year, so that the split holds no interval.
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from indicators.change_store import Kind
from pages._ui import places
from pages._ui.change import readers
from pages._ui.numbers import NBSP, known, number, signed
from pages._ui.paper.model import (
    Amount,
    Bar,
    Block,
    Chart,
    Heading,
    Note,
    Paragraph,
    Rows,
    Table,
)
from pages._ui.rungs import COUNTRY
from pages._ui.sheet import words
from pages._ui.sheet.subject import Subject

KIND: Kind = "activity"
SPAN = 10  # years
PARTS = ("national", "mix", "regional")
TOTAL, PART = 0, 3  # looks
Row = dict[Hashable, Any]


def blocks(subject: Subject) -> list[Block]:
    """Return the split as sentence, chart and table; nothing for Germany or without figures."""
    years = readers.years(subject.path, KIND)
    if subject.area == COUNTRY or not years or years[-1] - SPAN not in years:
        return []
    own = subject.bench.areas == (subject.area,)
    against = (COUNTRY,) if own else subject.bench.areas
    row = _split(subject, against, years[-1])
    if any(known(row[name]) is None for name in ("change", "growth", *PARTS)):
        return []
    names = places.names(subject.path, subject.language)
    bench = names[COUNTRY] if own else subject.bench.label
    sources = readers.sources(subject.path, KIND, years[-1])
    return [
        Heading(subject.t("steckbrief.shift"), 2),
        Paragraph(_sentence(subject, row, bench)),
        _chart(subject, row, bench),
        _table(subject, row, bench),
        Note(subject.t("steckbrief.shift.note")),
        words.source_of(subject, [sources.assign(year=years[-1])]),
    ]


def _split(subject: Subject, against: tuple[str, ...], last: int) -> Row:
    areas = (subject.area,)
    frame = readers.totals(subject.path, KIND, areas, against, last - SPAN, last, "classic")
    return dict(frame.to_dict("records")[0])


def _sentence(subject: Subject, row: Row, bench: str) -> str:
    t, language = subject.t, subject.language
    kind = "more" if row["change"] >= 0 else "less"
    said = {name: signed(float(row[name]), 0, language) for name in PARTS}
    return places.opening(
        t(
            f"steckbrief.shift.{kind}",
            place=subject.place,
            first=int(row["first"]),
            last=int(row["last"]),
            change=number(abs(float(row["change"])), 0, language),
            growth=_percent(float(row["growth"]), language),
            bench=bench,
            **said,
        )
    )


def _percent(value: float, language: str) -> str:
    return f"{signed(value, 1, language)}{'' if language == 'en' else NBSP}%"


def _chart(subject: Subject, row: Row, bench: str) -> Chart:
    t = subject.t
    rows = tuple(
        Bar(
            t(f"steckbrief.shift.part.{name}", bench=bench),
            float(row[name]),
            float(row[name]),
            signed(float(row[name]), 0, subject.language),
            TOTAL if name == "change" else PART,
        )
        for name in ("change", *PARTS)
    )
    caption = t("steckbrief.shift.chart", first=int(row["first"]), last=int(row["last"]))
    alt = "; ".join(f"{bar.name}: {bar.text}" for bar in rows)
    drawing = Rows(rows, t("steckbrief.shift.unit"), 0.0)
    return Chart(drawing, caption, t("steckbrief.alt", parts=alt))


def _table(subject: Subject, row: Row, bench: str) -> Table:
    t, language = subject.t, subject.language
    rates = {"change": "growth"} | {name: f"{name}_rate" for name in PARTS}
    rows = tuple(
        (
            t(f"steckbrief.shift.part.{name}", bench=bench),
            Amount(float(row[name]), signed(float(row[name]), 0, language)),
            Amount(float(row[rate]), _percent(float(row[rate]), language)),
        )
        for name, rate in rates.items()
    )
    caption = t("steckbrief.shift.table", first=int(row["first"]), last=int(row["last"]))
    head = tuple(t(f"steckbrief.shift.column.{name}") for name in ("part", "persons", "percent"))
    strong = tuple(name == "change" for name in rates)
    return Table(caption, head, rows, (False, True, True), strong, (4.0, 1.2, 1.2), "shift_share")
