"""Classes of a map: each value lies in the class whose range the legend writes."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages._ui import colours, legend
from pages._ui.classes import SCHEMES, SIZES, classify
from pages._ui.scale import LARGEST, Circles, circles, shades

VALUES = st.lists(st.floats(-1e6, 1e6, allow_nan=False), min_size=1, max_size=60)
# Unemployment rate 2025 of the five areas, percent, 13211-02-05-4.
RATES = [9.5, 5.6, 5.8, 6.2, 6.1]


@given(VALUES, st.sampled_from(SCHEMES), st.sampled_from(SIZES), st.integers(0, 2))
def test_a_value_lies_in_the_range_of_its_class(
    values: list[float], scheme: str, size: int, decimals: int
) -> None:
    found = classify(values, scheme, size, decimals)
    assert found is not None
    ranges = found.ranges()
    for value in (round(value, decimals) for value in values):
        lower, upper = ranges[found.index(value)]
        assert lower <= value <= upper


@given(VALUES, st.sampled_from(SCHEMES), st.sampled_from(SIZES))
def test_bounds_ascend_and_reach_from_the_lowest_to_the_highest_value(
    values: list[float], scheme: str, size: int
) -> None:
    found = classify(values, scheme, size, 1)
    assert found is not None
    assert list(found.bounds) == sorted(found.bounds)
    rounded = [round(value, 1) for value in values]
    assert found.bounds[0] == min(rounded)
    assert found.bounds[-1] == max(rounded)


@given(VALUES, st.sampled_from(SCHEMES), st.sampled_from(SIZES))
def test_there_are_as_many_colours_as_classes_and_as_legend_texts(
    values: list[float], scheme: str, size: int
) -> None:
    for midpoint in (None, 0.0):
        found = shades(values, scheme, size, 1, midpoint)
        assert found is not None
        assert len(found.colours) == found.classes.count
        assert len(found.texts("de", "{lower} bis unter {upper}")) == found.classes.count


@given(VALUES, st.sampled_from(SCHEMES), st.sampled_from(SIZES))
def test_no_class_mixes_values_below_and_above_the_midpoint(
    values: list[float], scheme: str, size: int
) -> None:
    found = classify(values, scheme, size, 1, 0.0)
    assert found is not None
    for value in (round(value, 1) for value in values):
        assert (found.index(value) < found.below) == (value < 0)


def test_few_values_get_a_class_each_and_the_legend_writes_the_value_itself() -> None:
    found = shades(RATES, "quantile", 5, 1, None)
    assert found is not None
    written = found.texts("de", "{lower} bis unter {upper}")
    assert written == ["5,6", "5,8", "6,1", "6,2", "9,5"]


def test_without_any_value_there_are_no_classes() -> None:
    assert classify([], "quantile", 5, 1) is None
    assert classify([float("nan")], "quantile", 5, 1) is None


@pytest.mark.parametrize("count", SIZES)
def test_the_colours_of_a_map_differ_from_each_other_and_from_no_figure(count: int) -> None:
    for ramp in (colours.sequential(count), colours.diverging(count // 2, count - count // 2)):
        assert len(set(ramp)) == count
        assert not set(ramp) & {colours.MISSING, colours.CONFIDENTIAL, colours.PLAIN}


@given(
    st.lists(st.floats(0, 5e6, allow_nan=False), min_size=1, max_size=400),
    st.sampled_from(sorted(LARGEST)),
    st.booleans(),
)
def test_the_texts_of_the_circle_legend_never_overlap(
    values: list[float], extent: str, narrow: bool
) -> None:
    assert_apart(circles(values, extent, narrow))


@pytest.mark.parametrize("highest", [24_999.0, 39_759.0, 130_140.0])
@pytest.mark.parametrize("radius", sorted(LARGEST.values()))
def test_the_texts_of_known_maps_never_overlap(highest: float, radius: float) -> None:
    assert_apart(Circles(highest, radius))
    assert_apart(Circles(highest, radius * 0.75))


def assert_apart(scale: Circles) -> None:
    """Fail where two texts of the legend of a scale are nearer than a line of text is high."""
    samples = [(scale.of(value), f"{value}") for value in scale.samples()]
    if not samples:
        return
    drawn = legend.Drawn()
    legend.circles(drawn, samples, colours.SYMBOL, 0, 30)
    heights = [-entry["yshift"] for entry in drawn.annotations]
    assert all(lower - upper >= legend.FONT + 2 for upper, lower in pairwise(heights))
    assert drawn.depth >= heights[-1] + legend.FONT / 2


def test_the_area_of_a_circle_grows_with_its_count() -> None:
    scale = Circles(100_000, 26)
    assert scale.of(100_000) == 26
    assert scale.of(25_000) == 13
    assert scale.of(-25_000) == 13
