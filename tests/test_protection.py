"""The confidentiality rule: nothing narrower than it is shown, and it cannot be undone."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.formulas.protection import LADDER, SHARE, UNIT, protect


@given(
    st.floats(0, 1e6, allow_nan=False),
    st.floats(0, 1e5, allow_nan=False),
)
def test_nothing_narrower_than_the_rule_is_shown(lower: float, width: float) -> None:
    low, high = protect(np.array([lower]), np.array([lower + width]))
    assert 0 <= low[0] <= lower
    assert high[0] >= lower + width
    assert high[0] - low[0] >= max(UNIT, SHARE * (low[0] + high[0]) / 2)
    assert low[0] % UNIT == 0
    assert high[0] % UNIT == 0
    again = protect(low, high)
    assert (again[0][0], again[1][0]) == (low[0], high[0])


def test_an_exactly_known_value_shows_no_more_than_the_step_it_lies_in() -> None:
    values = np.arange(0.0, 30_000.0)
    low, high = protect(values, values)
    for start, end in pairwise(LADDER):
        inside = (values >= start) & (values < end)
        assert np.all(low[inside] == start)
        assert np.all(high[inside] == end)


def test_an_end_without_limit_stays_without_limit_and_a_negative_one_is_refused() -> None:
    assert protect(np.array([3.0]), np.array([np.inf]))[1][0] == np.inf
    with pytest.raises(ValueError, match="must be 0 or more"):
        protect(np.array([-1.0]), np.array([30.0]))
