"""Change year by year: the parts of every year, and the indices of structural change."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from indicators.change_store import Kind
from pages._ui import bench_card, charts, choices, data, places
from pages._ui.change import frame, readers, words
from pages._ui.change.view import View
from pages._ui.i18n import Texts
from pages._ui.numbers import known
from pages._ui.shell import Page
from pages._ui.tables import Row
from pages._ui.timeline_table import course

Drawn = tuple[dict[str, Any], str]
INDICES = ("nav", "modified_lilien", "lilien")
NAMED: dict[Kind, str] = {
    "industry": "industries",
    "activity": "activities",
    "occupation": "occupations",
}


def years_of(path: str, view: View) -> list[Row]:
    """Return the split of every year of the span."""
    found: list[Row] = readers.yearly(
        path, view.kind, view.area, view.bench.areas, view.first, view.last
    ).to_dict("records")
    return found


def indicator(kind: Kind, index: str) -> str:
    """Return the indicator that holds an index of a kind."""
    return f"structural_change_{index}_{NAMED[kind]}"


def breaks(path: str, kind: Kind, area: str) -> list[int]:
    """Return the years from which on another method holds in the series of an area."""
    frame_of = data.series(path, indicator(kind, "nav"), (area,))
    return sorted(charts.breaks_of(frame_of, area))


@st.cache_resource(max_entries=64, show_spinner=False)
def yearly(path: str, view: View, language: str, narrow: bool, dark: bool) -> Drawn:
    """Return the parts of every year as bars, a break of the series as a dotted line."""
    t = Texts(language)
    rows = [row for row in years_of(path, view) if known(row["change"]) is not None]
    if not rows:
        return {}, ""
    years = [int(row["last"]) for row in rows]
    traces: list[dict[str, Any]] = [_bar(years, rows, part, t) for part in words.PARTS]
    traces.append(
        {
            "type": "scatter",
            "mode": "markers",
            "name": t("wandel.column.change"),
            "x": years,
            "y": [float(row["change"]) for row in rows],
            "text": [words.persons(row, "change", t) for row in rows],
            "hovertemplate": "%{x}: %{text}<extra></extra>",
            "marker": {"symbol": "diamond", "size": 8, "color": frame.ink(dark)},
        }
    )
    layout = frame.layout(language, dark, 390)
    layout |= {"barmode": "relative", "bargap": 0.3}
    layout["margin"] |= {"t": 70 if narrow else 40, "b": 28}
    layout["xaxis"] = {
        "tickmode": "array", "tickvals": years[:: 1 + len(years) // (6 if narrow else 14)],
        "tickformat": "d", "fixedrange": True, "showgrid": False,
    }  # fmt: skip
    layout["yaxis"] = frame.values(dark, t("wandel.bars.axis"))
    layout["shapes"] = [
        {"type": "line", "x0": year - 0.5, "x1": year - 0.5, "yref": "paper", "y0": 0, "y1": 1,
         "line": {"dash": "dot", "width": 1, "color": frame.ink(dark)}}
        for year in breaks(path, view.kind, view.area) if year in years
    ]  # fmt: skip
    return {"data": traces, "layout": layout}, said(rows, t)


def said(rows: list[Row], t: Texts) -> str:
    """Return in how many years the area grew beyond the benchmark, and where that is a range."""
    sure = [row for row in rows if known(row["regional"]) is not None]
    parts = []
    if sure:
        best = max(sure, key=lambda row: float(row["regional"]))
        worst = min(sure, key=lambda row: float(row["regional"]))
        above = sum(round(float(row["regional"])) > 0 for row in sure)
        parts.append(
            t(
                "wandel.yearly.alt",
                n=len(sure),
                above=above,
                best=best["last"],
                best_amount=words.persons(best, "regional", t),
                worst=worst["last"],
                worst_amount=words.persons(worst, "regional", t),
            )
        )
    if len(sure) < len(rows):
        listed = "; ".join(
            f"{row['last']}: {words.persons(row, 'regional', t)}" for row in rows if row not in sure
        )
        parts.append(t("wandel.yearly.open", listed=listed))
    return " ".join(parts)


def _bar(years: list[int], rows: list[Row], part: str, t: Texts) -> dict[str, Any]:
    colour, pattern = frame.PARTS[part]
    return {
        "type": "bar",
        "name": t(f"wandel.column.{part}"),
        "x": years,
        "y": [float(row[part]) for row in rows],
        "text": [words.persons(row, part, t) for row in rows],
        "textposition": "none",
        "hovertemplate": f"%{{x}}, {t(f'wandel.column.{part}')}: %{{text}}<extra></extra>",
        "marker": {"color": colour, "pattern": frame.pattern(pattern)},
    }


def choose(page: Page) -> str:
    """Draw the choice of the index and return it."""
    return choices.segmented(
        "change_index",
        INDICES,
        INDICES[0],
        page.t("wandel.index"),
        lambda index: page.t(f"wandel.index.{index}"),
    )


def series(path: str, view: View, index: str) -> pd.DataFrame:
    """Return an index of the area and of the benchmark, taken together as one."""
    name = indicator(view.kind, index)
    own = data.series(path, name, (view.area,))
    if view.bench.areas == (view.area,):
        return own
    return pd.concat([own, bench_card.series(path, name, view.bench)], ignore_index=True)


@st.cache_resource(max_entries=64, show_spinner=False)
def index_lines(path: str, view: View, index: str, language: str, dark: bool) -> Drawn:
    """Return an index over the years beside the benchmark, and its course in words."""
    t = Texts(language)
    entry = data.indicators(path)[indicator(view.kind, index)]
    found = series(path, view, index)
    area = places.names(path, language)[view.area]
    names = [(view.area, area)]
    if bench_card.KEY in set(found["area_id"]):
        names.append((bench_card.KEY, view.bench.label))
    figure = charts.trend(entry, found, names, language, dark)
    said = course(charts.figures_of(found, view.area), entry, language)
    title = entry.name.get(language)
    return figure, t("trend.alt", indicator=title, area=area, development=said)
