"""In, out and balance of an area over the years, with every change of source drawn."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from indicators.records import Indicator, Text
from pages._ui import charts, data, places
from pages._ui.card import CHART_CONFIG
from pages._ui.commuting import commuter_data, time_table
from pages._ui.commuting.reading import IN_RATE, OUT_RATE
from pages._ui.commuting.view import View
from pages._ui.i18n import Texts
from pages._ui.ready import ReadyFigure
from pages._ui.shell import Page

# The colours of the lines follow this order: out as the home end on the map, in as the other.
COUNTS = ("outgoing", "incoming", "balance")
RATES = {OUT_RATE: "out_rate", IN_RATE: "in_rate"}
MARKER = 7  # pixels: a year that stands alone must be seen
COLUMNS = ["area_id", "year", "value", "lower", "upper", "mark", "qualifier"]


def show(page: Page, view: View) -> None:
    """Draw persons and rates of an area side by side, and both as a table."""
    left, right = st.columns(2)
    with left:
        st.markdown(f"**{page.t('pendeln.time.counts')}**")
        _chart(page, view, "counts")
    with right:
        st.markdown(f"**{page.t('pendeln.time.rates')}**")
        _chart(page, view, "rates")
    st.caption(page.t("pendeln.time.note"))
    time_table.show(page, view)


def _chart(page: Page, view: View, kind: str) -> None:
    figure, alt = build(page.path, view.area, view.members, kind, page.language, page.dark)
    if not figure:
        st.info(page.t("pendeln.time.none"))
        return
    st.plotly_chart(
        ReadyFigure(figure), key=f"time_{kind}", theme=None, config=CHART_CONFIG, alt=alt
    )


@st.cache_resource(max_entries=64, show_spinner=False)
def build(
    path: str, area: str, members: tuple[str, ...], kind: str, language: str, dark: bool
) -> tuple[dict[str, Any], str]:
    """Return the chart of `counts` or `rates`, empty without a figure, and what it shows."""
    t = Texts(language)
    frame = counts(path, area, members) if kind == "counts" else rates(path, area)
    if frame.empty:
        return {}, ""
    wanted = COUNTS if kind == "counts" else tuple(RATES)
    lines = [(key, t(f"pendeln.line.{RATES.get(key, key)}")) for key in wanted]
    indicator = _indicator(path, kind)
    figure = charts.trend(indicator, frame, lines, language, dark)
    for note in figure["layout"]["annotations"]:
        if note["text"] == t("trend.break"):
            note["text"] = t("pendeln.time.break")
    for trace in figure["data"]:
        trace["marker"]["size"] = MARKER
    return figure, _alt(path, area, indicator, frame, lines, t)


def _indicator(path: str, kind: str) -> Indicator:
    rate = data.indicators(path)[IN_RATE]
    if kind == "rates":
        return rate
    name = Text(Texts("de")("pendeln.time.counts"), Texts("en")("pendeln.time.counts"))
    return replace(rate, name=name, unit="persons", decimals=0, display="count")


def counts(path: str, area: str, members: tuple[str, ...]) -> pd.DataFrame:
    """Return persons in, out and their balance; columns as `Store.series`, the line as area.

    The day of the flows is another source than the years before, which a break says.
    """
    earlier = commuter_data.history(path, area)
    rows = [
        _row(line, int(row["year"]), value, "")
        for row in earlier.to_dict("records")
        for line, value in zip(
            COUNTS,
            (row["outgoing"], row["incoming"], row["incoming"] - row["outgoing"]),
            strict=True,
        )
    ]
    now, year = commuter_data.together(path, members), commuter_data.reference(path).year
    qualifier = "break" if rows else ""
    rows += [
        _row("incoming", year, now.incoming, qualifier),
        _row("outgoing", year, now.outgoing, qualifier),
        _row("balance", year, now.balance, qualifier),
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def rates(path: str, area: str) -> pd.DataFrame:
    """Return the published rates; the first year of the newer source carries a break.

    Districts formed since then have all their years from the newer source, without a break.
    """
    newer = commuter_data.newer_source(path)
    older = not commuter_data.history(path, area).empty
    pieces = []
    for rate in RATES:
        frame = data.series(path, rate, (area,)).assign(area_id=rate)
        first = frame["year"] == newer
        frame.loc[first & older, "qualifier"] = "break"
        pieces.append(frame)
    return pd.concat(pieces, ignore_index=True)


def _row(line: str, year: int, value: float, qualifier: str) -> dict[str, object]:
    return dict(zip(COLUMNS, (line, year, value, None, None, "value", qualifier), strict=True))


def _alt(
    path: str,
    area: str,
    indicator: Indicator,
    frame: pd.DataFrame,
    lines: list[tuple[str, str]],
    t: Texts,
) -> str:
    """Return first and last figure of each line in words."""
    parts = []
    for key, name in lines:
        values = charts.values_of(frame, key)
        if values:
            (first, start), (last, end) = values[0], values[-1]
            said = {"first": first, "last": last, "name": name}
            shown = [time_table.shown(value, indicator, t.language) for value in (start, end)]
            parts.append(t("pendeln.time.course", start=shown[0], end=shown[1], **said))
    name = places.names(path, t.language, "name")[area]
    return t("pendeln.time.alt", area=name, course="; ".join(parts))
