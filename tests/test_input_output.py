"""Input-output analysis and proportional fitting, against textbook and third-party numbers."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.formulas import input_output, ipf

SIZE = 4


@st.composite
def economies(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return deliveries, output and final demand of an economy that balances."""
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    deliveries = random.integers(0, 50, (SIZE, SIZE)).astype(float)
    demand = random.integers(1, 400, SIZE).astype(float)
    # Inputs of a sector stay below its output, so that value is added everywhere.
    demand += np.maximum(deliveries.sum(axis=0) - deliveries.sum(axis=1), 0)
    return deliveries, deliveries.sum(axis=1) + demand, demand


@given(economies())
def test_output_is_what_final_demand_needs(
    economy: tuple[np.ndarray, np.ndarray, np.ndarray],
) -> None:
    deliveries, output, demand = economy
    inverse = input_output.leontief_inverse(input_output.input_coefficients(deliveries, output))
    assert inverse @ demand == pytest.approx(output)
    assert np.all(input_output.output_multipliers(inverse) >= 1)


@given(economies())
def test_embodied_shares_of_a_sector_add_up_to_one(
    economy: tuple[np.ndarray, np.ndarray, np.ndarray],
) -> None:
    deliveries, output, demand = economy
    inverse = input_output.leontief_inverse(input_output.input_coefficients(deliveries, output))
    shares = [
        input_output.embodied_shares(inverse, demand, output, target) for target in range(SIZE)
    ]
    assert np.sum(shares, axis=0) == pytest.approx(np.ones(SIZE))


@given(economies())
def test_delivery_shares_are_parts_of_the_output_and_the_target_counts_as_a_whole(
    economy: tuple[np.ndarray, np.ndarray, np.ndarray],
) -> None:
    deliveries, output, _ = economy
    shares = input_output.delivery_shares(deliveries, output, 2)
    assert shares[2] == 1
    assert np.all((shares >= 0) & (shares <= 1))


def test_a_sector_without_output_delivers_nothing() -> None:
    shares = input_output.delivery_shares(np.array([[0.0, 0.0], [5.0, 1.0]]), np.array([0, 9.0]), 1)
    assert shares.tolist() == [0, 1]


def test_coefficients_that_use_up_more_than_is_made_are_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        input_output.leontief_inverse(np.array([[0.9, 0.9], [0.9, 0.9]]))
    with pytest.raises(ValueError, match="no Leontief inverse"):
        input_output.leontief_inverse(np.eye(2))


def test_employment_multiplier_counts_the_own_sector_as_well() -> None:
    inverse = input_output.leontief_inverse(np.array([[0.0, 0.5], [0.0, 0.0]]))
    found = input_output.employment_multipliers(inverse, np.array([10.0, 20]), np.array([100, 100]))
    assert found.tolist() == pytest.approx([1.0, 1.25])


def test_flegg_quotients_of_a_small_copy_of_the_nation_are_lambda() -> None:
    nation = np.array([600.0, 300, 100])
    small = input_output.flegg_lambda(100, 1000, 0.3)
    assert input_output.flegg_quotients(nation / 10, nation, 0.3) == pytest.approx(
        np.full((3, 3), small)
    )


def test_augmented_quotients_raise_only_the_columns_of_specialised_sectors() -> None:
    region, nation = np.array([50.0, 50]), np.array([250.0, 750])
    plain = input_output.flegg_quotients(region, nation, 0.3)
    augmented = input_output.augmented_flegg_quotients(region, nation, 0.3)
    assert augmented[:, 0] == pytest.approx(plain[:, 0] * np.log2(3))
    assert augmented[:, 1] == pytest.approx(plain[:, 1])


def test_regional_coefficients_never_exceed_the_national_ones() -> None:
    national = np.array([[0.2, 0.1], [0.3, 0.05]])
    quotients = np.array([[0.5, 2.0], [np.nan, 1.0]])
    found = input_output.regional_coefficients(national, quotients)
    assert found.tolist() == [[0.1, 0.1], [0.0, 0.05]]


def test_a_region_larger_than_the_nation_is_refused() -> None:
    with pytest.raises(ValueError, match="part of the nation"):
        input_output.flegg_lambda(10, 5, 0.3)


@pytest.mark.recorded
def test_case_leontief(reference_cases: Path) -> None:
    case = _case(reference_cases, "cluster_stars_multipliers_misc", "leontief_miller_blair")
    inside, expected = case["input"], case["expected"]
    output = np.array(inside["x"])
    coefficients = input_output.input_coefficients(np.array(inside["Z"]), output)
    inverse = input_output.leontief_inverse(coefficients)
    assert coefficients == pytest.approx(np.array(expected["A"]))
    assert inverse == pytest.approx(np.array(expected["L"]), abs=case["tol"])
    multipliers = input_output.output_multipliers(inverse)
    assert multipliers == pytest.approx(expected["output_multipliers_colsum"], abs=case["tol"])
    assert inverse @ inside["f"] == pytest.approx(output)
    assert inverse @ inside["f_new"] == pytest.approx(expected["x_new"])


@pytest.mark.recorded
def test_case_flegg_lambda(reference_cases: Path) -> None:
    case = _case(reference_cases, "cluster_stars_multipliers_misc", "flq_lambda")
    inside = case["input"]
    for delta, expected in zip(inside["delta"], case["expected"]["lambda"], strict=True):
        found = input_output.flegg_lambda(
            inside["employment_region"], inside["employment_nation"], delta
        )
        assert found == pytest.approx(expected, abs=case["tol"])


# --- proportional fitting ---


@given(economies())
def test_a_fitted_table_has_the_given_sums_and_keeps_the_zeros_of_the_seed(
    economy: tuple[np.ndarray, np.ndarray, np.ndarray],
) -> None:
    truth = economy[0] + np.eye(SIZE)
    seed = (truth > 0).astype(float)
    margins = [([0], truth.sum(axis=1)), ([1], truth.sum(axis=0))]
    fitted = ipf.fit(seed, margins, tolerance=1e-6)
    assert fitted.sum(axis=0) == pytest.approx(truth.sum(axis=0), abs=1e-3)
    assert fitted.sum(axis=1) == pytest.approx(truth.sum(axis=1), abs=1e-3)
    assert np.all(fitted[seed == 0] == 0)


def test_sums_that_no_table_can_have_are_refused() -> None:
    with pytest.raises(ipf.NoConvergenceError, match="contradict"):
        ipf.fit(np.ones((2, 2)), [([0], np.array([1.0, 1])), ([1], np.array([5.0, 5]))], cycles=50)


@pytest.mark.recorded
@pytest.mark.parametrize(
    ("name", "seed", "margins"),
    [
        ("mipfp_ex1_2x2_independence", "seed", {"dim1": [0], "dim2": [1]}),
        ("mipfp_ex2_3way", "seed_dims_2x4x2", {"margin_V1": [0], "margin_V2xV3": [1, 2]}),
        ("mipfp_ex3_missing_margins", "seed", {"rows": [0], "cols": [1]}),
        ("wikipedia_4x4_converged", "seed", {"rows": [0], "cols": [1]}),
    ],
)
def test_case_fitting(
    reference_cases: Path, name: str, seed: str, margins: dict[str, list[int]]
) -> None:
    case = _case(reference_cases, "ipf_ras", name)
    fitted = ipf.fit(np.array(case["input"][seed], dtype=float), _margins(case, margins), 1e-13)
    assert fitted == pytest.approx(np.array(case["expected"]["x"]), abs=case["tol"])


@pytest.mark.recorded
def test_case_fitting_the_widely_quoted_table_is_the_third_cycle(reference_cases: Path) -> None:
    source = _case(reference_cases, "ipf_ras", "wikipedia_4x4_converged")
    case = _case(reference_cases, "ipf_ras", "wikipedia_4x4_third_cycle")
    table = np.array(source["input"]["seed"], dtype=float)
    for _ in range(3):
        table = ipf.cycle(table, _margins(source, {"rows": [0], "cols": [1]}))
    assert table == pytest.approx(np.array(case["expected"]["x"]), abs=case["tol"])


@pytest.mark.recorded
def test_case_fitting_three_dimensions(reference_cases: Path) -> None:
    case = _case(reference_cases, "ipf_ras", "ipfn_tests_3d")
    names = {"m_i": [0], "m_j": [1], "m_k": [2], "m_ij": [0, 1], "m_jk": [1, 2]}
    margins = _margins(case, names)
    fitted = ipf.fit(np.array(case["input"]["seed_2x4x3"], dtype=float), margins, 1e-6)
    assert ipf.deviation(fitted, margins) <= case["tol"]


def _margins(case: dict, names: dict[str, list[int]]) -> list[tuple[list[int], np.ndarray]]:
    """Return the margins of a case; a sum of null is not known."""
    return [(axes, np.array(case["input"][name], dtype=float)) for name, axes in names.items()]


def _case(folder: Path, method: str, name: str) -> dict:
    found = json.loads((folder / f"{method}.json").read_text("utf-8"))["cases"]
    return next(case for case in found if case["id"] == name)
