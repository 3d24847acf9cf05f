"""Commuters of the area: how many cross its border on one day, to and from where, and the rates."""

from __future__ import annotations

from pages._ui import places
from pages._ui.commuting import commuter_data, flows
from pages._ui.commuting.flows import Partner
from pages._ui.numbers import date, number, signed
from pages._ui.paper.model import Amount, Bar, Block, Chart, Lead, Rows, Side, Table
from pages._ui.rungs import FIVE, REGION
from pages._ui.sheet import theme, words
from pages._ui.sheet.subject import Subject

DRAWN, LISTED = 6, 8  # partners


def blocks(subject: Subject) -> list[Block]:
    """Return the section: flows of the area where there are any, then the rates over the years."""
    return theme.blocks(subject, "commuting", _flows(subject))


def _flows(subject: Subject) -> list[Block]:
    members = FIVE if subject.area == REGION else (subject.area,)
    partners = flows.partners(subject.path, members)
    if not partners:
        return []
    sources = commuter_data.sources(subject.path)
    year = commuter_data.reference(subject.path).year
    return [
        Lead(_sentence(subject, members)),
        Side((_chart(subject, partners, "out"), _chart(subject, partners, "in"))),
        _table(subject, partners),
        words.source_of(subject, [sources.assign(year=year)]),
    ]


def _sentence(subject: Subject, members: tuple[str, ...]) -> str:
    found, t = commuter_data.together(subject.path, members), subject.t
    balance = round(found.balance)
    kind = "even" if balance == 0 else "more" if balance > 0 else "less"
    said = t(
        f"steckbrief.flows.{kind}",
        day=date(commuter_data.reference(subject.path), subject.language),
        place=subject.place,
        incoming=number(found.incoming, 0, subject.language),
        outgoing=number(found.outgoing, 0, subject.language),
        balance=number(abs(balance), 0, subject.language),
    )
    return places.opening(said)


def _chart(subject: Subject, partners: list[Partner], direction: str) -> Chart:
    t, names = subject.t, places.names(subject.path, subject.language)
    found = [(_persons(partner, direction), partner.key) for partner in partners]
    largest = sorted(((persons, key) for persons, key in found if persons), reverse=True)[:DRAWN]
    rows = tuple(
        Bar(names[key], persons, persons, number(persons, 0, subject.language))
        for persons, key in largest
    )
    alt = "; ".join(f"{row.name}: {row.text}" for row in rows)
    caption = t(f"steckbrief.flows.{direction}", place=subject.place)
    return Chart(Rows(rows, t("steckbrief.flows.unit")), caption, t("steckbrief.alt", parts=alt))


def _persons(partner: Partner, direction: str) -> int | None:
    return partner.outgoing if direction == "out" else partner.incoming


def _table(subject: Subject, partners: list[Partner]) -> Table:
    t, names = subject.t, places.names(subject.path, subject.language, "name")
    head = ("partner", "out", "in", "balance")
    rows = tuple(
        (
            names[partner.key],
            _amount(partner.outgoing, subject),
            _amount(partner.incoming, subject),
            _balance(partner.balance, subject),
        )
        for partner in partners[:LISTED]
    )
    return Table(
        t("steckbrief.flows.table", area=subject.name),
        tuple(t(f"steckbrief.flows.column.{name}") for name in head),
        rows,
        (False, True, True, True),
        name="commuter_flows",
    )


def _amount(persons: int | None, subject: Subject) -> Amount:
    if persons is None:
        return Amount(None, subject.t("steckbrief.flows.unnamed"))
    return Amount(persons, number(persons, 0, subject.language))


def _balance(persons: int | None, subject: Subject) -> Amount:
    if persons is None:
        return Amount(None, "–")
    return Amount(persons, signed(persons, 0, subject.language))
