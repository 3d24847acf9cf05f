"""The scenario on the page: controls, sentence, chart, table and files, each labelled as such."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from html import escape
from typing import Any

import streamlit as st

from indicators.formulas.scenario import Effect
from pages._ui import colours, data, places, scenario, table_files, tables
from pages._ui.card import CHART_CONFIG
from pages._ui.i18n import Texts
from pages._ui.numbers import NBSP, number
from pages._ui.ready import ReadyFigure
from pages._ui.scenario import Assumptions, Group, Outcome
from pages._ui.shell import Page
from pages._ui.table_files import Cell, Content
from pages._ui.tables import Column

COLUMNS = ("column.group", "dependence", "share", "persons_low", "persons_high", "low", "high")
ROW = 30


def show(page: Page, area: str) -> dict[str, object]:
    """Draw the scenario of an area; return what a link must carry."""
    st.warning(page.t("automobil.scenario.label"))
    assumptions = scenario.read(page, area)
    groups = scenario.groups_of(page.path)
    st.caption(scenario.composition(assumptions.weights, groups, page.t))
    found = scenario.outcome(page.path, assumptions)
    if isinstance(found, Outcome):
        _outcome(page, assumptions, groups, found)
    else:
        st.info(page.t("automobil.scenario.none", mark=page.t(f"mark.{found.mark}")))
    st.markdown(page.t("automobil.scenario.assumptions"))
    return scenario.address(assumptions, [group.key for group in groups])


def _outcome(page: Page, assumptions: Assumptions, groups: Sequence[Group], found: Outcome) -> None:
    words = scenario.sentence(page.path, assumptions, found, page.language)
    st.markdown(f"**{words}**")
    figure = chart(groups, found, page.language, page.dark)
    st.plotly_chart(ReadyFigure(figure), key="scenario", theme=None, config=CHART_CONFIG, alt=words)
    st.html(table(groups, found, page.language))
    table_files.buttons(
        page,
        partial(content, page.path, assumptions, groups, found, page.language),
        "szenario" if page.language == "de" else "scenario",
    )


def chart(groups: Sequence[Group], found: Outcome, language: str, dark: bool) -> dict[str, Any]:
    """Return affected persons per group and in all: points for values, bars for intervals."""
    t = Texts(language)
    ink = "#e6ebf0" if dark else colours.INK
    colour = "#c3a5d6" if dark else "#7b5496"
    entries = [*zip((group.key for group in groups), found.groups, strict=True)]
    entries.append((t("automobil.scenario.total"), found.total))
    on = {"type": "scatter", "hoverinfo": "skip"}
    traces: list[dict[str, Any]] = []
    for place, (_, effect) in enumerate(entries):
        low, high = scenario.tens(effect.affected)
        exact = low == high
        look = (
            {"mode": "markers", "x": [high], "y": [place], "marker": {"color": colour, "size": 10}}
            if exact
            else {"mode": "lines", "x": [low, high], "y": [place] * 2}
            | {"line": {"color": colour, "width": 10}}
        )
        said = f"{NBSP * 3}{scenario.persons((low, high), t, 'automobil.ladder.range')}"
        words = {"mode": "text", "x": [high], "y": [place], "text": [said], "cliponaxis": False}
        traces += [on | look, on | words | {"textposition": "middle right"}]
    grid = "rgba(128,140,150,0.25)"
    axis = {"gridcolor": grid, "fixedrange": True, "automargin": True, "zerolinecolor": grid}
    title = t("automobil.scenario.chart")
    layout = {
        "height": ROW * len(entries) + 110,
        "margin": {"l": 8, "r": 8, "t": 40, "b": 8},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": "Arial, Helvetica, sans-serif", "color": ink, "size": 12.5},
        "separators": ",." if language == "de" else ".,",
        "showlegend": False,
        "title": {"text": title, "font": {"size": 13}, "x": 0, "xanchor": "left"},
        "xaxis": axis
        | {
            "range": [0, max(found.total.affected[1], 1) * 1.35],
            "separatethousands": True,
            "title": {"text": t("automobil.scenario.axis"), "font": {"size": 12}},
        },
        "yaxis": axis
        | {
            "range": [len(entries) - 0.5, -0.5],
            "tickvals": list(range(len(entries))),
            "ticktext": [f"{name} " for name, _ in entries],
            "automargin": True,
            "showgrid": False,
            "zeroline": False,
        },
    }
    return {"data": traces, "layout": layout}


def table(groups: Sequence[Group], found: Outcome, language: str) -> str:
    """Return the groups with their persons and the affected ones."""
    t = Texts(language)
    columns = [Column(title, place > 0) for place, title in enumerate(_titles(t))]
    rows = [[_shown(cell, t) for cell in row] for row in _rows(groups, found, t)]
    strong = [False] * len(groups) + [True]
    return tables.html_table(columns, rows, t("automobil.scenario.chart"), strong)


def _titles(t: Texts) -> list[str]:
    return [t(f"automobil.scenario.{name}") for name in COLUMNS]


def _rows(groups: Sequence[Group], found: Outcome, t: Texts) -> list[list[Cell]]:
    rows = [
        _row(group.name(t.language), group.dependence, effect)
        for group, effect in zip(groups, found.groups, strict=True)
    ]
    return [*rows, _row(t("automobil.scenario.total"), None, found.total)]


def _row(name: str, dependence: float | None, effect: Effect) -> list[Cell]:
    # The base stays as published; what is computed from it is not more precise than tens.
    base = effect.persons if dependence is None else scenario.tens(effect.persons)
    return [name, dependence, round(effect.share * 100, 1), *base, *scenario.tens(effect.affected)]


def _shown(cell: Cell, t: Texts) -> str:
    if cell is None or isinstance(cell, str):
        return escape(cell or "")
    return number(cell, 0 if cell == round(cell) else 1, t.language)


def content(
    path: str, assumptions: Assumptions, groups: Sequence[Group], found: Outcome, language: str
) -> Content:
    """Return the scenario as a file that says in its first line that it is one."""
    t = Texts(language)
    area = places.names(path, language, "name")[assumptions.area]
    return Content(
        head=[
            t("automobil.scenario.label"),
            f"{area}. {scenario.sentence(path, assumptions, found, language)}",
            scenario.composition(assumptions.weights, groups, t),
            data.indicators(path)["automotive_persons"].caveats.get(language),
        ],
        titles=_titles(t),
        rows=_rows(groups, found, t),
    )
