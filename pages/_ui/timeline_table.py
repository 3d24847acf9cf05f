"""A series as a table and in words: years, areas, and how many cells of a year are secret."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

import pandas as pd

from indicators.records import Indicator
from pages._ui import charts, data, places, rungs, tables, text
from pages._ui.i18n import Texts
from pages._ui.numbers import Figure, cell, interval, known, unit_text, with_unit
from pages._ui.table_files import Content
from pages._ui.tables import Column

COLUMNS = ("area", "year", "lower", "value", "upper", "mark")
Parts = Mapping[int, tuple[int, int]]


def html(
    path: str,
    indicator: Indicator,
    frame: pd.DataFrame,
    areas: Sequence[str],
    parts: Parts | None,
    language: str,
    called: Mapping[str, str] | None = None,
) -> str:
    """Return a table with one row per year and one column per area.

    `called` names columns that are no areas of the release.
    """
    t = Texts(language)
    names = places.names(path, language) | dict(called or {})
    figures = {area: charts.figures_of(frame, area) for area in areas}
    columns = [Column(t("controls.year")), *(Column(names[area], number=True) for area in areas)]
    if parts is not None:
        columns.append(Column(t("automobil.line.secret"), number=True))
    rows = []
    for year in sorted({year for found in figures.values() for year in found}, reverse=True):
        row = [str(year)]
        row += [_cell(figures[area].get(year), indicator, language) for area in areas]
        if parts is not None:
            row.append("{} / {}".format(*parts[year]) if year in parts else "")
        rows.append(row)
    caption = indicator.name.get(language)
    return tables.html_table(columns, rows, caption, tall=len(rows) > 15)


def content(
    path: str, indicator: Indicator, frame: pd.DataFrame, areas: Sequence[str], language: str
) -> Content:
    """Return a series as a file: one row per area and year, with bounds and mark."""
    t = Texts(language)
    names = places.names(path, language, "name")
    rows = [
        [
            str(row["area_id"]),
            names[str(row["area_id"])],
            str(row["year"]),
            *(known(row[name]) for name in ("lower", "value", "upper")),
            t(f"mark.{row['mark']}"),
            ", ".join(t(f"qualifier.{name}") for name in str(row["qualifier"]).split(";") if name),
        ]
        for row in frame[frame["area_id"].isin(areas)].to_dict("records")
    ]
    unit = unit_text(indicator.unit, language)
    said = text.picture_source(data.sources(path, indicator.id), data.release(path), language)
    titles = ["AGS", *(t(f"automobil.column.{name}") for name in COLUMNS), t("file.qualifier")]
    return Content([f"{indicator.name.get(language)} ({unit})", said], titles, rows)


def _cell(figure: Figure | None, indicator: Indicator, language: str) -> str:
    t = Texts(language)
    if figure is None:
        return ""
    notes = [t(f"qualifier.{name}") for name in figure.qualifier.split(";") if name]
    shown = cell(figure, indicator.decimals, indicator.unit, language)
    return escape(", ".join([shown, *notes]))


def secrecy(parts: Parts, t: Texts) -> str:
    """Return how many cells behind a series are secret."""
    secret = sum(entry[0] for entry in parts.values())
    if secret == 0:
        return t("automobil.line.open")
    most = max(entry[0] for entry in parts.values())
    all_of = max(entry[1] for entry in parts.values())
    return t("automobil.line.closed", most=most, parts=all_of)


def course(figures: Mapping[int, Figure], indicator: Indicator, language: str) -> str:
    """Return first and last figure of a series in words."""
    t = Texts(language)
    known = [(year, figures[year]) for year in sorted(figures) if rungs.has_figure(figures[year])]
    if not known:
        return ""

    def said(figure: Figure) -> str:
        if figure.value is not None:
            return with_unit(figure.value, indicator.decimals, indicator.unit, language)
        return interval(figure, indicator.decimals, indicator.unit, language)

    (first, start), (last, end) = known[0], known[-1]
    return t("automobil.line.course", first=first, start=said(start), last=last, end=said(end))
