"""What strengths are made of: kinds of persons, each with its table and the totals of its shares.

In come observations, bounds and clusters; out goes one table of persons per kind, secret cells in
protected intervals.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import duckdb
import numpy as np

from indicators.clusters import Cluster
from indicators.formulas.cells import FloatArray
from indicators.grid import Axes, read_source
from indicators.model import Source
from indicators.panel import Panel, published, read_panel, summed
from indicators.secrecy import (
    COMPLETE,
    NESTED,
    grouped_within,
    most_hidden,
    within_groups,
    within_totals,
)

INDUSTRY = "13111-07-05-4"
TOTALS = (INDUSTRY, "13111-01-03-4")
DIVISION = "42111-02-03-4"
OCCUPATION = "ba_occupations_workplace"
ACTIVITY = "13312-01-05-4"
THOUSAND = 1000.0
COUNTRY = "DG"
BOUNDS = """
SELECT area_id, year, sector AS code, lower, upper FROM bound
WHERE dataset = ? AND measure = 'persons_employed_plants' ORDER BY ALL
"""


@dataclass(frozen=True)
class KindOfPersons:
    """Persons of one kind, areas × codes × years, and what their shares are taken of.

    `totals` are e_j (areas × years), `reference` is e_i of Germany (codes × years). With `official`
    totals hold all persons; else they are sums of what is published, on top of which a secret cell
    comes.
    """

    kind: str
    panel: Panel
    totals: FloatArray
    reference: FloatArray
    official: bool


def kinds(
    connection: duckdb.DuckDBPyConnection, axes: Axes, clusters: tuple[Cluster, ...]
) -> Iterator[KindOfPersons]:
    """Yield every kind that the observations have figures for."""
    totals = official_totals(connection, axes)
    yield from _industry(connection, axes)
    yield from _divisions(connection, axes, totals, clusters)
    yield from _occupations(connection, axes, totals, clusters)
    yield from _activity(connection, axes)


def official_totals(connection: duckdb.DuckDBPyConnection, axes: Axes) -> FloatArray:
    """Return employees at the workplace on 30 June, areas × years of the axes, NaN without one."""
    result = np.full((len(axes.areas.ids), len(axes.years)), np.nan)
    present = connection.execute(
        "SELECT DISTINCT dataset FROM observation WHERE list_contains($1, dataset)", [list(TOTALS)]
    ).fetchall()
    for dataset in (name for name in TOTALS if (name,) in present):
        cells = read_source(connection, Source(dataset=dataset, measure="employees"), axes)
        result = np.where(np.isnan(result), cells.value, result)
    return result


def _industry(connection: duckdb.DuckDBPyConnection, axes: Axes) -> Iterator[KindOfPersons]:
    """Yield employees in industry groups at the workplace, 30 June."""
    panel = read_panel(connection, axes.areas, INDUSTRY, "employees", "sector")
    if panel is not None and {"", *NESTED} <= set(panel.codes):
        whole = within_groups(panel, axes.areas, NESTED, COMPLETE)
        totals = whole.only([""]).cells.value[:, 0]
        yield _official("industry", whole.only(list(NESTED)), totals, axes)


def _activity(connection: duckdb.DuckDBPyConnection, axes: Axes) -> Iterator[KindOfPersons]:
    """Yield persons employed in industry groups, annual average; the table has thousands."""
    panel = read_panel(connection, axes.areas, ACTIVITY, "persons_employed", "sector")
    if panel is not None:
        panel.cells.value[...] *= THOUSAND
        whole = summed(panel, axes.areas)
        codes = [code for code in panel.codes if code]
        totals = whole.only([""]).cells.value[:, 0]
        yield _official("activity", whole.only(codes), totals, axes)


def _divisions(
    connection: duckdb.DuckDBPyConnection,
    axes: Axes,
    totals: FloatArray,
    clusters: tuple[Cluster, ...],
) -> Iterator[KindOfPersons]:
    """Yield persons in plants by WZ division, 30 September, and by clusters of divisions.

    Shares are taken of all employees, so that a single plant does not make a strength of an area
    with little industry.
    """
    bounds = connection.execute(BOUNDS, [DIVISION]).df()
    panel = read_panel(
        connection, axes.areas, DIVISION, "persons_employed_plants", "sector", bounds
    )
    if panel is None:
        return
    whole = summed(panel, axes.areas)
    below = _years(totals, axes, panel)
    divisions = [code for code in panel.codes if code.isdigit()]
    yield _official("division", whole.only(divisions), below, axes)
    groups = members(clusters, "divisions")
    yield _official("cluster_division", grouped_within(whole, groups, ""), below, axes)


def _occupations(
    connection: duckdb.DuckDBPyConnection,
    axes: Axes,
    totals: FloatArray,
    clusters: tuple[Cluster, ...],
) -> Iterator[KindOfPersons]:
    """Yield employees at the workplace by occupational group, and by clusters of them.

    Totals and reference are sums of what is published: official totals hold employees without a
    stated occupation, and some years have none.
    """
    panel = read_panel(connection, axes.areas, OCCUPATION, "employees", "occupation")
    if panel is None:
        return
    most = most_hidden(panel, axes.areas, _years(totals, axes, panel))
    below = published(summed(panel, axes.areas).cells).sum(axis=1)
    groups = members(clusters, "occupations")
    for kind, part in (("occupation", panel), ("cluster_occupation", panel.grouped(groups))):
        whole = within_totals(part, axes.areas, most)
        reference = published(part.cells)[axes.areas.kreis].sum(axis=0)
        yield KindOfPersons(kind, whole, below, reference, official=False)


def members(clusters: tuple[Cluster, ...], field: str) -> dict[str, list[str]]:
    """Return cluster -> its codes in `field` (`divisions` or `occupations`), if it has some."""
    every = {cluster.id: list(getattr(cluster, field)) for cluster in clusters}
    return {name: codes for name, codes in every.items() if codes}


def _official(kind: str, panel: Panel, totals: FloatArray, axes: Axes) -> KindOfPersons:
    reference = panel.cells.value[axes.areas.position(COUNTRY)]
    return KindOfPersons(kind, panel, totals, reference, official=True)


def _years(figures: FloatArray, axes: Axes, panel: Panel) -> FloatArray:
    """Return the columns of the panel's years."""
    first = panel.years.start - axes.years.start
    return figures[:, first : first + len(panel.years)]
