"""Strengths in the built release: the figures that the product speaks of."""

from __future__ import annotations

from pathlib import Path

import duckdb
import numpy as np
import pytest

from indicators.formulas.protection import wide_enough
from indicators.strengths_store import DATASETS, Strengths
from tests.conftest import connect
from tests.indicator_world import FIVE


@pytest.fixture(scope="module")
def warehouse(release: Path) -> duckdb.DuckDBPyConnection:
    return connect(release)


@pytest.fixture(scope="module")
def reader(warehouse: duckdb.DuckDBPyConnection) -> Strengths:
    return Strengths(warehouse)


def test_musical_instrument_makers_stand_out_in_the_vogtland(reader: Strengths) -> None:
    # BA special tabulation 408036, workplace, 30.06.2025: 508 in 14523, next are Hamburg (299) and
    # Görlitz (167). 325 of 400 districts are published, 75 are secret.
    frame = reader.map_values("occupation", "936", 2025)
    assert len(frame) == 400
    ours = frame.set_index("area_id").loc["14523"]
    assert ours["persons"] == 508
    assert ours["lq"] == pytest.approx(71.9, abs=0.05)
    assert ours["rank"] == 1
    assert ours["persons"] == frame["persons"].max()
    assert ours["stars"] == 3
    assert not ours["few"]
    assert (frame["mark"] == "secret").sum() == 75
    # What is secret cannot be ruled out, and the interval of ranks says so.
    assert (ours["rank_low"], ours["rank_high"], ours["n"]) == (1, 76, 400)


def test_the_region_is_first_of_its_size_in_cars_where_the_table_says_so(reader: Strengths) -> None:
    # Table 42111-02-03-4, 30.09.2015: 15,475 persons in WZ 29 in 14524.
    ours = reader.map_values("division", "29", 2015).set_index("area_id").loc["14524"]
    assert ours["persons"] == 15475
    assert ours["lq"] == pytest.approx(4.76, abs=0.005)
    assert ours["rank_low"] > 1, "Wolfsburg is secret, and surely above"


def test_stored_intervals_are_as_wide_as_the_rule_demands(
    warehouse: duckdb.DuckDBPyConnection,
) -> None:
    rows = warehouse.execute(
        """SELECT s.lower, s.upper, s.persons, s.lq, s.kind FROM strength s JOIN area a
        USING (area_id) WHERE s.mark = 'secret' AND a.level = 'kreis'"""
    ).df()
    assert len(rows) > 30000
    assert rows["persons"].isna().all()
    assert rows["lq"].isna().all()
    cells = rows["kind"].isin(["occupation", "industry", "division"])
    single = rows[cells].dropna(subset=["upper"])
    assert (single["upper"] - single["lower"] >= 10).all()
    whole = single[single["lower"] % 10 == 0]
    assert len(whole) > 0.95 * len(single), "others have a published part of a merged district"
    assert wide_enough(whole["lower"].to_numpy(), whole["upper"].to_numpy()).all()


def test_all_400_districts_have_rows_in_every_year_of_a_kind(
    warehouse: duckdb.DuckDBPyConnection,
) -> None:
    counts = warehouse.execute(
        """SELECT DISTINCT kind, count(DISTINCT area_id) AS districts FROM strength
        JOIN area USING (area_id) WHERE level = 'kreis' AND kind <> 'activity'
        GROUP BY kind, code, year"""
    ).fetchall()
    assert {districts for _, districts in counts} == {400}


def test_complexity_orders_cities_of_knowledge_first_and_keeps_its_sign(
    warehouse: duckdb.DuckDBPyConnection,
) -> None:
    frame = warehouse.execute(
        "SELECT area_id, year, eci, eci_low, eci_high FROM complexity WHERE eci IS NOT NULL"
    ).df()
    wide = frame.pivot(index="area_id", columns="year", values="eci")
    assert wide.shape == (400, 13)
    between = np.corrcoef(wide.to_numpy().T)
    assert between.min() > 0.9
    assert {"06412", "09162", "05111"} <= set(wide[2025].nlargest(10).index)
    assert (frame["eci_low"] <= frame["eci_high"]).all()


def test_each_of_the_five_has_fifteen_close_occupations_and_ten_twins(reader: Strengths) -> None:
    for area in FIVE:
        close = reader.closest(area)
        assert len(close) >= 15
        assert (close["lq"] < 1).all() or close["mark"].eq("secret").any()
        twins = reader.twins(area)
        assert twins["position"].tolist() == list(range(1, 11))
        assert twins["distance"].is_monotonic_increasing
        assert area not in set(twins["twin_id"])
        assert all(reason.name.de and reason.name.en for row in twins["likeness"] for reason in row)


def test_every_kind_names_its_official_tables(reader: Strengths) -> None:
    for kind, datasets in DATASETS.items():
        year = reader.years(kind)[-1]  # type: ignore[arg-type]
        found = reader.sources(kind, year)  # type: ignore[arg-type]
        assert found["dataset"].drop_duplicates().tolist() == list(datasets)
        assert (found["attribution"].str.len() > 0).all()


def test_every_benchmark_serves_every_kind(reader: Strengths) -> None:
    years = {"industry": 2020, "division": 2015, "occupation": 2025, "activity": 2021,
             "cluster_occupation": 2025, "cluster_division": 2015}  # fmt: skip
    for kind, year in years.items():
        for name in ("country", "land", "east", "twins"):
            areas = reader.benchmark_areas(name, "14523")  # type: ignore[arg-type]
            found = reader.against(kind, year, ["14523"], areas)  # type: ignore[arg-type]
            assert found["lq"].notna().any(), (kind, name)
