"""Formulas of strengths against numbers that other people printed or computed."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from indicators.formulas.basic import difference, ratio
from indicators.formulas.cells import VALUE, Cells
from indicators.formulas.complexity import complexity, outlook, reflections
from indicators.formulas.concentration import entropy, gini, gini_of_quotients, herfindahl
from indicators.formulas.relatedness import co_occurrence, density, proximity, relatedness
from indicators.formulas.specialisation import (
    additive,
    advantage,
    coefficient_of_specialisation,
    krugman,
    krugman_to_mean,
    location_quotient,
    symmetric,
)
from indicators.formulas.variety import variety

pytestmark = pytest.mark.recorded
Case = dict[str, Any]
Find = Callable[[str, str], Case]


@pytest.fixture(scope="session")
def find(reference_cases: Path) -> Find:
    """Return `find(method, id)`: one case of a file of cases."""

    def one(method: str, name: str) -> Case:
        found = json.loads((reference_cases / f"{method}.json").read_text("utf-8"))["cases"]
        return next(case for case in found if case["id"] == name)

    return one


@pytest.fixture(scope="session")
def goettingen(reference_cases: Path) -> dict[str, list[tuple[str, float, float]]]:
    """Return "total" and "sectors" of Göttingen and Germany 2017: code, here, there."""
    with (reference_cases / "reat_goettingen.csv").open(encoding="utf-8", newline="") as lines:
        rows = [
            (row["WZ2008_Code"], float(row["Goettingen2017"]), float(row["BRD2017"]))
            for row in csv.DictReader(lines)
        ]
    return {"total": rows[:1], "sectors": rows[1:16]}


def quotients(matrix: np.ndarray) -> np.ndarray:
    return location_quotient(matrix, matrix.sum(axis=1), matrix.sum(axis=0), matrix.sum())


def matrix_of(case: Case, name: str) -> np.ndarray:
    return np.array(case["input"][name], dtype=float)


def test_case_farhauer_kroell_quotient(find: Find) -> None:
    case = find("location_quotient", "farhauer_kroell_scalar")
    given = case["input"]
    found = location_quotient(
        np.array([[given["e_ij"]]]), np.array([given["e_j"]]), np.array([given["e_i"]]), given["e"]
    )
    assert found[0, 0] == pytest.approx(case["expected"]["LQ"], abs=case["tol"])


def test_case_quotients_of_shares(find: Find) -> None:
    case = find("location_quotient", "krumme_uw_four_industries")
    here, there = (matrix_of(case, name) for name in ("regional_share_pct", "national_share_pct"))
    found = location_quotient(here[None], np.array([100.0]), there, 100.0)
    assert found[0] == pytest.approx(case["expected"]["LQ"], abs=case["tol"])


def test_case_quotients_of_a_matrix_and_who_is_specialised_at_exactly_one(find: Find) -> None:
    case = find("location_quotient", "econgeo_5x5")
    found = quotients(matrix_of(case, "matrix_regions_x_industries"))
    assert found == pytest.approx(np.array(case["expected"]["LQ"]), abs=case["tol"])
    # EconGeo's manual says "> 1", its code leaves an exact 1 at 1: ≥ 1 is what it computes, and
    # what py-ecomplexity means. We take ≥ 1.
    expected = np.array(case["expected"]["binary_gt1_boundary1_stays1"])
    assert np.array_equal(advantage(found), expected == 1)
    assert advantage(found, strict=True).sum() == expected.sum() - 2


def test_case_goettingen_needs_the_published_total(find: Find, goettingen: dict) -> None:
    case = find("location_quotient", "goettingen_2017_15_sectors")
    (_, below, whole), sectors = goettingen["total"][0], goettingen["sectors"]
    here, there = (np.array([row[column] for row in sectors]) for column in (1, 2))
    assert here.sum() < below, "2,120 persons are in no listed sector"
    found = location_quotient(here[None], np.array([below]), there, whole)[0]
    expected = [case["expected"]["LQ"][code] for code, _, _ in sectors]
    assert found == pytest.approx(expected, abs=case["tol"])


def test_case_symmetric_quotients(find: Find) -> None:
    case = find("location_quotient", "slq_transform")
    found = symmetric(matrix_of(case, "LQ"))
    assert found == pytest.approx(case["expected"]["SLQ"], abs=case["tol"])


def test_additive_quotient_is_the_share_in_the_sector_less_that_in_all_persons() -> None:
    # REAT's variant (LQ.method "a"): e_ij/e_i − e_j/e; Hoen and Oosterhaven's is s_ij − s_i.
    found = additive(np.array([[20.0], [0.0]]), np.array([100.0, 300.0]), np.array([50.0]))
    assert found[:, 0] == pytest.approx([20 / 50 - 100 / 400, -300 / 400])


def test_case_herfindahl(find: Find) -> None:
    case = find("concentration_gini_herfindahl", "herf_doersam")
    found = herfindahl(matrix_of(case, "x"))
    expected = case["expected"]
    assert found.n == 4
    assert found.raw == pytest.approx(expected["HHI"], abs=case["tol"])
    assert found.normalised == pytest.approx(expected["HHI_norm"], abs=case["tol"])
    assert found.equivalents == pytest.approx(expected["equivalents"], abs=case["tol"])


def test_case_gini_and_herfindahl_of_incomes(find: Find) -> None:
    case = find("concentration_gini_herfindahl", "ineq_doc_vector")
    values = matrix_of(case, "x")
    assert gini(values) == pytest.approx(case["expected"]["gini"], abs=case["tol"])
    assert herfindahl(values).raw == pytest.approx(case["expected"]["herfindahl"], abs=case["tol"])
    more = find("concentration_gini_herfindahl", "ineq_doc_vector_more")
    assert gini(values, corrected=True) == pytest.approx(
        more["expected"]["gini_corrected_n_over_n-1"], abs=more["tol"]
    )


def test_case_two_distributions_with_the_same_gini(find: Find) -> None:
    case = find("concentration_gini_herfindahl", "gini_lasym_damgaard_weiner")
    found = [gini(matrix_of(case, name), corrected=True) for name in ("x", "y")]
    assert found == pytest.approx(case["expected"]["gini_corrected"], abs=case["tol"])


@pytest.mark.parametrize(
    ("name", "own", "other", "expected"),
    [
        ("gini_spec_farhauer_kroell", "e_ij", "e_i", "gini_spec"),
        ("gini_conc_farhauer_kroell", "e_ij_by_region", "e_j", "gini_conc"),
    ],
)
def test_case_gini_of_quotients(find: Find, name: str, own: str, other: str, expected: str) -> None:
    case = find("concentration_gini_herfindahl", name)
    found = gini_of_quotients(matrix_of(case, own), matrix_of(case, other))
    assert found == pytest.approx(case["expected"][expected], abs=case["tol"])


def test_case_gini_of_quotients_of_goettingen(find: Find, goettingen: dict) -> None:
    case = find("concentration_gini_herfindahl", "gini_spec_goettingen_2017")
    here, there = (np.array([row[column] for row in goettingen["sectors"]]) for column in (1, 2))
    found = gini_of_quotients(here, there)
    assert found == pytest.approx(case["expected"]["gini_spec"], abs=case["tol"])


def test_case_hoover_is_the_coefficient_of_specialisation(find: Find) -> None:
    case = find("concentration_gini_herfindahl", "hoover_gdp_vs_population")
    found = coefficient_of_specialisation(matrix_of(case, "x")[None], matrix_of(case, "ref"))
    assert found[0] == pytest.approx(case["expected"]["hoover"], abs=case["tol"])


def test_case_herfindahl_and_entropy_of_a_matrix(find: Find) -> None:
    case = find("concentration_gini_herfindahl", "econgeo_5x5_herfindahl_entropy_hachman")
    matrix, expected = matrix_of(case, "matrix"), case["expected"]
    found = herfindahl(matrix).raw
    assert found == pytest.approx(list(expected["herfindahl"].values()), abs=case["tol"])
    # EconGeo adds 1e-9 inside the logarithm and rounds to three decimals.
    bits = list(expected["entropy_log2_rounded3"].values())
    assert entropy(matrix) == pytest.approx(bits, abs=case["tol"])
    # Hachman's index is the inverse of the mean of quotients, weighted by the area's shares.
    shares = matrix / matrix.sum(axis=1, keepdims=True)
    hachman = 1 / (shares * quotients(matrix)).sum(axis=1)
    assert hachman == pytest.approx(list(expected["hachman"].values()), abs=case["tol"])


def test_case_concentration_of_industries_over_the_laender(
    find: Find, reference_cases: Path
) -> None:
    case = find("concentration_gini_herfindahl", "states_2015_conc")
    path = reference_cases / "reat_g_regions_industries.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["year"] == "2015"]
    industries = case["expected"]["industries"]
    lands = sorted({row["region"] for row in rows})
    persons = {(row["ind_code"], row["region"]): float(row["emp_all"]) for row in rows}
    table = np.array([[persons[code, land] for land in lands] for code in industries])
    expected = np.array(case["expected"]["m"])
    whole = table.sum(axis=0)
    # H is Hoover's coefficient; K compares with the unweighted mean of the other industries, which
    # is not the Krugman index of the product (against the sum of all).
    others = [np.delete(table, row, axis=0) for row in range(len(table))]
    columns = [
        coefficient_of_specialisation(table, whole),
        gini_of_quotients(table, np.broadcast_to(whole, table.shape)),
        np.array([krugman_to_mean(own, rest) for own, rest in zip(table, others, strict=True)]),
    ]
    for at, own in enumerate(columns):
        assert own == pytest.approx(expected[:, at], abs=case["tol"])


def test_case_krugman_of_disjoint_structures(find: Find) -> None:
    case = find("krugman_specialisation", "max_disjoint")
    found = krugman(matrix_of(case, "a")[None], matrix_of(case, "b"))
    assert found[0] == pytest.approx(case["expected"]["K"], abs=case["tol"])


def test_case_krugman_of_goettingen(find: Find, goettingen: dict) -> None:
    case = find("krugman_specialisation", "goettingen_2017_vs_germany")
    here, there = (np.array([row[column] for row in goettingen["sectors"]]) for column in (1, 2))
    assert krugman(here[None], there)[0] == pytest.approx(case["expected"]["K"], abs=case["tol"])


def test_case_krugman_of_a_matrix(find: Find) -> None:
    case = find("krugman_specialisation", "econgeo_5x5")
    matrix, expected = matrix_of(case, "matrix"), case["expected"]
    found = krugman(matrix, matrix.sum(axis=0))
    assert found == pytest.approx(list(expected["K"].values()), abs=case["tol"])
    half = coefficient_of_specialisation(matrix, matrix.sum(axis=0))
    assert half == pytest.approx(list(expected["spec_coeff_half"].values()), abs=case["tol"])


@pytest.mark.parametrize(
    ("name", "own", "expected"),
    [
        ("sweden_vs_mean_of_nordics", "region", "K_vs_unweighted_mean_of_shares"),
        ("mining_vs_mean_of_industries", "industry", "K_conc"),
    ],
)
def test_case_krugman_against_the_mean_of_others(
    find: Find, name: str, own: str, expected: str
) -> None:
    case = find("krugman_specialisation", name)
    others = np.array(list(case["input"]["others"].values()), dtype=float)
    found = krugman_to_mean(matrix_of(case, own), others)
    assert found == pytest.approx(case["expected"][expected], abs=case["tol"])


def test_case_proximity_and_density(find: Find) -> None:
    case = find("relatedness_density", "min_conditional_proximity_bin6x5_diag1")
    presence = matrix_of(case, "M")
    phi = proximity(presence)
    assert phi == pytest.approx(np.array(case["expected"]["proximity"]), abs=case["tol"])
    expected = np.array(case["expected"]["density"])
    assert density(presence, phi) == pytest.approx(expected, abs=case["tol"])


def test_case_density_without_the_activity_itself(find: Find) -> None:
    # Issue 38 of py-ecomplexity: with φ_jj = 1 an activity raises its own density. Both readings
    # are in use; the formula of Hidalgo et al. (2007) has the 1, and so has the product.
    case = find("relatedness_density", "min_conditional_proximity_bin6x5_diag0")
    presence = matrix_of(case, "M")
    found = density(presence, proximity(presence), itself=False)
    assert found == pytest.approx(np.array(case["expected"]["density_diag0"]), abs=case["tol"])


@pytest.mark.parametrize(
    ("name", "binary"),
    [("econgeo_density_weighted", False), ("econgeo_density_binary_gt1", True)],
)
def test_case_density_of_other_relatedness(find: Find, name: str, binary: bool) -> None:
    case = find("relatedness_density", name)
    presence = matrix_of(case, "M")
    together = co_occurrence(presence)
    for key, expected in case["expected"].items():
        short = key.split("_")[0]
        phi = relatedness(together, "probability" if short == "prob" else short)  # type: ignore[arg-type]
        phi = np.where(phi > 1, 1.0, 0.0) if binary else phi
        found = 100 * density(presence, phi)
        assert found == pytest.approx(np.array(expected), abs=case["tol"]), key


@pytest.mark.parametrize("name", ["bin6x5", "hh4x4"])
def test_case_complexity(find: Find, name: str) -> None:
    case = find("eci_pci", name)
    presence, expected = matrix_of(case, "Mcp"), case["expected"]
    found, tol = complexity(presence), case["tol"]
    phi = proximity(presence)
    dense = density(presence, phi)
    assert presence.sum(axis=1).tolist() == expected["diversity"]
    assert presence.sum(axis=0).tolist() == expected["ubiquity"]
    assert found.areas == pytest.approx(expected["eci"], abs=tol)
    # PCI on the scale of ECI (issues 19 and 23 of py-ecomplexity ask why): only then is an area
    # the mean of its activities; a PCI standardised by itself would lose that.
    assert found.activities == pytest.approx(expected["pci"], abs=tol)
    assert presence @ found.activities / presence.sum(axis=1) == pytest.approx(found.areas, abs=tol)
    assert phi == pytest.approx(np.array(expected["proximity"]), abs=tol)
    assert dense == pytest.approx(np.array(expected["density"]), abs=tol)


@pytest.mark.parametrize("name", ["bin6x5", "hh4x4"])
def test_case_complexity_outlook(find: Find, name: str) -> None:
    # The reference takes the raw eigenvector, whose zero is the mean over areas weighted by
    # diversity; the zero of PCI is the plain mean. So the figures are moved before they compare.
    case = find("eci_pci", name)
    presence, expected = matrix_of(case, "Mcp"), case["expected"]
    found, phi = complexity(presence), proximity(presence)
    raw = found.activities - np.average(found.areas, weights=presence.sum(axis=1))
    coi, cog = outlook(presence, density(presence, phi), phi, raw)
    assert coi == pytest.approx(expected["coi"], abs=case["tol"])
    assert cog == pytest.approx(np.array(expected["cog"]), abs=case["tol"])


@pytest.mark.parametrize("name", ["bin6x5", "hh4x4"])
def test_case_econgeo_scales_the_same_vector_by_its_sum(find: Find, name: str) -> None:
    # EconGeo divides an eigenvector by its sum and rounds the matrix to four decimals first. Scale
    # and sign then depend on nothing of interest: in the case of six areas the most diversified has
    # a positive value, others lie above it. The z-score with the sign of diversity is right; up to
    # sign and rounding the vector behind both is the same.
    case = find("eci_pci", name)
    presence, expected = matrix_of(case, "Mcp"), case["expected"]
    found = complexity(presence)
    sides = (
        (found.areas, presence.sum(axis=1), "EconGeo_kci_v_over_sum_v"),
        (found.activities, presence.sum(axis=0), "EconGeo_tci_v_over_sum_v"),
    )
    for index, weights, key in sides:
        vector = index - np.average(index, weights=weights)
        theirs = np.array(expected[key])
        ours = vector / vector.sum()
        ours = ours * np.sign(ours[0] * theirs[0])
        assert ours == pytest.approx(theirs, rel=1e-2), key


def test_case_reflections(find: Find) -> None:
    case = find("eci_pci", "hh4x4")
    presence, expected = matrix_of(case, "Mcp"), case["expected"]
    for steps in range(3):
        areas, activities = reflections(presence, steps)
        assert areas == pytest.approx(expected["EconGeo_morc_steps0..2"][steps], abs=case["tol"])
        assert activities == pytest.approx(
            expected["EconGeo_mort_steps0..2"][steps], abs=case["tol"]
        )
    areas, _ = reflections(presence, 20)
    scaled = 100 * (areas - areas.min()) / (areas.max() - areas.min())
    assert scaled == pytest.approx(expected["EconGeo_morc20_rescaled_0_100"], abs=1e-3)


def test_case_variety(find: Find) -> None:
    case = find("related_unrelated_variety", "three_divisions_seven_groups")
    groups = list(case["input"]["groups"].values())
    persons = np.array([figure for group in groups for figure in group], dtype=float)
    places = np.array([place for place, group in enumerate(groups) for _ in group])
    found, expected = variety(persons, places), case["expected"]
    assert found.unrelated == pytest.approx(expected["UV"], abs=case["tol"])
    assert found.related == pytest.approx(expected["RV"], abs=case["tol"])
    assert found.total == pytest.approx(expected["total_entropy"], abs=case["tol"])


def test_case_commuters(find: Find) -> None:
    case = find("cluster_stars_multipliers_misc", "commuting_identity")
    flows, expected = matrix_of(case, "od"), case["expected"]
    out, in_ = (flows.sum(axis=axis) - np.diag(flows) for axis in (1, 0))
    balance = difference(cells(in_), cells(out)).value
    assert balance.tolist() == expected["balance_in_minus_out"]
    assert balance.sum() == expected["sum_balance"]
    rates = {"out_rate": (out, flows.sum(axis=1)), "in_rate": (in_, flows.sum(axis=0)),
             "self_containment_residence": (np.diag(flows), flows.sum(axis=1))}  # fmt: skip
    for name, (above, below) in rates.items():
        found = ratio(cells(above), cells(below)).value
        assert found == pytest.approx(expected[name], abs=case["tol"]), name


def test_case_ages(find: Find) -> None:
    case = find("cluster_stars_multipliers_misc", "old_age_and_replacement")
    pairs = {
        "old_age_quotient_65plus_per_100_20_64": ("pop_65plus", "pop_20_64"),
        "share_55plus": ("sv_55plus", "sv_total"),
        "replacement_ratio_u25_per_100_55plus": ("sv_under25", "sv_55plus"),
        "iab_50_59_per_100_20_29": ("sv_50_59", "sv_20_29"),
    }
    for name, (above, below) in pairs.items():
        parts = (cells(np.array([float(case["input"][part])])) for part in (above, below))
        assert ratio(*parts, scale=100).value[0] == pytest.approx(
            case["expected"][name], abs=case["tol"]
        ), name


def cells(value: np.ndarray) -> Cells:
    nothing = np.full(value.shape, np.nan)
    return Cells(
        np.asarray(value, dtype=float),
        nothing,
        nothing,
        np.full(value.shape, VALUE, dtype=np.int8),
        np.zeros(value.shape, dtype=np.int8),
    )
