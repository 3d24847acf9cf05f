"""Figures as a datasheet reads them: whole series and all Kreise at once, kept as plain records."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from pages._ui import data
from pages._ui.compare import group_data
from pages._ui.numbers import Figure, known
from pages._ui.rungs import ends

Series = dict[int, Figure]
COLUMNS = ("value", "lower", "upper", "rank_low", "rank_high", "n")
Book = dict[tuple[str, str], Series]
Span = tuple[float, float]


@dataclass(frozen=True)
class District:
    """A Kreis among all: both ends of its figure, None without, and its rank with bounds."""

    span: Span | None
    low: float | None = None
    high: float | None = None
    n: float | None = None

    @property
    def exact(self) -> bool:
        """Return whether the rank is one number."""
        return self.low is not None and self.low == self.high


@st.cache_resource(max_entries=64, show_spinner=False)
def book(path: str, areas: tuple[str, ...]) -> Book:
    """Return (indicator, area) -> year -> figure of all that a release holds of some areas."""
    found: Book = {}
    for row in data.store(path).everything(areas).to_dict("records"):
        key = str(row["indicator"]), str(row["area_id"])
        found.setdefault(key, {})[int(row["year"])] = Figure.of(row)
    return found


@st.cache_resource(max_entries=256, show_spinner=False)
def group(path: str, indicator: str, areas: tuple[str, ...]) -> Series:
    """Return year -> figure of areas taken together, from sums and never from means."""
    frame = group_data.series(path, indicator, areas)
    return {int(row["year"]): Figure.of(row) for row in frame.to_dict("records")}


@st.cache_resource(max_entries=256, show_spinner=False)
def districts(path: str, indicator: str, year: int) -> dict[str, District]:
    """Return Kreis -> figure and rank in a year, all 400 of the boundary vintage."""
    frame = data.store(path).cross_section(indicator, year)
    columns = (frame[name].astype(float) for name in COLUMNS)
    return {
        str(area): District(
            ends(Figure(known(value), known(lower), known(upper))), *map(known, ranks)
        )
        for area, value, lower, upper, *ranks in zip(frame["area_id"], *columns, strict=True)
    }
