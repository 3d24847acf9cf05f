"""Benchmarks: which areas they add up, and quotients recomputed against them with their secrets."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from indicators import benchmark as arithmetic
from indicators.strengths_store import Kind, Strengths
from pages._ui import benchmark, data, strength_data
from pages._ui.i18n import LANGUAGES
from pages._ui.rungs import FIVE, REGION
from tests.conftest import connect

CODES = ["a", "b"]


def cells(**persons: object) -> pd.DataFrame:
    """Return persons per area and code: a number, or a pair of bounds for a secret cell."""
    rows = []
    for area, figures in persons.items():
        for code, figure in zip(CODES, figures, strict=True):  # type: ignore[call-overload]
            low, high = figure if isinstance(figure, tuple) else (None, None)
            known = None if isinstance(figure, tuple) else float(figure)
            rows.append((area, code, known, low, high))
    frame = pd.DataFrame(rows, columns=["area_id", "code", "persons", "lower", "upper"])
    return frame.astype({"persons": float, "lower": float, "upper": float})


def totals(**persons: float) -> pd.DataFrame:
    return pd.DataFrame({"area_id": list(persons), "persons": list(persons.values())})


def compared(official: bool, as_published: bool = False) -> pd.DataFrame:
    """Return quotients of area X against Y and Z; code b is secret in Z: 10 to 60 persons."""
    of = arithmetic.reference(
        cells(Y=(100, 50), Z=(100, (10, 60))), totals(Y=1000.0, Z=1000.0), CODES, official,
        as_published,
    )  # fmt: skip
    found = arithmetic.quotients(cells(X=(20, 30)), totals(X=200.0), of, CODES, official)
    return found.set_index("code")


@pytest.mark.parametrize("official", [True, False])
def test_what_is_published_gives_a_number_and_what_is_secret_in_the_benchmark_an_interval(
    official: bool,
) -> None:
    found = compared(official)
    assert found.loc["a", "lq"] == pytest.approx((20 / 200) / (200 / 2000))
    assert not found.loc["a", "hidden"]
    secret = found.loc["b"]
    assert secret["hidden"]
    assert pd.isna(secret["lq"])
    # Where totals are what is published, the 50 more persons are in none of them.
    most = 110 / 2000 if official else 110 / 2050
    assert secret["lq_low"] == pytest.approx((30 / 200) / most)
    assert secret["lq_high"] == pytest.approx((30 / 200) / (60 / 2000))


def test_germany_is_taken_as_published() -> None:
    found = compared(official=False, as_published=True)
    assert found.loc["b", "lq"] == pytest.approx((30 / 200) / (60 / 2000))
    assert not found["hidden"].any()


def test_few_persons_depend_on_what_the_benchmark_lets_expect() -> None:
    x, below = cells(X=(20, 30)), totals(X=200.0)
    for share, few in ((0.1, True), (0.3, False)):
        of = arithmetic.reference(
            cells(Y=(1000 * share, 10)), totals(Y=1000.0), CODES, official=True
        )
        found = arithmetic.quotients(x, below, of, CODES, official=True).set_index("code")
        assert found.loc["a", "few"] == few, "20 persons, expected 20 or 60"


def test_nobody_is_nobody_against_a_secret_benchmark_too() -> None:
    of = arithmetic.reference(cells(Y=((5, 50), 10)), totals(Y=100.0), CODES, official=True)
    found = arithmetic.quotients(cells(X=(0, 1)), totals(X=10.0), of, CODES, official=True)
    assert found.loc[found["code"] == "a", "lq"].tolist() == [0.0]


def test_a_quotient_is_secret_by_its_benchmark_while_its_persons_are_not() -> None:
    frame = pd.DataFrame(
        {"code": CODES, "persons": [20.0, 30.0], "lq": [9.0, 9.0], "few": [True, True],
         "rank": [1, 2], "mark": ["value", "value"], "stars": [3, 3]}
    )  # fmt: skip
    result = arithmetic.compared(frame, compared(official=True).reset_index()).set_index("code")
    assert result["lq_mark"].tolist() == ["value", "secret"]
    assert result["mark"].tolist() == ["value", "value"]
    assert result["rank"].tolist() == [1, 2]
    assert "stars" not in result


def test_the_order_of_districts_does_not_depend_on_the_benchmark(release: Path) -> None:
    reader = Strengths(connect(release))
    areas = reader.map_values("industry", "C", 2020)["area_id"].tolist()
    orders = []
    for name in ("country", "land", "east", "twins"):
        of = reader.benchmark_areas(name, "14523")  # type: ignore[arg-type]
        found = reader.against("industry", 2020, areas, of, ["C"]).set_index("area_id")["lq"]
        orders.append(found.round(9).rank())
    assert all(order.equals(orders[0]) for order in orders)


AGAINST_SAXONY = """
SELECT (x.persons / tx.persons) / (y.persons / ty.persons)
FROM strength x
JOIN strength y USING (kind, code, year)
JOIN strength_total tx ON tx.kind = x.kind AND tx.year = x.year AND tx.area_id = x.area_id
JOIN strength_total ty ON ty.kind = y.kind AND ty.year = y.year AND ty.area_id = y.area_id
WHERE y.area_id = '14' AND x.kind = ? AND x.code = ? AND x.year = ? AND x.area_id = ?
"""


@pytest.mark.parametrize(
    ("kind", "code", "year", "area"),
    [
        ("occupation", "252", 2025, "14523"),
        ("occupation", "244", 2025, "14524"),
        ("industry", "C", 2020, "14521"),
    ],
)
def test_quotients_against_saxony_are_what_persons_in_the_release_give(
    release: Path, kind: Kind, code: str, year: int, area: str
) -> None:
    connection = connect(release)
    row = connection.execute(AGAINST_SAXONY, [kind, code, year, area]).fetchone()
    found = Strengths(connection).against(kind, year, [area], ["14"], [code])["lq"]
    assert row is not None
    assert found.tolist() == [pytest.approx(row[0])]


@pytest.fixture
def path(release: Path) -> str:
    return data.current() or str(release)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_choice_without_an_area_falls_back_to_germany_and_keeps_saying_so(
    path: str, language: str
) -> None:
    for name, area in (("own", "14523"), ("twins", "14")):
        found = benchmark.of(path, name, area, (), language)  # type: ignore[arg-type]
        assert (found.name, found.areas, found.missing) == ("country", ("DG",), name)


def test_the_region_is_compared_with_the_twins_of_its_areas_but_not_with_itself(path: str) -> None:
    found = benchmark.of(path, "twins", REGION, (), "de")
    assert not set(found.areas) & set(FIVE)
    assert len(set(found.areas)) == len(found.areas) > 10
    one = benchmark.of(path, "twins", "14521", (), "de")
    assert set(one.areas) - set(FIVE) <= set(found.areas)
    assert (len(one.areas), one.label) == (10, "10 strukturelle Zwillinge (Erzgebirgskreis)")


def test_a_benchmark_has_a_name_that_stands_alone_and_one_for_a_sentence(path: str) -> None:
    found = benchmark.of(path, "own", "", ("14511", "14521"), "de")
    assert found.label == "2 ausgewählte Kreise"
    assert found.against == "gegenüber 2 ausgewählten Kreisen"
    assert benchmark.of(path, "own", "", ("14521",), "de").against == "gegenüber Erzgebirgskreis"
    assert benchmark.of(path, "land", "", (), "en").against == "compared with Saxony"


def test_a_benchmark_without_figures_in_a_year_is_known_not_to_have_them(path: str) -> None:
    assert strength_data.hidden_codes(path, "occupation", 2025, ("DG",)) == ()
    assert strength_data.hidden_codes(path, "occupation", 1990, ("14",)) is None
    assert "936" in (strength_data.hidden_codes(path, "occupation", 2025, ("14",)) or ())
