"""Formulas of strengths: what they promise, on figures small enough to check by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from indicators.formulas.complexity import complexity, reflections
from indicators.formulas.concentration import entropy, gini, herfindahl
from indicators.formulas.relatedness import density, proximity
from indicators.formulas.specialisation import (
    additive,
    advantage,
    coefficient_of_specialisation,
    krugman,
    location_quotient,
    symmetric,
)
from indicators.formulas.stars import stars
from indicators.formulas.twins import likeness, standardised, twins
from indicators.formulas.variety import variety

# Six areas and five activities; the same matrix serves several measures.
ROWS = ("11001", "11100", "01110", "00111", "10011", "11110")
SIX = np.array([[float(cell) for cell in row] for row in ROWS])
tables = arrays.arrays(np.float64, (4, 6), elements=st.integers(1, 500).map(float))


def test_a_quotient_takes_the_totals_it_is_given_and_never_sums_up_itself() -> None:
    # Göttingen 2008 (employees, BA): 9,116 of 59,125 in section C; the listed sectors add up to
    # less, because some persons are in none of them. Germany: 6,528,569 of 27,695,398.
    found = location_quotient(
        np.array([[9116.0]]), np.array([59125.0]), np.array([6528569.0]), 27695398.0
    )
    assert found[0, 0] == pytest.approx((9116 / 59125) / (6528569 / 27695398))


def test_a_secret_cell_has_no_quotient_and_an_empty_one_has_zero() -> None:
    found = location_quotient(
        np.array([[np.nan, 0.0, 5.0]]), np.array([10.0]), np.array([10.0, 10.0, 0.0]), 100.0
    )
    assert np.isnan(found[0, 0])
    assert found[0, 1] == 0
    assert np.isnan(found[0, 2]), "a category that nobody has anywhere"


@given(tables)
def test_quotients_weighted_by_the_area_are_one_in_the_mean(persons: np.ndarray) -> None:
    below, above, whole = persons.sum(axis=1), persons.sum(axis=0), persons.sum()
    found = location_quotient(persons, below, above, whole)
    assert (below / whole) @ found == pytest.approx(np.ones(6))
    # Years in front give the same.
    twice = [np.stack([part, part]) for part in (persons, below, above, whole)]
    stacked = location_quotient(*twice)
    assert np.array_equal(stacked[1], found)


@given(tables)
def test_symmetric_and_additive_quotients_have_the_sign_of_the_specialisation(
    persons: np.ndarray,
) -> None:
    below, above, whole = persons.sum(axis=1), persons.sum(axis=0), persons.sum()
    found = location_quotient(persons, below, above, whole)
    plus = additive(persons, below, above)
    apart = np.abs(found - 1) > 1e-9
    assert np.array_equal(np.sign(symmetric(found))[apart], np.sign(found - 1)[apart])
    assert np.array_equal(np.sign(plus)[apart], np.sign(found - 1)[apart])
    assert np.all(np.abs(symmetric(found)) <= 1)


def test_an_area_at_exactly_one_is_specialised_unless_asked_otherwise() -> None:
    quotient = np.array([0.99, 1.0, 1.01, np.nan])
    assert advantage(quotient).tolist() == [False, True, True, False]
    assert advantage(quotient, strict=True).tolist() == [False, False, True, False]


@given(tables)
def test_krugman_lies_between_the_same_structure_and_nothing_in_common(persons: np.ndarray) -> None:
    found = krugman(persons, persons.sum(axis=0))
    assert np.all((found >= -1e-12) & (found < 2))
    assert krugman(3 * persons, persons[0])[0] == pytest.approx(0)
    assert coefficient_of_specialisation(persons, persons.sum(axis=0)) == pytest.approx(found / 2)


def test_krugman_leaves_a_secret_category_out_on_both_sides() -> None:
    secret = krugman(np.array([[10.0, np.nan, 30.0]]), np.array([100.0, 500.0, 100.0]))
    without = krugman(np.array([[10.0, 30.0]]), np.array([100.0, 100.0]))
    assert secret == pytest.approx(without)


def test_herfindahl_counts_an_empty_category_but_not_a_secret_one() -> None:
    found = herfindahl(np.array([[50.0, 50.0, 0.0, 0.0], [50.0, 50.0, np.nan, np.nan]]))
    assert found.n.tolist() == [4, 2]
    assert found.raw == pytest.approx([0.5, 0.5])
    assert found.normalised == pytest.approx([1 / 3, 0])
    assert found.equivalents == pytest.approx([2, 2])


@given(arrays.arrays(np.float64, 7, elements=st.integers(1, 100).map(float)))
def test_gini_is_half_the_mean_difference_over_the_mean(values: np.ndarray) -> None:
    differences = np.abs(values[:, None] - values[None, :]).mean()
    assert gini(values) == pytest.approx(differences / (2 * values.mean()), abs=1e-12)


def test_gini_of_one_owner_of_everything_is_one_when_corrected() -> None:
    assert gini(np.array([0.0, 0.0, 0.0, 8.0])) == pytest.approx(0.75)
    assert gini(np.array([0.0, 0.0, 0.0, 8.0]), corrected=True) == pytest.approx(1)
    assert np.isnan(gini(np.array([1.0, np.nan])))


def test_proximity_divides_by_the_more_frequent_of_both() -> None:
    # Activities 1 and 2: three areas have both, four have each; 1 and 5: two of four.
    found = proximity(SIX)
    assert found[0, 1] == pytest.approx(3 / 4)
    assert found[0, 4] == pytest.approx(2 / 4)
    assert np.array_equal(found, found.T)
    assert np.diag(found).tolist() == [1] * 5


def test_a_secret_cell_is_neither_presence_nor_absence() -> None:
    open_ = SIX.copy()
    open_[5, 4] = np.nan
    found = proximity(open_)
    # Of the four areas with activity 1, activity 5 is known in three, and two of them have it.
    assert found[4, 0] == pytest.approx(min(2 / 3, 2 / 3))
    dense = density(open_, proximity(SIX))
    row = proximity(SIX)[:, 0]
    assert dense[5, 0] == pytest.approx(row[:4].sum() / row[:4].sum())
    assert dense[5, 0] > density(SIX, proximity(SIX))[5, 0]


def test_density_is_one_for_who_has_everything_and_ignores_itself_if_asked() -> None:
    every = np.ones((1, 5))
    phi = proximity(SIX)
    assert density(every, phi) == pytest.approx(np.ones((1, 5)))
    with_, without = density(SIX, phi), density(SIX, phi, itself=False)
    assert np.all(without[SIX == 1] <= with_[SIX == 1] + 1e-12)
    assert np.all(without[SIX == 0] >= with_[SIX == 0] - 1e-12)


def test_years_in_front_give_the_same_as_one_by_one() -> None:
    other = SIX[::-1].copy()
    other[2, 0] = 1 - other[2, 0]
    both = np.stack([SIX, other])
    assert np.array_equal(proximity(both)[1], proximity(other))
    assert np.array_equal(density(both, proximity(both))[0], density(SIX, proximity(SIX)))
    assert complexity(both).areas[1] == pytest.approx(complexity(other).areas)


def test_complexity_is_standardised_and_an_area_is_the_mean_of_its_activities() -> None:
    found = complexity(SIX)
    assert found.areas.mean() == pytest.approx(0, abs=1e-12)
    assert found.areas.std(ddof=0) == pytest.approx(1)
    assert SIX @ found.activities / SIX.sum(axis=1) == pytest.approx(found.areas)
    assert np.corrcoef(found.areas, SIX.sum(axis=1))[0, 1] > 0


def test_complexity_is_the_second_eigenvector_of_the_areas_matrix() -> None:
    rng = np.random.default_rng(4)
    matrix = (rng.random((30, 12)) < 0.4).astype(float)
    matrix[:, 0], matrix[0] = 1, 1
    areas = matrix / matrix.sum(axis=1)[:, None] @ (matrix / matrix.sum(axis=0)).T
    values, vectors = np.linalg.eig(areas)
    second = np.real(vectors[:, np.argsort(-np.real(values))[1]])
    found = complexity(matrix).areas
    assert abs(np.corrcoef(second, found)[0, 1]) == pytest.approx(1)


def test_complexity_refuses_five_kinds_of_nonsense() -> None:
    with pytest.raises(ValueError, match="many areas, not 3"):
        complexity(np.ones((3, 5)))
    with pytest.raises(ValueError, match="must be 0 or 1"):
        complexity(np.where(SIX == 1, np.nan, SIX))
    apart = np.kron(np.eye(2), np.ones((3, 3)))
    assert np.isnan(complexity(apart).areas).all(), "two networks without a link"
    empty = np.vstack([SIX, np.zeros(5)])
    found = complexity(empty).areas
    assert np.isnan(found[6])
    assert found[:6] == pytest.approx(complexity(SIX).areas)


def test_reflections_rank_areas_like_complexity_in_the_end() -> None:
    matrix = (np.arange(15) <= np.linspace(2, 14, 20)[:, None]).astype(float)
    end, _ = reflections(matrix, 12)
    found = complexity(matrix).areas
    assert abs(np.corrcoef(end, found)[0, 1]) > 0.999


def test_complexity_without_a_sign_says_nothing() -> None:
    assert np.isnan(complexity(SIX[:5]).areas).all(), "every area has three activities"


@given(arrays.arrays(np.float64, 7, elements=st.integers(0, 50).map(float)))
def test_related_and_unrelated_variety_add_up_to_the_entropy(persons: np.ndarray) -> None:
    found = variety(persons, np.array([0, 0, 1, 1, 2, 2, 2]))
    if persons.sum() == 0:
        assert np.isnan(found.total)
    else:
        assert found.total == pytest.approx(entropy(persons))
        assert found.related >= -1e-12


def test_entropy_adds_nothing_for_an_empty_category() -> None:
    assert entropy(np.array([5.0, 5.0, 0.0])) == pytest.approx(1)
    assert entropy(np.array([5.0, 0.0])) == 0


def test_twins_are_ordered_and_an_area_is_not_its_own() -> None:
    profile = np.array([[0.0, 0.0], [1.0, 0.0], [5.0, 5.0], [5.0, np.nan]])
    scores = standardised(profile)
    found = twins(scores, np.ones(2), 3)
    assert np.all(np.diff(found.distance, axis=1) >= 0)
    assert all(row not in near for row, near in enumerate(found.nearest.tolist()))
    assert found.nearest[0, 0] == 1
    assert found.distance[2, 0] == 0, "compared over what is known in both: the same"


def test_likeness_names_what_both_have_far_from_the_mean() -> None:
    scores = np.array([[2.0, -0.1, 1.0], [1.5, -2.0, -1.0]])
    found = twins(scores, np.ones(3), 1)
    features, strength = likeness(scores, found, 2)
    assert features[0, 0].tolist()[0] == 0
    assert strength[0, 0].tolist() == [1.5, -0.1]


def test_stars_are_earned_among_all_areas_and_not_by_unknown_ones() -> None:
    persons = np.arange(100, dtype=float)[:, None]
    persons[99] = np.nan
    quotient = np.where(persons > 80, 2.0, 1.0)
    found = stars(persons, persons / 1000, quotient)
    assert found.size[:, 0].sum() == 10
    assert found.count[98, 0] == 3
    assert found.count[99, 0] == 0
    with pytest.raises(ValueError, match="at least 100 areas, not 5"):
        stars(persons[:5], persons[:5], persons[:5])
