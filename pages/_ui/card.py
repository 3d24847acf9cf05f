"""The card of an area: value, rank, comparison, trend, mark explained, source."""

from __future__ import annotations

from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from indicators.records import Indicator
from indicators.store import Extent
from pages._ui import bench_card, benchmark, charts, data, state, tables, text, why
from pages._ui.benchmark import Benchmark
from pages._ui.controls import Choice
from pages._ui.i18n import Texts
from pages._ui.numbers import Figure, cell, rank
from pages._ui.places import area_names
from pages._ui.ready import ReadyFigure
from pages._ui.shell import Page

REFERENCES = ("145", "14", "DG")
CHART_CONFIG = {"displayModeBar": False, "responsive": True}


def picker(page: Page, extent: Extent, chosen: str | None) -> None:
    """Offer the areas of an extent by name: the way to a card without a pointer."""
    frame = data.areas(page.path, "kreis", extent)
    names = dict(zip(frame["area_id"], frame[f"name_{page.language}"], strict=True))
    if chosen and chosen not in names:
        everywhere = data.areas(page.path)
        row = everywhere[everywhere["area_id"] == chosen].iloc[0]
        names[chosen] = str(row[f"name_{page.language}"])
    ordered = sorted(names, key=lambda area: str(names[area]))
    st.selectbox(
        page.t("card.pick"),
        ordered,
        format_func=names.__getitem__,
        placeholder=page.t("card.pick.placeholder"),
        index=None,
        **state.bind("area", chosen),
    )


def benchmark_of(page: Page, area: str | None) -> Benchmark:
    """Return the benchmark of the card; its control is drawn once an area is chosen."""
    return benchmark.read(page, area) if area else benchmark.chosen(page, REFERENCES[0])


def show(page: Page, choice: Choice, area: str | None, slot: str, bench: Benchmark) -> None:
    """Draw the card of `area` for one map, beside the benchmark, or say how to open one.

    Where no Kreis has a figure in that year, the region stands in.
    """
    if area is None and _any_kreis(page.path, choice.indicator, choice.year):
        st.caption(page.t("card.none"))
        return
    area = area or REFERENCES[0]
    indicator = data.indicators(page.path)[choice.indicator]
    with st.container(border=True):
        st.html(_summary(page.path, choice.indicator, choice.year, area, bench, page.language))
        _trend(page, indicator, area, slot, bench)
        st.html(_sources(page.path, choice.indicator, choice.year, page.language))


def _any_kreis(path: str, indicator: str, year: int) -> bool:
    frame = data.cross_section(path, indicator, year, "country")
    return bool((frame["value"].notna() | frame["lower"].notna()).any())


@st.cache_resource(max_entries=256, show_spinner=False)
def _summary(
    path: str, indicator_id: str, year: int, area: str, bench: Benchmark, language: str
) -> str:
    t = Texts(language)
    indicator = data.indicators(path)[indicator_id]
    frame = data.series(path, indicator_id, (area,))
    figure = charts.figures_of(frame, area).get(year, Figure(None, mark="missing"))
    values = [entry for entry in charts.values_of(frame, area) if entry[0] <= year]
    breaks = charts.breaks_of(frame, area)
    comparable = figure.value is not None and not charts.is_break(figure)
    lines = [
        *_rank(path, indicator_id, year, area, t),
        _comparison(path, indicator, year, area, figure, language),
        bench_card.sentence(path, indicator_id, year, figure, bench, language),
        text.development(values, breaks, indicator, language) if comparable else "",
        t(f"mark.{figure.mark}.explained") if figure.value is None else "",
        *(t(f"qualifier.{name}.explained") for name in figure.qualifier.split(";") if name),
    ]
    name = escape(area_names(path, language, "name")[area])
    shown = cell(figure, indicator.decimals, indicator.unit, language)
    linked = why.link(shown, path, indicator_id, area, year, language, figure.mark)
    when = ", ".join([indicator.name.get(language), str(year), *text.notes(figure, language)])
    paragraphs = "".join(f"<p>{escape(line)}</p>" for line in lines if line)
    return (
        f'<div class="sm-card"><h3>{name}</h3>'
        f'<p class="when">{escape(when)}</p>'
        f'<div class="value">{linked}</div>'
        f"{paragraphs}</div>"
    )


def _rank(path: str, indicator_id: str, year: int, area: str, t: Texts) -> list[str]:
    """Return the rank of a Kreis and why it may be an interval; nothing for larger areas."""
    frame = data.cross_section(path, indicator_id, year, "country")
    for row in frame[frame["area_id"] == area].to_dict("records"):
        placed = rank(row["rank_low"], row["rank_high"], row["n"], t.language)
        if placed:
            unplaced = int(((frame["mark"] == "secret") & frame["rank_low"].isna()).sum())
            reason = text.rank_interval(row, t.language)
            without = t.count("rank.unplaced", unplaced, str(unplaced)) if unplaced else ""
            return [f"{placed} {t('card.rank.meaning')}", reason, without]
    return []


def _comparison(
    path: str, indicator: Indicator, year: int, area: str, figure: Figure, language: str
) -> str:
    if figure.value is None or indicator.display == "count":
        return ""
    frame = data.series(path, indicator.id, REFERENCES)
    found = [(key, dict(charts.values_of(frame, key)).get(year)) for key in REFERENCES]
    references = [(key, value) for key, value in found if value is not None and key != area]
    return text.against(figure.value, references, indicator, language)


def _trend(page: Page, indicator: Indicator, area: str, slot: str, bench: Benchmark) -> None:
    figure, alt = trend(page.path, indicator.id, area, bench, page.language, page.dark)
    st.plotly_chart(
        ReadyFigure(figure), key=f"trend_{slot}", theme=None, config=CHART_CONFIG, alt=alt
    )


@st.cache_resource(max_entries=256, show_spinner=False)
def trend(
    path: str, indicator_id: str, area: str, bench: Benchmark, language: str, dark: bool
) -> tuple[dict[str, Any], str]:
    """Return the trend of an area beside larger areas and benchmark, and what it shows in words.

    Counts stand alone: a Kreis and Germany do not fit on one scale.
    """
    indicator = data.indicators(path)[indicator_id]
    others = () if indicator.display == "count" else REFERENCES
    wanted = (area, *(other for other in others if other != area))
    frame = data.series(path, indicator_id, wanted)
    names = area_names(path, language)
    if bench_card.adds(indicator, bench):
        frame = pd.concat([frame, bench_card.series(path, indicator_id, bench)])
        names, wanted = names | {bench_card.KEY: bench.label}, (*wanted, bench_card.KEY)
    drawn = [(key, names[key]) for key in wanted if charts.values_of(frame, key) or key == area]
    figure = charts.trend(indicator, frame, drawn, language, dark)
    values, breaks = charts.values_of(frame, area), charts.breaks_of(frame, area)
    alt = Texts(language)(
        "trend.alt",
        indicator=indicator.name.get(language),
        area=names[area],
        development=text.development(values, breaks, indicator, language, years=99)
        or Texts(language)("trend.short"),
    )
    return figure, alt


@st.cache_resource(max_entries=256, show_spinner=False)
def _sources(path: str, indicator_id: str, year: int, language: str) -> str:
    t = Texts(language)
    frame = data.sources(path, indicator_id, year)
    items = []
    for row in frame.to_dict("records"):
        words = escape(text.file_source(row, language))
        items.append(f"<li>{words} {tables.link(str(row['url']), t('card.source.link'))}</li>")
    heading, listed = escape(t("card.source")), "".join(items)
    return f'<div class="sm-card"><p><strong>{heading}</strong></p><ul>{listed}</ul></div>'
