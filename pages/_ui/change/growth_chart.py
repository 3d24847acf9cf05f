"""Growth by category: contributions as a waterfall, and the parts of each change as bars."""

from __future__ import annotations

from typing import Any

import streamlit as st

from pages._ui.change import frame, readers, words
from pages._ui.change.view import View
from pages._ui.i18n import Texts
from pages._ui.numbers import signed
from pages._ui.tables import Row

Drawn = tuple[dict[str, Any], str]


def rows_of(path: str, view: View) -> list[Row]:
    """Return the split of every category of the area."""
    found: list[Row] = readers.components(
        path, view.kind, view.area, view.bench.areas, view.first, view.last, view.method
    ).to_dict("records")
    return found


@st.cache_resource(max_entries=64, show_spinner=False)
def waterfall(path: str, view: View, language: str, narrow: bool, dark: bool) -> Drawn:
    """Return the contributions of categories to growth, in percentage points, and in words."""
    t = Texts(language)
    rows = rows_of(path, view)
    shown, rest = frame.drawn(rows)
    base = sum(float(row["base"]) for row in (*shown, *rest))
    if base <= 0:
        return {}, ""
    steps = _steps(path, view, shown, rest, base, t)
    total = sum(points for _, points in steps)
    names = [frame.label(name, narrow) for name, _ in steps] + [
        frame.label(_together(rows, t), narrow)
    ]
    points = [value for _, value in steps] + [total]
    texts = [signed(value, 2, language) for value in points]
    trace = {
        "type": "waterfall",
        "orientation": "h",
        "y": names,
        "x": points,
        "measure": ["relative"] * len(steps) + ["total"],
        "text": texts,
        "textposition": "outside",
        "cliponaxis": False,
        "hovertemplate": "%{y}: %{text}<extra></extra>",
        "increasing": {"marker": {"color": frame.UP}},
        "decreasing": {"marker": {"color": frame.DOWN}},
        "totals": {"marker": {"color": frame.TOTAL}},
        "connector": {"line": {"color": frame.GRID, "width": 1}},
    }
    layout = frame.layout(language, dark, frame.ROW * len(names) + 90)
    layout["xaxis"] = frame.values(dark, t("wandel.waterfall.axis"))
    layout["xaxis"]["range"] = _room(points, 0.4 if narrow else 0.14)
    layout["yaxis"] = frame.categories()
    layout["showlegend"] = False
    said = {"total": words.rate(total, t), "first": view.first, "last": view.last}
    name, value = max(steps[: frame.EACH] + steps[-frame.EACH :], key=lambda step: abs(step[1]))
    most = f"{name} ({signed(value, 2, language)})"
    alt = t("wandel.waterfall.alt", n=len(steps), most=most, **said)
    return {"data": [trace], "layout": layout}, alt


def _steps(
    path: str, view: View, shown: list[Row], rest: list[Row], base: float, t: Texts
) -> list[tuple[str, float]]:
    names = readers.names(path, view.kind, t.language)
    steps = [(names[str(row["code"])], float(row["change"]) / base * 100) for row in shown]
    if rest:
        others = sum(float(row["change"]) for row in rest) / base * 100
        steps.insert(frame.EACH, (t("wandel.others", n=len(rest)), others))
    return steps


def _together(rows: list[Row], t: Texts) -> str:
    """Return the name of the sum: of all categories, or of those that are published."""
    return t("wandel.total.published" if any(map(_open, rows)) else "wandel.total")


def _open(row: Row) -> bool:
    return row["mark"] == "secret" or bool(row["without_benchmark"])


def _room(points: list[float], part: float) -> list[float]:
    """Return a range that leaves room for the numbers beside the bars."""
    level, low, high = 0.0, 0.0, 0.0
    for value in points[:-1]:
        level += value
        low, high = min(low, level), max(high, level)
    pad = max(high - low, 0.1) * part
    return [low - pad, high + pad]


@st.cache_resource(max_entries=64, show_spinner=False)
def bars(path: str, view: View, language: str, narrow: bool, dark: bool) -> Drawn:
    """Return the parts of the change of every category in persons, and in words."""
    t = Texts(language)
    shown, rest = frame.drawn(rows_of(path, view))
    if not shown:
        return {}, ""
    every = readers.names(path, view.kind, language)
    names = [frame.label(every[str(row["code"])], narrow) for row in shown]
    parts = words.parts_of(view.method)
    traces = [_bar(names, shown, part, t) for part in parts]
    traces.append(
        {
            "type": "scatter",
            "mode": "markers",
            "name": t("wandel.column.change"),
            "x": [float(row["change"]) for row in shown],
            "y": names,
            "text": [words.persons(row, "change", t) for row in shown],
            "hovertemplate": "%{y}: %{text}<extra></extra>",
            "marker": {"symbol": "diamond", "size": 9, "color": frame.ink(dark)},
        }
    )
    layout = frame.layout(language, dark, (frame.ROW + 4) * len(names) + 110)
    layout |= {"barmode": "relative", "bargap": 0.35}
    layout["margin"]["t"] = 64 if narrow else 36
    layout["xaxis"] = frame.values(dark, t("wandel.bars.axis"))
    layout["yaxis"] = frame.categories()
    top = max((*shown, *rest), key=lambda row: abs(float(row["regional"])))
    name, amount = every[str(top["code"])], words.persons(top, "regional", t)
    return {"data": traces, "layout": layout}, t("wandel.bars.alt", name=name, amount=amount)


def _bar(names: list[str], rows: list[Row], part: str, t: Texts) -> dict[str, Any]:
    colour, pattern = frame.PARTS[part]
    return {
        "type": "bar",
        "orientation": "h",
        "name": t(f"wandel.column.{part}"),
        "y": names,
        "x": [float(row[part]) for row in rows],
        "text": [words.persons(row, part, t) for row in rows],
        "textposition": "none",
        "hovertemplate": f"%{{y}}<br>{t(f'wandel.column.{part}')}: %{{text}}<extra></extra>",
        "marker": {"color": colour, "pattern": frame.pattern(pattern)},
    }


def undrawn(path: str, view: View, t: Texts) -> str:
    """Return which categories the charts cannot draw, with their intervals; '' for none."""
    names = readers.names(path, view.kind, t.language)
    secret = [row for row in rows_of(path, view) if row["mark"] == "secret" and not row["left_out"]]
    if not secret:
        return ""
    listed = "; ".join(f"{names[str(row['code'])]}: {_interval(row, t)}" for row in secret)
    return t.count("wandel.undrawn", len(secret), str(len(secret))) + f" {listed}."


def _interval(row: Row, t: Texts) -> str:
    return words.persons(row | {"change": None}, "change", t)
