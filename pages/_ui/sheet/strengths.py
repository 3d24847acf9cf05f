"""What the area is specialised in: occupations, industries, and the claims of the Masterplan."""

from __future__ import annotations

import math

from indicators.strengths_store import Kind
from pages._ui import cluster_reading, places, strength_data
from pages._ui.cluster_reading import Row
from pages._ui.cluster_view import KINDS
from pages._ui.lq_classes import persons as persons_of
from pages._ui.lq_classes import quotient
from pages._ui.numbers import Figure, cell, interval, known, number, rank, signed
from pages._ui.paper.model import (
    Amount,
    Bar,
    Block,
    Chart,
    Heading,
    Lead,
    Note,
    Paragraph,
    Points,
    Rows,
    Source,
    Table,
)
from pages._ui.rungs import COUNTRY, FIVE, REGION
from pages._ui.sheet import words
from pages._ui.sheet.subject import Subject

SHOWN: dict[Kind, int] = {"occupation": 8, "division": 6}
NAMED = 3
PLACES = 2  # of a quotient
WIDE = 2.0  # upper over lower end of bounds
EVEN = 1.0  # a quotient of 1: as many as in the benchmark


def blocks(subject: Subject) -> list[Block]:
    """Return the section: strongest occupations, strongest industries, claims of the clusters."""
    t = subject.t
    found: list[Block] = [Heading(t("steckbrief.section.strengths"))]
    if subject.area == COUNTRY:
        return [*found, Paragraph(t("steckbrief.strengths.country"))]
    for kind in SHOWN:
        found += _kind(subject, kind)
    said = [t("steckbrief.strengths.note")]
    if subject.bench.areas == (COUNTRY,):
        said.append(t("steckbrief.strengths.secret"))
    return [*found, Note(" ".join(said)), *_claims(subject)]


def _kind(subject: Subject, kind: Kind) -> list[Block]:
    t = subject.t
    years = strength_data.years(subject.path, kind)
    if not years:
        return []
    year = years[-1]
    against = benchmark(subject, kind, year)
    label = subject.bench.label if against == subject.bench.areas else _country(subject)
    sure = strongest(subject, kind, year, against)
    rows = [row for row in sure if close(row)][: SHOWN[kind]]
    place, said = places.opening(subject.place), {"year": year, "bench": label}
    if not rows:
        return [Paragraph(t(f"steckbrief.strengths.{kind}.none", place=subject.place, **said))]
    named = "; ".join(_named(row, subject) for row in rows[:NAMED])
    sentence = t(f"steckbrief.strengths.{kind}", place=place, named=named, **said)
    source = _source(subject, kind, year)
    lead: Block = Lead(sentence) if kind == "occupation" else Paragraph(sentence)
    caption = t(f"steckbrief.strengths.{kind}.caption", **said)
    drawn: list[Block] = [_chart(subject, rows, caption), _table(subject, rows, kind, caption)]
    return [lead, *drawn, *_ranged(subject, sure), source]


def _ranged(subject: Subject, sure: list[Row]) -> list[Block]:
    """Return what is certainly above 1 but only within bounds too wide for the chart."""
    hidden = [row for row in sure if not close(row)][:NAMED]
    named = "; ".join(_named(row, subject) for row in hidden)
    return [Note(subject.t("steckbrief.strengths.ranged", named=named))] if hidden else []


def benchmark(subject: Subject, kind: Kind, year: int) -> tuple[str, ...]:
    """Return the areas that quotients are measured against; Germany where others lack figures."""
    areas = subject.bench.areas
    whole = areas == (subject.area,)
    without = strength_data.hidden_codes(subject.path, kind, year, areas) is None
    return (COUNTRY,) if whole or without else areas


def _country(subject: Subject) -> str:
    return places.names(subject.path, subject.language)[COUNTRY]


def strongest(subject: Subject, kind: Kind, year: int, against: tuple[str, ...]) -> list[Row]:
    """Return all rows whose quotient is certainly above 1, strongest first.

    A quotient known in bounds counts by its lower end; what rests on few persons is left out.
    """
    frame = strength_data.area(subject.path, subject.area, kind, year, against)
    sure = [
        row
        for row in frame.to_dict("records")
        if row["few"] is not True and (least(row) or 0.0) > EVEN
    ]
    return sorted(sure, key=lambda row: (-(least(row) or 0.0), str(row["code"])))


def least(row: Row) -> float | None:
    """Return the quotient of a row, or the lower end of its bounds."""
    figure = quotient(row)
    return figure.lower if figure.value is None else figure.value


def close(row: Row) -> bool:
    """Return whether a quotient is known, or within bounds of which the upper is not twice as far.

    Wider bounds would squeeze all other bars and say little.
    """
    figure = quotient(row)
    return figure.value is not None or (figure.upper or math.inf) < WIDE * (figure.lower or 0.0)


def _named(row: Row, subject: Subject) -> str:
    return f"{row[f'name_{subject.language}']} ({_quotient(row, subject.language)})"


def _quotient(row: Row, language: str) -> str:
    figure = quotient(row)
    if figure.value is not None:
        return number(figure.value, PLACES, language)
    return interval(figure, PLACES, "", language).strip()


def _chart(subject: Subject, rows: list[Row], caption: str) -> Chart:
    language, t = subject.language, subject.t
    bars = []
    for row in rows:
        figure = quotient(row)
        ends = (figure.value,) * 2 if figure.value is not None else (figure.lower, figure.upper)
        bars.append(Bar(str(row[f"name_{language}"]), *ends, _quotient(row, language), 0))
    alt = "; ".join(f"{bar.name}: {bar.text}" for bar in bars)
    drawing = Rows(tuple(bars), t("steckbrief.strengths.unit"), 0.0, EVEN)
    return Chart(drawing, caption, t("steckbrief.alt", parts=alt))


def _table(subject: Subject, rows: list[Row], kind: Kind, caption: str) -> Table:
    t = subject.t
    growing = any(known(row["growth"]) is not None for row in rows)
    heads = ("persons", "share", "lq", *(("growth",) if growing else ()))
    heads += ("rank",) if subject.is_kreis else ()
    header = (t(f"staerken.kind.{kind}"), *(t(f"steckbrief.column.{name}") for name in heads))
    lines = tuple(_cells(row, heads, subject.language) for row in rows)
    widths = (4.0, *(1.8 if name == "rank" else 1.0 for name in heads))
    numbers = (False, *(True for _ in heads))
    return Table(caption, header, lines, numbers, widths=widths, name=f"strengths_{kind}")


def _cells(row: Row, heads: tuple[str, ...], language: str) -> tuple[Amount | str, ...]:
    persons = persons_of(row)
    share, growth = known(row["share"]), known(row["growth"])
    lq = quotient(row)
    placed = rank(row["rank_low"], row["rank_high"], row["n"], language, bare=True)
    shown: dict[str, Amount | str] = {
        "persons": Amount(persons.value, cell(persons, 0, "", language).strip()),
        "share": Amount(share, cell(_figure(share, row), 1, "percent", language)),
        "lq": Amount(lq.value, _quotient(row, language)),
        "growth": Amount(growth, signed(growth, 1, language) if growth is not None else "–"),
        "rank": placed,
    }
    return (f"{row['code']} {row[f'name_{language}']}", *(shown[name] for name in heads))


def _figure(value: float | None, row: Row) -> Figure:
    return Figure(value, mark="value" if value is not None else str(row["mark"]))


def _source(subject: Subject, kind: Kind, year: int) -> Source:
    frame = strength_data.sources(subject.path, kind, year).assign(year=year)
    return words.source_of(subject, [frame])


def _claims(subject: Subject) -> list[Block]:
    """Return what the figures say about the claims made for the area, if any."""
    years = strength_data.years(subject.path, "cluster_occupation")
    members = strength_data.cluster_members(subject.path)
    items = []
    for cluster in strength_data.clusters(subject.path).to_dict("records"):
        mine = members[(members["cluster"] == cluster["id"]) & (members["field"] == "areas")]
        areas = [str(code) for code in mine["code"]]
        if subject.area in areas or (subject.area == REGION and set(areas) & set(FIVE)):
            items.append(_claim(subject, cluster, areas, years[-1]))
    if not items:
        return []
    t = subject.t
    return [Heading(t("steckbrief.claims"), 2), Paragraph(t("steckbrief.claims.lead")),
            Points(tuple(items))]  # fmt: skip


def _claim(subject: Subject, cluster: Row, areas: list[str], year: int) -> tuple[str, str]:
    t, names = subject.t, places.names(subject.path, subject.language)
    frame = strength_data.cluster_profiles(subject.path, tuple(areas), year)
    frame = frame[frame["cluster"] == cluster["id"]]
    rows: dict[str, list[Row]] = {
        kind: frame[frame["kind"] == kind].to_dict("records") for kind in KINDS
    }
    said = [cluster_reading.sentence(rows, areas, t)]
    said += [cluster_reading.why(kind, rows[kind], areas, names, t) for kind in KINDS]
    return f"{cluster[f'name_{subject.language}']}:", " ".join(said)
