"""Shift-share: the numbers of others, additivity, and what secrecy does to each part."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from indicators.formulas.intervals import Interval
from indicators.formulas.shift_share import (
    PARTS,
    Bounds,
    Components,
    classic,
    classic_interval,
    dynamic,
    esteban_marquillas,
    esteban_marquillas_interval,
)

NAMES = {
    "national": "National share",
    "mix": "Industrial mix",
    "regional": "Regional share",
    "change": "Growth (t1-t)",
}
REGIONS = ("farhauer_kroell_region_A", "farhauer_kroell_region_B")
Arrays = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]
PERSONS = st.integers(0, 5_000).map(float)
SOMEBODY = st.integers(1, 900_000).map(float)


@pytest.fixture(scope="session")
def cases(reference_cases: Path) -> dict[str, dict[str, Any]]:
    content = json.loads((reference_cases / "shift_share_classic.json").read_text("utf-8"))
    return {case["id"]: case for case in content["cases"]}


def region(case: dict[str, Any]) -> Arrays:
    given_ = case["input"]
    keys = ("region_t0", "region_t1", "nation_t0", "nation_t1")
    first, last, below, above = (np.array(given_[key], dtype=float) for key in keys)
    return first[np.newaxis], last[np.newaxis], below, above


def summed(parts: Components) -> dict[str, float]:
    return {name: float(getattr(parts, name).sum()) for name in (*PARTS, "change")}


@pytest.mark.parametrize("name", REGIONS)
def test_classic_gives_the_numbers_of_farhauer_and_kroell(cases: dict[str, Any], name: str) -> None:
    case = cases[name]
    found = summed(classic(*region(case)))
    for part, title in NAMES.items():
        assert found[part] == pytest.approx(case["expected"]["dunn"][title], abs=case["tol"])
    shift = found["mix"] + found["regional"]
    assert shift == pytest.approx(case["expected"]["dunn"]["Net total shift"], abs=case["tol"])


@pytest.mark.parametrize("name", REGIONS)
def test_esteban_marquillas_gives_the_numbers_of_farhauer_and_kroell(
    cases: dict[str, Any], name: str
) -> None:
    case = cases[name]
    found = summed(esteban_marquillas(*region(case)))
    for part, title in (NAMES | {"allocation": "Allocation effect"}).items():
        expected = case["expected"]["esteban_marquillas"][title]
        assert found[part] == pytest.approx(expected, abs=case["tol"])


@pytest.mark.parametrize("name", REGIONS)
def test_by_industry_the_formula_holds_and_not_the_output_of_reat_shifti(
    cases: dict[str, Any], name: str
) -> None:
    """`REAT::shifti` sets NS_i = e·G_i, which swallows the mix; Dunn's NS_i is e·G."""
    case = cases[name]
    before, now, below, above = region(case)
    parts = classic(before, now, below, above)
    for part in ("national", "mix", "regional", "change"):
        expected = case["expected"]["dunn_by_industry_from_formula"][part]
        np.testing.assert_allclose(getattr(parts, part)[0], expected, atol=case["tol"])
    shifti = before * (above / below - 1.0)
    assert not np.allclose(parts.national, shifti)
    np.testing.assert_allclose(parts.national + parts.mix, shifti, atol=case["tol"])


def test_classic_gives_the_published_numbers_of_holukuluku(cases: dict[str, Any]) -> None:
    case = cases["krumme_uw_holukuluku"]
    given_, expected = case["input"], case["expected"]
    below = np.array(given_["national_share_1985_pct"], dtype=float)
    above = below * (1 + np.array(given_["national_growth_pct"]) / 100)
    before, now = (np.array([given_[f"region_{year}"]], dtype=float) for year in (1985, 1995))
    parts = classic(before, now, below, above)
    found, tol = summed(parts), case["tol"]
    assert found["change"] == pytest.approx(expected["regional_growth"], abs=tol)
    assert found["national"] == pytest.approx(expected["national_growth_effect"], abs=tol)
    assert found["mix"] == pytest.approx(expected["composition_effect_net"], abs=tol)
    assert found["regional"] == pytest.approx(expected["differential_effect_net"], abs=tol)
    for part, name in (("regional", "differential"), ("mix", "composition")):
        by_industry = expected[f"{name}_by_industry"]
        np.testing.assert_allclose(getattr(parts, part)[0], by_industry, atol=tol)


@pytest.mark.parametrize(
    ("split", "method"),
    [(classic, "dunn"), (esteban_marquillas, "esteban_marquillas")],
)
def test_goettingen_2008_to_2017(
    cases: dict[str, Any], reference_cases: Path, split: Any, method: str
) -> None:
    case = cases["goettingen_2008_2017"]
    with (reference_cases / "reat_goettingen.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))[1:16]

    def column(name: str) -> np.ndarray:
        return np.array([float(row[name]) for row in rows])

    before, now = (column(f"Goettingen{year}")[np.newaxis] for year in (2008, 2017))
    found = summed(split(before, now, column("BRD2008"), column("BRD2017")))
    names = NAMES | ({"allocation": "Allocation effect"} if method != "dunn" else {})
    for part, title in names.items():
        assert found[part] == pytest.approx(case["expected"][method][title], abs=case["tol"])


def test_dynamic_gives_the_numbers_of_every_period_and_of_the_span(reference_cases: Path) -> None:
    content = json.loads((reference_cases / "shift_share_dynamic.json").read_text("utf-8"))
    case = content["cases"][0]
    persons = np.array(case["input"]["region"], dtype=float)[:, np.newaxis, :]
    nation = np.array(case["input"]["nation"], dtype=float)
    every, tol = dynamic(persons, nation), case["tol"]
    for position, expected in enumerate(case["expected"]["per_period"].values()):
        for part, title in NAMES.items():
            found = float(getattr(every, part)[position].sum())
            assert found == pytest.approx(expected[title], abs=tol)
    whole = summed(every.over(0))
    for part, title in NAMES.items():
        assert whole[part] == pytest.approx(case["expected"]["sum"][title], abs=tol)
    contrast = case["expected"]["comparative_static_2000_2002_for_contrast"]
    static = summed(classic(persons[0], persons[2], nation[0], nation[2]))
    for part, title in NAMES.items():
        assert static[part] == pytest.approx(contrast[title], abs=tol)


def tables(areas: int = 4, codes: int = 5) -> st.SearchStrategy[Arrays]:
    return st.tuples(
        *(arrays(float, (areas, codes), elements=PERSONS) for _ in range(2)),
        *(arrays(float, (codes,), elements=SOMEBODY) for _ in range(2)),
    )


@settings(max_examples=60, deadline=None)
@given(tables())
def test_parts_add_up_to_the_change_in_every_cell(table: Arrays) -> None:
    for parts in (classic(*table), esteban_marquillas(*table)):
        whole = sum(getattr(parts, name) for name in PARTS)
        np.testing.assert_allclose(whole, parts.change, rtol=0, atol=1e-9)


@settings(max_examples=60, deadline=None)
@given(tables())
def test_the_parts_of_a_region_are_the_sums_of_its_areas(table: Arrays) -> None:
    before, now, below, above = table
    together = before.sum(axis=0, keepdims=True), now.sum(axis=0, keepdims=True)
    for split, additive in ((classic, PARTS), (esteban_marquillas, ("national", "mix"))):
        every, whole = split(before, now, below, above), split(*together, below, above)
        for name in additive:
            total = getattr(every, name).sum(axis=0, keepdims=True)
            np.testing.assert_allclose(getattr(whole, name), total, rtol=1e-9, atol=1e-6)


@settings(max_examples=60, deadline=None)
@given(tables())
def test_the_reference_itself_has_neither_mix_nor_regional_part(table: Arrays) -> None:
    _, _, below, above = table
    parts = classic(below[np.newaxis], above[np.newaxis], below, above)
    size = below.sum() + above.sum()
    assert abs(parts.mix.sum()) <= 1e-9 * size
    assert np.abs(parts.regional).max() <= 1e-9 * size


def test_a_category_that_starts_from_nobody_is_regional_and_all_allocation() -> None:
    table = (np.array([[0.0, 10.0]]), np.array([[7.0, 10.0]]), np.ones(2), np.ones(2))
    assert classic(*table).regional[0, 0] == 7.0
    parts = esteban_marquillas(*table)
    assert (parts.regional[0, 0], parts.allocation[0, 0]) == (0.0, 7.0)


def test_without_a_reference_the_change_is_known_and_its_mix_is_not() -> None:
    table = (np.array([[5.0, 5.0]]), np.array([[6.0, 5.0]]), np.array([0.0, 9.0]), np.ones(2))
    parts = classic(*table)
    assert parts.change[0, 0] == 1.0
    assert np.isnan(parts.mix[0, 0])
    assert np.isnan(parts.regional[0, 0])


def inside(bounds: Bounds, parts: Components, name: str) -> bool:
    ends, value = getattr(bounds, name), getattr(parts, name)
    slack = 1e-6
    return bool(np.all(ends.lower <= value + slack) and np.all(value <= ends.upper + slack))


@settings(max_examples=80, deadline=None)
@given(tables(2, 4), st.lists(st.integers(0, 400), min_size=16, max_size=16), st.booleans())
def test_an_interval_holds_every_split_that_the_cells_allow(
    table: Arrays, slack: list[int], reference_too: bool
) -> None:
    before, now, below, above = table
    room = np.array(slack, dtype=float).reshape(2, 2, 4)
    cells = [Interval(np.maximum(cell - room[0], 0.0), cell + room[1]) for cell in (before, now)]
    more = room[0, 0] if reference_too else np.zeros(4)
    reference = [Interval(np.maximum(one - more, 1.0), one + more) for one in (below, above)]
    for split, ends in (
        (classic, classic_interval),
        (esteban_marquillas, esteban_marquillas_interval),
    ):
        parts, bounds = split(before, now, below, above), ends(*cells, *reference)
        for name in (*PARTS, "change"):
            assert inside(bounds, parts, name), name


def test_known_cells_give_intervals_without_width() -> None:
    table = (np.array([[90.0, 20.0, 10.0]]), np.array([[100.0, 40.0, 0.0]]),
             np.array([400.0, 150.0, 150.0]), np.array([440.0, 210.0, 135.0]))  # fmt: skip
    exactly = [Interval.exactly(part) for part in table]
    for split, ends in (
        (classic, classic_interval),
        (esteban_marquillas, esteban_marquillas_interval),
    ):
        parts, bounds = split(*table), ends(*exactly)
        for name in (*PARTS, "change"):
            for end in (getattr(bounds, name).lower, getattr(bounds, name).upper):
                np.testing.assert_allclose(end, getattr(parts, name), atol=1e-9)


def test_a_secret_cell_that_nothing_bounds_leaves_the_part_without_end() -> None:
    secret = Interval(np.array([[0.0, 10.0]]), np.array([[np.inf, 10.0]]))
    known = Interval.exactly(np.array([[5.0, 10.0]]))
    reference = Interval.exactly(np.array([100.0, 100.0]))
    bounds = classic_interval(secret, known, reference, reference)
    assert bounds.national.upper[0, 0] == 0.0  # nobody grows without growth in the reference
    assert np.isneginf(bounds.regional.lower[0, 0])
    assert np.isfinite(bounds.regional.lower[0, 1])
