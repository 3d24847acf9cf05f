"""Computes where the strengths of each area lie, and what is close to them.

In comes a DuckDB connection with `observation`, `bound`, `area`, `area_change` and `measure`; out
go the tables of TABLES, filled anew. Secret cells are intervals by the confidentiality rule.
"""

from __future__ import annotations

import duckdb
import pandas as pd

from indicators.clusters import Cluster, load_clusters
from indicators.grid import Axes, read_axes
from indicators.panel import published, read_panel, summed
from indicators.relations import complexity_rows, presence, relatedness_rows
from indicators.strength_kinds import KindOfPersons, kinds, members
from indicators.strength_rows import reference_rows, rows, total_rows
from indicators.twin_rows import twin_rows

VACANCIES = "ba_occupations_vacancies"
TABLES = """
CREATE TABLE IF NOT EXISTS strength(
    kind VARCHAR, code VARCHAR, area_id VARCHAR, year SMALLINT, persons DOUBLE, lower DOUBLE,
    upper DOUBLE, share DOUBLE, lq DOUBLE, lq_low DOUBLE, lq_high DOUBLE, symmetric_lq DOUBLE,
    growth DOUBLE, rank INTEGER, rank_low INTEGER, rank_high INTEGER, n INTEGER, mark VARCHAR,
    few BOOLEAN, stars SMALLINT);
CREATE TABLE IF NOT EXISTS strength_total(
    kind VARCHAR, area_id VARCHAR, year SMALLINT, persons DOUBLE);
CREATE TABLE IF NOT EXISTS strength_reference(
    kind VARCHAR, code VARCHAR, year SMALLINT, persons DOUBLE, total DOUBLE, published INTEGER,
    secret INTEGER);
CREATE TABLE IF NOT EXISTS relatedness(
    occupation VARCHAR, area_id VARCHAR, year SMALLINT, density DOUBLE, advantage BOOLEAN,
    position INTEGER, stability DOUBLE, recurrence DOUBLE);
CREATE TABLE IF NOT EXISTS complexity(
    area_id VARCHAR, year SMALLINT, eci DOUBLE, eci_low DOUBLE, eci_high DOUBLE, hhi DOUBLE,
    hhi_normalised DOUBLE, equivalents DOUBLE, krugman DOUBLE, related_variety DOUBLE,
    unrelated_variety DOUBLE, n INTEGER);
CREATE TABLE IF NOT EXISTS twin(
    area_id VARCHAR, twin_id VARCHAR, position INTEGER, distance DOUBLE, reason VARCHAR);
CREATE TABLE IF NOT EXISTS cluster(
    id VARCHAR, position INTEGER, name_de VARCHAR, name_en VARCHAR, claim_de VARCHAR,
    claim_en VARCHAR);
CREATE TABLE IF NOT EXISTS cluster_member(cluster VARCHAR, field VARCHAR, code VARCHAR);
CREATE TABLE IF NOT EXISTS cluster_vacancy(
    cluster VARCHAR, area_id VARCHAR, year SMALLINT, vacancies DOUBLE);
DELETE FROM strength;
DELETE FROM strength_total;
DELETE FROM strength_reference;
DELETE FROM relatedness;
DELETE FROM complexity;
DELETE FROM twin;
DELETE FROM cluster;
DELETE FROM cluster_member;
DELETE FROM cluster_vacancy;
"""


def write_strengths(
    connection: duckdb.DuckDBPyConnection, clusters: tuple[Cluster, ...] | None = None
) -> None:
    """Fill all tables; a table whose observations are not there stays empty.

    Raises:
        RegistryError: `clusters.yml` names a code that no classification has.
    """
    clusters = load_clusters() if clusters is None else clusters
    connection.execute(TABLES)
    axes = read_axes(connection)
    found: dict[str, KindOfPersons] = {}
    for kind in kinds(connection, axes, clusters):
        found[kind.kind] = kind
        _append(connection, "strength", rows(kind, axes))
        _append(connection, "strength_total", total_rows(kind, axes))
        _append(connection, "strength_reference", reference_rows(kind, axes))
    if "occupation" in found:
        there = presence(found["occupation"], axes)
        _append(connection, "relatedness", relatedness_rows(there, axes))
        _append(connection, "complexity", complexity_rows(found["occupation"], there, axes))
    if {"occupation", "industry"} <= set(found):
        _append(connection, "twin", twin_rows(found["industry"], found["occupation"], axes))
    _write_clusters(connection, clusters, axes)


def _write_clusters(
    connection: duckdb.DuckDBPyConnection, clusters: tuple[Cluster, ...], axes: Axes
) -> None:
    entries = [
        (one.id, place, one.name.de, one.name.en, one.claim.de, one.claim.en)
        for place, one in enumerate(clusters, start=1)
    ]
    connection.executemany("INSERT INTO cluster VALUES (?, ?, ?, ?, ?, ?)", entries)
    inside = [
        (one.id, field, code)
        for one in clusters
        for field in ("areas", "divisions", "occupations")
        for code in getattr(one, field)
    ]
    connection.executemany("INSERT INTO cluster_member VALUES (?, ?, ?)", inside)
    panel = read_panel(connection, axes.areas, VACANCIES, "vacancies", "occupation")
    if panel is not None:
        whole = summed(panel.grouped(members(clusters, "occupations")), axes.areas)
        there = whole.cells.known & axes.areas.vintage[:, None, None]
        area, code, year = there.nonzero()
        frame = pd.DataFrame(
            {
                "cluster": [whole.codes[place] for place in code],
                "area_id": [axes.areas.ids[place] for place in area],
                "year": year + whole.years.start,
                "vacancies": published(whole.cells)[there].round(4),
            }
        )
        _append(connection, "cluster_vacancy", frame)


def _append(connection: duckdb.DuckDBPyConnection, table: str, frame: pd.DataFrame) -> None:
    connection.append(table, frame, by_name=True)
