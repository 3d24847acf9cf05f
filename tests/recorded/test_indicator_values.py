"""Indicators of the built release against figures read in the official tables."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from indicators.model import Indicator
from indicators.registry import load_registry
from indicators.store import Store, open_store

FIVE = ["14511", "14521", "14522", "14523", "14524"]
REGION = "145"
# Annual averages are rounded per area, so a sum of five may differ by a few persons.
SUMS = {"employees": 0, "manufacturing_employees": 0, "population": 0, "unemployed": 3}
LEVEL_OF = {2: "land", 3: "region", 5: "kreis"}
INDICATORS = [indicator for _, _, indicator in load_registry().entries()]


@pytest.fixture(scope="module")
def store(release: Path) -> Iterator[Store]:
    opened = open_store(release)
    yield opened
    opened.close()


def values(store: Store, indicator: str, year: int) -> list[float]:
    frame = store.cross_section(indicator, year, "region").set_index("area_id")
    return frame.loc[FIVE, "value"].round(4).tolist()


@pytest.mark.parametrize(
    ("indicator", "year", "expected"),
    [
        # 13211-02-05-4, annual average 2025
        ("unemployment_rate", 2025, [9.5, 5.6, 5.8, 6.2, 6.1]),
        # 13111-07-05-4, 30.06.2020, WZ C
        ("manufacturing_employees", 2020, [16850, 36053, 28166, 22650, 36420]),
        # 13111-01-03-4, 30.06.2024
        ("employees", 2024, [117531, 110488, 104737, 79273, 124100]),
        # 12411-01-01-4, 31.12.2024
        ("population", 2024, [245618, 318394, 296431, 219100, 306793]),
        # 42111-02-03-4, 30.09.2015, WZ 29
        ("automotive_plants", 2015, [7, 14, 15, 11, 32]),
        # BA median pay, 31.12.2024
        ("median_pay", 2024, [3577, 2965, 3104, 3096, 3347]),
        # KBA, 1 January 2025, thousands dot read as such
        ("electric_cars", 2025, [2707, 2826, 2518, 1967, 3399]),
    ],
)
def test_the_five_have_the_figures_of_the_official_table(
    store: Store, indicator: str, year: int, expected: list[float]
) -> None:
    assert values(store, indicator, year) == expected


def test_a_share_follows_from_the_official_counts(store: Store) -> None:
    # 13111-07-05-4, 30.06.2020, Erzgebirgskreis: WZ C 36053 of 113461
    share = store.series("manufacturing_share_of_employees", ["14521"]).set_index("year")
    assert share.loc[2020, "value"] == pytest.approx(36053 / 113461 * 100)


def test_commuter_rates_follow_from_the_official_counts(store: Store) -> None:
    # 13111-09-01-4, 30.06.2015, Chemnitz: 50035 in-commuters, 112011 employees
    rate = store.series("in_commuter_rate", ["14511"]).set_index("year")
    assert rate.loc[2015, "value"] == pytest.approx(50035 / 112011 * 100)


def test_secret_plants_stay_secret(store: Store) -> None:
    # 42111-02-03-4, 30.09.2015, WZ 29: 222 of 400 districts secret, three of the five
    frame = store.cross_section("automotive_share_of_industry", 2015, "region")
    frame = frame.set_index("area_id")
    assert frame.loc[["14511", "14522", "14523"], "mark"].tolist() == ["secret"] * 3
    assert frame.loc[["14511", "14522", "14523"], "value"].isna().all()
    country = store.cross_section("automotive_share_of_industry", 2015, "country")
    assert (country["mark"] == "secret").sum() >= 222


@pytest.mark.parametrize("indicator", sorted(SUMS))
def test_the_five_add_up_to_the_published_region(store: Store, indicator: str) -> None:
    frame = store.series(indicator, [*FIVE, REGION])
    wide = frame.pivot(index="year", columns="area_id", values="value").dropna()
    assert len(wide) >= 5
    assert (wide[FIVE].sum(axis=1) - wide[REGION]).abs().max() <= SUMS[indicator]


def test_swapped_rows_of_eurostat_are_put_right_and_say_so(store: Store) -> None:
    # sbs_r_nuts06_r2, C29: DED4 23835 in 2012; in 2013 printed in the row of DED2 as 23855
    frame = store.series("automotive_persons_employed", [REGION]).set_index("year")
    assert frame.loc[[2012, 2013], "value"].tolist() == [23835, 23855]
    assert frame.loc[2013, "qualifier"] == "corrected"


def test_a_district_that_changed_has_one_series(store: Store) -> None:
    # 13211-01-03-4, annual average 2001: 22857 unemployed in the former district 14161
    frame = store.series("unemployed", ["14511"]).set_index("year")
    assert frame.loc[2001, "value"] == 22857
    assert store.series("unemployed", ["14161"]).empty


@pytest.mark.parametrize("indicator", INDICATORS, ids=lambda indicator: indicator.id)
def test_every_indicator_has_figures_for_the_region_or_its_districts(
    store: Store, indicator: Indicator
) -> None:
    name = indicator.id
    frame = store.series(name, [*FIVE, REGION])
    assert (frame["value"].notna() | frame["lower"].notna()).any()
    assert store.years(name)
    assert not store.sources(name).empty
    assert not store.sources(name, store.years(name)[-1]).empty


@pytest.mark.parametrize("indicator", INDICATORS, ids=lambda indicator: indicator.id)
def test_figures_stand_only_at_declared_levels(store: Store, indicator: Indicator) -> None:
    declared = indicator.levels
    areas = [*FIVE, REGION, "14", "DG"]
    frame = store.series(indicator.id, areas)
    found = {
        "country" if area == "DG" else LEVEL_OF[len(area)] for area in frame["area_id"].unique()
    }
    assert found <= set(declared)


def test_ranks_are_those_of_the_values(store: Store) -> None:
    frame = store.cross_section("unemployment_rate", 2025, "country")
    assert len(frame) == 400
    assert frame["n"].max() == 400
    ranks = frame["value"].rank(method="min", ascending=False)
    assert (ranks == frame["rank"]).all()
