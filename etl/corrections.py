"""Documented corrections of errors in published files, applied visibly.

Each entry of `data/reference/corrections.yml` names the cells, the kind of correction and the
evidence. A corrected cell carries the qualifier `corrected` and keeps the text as published.
"""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Literal

import pandas as pd
import yaml

from etl.conform import published_text
from indicators.model import Strict, Text

FILE = Path(__file__).resolve().parents[1] / "data" / "reference" / "corrections.yml"


class Probe(Strict):
    """A cell that shows, year by year, whether a file has the error: its value is `below`."""

    measure: str
    area: str
    sector: str
    below: float


class Correction(Strict):
    """One documented correction.

    `swap_areas` exchanges the rows of two areas; `thousands_dot` reads a dot in the published
    text as a thousands separator; `withdraw` takes figures that cannot be true out of use.
    With a `probe` only the years in which it shows the error are corrected, so that a later
    edition without the error is left as it is.
    """

    id: str
    dataset: str
    kind: Literal["swap_areas", "thousands_dot", "withdraw"]
    measures: list[str] = []
    areas: list[str] = []
    year_from: int = 0
    year_to: int = 9999
    sectors: list[str] = []
    probe: Probe | None = None
    evidence: Text


@functools.cache
def load_corrections(path: Path = FILE) -> tuple[Correction, ...]:
    """Return all documented corrections; a wrong entry raises with its field."""
    entries = yaml.safe_load(path.read_text(encoding="utf-8"))
    return tuple(Correction.model_validate(entry) for entry in entries)


def apply_corrections(
    dataset: str, rows: pd.DataFrame, cells: pd.DataFrame
) -> tuple[pd.DataFrame, list[Correction]]:
    """Return the rows with this dataset's corrections applied, and those that changed a cell."""
    applied = []
    for entry in load_corrections():
        if entry.dataset != dataset:
            continue
        here = _selected(rows, entry)
        if not here.any():
            continue
        text = _texts(rows[here], cells)
        rows = _APPLY[entry.kind](rows, here, text, entry)
        applied.append(entry)
    return rows, applied


def _selected(rows: pd.DataFrame, entry: Correction) -> pd.Series:
    here = rows["year"].between(entry.year_from, entry.year_to)
    for column, wanted in (
        ("measure", entry.measures),
        ("area_id", entry.areas),
        ("sector", entry.sectors),
    ):
        if wanted:
            here &= rows[column].isin(wanted)
    return here & rows["year"].isin(_showing(rows, entry.probe)) if entry.probe else here


def _showing(rows: pd.DataFrame, probe: Probe) -> set[int]:
    """Return the years in which the probe's cell shows the error."""
    cell = (rows["measure"] == probe.measure) & (rows["area_id"] == probe.area)
    cell &= (rows["sector"] == probe.sector) & (rows["value"] < probe.below)
    return set(rows.loc[cell, "year"])


def _texts(rows: pd.DataFrame, cells: pd.DataFrame) -> pd.Series:
    """Return the published text per row, found by the cell's address."""
    address = cells[["line", "column"]].assign(
        column=cells["column"].astype(str), text=published_text(cells, cells.index)
    )
    found = rows[["line", "column"]].merge(
        address.drop_duplicates(["line", "column"]), on=["line", "column"], how="left"
    )
    return found["text"].set_axis(rows.index)


def _swap(rows: pd.DataFrame, here: pd.Series, text: pd.Series, entry: Correction) -> pd.DataFrame:
    first, second = entry.areas
    swapped = rows["area_id"].map({first: second, second: first})
    return _marked(rows, here, text).assign(area_id=rows["area_id"].mask(here, swapped))


def _thousands(
    rows: pd.DataFrame, here: pd.Series, text: pd.Series, entry: Correction
) -> pd.DataFrame:
    dotted = text[text.str.fullmatch(r"\d{1,3}(\.\d{3})+").fillna(False)]
    numbers = dotted.str.replace(".", "", regex=False).astype(float)
    rows = _marked(rows, rows.index.to_series().isin(dotted.index), text)
    return rows.assign(value=numbers.reindex(rows.index).fillna(rows["value"]))


def _withdraw(
    rows: pd.DataFrame, here: pd.Series, text: pd.Series, entry: Correction
) -> pd.DataFrame:
    rows, printed = _marked(rows, here, text), here & rows["value"].notna()
    return rows.assign(
        mark=rows["mark"].mask(printed, "unreliable"), value=rows["value"].mask(printed)
    )


def _marked(rows: pd.DataFrame, here: pd.Series, text: pd.Series) -> pd.DataFrame:
    return rows.assign(
        qualifier=rows["qualifier"].mask(here, "corrected"),
        published=rows["published"].mask(here, text.reindex(rows.index)),
    )


_APPLY = {"swap_areas": _swap, "thousands_dot": _thousands, "withdraw": _withdraw}
