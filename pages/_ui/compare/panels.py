"""Small multiples: one panel per indicator with the lines of everything compared."""

from __future__ import annotations

import math
from functools import partial
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from indicators.records import Indicator
from pages._ui import charts, choices, data, rungs, table_files, timeline, timeline_table
from pages._ui.bench_card import KEY as BENCH
from pages._ui.card import CHART_CONFIG
from pages._ui.compare import entries, files, palette
from pages._ui.compare.view import View
from pages._ui.i18n import Texts
from pages._ui.ready import ReadyFigure
from pages._ui.shell import Page

COLUMNS, HEIGHT = 3, 270
TICKS = 5  # years that find room under a panel


def show(page: Page, view: View) -> None:
    """Draw the legend, the panels, and one table of all years."""
    st.html(palette.legend(_names(page, view), _lines(view, page.dark)))
    for first in range(0, len(view.indicators), COLUMNS):
        for column, name in zip(
            st.columns(COLUMNS), view.indicators[first : first + COLUMNS], strict=False
        ):
            with column:
                _panel(page, view, name)
    with st.expander(page.t("vergleich.panels.table")):
        _table(page, view)


def _names(page: Page, view: View) -> list[str]:
    return [
        page.t("vergleich.column.bench", name=one.name)
        if one.key in (BENCH, view.bench_among) else one.name
        for one in view.compared
    ]  # fmt: skip


def _panel(page: Page, view: View, name: str) -> None:
    figure, alt, title, missing = build(page.path, view, name, page.language, page.dark)
    st.html(f'<p class="sm-caption sm-panel">{escape(title)}</p>')
    if not figure:
        st.info(page.t("vergleich.panels.none"))
        return
    st.plotly_chart(
        ReadyFigure(figure), key=f"panel_{name}", theme=None, config=CHART_CONFIG, alt=alt
    )
    if missing:
        said = escape(page.t("vergleich.panels.missing", names=", ".join(missing)))
        st.html(f'<p class="sm-note">{said}</p>')


def _table(page: Page, view: View) -> None:
    known = data.indicators(page.path)
    name = choices.select(
        "ctab",
        view.indicators,
        view.indicators[0],
        page.t("file.indicator"),
        lambda one: known[one].name.get(page.language),
    )
    compared = view.compared
    frame = entries.series(page.path, name, compared)
    called = {subject.key: subject.name for subject in compared}
    st.html(
        timeline_table.html(
            page.path, known[name], frame, list(called), None, page.language, called
        )
    )
    table_files.buttons(page, partial(files.series, page.path, view, page.language), "series")


def _lines(view: View, dark: bool) -> list[tuple[str, str]]:
    """Return a line for all that is compared; that of the benchmark is always the same."""
    drawn = palette.lines(len(view.subjects), dark)
    return [
        palette.bench(dark) if one.key in (BENCH, view.bench_among) else drawn[place]
        for place, one in enumerate(view.compared)
    ]


@st.cache_resource(max_entries=256, show_spinner=False)
def build(
    path: str, view: View, name: str, language: str, dark: bool
) -> tuple[dict[str, Any], str, str, list[str]]:
    """Return the figure of a panel, its text, its title, and who has no line in it.

    Numbers of persons or plants are drawn as change since a common year: a Kreis and Germany do
    not fit on one scale.
    """
    frame, indicator = _frame(path, view, name)
    title = indicator.name.get(language)
    compared, lines = view.compared, _lines(view, dark)
    figures = {subject.key: charts.figures_of(frame, subject.key) for subject in compared}
    drawn = [
        (subject, line)
        for subject, line in zip(compared, lines, strict=True)
        if any(rungs.has_figure(one) for one in figures[subject.key].values())
    ]
    missing = [subject.name for subject in compared if subject not in dict(drawn)]
    if not drawn:
        return {}, "", title, missing
    frame = frame[frame["area_id"].isin([subject.key for subject, _ in drawn])]
    named = [(subject.key, escape(subject.name, quote=False)) for subject, _ in drawn]
    used = [line for _, line in drawn]
    figure = charts.trend(indicator, frame, named, language, dark, used)
    _fit(figure, [charts.breaks_of(frame, key) for key, _ in named])
    courses = [
        f"{subject.name}: {timeline_table.course(figures[subject.key], indicator, language)}"
        for subject, _ in drawn
    ]
    alt = Texts(language)("vergleich.panels.alt", indicator=title, courses=" ".join(courses))
    return figure, alt, title, missing


def _frame(path: str, view: View, name: str) -> tuple[pd.DataFrame, Indicator]:
    indicator = data.indicators(path)[name]
    frame = entries.series(path, name, view.compared)
    if indicator.display != "count" or frame.empty:
        return frame, indicator
    since = first_common(frame)
    if since is None:
        return frame, indicator
    return timeline.changes(frame, since), timeline.changed(indicator, since)


def first_common(frame: pd.DataFrame) -> int | None:
    """Return the first year in which everything that ever has a figure above zero has one."""
    found = [charts.figures_of(frame, str(key)) for key in dict.fromkeys(frame["area_id"])]
    years = [
        {year for year, one in figures.items() if (ends := rungs.ends(one)) and ends[0] > 0}
        for figures in found
    ]
    filled = [each for each in years if each]
    return min(set.intersection(*filled), default=None) if filled else None


def _fit(figure: dict[str, Any], breaks: list[set[int]]) -> None:
    """Make a chart of a card a panel: small, without legend, lines interrupted at breaks."""
    layout = figure["layout"]
    layout |= {"height": HEIGHT, "showlegend": False}
    first, last = layout["xaxis"]["range"]
    layout["xaxis"]["dtick"] = max(1, math.ceil((last - first) / TICKS))
    lines = [trace for trace in figure["data"] if trace["mode"] == "lines+markers"]
    for trace, broken in zip(lines, breaks, strict=True):
        trace["line"]["width"], trace["marker"]["size"] = 2, 5
        interrupt(trace, broken)


def interrupt(trace: dict[str, Any], breaks: set[int]) -> None:
    """Cut a line before every year from which on another method holds."""
    for year in sorted(breaks):
        if year in trace["x"][1:]:
            place = trace["x"].index(year)
            for part, nothing in (("x", year - 0.5), ("y", None), ("text", "")):
                trace[part] = [*trace[part][:place], nothing, *trace[part][place:]]
