"""The composite index: what it is made of, how areas stand, and how firm their order is."""

from __future__ import annotations

from functools import partial
from html import escape
from itertools import pairwise

import streamlit as st

from indicators.composite import DRAWS, Composite
from pages._ui import data, table_files, tables, text
from pages._ui.compare import composite_data, index_controls
from pages._ui.compare.subjects import plain
from pages._ui.compare.view import View
from pages._ui.i18n import Texts
from pages._ui.numbers import Figure, cell, known, number, rank, signed
from pages._ui.places import opening
from pages._ui.shell import Page
from pages._ui.table_files import Content
from pages._ui.tables import Column, Row

AROUND, EVERYWHERE = "around", "everywhere"
ALIKE = 0.8  # correlation from which on two components nearly say the same
DECIMALS = 2


def show(page: Page, view: View) -> dict[str, object]:
    """Draw the switch, and the index once it is asked for; return what a link must carry."""
    t = page.t
    st.markdown(t("vergleich.index.lead"))
    if not index_controls.on(page):
        return {}
    chosen = index_controls.read(page, view)
    for name, reason in chosen.left_out:
        label = data.indicators(page.path)[name].short.get(page.language)
        st.caption(t(f"vergleich.index.left_out.{reason}", indicator=label))
    if not chosen.components:
        st.info(t("vergleich.index.nothing"))
        return chosen.address(view)
    areas = tuple((one.key, one.areas) for one in view.subjects)
    found = composite_data.index(page.path, chosen.components, areas)
    _results(page, view, found)
    return chosen.address(view)


def _results(page: Page, view: View, found: Composite) -> None:
    t = page.t
    st.html(scores(found, view, page.language))
    without = [one.name for one in view.subjects if not _scored(found, one.key)]
    if without:
        st.caption(plain(t("vergleich.index.without", names=", ".join(without))))
    said = [*order(found, view, page.language), *alike(page.path, found, page.language)]
    if said:
        st.html("".join(f'<p class="sm-text">{escape(one)}</p>' for one in said))
    st.caption(t("vergleich.index.how", n=number(DRAWS, 0, page.language)))
    with st.expander(t("vergleich.index.parts")):
        st.html(parts(page.path, found, view, page.language))
        make = partial(_content, page.path, found, view, page.language)
        table_files.buttons(page, make, "index")


def _scored(found: Composite, key: str) -> bool:
    row = found.scores[found.scores["area"] == key].iloc[0]
    return known(row["value"]) is not None or known(row["lower"]) is not None


def _rows(found: Composite, view: View) -> list[Row]:
    """Return the scores of what is compared, the best first, those without a score last."""
    mine: list[Row] = found.scores[found.scores["area"].isin(view.names)].to_dict("records")

    def place(row: Row) -> tuple[bool, float]:
        best = known(row["rank_low"])
        return best is None, best or 0.0

    return sorted(mine, key=place)


def scores(found: Composite, view: View, language: str) -> str:
    """Return areas with index, rank, and where the rank lies when weights vary."""
    t = Texts(language)
    heads = ("index", "rank", "around", "everywhere", "holds")
    columns = [
        Column(t("automobil.column.area")),
        *(Column(t(f"vergleich.index.head.{head}"), number=True) for head in heads),
    ]
    rows = []
    for row in _rows(found, view):
        key = str(row["area"])
        near, far = (_stability(found, key, draws) for draws in (AROUND, EVERYWHERE))
        holds = known(near["holds"])
        rows.append(
            [
                escape(view.names[key]),
                escape(_score(row, language)),
                rank(row["rank_low"], row["rank_high"], row["n"], language, bare=True),
                rank(near["rank_low"], near["rank_high"], near["n"], language, bare=True),
                rank(far["rank_low"], far["rank_high"], far["n"], language, bare=True),
                "" if holds is None else _of_draws(holds, t),
            ]
        )
    return tables.html_table(columns, rows, t("vergleich.index.caption"))


def _score(row: Row, language: str) -> str:
    value, low, high = (known(row[name]) for name in ("value", "lower", "upper"))
    if value is not None:
        return signed(value, DECIMALS, language)
    if low is None or high is None:
        return Texts(language)("vergleich.index.none")
    return Texts(language)(
        "figure.between", lower=signed(low, DECIMALS, language),
        upper=signed(high, DECIMALS, language),
    )  # fmt: skip


def _stability(found: Composite, key: str, draws: str) -> Row:
    frame = found.stability
    return dict(frame[(frame["area"] == key) & (frame["draws"] == draws)].iloc[0])


def _of_draws(share: float, t: Texts) -> str:
    return t(
        "vergleich.index.of",
        k=number(share * DRAWS, 0, t.language),
        n=number(DRAWS, 0, t.language),
    )


def order(found: Composite, view: View, language: str) -> list[str]:
    """Return for neighbours in the order how often it holds when weights vary."""
    t = Texts(language)
    frame = found.order[found.order["draws"] == AROUND]
    shares = {(str(r["first"]), str(r["second"])): float(r["share"])
              for r in frame.to_dict("records")}  # fmt: skip
    ranked = [str(row["area"]) for row in _rows(found, view)]
    return [
        opening(
            t(
                "vergleich.index.order",
                share=_of_draws(shares[pair], t),
                first=view.names[pair[0]],
                second=view.names[pair[1]],
            )
        )
        for pair in pairwise(ranked)
        if pair in shares
    ]


def alike(path: str, found: Composite, language: str) -> list[str]:
    """Return which components nearly say the same, and so count twice."""
    t, names = Texts(language), data.indicators(path)
    keys = list(found.correlations.columns)
    return [
        t(
            "vergleich.index.alike",
            first=names[one].short.get(language),
            second=names[other].short.get(language),
            r=number(r, 2, language),
        )
        for place, one in enumerate(keys)
        for other in keys[place + 1 :]
        if (r := known(found.correlations.loc[one, other])) is not None and abs(r) >= ALIKE
    ]


def parts(path: str, found: Composite, view: View, language: str) -> str:
    """Return every component of every area: figure, year, weight, contribution."""
    t, names = Texts(language), data.indicators(path)
    heads = ("weight", "figure", "z", "contribution")
    columns = [
        *(Column(t(name)) for name in ("automobil.column.area", "file.indicator", "controls.year")),
        *(Column(t(f"vergleich.index.head.{head}"), number=True) for head in heads),
    ]
    rows = [
        [
            escape(view.names[str(row["area"])]),
            escape(names[str(row["indicator"])].short.get(language)),
            str(row["year"]),
            f"{number(float(row['weight']) * 100, 1, language)} %",
            escape(cell(Figure.of(row), names[str(row["indicator"])].decimals,
                        names[str(row["indicator"])].unit, language)),
            _z(row, language),
            _signed(row["contribution"], language),
        ]
        for row in found.parts.to_dict("records")
    ]  # fmt: skip
    return tables.html_table(columns, rows, t("vergleich.index.parts"), tall=len(rows) > 15)


def _z(row: Row, language: str) -> str:
    low, high = known(row["z_low"]), known(row["z_high"])
    if low is not None and high is not None:
        return Texts(language)("figure.between", lower=_signed(low, language),
                               upper=_signed(high, language))  # fmt: skip
    return _signed(row["z"], language)


def _signed(value: object, language: str) -> str:
    found = known(value)
    return "" if found is None else signed(found, DECIMALS, language)


def _content(path: str, found: Composite, view: View, language: str) -> Content:
    t, names = Texts(language), data.indicators(path)
    titles = [
        t("automobil.column.area"), t("file.indicator"), t("controls.year"),
        *(t(f"vergleich.index.head.{h}") for h in ("weight", "figure")),
        t("automobil.column.lower"), t("automobil.column.upper"), t("automobil.column.mark"),
        *(t(f"vergleich.index.head.{h}") for h in ("z", "contribution")),
    ]  # fmt: skip
    rows = [
        [
            view.names[str(row["area"])],
            names[str(row["indicator"])].name.get(language),
            str(row["year"]),
            *(known(row[name]) for name in ("weight", "value", "lower", "upper")),
            t(f"mark.{row['mark']}"),
            known(row["z"]),
            known(row["contribution"]),
        ]
        for row in found.parts.to_dict("records")
    ]
    used = list(dict.fromkeys(found.parts["indicator"]))
    head = [text.picture_source(data.sources(path, one), data.release(path), language)
            for one in used]  # fmt: skip
    return Content(head, titles, rows)
