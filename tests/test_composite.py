"""What a composite index promises: honest scores, ranks that say how sure they are."""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from indicators.composite import Component, ComponentError, Composite, composite
from indicators.formulas import composite as formula
from indicators.formulas.intervals import Interval
from indicators.groups import Groups, open_groups
from indicators.store import Store, open_store
from tests.indicator_world import FIVE

TWO = (
    Component("manufacturing_share_of_employees", 2020, 2.0, up_is_good=True),
    Component("long_term_share_of_unemployed", 2020),
)
AREAS = {**{key: (key,) for key in FIVE}, "the five": FIVE, "14": ("14",)}
figures = arrays(np.float64, st.tuples(st.integers(3, 12), st.integers(1, 4)),
                 elements=st.integers(-1000, 1000).map(float))  # fmt: skip


def everyone(values: np.ndarray) -> np.ndarray:
    return np.ones(len(values), dtype=bool)


def standard(values: np.ndarray) -> np.ndarray:
    upward = np.ones(values.shape[1], dtype=bool)
    return formula.standardise(Interval.exactly(values), everyone(values), upward).lower


@pytest.fixture(scope="module")
def store(release: Path) -> Iterator[Store]:
    reader = open_store(release)
    yield reader
    reader.close()


@pytest.fixture(scope="module")
def groups(release: Path) -> Iterator[Groups]:
    reader = open_groups(release)
    yield reader
    reader.close()


@pytest.fixture(scope="module")
def result(store: Store, groups: Groups) -> Composite:
    return composite(store, groups, TWO, AREAS)


@given(figures)
def test_scores_have_mean_0_and_deviation_1(values: np.ndarray) -> None:
    z = standard(values)
    varies = values.std(axis=0) > 0
    assert np.allclose(z.mean(axis=0), 0, atol=1e-9)
    assert np.allclose(z.std(axis=0)[varies], 1)
    assert np.all(z[:, ~varies] == 0)


@given(figures, st.floats(0.1, 100), st.floats(-1000, 1000))
def test_the_unit_of_a_component_does_not_matter(
    values: np.ndarray, scale: float, shift: float
) -> None:
    assert np.allclose(standard(values * scale + shift), standard(values), atol=1e-6)


@given(figures)
def test_less_is_better_turns_the_scores_round(values: np.ndarray) -> None:
    down = np.zeros(values.shape[1], dtype=bool)
    turned = formula.standardise(Interval.exactly(values), everyone(values), down)
    assert np.allclose(turned.lower, -standard(values))


@given(figures, st.data())
def test_better_in_every_component_is_better_with_all_weights(
    values: np.ndarray, data: st.DataObject
) -> None:
    weights = np.array(data.draw(st.lists(st.floats(0.01, 1), min_size=values.shape[1],
                                          max_size=values.shape[1])))  # fmt: skip
    values = np.vstack([values, values.max(axis=0) + 1, values.min(axis=0) - 1])
    index = formula.weighted_mean(Interval.exactly(standard(values)), weights).lower
    best, worst = len(values) - 2, len(values) - 1
    assert index.argmax() == best
    assert index.argmin() == worst
    z = standard(values)
    held = formula.stability(z, z, weights, formula.weights_everywhere(weights, 50))
    assert held.holds[[best, worst]].tolist() == [1, 1]
    assert held.ahead[best, worst] == 1
    assert (held.low[best], held.high[worst]) == (1, len(values))


@given(figures, st.integers(0, 2**32 - 1))
def test_ranks_over_draws_are_ranks_of_single_draws(values: np.ndarray, seed: int) -> None:
    z, weights = standard(values), np.ones(values.shape[1])
    drawn = formula.weights_everywhere(weights, 40, seed)
    held = formula.stability(z, z, weights, drawn)
    index = np.round(z @ drawn.T, formula.DIGITS)
    ranks = 1 + (index[np.newaxis] > index[:, np.newaxis]).sum(axis=1)
    assert np.all((held.low >= ranks.min(axis=1)) & (held.high <= ranks.max(axis=1)))
    for row in range(len(z)):
        inside = (ranks[row] >= held.low[row]) & (ranks[row] <= held.high[row])
        assert inside.mean() >= 0.9
    other = held.ahead + held.ahead.T
    assert np.allclose(other[~np.isnan(other)], 1)


@given(st.lists(st.floats(0, 10), min_size=1, max_size=12).filter(any))
def test_drawn_weights_add_up_and_leave_out_what_has_no_weight(weights: list[float]) -> None:
    given_weights = np.array(weights)
    around = formula.weights_around(given_weights, 30)
    for drawn in (around, formula.weights_everywhere(given_weights, 30)):
        assert np.allclose(drawn.sum(axis=1), 1)
        assert np.all(drawn >= 0)
        assert np.all(drawn[:, given_weights == 0] == 0)
    share = given_weights / given_weights.sum()
    assert np.all(around <= share * 1.25 / 0.75 + 1e-12)
    assert np.all(around >= share * 0.75 / 1.25 - 1e-12)


def test_draws_are_the_same_every_time() -> None:
    weights = np.array([1.0, 2.0, 3.0])
    assert np.array_equal(formula.weights_around(weights), formula.weights_around(weights))
    first = formula.weights_everywhere(weights)
    assert first.shape == (1000, 3)
    assert np.array_equal(first, formula.weights_everywhere(weights))
    assert np.allclose(first.mean(axis=0), 1 / 3, atol=0.03)


@pytest.mark.parametrize("weights", [[], [0.0, 0.0], [1.0, -0.1], [np.nan, 1.0], [np.inf, 1.0]])
def test_weights_that_mean_nothing_are_refused(weights: list[float]) -> None:
    with pytest.raises(ValueError, match="Weights must be 0 or more"):
        formula.shares(np.array(weights))


def test_equal_areas_share_the_better_rank_and_neither_is_ahead() -> None:
    z = standard(np.array([[1.0, 2.0], [1.0, 2.0], [0.0, 0.0]]))
    weights = np.array([1.0, 1.0])
    held = formula.stability(z, z, weights, formula.weights_everywhere(weights, 20))
    assert held.low.tolist() == held.high.tolist() == [1, 1, 3]
    assert held.ahead[0, 1] == 0.5


def test_bounds_of_a_component_become_bounds_of_the_index() -> None:
    known = Interval(np.array([[0.0, 1.0], [2.0, 3.0], [4.0, 5.0]]),
                     np.array([[0.0, 1.0], [2.0, 3.0], [4.0, 9.0]]))  # fmt: skip
    up = np.array([True, False])
    z = formula.standardise(known, np.ones(3, dtype=bool), up)
    assert z.lower[2, 1] < z.upper[2, 1] < 0  # less is better: the upper end is the worse score
    assert z.upper[2, 1] == pytest.approx(-(5 - 2) / 1)  # mean 2, deviation 1 of the known ones
    index = formula.weighted_mean(z, np.array([1.0, 1.0]))
    assert index.upper[2] - index.lower[2] == pytest.approx(4 / 2)
    assert index.lower[0] == index.upper[0]


def test_a_component_nobody_knows_is_refused() -> None:
    nothing = np.full((3, 1), np.nan)
    with pytest.raises(ValueError, match="no known figure"):
        formula.standardise(Interval.exactly(nothing), np.ones(3, dtype=bool), np.array([True]))


def test_an_index_by_hand(store: Store, result: Composite) -> None:
    # z-scores of two indicators in 2020 over the districts, weights 2/3 and 1/3, less is better
    z = []
    for one, sign in ((TWO[0], 1), (TWO[1], -1)):
        frame = store.cross_section(one.indicator, one.year).set_index("area_id")["value"]
        known = frame.dropna().tolist()
        z.append(sign * (frame - statistics.fmean(known)) / statistics.pstdev(known))
    expected = 2 / 3 * z[0] + 1 / 3 * z[1]
    scores = result.scores.set_index("area")
    assert np.allclose(scores.loc[expected.index, "value"], expected, equal_nan=True)
    assert scores.loc["14524", "rank"] == 1 + (expected > expected["14524"]).sum()
    assert scores.loc["14524", "n"] == expected.notna().sum()


def test_contributions_add_up_to_the_index(result: Composite) -> None:
    sums = result.parts.groupby("area")["contribution"].sum(min_count=2)
    scores = result.scores.set_index("area")["value"]
    assert np.allclose(sums, scores[sums.index])
    assert result.parts.groupby("area")["weight"].sum().round(9).eq(1).all()


def test_a_group_is_scored_on_the_scale_of_the_districts(result: Composite, groups: Groups) -> None:
    part = result.parts.set_index(["area", "indicator"]).loc[("the five", TWO[0].indicator)]
    series = groups.series(TWO[0].indicator, FIVE).set_index("year")
    assert part["value"] == series.loc[2020, "value"]
    scores = result.scores.set_index("area")
    districts = scores.drop(index=["the five", "14"])
    assert scores.loc["the five", "rank"] == (
        1 + (districts["value"] > scores.loc["the five", "value"]).sum()
    )
    assert len(districts) == 400
    assert districts["rank"].max() <= districts["n"].max() <= 400


def test_the_order_is_that_of_the_index(result: Composite) -> None:
    scores = result.scores.set_index("area")["value"]
    order = result.order
    assert (scores[order["first"]].to_numpy() >= scores[order["second"]].to_numpy()).all()
    assert len(order) == 2 * 7 * 6 / 2
    assert order["share"].between(0, 1).all()
    near = order[order["draws"] == "around"]["share"].mean()
    assert near >= order[order["draws"] == "everywhere"]["share"].mean()


def test_a_secret_component_gives_bounds_and_no_rank_in_the_draws(
    store: Store, groups: Groups
) -> None:
    components = [TWO[0], Component("supplier_occupations_share", 2020, 1.0, up_is_good=False)]
    frame = store.cross_section("supplier_occupations_share", 2020).set_index("area_id")
    secret = frame.index[frame["lower"].notna()][0]
    found = composite(store, groups, components, {secret: (secret,), "14521": ("14521",)})
    row = found.scores.set_index("area").loc[secret]
    assert pd.isna(row["value"])
    assert row["lower"] < row["upper"]
    assert row["rank_low"] <= row["rank_high"]
    held = found.stability.set_index("area")
    assert held.loc[secret, "rank_low"].isna().all()
    assert held.loc["14521", "rank_low"].notna().all()
    assert found.order.empty
    other = store.cross_section(TWO[0].indicator, 2020).set_index("area_id")
    assert (held["n"] == (frame["value"].notna() & other["value"].notna()).sum()).all()


def test_an_area_without_a_component_has_no_index(store: Store, groups: Groups) -> None:
    components = [TWO[0], Component("unemployment_rate", 2020)]
    found = composite(store, groups, components, {"pair": ("14511", "14521")})
    row = found.scores.set_index("area").loc["pair"]
    assert row[["value", "lower", "upper", "rank", "rank_low"]].isna().all()
    assert found.parts.set_index("indicator").loc["unemployment_rate", "mark"] == "not_applicable"


@pytest.mark.parametrize(
    ("component", "reason"),
    [
        (Component("manufacturing_share_of_employees", 2020), "direction"),
        (Component("employees", 2020, up_is_good=True), "count"),
    ],
)
def test_what_cannot_be_a_component_is_refused(
    store: Store, groups: Groups, component: Component, reason: str
) -> None:
    with pytest.raises(ComponentError) as refused:
        composite(store, groups, [component], AREAS)
    assert (refused.value.indicator, refused.value.reason) == (component.indicator, reason)
    with pytest.raises(ValueError, match="at least one component"):
        composite(store, groups, [], AREAS)
    with pytest.raises(ValueError, match="no known figure"):
        composite(store, groups, [Component("unemployment_rate", 1950)], AREAS)


def test_correlations_tell_what_counts_twice(result: Composite) -> None:
    names = [one.indicator for one in TWO]
    assert isinstance(result.correlations, pd.DataFrame)
    assert result.correlations.loc[names[0], names[0]] == pytest.approx(1)
    assert -1 <= result.correlations.loc[names[0], names[1]] < 1
