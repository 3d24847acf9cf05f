"""Shares over the years as small charts, one per category, beside the benchmark."""

from __future__ import annotations

import textwrap
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from pages._ui import colours, data, places, tables, text
from pages._ui.change import frame, readers, time_chart
from pages._ui.change.view import View
from pages._ui.i18n import Texts
from pages._ui.numbers import known, number, signed
from pages._ui.table_files import Content
from pages._ui.tables import Column

SHOWN, ACROSS, HEIGHT = 12, 3, 150
OF = "benchmark"


def figures(path: str, view: View) -> pd.DataFrame:
    """Return the shares of the area and of the benchmark."""
    return readers.shares(path, view.kind, view.area, view.bench.areas, view.first, view.last)


def chosen(own: pd.DataFrame, first: int, last: int) -> list[str]:
    """Return the categories whose share moved most, the largest move first; all if they fit."""
    wide = own.pivot(index="code", columns="year", values="share").dropna()
    moved = (wide[last] - wide[first]).abs().sort_values(ascending=False, kind="stable")
    return [str(code) for code in moved.index[:SHOWN]]


@st.cache_resource(max_entries=64, show_spinner=False)
def build(
    path: str, view: View, language: str, narrow: bool, dark: bool
) -> tuple[dict[str, Any], str]:
    """Return small charts of the shares that moved most, and the largest moves in words."""
    t = Texts(language)
    found = figures(path, view)
    own = found[found["area_id"] != OF]
    codes = chosen(own, view.first, view.last)
    if not codes:
        return {}, ""
    names = readers.names(path, view.kind, language)
    palette = colours.LINES_DARK if dark else colours.LINES
    lines = [(view.area, places.names(path, language)[view.area], palette[0])]
    if view.bench.areas != (view.area,):
        lines.append((OF, view.bench.label, palette[-1]))
    across = 1 if narrow else ACROSS
    down = -(-len(codes) // across)
    layout = frame.layout(language, dark, HEIGHT * down + 60)
    layout |= {"margin": {"l": 40, "r": 12, "t": 70, "b": 20}, "annotations": [], "shapes": []}
    traces: list[dict[str, Any]] = []
    broken = time_chart.breaks(path, view.kind, view.area)
    for place, code in enumerate(codes):
        box = _box(place, across, down)
        part = found[found["code"] == code]
        traces += [_line(part, *line, place, t) for line in lines]
        _axes(layout, place, box, names[code], broken, view, dark)
    return {"data": traces, "layout": layout}, _said(own, codes, names, view, t)


def _box(place: int, across: int, down: int) -> tuple[float, float, float, float]:
    column, row = place % across, place // across
    wide, high = 1 / across, 1 / down
    return (
        column * wide + (0.02 if column else 0.0),
        (column + 1) * wide - 0.02,
        1 - (row + 1) * high + 0.2 * high,
        1 - row * high - 0.16 * high,
    )


def _line(
    part: pd.DataFrame, area: str, name: str, style: tuple[str, str], place: int, t: Texts
) -> dict[str, Any]:
    rows = part[part["area_id"] == area].sort_values("year")
    number_of = place + 1
    return {
        "type": "scatter",
        "mode": "lines",
        "name": name,
        "legendgroup": area,
        "showlegend": place == 0,
        "x": [int(year) for year in rows["year"]],
        "y": [known(value) for value in rows["share"]],
        "text": [_percent(value, t) for value in rows["share"]],
        "hovertemplate": f"{name} %{{x}}: %{{text}}<extra></extra>",
        "connectgaps": False,
        "line": {"color": style[0], "dash": style[1], "width": 2.4 if area != OF else 1.8},
        "xaxis": f"x{number_of}",
        "yaxis": f"y{number_of}",
    }


def _percent(value: object, t: Texts) -> str:
    found = known(value)
    return "" if found is None else t("wandel.percent", number=number(found, 2, t.language))


def _axes(
    layout: dict[str, Any], place: int, box: tuple[float, float, float, float], name: str,
    broken: list[int], view: View, dark: bool,
) -> None:  # fmt: skip
    left, right, bottom, top = box
    key = place + 1
    layout[f"xaxis{key}"] = {
        "domain": [left, right], "anchor": f"y{key}", "fixedrange": True, "showgrid": False,
        "tickvals": [view.first, view.last], "tickformat": "d", "tickfont": {"size": 10.5},
        "linecolor": frame.GRID,
    }  # fmt: skip
    layout[f"yaxis{key}"] = {
        "domain": [bottom, top], "anchor": f"x{key}", "fixedrange": True, "gridcolor": frame.GRID,
        "rangemode": "tozero", "nticks": 4, "tickfont": {"size": 10.5}, "tickformat": ",~f",
    }  # fmt: skip
    layout["annotations"].append(
        {"xref": "paper", "yref": "paper", "x": left, "y": top, "xanchor": "left",
         "yanchor": "bottom", "showarrow": False, "font": {"size": 11.5},
         "text": textwrap.shorten(name, 44, placeholder=" …")}
    )  # fmt: skip
    layout["shapes"] += [
        {"type": "line", "xref": f"x{key}", "yref": f"y{key} domain", "x0": year - 0.5,
         "x1": year - 0.5, "y0": 0, "y1": 1,
         "line": {"dash": "dot", "width": 1, "color": frame.ink(dark)}}
        for year in broken if view.first < year <= view.last
    ]  # fmt: skip


def _said(own: pd.DataFrame, codes: list[str], names: dict[str, str], view: View, t: Texts) -> str:
    wide = own.pivot(index="code", columns="year", values="share")
    listed = "; ".join(
        t(
            "wandel.shares.moved",
            name=names[code],
            before=_percent(wide.loc[code, view.first], t),
            now=_percent(wide.loc[code, view.last], t),
        )
        for code in codes[:3]
    )
    return t("wandel.shares.alt", listed=listed)


def table(path: str, view: View, language: str) -> str:
    """Return the shares of the first and the last year of every category, and their change."""
    t = Texts(language)
    head = [
        Column(t("wandel.category")),
        *(Column(t("wandel.share.in", year=year), True) for year in (view.first, view.last)),
        Column(t("wandel.share.change"), True),
        *(Column(t("wandel.share.of", year=year, label=view.bench.label), True)
          for year in (view.first, view.last)),
    ]  # fmt: skip
    found = figures(path, view)
    own, of = (
        part.pivot(index="code", columns="year", values="share")
        for part in (found[found["area_id"] != OF], found[found["area_id"] == OF])
    )
    body = []
    for code, name in readers.names(path, view.kind, language).items():
        before, now = (known(own.loc[code, year]) for year in (view.first, view.last))
        moved = "" if before is None or now is None else signed(now - before, 2, language)
        shown = [_percent(value, t) or t("mark.secret") for value in (before, now)]
        others = [_percent(of.loc[code, year], t) for year in (view.first, view.last)]
        body.append([escape(name), *shown, moved, *others])
    caption = t("wandel.shares.caption", span=view.span)
    return tables.html_table(head, body, caption, tall=len(body) > 15)


def content(path: str, view: View, language: str) -> Content:
    """Return all shares of all years as a file."""
    t = Texts(language)
    names = readers.names(path, view.kind, language)
    areas = places.names(path, language, "name") | {OF: view.bench.label}
    rows = [
        [
            areas[str(row["area_id"])],
            str(row["code"]),
            names[str(row["code"])],
            str(row["year"]),
            known(row["persons"]),
            known(row["share"]),
            t(f"mark.{row['mark']}"),
        ]
        for row in figures(path, view).to_dict("records")
    ]
    said = text.picture_source(
        readers.sources(path, view.kind, view.last), data.release(path), language
    )
    titles = ["area", "code", "category", "year", "persons", "share", "mark"]
    heads = [t(f"wandel.file.{name}") for name in titles]
    return Content([t("wandel.shares.caption", span=view.span), said], heads, rows)
