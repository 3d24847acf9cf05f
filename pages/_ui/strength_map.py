"""The map of one sector, occupation or cluster: quotient in colours around 1, size as circles."""

from __future__ import annotations

from typing import Any

import streamlit as st

from indicators.store import Extent
from indicators.strengths_store import Kind
from pages._ui import colours, geometry, lq_classes, map_words, places, state, strength_data, tables
from pages._ui.card import CHART_CONFIG
from pages._ui.i18n import Texts
from pages._ui.lq_classes import persons, quotient
from pages._ui.ready import ReadyFigure
from pages._ui.scale import Circles, circles
from pages._ui.shell import Page
from pages._ui.strength_frame import layout
from pages._ui.strength_state import StrengthView
from pages._ui.tables import Row

KEY = "strength_map"


def show(page: Page, view: StrengthView) -> None:
    """Draw the sentence about the area, the map, and the table behind it."""
    drawing, title, words, empty = draw(page.path, view, page.language, page.narrow)
    names = places.names(page.path, page.language, "name")
    short = places.names(page.path, page.language)
    where = places.place(view.area, names[view.area], short[view.area], page.language)
    row = _row_of(page.path, view)
    st.markdown(map_words.reading(row, where, _title(page.path, view, page.t), page.t))
    if empty:
        st.info(page.t("staerken.map.empty", year=view.year))
    st.plotly_chart(
        ReadyFigure(drawing),
        key=KEY,
        theme=None,
        on_select=lambda: _clicked(view),
        selection_mode="points",
        config=CHART_CONFIG,
        alt=f"{title}. {words}",
    )
    st.markdown(words)
    with st.expander(page.t("staerken.map.table")):
        st.html(_table(page.path, view, page.language))


def _row_of(path: str, view: StrengthView) -> Row:
    """Return the figures of the chosen area, with how many districts are secret."""
    country = strength_data.map_values(path, view.kind, view.code, view.year, "country")
    frame = strength_data.area(path, view.area, view.kind, view.year)
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
) -> tuple[dict[str, Any], str, str, bool]:
    """Return the figure, its title, it in words, and whether no district has a figure."""
    t = Texts(language)
    rows = _rows(path, view.kind, view.code, view.year, view.extent)
    title = f"{_title(path, view, t)}, {view.year}: {t(f'staerken.measure.{view.measure}')}"
    counts = [row["persons"] for row in rows if persons(row).value is not None]
    sized = view.measure == "size" and counts
    scale = circles(counts, view.extent, narrow) if sized else None
    traces = [_areas(rows, view, t), *_hatching(rows, view)]
    if scale:
        traces.append(_circles(rows, scale, t))
    if any(row["area_id"] == view.area for row in rows):
        traces.append(_selection(view.area))
    figure = {"data": traces, "layout": layout(path, view, rows, title, scale, t, narrow)}
    return figure, title, map_words.summary(rows, view.measure, t), not counts


def _rows(path: str, kind: Kind, code: str, year: int, extent: Extent) -> list[Row]:
    rows: list[Row] = strength_data.map_values(path, kind, code, year, extent).to_dict("records")
    return rows


def _areas(rows: list[Row], view: StrengthView, t: Texts) -> dict[str, Any]:
    palette = [
        *lq_classes.COLOURS, lq_classes.FEW, colours.PLAIN, colours.CONFIDENTIAL, colours.MISSING,
    ]  # fmt: skip
    names = [str(row["area_id"]) for row in rows]
    steps = [colour_of(row, view.measure) for row in rows]
    width = 0.4 if view.extent == "country" else 0.9
    return _choropleth(names, steps, palette) | {
        "text": [map_words.hover(row, t) for row in rows],
        "customdata": names,
        "hovertemplate": "%{text}<extra></extra>",
        "marker": {"line": {"width": width, "color": colours.BORDER}},
    }


def colour_of(row: Row, measure: str) -> int:
    """Return the place in the palette: eight classes, few persons, plain, secret, missing."""
    classes = len(lq_classes.COLOURS)
    value = quotient(row).value if measure == "lq" else persons(row).value
    if value is None:
        return classes + 2 if row["mark"] == "secret" else classes + 3
    if measure == "size":
        return classes + 1
    return classes if row["few"] else lq_classes.step(value)


def _choropleth(area_ids: list[str], steps: list[int], palette: list[str]) -> dict[str, Any]:
    size = len(palette)
    bands = [[edge / size, c] for step, c in enumerate(palette) for edge in (step, step + 1)]
    opaque = {"marker": {"opacity": 1}}  # a click must not fade the other areas
    return {
        "type": "choroplethmap",
        "geojson": geometry.address(geometry.KREISE),
        "featureidkey": "properties.AGS",
        "locations": area_ids,
        "z": steps,
        "zmin": -0.5,
        "zmax": size - 0.5,
        "colorscale": bands,
        "showscale": False,
        "below": geometry.OUTLINE_LAYER,
        "selected": opaque,
        "unselected": opaque,
    }


def _hatching(rows: list[Row], view: StrengthView) -> list[dict[str, Any]]:
    secret = [str(row["area_id"]) for row in rows if row["mark"] == "secret"]
    if not secret:
        return []
    every = geometry.EXTENTS[view.extent].hatch_every
    lon, lat = geometry.hatch_lines(secret, every)
    return [
        {
            "type": "scattermap",
            "mode": "lines",
            "lon": lon,
            "lat": lat,
            "line": {"width": 0.9 if every == 1 else 0.6, "color": colours.HATCH},
            "hoverinfo": "skip",
            "below": geometry.OUTLINE_LAYER,
        }
    ]


def _circles(rows: list[Row], scale: Circles, t: Texts) -> dict[str, Any]:
    where = geometry.points()
    drawn = [row for row in rows if persons(row).value and row["area_id"] in where]
    drawn.sort(key=lambda row: -float(row["persons"]))  # small circles on top of large ones
    look = {"marker": {"opacity": 0.7}}
    return {
        "type": "scattermap",
        "mode": "markers",
        "lon": [where[str(row["area_id"])][0] for row in drawn],
        "lat": [where[str(row["area_id"])][1] for row in drawn],
        "text": [map_words.hover(row, t) for row in drawn],
        "customdata": [str(row["area_id"]) for row in drawn],
        "hovertemplate": "%{text}<extra></extra>",
        "below": "names",
        "marker": {
            "size": [round(2 * scale.of(float(row["persons"])), 1) for row in drawn],
            "color": colours.SYMBOL,
            "opacity": 0.7,
        },
        "selected": look,
        "unselected": look,
    }


def _selection(area: str) -> dict[str, Any]:
    clear = "rgba(0,0,0,0)"
    return _choropleth([area], [0], [clear, clear]) | {
        "marker": {"line": {"width": 3.5, "color": colours.SELECTED}},
        "hoverinfo": "skip",
        "below": "names",
    }


def _clicked(view: StrengthView) -> None:
    """Choose the area clicked; the code stays, or the map would change under the pointer."""
    selection: dict[str, Any] = st.session_state.get(KEY, {}).get("selection", {})
    for point in selection.get("points", []):
        area = point.get("customdata") or point.get("location")
        area = area[0] if isinstance(area, list) else area
        if area:
            state.put(area=area, code=view.code)


@st.cache_resource(max_entries=32, show_spinner=False)
def _table(path: str, view: StrengthView, language: str) -> str:
    t = Texts(language)
    rows = _rows(path, view.kind, view.code, view.year, view.extent)
    rows.sort(key=lambda row: (-(quotient(row).value or -1), str(row[f"name_{language}"])))
    title = f"{_title(path, view, t)}, {view.year}"
    cells = [map_words.cells(row, str(row[f"name_{language}"]), t) for row in rows]
    strong = [bool(row["in_region"]) for row in rows]
    return tables.html_table(map_words.columns(t("table.area"), t), cells, title, strong, tall=True)
