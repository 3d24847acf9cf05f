"""The map of change: the part of the area itself, or growth, in percent of the persons before."""

from __future__ import annotations

from collections import Counter
from functools import partial
from html import escape
from typing import Any

import streamlit as st

from pages._ui import area_map, colours, data, map_chart, map_legend, scale, table_files, text
from pages._ui.area_map import Area, AreaMap, Legend
from pages._ui.change import readers, split_tables, words
from pages._ui.change.view import View
from pages._ui.classes import DEFAULT_SCHEME
from pages._ui.i18n import Texts
from pages._ui.legend import Entry
from pages._ui.numbers import known, number
from pages._ui.shell import Page
from pages._ui.tables import Row

SIZE, DECIMALS = 6, 1


def show(page: Page, view: View) -> None:
    """Draw the map with what it shows in words, and its table."""
    figure, alt, said = draw(page.path, view, page.language, page.narrow)
    map_chart.show(
        figure,
        key="change_map",
        alt=alt,
        name=f"wandel_{view.kind}_{view.measure}_{view.first}_{view.last}",
        language=page.language,
    )
    st.markdown(said)
    with st.expander(page.t("wandel.map.table")):
        st.html(table(page.path, view, page.language))
        make = partial(content, page.path, view, page.language)
        table_files.buttons(page, make, f"map_{view.kind}_{view.first}_{view.last}_{view.extent}")


def rows_of(path: str, view: View) -> list[Row]:
    """Return every district of the extent with its split."""
    areas = data.areas(path, "kreis", view.extent)
    found = readers.totals(
        path, view.kind, tuple(areas["area_id"]), view.bench.areas, view.first, view.last,
        view.method,
    )  # fmt: skip
    rows: list[Row] = areas.merge(found, on="area_id", how="left").to_dict("records")
    return rows


@st.cache_resource(max_entries=64, show_spinner=False)
def draw(path: str, view: View, language: str, narrow: bool) -> tuple[dict[str, Any], str, str]:
    """Return the figure, its text alternative, and what it shows in words."""
    t = Texts(language)
    rows = rows_of(path, view)
    values = [value for row in rows if (value := known(row[view.measure])) is not None]
    shades = scale.shades(values, DEFAULT_SCHEME, SIZE, DECIMALS, 0.0)
    strong = shades.colours if shades else ()
    head = t(f"wandel.map.title.{view.measure}", label=view.bench.label)
    title = t(
        "wandel.map.title", head=head, first=view.first, last=view.last,
        kind=t(f"wandel.map.kind.{view.kind}"),
    )  # fmt: skip
    sources = readers.sources(path, view.kind, view.last)
    content = AreaMap(
        areas=tuple(_area(row, view, shades, t) for row in rows),
        palette=(*strong, colours.CONFIDENTIAL, colours.MISSING),
        title=title,
        legend=_legend(rows, view, shades, t),
        source=text.picture_source(sources, data.release(path), language),
        names=area_map.region_names(rows, language),
        extent=view.extent,
        narrow=narrow,
        selected=view.area,
    )
    said = _said(rows, view, t)
    return area_map.draw(content), f"{title}. {said}", said


def _area(row: Row, view: View, shades: scale.Shades | None, t: Texts) -> Area:
    value, strong = known(row[view.measure]), len(shades.colours) if shades else 0
    secret = value is None and row["mark"] == "secret"
    step = shades.classes.index(value) if shades and value is not None else strong + (not secret)
    lines = [f"<b>{escape(str(row[f'name_{t.language}']), quote=False)}</b>"]
    lines += [
        f"{t(f'wandel.column.{name}')}: {words.persons(row, name, t)}"
        for name in ("change", *words.parts_of(view.method))
    ]
    lines.append(f"{t(f'wandel.measure.{view.measure}')}: <b>{words.rate(value, t)}</b>")
    if row["secret"] and value is not None:
        lines.append(t("wandel.map.secret", n=int(row["secret"])))
    return Area(str(row["area_id"]), step, "<br>".join(lines), hatched=secret)


def _legend(rows: list[Row], view: View, shades: scale.Shades | None, t: Texts) -> Legend:
    known_ones = [value for row in rows if (value := known(row[view.measure])) is not None]
    secret = sum(known(r[view.measure]) is None and r["mark"] == "secret" for r in rows)
    selected = any(row["area_id"] == view.area for row in rows)
    marks = map_legend.standing(t, secret, len(rows) - len(known_ones) - secret, selected)
    head = t("wandel.map.legend")
    if shades is None:
        return Legend(head, marks=marks)
    members = Counter(shades.classes.index(value) for value in known_ones)
    looks = zip(shades.texts(t.language, t("legend.class")), shades.colours, strict=True)
    classes = tuple(
        Entry(f"{said} ({members[step]})", colour) for step, (said, colour) in enumerate(looks)
    )
    return Legend(head, classes=classes, marks=marks)


def _said(rows: list[Row], view: View, t: Texts) -> str:
    sure = [(value, str(row[f"name_{t.language}"])) for row in rows
            if (value := known(row[view.measure])) is not None]  # fmt: skip
    if not sure:
        return t("wandel.map.none")
    top, bottom = max(sure), min(sure)
    above = sum(round(value, DECIMALS) > 0 for value, _ in sure)
    return t(
        f"wandel.map.said.{view.measure}",
        n=number(len(sure), 0, t.language), above=number(above, 0, t.language),
        top=top[1], high=words.rate(top[0], t), bottom=bottom[1], low=words.rate(bottom[0], t),
    )  # fmt: skip


def _ordered(path: str, view: View) -> list[Row]:
    return sorted(rows_of(path, view), key=lambda row: -(known(row[view.measure]) or -1e9))


@st.cache_resource(max_entries=16, show_spinner=False)
def table(path: str, view: View, language: str) -> str:
    """Return the districts of the map with their split, the highest first."""
    t, rows = Texts(language), _ordered(path, view)
    names = [f"{row[f'name_{language}']} ({words.rate(row[view.measure], t)})" for row in rows]
    strong = [bool(row["in_region"]) for row in rows]
    heading = t("wandel.map.heading", measure=t(f"wandel.measure.{view.measure}"))
    caption = split_tables.caption(path, view, t)
    return split_tables.html(rows, names, view, heading, caption, t, strong)


def content(path: str, view: View, language: str) -> table_files.Content:
    """Return the districts of the map as a file."""
    t, rows = Texts(language), _ordered(path, view)
    first = [
        (str(row["area_id"]), str(row[f"name_{language}"]), known(row[view.measure]))
        for row in rows
    ]
    measure = t("wandel.file.rate", measure=t(f"wandel.measure.{view.measure}"))
    titles = (t("file.key"), t("file.area"), measure)
    caption = split_tables.caption(path, view, t)
    return split_tables.content(path, rows, first, titles, view, caption, language)
