"""How current every official table is, as a table: newest year, edition, what is expected when."""

from __future__ import annotations

import datetime as dt
from html import escape

import streamlit as st

from pages._ui import data, tables, text
from pages._ui.i18n import Texts
from pages._ui.numbers import date
from pages._ui.shell import Page
from pages._ui.tables import Column, Row

DAY = len("2026-01-31")
COLUMNS = ("table", "newest", "fetched", "expected", "state")


def show(page: Page) -> None:
    """Draw one sentence and the table of all official tables, those overdue first."""
    rows = _rows(page.path, dt.date.today())
    late = sum(bool(row["stale"]) for row in rows)
    st.markdown(page.t.count("freshness.late", late, str(late)))
    st.html(table(rows, page.t))


@st.cache_data(max_entries=8, show_spinner=False)
def _rows(path: str, on: dt.date) -> list[Row]:
    found: list[Row] = data.store(path).freshness(on).to_dict("records")
    return sorted(found, key=lambda row: (not row["stale"], str(row["dataset"])))


def table(rows: list[Row], t: Texts) -> str:
    """Return how current tables are; a day that is not known says so."""
    columns = [Column(t(f"freshness.{name}"), name == "newest") for name in COLUMNS]
    cells = [
        [
            escape(text.table_name(row, t.language)),
            str(row["newest_year"]),
            escape(_fetched(row, t)),
            escape(_day(row["expected"], t) or t("freshness.ended")),
            escape(t(f"freshness.{_state(row)}")),
        ]
        for row in rows
    ]
    strong = [bool(row["stale"]) for row in rows]
    return tables.html_table(columns, cells, t("freshness.caption"), strong, tall=True)


def _state(row: Row) -> str:
    if row["stale"]:
        return "overdue"
    return "closed" if tables.day(row["expected"]) is None else "current"


def _fetched(row: Row, t: Texts) -> str:
    """Return the day of the fetch, else the publisher's edition, else that neither is known."""
    fetched = _day(row["retrieved"], t)
    stated = str(row["edition"])
    # A publisher may state a year only.
    edition = date(text.day_of(stated), t.language) if len(stated) == DAY else stated
    return fetched or (t("freshness.edition", day=edition) if edition else t("why.not_known"))


def _day(value: object, t: Texts) -> str:
    return date(text.day_of(value), t.language)
