"""Figures in public use beside the rung that comes closest; never mixed with data."""

from __future__ import annotations

from html import escape

import streamlit as st

from pages._ui import data, places, rungs, tables
from pages._ui.i18n import Texts
from pages._ui.numbers import Figure, known, number
from pages._ui.reading import shown
from pages._ui.tables import Column, Row

COLUMNS = ("figure", "area", "date", "counts", "rung", "ours", "source")


@st.cache_resource(max_entries=4, show_spinner=False)
def table(path: str, language: str) -> str:
    """Return the press figures with date, what they count, our closest figure, and the link."""
    t = Texts(language)
    columns = [Column(t(f"automobil.press.{name}"), name in ("figure", "ours")) for name in COLUMNS]
    rows = [_cells(path, row, t) for row in data.press_figures(path).to_dict("records")]
    return tables.html_table(columns, rows, t("automobil.press.caption"))


def _cells(path: str, row: Row, t: Texts) -> list[str]:
    rung, area = int(row["rung"]), str(row["area_id"])
    names = places.names(path, t.language)
    percent = row["unit"] == "percent"
    value = number(known(row["value"]) or 0.0, 1 if percent else 0, t.language)
    date = f"automobil.press.date.{row['id']}"
    return [
        escape(f"{value} %" if percent else value),
        escape(names.get(area, area)),
        escape(t(date) if t.known(date) else str(row["date"])),
        escape(str(row[f"counts_{t.language}"])),
        escape(f"{rung}. {t(f'automobil.rung.{rung}')}"),
        escape(ours(path, rung, area, percent, t.language)),
        tables.link(str(row["source_url"]), t("automobil.press.link")),
    ]


def ours(path: str, rung: int, area: str, percent: bool, language: str) -> str:
    """Return our newest figure of a rung and area: persons, or a share of all employees."""
    name = rungs.indicator_of(rung, "employees") if percent else rungs.PERSONS[rung]
    indicator = data.indicators(path)[name]
    year, figure = rungs.latest(path, name, area)
    if year is None:
        return Texts(language)(f"mark.{figure.mark}")
    return f"{shown(figure, indicator.decimals, indicator.unit, language)} ({year})"


@st.cache_resource(max_entries=4, show_spinner=False)
def reconciled(path: str, language: str) -> tuple[str, ...]:
    """Return plain sentences that set 13 %, every fourth job and 62,000 beside the ladder."""
    t = Texts(language)

    def said(name: str, area: str) -> str:
        indicator = data.indicators(path)[name]
        _, figure = rungs.latest(path, name, area)
        return _bare(figure, indicator.decimals, language)

    region, land, country = rungs.LARGER
    industry = rungs.SHARES[1, "industry"]
    occupations, _ = rungs.latest(path, rungs.OCCUPATIONS_SHARE, region)
    thirteen = t(
        "automobil.press.13",
        land=said(industry, land),
        country=said(industry, country),
        region=said(industry, region),
        all=said(rungs.SHARES[1, "employees"], land),
    )
    fourth = t(
        "automobil.press.25",
        occupations=said(rungs.OCCUPATIONS_SHARE, region),
        year=occupations,
        industry=said(rungs.SHARES[2, "industry"], region),
        all=said(rungs.SHARES[2, "employees"], region),
    )
    sixty = t(
        "automobil.press.62000",
        direct=said(rungs.PERSONS[1], region),
        weighted=said(rungs.PERSONS[2], region),
        divisions=said(rungs.PERSONS[3], region),
    )
    return thirteen, fourth, sixty


def _bare(figure: Figure, decimals: int, language: str) -> str:
    """Return a value or an interval without any unit."""
    return shown(figure, decimals, "", language)
