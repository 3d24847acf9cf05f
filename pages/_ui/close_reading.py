"""Occupations close to what an area is specialised in: words, table and chart; pure functions."""

from __future__ import annotations

import textwrap
from collections.abc import Hashable, Mapping, Sequence
from html import escape
from typing import Any

from pages._ui import colours
from pages._ui.cluster_reading import faint
from pages._ui.i18n import Texts
from pages._ui.lq_classes import persons, quotient
from pages._ui.numbers import cell, known, number
from pages._ui.table_files import Cell, Content
from pages._ui.tables import Column, html_table

Row = dict[Hashable, Any]
COLUMNS = ("position", "occupation", "density", "lq", "persons", "stability", "recurrence")
NUMERIC = ("position", "density", "lq", "persons")
BAR, EDGE = 26, 70  # pixels of a bar, and of what stands above and below all bars
WRAP = {True: 24, False: 52}  # characters of a line of a name, narrow or wide


def name_of(row: Row, language: str) -> str:
    """Return the name of an occupation in a row."""
    return str(row[f"name_{language}"])


def times(share: object, runs: int, family: str, t: Texts) -> str:
    """Return a share of runs in plain words: 'in all 13', 'in 12 of 13', or that there is none."""
    value = known(share)
    if value is None or runs < 1:
        return t("staerken.close.none")
    count = round(value * runs)
    if count == runs:
        return t(f"staerken.close.{family}.all", runs=runs)
    if count == 0:
        return t(f"staerken.close.{family}.never", runs=runs)
    return t(f"staerken.close.{family}.some", n=count, runs=runs)


def sentences(rows: Sequence[Row], where: str, runs: int, t: Texts) -> list[str]:
    """Return what the list says: its first entry, how many are stable, how many rest on few."""
    said = [t("staerken.close.first", place=where, name=name_of(rows[0], t.language))]
    stable = sum(known(row["stability"]) == 1.0 for row in rows)
    said.append(t("staerken.close.stable", n=stable, all=len(rows), runs=runs))
    few = sum(row["few"] is True for row in rows)
    if few:
        said.append(t.count("staerken.close.few", few, str(few)))
    return said


def table(rows: Sequence[Row], runs: int, caption: str, t: Texts) -> str:
    """Return the list as HTML; what rests on few persons is grey and says so."""
    columns = [Column(t(f"staerken.close.column.{name}"), name in NUMERIC) for name in COLUMNS]
    cells = [_cells(row, runs, t) for row in rows]
    return html_table(columns, cells, caption)


def _cells(row: Row, runs: int, t: Texts) -> list[str]:
    name = f"{row['occupation']} {name_of(row, t.language)}"
    few = row["few"] is True
    line = [
        number(float(row["position"]), 0, t.language),
        t("staerken.close.few_name", name=name) if few else name,
        number(float(row["density"]), 3, t.language),
        cell(quotient(row), 2, "", t.language),
        cell(persons(row), 0, "", t.language),
        times(row["stability"], runs, "stability", t),
        times(row["recurrence"], runs, "recurrence", t),
    ]
    return [faint(escape(text)) if few else escape(text) for text in line]


def content(head: Sequence[str], rows: Sequence[Row], runs: int, t: Texts) -> Content:
    """Return the list as a file; codes stand alone, and persons keep mark and interval."""
    names = ("position", "code", *COLUMNS[1:4])
    titles = [t(f"staerken.close.column.{name}") for name in names]
    titles += [t(f"staerken.file.{name}") for name in ("persons", "lower", "upper", "mark", "few")]
    titles += [t(f"staerken.close.column.{name}") for name in COLUMNS[5:]]
    lines: list[list[Cell]] = []
    for row in rows:
        size = persons(row)
        lines.append(
            [
                float(row["position"]),
                str(row["occupation"]),
                name_of(row, t.language),
                float(row["density"]),
                known(row["lq"]),
                *(size.value, size.lower, size.upper, t(f"mark.{size.mark}")),
                t("staerken.few") if row["few"] is True else "",
                times(row["stability"], runs, "stability", t),
                times(row["recurrence"], runs, "recurrence", t),
            ]
        )
    return Content(head, titles, lines)


def chart(rows: Sequence[Row], language: str, narrow: bool, dark: bool) -> dict[str, Any]:
    """Return bars of density, the nearest occupation on top; grey where few persons are."""
    t = Texts(language)
    ink = "#e6ebf0" if dark else colours.INK
    main = (colours.LINES_DARK if dark else colours.LINES)[0][0]
    axis = t("staerken.close.axis.narrow" if narrow else "staerken.close.axis")
    labels = [_label(row, language, narrow) for row in rows]
    lines = sum(max(1, label.count("<br>") * 0.75) for label in labels)
    hover = [
        f"{escape(name_of(row, language), quote=False)}: "
        f"{cell(persons(row), 0, 'persons', language)}"
        for row in rows
    ]
    bars = {
        "type": "bar",
        "orientation": "h",
        "y": list(range(len(rows))),
        "x": [float(row["density"]) for row in rows],
        "marker": {"color": [colours.MISSING if row["few"] is True else main for row in rows]},
        "text": [number(float(row["density"]), 2, language) for row in rows],
        "textposition": "auto",
        "hovertext": hover,
        "hovertemplate": "%{hovertext}<extra></extra>",
    }
    layout = {
        "height": int(EDGE + BAR * lines),
        "margin": {"l": 8, "r": 12, "t": 8, "b": 40},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": "Arial, Helvetica, sans-serif", "color": ink, "size": 12.5},
        "separators": ",." if language == "de" else ".,",
        "bargap": 0.3,
        "showlegend": False,
        "xaxis": {
            "title": {"text": axis, "font": {"size": 12}},
            "rangemode": "tozero",
            "fixedrange": True,
            "gridcolor": "rgba(128,140,150,0.25)",
        },
        "yaxis": {
            "tickvals": list(range(len(rows))),
            "ticktext": labels,
            "range": [len(rows) - 0.5, -0.5],
            "ticks": "outside",
            "ticklen": 5,
            "tickcolor": "rgba(0,0,0,0)",
            "automargin": True,
            "fixedrange": True,
        },
    }
    return {"data": [bars], "layout": layout}


def _label(row: Row, language: str, narrow: bool) -> str:
    lines = textwrap.wrap(name_of(row, language), WRAP[narrow])
    return "<br>".join(escape(line, quote=False) for line in lines)


def shared(
    lists: Mapping[str, Sequence[Row]], language: str, least: int = 2
) -> list[tuple[str, list[str]]]:
    """Return occupations that stand in the lists of at least `least` districts, most first."""
    found: dict[str, tuple[str, list[str]]] = {}
    for area, rows in lists.items():
        for row in rows:
            code = str(row["occupation"])
            name = f"{code} {name_of(row, language)}"
            found.setdefault(code, (name, []))[1].append(area)
    several = [entry for entry in found.values() if len(entry[1]) >= least]
    return sorted(several, key=lambda entry: (-len(entry[1]), entry[0]))
