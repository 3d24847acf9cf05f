"""The flows of an area for those who prefer to read: partners in order, bars, and the balance."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from html import escape

import streamlit as st

from pages._ui import places, table_files, tables, text
from pages._ui.commuting import commuter_data, flows
from pages._ui.commuting.arcs import LIGHT
from pages._ui.commuting.flows import Partner
from pages._ui.commuting.view import View
from pages._ui.data import release
from pages._ui.i18n import Texts
from pages._ui.numbers import date, number, signed
from pages._ui.shell import Page
from pages._ui.table_files import Cell, Content
from pages._ui.tables import Column

SHOWN = 20
BAR = 7.0  # rem of the longest bar
FILE = ("residence_key", "residence", "workplace_key", "workplace", "persons", "day")


def show(page: Page, view: View) -> None:
    """Draw the table of an area's partners and the file of all its flows."""
    names = places.names(page.path, page.language, "name")
    st.markdown(page.t("pendeln.table.lead", area=names[view.area]))
    st.html(build(page.path, view, page.language))
    st.caption(page.t("pendeln.table.note"))
    make = partial(content, page.path, view.area, view.members, page.language)
    table_files.buttons(page, make, f"flows_{view.area}")


@st.cache_resource(max_entries=64, show_spinner=False)
def build(path: str, view: View, language: str) -> str:
    """Return the table: partners, what is left to the published total, and that total."""
    t = Texts(language)
    everyone = flows.partners(path, view.members)
    allowed = view.partners()
    wanted = [entry for entry in everyone if allowed is None or entry.key in allowed][:SHOWN]
    longest = max((max(p.outgoing or 0, p.incoming or 0) for p in wanted), default=1)
    names = places.names(path, language, "name")
    columns = [
        Column(t("pendeln.table.partner")),
        Column(t("pendeln.table.out")),
        Column(t("pendeln.table.in")),
        Column(t("pendeln.table.balance"), number=True),
    ]
    rows = [_row(names[partner.key], partner, longest, t) for partner in wanted]
    rows += _ends(path, view, everyone, wanted, t)
    strong = [position == len(rows) - 1 for position in range(len(rows))]
    day = date(commuter_data.reference(path), language)
    caption = t("pendeln.table.caption", area=names[view.area], day=day)
    return tables.html_table(columns, rows, caption, strong)


def _row(name: str, partner: Partner, longest: int, t: Texts) -> list[str]:
    balance = partner.balance
    return [
        escape(name),
        _bar(partner.outgoing, longest, LIGHT.residence, t),
        _bar(partner.incoming, longest, LIGHT.workplace, t),
        escape(t("pendeln.table.open")) if balance is None else signed(balance, 0, t.language),
    ]


def _bar(persons: int | None, longest: int, colour: str, t: Texts) -> str:
    if persons is None:
        return escape(t("pendeln.table.few"))
    long = BAR * persons / longest
    style = f"display:inline-block;height:.7rem;width:{long:.2f}rem;background:{colour}"
    return (
        f'<span style="white-space:nowrap"><span style="{style}"></span> '
        f"{number(persons, 0, t.language)}</span>"
    )


def _ends(
    path: str, view: View, everyone: Sequence[Partner], shown: Sequence[Partner], t: Texts
) -> list[list[str]]:
    """Return other districts by name, what is not named, and the published total."""
    counts = commuter_data.together(path, view.members)
    named = [sum(getattr(p, side) or 0 for p in everyone) for side in ("outgoing", "incoming")]
    listed = [sum(getattr(p, side) or 0 for p in shown) for side in ("outgoing", "incoming")]
    totals = [round(counts.outgoing), round(counts.incoming)]
    others = len(everyone) - len(shown)
    rows = []
    if others:
        gap = [all_of - some for all_of, some in zip(named, listed, strict=True)]
        words = t.count("pendeln.table.others", others, number(others, 0, t.language))
        rows.append(_sums(words, gap, t))
    abroad = round(commuter_data.abroad(path, view.members)["persons"].sum())
    left = [totals[0] - named[0], totals[1] - named[1] - abroad]
    rows.append(_from_abroad(abroad, t))
    rows.append(_sums(t("pendeln.table.unnamed"), left, t))
    rows.append(_sums(t("pendeln.table.total"), totals, t))
    return rows


def _from_abroad(persons: int, t: Texts) -> list[str]:
    unknown = escape(t("pendeln.table.unrecorded"))
    shown = number(persons, 0, t.language)
    return [escape(t("pendeln.table.abroad")), unknown, shown, escape(t("pendeln.table.open"))]


def _sums(words: str, sums: Sequence[int], t: Texts) -> list[str]:
    shown = [number(persons, 0, t.language) for persons in sums]
    return [escape(words), *shown, signed(sums[1] - sums[0], 0, t.language)]


def content(path: str, area: str, members: tuple[str, ...], language: str) -> Content:
    """Return all flows of an area as a file, one row per pair of districts."""
    t, names = Texts(language), places.names(path, language, "name")
    day = date(commuter_data.reference(path), language)
    rows: list[list[Cell]] = [
        [
            flow.residence,
            names[flow.residence],
            flow.workplace,
            names[flow.workplace],
            float(flow.persons),
            day,
        ]
        for flow in flows.all_of(path, members)
    ]
    said = text.picture_source(commuter_data.sources(path), release(path), language)
    head = [t("pendeln.file.title", area=names[area], day=day), t("pendeln.rounded"), said]
    return Content(head, [t(f"pendeln.file.{name}") for name in FILE], rows)
