"""Computes all indicators of the registry from the observations of a release.

In comes a DuckDB connection with `observation`, `area`, `area_change` and `measure`; out go the
tables `theme`, `indicator`, `indicator_value` and `lineage`, filled anew.
"""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import numpy as np
import pandas as pd

from indicators.bounds import write_bounds
from indicators.bounds_occupations import write_occupation_bounds
from indicators.evaluate import Reader, Result, evaluate
from indicators.formulas.cells import ABSENT, MARKS, QUALIFIERS, BoolArray, Cells
from indicators.grid import Axes, read_axes, read_source
from indicators.lineage import lineage_rows
from indicators.model import Indicator, Source, Theme
from indicators.ranks import rank
from indicators.registry import Registry, load_registry
from indicators.strengths import write_strengths
from indicators.text import formula_text

TABLES = """
CREATE TABLE IF NOT EXISTS theme(id VARCHAR, position INTEGER, name_de VARCHAR, name_en VARCHAR);
CREATE TABLE IF NOT EXISTS indicator(
    id VARCHAR, theme VARCHAR, position INTEGER, name_de VARCHAR, name_en VARCHAR,
    short_de VARCHAR, short_en VARCHAR, description_de VARCHAR, description_en VARCHAR,
    formula_de VARCHAR, formula_en VARCHAR, unit VARCHAR, decimals INTEGER, direction VARCHAR,
    display VARCHAR, scheme VARCHAR, caveats_de VARCHAR, caveats_en VARCHAR,
    reference_de VARCHAR, reference_en VARCHAR, midpoint DOUBLE);
CREATE TABLE IF NOT EXISTS indicator_value(
    indicator VARCHAR, area_id VARCHAR, year SMALLINT, sector VARCHAR, occupation VARCHAR,
    value DOUBLE, lower DOUBLE, upper DOUBLE, mark VARCHAR, qualifier VARCHAR,
    rank INTEGER, rank_low INTEGER, rank_high INTEGER, n INTEGER);
CREATE TABLE IF NOT EXISTS lineage(
    indicator VARCHAR, input VARCHAR, position INTEGER, dataset VARCHAR, measure VARCHAR,
    sector VARCHAR, occupation VARCHAR, breakdown VARCHAR, year_from SMALLINT, year_to SMALLINT);
CREATE TABLE IF NOT EXISTS bound(
    dataset VARCHAR, measure VARCHAR, area_id VARCHAR, year SMALLINT, sector VARCHAR,
    lower DOUBLE, upper DOUBLE, reference_mark DOUBLE);
CREATE TABLE IF NOT EXISTS reference_mark(
    indicator VARCHAR, area_id VARCHAR, year SMALLINT, value DOUBLE);
DELETE FROM bound;
DELETE FROM reference_mark;
DELETE FROM theme;
DELETE FROM indicator;
DELETE FROM indicator_value;
DELETE FROM lineage;
"""
TEXTS = ("name", "short", "description", "caveats", "reference")
FIELDS = ("unit", "decimals", "direction", "display", "scheme", "midpoint")


def build(connection: duckdb.DuckDBPyConnection, registry: Registry | None = None) -> None:
    """Compute every indicator of the registry and write the four tables.

    Raises:
        RegistryError: an entry names a dataset, measure or code that the warehouse does not have.
    """
    registry = registry or load_registry()
    connection.execute(TABLES)
    write_bounds(connection)
    write_occupation_bounds(connection)
    write_strengths(connection)
    axes = read_axes(connection)
    read, read_marks = (_reader(connection, axes, marks) for marks in (False, True))
    values: list[pd.DataFrame] = []
    marks: list[pd.DataFrame] = []
    lineage: list[dict[str, object]] = []
    for _, _, indicator in registry.entries():
        result = evaluate(indicator, read)
        emitted = _emitted(indicator, result.cells, axes)
        values.append(_values(indicator, result, emitted, axes))
        lineage.extend(lineage_rows(indicator, result, emitted, axes.years))
        if np.isfinite(result.cells.lower).any():
            drawn = evaluate(indicator, read_marks).cells
            marks.append(_marks(indicator, drawn, emitted & ~result.cells.known, axes))
    _write(connection, registry, pd.concat(values, ignore_index=True), pd.DataFrame(lineage))
    for frame in marks:
        connection.append("reference_mark", frame, by_name=True)


def _reader(connection: duckdb.DuckDBPyConnection, axes: Axes, marks: bool) -> Reader:
    """Return a reader of sources that reads each one once."""
    cache: dict[str, Cells] = {}

    def read(source: Source) -> Cells:
        key = source.model_dump_json()
        if key not in cache:
            cache[key] = read_source(connection, source, axes, marks)
        return cache[key]

    return read


def _marks(indicator: Indicator, drawn: Cells, where: BoolArray, axes: Axes) -> pd.DataFrame:
    """Return the reference marks of the cells that have no value of their own."""
    row, column = np.nonzero(where & drawn.known)
    return pd.DataFrame(
        {
            "indicator": indicator.id,
            "area_id": np.asarray(axes.areas.ids, dtype=object)[row],
            "year": column + axes.years.start,
            "value": drawn.value[row, column],
        }
    )


def _emitted(indicator: Indicator, cells: Cells, axes: Axes) -> BoolArray:
    """Return where a row is written: areas of the vintage, declared levels, years with a figure."""
    wanted = (axes.areas.vintage & np.isin(axes.areas.level, indicator.levels))[:, np.newaxis]
    years = np.any(cells.usable & wanted, axis=0, keepdims=True)
    return np.asarray((cells.mark != ABSENT) & wanted & years, dtype=bool)


def _values(indicator: Indicator, result: Result, emitted: BoolArray, axes: Axes) -> pd.DataFrame:
    cells, ranks = result.cells, rank(result.cells, axes.areas.kreis)
    row, column = np.nonzero(emitted)
    return pd.DataFrame(
        {
            "indicator": indicator.id,
            "area_id": np.asarray(axes.areas.ids, dtype=object)[row],
            "year": column + axes.years.start,
            "sector": "",
            "occupation": "",
            "value": cells.value[row, column],
            "lower": cells.lower[row, column],
            "upper": cells.upper[row, column],
            "mark": np.asarray(MARKS, dtype=object)[cells.mark[row, column]],
            "qualifier": np.asarray(QUALIFIERS, dtype=object)[cells.qualifier[row, column]],
            "rank": ranks.rank[row, column],
            "rank_low": ranks.low[row, column],
            "rank_high": ranks.high[row, column],
            "n": ranks.n[row, column],
        }
    )


def _write(
    connection: duckdb.DuckDBPyConnection,
    registry: Registry,
    values: pd.DataFrame,
    lineage: pd.DataFrame,
) -> None:
    tables = {
        "theme": _themes(registry),
        "indicator": pd.DataFrame(list(_entries(registry))),
        "indicator_value": values,
        "lineage": lineage,
    }
    for table, frame in tables.items():
        connection.append(table, frame, by_name=True)


def _themes(registry: Registry) -> pd.DataFrame:
    return pd.DataFrame(
        {"id": theme.id, "position": position, "name_de": theme.name.de, "name_en": theme.name.en}
        for position, theme in enumerate(registry.themes, start=1)
    )


def _entries(registry: Registry) -> Iterator[dict[str, object]]:
    for theme, position, indicator in registry.entries():
        yield _entry(theme, position, indicator)


def _entry(theme: Theme, position: int, indicator: Indicator) -> dict[str, object]:
    row: dict[str, object] = {"id": indicator.id, "theme": theme.id, "position": position}
    for language in ("de", "en"):
        row[f"formula_{language}"] = formula_text(indicator, language)
        for field in TEXTS:
            row[f"{field}_{language}"] = getattr(indicator, field).get(language)
    return row | {field: getattr(indicator, field) for field in FIELDS}
