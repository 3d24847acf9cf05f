"""The sections of the page on change, in their order: each a chart, its words and its table."""

from __future__ import annotations

from functools import partial

import streamlit as st

from pages._ui import charts, data, table_files, text, timeline_table
from pages._ui.bench_card import KEY
from pages._ui.card import CHART_CONFIG
from pages._ui.change import growth_chart, readers, shares_chart, split_tables, time_chart, words
from pages._ui.change.view import View, where
from pages._ui.ready import ReadyFigure
from pages._ui.shell import Page


def reading(page: Page, view: View) -> None:
    """Say what happened, how it splits, what drove it, and what is secret."""
    t = page.t
    row = readers.totals(
        page.path, view.kind, (view.area,), view.bench.areas, view.first, view.last, view.method
    ).to_dict("records")[0]
    said = words.reading(row, view.kind, view.method, view.bench, where(page, view.area), t)
    st.markdown(f"#### {said[0]}")
    if said[1:]:
        st.markdown(" ".join(said[1:]))
    names = readers.names(page.path, view.kind, page.language)
    if most := words.strongest(growth_chart.rows_of(page.path, view), names, t):
        st.markdown(most)
    st.info(t("wandel.caution"))
    for gap in words.gaps(row, view.kind, len(names), view.bench, t):
        st.caption(gap)
    _sources(page, view)


def _sources(page: Page, view: View) -> None:
    for row in readers.sources(page.path, view.kind, view.last).to_dict("records"):
        st.caption(text.file_source(row, page.language))


def growth(page: Page, view: View) -> None:
    """Draw contributions and parts by category, with their table."""
    t = page.t
    st.subheader(t("wandel.waterfall"))
    st.markdown(t("wandel.waterfall.lead", first=view.first, last=view.last))
    shape = (page.path, view, page.language, page.narrow, page.dark)
    _chart(page, *growth_chart.waterfall(*shape), "waterfall")
    st.subheader(t("wandel.bars"))
    st.markdown(t("wandel.bars.lead", label=view.bench.label))
    _chart(page, *growth_chart.bars(*shape), "bars")
    if said := growth_chart.undrawn(page.path, view, t):
        st.caption(said)
    with st.expander(t("wandel.bars.table")):
        rows = growth_chart.rows_of(page.path, view)
        names = readers.names(page.path, view.kind, page.language)
        first = [names[str(row["code"])] for row in rows]
        caption = split_tables.caption(page.path, view, t)
        st.html(split_tables.html(rows, first, view, t("wandel.category"), caption, t))
        titles = (t("wandel.file.code"), t("wandel.category"))
        keys = [(str(row["code"]), name) for row, name in zip(rows, first, strict=True)]
        make = partial(
            split_tables.content, page.path, rows, keys, titles, view, caption, page.language
        )
        table_files.buttons(page, make, f"{view.area}_{view.kind}_{view.first}_{view.last}")


def over_time(page: Page, view: View) -> str:
    """Draw the split of every year and the indices, and return the chosen index."""
    t = page.t
    st.subheader(t("wandel.yearly"))
    st.markdown(t("wandel.yearly.lead"))
    drawn = time_chart.yearly(page.path, view, page.language, page.narrow, page.dark)
    _chart(page, *drawn, "yearly")
    if broken := time_chart.breaks(page.path, view.kind, view.area):
        st.caption(t("wandel.yearly.broken", years=", ".join(map(str, broken))))
    with st.expander(t("wandel.yearly.table")):
        rows = time_chart.years_of(page.path, view)
        first = [str(row["last"]) for row in rows]
        caption = split_tables.caption(page.path, view, t)
        st.html(split_tables.html(rows, first, view, t("controls.year"), caption, t))
        keys = [(year,) for year in first]
        titles = (t("controls.year"),)
        make = partial(
            split_tables.content, page.path, rows, keys, titles, view, caption, page.language
        )
        table_files.buttons(page, make, f"years_{view.area}_{view.kind}")
    st.subheader(t("wandel.indices"))
    index = time_chart.choose(page)
    entry = data.indicators(page.path)[time_chart.indicator(view.kind, index)]
    st.markdown(entry.description.get(page.language))
    figure, alt = time_chart.index_lines(page.path, view, index, page.language, page.dark)
    _chart(page, figure, alt, "index")
    st.caption(entry.caveats.get(page.language))
    with st.expander(t("wandel.indices.table")):
        _index_table(page, view, index)
    return index


def _index_table(page: Page, view: View, index: str) -> None:
    entry = data.indicators(page.path)[time_chart.indicator(view.kind, index)]
    frame = time_chart.series(page.path, view, index)
    own = charts.figures_of(frame, view.area)
    st.markdown(timeline_table.course(own, entry, page.language))
    areas = [view.area]
    if KEY in set(frame["area_id"]):
        other = timeline_table.course(charts.figures_of(frame, KEY), entry, page.language)
        st.markdown(f"{view.bench.label}. {other}")
    only = frame[frame["area_id"] != KEY]
    st.html(timeline_table.html(page.path, entry, only, areas, None, page.language))
    make = partial(timeline_table.content, page.path, entry, only, areas, page.language)
    table_files.buttons(page, make, f"{entry.id}_{view.area}")


def shares(page: Page, view: View) -> None:
    """Draw shares over time, with their table."""
    t = page.t
    st.markdown(t("wandel.shares.lead", n=shares_chart.SHOWN))
    drawn = shares_chart.build(page.path, view, page.language, page.narrow, page.dark)
    _chart(page, *drawn, "shares")
    with st.expander(t("wandel.shares.table")):
        st.html(shares_chart.table(page.path, view, page.language))
        make = partial(shares_chart.content, page.path, view, page.language)
        table_files.buttons(page, make, f"shares_{view.area}_{view.kind}")


def _chart(page: Page, figure: dict[str, object], alt: str, key: str) -> None:
    if not figure:
        st.info(page.t("wandel.none"))
        return
    st.plotly_chart(
        ReadyFigure(figure), key=f"wandel_{key}", theme=None, config=CHART_CONFIG, alt=alt
    )
    st.markdown(alt)
