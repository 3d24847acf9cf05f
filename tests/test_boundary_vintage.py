"""What becomes of districts that changed, and of areas that no table has."""

from __future__ import annotations

import pytest

from indicators.build import build
from tests.indicator_world import FIVE, PUBLISHED, RATE, World, cell, registry_of


@pytest.fixture
def world() -> World:
    return World()


def test_an_absorbed_district_known_in_part_leaves_its_successor_missing(world: World) -> None:
    parts: dict[str, float | str] = {"221": 5, "222": "dissolved"}
    for occupation, mark in parts.items():
        world.figures(2020, {"16056": mark, "16063": 10, "14521": 1}, occupation=occupation)
    build(world.connection, registry_of(PUBLISHED.replace("[{}]", '[{occupation: "*"}]')))
    assert (cell(world, "16063", 2020)["value"], cell(world, "16063", 2020)["mark"]) == (
        None,
        "missing",
    )


def test_a_district_with_a_figure_is_not_dissolved(world: World) -> None:
    parts: dict[str, float | str] = {"221": 5, "222": "dissolved"}
    for occupation, mark in parts.items():
        world.figures(2020, {"14521": mark, "14522": 1}, occupation=occupation)
    build(world.connection, registry_of(PUBLISHED.replace("[{}]", '[{occupation: "*"}]')))
    assert cell(world, "14521", 2020)["mark"] == "missing"


def test_an_absorbed_district_is_added_to_its_successor(world: World) -> None:
    # 13111-01-03-4, 30.06.2012: Eisenach 23466, Wartburgkreis 40570
    world.figures(2012, {"16056": 23466, "16063": 40570})
    world.figures(2022, {"16056": "dissolved", "16063": 60000})
    build(world.connection, registry_of(PUBLISHED))
    assert cell(world, "16063", 2012)["value"] == 64036
    assert cell(world, "16063", 2022)["value"] == 60000
    assert cell(world, "16056", 2012) == {}


def test_a_secret_absorbed_district_makes_the_successor_secret(world: World) -> None:
    world.figures(2012, {"16056": "secret", "16063": 40570, "14521": 1})
    build(world.connection, registry_of(PUBLISHED))
    assert (cell(world, "16063", 2012)["value"], cell(world, "16063", 2012)["mark"]) == (
        None,
        "secret",
    )


def test_a_rate_of_an_absorbed_district_marks_a_break(world: World) -> None:
    for year in (2019, 2020):
        world.figures(year, {"16056": 6.0, "16063": 4.0}, measure="rate")
    for year in (2021, 2022):
        world.figures(year, {"16056": "dissolved", "16063": 4.0}, measure="rate")
    build(world.connection, registry_of(RATE))
    assert [cell(world, "16063", year)["qualifier"] for year in (2019, 2020, 2021, 2022)] == [
        "break",
        "break",
        "break",
        "",
    ]


def test_districts_merged_into_a_new_one_are_summed(world: World) -> None:
    world.figures(2001, {"14524": "dissolved", "14173": 30, "14193": 12})
    build(world.connection, registry_of(PUBLISHED))
    assert cell(world, "14524", 2001)["value"] == 42


def test_districts_merged_are_not_summed_where_the_publisher_did_it(world: World) -> None:
    # 52311-01-04-4, 1998: old and new districts both stand in the table
    world.figures(1998, {"14524": 50, "14173": 30, "14193": 12})
    build(world.connection, registry_of(PUBLISHED))
    assert cell(world, "14524", 1998)["value"] == 50


def test_districts_merged_are_not_summed_if_one_is_missing(world: World) -> None:
    world.figures(2001, {"14524": "dissolved", "14173": 30, "14193": "missing", "14521": 1})
    build(world.connection, registry_of(PUBLISHED))
    assert (cell(world, "14524", 2001)["value"], cell(world, "14524", 2001)["mark"]) == (
        None,
        "dissolved",
    )


def test_rates_of_merged_districts_are_not_added(world: World) -> None:
    world.figures(
        2001, {"14524": "dissolved", "14173": 9.0, "14193": 8.0, "14521": 5.0}, measure="rate"
    )
    build(world.connection, registry_of(RATE))
    assert cell(world, "14524", 2001)["mark"] == "dissolved"


def test_a_published_region_is_kept_and_a_missing_one_is_summed(world: World) -> None:
    world.figures(2019, {**dict.fromkeys(FIVE, 10), "145": 51})
    world.figures(2020, dict.fromkeys(FIVE, 10))
    build(world.connection, registry_of(PUBLISHED))
    assert cell(world, "145", 2019)["value"] == 51
    assert cell(world, "145", 2020)["value"] == 50


def test_a_sum_of_districts_with_a_secret_one_is_secret(world: World) -> None:
    world.figures(2020, {**dict.fromkeys(FIVE, 10), "14521": "secret"})
    build(world.connection, registry_of(PUBLISHED))
    assert (cell(world, "145", 2020)["value"], cell(world, "145", 2020)["mark"]) == (None, "secret")


def test_a_secret_region_is_not_summed_from_its_districts(world: World) -> None:
    world.figures(2020, {**dict.fromkeys(FIVE, 10), "145": "secret"})
    build(world.connection, registry_of(PUBLISHED))
    assert cell(world, "145", 2020)["mark"] == "secret"


def test_a_rate_of_the_region_is_never_summed(world: World) -> None:
    world.figures(2020, dict.fromkeys(FIVE, 5.0), measure="rate")
    build(world.connection, registry_of(RATE))
    assert cell(world, "145", 2020) == {}


def test_a_land_of_one_district_and_that_district_stand_for_each_other(world: World) -> None:
    world.figures(2020, {"16": 7.0, "14521": 5.0}, measure="rate")
    world.figures(2021, {"16": 7.0, "14521": "not_yet"}, measure="rate")
    build(world.connection, registry_of(RATE))
    assert cell(world, "16063", 2020)["value"] == 7.0
    assert cell(world, "16063", 2021) == {}
