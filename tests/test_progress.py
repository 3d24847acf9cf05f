"""Progress on a straight path: statuses, intervals, breaks and secret figures."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from indicators.formulas.progress import (
    TOLERANCE,
    Observed,
    Way,
    classify,
    expected,
    judge,
    met,
    share,
    time_share,
)

WAY = Way(2019, (8.0, 8.0), 2029, 4.0)  # ten years from 8 down to 4
ORDER = ("away", "behind", "on_path", "reached")
values = st.floats(-1000, 1000, allow_nan=False).map(lambda number: round(number, 3))
parts = st.floats(0, 1)


def at(year: int, value: float) -> Observed:
    return Observed(year, (value, value))


@pytest.mark.parametrize(
    ("value", "status"),
    [
        (6.0, "on_path"),  # half of the way after half of the time
        (6.2, "on_path"),  # lacks exactly a twentieth of the way
        (6.3, "behind"),
        (8.0, "behind"),  # no change at all
        (8.1, "away"),
        (4.0, "reached"),
        (3.0, "reached"),  # beyond the target
    ],
)
def test_a_goal_downwards_is_judged_in_the_middle_of_its_time(value: float, status: str) -> None:
    assert judge(WAY, [at(2024, value)]).status == status


@pytest.mark.parametrize(("value", "status"), [(15.0, "on_path"), (11.0, "behind"), (9.0, "away")])
def test_a_goal_upwards_is_judged_by_its_own_direction(value: float, status: str) -> None:
    assert judge(Way(2020, (10.0, 10.0), 2030, 20.0), [at(2025, value)]).status == status


def test_the_path_is_straight_and_ends_at_the_target() -> None:
    assert expected(WAY, 2019) == (8.0, 8.0)
    assert expected(WAY, 2024) == (6.0, 6.0)
    assert expected(WAY, 2029) == expected(WAY, 2035) == (4.0, 4.0)


def test_nothing_is_judged_before_there_is_a_figure_since_the_baseline() -> None:
    assert judge(WAY, [at(2018, 9.0), at(2019, 8.0)]).status == "not_yet"
    assert judge(WAY, [Observed(2024, None)]).status == "not_yet"
    assert judge(WAY, []).status == "not_yet"


def test_a_secret_figure_without_bounds_cannot_be_judged_even_if_an_older_one_could() -> None:
    found = judge(WAY, [at(2023, 5.0), Observed(2024, None, secret=True)])
    assert (found.status, found.reason, found.year) == ("unjudged", "secret", 2024)


def test_a_year_that_is_missing_is_passed_over_for_the_newest_figure() -> None:
    assert judge(WAY, [at(2023, 6.4), Observed(2024, None)]).year == 2023


def test_an_interval_that_allows_two_judgements_gets_none_of_them() -> None:
    found = judge(WAY, [Observed(2024, (5.5, 7.0), secret=True)])
    assert (found.status, found.reason) == ("unjudged", "interval")
    assert (found.worst, found.best) == ("behind", "on_path")


def test_an_interval_within_one_judgement_gets_it() -> None:
    found = judge(WAY, [Observed(2024, (5.0, 6.1), secret=True)])
    assert found.status == "on_path"
    assert found.share == pytest.approx((0.475, 0.75))


def test_a_baseline_that_is_an_interval_gives_a_share_between_its_corners() -> None:
    way = Way(2017, (2.9, 3.4), 2030, 12.0)
    assert share(way, (8.5, 8.9)) == pytest.approx((5.1 / 8.6, 6.0 / 9.1))


def test_a_target_within_the_interval_of_the_baseline_has_no_direction() -> None:
    way = Way(2017, (2.0, 6.0), 2030, 5.0)
    found = judge(way, [at(2024, 4.0)])
    assert (found.status, found.reason) == ("unjudged", "no_way")
    assert judge(Way(2017, (5.0, 5.0), 2030, 5.0), [at(2024, 5.0)]).reason == "no_way"


@pytest.mark.parametrize(
    ("secret", "reason"), [(True, "baseline_secret"), (False, "baseline_missing")]
)
def test_without_a_baseline_there_is_no_path_and_the_reason_is_said(
    secret: bool, reason: str
) -> None:
    found = judge(Way(2019, None, 2029, 4.0, secret), [at(2024, 5.0)])
    assert (found.status, found.reason) == ("unjudged", reason)


@pytest.mark.parametrize(
    ("broken", "status"),
    [(2019, "on_path"), (2020, "not_comparable"), (2024, "not_comparable"), (2025, "on_path")],
)
def test_only_a_break_between_baseline_and_figure_forbids_the_comparison(
    broken: int, status: str
) -> None:
    observed = [at(2024, 6.0), Observed(broken, None, broken=True)]
    if broken == 2024:
        observed = [Observed(2024, (6.0, 6.0), broken=True)]
    assert judge(WAY, observed).status == status


def test_from_the_target_year_on_only_the_target_counts_and_its_own_year_is_judged() -> None:
    assert judge(WAY, [at(2029, 4.01)]).status == "missed"
    assert judge(WAY, [at(2029, 4.0), at(2030, 7.0)]).status == "reached"
    late = judge(WAY, [at(2028, 4.5), at(2031, 4.2)])
    assert (late.status, late.year) == ("missed", 2031)


def test_a_milestone_is_met_from_its_value_on_in_the_direction_of_the_goal() -> None:
    assert met(WAY, 6.0, (6.0, 6.0)) is True
    assert met(WAY, 6.0, (6.1, 6.1)) is False
    assert met(WAY, 6.0, (5.9, 6.1)) is None
    assert met(WAY, 6.0, None) is None
    assert met(Way(2019, None, 2029, 4.0), 6.0, (5.0, 5.0)) is None


@given(values, values, values)
def test_a_figure_and_its_mirror_image_stand_equally(start: float, end: float, now: float) -> None:
    assume(abs(start - end) > 0.01)
    down = judge(Way(2019, (start, start), 2029, end), [at(2024, now)])
    up = judge(Way(2019, (-start, -start), 2029, -end), [at(2024, -now)])
    assert down.status == up.status


@given(values, values, st.integers(2020, 2028))
def test_who_is_exactly_on_the_path_is_on_it(start: float, end: float, year: int) -> None:
    assume(abs(start - end) > 0.01)
    way = Way(2019, (start, start), 2029, end)
    ends = expected(way, year)
    assert ends is not None
    assert judge(way, [Observed(year, ends)]).status == "on_path"


@given(parts, parts, parts)
def test_more_of_the_way_is_never_a_worse_status(first: float, second: float, asked: float) -> None:
    low, high = sorted((first, second))
    assert ORDER.index(classify(low, asked, False)) <= ORDER.index(classify(high, asked, False))


@given(values, values, values, values, values, parts, parts)
def test_an_interval_holds_the_share_of_every_figure_within_it(
    one: float, two: float, three: float, four: float, target: float, first: float, second: float
) -> None:
    baseline, now = (min(one, two), max(one, two)), (min(three, four), max(three, four))
    assume(not baseline[0] - 0.01 <= target <= baseline[1] + 0.01)
    found = share(Way(2019, baseline, 2029, target), now)
    start = baseline[0] + (baseline[1] - baseline[0]) * first
    end = now[0] + (now[1] - now[0]) * second
    exact = (end - start) / (target - start)
    assert found is not None
    slack = 1e-6 * max(1.0, abs(exact))
    assert found[0] - slack <= exact <= found[1] + slack


@given(st.integers(1990, 2050))
def test_the_share_of_time_stays_within_nothing_and_all(year: int) -> None:
    assert 0.0 <= time_share(WAY, year) <= 1.0


def test_the_tolerance_is_a_twentieth_of_the_way() -> None:
    assert TOLERANCE == 0.05
    assert classify(0.45, 0.5, False) == "on_path"
    assert classify(0.449, 0.5, False) == "behind"
    assert classify(-0.001, 0.02, False) == "away"
