"""Rung 4 over the years: level, share and change in employment, and the labour market beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from indicators.records import Indicator, Text
from pages._ui import charts, data, places, rungs, state, table_files, timeline_table
from pages._ui.card import CHART_CONFIG
from pages._ui.i18n import Texts
from pages._ui.method import year_ranges
from pages._ui.numbers import Figure
from pages._ui.ready import ReadyFigure
from pages._ui.rung_view import View
from pages._ui.shell import Page

EMPLOYMENT = {
    "share": rungs.OCCUPATIONS_SHARE,
    "level": rungs.OCCUPATIONS,
    "change": rungs.OCCUPATIONS,
    "women": "supplier_occupations_women_share",
    "foreign": "supplier_occupations_foreign_share",
    "residence": "supplier_occupations_residents",
}
MARKET = {
    "tightness": "supplier_occupations_vacancies",
    "unemployed": "supplier_occupations_unemployed",
    "vacancies": "supplier_occupations_reported_vacancies",
}
# What is secret differs by measure: all employees, women, or foreigners.
BREAKDOWNS = {"women": "sex=female", "foreign": "nationality=foreign"}
AT_WORKPLACE = ("share", "level", "change", "women", "foreign")


def show(page: Page, view: View) -> dict[str, object]:
    """Draw both charts with their controls; return what a link must carry."""
    left, right = st.columns(2)
    with left:
        shown, since = _employment(page, view.area)
    with right:
        market = _chooser(page, "market", tuple(MARKET))
        _chart(page, MARKET[market], view.area, market, None)
    return {"line": shown, "market": market, "since": since}


def _employment(page: Page, area: str) -> tuple[str, int | None]:
    shown = _chooser(page, "line", tuple(EMPLOYMENT))
    since = _since(page, area) if shown == "change" else None
    _chart(page, EMPLOYMENT[shown], area, shown, since)
    return shown, since


def _chooser(page: Page, name: str, options: tuple[str, ...]) -> str:
    value = state.choice(name, options, options[0])
    st.selectbox(
        page.t(f"automobil.{name}"),
        options,
        format_func=lambda option: page.t(f"automobil.{name}.{option}"),
        **state.bind(name, value),
    )
    return value


def _since(page: Page, area: str) -> int | None:
    frame = data.series(page.path, rungs.OCCUPATIONS, (area,))
    figures = charts.figures_of(frame, area)
    years = [year for year, figure in figures.items() if rungs.has_figure(figure)]
    if not years:
        return None
    value = state.choice("since", years[:-1] or years, years[0])
    st.selectbox(page.t("automobil.since"), years[:-1] or years, **state.bind("since", value))
    return value


def _chart(page: Page, indicator: str, area: str, shown: str, since: int | None) -> None:
    figure, alt, drawn = build(page.path, indicator, area, since, page.language, page.dark)
    if not drawn:
        st.info(page.t("automobil.line.none"))
        return
    st.plotly_chart(
        ReadyFigure(figure), key=f"line_{indicator}", theme=None, config=CHART_CONFIG, alt=alt
    )
    st.caption(data.indicators(page.path)[indicator].caveats.get(page.language))
    if shown == "share" and (missing := gaps(page.path, area)):
        st.caption(page.t("automobil.line.gaps", years=year_ranges(missing)))
    parts = None
    if shown in AT_WORKPLACE:
        parts = secret_parts(page.path, area, BREAKDOWNS.get(shown, ""))
        st.caption(timeline_table.secrecy(parts, page.t))
    with st.expander(page.t("automobil.line.table")):
        frame, changed = series(page.path, indicator, area, since)
        st.html(timeline_table.html(page.path, changed, frame, drawn, parts, page.language))
        make = partial(timeline_table.content, page.path, changed, frame, drawn, page.language)
        table_files.buttons(page, make, f"{indicator}_{shown}")


def gaps(path: str, area: str) -> list[int]:
    """Return the years in which an area has employees in the occupations but no share of them."""
    level, share = (
        charts.figures_of(data.series(path, name, (area,)), area)
        for name in (rungs.OCCUPATIONS, rungs.OCCUPATIONS_SHARE)
    )
    nothing = Figure(None, mark="missing")
    return [
        year
        for year, figure in sorted(level.items())
        if rungs.has_figure(figure) and not rungs.has_figure(share.get(year, nothing))
    ]


def secret_parts(path: str, area: str, breakdown: str) -> dict[int, tuple[int, int]]:
    """Return year -> (secret cells, all cells) of the supplier occupations of an area."""
    frame = data.secret_parts(path, (area,), breakdown)
    return {
        int(row["year"]): (int(row["secret"]), int(row["parts"]))
        for row in frame.to_dict("records")
    }


@st.cache_resource(max_entries=128, show_spinner=False)
def build(
    path: str, indicator_id: str, area: str, since: int | None, language: str, dark: bool
) -> tuple[dict[str, Any], str, tuple[str, ...]]:
    """Return figure, text alternative and the areas drawn: none where the area has no figure."""
    frame, indicator = series(path, indicator_id, area, since)
    names = places.names(path, language)
    wanted = list(dict.fromkeys(frame["area_id"]))
    drawn = tuple(key for key in _order(area, indicator) if key in wanted and _any(frame, key))
    if area not in drawn:
        return {}, "", ()
    figure = charts.trend(indicator, frame, [(key, names[key]) for key in drawn], language, dark)
    title = indicator.name.get(language)
    words = timeline_table.course(charts.figures_of(frame, area), indicator, language)
    alt = Texts(language)("trend.alt", indicator=title, area=names[area], development=words)
    return figure, alt, drawn


def _order(area: str, indicator: Indicator) -> Sequence[str]:
    """Counts stand alone: a Kreis and Germany do not fit on one scale."""
    if indicator.display == "count":
        return (area,)
    return tuple(dict.fromkeys((area, *rungs.LARGER)))


def _any(frame: pd.DataFrame, area: str) -> bool:
    return any(rungs.has_figure(figure) for figure in charts.figures_of(frame, area).values())


def series(
    path: str, indicator_id: str, area: str, since: int | None
) -> tuple[pd.DataFrame, Indicator]:
    """Return all years of an area and the larger ones, and the indicator they are of.

    With `since` the figures are changes from that year in percent.
    """
    indicator = data.indicators(path)[indicator_id]
    areas = tuple(dict.fromkeys((area, *rungs.LARGER)))
    frame = data.series(path, indicator_id, areas)
    if since is None:
        return frame, indicator
    return changes(frame, since), changed(indicator, since)


def changed(indicator: Indicator, since: int) -> Indicator:
    """Return the indicator that the change since a year is, in percent."""
    said = {"year": since}
    name = Text(
        Texts("de")("automobil.change.name", name=indicator.name.de, **said),
        Texts("en")("automobil.change.name", name=indicator.name.en, **said),
    )
    return replace(indicator, name=name, unit="percent", decimals=1, display="rate")


def changes(frame: pd.DataFrame, since: int) -> pd.DataFrame:
    """Return a series as percent of change from `since`; areas without that year are left out.

    An interval in either year gives an interval: lowest over highest, highest over lowest. From
    the base year itself there is no change, whatever its figure.
    """
    rows = []
    for area in dict.fromkeys(frame["area_id"]):
        figures = charts.figures_of(frame, str(area))
        base = rungs.ends(figures[since]) if since in figures else None
        if base is None or base[0] <= 0:
            continue
        for year, figure in figures.items():
            limits = (base[0], base[0]) if year == since else rungs.ends(figure)
            exact = base[0] == base[1] or year == since
            row = {"area_id": area, "year": year, "mark": figure.mark, "value": None}
            row |= {"lower": None, "upper": None, "qualifier": figure.qualifier}
            if limits and exact and limits[0] == limits[1]:
                row |= {"value": (limits[0] / base[0] - 1) * 100, "mark": "value"}
            elif limits:
                low, high = (limits[0] / base[1] - 1) * 100, (limits[1] / base[0] - 1) * 100
                row |= {"lower": low, "upper": high, "mark": "secret"}
            rows.append(row)
    return pd.DataFrame(rows, columns=list(frame.columns))
