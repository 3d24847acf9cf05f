"""What pages may rely on when they ask the store."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from indicators.build import build
from indicators.errors import UnknownIndicatorError
from indicators.store import Store, open_store
from tests.indicator_world import World, registry_of

UNEMPLOYMENT = """
id: unemployment
formula: {kind: published, of: people}
inputs: {people: {sources: [{measure: rate}]}}
"""
GROWTH = """
id: growth
formula: {kind: growth, of: people, years: 5}
inputs: {people: {sources: [{}]}}
"""
REGIONAL = """
id: regional
levels: [region]
formula: {kind: published, of: people}
inputs: {people: {sources: [{breakdown: only=region}]}}
"""
# 13211-02-05-4, annual average 2025: unemployment rates of the five
RATES_2025 = {"14511": 9.5, "14521": 5.6, "14522": 5.8, "14523": 6.2}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    path = tmp_path / "release.duckdb"
    world = World(duckdb.connect(str(path)))
    world.figures(2025, {**RATES_2025, "16063": "secret"}, measure="rate")
    world.figures(2024, {"14511": 9.0}, measure="rate")
    for year in (2015, 2020):
        world.figure("14521", year, 100)
        world.figure("145", year, 500, breakdown="only=region")
    build(world.connection, registry_of(UNEMPLOYMENT, GROWTH, REGIONAL))
    world.connection.execute("""
        INSERT INTO publisher VALUES ('office', 'Amt', 'Office', 'https://example.org');
        INSERT INTO dataset VALUES ('people', 'office', 'T-1', 'Leute', 'People', 'dl', 'https://l',
            '© Amt', '', 'https://example.org/T-1', 'Jahr', 'year', '', '');
        INSERT INTO source_file VALUES
            (1, 'people', 'a.csv', '', '2026-01-01', '2016', '', 1, 2012, 2016, 1, 'used', '', ''),
            (2, 'people', 'b.csv', '', '2026-01-01', '2020', '', 1, 2020, 2020, 1, 'used', '', ''),
            (3, 'people', 'c.csv', '', '2026-01-01', '2025', '', 1, 2024, 2025, 1, 'used', '', ''),
            (4, 'people', 'd.csv', '', '2026-01-01', '2020', '', 1, 2020, 2020, 1, 'refused',
             'kaputt', 'broken');
        INSERT INTO release VALUES ('r1', '2026-11-24', 'aa', 'bb', '2022-12-31', 2025, 2);
    """)
    world.connection.close()
    opened = open_store(path)
    yield opened
    opened.close()


def test_a_store_without_a_release_says_how_to_build_one(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="python -m etl build"):
        open_store(tmp_path / "current")


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE t(i INTEGER)",
        "SELECT * FROM read_csv('/etc/hostname')",
        "COPY release TO '/tmp/out.csv'",
        "INSTALL httpfs",
        "SET memory_limit = '2GB'",
    ],
)
def test_a_store_can_neither_write_nor_reach_outside(store: Store, statement: str) -> None:
    with pytest.raises(duckdb.Error):
        store._connection.cursor().execute(statement)


def test_a_cross_section_has_every_district_and_says_what_is_missing(store: Store) -> None:
    frame = store.cross_section("unemployment", 2025, "country").set_index("area_id")
    assert list(frame.index) == ["14511", "14521", "14522", "14523", "14524", "16063"]
    assert frame.loc["14511", ["value", "mark", "rank", "n"]].tolist() == [9.5, "value", 1, 4]
    assert frame.loc["16063", "mark"] == "secret"
    assert frame.loc["14524", ["mark", "qualifier"]].tolist() == ["missing", ""]


def test_an_extent_narrows_the_districts_but_not_their_ranks(store: Store) -> None:
    region = store.cross_section("unemployment", 2025, "region")
    land = store.cross_section("unemployment", 2025, "land")
    assert len(region) == len(land) == 5
    assert region["n"].max() == 4


def test_years_are_those_with_a_district_figure(store: Store) -> None:
    assert store.years("unemployment") == [2024, 2025]
    assert store.years("growth") == [2020]


def test_years_of_a_regional_indicator_are_those_of_the_region(store: Store) -> None:
    assert store.years("regional") == [2015, 2020]


def test_a_series_comes_in_order_of_area_and_year(store: Store) -> None:
    frame = store.series("unemployment", ["14511", "14521"])
    assert frame[["area_id", "year", "value"]].values.tolist() == [
        ["14511", 2024, 9.0],
        ["14511", 2025, 9.5],
        ["14521", 2025, 5.6],
    ]


def test_sources_are_the_files_of_the_year_asked_for(store: Store) -> None:
    assert store.sources("unemployment", 2025)["vintage"].tolist() == ["2025"]
    assert store.sources("unemployment").iloc[0]["table_code"] == "T-1"


def test_sources_of_a_growth_name_both_years_and_no_refused_file(store: Store) -> None:
    assert store.sources("growth", 2020)["vintage"].tolist() == ["2016", "2020"]


def test_areas_are_those_of_the_boundary_vintage(store: Store) -> None:
    assert "16056" not in set(store.areas()["area_id"])
    assert store.areas("region")["area_id"].tolist() == ["145"]
    assert len(store.areas(within="region")) == 5


def test_indicators_come_in_registry_order_with_both_languages(store: Store) -> None:
    assert [indicator.id for indicator in store.indicators()] == [
        "unemployment",
        "growth",
        "regional",
    ]
    assert store.indicator("growth").name.get("en") == "A text"


def test_an_unknown_indicator_is_answered_with_the_known_ones(store: Store) -> None:
    with pytest.raises(UnknownIndicatorError, match=r"'gdp'.*unemployment, growth"):
        store.indicator("gdp")


def test_the_newest_figures_come_first(store: Store) -> None:
    assert store.latest(2).values.tolist() == [["unemployment", 2025], ["growth", 2020]]


def test_a_release_names_itself(store: Store) -> None:
    release = store.release()
    assert (release.id, release.boundaries, release.newest_year) == ("r1", "2022-12-31", 2025)


def test_files_tables_and_checks_are_at_hand(store: Store) -> None:
    assert len(store.files()) == 4
    assert store.datasets()["publisher_name_en"].tolist() == ["Office"]
    assert store.checks().empty
    assert [theme.id for theme in store.themes()] == ["labour"]
    assert store.lineage("growth")["input"].tolist() == ["people", "people@-5"]
