"""Rung 5 over the years: motor vehicle manufacturing in the region, its correction in sight."""

from __future__ import annotations

from functools import partial
from html import escape
from typing import Any

import streamlit as st

from pages._ui import charts, data, places, rungs, table_files, tables, timeline_table
from pages._ui.card import CHART_CONFIG
from pages._ui.i18n import Texts
from pages._ui.numbers import number
from pages._ui.ready import ReadyFigure
from pages._ui.shell import Page
from pages._ui.tables import Column

SHOWN = (rungs.REGION, rungs.LAND)
DATASET = "sbs_r_nuts06_r2"


def show(page: Page) -> None:
    """Draw region and Saxony over the years, and what was corrected."""
    figure, alt = build(page.path, page.language, page.dark)
    st.plotly_chart(ReadyFigure(figure), key="over_time", theme=None, config=CHART_CONFIG, alt=alt)
    st.markdown(page.t("automobil.corrected.note"))
    with st.expander(page.t("automobil.corrected.title")):
        st.markdown(page.t("automobil.corrected.lead"))
        st.html(corrections(page.path, page.language))
        for evidence in findings(page.path, page.language):
            st.markdown(f"> {evidence}")
    with st.expander(page.t("automobil.line.table")):
        frame = data.series(page.path, rungs.OVER_TIME, rungs.LARGER)
        indicator = data.indicators(page.path)[rungs.OVER_TIME]
        areas = rungs.LARGER
        st.html(timeline_table.html(page.path, indicator, frame, areas, None, page.language))
        make = partial(timeline_table.content, page.path, indicator, frame, areas, page.language)
        table_files.buttons(page, make, rungs.OVER_TIME)


@st.cache_resource(max_entries=16, show_spinner=False)
def build(path: str, language: str, dark: bool) -> tuple[dict[str, Any], str]:
    """Return the figure with corrected years marked, and its text alternative."""
    t, indicator = Texts(language), data.indicators(path)[rungs.OVER_TIME]
    frame = data.series(path, rungs.OVER_TIME, SHOWN)
    names = places.names(path, language)
    figure = charts.trend(indicator, frame, [(key, names[key]) for key in SHOWN], language, dark)
    region = charts.figures_of(frame, rungs.REGION)
    corrected = {
        year: entry.value
        for year, entry in region.items()
        if "corrected" in entry.qualifier.split(";")
    }
    ring = {"symbol": "diamond-open", "size": 14, "color": figure["data"][0]["line"]["color"]}
    figure["data"].append(
        {
            "type": "scatter",
            "mode": "markers",
            "name": t("automobil.corrected.legend"),
            "x": list(corrected),
            "y": list(corrected.values()),
            "marker": ring | {"line": {"width": 2}},
            "hoverinfo": "skip",
        }
    )
    course = timeline_table.course(region, indicator, language)
    name = indicator.name.get(language)
    alt = t("trend.alt", indicator=name, area=names[rungs.REGION], development=course)
    years = ", ".join(map(str, corrected))
    return figure, f"{alt} {t('automobil.corrected.alt', years=years)}"


@st.cache_resource(max_entries=8, show_spinner=False)
def corrections(path: str, language: str) -> str:
    """Return the corrected cells: what holds, and what the file prints in which line."""
    t = Texts(language)
    names = ("year", "area", "holds", "printed", "where")
    columns = [Column(t(f"automobil.corrected.{name}"), name in names[2:4]) for name in names]
    frame = data.corrections(path, rungs.OVER_TIME)
    rows = []
    for row in frame.to_dict("records"):
        same_year = frame[(frame["year"] == row["year"]) & (frame["area_id"] != row["area_id"])]
        # The row of an area in the file is the one that the other area was taken from.
        other = same_year.iloc[0] if len(same_year) else None
        where = t("automobil.corrected.cell", line=row["line"], column=row["column"])
        rows.append(
            [
                str(row["year"]),
                escape(str(row[f"name_{language}"])),
                number(float(row["value"]), 0, language),
                escape(str(other["published"])) if other is not None else "",
                escape(f"{where}, {row['path']}"),
            ]
        )
    strong = [area == rungs.REGION for area in frame["area_id"]]
    return tables.html_table(columns, rows, t("automobil.corrected.caption"), strong)


def findings(path: str, language: str) -> list[str]:
    """Return the evidence that the release holds for its corrections of this series."""
    checks = data.checks(path)
    found = checks[(checks["check"] == "correction") & (checks["dataset"] == DATASET)]
    return list(dict.fromkeys(found[f"detail_{language}"]))
