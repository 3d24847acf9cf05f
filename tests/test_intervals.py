"""Arithmetic of intervals: every possible value is inside, and known figures stay figures."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.optimize import linprog

from indicators.formulas.intervals import (
    Interval,
    difference,
    location_quotient,
    rank_interval,
    rank_interval_within,
    ratio,
    share,
    share_of_parts,
    total,
    total_within,
)


@st.composite
def parts(draw: st.DrawFn, most: int = 6) -> tuple[Interval, np.ndarray]:
    """Return intervals of whole persons and true values inside them."""
    size = draw(st.integers(2, most))
    numbers = st.lists(st.integers(0, 60), min_size=size, max_size=size)
    truth = np.array(draw(numbers), dtype=float)
    below, above = (np.array(draw(numbers), dtype=float) for _ in range(2))
    known = np.array(draw(st.lists(st.booleans(), min_size=size, max_size=size)))
    lower = np.where(known, truth, np.maximum(truth - below, 0))
    return Interval(lower, np.where(known, truth, truth + above)), truth


def within(value: np.ndarray | float, interval: Interval) -> bool:
    """Return whether the interval contains the value, apart from rounding of floats."""
    return bool(np.all(interval.lower <= value + 1e-9) and np.all(value <= interval.upper + 1e-9))


@given(parts())
def test_sums_and_differences_contain_the_truth(case: tuple[Interval, np.ndarray]) -> None:
    of, truth = case
    single = [Interval(of.lower[i : i + 1], of.upper[i : i + 1]) for i in range(truth.size)]
    assert within(truth.sum(), total(single))
    assert within(truth[0] - truth[1], difference(single[0], single[1]))


@given(parts(), st.lists(st.sampled_from([0.0, 0.2, 0.7, 1.0]), min_size=6, max_size=6))
def test_a_weighted_sum_within_a_whole_is_what_a_linear_programme_finds(
    case: tuple[Interval, np.ndarray], drawn: list[float]
) -> None:
    of, truth = case
    weights = np.array(drawn[: truth.size])
    found = total_within(of, Interval.exactly(truth.sum()), Interval.exactly(weights))
    for side, end in ((1, found.lower), (-1, found.upper)):
        best = linprog(
            side * weights,
            A_eq=np.ones((1, truth.size)),
            b_eq=[truth.sum()],
            bounds=np.column_stack([of.lower, of.upper]),
        )
        assert float(end) == pytest.approx(side * best.fun, abs=1e-6)


@given(parts())
def test_shares_contain_the_truth_and_shared_parts_make_them_narrower(
    case: tuple[Interval, np.ndarray],
) -> None:
    of, truth = case
    assume(truth.sum() > 0)
    part = Interval(of.lower[:1], of.upper[:1])
    rest = Interval(of.lower[1:].sum(keepdims=True), of.upper[1:].sum(keepdims=True))
    exact, loose = share_of_parts(part, rest, 100), share(part, total([part, rest]), 100)
    if not np.isnan(exact.lower[0]):
        assert within(100 * truth[0] / truth.sum(), exact)
        assert exact.upper[0] <= 100
        if not np.isnan(loose.lower[0]):
            assert loose.lower[0] <= exact.lower[0] + 1e-9
            assert exact.upper[0] <= loose.upper[0] + 1e-9


def test_a_share_of_a_whole_that_may_be_nothing_is_not_known() -> None:
    part, whole = Interval(np.array([0.0]), np.array([5.0])), Interval.exactly(np.array([0.0]))
    assert np.isnan(share(part, whole).upper[0])
    assert np.isnan(ratio(part, whole).lower[0])
    assert np.isnan(share_of_parts(part, whole).lower[0])


def test_a_location_quotient_of_known_shares_is_a_figure() -> None:
    local, reference = Interval.exactly(np.array([0.3])), Interval.exactly(np.array([0.1]))
    found = location_quotient(local, reference)
    assert (found.lower[0], found.upper[0]) == pytest.approx((3.0, 3.0))


@given(parts())
def test_the_rank_lies_in_the_interval_of_ranks(case: tuple[Interval, np.ndarray]) -> None:
    of, truth = case
    rank = 1 + np.array([(truth > value).sum() for value in truth])
    best, worst = rank_interval(of)
    assert np.all(best <= rank)
    assert np.all(rank <= worst)
    both = rank_interval(Interval.exactly(truth))
    assert np.array_equal(both[0], rank)
    assert np.array_equal(both[1], rank)


@given(parts())
def test_ranks_within_a_whole_contain_the_rank_and_are_never_wider(
    case: tuple[Interval, np.ndarray],
) -> None:
    of, truth = case
    whole = float(truth.sum())
    # Every end must be attained: tighten to what the whole leaves.
    others_high, others_low = of.upper.sum() - of.upper, of.lower.sum() - of.lower
    tight = Interval(
        np.maximum(of.lower, whole - others_high), np.minimum(of.upper, whole - others_low)
    )
    rank = 1 + np.array([(truth > value).sum() for value in truth])
    best, worst = rank_interval_within(tight, whole)
    loose_best, loose_worst = rank_interval(tight)
    assert np.all((loose_best <= best) & (best <= rank))
    assert np.all((rank <= worst) & (worst <= loose_worst))


def test_an_unknown_area_has_no_rank_and_pushes_nobody_down() -> None:
    best, worst = rank_interval(Interval.exactly(np.array([5.0, np.nan, 7.0])))
    assert best[[0, 2]].tolist() == [2, 1]
    assert worst[[0, 2]].tolist() == [2, 1]
    assert np.isnan(best[1])


@pytest.mark.recorded
def test_case_ranks_of_cars_in_the_region(reference_cases: Path) -> None:
    case = _case(reference_cases, "ded4_wz29_2015_official")
    bounds = dict(case["expected"]["bounds_margins_only"])
    bounds |= {area: [value, value] for area, value in case["input"]["published"].items()}
    ends = np.array(list(bounds.values()), dtype=float)
    best, worst = rank_interval_within(
        Interval(ends[:, 0], ends[:, 1]), case["input"]["total_DED4"]
    )
    ranks = {area: [best[i], worst[i]] for i, area in enumerate(bounds)}
    assert ranks == case["expected"]["rank_intervals_margins_only"]


@pytest.mark.recorded
def test_case_cars_in_saxony_by_press_figures(reference_cases: Path) -> None:
    case = _case(reference_cases, "saxony_wz29_press_bounds")
    inside, expected = case["input"], case["expected"]
    known = [inside[name] for name in ("zwickau", "leipzig_region", "erzgebirgskreis")]
    left = inside["saxony_total"] - sum(known)
    assert left == expected["sum_of_all_other_districts"]
    # The ranking says that no other district has more than the Erzgebirgskreis.
    other = np.array([0.0, min(left, inside["erzgebirgskreis"])])
    assert other.tolist() == expected["each_other_district"]
    three = [Interval(other[:1], other[1:])] * 3
    found = total([Interval.exactly(np.array([known[0] + known[2]])), *three])
    assert found.lower[0] == expected["suedwestsachsen_lower"]
    assert found.upper[0] == expected["suedwestsachsen_upper (3 others each <=3075)"]


def _case(folder: Path, name: str) -> dict:
    found = json.loads((folder / "suppressed_cell_bounds.json").read_text("utf-8"))["cases"]
    return next(case for case in found if case["id"] == name)
