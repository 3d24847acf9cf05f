"""What a self-built group promises: sums, never means; nothing twice; secret stays secret."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import combinations
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.build import build
from indicators.errors import OverlapError, UnknownAreaError, UnknownIndicatorError
from indicators.formulas.protection import protect, wide_enough
from indicators.groups import Groups, open_groups
from indicators.registry import load_registry
from indicators.store import Store, open_store
from tests.indicator_world import FIVE, GROWTH, PUBLISHED, RATE, SHARE, World, registry_of

INDICATORS = [indicator.id for _, _, indicator in load_registry().entries()]
LARGER = ("145", "14", "09", "DG")
# Figures of the region that differ from the sum of its districts because the publisher rounds each
# row by itself: hundreds of persons (13312), thousand euros (42111, 42231, 82111), MWh (43531),
# annual averages in persons (13211). 46251 has 26 cars in 2006 that no district has.
ROUNDED = {
    "persons_employed_growth",
    "manufacturing_share_of_persons_employed",
    "manufacturing_share_change",
    "manufacturing_share_of_value_added",
    "gross_pay_per_industrial_employee",
    "foreign_turnover_share",
    "turnover_per_industrial_employee",
    "investment_per_industrial_employee",
    "energy_use_per_industrial_employee",
    "unemployed",
    "long_term_share_of_unemployed",
    "vacancies_per_100_unemployed",
    "cars_per_1000",
}


@pytest.fixture(scope="module")
def groups(release: Path) -> Iterator[Groups]:
    reader = open_groups(release)
    yield reader
    reader.close()


@pytest.fixture(scope="module")
def store(release: Path) -> Iterator[Store]:
    reader = open_store(release)
    yield reader
    reader.close()


def members(store: Store, area: str) -> list[str]:
    districts = store.areas()
    inside = {
        "DG": districts["area_id"] != "",
        "145": districts["in_region"],
    }.get(area, districts["parent"] == area)
    return list(districts.loc[inside, "area_id"])


def beside(store: Store, indicator: str, area: str, group: pd.DataFrame) -> pd.DataFrame:
    """Return the published figures of an area with those of a group in columns `…_group`."""
    published = store.series(indicator, [area])
    return published.merge(group, on="year", how="left", suffixes=("", "_group"))


@pytest.mark.parametrize("indicator", INDICATORS)
@pytest.mark.parametrize("area", LARGER)
def test_a_group_that_is_a_published_area_has_its_figures(
    store: Store, groups: Groups, indicator: str, area: str
) -> None:
    both = beside(store, indicator, area, groups.series(indicator, members(store, area)))
    there = both[both["value"].notna() | both["lower"].notna()]
    for name in ("value", "lower", "upper", "mark", "qualifier"):
        pd.testing.assert_series_equal(
            there[name], there[f"{name}_group"], check_names=False, check_dtype=False
        )


@pytest.mark.parametrize("indicator", INDICATORS)
def test_the_sum_of_the_five_is_the_published_region(
    store: Store, groups: Groups, indicator: str
) -> None:
    both = beside(store, indicator, "145", groups.series(indicator, FIVE, published=False))
    known = both[both["value"].notna() & both["value_group"].notna()]
    apart = (known["value"] - known["value_group"]).abs()
    shown = 0.5 * 10.0 ** -store.indicator(indicator).decimals
    tolerance = (1.0 if indicator == "unemployed" else shown) if indicator in ROUNDED else 0.0
    if indicator.startswith("structural_change"):
        # Persons employed are rounded to 100; a group leaves out what is secret in a part.
        tolerance = 0.15 * known["value"].abs()
    assert (apart <= np.maximum(tolerance, 1e-9 * known["value"].abs())).all()
    hidden = both[both["lower"].notna() & both["lower_group"].notna()]
    assert (hidden["lower_group"] <= hidden["lower"] + 1e-9).all()
    assert (hidden["upper_group"] >= hidden["upper"] - 1e-9).all()


def test_most_indicators_can_be_compared_with_the_region(store: Store, groups: Groups) -> None:
    pairs = {
        name: beside(store, name, "145", groups.series(name, FIVE, published=False))
        for name in INDICATORS
    }
    counts = [
        (both["value"].notna() & both["value_group"].notna()).sum() for both in pairs.values()
    ]
    assert sum(count > 0 for count in counts) >= 47
    assert sum(counts) >= 529


def test_a_rate_comes_from_sums_and_is_no_mean_of_rates(groups: Groups) -> None:
    # 13111-07-05-4, 30.06.2020: 36053 of 113461 and 36420 of 123543 employees in WZ C
    frame = groups.series("manufacturing_share_of_employees", ["14521", "14524"])
    value = frame.set_index("year").loc[2020, "value"]
    assert value == pytest.approx(100 * (36053 + 36420) / (113461 + 123543), abs=1e-9)
    assert abs(value - 100 * (36053 / 113461 + 36420 / 123543) / 2) > 0.01


def test_a_group_adds_districts_and_laender(store: Store, groups: Groups) -> None:
    figures = store.series("employees", ["16", "14521"])
    expected = figures.groupby("year")["value"].sum(min_count=2).dropna()
    group = groups.series("employees", ["14521", "16"]).set_index("year")["value"].dropna()
    pd.testing.assert_series_equal(group, expected, check_dtype=False, check_index_type=False)


@pytest.mark.parametrize(
    ("areas", "named"),
    [
        (["14521", "14"], ("14521", "14")),
        (["145", "14524"], ("145", "14524")),
        (["14", "145"], ("14", "145")),
        (["DG", "09162"], ("DG", "09162")),
        (["11", "11000"], ("11", "11000")),
        (["14521", "14522", "14521"], ("14521", "14521")),
    ],
)
def test_no_district_is_counted_twice(
    groups: Groups, areas: list[str], named: tuple[str, str]
) -> None:
    assert groups.overlap(areas) == named
    with pytest.raises(OverlapError, match=f"{named[0]} and {named[1]} have a district in common"):
        groups.series("employees", areas)


def test_what_cannot_be_a_group_is_refused(groups: Groups) -> None:
    for unknown in ("14000", "141", "16056", "", "'; --"):
        with pytest.raises(UnknownAreaError, match="There is no area"):
            groups.series("employees", ["14521", unknown])
    with pytest.raises(ValueError, match="at least one area"):
        groups.series("employees", [])
    with pytest.raises(UnknownIndicatorError):
        groups.series("no_such_thing", ["14521"])


def test_a_group_knows_which_published_area_it_is(store: Store, groups: Groups) -> None:
    assert groups.same_as(FIVE) == "145"
    assert groups.same_as(members(store, "DG")) == "DG"
    assert groups.same_as(["14511"]) == "14511"
    assert groups.same_as(["14511", "14521"]) is None


def test_what_cannot_be_added_up_is_not_applicable_and_says_why(groups: Groups) -> None:
    frame = groups.series("median_pay", ["14511", "14521"])
    assert set(frame["mark"]) == {"not_applicable"}
    assert frame[["value", "lower", "upper"]].isna().all(axis=None)
    why = groups.why_not("median_pay")
    assert why is not None
    assert why.always
    assert [quantity.en for quantity in why.quantities] == ["Median gross monthly pay"]
    assert groups.why_not("manufacturing_share_of_employees") is None


def test_the_way_of_computing_that_can_be_added_up_is_used(groups: Groups) -> None:
    # 13111-09-01-4 has the balance in persons up to 2015; INKAR has rates of districts since.
    frame = groups.series("commuter_balance_per_100", ["14511", "14521"]).set_index("year")
    assert set(frame.loc[:2015, "mark"]) == {"value"}
    assert set(frame.loc[2016:, "mark"]) == {"not_applicable"}
    why = groups.why_not("commuter_balance_per_100")
    assert why is not None
    assert not why.always


def test_a_level_that_the_registry_leaves_out_has_no_figure(store: Store, groups: Groups) -> None:
    # Germany: commuters to other countries are not recorded, so that its balance would mislead.
    assert groups.series("commuter_balance_per_100", ["DG"]).empty
    for parts in (members(store, "DG"), list(store.areas("land")["area_id"])):
        frame = groups.series("commuter_balance_per_100", parts)
        assert set(frame["mark"]) == {"not_applicable"}


def test_commuters_between_members_are_not_counted_as_coming_from_outside(groups: Groups) -> None:
    assert set(groups.series("in_commuter_rate", ["14511", "14521"])["mark"]) == {"not_applicable"}


def world_groups(world: World, entry: str) -> Groups:
    registry = registry_of(entry)
    build(world.connection, registry)
    return Groups(world.connection, registry)


def test_a_secret_part_makes_a_secret_sum_without_a_value() -> None:
    world = World()
    world.figures(2020, {"14521": "secret", "14522": 100, "14523": 50})
    row = world_groups(world, PUBLISHED).series("share", ["14521", "14522"]).iloc[0]
    assert row["mark"] == "secret"
    assert np.isnan([row["value"], row["lower"], row["upper"]]).all()


def test_a_missing_part_makes_a_missing_sum() -> None:
    world = World()
    world.figures(2020, {"14521": 100, "14523": "dissolved", "14522": 10})
    groups = world_groups(world, PUBLISHED)
    for absent in ("14511", "14523"):  # no row at all; a row that says dissolved
        assert groups.series("share", ["14521", absent])["mark"].tolist() == ["missing"]


def test_a_sum_of_true_zeros_is_a_true_zero() -> None:
    world = World()
    world.figures(2020, {"14521": 0, "14522": 0, "14523": 5})
    groups = world_groups(world, PUBLISHED)
    assert groups.series("share", ["14521", "14522"])["mark"].tolist() == ["zero"]


def test_growth_of_a_group_is_growth_of_its_sum() -> None:
    world = World()
    world.figures(2015, {"14521": 100, "14522": 10})
    world.figures(2020, {"14521": 100, "14522": 20}, qualifier="provisional")
    row = world_groups(world, GROWTH).series("share", ["14521", "14522"]).iloc[0]
    assert row["value"] == pytest.approx((120 / 110 - 1) * 100)
    assert row["qualifier"] == "provisional"


def test_a_larger_area_lends_its_figure_where_a_part_is_secret() -> None:
    world = World()
    world.figures(2020, {"14521": "secret", **dict.fromkeys(FIVE[:1] + FIVE[2:], 10)})
    world.figures(2020, {"145": 70, "16063": 5})
    groups = world_groups(world, PUBLISHED)
    assert groups.series("share", [*FIVE, "16063"])["value"].tolist() == [75]
    assert groups.series("share", [*FIVE, "16063"], published=False)["mark"].tolist() == ["secret"]


def test_a_rate_published_for_one_area_serves_a_group_of_that_area_alone() -> None:
    world = World()
    world.figures(2020, {"14521": 5.5, "14522": 6.5}, measure="rate")
    groups = world_groups(world, RATE)
    assert groups.series("share", ["14521"])["value"].tolist() == [5.5]
    assert groups.series("share", ["14521", "14522"])["mark"].tolist() == ["not_applicable"]


def test_a_share_of_a_group_never_divides_figures_of_two_tables() -> None:
    world = World()
    world.figures(2020, {"14521": 100, "14522": 100})
    world.figures(2020, {"14521": 40}, breakdown="sex=female")
    assert (
        world_groups(world, SHARE).series("share", ["14521", "14522"])["mark"].tolist()
        == ["missing"]
    )  # fmt: skip


@pytest.mark.parametrize("land", ["14", "16", "15"])
def test_an_interval_of_a_group_is_as_wide_as_the_rule_demands(
    store: Store, groups: Groups, land: str
) -> None:
    # 42111-02-03-4, 30.09.2015: cells of one division, which are protected as they stand
    found = 0
    for pair in combinations(members(store, land), 2):
        frame = groups.series("automotive_persons", pair)
        hidden = frame[frame["lower"].notna()]
        parts = store.series("automotive_persons", pair)
        base = parts["value"].sum()
        low, high = (hidden[end].to_numpy() - base for end in ("lower", "upper"))
        assert wide_enough(low, high).all()
        assert (low % 10 == 0).all() and (high % 10 == 0).all()
        found += len(hidden)
    assert found > 10


@given(st.lists(st.tuples(*[st.floats(0, 1e6)] * 2), min_size=2, max_size=12))
def test_a_sum_of_protected_intervals_needs_no_further_protection(
    bounds: list[tuple[float, float]],
) -> None:
    ends = np.sort(np.array(bounds), axis=1)
    low, high = (end.sum(keepdims=True) for end in protect(ends[:, 0], ends[:, 1]))
    assert wide_enough(low, high).all()
    assert np.array_equal(protect(low, high), (low, high))


def test_a_group_in_bounds_reaches_from_the_lower_to_the_upper_ends(
    store: Store, groups: Groups
) -> None:
    pair = ["14521", "03360"]
    parts = store.series("supplier_occupations_employees", pair)
    parts = parts.assign(
        low=parts["value"].fillna(parts["lower"]), high=parts["value"].fillna(parts["upper"])
    )
    ends = parts.groupby("year")[["low", "high"]].sum(min_count=2).dropna()
    frame = groups.series("supplier_occupations_employees", pair).set_index("year")
    hidden = frame[frame["lower"].notna()]
    assert len(hidden) > 5
    assert np.allclose(hidden[["lower", "upper"]], ends.loc[hidden.index])


def test_one_question_for_several_indicators(groups: Groups) -> None:
    names = ["employees", "unemployment_rate", "automotive_persons"]
    frame = groups.cross(names, ["14521", "14522"], 2020)
    assert frame["indicator"].tolist() == [
        "employees",
        "unemployment_rate",
    ]  # none of 2020 in the last
    assert frame["mark"].tolist() == ["value", "not_applicable"]


def test_threads_may_share_a_reader(groups: Groups) -> None:
    def ask(pair: tuple[str, ...]) -> pd.DataFrame:
        return groups.series("vacancies_per_100_unemployed", pair)

    pairs = list(combinations(FIVE, 2))
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(ask, pairs))
    for pair, frame in zip(pairs, together, strict=True):
        pd.testing.assert_frame_equal(frame, ask(pair))
