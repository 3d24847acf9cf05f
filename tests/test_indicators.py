"""What the indicators promise: marks, qualifiers, alternatives, ranks, lineage."""

from __future__ import annotations

import pytest

from indicators.build import build
from indicators.errors import RegistryError
from tests.indicator_world import FIVE, GROWTH, PUBLISHED, RATE, SHARE, World, cell, registry_of


@pytest.fixture
def world() -> World:
    return World()


def test_a_share_is_the_part_of_the_whole(world: World) -> None:
    # 13111-07-05-4, 30.06.2020: 36053 of 113461 employees in the Erzgebirgskreis in WZ C
    world.figure("14521", 2020, 113461)
    world.figure("14521", 2020, 36053, breakdown="sex=female")
    build(world.connection, registry_of(SHARE))
    assert cell(world, "14521", 2020)["value"] == pytest.approx(31.7757, abs=1e-4)


@pytest.mark.parametrize("mark", ["secret", "missing", "not_yet", "not_applicable", "dissolved"])
def test_a_figure_without_a_value_never_becomes_zero(world: World, mark: str) -> None:
    world.figures(2020, {"14521": 100, "14522": 100})
    world.figures(2020, {"14521": mark, "14522": 50}, breakdown="sex=female")
    build(world.connection, registry_of(SHARE))
    row = cell(world, "14521", 2020)
    assert (row["value"], row["mark"], row["rank"]) == (None, mark, None)


def test_a_true_zero_stays_a_true_zero(world: World) -> None:
    world.figure("14521", 2020, 100)
    world.figure("14521", 2020, 0, breakdown="sex=female")
    build(world.connection, registry_of(SHARE))
    assert (cell(world, "14521", 2020)["value"], cell(world, "14521", 2020)["mark"]) == (0, "zero")


def test_a_zero_denominator_is_not_applicable(world: World) -> None:
    world.figures(2020, {"14521": 0, "14522": 10})
    world.figures(2020, {"14521": 0, "14522": 5}, breakdown="sex=female")
    build(world.connection, registry_of(SHARE))
    assert cell(world, "14521", 2020)["mark"] == "not_applicable"


def test_the_reason_that_is_hardest_to_lift_wins(world: World) -> None:
    world.figures(2020, {"14521": "secret", "14522": 10})
    world.figures(2020, {"14521": "missing", "14522": 5}, breakdown="sex=female")
    build(world.connection, registry_of(SHARE))
    assert cell(world, "14521", 2020)["mark"] == "missing"


def test_an_unreliable_figure_keeps_value_and_mark(world: World) -> None:
    world.figure("14521", 2020, 100)
    world.figure("14521", 2020, 40, breakdown="sex=female", mark="unreliable")
    build(world.connection, registry_of(SHARE))
    assert (cell(world, "14521", 2020)["value"], cell(world, "14521", 2020)["mark"]) == (
        40,
        "unreliable",
    )


def test_a_qualifier_of_an_input_stays_with_the_result(world: World) -> None:
    world.figure("14521", 2020, 100, qualifier="provisional")
    world.figure("14521", 2020, 40, breakdown="sex=female", qualifier="estimated")
    build(world.connection, registry_of(SHARE))
    assert cell(world, "14521", 2020)["qualifier"] == "provisional"


def test_growth_compares_with_five_years_before(world: World) -> None:
    world.figure("14521", 2015, 200)
    world.figure("14521", 2020, 210)
    build(world.connection, registry_of(GROWTH))
    assert cell(world, "14521", 2020)["value"] == pytest.approx(5.0)
    assert cell(world, "14521", 2015) == {}


def test_growth_from_zero_is_not_applicable(world: World) -> None:
    world.figures(2015, {"14521": 0, "14522": 1})
    world.figures(2020, {"14521": 10, "14522": 1})
    build(world.connection, registry_of(GROWTH))
    assert cell(world, "14521", 2020)["mark"] == "not_applicable"


def test_a_break_within_the_span_marks_the_growth_and_one_at_its_start_does_not(
    world: World,
) -> None:
    for year in range(2010, 2018):
        world.figure("14521", year, 100, qualifier="break" if year == 2011 else "")
    build(world.connection, registry_of(GROWTH))
    assert cell(world, "14521", 2015)["qualifier"] == "break"
    assert cell(world, "14521", 2016)["qualifier"] == ""


def test_a_declared_break_marks_the_first_year_with_figures_since(world: World) -> None:
    for year in (2010, 2012):
        world.figure("14521", year, 100)
    entry = PUBLISHED.replace("[{}]", "[{breaks: [2011]}]")
    build(world.connection, registry_of(entry))
    assert [cell(world, "14521", year)["qualifier"] for year in (2010, 2012)] == ["", "break"]


def test_the_first_source_with_a_figure_wins_per_area_and_year(world: World) -> None:
    world.measure("other", "employees", additive=True)
    world.figures(2020, {"14521": 1, "14522": "missing", "14523": "missing"})
    world.figures(2020, {"14521": 9, "14522": 9}, dataset="other")
    build(world.connection, registry_of(PUBLISHED.replace("[{}]", "[{}, {dataset: other}]")))
    assert cell(world, "14521", 2020)["value"] == 1
    assert cell(world, "14522", 2020)["value"] == 9
    assert cell(world, "14523", 2020)["mark"] == "missing"


def test_a_secret_figure_is_not_replaced_from_another_table(world: World) -> None:
    world.measure("other", "employees", additive=True)
    world.figures(2020, {"14521": "secret", "14522": 1})
    world.figures(2020, {"14521": 9}, dataset="other")
    build(world.connection, registry_of(PUBLISHED.replace("[{}]", "[{}, {dataset: other}]")))
    assert (cell(world, "14521", 2020)["value"], cell(world, "14521", 2020)["mark"]) == (
        None,
        "secret",
    )


def test_a_share_never_divides_figures_of_two_tables(world: World) -> None:
    world.measure("other", "employees", additive=True)
    world.figure("14521", 2020, 100)
    world.figure("14521", 2020, "missing", breakdown="sex=female")
    world.figure("14521", 2020, 400, dataset="other")
    world.figure("14521", 2020, 100, breakdown="sex=female", dataset="other")
    entry = SHARE.replace(
        "[{breakdown: sex=female}]",
        "[{breakdown: sex=female}, {dataset: other, breakdown: sex=female}]",
    ).replace("[{}]", "[{}, {dataset: other}]")
    build(world.connection, registry_of(entry))
    assert cell(world, "14521", 2020)["value"] == 25


def test_a_source_may_be_narrowed_to_levels(world: World) -> None:
    world.figures(2020, {"14521": 1, "14": 2})
    build(world.connection, registry_of(PUBLISHED.replace("[{}]", "[{levels: [kreis]}]")))
    assert cell(world, "14521", 2020)["value"] == 1
    assert cell(world, "14", 2020) == {}


def test_a_source_may_be_narrowed_to_later_years(world: World) -> None:
    world.figure("14521", 2019, 1)
    world.figure("14521", 2020, 2)
    build(world.connection, registry_of(PUBLISHED.replace("[{}]", "[{since: 2020}]")))
    assert cell(world, "14521", 2019) == {}
    assert cell(world, "14521", 2020)["value"] == 2


def test_a_figure_of_the_next_first_of_january_can_stand_for_the_end_of_the_year(
    world: World,
) -> None:
    world.figure("14521", 2021, 7)
    world.figure("14521", 2020, 5, breakdown="x=y")
    build(world.connection, registry_of(PUBLISHED.replace("[{}]", "[{year_shift: 1}]")))
    assert cell(world, "14521", 2020)["value"] == 7


def test_a_secret_part_makes_the_sum_over_occupations_secret(world: World) -> None:
    world.figures(2020, {"14521": 3, "14522": 4}, occupation="221")
    world.figures(2020, {"14521": "secret", "14522": 5}, occupation="222")
    build(world.connection, registry_of(PUBLISHED.replace("[{}]", '[{occupation: "*"}]')))
    assert (cell(world, "14521", 2020)["value"], cell(world, "14521", 2020)["mark"]) == (
        None,
        "secret",
    )
    assert cell(world, "14522", 2020)["value"] == 9


def test_a_part_without_a_row_makes_the_sum_missing(world: World) -> None:
    world.figure("14521", 2020, 3, occupation="221")
    world.figures(2020, {"14521": 1, "14522": 5}, occupation="222")
    build(world.connection, registry_of(PUBLISHED.replace("[{}]", '[{occupation: "*"}]')))
    assert cell(world, "14521", 2020)["value"] == 4
    assert cell(world, "14522", 2020)["mark"] == "missing"


def test_ranks_count_districts_only_and_ties_share_the_lowest_number(world: World) -> None:
    values: dict[str, float | str] = dict(zip(FIVE, (5.0, 9.0, 5.0, "missing", 1.0), strict=True))
    world.figures(2020, {**values, "16056": 99.0, "14": 50.0}, measure="rate")
    build(world.connection, registry_of(RATE))
    ranks = [cell(world, area, 2020)["rank"] for area in FIVE]
    assert ranks == [2, 1, 2, None, 4]
    row = cell(world, "14511", 2020)
    assert (row["rank_low"], row["rank_high"], row["n"]) == (2, 2, 4)
    assert (cell(world, "14", 2020)["rank"], cell(world, "14", 2020)["n"]) == (None, None)


def test_a_measure_that_the_warehouse_does_not_have_is_named(world: World) -> None:
    world.figure("14521", 2020, 1)
    with pytest.raises(RegistryError, match="no measure 'wages' in dataset 'people'"):
        build(world.connection, registry_of(RATE.replace("rate", "wages")))


def test_a_code_that_fits_no_row_is_named(world: World) -> None:
    world.figure("14521", 2020, 1)
    with pytest.raises(RegistryError, match="sex=femal"):
        build(world.connection, registry_of(SHARE.replace("female", "femal")))


def test_two_rows_for_one_figure_are_refused(world: World) -> None:
    world.figure("14521", 2020, 1)
    world.figure("14521", 2020, 2)
    with pytest.raises(RegistryError, match="area 14521 in 2020"):
        build(world.connection, registry_of(PUBLISHED))


def test_lineage_names_table_codes_and_years_of_the_figures_used(world: World) -> None:
    for year in (2015, 2016, 2020, 2021):
        world.figure("14521", year, 100)
    build(world.connection, registry_of(GROWTH))
    rows = world.connection.execute(
        "SELECT input, position, dataset, measure, year_from, year_to FROM lineage ORDER BY input"
    ).fetchall()
    assert rows == [
        ("people", 1, "people", "employees", 2020, 2021),
        ("people@-5", 1, "people", "employees", 2015, 2016),
    ]


def test_lineage_leaves_out_the_years_in_which_another_table_served(world: World) -> None:
    world.measure("other", "employees", additive=True)
    for year in (2018, 2019, 2021):
        world.figure("14521", year, 1)
    world.figure("14521", 2020, 1, dataset="other")
    build(world.connection, registry_of(PUBLISHED.replace("[{}]", "[{}, {dataset: other}]")))
    rows = world.connection.execute(
        "SELECT dataset, year_from, year_to FROM lineage ORDER BY ALL"
    ).fetchall()
    assert rows == [("other", 2020, 2020), ("people", 2018, 2019), ("people", 2021, 2021)]


def test_building_twice_gives_the_same_tables(world: World) -> None:
    world.figures(2020, {"14521": 2, "14522": 1})
    tables = []
    for _ in range(2):
        build(world.connection, registry_of(PUBLISHED))
        tables.append(world.connection.execute("SELECT * FROM indicator_value").fetchall())
    assert tables[0] == tables[1]
