"""Secret cells: bounded by all published sums, and never shown narrower than the rule."""

from __future__ import annotations

import dataclasses
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.formulas.disclosure import (
    ContradictionError,
    ProtectedBounds,
    Table,
    group_totals,
    protected_bounds,
    unprotected_bounds_for_tests,
)
from indicators.formulas.intervals import Interval
from indicators.formulas.protection import SHARE, UNIT
from indicators.formulas.reference_mark import reference_marks
from tests.whole_table import ROOT, industry_table, persons_by_whole_table

AREAS = {
    "DG": None, "1": "DG", "2": "DG", "11": "1", "12": "1",
    "111": "11", "112": "11", "121": "12", "122": "12", "21": "2", "22": "2", "23": "2",
}  # fmt: skip
SECTORS = {"": None, "B": "", "C": "", "05": "B", "08": "B", "10": "C", "28": "C", "29": "C"}


def complete(leaves: np.ndarray) -> np.ndarray:
    """Return leaf areas × leaf sectors with all sums added, in the order of AREAS and SECTORS."""
    table = np.zeros((len(AREAS), len(SECTORS)))
    areas, sectors = list(AREAS), list(SECTORS)
    ends = [area for area in areas if area not in AREAS.values()]
    divisions = [sector for sector in sectors if sector not in SECTORS.values()]
    for area, row in zip(ends, leaves, strict=True):
        for sector, figure in zip(divisions, row, strict=True):
            up_area: str | None = area
            while up_area is not None:
                up_sector: str | None = sector
                while up_sector is not None:
                    table[areas.index(up_area), sectors.index(up_sector)] += figure
                    up_sector = SECTORS[up_sector]
                up_area = AREAS[up_area]
    return table


@st.composite
def hidden_tables(draw: st.DrawFn) -> tuple[Table, np.ndarray]:
    """Return a table with secret cells of any level, and its true persons."""
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    plants = random.integers(0, 4, (7, 5))
    persons = plants * random.integers(1, draw(st.sampled_from([3, 40, 900])), (7, 5))
    plants, persons = complete(plants), complete(persons)
    secret = random.random(persons.shape) < draw(st.sampled_from([0.1, 0.35, 0.6]))
    secret[0, 0] = False
    unstated = secret & (random.random(persons.shape) < 0.2)
    table = _table(np.where(secret, np.nan, persons), np.where(unstated, np.nan, plants))
    return table, persons


@given(hidden_tables())
@settings(max_examples=40, deadline=None)
def test_true_value_lies_inside_and_the_protected_interval_contains_the_exact_one(
    case: tuple[Table, np.ndarray],
) -> None:
    table, persons = case
    lower, upper = unprotected_bounds_for_tests(table)
    secret = np.isnan(table.persons)
    assert np.all(lower[secret] <= persons[secret])
    assert np.all(persons[secret] <= upper[secret])
    shown = protected_bounds(table)
    assert np.all(shown.lower[secret] <= lower[secret])
    assert np.all(upper[secret] <= shown.upper[secret])
    assert np.all(np.isnan(shown.lower[~secret]) & np.isnan(shown.upper[~secret]))


@given(hidden_tables())
@settings(max_examples=12, deadline=None)
def test_every_end_is_attained_by_a_table_that_satisfies_all_sums(
    case: tuple[Table, np.ndarray],
) -> None:
    table, _ = case
    lower, upper = unprotected_bounds_for_tests(table)
    whole = persons_by_whole_table(table)
    for area, sector in np.argwhere(np.isnan(table.persons)):
        ends = whole.bounds_of(area, sector)
        assert (lower[area, sector], upper[area, sector]) == pytest.approx(ends, abs=1e-4)


@given(hidden_tables(), st.sampled_from([5.0, 10.0]))
@settings(max_examples=20, deadline=None)
def test_true_value_lies_inside_when_published_figures_are_rounded(
    case: tuple[Table, np.ndarray], unit: float
) -> None:
    table, persons = case
    # A figure rounded to nothing would say "no persons" although there are plants.
    rounded = np.where(table.persons > 0, np.maximum(np.round(persons / unit), 1) * unit, persons)
    rounded = np.where(np.isnan(table.persons), np.nan, rounded)
    near = np.abs(rounded - persons) > unit / 2
    table = _table(np.where(near, np.nan, rounded), table.plants, unit)
    lower, upper = unprotected_bounds_for_tests(table)
    secret = np.isnan(table.persons)
    assert np.all(lower[secret] <= persons[secret] + 1e-4)
    assert np.all(persons[secret] <= upper[secret] + 1e-4)


@given(hidden_tables())
@settings(max_examples=30, deadline=None)
def test_totals_of_groups_contain_the_truth_and_are_figures_where_nothing_is_secret(
    case: tuple[Table, np.ndarray],
) -> None:
    table, persons = case
    weights = np.array([0, 0, 0, 0, 0.25, 0, 0.5, 1.0])
    group = group_totals(table, protected_bounds(table), Interval(weights * 0.8, weights))
    assert np.all(group.lower <= persons @ weights * 0.8 + 1e-6)
    assert np.all(group.upper >= persons @ weights - 1e-6)
    published = ~np.isnan(table.persons[:, weights > 0]).any(axis=1)
    assert group.upper[published] == pytest.approx((persons @ weights)[published])


def test_the_last_secret_cell_of_an_area_is_shown_as_widely_as_any() -> None:
    table, persons = _sample()
    hidden = persons.copy()
    hidden[7, 7] = np.nan  # its row and its column both give it away
    shown = protected_bounds(_table(hidden, table.plants))
    width = shown.upper[7, 7] - shown.lower[7, 7]
    assert shown.lower[7, 7] <= persons[7, 7] <= shown.upper[7, 7]
    assert width >= max(UNIT, SHARE * persons[7, 7])


def test_plants_say_how_many_persons_there_are_at_least() -> None:
    table = Table.of(
        {"145": None, "a": "145", "b": "145", "c": "145"},
        {"29": None},
        {("145", "29"): 1000},
        {("145", "29"): 12, ("a", "29"): 0, ("b", "29"): 4},
    )
    lower, upper = unprotected_bounds_for_tests(table)
    assert lower.ravel()[1:].tolist() == [0, 4, 8]
    assert upper.ravel()[1:].tolist() == [0, 992, 996]


def test_a_part_without_a_row_takes_the_residual() -> None:
    table = Table.of(
        {"L": None, "a": "L", "b": "L", "rest": "L"},
        {"29": None},
        {("L", "29"): 100, ("a", "29"): 30},
        {("L", "29"): 5, ("a", "29"): 2, ("b", "29"): 1},
    )
    lower, upper = unprotected_bounds_for_tests(table)
    assert (lower[3, 0], upper[3, 0]) == (2, 69)


def test_a_cell_that_no_published_sum_contains_has_no_upper_end() -> None:
    table = Table.of({"L": None, "a": "L"}, {"29": None}, {}, {("a", "29"): 3})
    lower, upper = unprotected_bounds_for_tests(table)
    assert lower[1, 0] == 3
    assert upper[1, 0] == np.inf


def test_figures_that_contradict_each_other_are_refused_by_name() -> None:
    table, persons = _sample()
    wrong = persons.copy()
    wrong[5, 7] += 40
    wrong[8, 6] = np.nan
    with pytest.raises(ContradictionError, match=r"area 11, sector 29 as the sum of the areas"):
        protected_bounds(_table(wrong, table.plants))


def test_a_published_cell_with_plants_and_too_few_persons_is_refused_by_name() -> None:
    table, persons = _sample()
    plants = table.plants.copy()
    wrong = persons.copy()
    wrong[5, 7] = plants[5, 7] - 1
    with pytest.raises(ContradictionError, match=r"area 111, sector 29"):
        protected_bounds(_table(wrong, plants))


def test_a_contradiction_within_the_stated_rounding_is_named_and_not_refused() -> None:
    table, persons = _sample()
    off = np.round(persons / 10) * 10
    off[8, 7] = np.nan
    shown = protected_bounds(_table(off, table.plants, rounding=10))
    assert shown.relaxed
    assert all(0 < abs(one.off) <= one.allowed for one in shown.relaxed)
    assert any("as the sum of the" in one.sentence for one in shown.relaxed)


def test_only_tests_can_read_the_exact_bounds() -> None:
    names = ("unprotected_bounds_for_tests", "formulas.solver", "formulas.propagation")
    allowed = {"disclosure.py", "disclosure_table.py", "solver.py"}
    folders = [ROOT / folder for folder in ("indicators", "etl", "pages")]
    files = [*ROOT.glob("*.py"), *(file for folder in folders for file in folder.rglob("*.py"))]
    readers = {file.name for file in files if any(n in file.read_text("utf-8") for n in names)}
    assert readers <= allowed
    fields = {field.name for field in dataclasses.fields(ProtectedBounds)}
    assert fields == {"lower", "upper", "relaxed"}


def test_the_mark_spreads_what_is_left_by_plants_and_never_is_the_secret_value() -> None:
    figures = {("145", "29"): 1000, ("a", "29"): 400}
    plants = {("145", "29"): 20, ("a", "29"): 5, ("b", "29"): 5, ("c", "29"): 10}
    areas = {"145": None, "a": "145", "b": "145", "c": "145"}
    table = Table.of(areas, {"29": None}, figures, plants)
    assert reference_marks(table, protected_bounds(table)).ravel()[2:].tolist() == [200, 400]
    alone = Table.of(areas, {"29": None}, {**figures, ("c", "29"): 350}, plants)
    assert np.all(np.isnan(reference_marks(alone, protected_bounds(alone))))


# --- the official table of 2015 ---


@cache
def official() -> tuple[Table, ProtectedBounds]:
    table = industry_table()
    return table, protected_bounds(table)


def test_a_sign_that_does_not_mean_nothing_is_found_as_a_contradiction() -> None:
    # Published 2015: Germany prints "-" for 07 and 09, but its B is 53,720 and its other
    # divisions 51,674. The documented correction takes the two cells out; read as 0 they clash.
    table = industry_table()
    germany = table.areas.keys.index("DG")
    columns = [table.sectors.keys.index(sector) for sector in ("07", "09")]
    persons, plants = table.persons.copy(), table.plants.copy()
    persons[germany, columns] = plants[germany, columns] = 0
    with pytest.raises(ContradictionError) as refusal:
        protected_bounds(dataclasses.replace(table, persons=persons, plants=plants))
    for cell in ("area DG, sector 07", "area DG, sector 09", "area DG, sector B"):
        assert any(sentence.startswith(cell) for sentence in refusal.value.sentences)
    assert len(refusal.value.sentences) == 3


def test_cars_in_the_region_2015_are_figures_where_published_and_intervals_where_secret() -> None:
    table, shown = official()
    sector = table.sectors.keys.index("29")
    place = table.areas.keys.index
    published = {"14524": 15475, "14521": 2692, "145": 23083, "14": 35715, "DG": 813215}
    assert {area: table.persons[place(area), sector] for area in published} == published
    secret = [place(area) for area in ("14511", "14522", "14523")]
    low, high = shown.lower[secret, sector], shown.upper[secret, sector]
    assert low.sum() <= 4916 <= high.sum()
    marks = reference_marks(table, shown)[secret, sector]
    assert np.all((low <= marks) & (marks <= high))


def test_every_interval_of_2015_is_as_wide_as_the_rule_demands() -> None:
    table, shown = official()
    secret = np.isnan(table.persons)
    low, high = shown.lower[secret], shown.upper[secret]
    assert np.all(high - low >= np.maximum(UNIT, SHARE * (low + high) / 2))
    assert not shown.relaxed


def _table(persons: np.ndarray, plants: np.ndarray, rounding: float = 0.0) -> Table:
    frame = Table.of(AREAS, SECTORS, {}, {}, rounding)
    return dataclasses.replace(frame, persons=persons, plants=plants)


def _sample() -> tuple[Table, np.ndarray]:
    """Return a complete table of plants and persons without chance."""
    plants = complete(np.arange(35).reshape(7, 5) % 4 + 1)
    persons = complete(np.arange(35).reshape(7, 5) * 17 + 23)
    return _table(persons, plants), persons
