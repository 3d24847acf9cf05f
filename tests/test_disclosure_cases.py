"""Bounds of secret cells against derived and third-party cases."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from indicators.formulas.disclosure import Table, unprotected_bounds_for_tests

SOUTHWEST = ("14511", "14521", "14522", "14523", "14524")


@pytest.fixture
def cases(reference_cases: Path) -> dict[str, dict]:
    found = json.loads((reference_cases / "suppressed_cell_bounds.json").read_text("utf-8"))
    return {case["id"]: case for case in found["cases"]}


@pytest.mark.recorded
def test_case_two_way_bounds(cases: dict[str, dict]) -> None:
    given_, expected = cases["frechet_2x2"]["input"], cases["frechet_2x2"]["expected"]
    lower, upper = _two_way([[None, None], [None, None]], given_["rows"], given_["cols"])
    assert np.stack([lower, upper], axis=-1).tolist() == expected["bounds"]


@pytest.mark.recorded
@pytest.mark.parametrize("case", ["lp_2x2_block_in_3x3", "lp_single_unknown_per_row_is_disclosed"])
def test_case_of_a_two_way_table(cases: dict[str, dict], case: str) -> None:
    inside = cases[case]["input"]
    lower, upper = _two_way(inside["table_null_is_suppressed"], inside["rows"], inside["cols"])
    for cell, ends in cases[case]["expected"]["bounds"].items():
        row, column = map(int, cell.split(","))
        assert [lower[row, column], upper[row, column]] == pytest.approx(ends, abs=1e-6)


@pytest.mark.recorded
@pytest.mark.parametrize(
    ("least", "name"), [(0.0, "bounds_margins_only"), (20.0, "bounds_with_plants_x_20")]
)
def test_case_cars_in_the_region(cases: dict[str, dict], least: float, name: str) -> None:
    case = cases["ded4_wz29_2015_official"]
    areas: dict[str, str | None] = {"145": None, **dict.fromkeys(SOUTHWEST, "145")}
    persons = {("145", "29"): case["input"]["total_DED4"]}
    persons |= {(area, "29"): value for area, value in case["input"]["published"].items()}
    plants = {(area, "29"): count for area, count in case["input"]["plants"].items()}
    table = Table.of(areas, {"29": None}, persons, plants, persons_per_plant=least)
    lower, upper = unprotected_bounds_for_tests(table)
    for area, ends in case["expected"][name].items():
        place = table.areas.keys.index(area)
        assert [lower[place, 0], upper[place, 0]] == pytest.approx(ends, abs=1e-6)


def _two_way(
    inside: list[list[float | None]], rows: list[float], columns: list[float]
) -> tuple[np.ndarray, np.ndarray]:
    """Return the exact bounds inside a table with row and column sums."""
    persons = {("all", ""): float(sum(rows))}
    persons |= {(f"r{row}", ""): figure for row, figure in enumerate(rows)}
    persons |= {("all", f"c{column}"): figure for column, figure in enumerate(columns)}
    for row, line in enumerate(inside):
        for column, figure in enumerate(line):
            if figure is not None:
                persons[f"r{row}", f"c{column}"] = figure
    areas: dict[str, str | None] = {"all": None} | {f"r{row}": "all" for row in range(len(rows))}
    sectors: dict[str, str | None] = {"": None} | {f"c{i}": "" for i in range(len(columns))}
    lower, upper = unprotected_bounds_for_tests(Table.of(areas, sectors, persons, {}))
    return lower[1:, 1:], upper[1:, 1:]
