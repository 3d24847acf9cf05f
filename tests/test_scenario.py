"""The powertrain scenario: plain arithmetic on stated assumptions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.formulas.scenario import exposure, normalised

DEPENDENCE = (1.0, 1.0, 0.5, 0.25, 0.1, 0.0)  # G5 to G0, AMZ/CATI 2019
A_QUARTER_EXPOSED = (25 / 3, 25 / 3, 25 / 3, 25.0, 25.0, 25.0)


def test_the_default_composition_at_40_percent_affects_about_one_in_eight() -> None:
    groups, total = exposure((81000, 81000), A_QUARTER_EXPOSED, DEPENDENCE, 0.4)
    # 81,000 × (0.0833 × 2.5 + 0.25 × 0.35) × 0.4
    assert total.affected == pytest.approx((9585, 9585))
    assert sum(group.affected[0] for group in groups) == pytest.approx(9585)
    assert sum(group.persons[0] for group in groups[:3]) == pytest.approx(20250)


def test_an_interval_of_persons_gives_an_interval_of_effects() -> None:
    _, total = exposure((0, 4890), A_QUARTER_EXPOSED, DEPENDENCE, 0.4)
    assert total.affected == pytest.approx((0, 4890 * 0.1183333), rel=1e-4)


def test_without_electric_drives_or_without_weights_nobody_is_affected() -> None:
    assert exposure((100, 200), A_QUARTER_EXPOSED, DEPENDENCE, 0)[1].affected == (0, 0)
    assert exposure((100, 200), [0] * 6, DEPENDENCE, 1)[1].affected == (0, 0)


@pytest.mark.parametrize(
    ("base", "weights", "electric"),
    [((1, 1), [1] * 5, 0.4), ((2, 1), [1] * 6, 0.4), ((1, 2), [1] * 6, 1.1), ((1, 2), [-1] * 6, 1)],
)
def test_what_makes_no_sense_is_refused(
    base: tuple[float, float], weights: list[float], electric: float
) -> None:
    with pytest.raises(ValueError, match=r"do not fit|no interval|not between|negative"):
        exposure(base, weights, DEPENDENCE, electric)


@given(
    st.tuples(st.floats(0, 1e6), st.floats(0, 1e6)).map(sorted),
    st.lists(st.floats(0, 100), min_size=6, max_size=6),
    st.floats(0, 1),
)
def test_never_more_are_affected_than_there_are(
    base: list[float], weights: list[float], electric: float
) -> None:
    groups, total = exposure((base[0], base[1]), weights, DEPENDENCE, electric)
    assert 0 <= total.affected[0] <= total.affected[1] <= base[1] * (1 + 1e-9)
    assert all(group.affected[1] <= group.persons[1] * (1 + 1e-9) for group in groups)
    assert sum(normalised(weights)) == pytest.approx(1 if sum(weights) else 0)
