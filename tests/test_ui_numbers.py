"""Figures as the reader's language writes them; an interval never shows less than it holds."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages._ui.numbers import (
    NBSP,
    Figure,
    cell,
    file_size,
    interval,
    known,
    number,
    rank,
    signed,
    with_unit,
)

SECRET = Figure(None, 0.0, 34.511963, "secret")  # WZ 29, Chemnitz 2015, 42111-02-03-4


@pytest.mark.parametrize(
    ("value", "decimals", "german", "english"),
    [
        (1234567.0, 0, "1.234.567", "1,234,567"),
        (9.46, 1, "9,5", "9.5"),
        (-3.4, 1, "−3,4", "−3.4"),
        (-0.04, 1, "0,0", "0.0"),
        (0.0, 0, "0", "0"),
    ],
)
def test_a_number_is_written_as_the_language_does(
    value: float, decimals: int, german: str, english: str
) -> None:
    assert number(value, decimals, "de") == german
    assert number(value, decimals, "en") == english


def test_a_change_carries_its_sign_but_no_change_has_none() -> None:
    assert signed(2.1, 1, "de") == "+2,1"
    assert signed(-2.1, 1, "en") == "−2.1"
    assert signed(0.04, 1, "de") == "0,0"


def test_a_unit_is_held_to_its_figure() -> None:
    assert with_unit(9.5, 1, "percent", "de") == f"9,5{NBSP}%"
    assert with_unit(9.5, 1, "percent", "en") == "9.5%"
    assert with_unit(16850, 0, "persons", "de") == f"16.850{NBSP}Personen"


@pytest.mark.parametrize(
    "mark", ["secret", "not_applicable", "not_yet", "unreliable", "dissolved", "missing"]
)
@pytest.mark.parametrize("language", ["de", "en"])
def test_a_mark_without_bounds_is_words_and_no_number(mark: str, language: str) -> None:
    shown = cell(Figure(None, mark=mark), 1, "percent", language)
    assert shown
    assert not any(letter.isdigit() for letter in shown)


def test_a_secret_figure_shows_its_interval_and_its_mark() -> None:
    assert cell(SECRET, 1, "percent", "de") == f"geheim, zwischen 0 und 34,6{NBSP}%"
    assert cell(SECRET, 1, "percent", "en") == "secret, between 0 and 34.6%"


def test_a_real_zero_is_a_number() -> None:
    assert cell(Figure(0.0, mark="zero"), 0, "persons", "de") == f"0{NBSP}Personen"


@given(
    st.floats(0, 1e6),
    st.floats(0, 1e6),
    st.integers(0, 2),
)
def test_the_interval_shown_holds_the_interval_stored(a: float, b: float, decimals: int) -> None:
    lower, upper = sorted((a, b))
    shown = interval(Figure(None, lower, upper, "secret"), decimals, "plants", "en")
    first, last = (
        float(word.replace(",", ""))
        for word in shown.replace(NBSP, " ").split()
        if word[0].isdigit()
    )
    slack = 1e-9 * max(1.0, upper)
    assert first <= lower + slack
    assert last >= upper - slack
    assert first >= lower - 10**-decimals - slack
    assert last <= upper + 10**-decimals + slack


def test_a_last_bit_of_a_float_does_not_widen_an_interval() -> None:
    assert interval(Figure(None, 1.1, 0.1 + 0.2, "secret"), 1, "percent", "en").endswith("0.3%")


@pytest.mark.parametrize(
    ("row", "mark"),
    [
        ({"value": math.nan, "mark": "value"}, "missing"),
        ({"value": None, "mark": "zero"}, "missing"),
        ({"value": math.nan, "mark": "secret"}, "secret"),
        ({"value": 3, "mark": "value"}, "value"),
        ({}, "missing"),
    ],
)
def test_a_figure_without_a_value_is_never_marked_as_one(row: dict, mark: str) -> None:
    assert Figure.of(row).mark == mark


@pytest.mark.parametrize("nothing", [None, math.nan, "", "secret"])
def test_nothing_is_not_a_number(nothing: object) -> None:
    assert known(nothing) is None


def test_a_rank_is_one_number_or_an_interval_or_nothing() -> None:
    assert rank(12, 12, 400, "de") == "Rang 12 von 400"
    assert rank(3, 50, 400, "de") == "Rang 3 bis 50 von 400"
    assert rank(3, 50, 400, "en") == "Rank 3 to 50 of 400"
    assert rank(3, 50, 400, "de", bare=True) == "3 bis 50 von 400"
    assert rank(None, None, None, "de") == ""


def test_a_file_size_has_a_readable_unit() -> None:
    assert file_size(2_345_000, "de") == f"2,3{NBSP}MB"
    assert file_size(2_345, "en") == f"2{NBSP}kB"
