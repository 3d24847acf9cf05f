"""What stands beside the map of a rung: the figure of the area, its rank, its sources."""

from __future__ import annotations

from html import escape

import streamlit as st

from pages._ui import bench_card, benchmark, data, places, reading, rungs, tables, text, why
from pages._ui.benchmark import Benchmark
from pages._ui.i18n import Texts
from pages._ui.rung_view import NO_DISTRICTS, View
from pages._ui.shell import Page


def show(page: Page, view: View) -> None:
    """Draw the card of the chosen area for the chosen rung and year, beside a benchmark."""
    bench = None if view.rung == NO_DISTRICTS else benchmark.read(page, view.area)
    with st.container(border=True):
        st.html(html(page.path, view, page.language))
        if bench and (said := against(page.path, view, bench, page.language)):
            st.markdown(said)


def against(path: str, view: View, bench: Benchmark, language: str) -> str:
    """Return how the figure compares with the benchmark; '' where the reading has that already."""
    figure = rungs.figure_at(path, view.indicator, view.subject, view.year)
    return bench_card.sentence(path, view.indicator, view.year, figure, bench, language)


@st.cache_resource(max_entries=256, show_spinner=False)
def html(path: str, view: View, language: str) -> str:
    """Return name, figure, rank, mark explained, sources and caveats as HTML."""
    t = Texts(language)
    indicator = data.indicators(path)[view.indicator]
    figure = rungs.figure_at(path, view.indicator, view.subject, view.year)
    large = reading.shown(figure, indicator.decimals, indicator.unit, language)
    lines = [
        reading.ranked(path, view, t),
        _mark(view.rung, figure.mark, t) if figure.value is None else "",
        *(t(f"qualifier.{name}.explained") for name in figure.qualifier.split(";") if name),
    ]
    when = f"{indicator.name.get(language)}, {view.year} ({indicator.reference.get(language)})"
    paragraphs = "".join(f"<p>{escape(line)}</p>" for line in lines if line)
    name = places.names(path, language, "name")[view.subject]
    shown = large or t(f"mark.{figure.mark}")
    linked = why.link(shown, path, view.indicator, view.subject, view.year, language, figure.mark)
    return (
        f'<div class="sm-card"><h3>{escape(name)}</h3>'
        f'<p class="when">{escape(when)}</p>'
        f'<div class="value">{linked}</div>{paragraphs}'
        f"<p><small>{escape(indicator.caveats.get(language))}</small></p>"
        f"<p><strong>{escape(t('card.source'))}</strong></p>"
        f"<ul>{sources(path, view.indicator, view.year, language)}</ul></div>"
    )


def _mark(rung: int, mark: str, t: Texts) -> str:
    return t("automobil.range.explained" if rung == rungs.RANGED else f"mark.{mark}.explained")


def sources(path: str, indicator: str, year: int | None, language: str) -> str:
    """Return the tables behind an indicator in a year as list items with their links."""
    t = Texts(language)
    return "".join(
        f"<li>{escape(text.file_source(row, language))} "
        f"{tables.link(str(row['url']), t('card.source.link'))}</li>"
        for row in data.sources(path, indicator, year).to_dict("records")
    )
