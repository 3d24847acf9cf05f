"""The map of one sector, occupation or cluster: quotient in colours around 1, size as circles."""

from __future__ import annotations

from functools import partial
from typing import Any

import streamlit as st

from pages._ui import (
    area_map,
    colours,
    data,
    lq_classes,
    map_chart,
    map_words,
    places,
    strength_data,
    strength_files,
    strength_legend,
    table_files,
    tables,
    text,
)
from pages._ui.area_map import Area, AreaMap
from pages._ui.i18n import Texts
from pages._ui.lq_classes import is_secret, persons, quotient
from pages._ui.scale import Circles, circles
from pages._ui.shell import Page
from pages._ui.strength_state import StrengthView
from pages._ui.tables import Row

PALETTE = (
    *lq_classes.COLOURS, lq_classes.FEW, colours.PLAIN, colours.CONFIDENTIAL, colours.MISSING,
)  # fmt: skip


def show(page: Page, view: StrengthView) -> None:
    """Draw the sentence about the area, the map, and the table behind it."""
    figure, title, words, empty = draw(page.path, view, page.language, page.narrow)
    st.markdown(_reading(page, view))
    if empty:
        st.info(page.t(f"staerken.map.{empty}", year=view.year, label=view.bench.label))
    map_chart.show(
        figure,
        key="strength_map",
        alt=f"{title}. {words}",
        name=f"{view.kind}_{view.code}_{view.year}_{view.measure}_{view.extent}",
        language=page.language,
        code=view.code,  # stays, or the map would change under the pointer
    )
    st.markdown(words)
    with st.expander(page.t("staerken.map.table")):
        st.html(_table(page.path, view, page.language))
        make = partial(_file, page.path, view, page.language)
        table_files.buttons(page, make, f"{view.kind}_{view.code}_{view.year}_{view.extent}")


def _reading(page: Page, view: StrengthView) -> str:
    names = places.names(page.path, page.language, "name")
    short = places.names(page.path, page.language)
    where = places.place(view.area, names[view.area], short[view.area], page.language)
    title = _title(page.path, view, page.t)
    return map_words.reading(_row_of(page.path, view), where, title, view.bench, page.t)


def _row_of(path: str, view: StrengthView) -> Row:
    """Return the figures of the chosen area, with how many districts are secret."""
    country = strength_data.map_values(path, view.kind, view.code, view.year, "country")
    frame = strength_data.area(path, view.area, view.kind, view.year, view.bench.areas)
    found: list[Row] = frame[frame["code"] == view.code].to_dict("records")
    secret = int((country["mark"] == "secret").sum())
    published = int(country["rank"].notna().sum())
    row: Row = found[0] if found else {"mark": "missing"}
    return row | {"secret": secret, "published": published, "kind": view.kind}


def _title(path: str, view: StrengthView, t: Texts) -> str:
    codes = strength_data.codes(path, view.kind).set_index("code")
    name = str(codes.loc[view.code, f"name_{t.language}"])
    return name if view.kind.startswith("cluster") else f"{name} ({view.code})"


@st.cache_resource(max_entries=64, show_spinner=False)
def draw(
    path: str, view: StrengthView, language: str, narrow: bool
) -> tuple[dict[str, Any], str, str, str]:
    """Return the figure, its title, it in words, and why it has no colour.

    The last is `empty` where no district has a figure, `hidden` where secret figures leave no
    quotient but 0, else ''.
    """
    t = Texts(language)
    rows = _rows(path, view)
    counts = [row["persons"] for row in rows if persons(row).value is not None]
    sized = view.measure == "size" and counts
    scale = circles(counts, view.extent, narrow) if sized else None
    measure = t(f"staerken.title.{view.measure}", against=view.bench.against)
    sources = strength_data.sources(path, view.kind, view.year)
    content = AreaMap(
        areas=tuple(_area(row, view, scale, t) for row in rows),
        palette=PALETTE,
        title=f"{_title(path, view, t)}, {view.year}: {measure}",
        legend=strength_legend.of(view, rows, scale, t),
        source=text.picture_source(sources, data.release(path), language),
        names=area_map.region_names(rows, language),
        extent=view.extent,
        narrow=narrow,
        selected=view.area,
    )
    words = map_words.summary(rows, view.measure, t)
    return area_map.draw(content), content.title, words, _empty(rows, view.measure)


def _empty(rows: list[Row], measure: str) -> str:
    if all(persons(row).value is None for row in rows):
        return "empty"
    quotients = [quotient(row) for row in rows]
    known = any(figure.value for figure in quotients)
    return "hidden" if measure == "lq" and not known and any(map(is_secret, quotients)) else ""


def _rows(path: str, view: StrengthView) -> list[Row]:
    frame = strength_data.map_values(
        path, view.kind, view.code, view.year, view.extent, view.bench.areas
    )
    rows: list[Row] = frame.to_dict("records")
    return rows


def _area(row: Row, view: StrengthView, scale: Circles | None, t: Texts) -> Area:
    figure = quotient(row) if view.measure == "lq" else persons(row)
    size = persons(row).value
    return Area(
        str(row["area_id"]),
        colour_of(row, view.measure),
        map_words.hover(row, view.bench.against, t),
        hatched=is_secret(figure),
        radius=scale.of(size) if scale and size else 0.0,
    )


def colour_of(row: Row, measure: str) -> int:
    """Return the place in the palette: eight classes, few persons, plain, secret, missing."""
    classes = len(lq_classes.COLOURS)
    figure = quotient(row) if measure == "lq" else persons(row)
    if figure.value is None:
        return classes + 2 if is_secret(figure) else classes + 3
    if measure == "size":
        return classes + 1
    return classes if row["few"] else lq_classes.step(figure.value)


@st.cache_resource(max_entries=32, show_spinner=False)
def _table(path: str, view: StrengthView, language: str) -> str:
    t = Texts(language)
    rows = _ordered(path, view, language)
    cells = [map_words.cells(row, str(row[f"name_{language}"]), t) for row in rows]
    strong = [bool(row["in_region"]) for row in rows]
    caption = _caption(path, view, t)
    return tables.html_table(
        map_words.columns(t("table.area"), t), cells, caption, strong, tall=True
    )


def _ordered(path: str, view: StrengthView, language: str) -> list[Row]:
    rows = _rows(path, view)
    rows.sort(key=lambda row: (-(quotient(row).value or -1), str(row[f"name_{language}"])))
    return rows


def _caption(path: str, view: StrengthView, t: Texts) -> str:
    title = _title(path, view, t)
    return t("staerken.caption", title=title, year=view.year, against=view.bench.against)


def _file(path: str, view: StrengthView, language: str) -> table_files.Content:
    t = Texts(language)
    rows = _ordered(path, view, language)
    first = [(str(row["area_id"]), str(row[f"name_{language}"])) for row in rows]
    head = strength_files.head(path, view.kind, view.year, _caption(path, view, t), t)
    return strength_files.content(head, (t("file.key"), t("file.area")), first, rows, t)
