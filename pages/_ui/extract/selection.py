"""What a reader wants to take along: indicators or a table, areas, years, and its parts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

import streamlit as st

from indicators.extracts import Figures, Observations, Selection
from pages._ui import benchmark, choices, data, places, state
from pages._ui.compare import group_data
from pages._ui.extract import readers
from pages._ui.rungs import FIVE, REGION
from pages._ui.shell import Page

What = Literal["indicators", "table"]
WHAT: tuple[What, ...] = ("indicators", "table")
Scope = Literal["five", "larger", "land", "twins", "kreise", "all", "own", "group"]
SCOPES: tuple[Scope, ...] = ("five", "larger", "land", "twins", "kreise", "all", "own", "group")
SEPARATOR = "."
FIRST_INDICATORS = ("automotive_share_of_industry", "manufacturing_share_of_employees")
FIRST_TABLE = "42111-02-03-4"
# Dimensions of a table: name in the address -> key of `Extracts.parts`.
DIMENSIONS = {
    "xm": "measures",
    "xsec": "sectors",
    "xocc": "occupations",
    "xbrk": "breakdowns",
}
TOTAL = "_"  # how the address names the row that is not broken down


def read(page: Page) -> Selection:
    """Draw the controls and return the selection; nothing chosen means all."""
    what = choices.segmented(
        "what", WHAT, WHAT[0], page.t("daten.what"), lambda name: page.t(f"daten.what.{name}")
    )
    return _table(page) if what == "table" else _figures(page)


def address() -> dict[str, object]:
    """Return what a permanent link must carry to show the same selection."""
    names = ("what", "xind", "xtab", "xscope", "xarea", "y1", "y2", *DIMENSIONS)
    return {name: state.text(name) for name in names}


def _figures(page: Page) -> Figures:
    known = data.indicators(page.path)
    chosen = _several(
        page,
        "xind",
        list(known),
        lambda name: known[name].name.get(page.language),
        "daten.indicators",
        [name for name in FIRST_INDICATORS if name in known],
    )
    years = sorted({year for name in chosen or known for year in data.years(page.path, name)})
    scope, areas = _areas(page, SCOPES)
    first, last = _span(page, years)
    together = scope == "group"
    if together and areas and (twice := group_data.overlap(page.path, areas)):
        names = places.names(page.path, page.language, "name")
        both = {"first": names[twice[0]], "second": names[twice[1]]}
        st.warning(page.t("daten.areas.overlap", **both))
        together = False
    return Figures(tuple(chosen) or None, areas, first, last, together)


def _table(page: Page) -> Observations:
    frame = data.datasets(page.path)
    titles = {
        str(row["id"]): f"{row['table_code']} {row[f'title_{page.language}']}"
        for row in frame.to_dict("records")
    }
    table = choices.select(
        "xtab",
        list(titles),
        FIRST_TABLE,
        page.t("daten.table"),
        titles.__getitem__,
        clears=("y1", "y2", *DIMENSIONS),
    )
    parts = readers.parts(page.path, table)
    # Cells are taken as published: areas are put together for indicators only.
    _, areas = _areas(page, [scope for scope in SCOPES if scope != "group"])
    first, last = _span(page, [int(str(year)) for year in parts["years"]])
    narrowed = {
        kind: _narrowed(page, table, name, [str(part) for part in parts[kind]])
        for name, kind in DIMENSIONS.items()
    }
    return Observations(table, areas=areas, first=first, last=last, **narrowed)


def _narrowed(page: Page, table: str, name: str, options: Sequence[str]) -> tuple[str, ...] | None:
    """Draw the choice of parts of one dimension, if the table has one."""
    if len(options) < 2:
        return None
    kind = DIMENSIONS[name]
    named = readers.wordings(page.path, table, kind, page.language)
    coded = [option or TOTAL for option in options]

    def wording(code: str) -> str:
        return page.t("daten.total") if code == TOTAL else named.get(code, code)

    chosen = _several(page, name, coded, wording, f"daten.{kind}", [])
    return tuple("" if code == TOTAL else code for code in chosen) or None


def _areas(page: Page, scopes: Sequence[Scope]) -> tuple[Scope, tuple[str, ...] | None]:
    """Draw the choice of areas; return its kind, and the areas (None: all there are)."""
    scope = choices.select(
        "xscope",
        scopes,
        scopes[0],
        page.t("daten.areas"),
        lambda name: page.t(f"daten.areas.{name}"),
        clears=("xarea",),
    )
    if scope == "five":
        return scope, (*FIVE, REGION)
    if scope == "larger":
        levels = ("region", "land", "country")
        return scope, tuple(area for level in levels for area in _ids(page, level))
    if scope == "twins":
        area = _one(page)
        twins = benchmark.of(page.path, "twins", area, (), page.language)
        return scope, (area, *twins.areas)
    if scope in ("own", "group"):
        return scope, _own(page)
    return scope, None if scope == "all" else tuple(_ids(page, "kreis", scope == "land"))


def _ids(page: Page, level: str, saxony: bool = False) -> list[str]:
    frame = data.areas(page.path, level, "land" if saxony else None)
    return [str(area) for area in frame["area_id"]]


def _one(page: Page) -> str:
    names = places.names(page.path, page.language, "name")
    kreise = sorted(_ids(page, "kreis"), key=names.__getitem__)
    return choices.select("xarea", kreise, FIVE[-1], page.t("daten.areas.of"), names.__getitem__)


def _own(page: Page) -> tuple[str, ...]:
    names = places.names(page.path, page.language, "name")
    levels = ("kreis", "region", "land", "country")
    options = [area for level in levels for area in _ids(page, level)]
    chosen = _several(page, "xarea", options, names.__getitem__, "daten.areas.own.pick", list(FIVE))
    return tuple(chosen) or FIVE


def _span(page: Page, years: Sequence[int]) -> tuple[int | None, int | None]:
    """Draw first and last year; a whole span is not written into the selection."""
    if not years:
        return None, None
    left, right = st.columns(2)
    with left:
        first = choices.select("y1", years, years[0], page.t("daten.first"))
    later = [year for year in years if year >= first]
    with right:
        last = choices.select("y2", later[::-1], later[-1], page.t("daten.last"))
    return (None if first == years[0] else first), (None if last == years[-1] else last)


def _several(
    page: Page,
    name: str,
    options: Sequence[str],
    wording: Callable[[str], str],
    label: str,
    default: Sequence[str],
) -> list[str]:
    """Draw a choice of several and return what the address says, in the order of the options."""
    raw = state.text(name)
    named = set(default if raw is None else raw.split(SEPARATOR))
    chosen = [option for option in options if option in named]
    key = f"w_{name}"
    st.session_state[key] = chosen
    st.multiselect(
        page.t(label),
        options,
        format_func=wording,
        placeholder=page.t("daten.all"),
        key=key,
        on_change=_several_changed,
        args=(name, key),
    )
    return chosen


def _several_changed(name: str, key: str) -> None:
    # An emptied choice stands in the address: it means all, not the default.
    state.put(**{name: SEPARATOR.join(st.session_state[key]) or SEPARATOR})
