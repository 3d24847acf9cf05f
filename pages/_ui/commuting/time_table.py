"""The years of an area as a table: persons, rates, who lives and works there, and the source."""

from __future__ import annotations

from functools import partial
from html import escape

import streamlit as st

from indicators.records import Indicator
from pages._ui import charts, data, places, table_files, tables, text
from pages._ui.commuting import commuter_data
from pages._ui.commuting.reading import IN_RATE, OUT_RATE
from pages._ui.commuting.view import View
from pages._ui.i18n import Texts
from pages._ui.numbers import number, signed, with_unit
from pages._ui.shell import Page
from pages._ui.table_files import Content
from pages._ui.tables import Column

BALANCE = "commuter_balance_per_100"
COUNTED = ("incoming", "outgoing", "balance", "stay")
RATED = (IN_RATE, OUT_RATE, BALANCE)
TITLES = ("incoming", "outgoing", "balance", "stay", "in_rate", "out_rate", "per_100", "source")
SIGNED = ("balance", BALANCE)
Row = dict[str, float]


def shown(value: float, indicator: Indicator, language: str) -> str:
    """Return a figure with the unit of its indicator."""
    return with_unit(value, indicator.decimals, indicator.unit, language)


def show(page: Page, view: View) -> None:
    """Draw the table of an area's years and its files."""
    with st.expander(page.t("pendeln.time.table")):
        st.html(build(page.path, view.area, view.members, page.language))
        st.caption(page.t("pendeln.time.stay"))
        make = partial(content, page.path, view.area, view.members, page.language)
        table_files.buttons(page, make, f"years_{view.area}")


def years(path: str, area: str, members: tuple[str, ...]) -> dict[int, Row]:
    """Return year -> what is published of it: counts (persons) and rates, never filled up.

    `stay` is who lives and works in the area: employees living there less those who go out. It is
    known where both are published exactly.
    """
    found: dict[int, Row] = {}
    for row in commuter_data.history(path, area).to_dict("records"):
        incoming, outgoing = float(row["incoming"]), float(row["outgoing"])
        figures = {"incoming": incoming, "outgoing": outgoing, "balance": incoming - outgoing}
        found[int(row["year"])] = figures | {"stay": float(row["residence"]) - outgoing}
    now = commuter_data.together(path, members)
    found.setdefault(commuter_data.reference(path).year, {}).update(
        incoming=now.incoming, outgoing=now.outgoing, balance=now.balance
    )
    for rate in RATED:
        for year, value in charts.values_of(data.series(path, rate, (area,)), area):
            found.setdefault(year, {})[rate] = value
    return dict(sorted(found.items(), reverse=True))


def build(path: str, area: str, members: tuple[str, ...], language: str) -> str:
    """Return the table; a year without a figure says so in its cell."""
    t = Texts(language)
    columns = [Column(t("controls.year"))]
    columns += [Column(t(f"pendeln.column.{name}"), number=name != "source") for name in TITLES]
    rows = []
    for year, figures in years(path, area, members).items():
        cells = [escape(_cell(figures.get(name), name, t)) for name in (*COUNTED, *RATED)]
        rows.append([str(year), *cells, escape(source(path, year, figures, t))])
    name = places.names(path, language, "name")[area]
    return tables.html_table(columns, rows, t("pendeln.time.caption", area=name))


def _cell(value: float | None, name: str, t: Texts) -> str:
    if value is None:
        return t("pendeln.time.missing")
    decimals = 0 if name in COUNTED else 1
    return (signed if name in SIGNED else number)(value, decimals, t.language)


def source(path: str, year: int, figures: Row, t: Texts) -> str:
    """Return the official table that a year is from."""
    if year == commuter_data.reference(path).year and "stay" not in figures:
        return t("pendeln.source.atlas")
    return t("pendeln.source.older" if "stay" in figures else "pendeln.source.newer")


def content(path: str, area: str, members: tuple[str, ...], language: str) -> Content:
    """Return the years of an area as a file; what is not published stays empty."""
    t = Texts(language)
    name = places.names(path, language, "name")[area]
    rows = [
        [
            *(area, name, str(year)),
            *(figures.get(key) for key in (*COUNTED, *RATED)),
            source(path, year, figures, t),
        ]
        for year, figures in years(path, area, members).items()
    ]
    made = [data.sources(path, rate) for rate in RATED] + [commuter_data.sources(path)]
    said = [text.picture_source(frame, data.release(path), language) for frame in made]
    head = [t("pendeln.time.caption", area=name), *dict.fromkeys(said)]
    columns = [t("file.key"), t("file.area"), t("controls.year")]
    return Content(head, [*columns, *(t(f"pendeln.column.{key}") for key in TITLES)], rows)
