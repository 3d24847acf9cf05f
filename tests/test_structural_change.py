"""NAV, Lilien and modified Lilien: the numbers of the reference cases, and their properties."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from indicators.change_store import DATASETS, Change
from indicators.formulas.intervals import Interval
from indicators.formulas.structural_change import (
    lilien,
    lilien_interval,
    modified_lilien,
    modified_lilien_interval,
    nav,
    nav_interval,
)
from indicators.groups import Groups
from indicators.provenance import Provenance
from indicators.store import Store
from tests.conftest import connect

Index = Callable[[np.ndarray, np.ndarray], np.ndarray]
EVERY = (
    (nav, nav_interval),
    (lilien, lilien_interval),
    (modified_lilien, modified_lilien_interval),
)
YEAR = arrays(float, (6,), elements=st.integers(1, 4_000).map(float))
CASES = ("region_A_t0_t1", "reversed_time_region_A", "proportional_growth_zero",
         "goettingen_2008_2017")  # fmt: skip


@pytest.fixture(scope="session")
def cases(reference_cases: Path) -> dict[str, dict[str, Any]]:
    content = json.loads((reference_cases / "structural_change_lilien_nav.json").read_text("utf-8"))
    with (reference_cases / "reat_goettingen.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))[1:16]
    found = {case["id"]: case for case in content["cases"]}
    found["goettingen_2008_2017"]["input"] = {
        key: [float(row[f"Goettingen{year}"]) for row in rows]
        for key, year in (("t0", 2008), ("t1", 2017))
    }
    return found


@pytest.mark.parametrize("name", CASES)
def test_the_indices_give_the_numbers_of_the_case(cases: dict[str, Any], name: str) -> None:
    case = cases[name]
    before, now = (np.array(case["input"][key], dtype=float) for key in ("t0", "t1"))
    for key, index in (
        ("NAV", nav),
        ("Lilien_share_t", lilien),
        ("modified_Lilien_avg_share", modified_lilien),
    ):
        expected = case["expected"][key]
        assert float(index(before, now)) == pytest.approx(expected, abs=case.get("tol", 1e-10))


def test_nav_has_its_half_and_lilien_is_not_ten_times_too_large(cases: dict[str, Any]) -> None:
    """Without ½ NAV doubles; `res-lilien-index` takes shares in percent, its 2.75 is 10 × 0.275."""
    case = cases["region_A_t0_t1"]
    before, now = (np.array(case["input"][key], dtype=float) for key in ("t0", "t1"))
    doubled = case["expected"]["NAV_doubled_sum_abs"]
    assert float(nav(before, now)) == pytest.approx(doubled / 2)
    assert float(lilien(before, now)) == pytest.approx(2.75012568335036 / 10, abs=1e-10)


@settings(max_examples=80, deadline=None)
@given(YEAR, YEAR)
def test_nav_and_modified_lilien_do_not_depend_on_the_order_of_the_years(
    before: np.ndarray, now: np.ndarray
) -> None:
    for index in (nav, modified_lilien):
        np.testing.assert_allclose(index(before, now), index(now, before), atol=1e-12)


def test_lilien_depends_on_the_order_of_the_years() -> None:
    before, now = np.array([90.0, 20, 10, 60]), np.array([100.0, 40, 10, 55])
    assert float(lilien(before, now)) != pytest.approx(float(lilien(now, before)))


@settings(max_examples=60, deadline=None)
@given(YEAR, st.floats(0.2, 5.0))
def test_growth_that_is_the_same_everywhere_changes_no_structure(
    before: np.ndarray, factor: float
) -> None:
    for index, _ in EVERY:
        assert float(index(before, before * factor)) == pytest.approx(0.0, abs=1e-9)


@settings(max_examples=60, deadline=None)
@given(YEAR, YEAR, YEAR)
def test_nav_over_a_span_is_at_most_the_sum_over_its_years(
    one: np.ndarray, two: np.ndarray, three: np.ndarray
) -> None:
    assert nav(one, three) <= nav(one, two) + nav(two, three) + 1e-12
    assert 0.0 <= float(nav(one, three)) <= 1.0


def test_a_group_that_is_secret_in_one_year_is_left_out_in_both() -> None:
    before, now = np.array([90.0, 20, np.nan, 60]), np.array([100.0, 40, 10, 55])
    for index, _ in EVERY:
        kept = index(np.array([90.0, 20, 60]), np.array([100.0, 40, 55]))
        assert float(index(before, now)) == pytest.approx(float(kept))


def test_a_group_with_nobody_in_one_year_has_no_logarithm_and_is_left_out() -> None:
    before, now = np.array([90.0, 0, 60]), np.array([100.0, 40, 55])
    kept = lilien(np.array([90.0, 60]), np.array([100.0, 55]))
    assert float(lilien(before, now)) == pytest.approx(float(kept))
    assert float(nav(before, now)) > 0.15  # NAV needs no logarithm and counts it


def test_nothing_known_gives_no_index() -> None:
    nothing = np.full(3, np.nan)
    for index, ends in EVERY:
        assert np.isnan(index(nothing, np.ones(3)))
        assert np.isnan(ends(Interval.exactly(nothing), Interval.exactly(np.ones(3))).lower)


@settings(max_examples=120, deadline=None)
@given(YEAR, YEAR, arrays(float, (2, 2, 6), elements=st.integers(0, 300).map(float)))
def test_an_interval_holds_the_index_of_all_cells_it_allows(
    before: np.ndarray, now: np.ndarray, room: np.ndarray
) -> None:
    cells = [
        Interval(np.maximum(year - room[place, 0], 0.0), year + room[place, 1])
        for place, year in enumerate((before, now))
    ]
    for index, ends in EVERY:
        found, value = ends(*cells), float(index(before, now))
        assert float(found.lower) <= value + 1e-9
        assert np.isnan(found.upper) or value <= float(found.upper) + 1e-9


@settings(max_examples=60, deadline=None)
@given(YEAR, YEAR)
def test_known_cells_give_an_interval_without_width(before: np.ndarray, now: np.ndarray) -> None:
    assume(not np.allclose(before, now))
    for index, ends in EVERY:
        found = ends(Interval.exactly(before), Interval.exactly(now))
        assert float(found.lower) == pytest.approx(float(index(before, now)), abs=1e-9)
        assert float(found.upper) == pytest.approx(float(index(before, now)), abs=1e-9)


def test_whole_tables_are_computed_at_once() -> None:
    table = np.arange(1.0, 25.0).reshape(2, 3, 4)
    for index, _ in EVERY:
        every = index(table[0], table[1])
        assert every.shape == (3,)
        assert float(every[1]) == pytest.approx(float(index(table[0, 1], table[1, 1])))


KINDS = {"industry": "industries", "activity": "activities", "occupation": "occupations"}
INDICES = {"nav": nav, "lilien": lilien, "modified_lilien": modified_lilien}


@pytest.mark.parametrize("kind", KINDS)
def test_the_release_holds_what_the_formula_gives_for_the_persons(release: Path, kind: Any) -> None:
    change, store = Change(connect(release)), Store(connect(release))
    last = change.years(kind)[-1]
    frame = change.shares(kind, ["14524", "14511"], last - 1, last)
    for area in ("14524", "14511"):
        own = frame[frame["area_id"] == area].pivot(index="code", columns="year", values="persons")
        before, now = (own[year].to_numpy(dtype=float) for year in (last - 1, last))
        for name, index in INDICES.items():
            found = store.series(f"structural_change_{name}_{KINDS[kind]}", [area])
            stored = found.set_index("year").loc[last, "value"]
            assert stored == pytest.approx(float(index(before, now)) * 100, abs=1e-9)


@pytest.mark.parametrize("kind", KINDS.values())
def test_the_five_as_a_group_have_the_index_of_their_region(release: Path, kind: str) -> None:
    groups, store = Groups(connect(release)), Store(connect(release))
    five = ("14511", "14521", "14522", "14523", "14524")
    name = f"structural_change_nav_{kind}"
    found, region = groups.series(name, five), store.series(name, ["145"])
    assert len(found) == len(region) > 4
    np.testing.assert_allclose(found["value"], region["value"])


def test_a_secret_industry_makes_the_index_an_interval(release: Path) -> None:
    figures = Store(connect(release)).cross_section("structural_change_nav_industries", 2020)
    secret = figures[figures["mark"] == "secret"]
    assert 5 < len(secret) < 60
    assert secret["value"].isna().all()
    assert (secret["lower"] < secret["upper"]).all()


def test_a_figure_leads_back_to_the_cells_of_both_years(release: Path) -> None:
    found = Provenance(connect(release)).explain("structural_change_nav_industries", "14524", 2020)
    assert found is not None
    assert {quantity.year for quantity in found.quantities} == {2019, 2020}
    assert {part.sector for part in found.quantities[0].parts} >= {"A", "C", "B-E", "R-U"}
    assert found.quantities[0].parts[0].dataset == DATASETS["industry"]
    assert "½" in found.filled(lambda quantity: str(quantity.value), "de")
