"""Two indicators against each other: all Kreise as dots, what is compared highlighted and named."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import partial
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from pages._ui import charts, choices, data, rungs, table_files, tables, text
from pages._ui.card import CHART_CONFIG
from pages._ui.compare import entries, scatter_chart
from pages._ui.compare.subjects import Subject
from pages._ui.compare.view import View
from pages._ui.i18n import Texts
from pages._ui.numbers import Figure, number, unit_text
from pages._ui.ready import ReadyFigure
from pages._ui.shell import Page
from pages._ui.table_files import Content

FEWEST = 20  # Kreise with both figures, below which no correlation is named
STEPS = ((0.1, "none"), (0.3, "weak"), (0.5, "medium"))


@dataclass(frozen=True)
class Axis:
    """An indicator in one year."""

    indicator: str
    year: int


@dataclass(frozen=True)
class Pair:
    """Both figures of one area, and what it is called."""

    key: str
    name: str
    across: Figure
    up: Figure

    @property
    def exact(self) -> bool:
        """Return whether both are values: a dot can be drawn."""
        return self.across.value is not None and self.up.value is not None

    @property
    def drawable(self) -> bool:
        """Return whether both are values or intervals."""
        return rungs.has_figure(self.across) and rungs.has_figure(self.up)


def show(page: Page, view: View) -> dict[str, object]:
    """Draw the choice of both indicators and the chart; return what a link must carry."""
    known = data.indicators(page.path)
    options = [name for name in known if data.years(page.path, name)]
    first = [name for name in view.indicators if name in options] or options
    chosen = []
    for column, (name, place) in zip(
        st.columns(2), (("sca", 0), ("scb", min(1, len(first) - 1))), strict=True
    ):
        with column:
            chosen.append(
                choices.select(
                    name, options, first[place], page.t(f"vergleich.scatter.{name}"),
                    lambda one: known[one].name.get(page.language),
                )
            )  # fmt: skip
    one, other = axes(page.path, chosen[0], chosen[1])
    figure, alt = build(page.path, view.subjects, one, other, page.language, page.narrow, page.dark)
    if figure:
        st.plotly_chart(
            ReadyFigure(figure), key="scatter", theme=None, config=CHART_CONFIG, alt=alt
        )
        st.html(f'<p class="sm-text">{escape(alt)}</p>')
        st.caption(page.t("vergleich.scatter.caution"))
    else:
        st.info(page.t("vergleich.scatter.empty"))
    with st.expander(page.t("vergleich.scatter.table")):
        _table(page, view.subjects, one, other)
    return {"sca": chosen[0], "scb": chosen[1]}


def axes(path: str, one: str, other: str) -> tuple[Axis, Axis]:
    """Return both indicators in the newest year that both have, else each in its newest."""
    years, others = data.years(path, one), data.years(path, other)
    common = max(set(years) & set(others), default=None)
    return Axis(one, common or years[-1]), Axis(other, common or others[-1])


def kreise(path: str, one: Axis, other: Axis, language: str) -> list[Pair]:
    """Return both figures of all Kreise."""
    frames = [data.cross_section(path, a.indicator, a.year, "country") for a in (one, other)]
    rows = zip(*(frame.to_dict("records") for frame in frames), strict=True)
    return [
        Pair(str(a["area_id"]), str(a[f"short_{language}"]), Figure.of(a), Figure.of(b))
        for a, b in rows
    ]


def chosen(path: str, subjects: tuple[Subject, ...], one: Axis, other: Axis) -> list[Pair]:
    """Return both figures of what is compared."""
    found = [entries.series(path, axis.indicator, subjects) for axis in (one, other)]
    return [
        Pair(
            subject.key,
            subject.name,
            *(
                charts.figures_of(frame, subject.key).get(axis.year, entries.NOTHING)
                for frame, axis in zip(found, (one, other), strict=True)
            ),
        )
        for subject in subjects
    ]


@st.cache_resource(max_entries=64, show_spinner=False)
def build(
    path: str,
    subjects: tuple[Subject, ...],
    one: Axis,
    other: Axis,
    language: str,
    narrow: bool,
    dark: bool,
) -> tuple[dict[str, Any], str]:
    """Return the figure and what it says in words; no figure where no Kreis has both values."""
    everything = kreise(path, one, other, language)
    picked = chosen(path, subjects, one, other)
    dots = [pair for pair in everything if pair.exact]
    if not dots:
        return {}, ""
    known = data.indicators(path)
    titles = [
        f"{known[a.indicator].name.get(language)} {a.year}, "
        f"{unit_text(known[a.indicator].unit, language)}"
        for a in (one, other)
    ]
    hover = partial(_hover, path, one, other, language)
    style = scatter_chart.Style(language, narrow, dark)
    figure = scatter_chart.draw(
        [(pair, hover(pair)) for pair in dots],
        [(pair, hover(pair)) for pair in picked],
        titles,
        style,
    )
    return figure, said(path, everything, picked, one, other, language)


def _hover(path: str, one: Axis, other: Axis, language: str, pair: Pair) -> str:
    known = data.indicators(path)
    lines = [
        f"{escape(known[axis.indicator].short.get(language), quote=False)} {axis.year}: "
        f"{text.shown(known[axis.indicator], figure, language)}"
        for axis, figure in ((one, pair.across), (other, pair.up))
    ]
    return "<br>".join([f"<b>{escape(pair.name, quote=False)}</b>", *lines])


def said(
    path: str, everything: list[Pair], picked: list[Pair], one: Axis, other: Axis, language: str
) -> str:
    """Return how close the two go together, and who is not drawn and why."""
    t = Texts(language)
    known = data.indicators(path)
    exact = [pair for pair in everything if pair.exact]
    reasons = Counter(_reason(pair) for pair in everything if not pair.exact)
    undrawn = [pair.name for pair in picked if not pair.drawable]
    intervals = [pair.name for pair in picked if pair.drawable and not pair.exact]
    parts = [
        t(
            "vergleich.scatter.said",
            across=f"{known[one.indicator].name.get(language)} ({one.year})",
            up=f"{known[other.indicator].name.get(language)} ({other.year})",
            n=len(exact),
        ),
        related(exact, one == other, t),
        t.count("vergleich.scatter.secret", reasons["secret"], str(reasons["secret"]))
        if reasons["secret"] else "",
        t.count("vergleich.scatter.missing", reasons["missing"], str(reasons["missing"]))
        if reasons["missing"] else "",
        t("vergleich.scatter.intervals", names=", ".join(intervals)) if intervals else "",
        t("vergleich.scatter.undrawn", names=", ".join(undrawn)) if undrawn else "",
    ]  # fmt: skip
    return " ".join(part for part in parts if part)


def _reason(pair: Pair) -> str:
    marks = [one.mark for one in (pair.across, pair.up) if one.value is None]
    return "secret" if "secret" in marks else "missing"


def correlation(pairs: list[Pair]) -> float | None:
    """Return the coefficient of Pearson over exact figures; None where it has no meaning."""
    if len(pairs) < FEWEST:
        return None
    across = pd.Series([pair.across.value for pair in pairs], dtype=float)
    up = pd.Series([pair.up.value for pair in pairs], dtype=float)
    if across.nunique() < 2 or up.nunique() < 2:
        return None
    return float(across.corr(up))


def related(pairs: list[Pair], same: bool, t: Texts) -> str:
    """Return the correlation with a word for its strength; never as a cause."""
    found = None if same else correlation(pairs)
    if found is None:
        return ""
    strength = next((name for limit, name in STEPS if round(abs(found), 2) < limit), "strong")
    kind = strength if strength == "none" else f"{strength}.{'with' if found > 0 else 'against'}"
    return t(f"vergleich.related.{kind}", r=number(found, 2, t.language))


def _table(page: Page, subjects: tuple[Subject, ...], one: Axis, other: Axis) -> None:
    content = _content(page.path, subjects, one, other, page.language)
    columns = [tables.Column(title) for title in content.titles[:1]]
    known = data.indicators(page.path)
    columns += [
        tables.Column(f"{known[a.indicator].short.get(page.language)} {a.year}", number=True)
        for a in (one, other)
    ]
    picked = chosen(page.path, subjects, one, other)
    keys = {pair.key for pair in picked}
    others = [p for p in kreise(page.path, one, other, page.language) if p.key not in keys]
    rows = [
        [
            escape(pair.name),
            *(
                escape(text.shown(known[axis.indicator], figure, page.language))
                for axis, figure in ((one, pair.across), (other, pair.up))
            ),
        ]
        for pair in [*picked, *others]
    ]
    caption = page.t("vergleich.scatter.caption")
    strong = [True] * len(picked)
    st.html(tables.html_table(columns, rows, caption, strong, tall=True))
    make = partial(_content, page.path, subjects, one, other, page.language)
    table_files.buttons(page, make, f"scatter_{one.indicator}_{other.indicator}")


def _content(
    path: str, subjects: tuple[Subject, ...], one: Axis, other: Axis, language: str
) -> Content:
    t = Texts(language)
    known = data.indicators(path)
    everything = [*chosen(path, subjects, one, other)]
    keys = {pair.key for pair in everything}
    everything += [pair for pair in kreise(path, one, other, language) if pair.key not in keys]
    rows = [
        [
            pair.name,
            pair.key,
            *(
                part
                for figure in (pair.across, pair.up)
                for part in (figure.value, figure.lower, figure.upper, t(f"mark.{figure.mark}"))
            ),
        ]
        for pair in everything
    ]
    names = ("value", "lower", "upper", "mark")
    titles = [t("automobil.column.area"), t("file.key")]
    for axis in (one, other):
        indicator = known[axis.indicator]
        unit = unit_text(indicator.unit, language)
        label = f"{indicator.short.get(language)} {axis.year} ({unit})"
        titles += [f"{label}: {t(f'automobil.column.{name}')}" for name in names]
    head = [
        text.picture_source(data.sources(path, axis.indicator, axis.year), data.release(path),
                            language)
        for axis in (one, other)
    ]  # fmt: skip
    return Content(head, titles, rows)
