"""The five areas and the region against sectors: quotients as numbers on colours around 1.

The heat map is an HTML table, so that a screen reader reads it and a phone can scroll it.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR
from functools import partial
from html import escape

import streamlit as st

from indicators.strengths_store import Kind
from pages._ui import (
    choices,
    colours,
    lq_classes,
    places,
    strength_data,
    strength_files,
    strength_state,
    table_files,
    tables,
)
from pages._ui.benchmark import Benchmark
from pages._ui.i18n import Texts
from pages._ui.lq_classes import is_secret, quotient
from pages._ui.numbers import Figure, number, outwards
from pages._ui.rungs import FIVE, REGION
from pages._ui.shell import Page
from pages._ui.strength_state import StrengthView
from pages._ui.tables import Column, Row

KINDS: tuple[Kind, ...] = ("industry", "division", "activity", "cluster_occupation")
AREAS = (*FIVE, REGION)
BLOCK = "display:block;padding:.15rem .4rem;border-radius:2px;min-width:4.2rem"
STRIPES = f"repeating-linear-gradient(45deg,#fff 0 7px,{colours.MISSING} 7px 8px)"


def show(page: Page, view: StrengthView) -> Kind:
    """Draw the heat map with the choice of its sectors, and return that choice."""
    t = page.t
    kind = choices.segmented(
        "heat",
        KINDS,
        view.kind if view.kind in KINDS else KINDS[0],
        t("staerken.heat.kind"),
        lambda option: t(f"staerken.kind.{option}"),
    )
    years = strength_data.years(page.path, kind)
    year = view.year if view.year in years else years[-1]
    if year != view.year:
        st.caption(t("staerken.heat.year", year=year, wanted=view.year))
    bench = strength_state.usable(page, view.bench, kind, year)
    st.markdown(t("staerken.heat.lead", label=bench.label, against=bench.against))
    content, words = build(page.path, kind, year, bench, page.language)
    st.markdown(words)
    st.html(content)
    make = partial(_file, page.path, kind, year, bench, page.language)
    table_files.buttons(page, make, f"heat_{kind}_{year}")
    return kind


@st.cache_resource(max_entries=64, show_spinner=False)
def build(path: str, kind: Kind, year: int, bench: Benchmark, language: str) -> tuple[str, str]:
    """Return the heat map with its legend, and what it shows in words."""
    t = Texts(language)
    short = places.names(path, language)
    rows = _rows(path, kind, year, bench)
    found = {(str(row["area_id"]), str(row["code"])): row for row in rows}
    names = _names(path, kind, language)
    bare = kind.startswith("cluster")
    shown = {code: escape(name if bare else f"{code} {name}") for code, name in names.items()}
    head = [
        Column(t("staerken.code")),
        *(Column(short[entry], number=True) for entry in AREAS),
    ]
    missing: Row = {"mark": "missing"}
    body = [
        [shown[code], *(cell(found.get((entry, code), missing), t) for entry in AREAS)]
        for code in names
    ]
    html = legend(t) + tables.html_table(head, body, _caption(kind, year, bench, t))
    return html, said(rows, names, short, t)


def _rows(path: str, kind: Kind, year: int, bench: Benchmark) -> list[Row]:
    rows: list[Row] = strength_data.cells(path, kind, year, AREAS, bench.areas).to_dict("records")
    return rows


def _names(path: str, kind: Kind, language: str) -> dict[str, str]:
    codes = strength_data.codes(path, kind)
    return dict(zip(codes["code"].astype(str), codes[f"name_{language}"], strict=True))


def _caption(kind: Kind, year: int, bench: Benchmark, t: Texts) -> str:
    label = t(f"staerken.kind.{kind}")
    when = label if str(year) in label else f"{label}, {year}"
    return t("staerken.heat.caption", kind=when, label=bench.label)


def _file(path: str, kind: Kind, year: int, bench: Benchmark, language: str) -> table_files.Content:
    t = Texts(language)
    names, areas = _names(path, kind, language), places.names(path, language, "name")
    rows = _rows(path, kind, year, bench)
    first = [
        (str(row["area_id"]), areas[str(row["area_id"])], str(row["code"]), names[str(row["code"])])
        for row in rows
    ]
    said_of_itself = strength_files.head(path, kind, year, _caption(kind, year, bench, t), t)
    titles = (t("file.key"), t("file.area"), t("staerken.file.code"), t("staerken.code"))
    return strength_files.content(said_of_itself, titles, first, rows, t)


def cell(row: Row, t: Texts) -> str:
    """Return a coloured number; hatched with its interval where secret, grey where few."""
    value = quotient(row)
    if value.value is None:
        secret = is_secret(value)
        style = f"background:{STRIPES if secret else colours.MISSING};color:{colours.INK}"
        return f'<span style="{BLOCK};{style}">{escape(between(value, t))}</span>'
    few = bool(row.get("few"))
    ground = lq_classes.FEW if few else lq_classes.COLOURS[lq_classes.step(value.value)]
    ink = colours.INK if few else lq_classes.ink(value.value)
    words = number(value.value, 2, t.language)
    return f'<span style="{BLOCK};background:{ground};color:{ink}">{words}</span>'


def between(value: Figure, t: Texts) -> str:
    """Return what stands in a cell without a value: the interval alone, else the mark."""
    if value.lower is None or value.upper is None:
        return t("staerken.heat.missing") if value.mark != "secret" else t("mark.secret")
    low = outwards(value.lower, 2, ROUND_FLOOR)
    high = outwards(value.upper, 2, ROUND_CEILING)
    shown = number(low, 2 if low else 0, t.language), number(high, 2, t.language)
    return t("staerken.heat.between", lower=shown[0], upper=shown[1])


def legend(t: Texts) -> str:
    """Return the colours and what each means."""
    looks = [
        *zip(lq_classes.COLOURS, lq_classes.texts(t), strict=True),
        (lq_classes.FEW, t("staerken.few")),
        (STRIPES, t("staerken.heat.secret")),
        (colours.MISSING, t("staerken.heat.missing")),
    ]
    box = "display:inline-block;width:1.3rem;height:.85rem;border:1px solid #8a949e"
    items = "".join(
        f'<span style="white-space:nowrap;margin-right:.9rem">'
        f'<span style="{box};background:{colour}"></span> {escape(words)}</span> '
        for colour, words in looks
    )
    return f'<p style="font-size:.85rem;line-height:1.8;margin:0">{items}</p>'


def said(rows: Sequence[Row], names: dict[str, str], short: dict[str, str], t: Texts) -> str:
    """Return the highest quotient in words, and how many cells are secret."""
    sure = [row for row in rows if quotient(row).value and not row["few"]]
    secret = sum(is_secret(quotient(row)) for row in rows)
    if not sure:
        return t("staerken.heat.none", secret=secret)
    top = max(sure, key=lambda row: float(row["lq"]))
    return t(
        "staerken.heat.said",
        name=names[str(top["code"])],
        area=short[str(top["area_id"])],
        lq=number(float(top["lq"]), 2, t.language),
        secret=secret,
    )
