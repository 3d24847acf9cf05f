"""All districts of Germany for one rung: where the five areas can stand among them."""

from __future__ import annotations

import textwrap
from typing import Any

import streamlit as st

from pages._ui import data, spread, tables
from pages._ui.card import CHART_CONFIG
from pages._ui.i18n import Texts
from pages._ui.numbers import Figure, number, rank, unit_text
from pages._ui.reading import shown
from pages._ui.ready import ReadyFigure
from pages._ui.rung_view import View
from pages._ui.shell import Page

WIDE, NARROW = 110, 44  # characters of a line of the title


def show(page: Page, view: View) -> None:
    """Draw the distribution, or say that there is none for districts."""
    t = page.t
    if view.rung == 5:
        st.info(t("automobil.distribution.none"))
        return
    figure, alt, sentences = build(
        page.path, view.indicator, view.year, view.area, page.language, page.narrow, page.dark
    )
    st.plotly_chart(
        ReadyFigure(figure), key="distribution", theme=None, config=CHART_CONFIG, alt=alt
    )
    st.markdown(t("automobil.distribution.note"))
    st.markdown("\n".join(f"- {sentence}" for sentence in sentences))
    with st.expander(t("automobil.distribution.table")):
        st.html(
            tables.cross_section(page.path, view.indicator, view.year, "country", page.language)
        )


@st.cache_resource(max_entries=64, show_spinner=False)
def build(
    path: str, indicator_id: str, year: int, area: str, language: str, narrow: bool, dark: bool
) -> tuple[dict[str, Any], str, tuple[str, ...]]:
    """Return the figure, its text alternative, and one sentence for each named area."""
    indicator = data.indicators(path)[indicator_id]
    rows = spread.ordered(
        data.cross_section(path, indicator_id, year, "country").to_dict("records")
    )
    t = Texts(language)
    named = [row for row in rows if row["in_region"] or row["area_id"] == area]
    sentences = []
    for row in named:
        figure = Figure.of(row)
        words = shown(figure, indicator.decimals, indicator.unit, language)
        placed = rank(row["rank_low"], row["rank_high"], row["n"], language)
        said = {"name": row[f"name_{language}"], "figure": words, "rank": placed}
        sentences.append(t("automobil.distribution.area", **said))
    title = f"{indicator.name.get(language)}, {year}"
    without = len(data.areas(path)) - len(rows)
    alt = t("automobil.distribution.alt", title=title, n=len(rows), areas=" ".join(sentences))
    if without:
        sentences.append(t("automobil.distribution.without", n=number(without, 0, language)))
    high = spread.reach(rows, named)
    if beyond := spread.beyond(rows, high):
        sentences.append(t("automobil.distribution.beyond", n=number(beyond, 0, language)))
    head = f"{title} ({unit_text(indicator.unit, language)})"
    lines = textwrap.wrap(head, NARROW if narrow else WIDE)
    return spread.chart(rows, named, area, high, lines, language, dark), alt, tuple(sentences)
