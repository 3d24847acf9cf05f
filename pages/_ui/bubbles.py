"""Specialisation × growth × size of an area as bubbles, and the table behind them."""

from __future__ import annotations

from functools import partial
from typing import Any

import streamlit as st

from pages._ui import (
    bubble_chart,
    map_words,
    places,
    strength_data,
    strength_files,
    table_files,
    tables,
)
from pages._ui.benchmark import Benchmark
from pages._ui.bubble_chart import LOWEST_LQ, STEEPEST
from pages._ui.card import CHART_CONFIG
from pages._ui.i18n import Texts
from pages._ui.lq_classes import is_secret, persons, quotient
from pages._ui.numbers import known, number
from pages._ui.ready import ReadyFigure
from pages._ui.shell import Page
from pages._ui.strength_state import StrengthView
from pages._ui.tables import Row

DISJOINT = "occupation"  # the kind whose codes neither overlap nor leave anybody out


def show(page: Page, view: StrengthView) -> None:
    """Draw the bubbles of the area, or say why there are none."""
    t = page.t
    st.markdown(t("staerken.bubbles.lead", label=view.bench.label))
    rows = _rows(page.path, view)
    if drawable(rows):
        figure, alt = build(page.path, view, page.language, page.narrow, page.dark)
        st.plotly_chart(
            ReadyFigure(figure), key="bubbles", theme=None, config=CHART_CONFIG, alt=alt
        )
        st.markdown(alt)
    else:
        st.info(t(f"staerken.bubbles.{why_none(rows)}", year=view.year, label=view.bench.label))
    if view.kind == DISJOINT:
        st.markdown(distance(page.path, view, page.language))
    with st.expander(t("staerken.bubbles.table")):
        ordered = sorted(rows, key=lambda row: (-(known(row["lq"]) or -1), str(row["code"])))
        caption = _caption(page.path, view, page.language)
        st.html(table(ordered, view.kind, caption, t))
        make = partial(_file, page.path, view, ordered, page.language)
        table_files.buttons(page, make, f"{view.area}_{view.kind}_{view.year}")


def distance(path: str, view: StrengthView, language: str) -> str:
    """Return how far the whole structure of the area is from the benchmark: the Krugman index."""
    t = Texts(language)
    index = strength_data.krugman(path, view.kind, view.year, (view.area,), view.bench.areas)
    value = known(index.get(view.area))
    if value is None:
        return t("staerken.bubbles.distance.none", year=view.year)
    return t(
        "staerken.bubbles.distance",
        against=view.bench.against,
        # Half the index is the share of persons that would have to change: `specialisation.py`.
        share=number(value * 50, 1, language),
        index=number(value, 2, language),
    )


def _rows(path: str, view: StrengthView) -> list[Row]:
    frame = strength_data.area(path, view.area, view.kind, view.year, view.bench.areas)
    rows: list[Row] = frame.to_dict("records")
    return rows


def _caption(path: str, view: StrengthView, language: str) -> str:
    title = places.names(path, language, "name")[view.area]
    against = view.bench.against
    return Texts(language)("staerken.caption", title=title, year=view.year, against=against)


def _file(path: str, view: StrengthView, rows: list[Row], language: str) -> table_files.Content:
    t = Texts(language)
    head = strength_files.head(path, view.kind, view.year, _caption(path, view, language), t)
    first = [(str(row["code"]), str(row[f"name_{language}"])) for row in rows]
    titles = (t("staerken.file.code"), t("staerken.code"))
    return strength_files.content(head, titles, first, rows, t)


def why_none(rows: list[Row]) -> str:
    """Return why no bubble can be drawn: no growth, no figures, or a secret benchmark."""
    if not rows:
        return "nothing"
    return "hidden" if any(known(row["growth"]) is not None for row in rows) else "none"


def drawable(rows: list[Row]) -> list[Row]:
    """Return the rows that a bubble can show: quotient above zero, growth and persons known."""
    return [
        row
        for row in rows
        if known(row["growth"]) is not None
        and (known(row["lq"]) or 0) > 0
        and known(row["persons"])
    ]


def table(rows: list[Row], kind: str, caption: str, t: Texts) -> str:
    """Return the codes of an area as a table, in their order."""
    content = [map_words.cells(row, named(row, kind, t), t) for row in rows]
    head = map_words.columns(t("staerken.code"), t)
    return tables.html_table(head, content, caption, tall=len(rows) > 15)


def named(row: Row, kind: str, t: Texts) -> str:
    """Return the name of a code, with the code itself unless it is a cluster."""
    name = str(row[f"name_{t.language}"])
    return name if kind.startswith("cluster") else f"{row['code']} {name}"


@st.cache_resource(max_entries=64, show_spinner=False)
def build(
    path: str, view: StrengthView, language: str, narrow: bool, dark: bool
) -> tuple[dict[str, Any], str]:
    """Return the figure and what it says in words."""
    t = Texts(language)
    everything = _rows(path, view)
    rows = sorted(drawable(everything), key=lambda row: -float(row["persons"]))
    named_rows = [row | {f"name_{language}": named(row, view.kind, t)} for row in rows]
    hover = [map_words.hover(row, view.bench.against, t) for row in named_rows]
    figure = bubble_chart.draw(rows, hover, view.bench.against, narrow, dark, t)
    return figure, said(everything, rows, view.kind, view.bench, t)


def said(everything: list[Row], rows: list[Row], kind: str, bench: Benchmark, t: Texts) -> str:
    """Return the chart in words: largest, most specialised, and what is not drawn and why."""
    sure = [row for row in rows if not row["few"]] or rows
    top = max(sure, key=lambda row: float(row["lq"]))
    largest = max(sure, key=lambda row: float(row["persons"]))
    secret = sum(is_secret(persons(row)) for row in everything)
    hidden = sum(is_secret(quotient(row)) for row in everything) - secret
    steep = sum(
        abs(float(row["growth"])) > STEEPEST or float(row["lq"]) < LOWEST_LQ for row in rows
    )
    others = len(everything) - len(rows) - secret - hidden
    parts = [
        t(
            "staerken.bubbles.said",
            n=len(rows),
            top=named(top, kind, t),
            lq=number(float(top["lq"]), 2, t.language),
            largest=named(largest, kind, t),
            persons=number(float(largest["persons"]), 0, t.language),
            against=bench.against,
        ),
        t("staerken.bubbles.left", secret=secret, others=others),
        t("staerken.bubbles.left_hidden", n=hidden, label=bench.label) if hidden else "",
        t.count("staerken.bubbles.steep", steep, str(steep)) if steep else "",
    ]
    return " ".join(part for part in parts if part)
