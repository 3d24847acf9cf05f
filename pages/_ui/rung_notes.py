"""What each rung counts and what it does not, and the deliveries behind rung 2."""

from __future__ import annotations

from html import escape

import streamlit as st

from pages._ui import data, tables
from pages._ui.i18n import Texts
from pages._ui.numbers import number
from pages._ui.rungs import RUNGS
from pages._ui.tables import Column

PERCENT = 100
NATIONAL = ("share_2014_domestic", "share_2019_lower", "share_2019_upper", "lower", "upper")


@st.cache_resource(max_entries=4, show_spinner=False)
def counts(language: str) -> str:
    """Return what each rung counts beside what it does not, as HTML."""
    t = Texts(language)
    return "".join(
        f"<h4>{rung}. {escape(t(f'automobil.rung.{rung}'))}</h4>"
        f'<div class="sm-pair">{_side(rung, "yes", t)}{_side(rung, "no", t)}</div>'
        for rung in RUNGS
    )


def _side(rung: int, kind: str, t: Texts) -> str:
    head = escape(t(f"automobil.counts.{kind}"))
    return f"<div><p>{head}</p>{_list(t(f'automobil.counts.{rung}.{kind}'))}</div>"


def _list(points: str) -> str:
    """Return the points of a text, one per line of it, as a list."""
    return "<ul>" + "".join(f"<li>{escape(point)}</li>" for point in points.split("|")) + "</ul>"


@st.cache_resource(max_entries=4, show_spinner=False)
def deliveries(path: str, language: str) -> str:
    """Return the share of each division's output that goes to WZ 29, in percent."""
    t = Texts(language)
    columns = [Column(t("automobil.deliveries.division"))]
    columns += [
        Column(t(f"automobil.deliveries.{name}"), number=True) for name in ("2014", "2019", "used")
    ]
    columns.append(Column(t("automobil.deliveries.industry")))
    rows = []
    for row in data.deliveries(path).to_dict("records"):
        domestic, low, high, lower, upper = (
            number(float(row[name]) * PERCENT, 1, language) for name in NATIONAL
        )
        rows.append(
            [
                escape(f"{row['division']} {row[f'name_{language}']}"),
                domestic,
                _range(low, high),
                _range(lower, upper),
                escape(f"{row['industry_2014']} / {row['industry_2019']}"),
            ]
        )
    return tables.html_table(columns, rows, t("automobil.deliveries.caption"), tall=True)


def _range(lower: str, upper: str) -> str:
    return lower if lower == upper else f"{lower}–{upper}"
