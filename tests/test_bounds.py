"""How bounds of a hidden figure carry through the formulas."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from indicators.formulas.basic import difference, ratio, total
from indicators.formulas.cells import MARKS, Cells, empty


def hidden(lower: float, upper: float) -> Cells:
    """Return one secret cell of which bounds are known."""
    one = empty((1, 1))
    return replace(
        one,
        lower=np.full((1, 1), lower),
        upper=np.full((1, 1), upper),
        mark=np.full((1, 1), MARKS.index("secret"), dtype=np.int8),
    )


def known(value: float) -> Cells:
    """Return one cell with a value."""
    mark = np.full((1, 1), MARKS.index("value"), dtype=np.int8)
    return replace(empty((1, 1)), value=np.full((1, 1), value), mark=mark)


def test_bounds_of_a_hidden_part_carry_through_shares_sums_and_differences() -> None:
    part = hidden(10, 30)
    for result, bounds in (
        (ratio(part, known(200), 100), (5, 15)),
        (ratio(known(60), part), (2, 6)),
        (total([part, known(5)]), (15, 35)),
        (difference(known(50), part), (20, 40)),
    ):
        assert (result.lower.item(), result.upper.item()) == bounds
        assert np.isnan(result.value).all()
        assert MARKS[result.mark.item()] == "secret"


def test_bounds_of_a_denominator_that_reach_zero_give_no_bounds() -> None:
    result = ratio(known(1), hidden(0, 10))
    assert np.isnan(result.lower).all()
    assert np.isnan(result.upper).all()


def test_a_known_value_has_no_bounds_beside_it() -> None:
    result = ratio(known(1), known(4), 100)
    assert (result.value.item(), np.isnan(result.lower).all()) == (25, True)
