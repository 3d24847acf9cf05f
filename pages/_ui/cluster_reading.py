"""What the figures say about a strength that the region claims for itself; pure functions."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping, Sequence
from html import escape
from itertools import groupby
from typing import Any, Literal

from indicators.claims import verdict
from pages._ui.i18n import Texts
from pages._ui.lq_classes import persons, quotient
from pages._ui.numbers import NBSP, cell, interval, known, number, rank, signed
from pages._ui.tables import Column, html_table

Row = dict[Hashable, Any]
Standing = Literal["clear", "placed", "high", "above", "open", "unknown", "below"]
Support = Literal["supported", "specialised", "partly", "doubtful", "open", "contradicted"]

FIRST = 40  # ranks that count as being among the first: the top tenth of 400 districts
ORDER: tuple[Standing, ...] = ("clear", "placed", "high", "above", "open", "unknown", "below")
GOOD: frozenset[Standing] = frozenset({"clear", "placed", "high", "above"})
UNDECIDED: frozenset[Standing] = frozenset({"open", "unknown"})
COLUMNS = ("persons", "share", "lq", "growth", "rank")
MISSING: Row = {"mark": "missing"}


def standing(row: Row) -> Standing:
    """Return how clear a strength is in one area: quotient first, then the place among all.

    `clear`: at least 1.5 and surely among the first 40; `placed`: possibly among them; `high`: not
    among them; `above`: surely at least 1; the others as `claims.verdict`.
    """
    figures = (known(row.get(name)) for name in ("lq", "lq_low", "lq_high"))
    said = verdict(*(float("nan") if figure is None else figure for figure in figures))
    if said != "strong":
        return said
    low, high = known(row.get("rank_low")), known(row.get("rank_high"))
    if low is None or high is None:
        return "high"
    if high <= FIRST:
        return "clear"
    return "placed" if low <= FIRST else "high"


def support(standings: Collection[Standing]) -> Support:
    """Return what all areas and kinds of a claim say together."""
    found = set(standings)
    if not found or found <= UNDECIDED:
        return "open"
    if found <= {"clear"}:
        return "supported"
    if found <= {"clear", "placed"}:
        return "specialised"
    if found & GOOD:
        return "partly"
    return "doubtful" if found & UNDECIDED else "contradicted"


def sentence(rows: Mapping[str, Sequence[Row]], areas: Sequence[str], t: Texts) -> str:
    """Return whether the figures of all kinds together support a claim for `areas`."""
    found = [standing(row_of(of_kind, area)) for of_kind in rows.values() for area in areas]
    return t(f"staerken.cluster.verdict.{support(found)}")


def why(
    kind: str, rows: Sequence[Row], areas: Sequence[str], names: Mapping[str, str], t: Texts
) -> str:
    """Return what the figures of one kind say: of one area with figures, of several by name."""
    own = [(area, row_of(rows, area)) for area in areas]
    year = next((int(row["year"]) for _, row in own if "year" in row), "")
    ordered = sorted(own, key=lambda pair: ORDER.index(standing(pair[1])))
    said = []
    for key, group in groupby(ordered, key=lambda pair: standing(pair[1])):
        words = t(f"staerken.cluster.standing.{key}")
        named = [
            f"{names[area]} {evidence(row, t)}" if len(own) == 1 else names[area]
            for area, row in group
        ]
        said.append(f"{words} ({', '.join(named)})")
    return t(f"staerken.cluster.by.{kind}", year=year, said="; ".join(said))


def row_of(rows: Sequence[Row], area: str) -> Row:
    """Return the row of an area; one without any figure where there is none."""
    return next((row for row in rows if row["area_id"] == area), {"area_id": area, **MISSING})


def evidence(row: Row, t: Texts) -> str:
    """Return quotient, rank and persons of a row as a sentence quotes them."""
    figure = quotient(row)
    shown = number(figure.value, 2, t.language) if figure.value is not None else ""
    shown = shown or interval(figure, 2, "", t.language).strip() or t(f"mark.{figure.mark}")
    placed = rank(row.get("rank_low"), row.get("rank_high"), row.get("n"), t.language, bare=True)
    size = cell(persons(row), 0, "", t.language)
    if not placed:
        return t("staerken.cluster.evidence.bare", lq=shown, persons=size)
    return t("staerken.cluster.evidence", lq=shown, rank=placed, persons=size)


def table(
    kind: str,
    rows: Sequence[Row],
    areas: Sequence[str],
    named: Mapping[str, str],
    claimed: Collection[str],
    chosen: str,
    against: str,
    t: Texts,
) -> str:
    """Return the profile of a cluster as HTML: one row per area, the chosen one standing out.

    `against` is the benchmark of the quotients as it stands in a sentence.
    """
    headings = [*COLUMNS, *(["vacancies"] if kind == "cluster_occupation" else [])]
    columns = [Column(t("table.area"))]
    columns += [Column(_heading(name, against, t), number=True) for name in headings]
    cells = []
    for area in areas:
        row = row_of(rows, area)
        name = t("staerken.cluster.claimed", name=named[area]) if area in claimed else named[area]
        line = [escape(name), *(_cell(heading, row, t) for heading in headings)]
        cells.append([faint(text) for text in line] if row.get("few") is True else line)
    year = next((int(row["year"]) for row in rows), "")
    caption = t(f"staerken.cluster.caption.{kind}", year=year)
    return html_table(columns, cells, caption, [area == chosen for area in areas])


def _heading(name: str, against: str, t: Texts) -> str:
    if name == "lq":
        return t("staerken.cluster.column.lq", against=against)
    return t(f"staerken.cluster.column.{name}")


def faint(html: str) -> str:
    """Return a cell in grey, for a figure that rests on few persons."""
    return f'<span style="opacity:.55">{html}</span>'


def _cell(heading: str, row: Row, t: Texts) -> str:
    """Return one cell; a secret figure says so and is never zero."""
    if heading == "persons":
        return escape(cell(persons(row), 0, "", t.language))
    if heading == "lq":
        return escape(cell(quotient(row), 2, "", t.language))
    if heading == "rank":
        placed = rank(row.get("rank_low"), row.get("rank_high"), row.get("n"), t.language, True)
        return placed or t("staerken.cluster.no_rank")
    value = known(row.get(heading))
    if value is None:
        secret = heading == "share" and row.get("mark") == "secret"
        return t("mark.secret" if secret else "staerken.cluster.none")
    if heading == "vacancies":
        return number(value, 0, t.language)
    shown = (signed if heading == "growth" else number)(value, 1, t.language)
    return f"{shown}%" if t.language == "en" else f"{shown}{NBSP}%"
