"""The start page: key figures of the region, the five areas on a map, what is newest."""

from __future__ import annotations

from html import escape

import pandas as pd
import streamlit as st

from indicators.records import Indicator
from pages._ui import charts, data, mapview, state, text, why
from pages._ui.i18n import Texts
from pages._ui.maps import MapRequest
from pages._ui.numbers import Figure, cell
from pages._ui.shell import Page
from pages._ui.spark import spark

REGION = "145"
KEY_FIGURES = (
    "supplier_occupations_share",
    "manufacturing_share_of_persons_employed",
    "employees_growth",
    "unemployed",
    "gdp_per_person_employed",
    "disposable_income_per_inhabitant",
)
SHOWN = 6
COLUMNS = 3
NEWEST = 8


def key_figures(page: Page) -> None:
    """Draw six figures of the region, each with trend, sentence and a way to its map."""
    chosen = _chosen(page.path)
    for first in range(0, len(chosen), COLUMNS):
        for column, indicator in zip(
            st.columns(COLUMNS), chosen[first : first + COLUMNS], strict=False
        ):
            with column, st.container(border=True, height="stretch"):
                st.html(_card(page.path, indicator.id, page.language))
                _to_map(page, indicator.id)


def _chosen(path: str) -> list[Indicator]:
    """The six declared figures; the next of the registry step in for those without a value."""
    known = data.indicators(path)
    order = [*(name for name in KEY_FIGURES if name in known), *known]
    with_values = [name for name in dict.fromkeys(order) if _region_values(path, name)]
    return [known[name] for name in with_values[:SHOWN]]


@st.cache_resource(max_entries=128, show_spinner=False)
def _region_values(path: str, indicator: str) -> list[tuple[int, float]]:
    return charts.values_of(data.series(path, indicator, (REGION,)), REGION)


@st.cache_resource(max_entries=64, show_spinner=False)
def _card(path: str, indicator_id: str, language: str) -> str:
    t = Texts(language)
    indicator = data.indicators(path)[indicator_id]
    frame = data.series(path, indicator_id, (REGION, "14", "DG"))
    year = charts.values_of(frame, REGION)[-1][0]
    figure = charts.figures_of(frame, REGION)[year]
    return _card_html(path, indicator, year, figure, frame, t)


def _card_html(
    path: str, indicator: Indicator, year: int, figure: Figure, frame: pd.DataFrame, t: Texts
) -> str:
    values = charts.values_of(frame, REGION)
    breaks = charts.breaks_of(frame, REGION)
    changed = text.development(values, breaks, indicator, t.language)
    compared = ""
    if indicator.display != "count":
        by_area = {area: dict(charts.values_of(frame, area)) for area in ("14", "DG")}
        found = [(area, by_area[area].get(year)) for area in by_area]
        references = [(area, value) for area, value in found if value is not None]
        compared = text.against(values[-1][1], references, indicator, t.language)
    notes = [indicator.reference.get(t.language), *text.notes(figure, t.language)]
    when = t("app.when", year=year, reference=", ".join(filter(None, notes)))
    shown = cell(figure, indicator.decimals, indicator.unit, t.language)
    linked = why.link(shown, path, indicator.id, REGION, year, t.language)
    alt = t("spark.alt", first=values[0][0], last=year)
    drawing = spark(values, alt) if len(values) > 1 else ""
    sentences = " ".join(filter(None, (compared, changed)))
    return (
        f'<div class="sm-card"><h3>{escape(indicator.name.get(t.language))}</h3>'
        f'<div class="value">{linked}</div>'
        f'<p class="when">{escape(when)}</p>'
        f"{drawing}<p>{escape(sentences)}</p></div>"
    )


def _to_map(page: Page, indicator: str, year: int | None = None, label: str = "") -> None:
    target = "pages/karte.py"
    st.page_link(
        target,
        label=label or page.t("app.to_map"),
        query_params=state.link_params(target) | _address(indicator, year),
    )


def _address(indicator: str, year: int | None) -> dict[str, str]:
    return {"ind": indicator} | ({"year": str(year)} if year is not None else {})


def region_map(page: Page) -> None:
    """Draw the five areas for one of the key figures."""
    chosen = [entry for entry in _chosen(page.path) if data.years(page.path, entry.id)]
    names = {entry.id: entry.name.get(page.language) for entry in chosen}
    if not names:
        return
    indicator = state.choice("fig", list(names), next(iter(names)))
    st.selectbox(
        page.t("app.map_shows"),
        list(names),
        format_func=names.__getitem__,
        **state.bind("fig", indicator),
    )
    mapview.show(
        MapRequest(
            path=page.path,
            indicator=indicator,
            year=data.years(page.path, indicator)[-1],
            extent="region",
            scheme="quantile",
            size=5,
            language=page.language,
            narrow=page.narrow,
            half=True,
            selected=state.text("area") or "",
        ),
        "start",
    )


def newest(page: Page) -> None:
    """List the indicators with the newest figures, each a way to its map."""
    known = data.indicators(page.path)
    for row in data.latest(page.path, NEWEST).to_dict("records"):
        indicator = known[str(row["indicator"])]
        label = f"{indicator.name.get(page.language)}: {row['year']}"
        _to_map(page, indicator.id, int(row["year"]), label)
