"""The reader of change: sums, additivity, secrecy, and figures computed by hand."""

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from indicators.change_panel import GROUPS, SUMMED
from indicators.change_store import KINDS, METHODS, Change, Kind, Method
from indicators.errors import UnknownAreaError
from indicators.formulas.protection import wide_enough
from indicators.store import Store
from tests.conftest import connect

FIVE = ["14511", "14521", "14522", "14523", "14524"]
COUNTRY, EAST = ["DG"], ["12", "13", "14", "15", "16"]
PARTS = ["national", "mix", "regional", "allocation"]


@pytest.fixture(scope="module")
def change(release: Path) -> Iterator[Change]:
    reader = Change(connect(release))
    yield reader
    reader.close()


@pytest.fixture(scope="module")
def kreise(release: Path) -> list[str]:
    return list(Store(connect(release)).areas()["area_id"])


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("method", METHODS)
def test_parts_add_up_to_the_change_in_all_districts_and_years(
    change: Change, kreise: list[str], kind: Kind, method: Method
) -> None:
    years = change.years(kind)
    spans = [(years[0], years[-1])] if method != "classic" else list(pairwise(years))
    for first, last in spans:
        frame = change.components(kind, kreise, COUNTRY, first, last, method)
        assert len(frame) == len(kreise) * len(change.codes(kind))
        sure = frame[frame["mark"] == "value"]
        gap = (sure[PARTS].sum(axis=1, skipna=False) - sure["change"]).abs()
        assert gap.max() <= 1e-9
        ends = (sure["end"] - sure["base"] - sure["change"]).abs()
        assert ends.max() <= 1e-9


@pytest.mark.parametrize("kind", KINDS)
def test_the_region_is_the_sum_of_its_five_areas(change: Change, kind: Kind) -> None:
    years = change.years(kind)
    for method in METHODS:
        frame = change.totals(kind, [*FIVE, "145"], COUNTRY, years[0], years[-1], method)
        frame = frame.set_index("area_id")
        additive = ["national", "mix"] + (["regional"] if method != "esteban_marquillas" else [])
        # 13312-01-05-4 is published to 100 persons, so that its sums differ by rounding.
        room = 600.0 if kind == "activity" else 1e-6
        for name in ["base", "end", "change", *additive]:
            assert frame.loc[FIVE, name].sum() == pytest.approx(frame.loc["145", name], abs=room)


@pytest.mark.parametrize("kind", KINDS)
def test_the_years_add_up_to_the_dynamic_split(change: Change, kind: Kind) -> None:
    years = change.years(kind)
    steps = change.yearly(kind, ["14524", "145"], COUNTRY, years[0], years[-1])
    whole = change.totals(kind, ["14524", "145"], COUNTRY, years[0], years[-1], "dynamic")
    for area, row in whole.set_index("area_id").iterrows():
        own = steps[steps["area_id"] == area]
        assert list(own["last"]) == years[1:]
        for name in ("change", "national", "mix", "regional"):
            assert own[name].sum() == pytest.approx(row[name], abs=1e-6)


def test_the_benchmark_has_no_part_of_its_own(change: Change) -> None:
    for kind in KINDS:
        years = change.years(kind)
        row = change.totals(kind, COUNTRY, COUNTRY, years[0], years[-1]).iloc[0]
        assert row["regional"] == pytest.approx(0.0, abs=1e-3)
        assert row["mix"] == pytest.approx(0.0, abs=1e-3)


def test_a_secret_cell_is_an_interval_as_wide_as_the_rule_demands(
    change: Change, kreise: list[str]
) -> None:
    frame = change.components("industry", kreise, COUNTRY, 2015, 2020)
    secret = frame[frame["mark"] == "secret"]
    assert len(secret) > 20
    assert secret[["change", "regional"]].isna().all(axis=None)
    known_before = secret["base"].notna()  # secret in the later year only: the trend is certain
    assert (secret["national"].notna() == known_before).all()
    low, high = (secret[f"change_{end}"] for end in ("lower", "upper"))
    bounded = low.notna() & high.notna()
    assert bounded.sum() > 10
    width = (high - low)[bounded]
    assert (width >= 10).all()
    for name in ("base", "end"):
        ends = secret[secret[name].isna()]
        shown = ends[[f"{name}_lower", f"{name}_upper"]].dropna().to_numpy(dtype=float)
        assert wide_enough(shown[:, 0], shown[:, 1]).sum() + (
            shown[:, 0] == shown[:, 1]  # published in this year, secret in the other
        ).sum() == len(shown)


def test_a_sum_with_a_secret_industry_is_an_interval(change: Change, kreise: list[str]) -> None:
    frame = change.totals("industry", kreise, COUNTRY, 2015, 2020)
    # One that is secret in the later year only leaves mix and rest of the whole area certain.
    assert frame.loc[frame["secret"] > 0, "change"].notna().all()
    secret = frame[frame["mark"] == "secret"]
    assert 10 < len(secret) < 60
    assert (secret["secret"] > 0).all()
    assert secret[["base", "end", "change", "national"]].notna().all(axis=None)  # official totals
    assert secret[["mix", "regional"]].isna().all(axis=None)
    assert (secret["regional_lower"] < secret["regional_upper"]).all()
    # The parts add up to the change at opposite ends: what the mix takes, the area lacks.
    whole = secret["national"] + secret["mix_lower"] + secret["regional_upper"]
    np.testing.assert_allclose(whole, secret["change"])
    cells = change.components("industry", list(secret["area_id"]), COUNTRY, 2015, 2020)
    widest = cells.assign(w=cells["mix_upper"] - cells["mix_lower"]).groupby("area_id")["w"].sum()
    width = (secret["mix_upper"] - secret["mix_lower"]).to_numpy()
    sums = widest.reindex(secret["area_id"]).to_numpy()
    assert (width <= sums + 2.0).mean() > 0.9  # totals narrow what the groups alone allow


def test_a_benchmark_with_secret_cells_counts_what_it_publishes(change: Change) -> None:
    row = change.components("industry", ["14524"], ["03103", "14511"], 2015, 2020).set_index("code")
    assert row["benchmark_left_out"].sum() > 0
    assert row["regional"].notna().all()
    alone = change.components("industry", ["14524"], ["14511"], 2015, 2020).set_index("code")
    left = row.index[row["benchmark_left_out"] > 0]
    known = [code for code in left if code in alone.index]
    growth = (alone.loc[known, "national"] + alone.loc[known, "mix"]) / alone.loc[known, "base"]
    same = (row.loc[known, "national"] + row.loc[known, "mix"]) / row.loc[known, "base"]
    np.testing.assert_allclose(growth, same)


def test_sums_of_occupations_leave_secret_cells_out_and_say_how_many(change: Change) -> None:
    total = change.totals("occupation", ["14524"], COUNTRY, 2013, 2025).iloc[0]
    cells = change.components("occupation", ["14524"], COUNTRY, 2013, 2025)
    sure = cells[cells["mark"] == "value"]
    assert total["secret"] == (cells["mark"] == "secret").sum() > 0
    assert total["published"] + total["secret"] == len(cells)
    assert total["change"] == pytest.approx(sure["change"].sum())
    assert total["change_lower"] <= total["change"] <= total["change_upper"]


def test_every_classification_holds_everybody_once(change: Change, release: Path) -> None:
    """The published total of 13111-07-05-4 and the eleven groups differ by the unassigned only."""
    assert len(change.codes("industry")) == 11
    assert len(change.codes("activity")) == 7
    assert {"industry", "activity"} == set(GROUPS)
    assert frozenset({"occupation"}) == SUMMED
    row = change.totals("industry", ["14524"], COUNTRY, 2015, 2020).iloc[0]
    query = """SELECT year, value FROM observation WHERE dataset = '13111-07-05-4'
        AND area_id = '14524' AND sector = '' AND breakdown = '' AND measure = 'employees'"""
    total = dict(connect(release).execute(query).fetchall())
    assert (row["base"], row["end"]) == (total[2015], pytest.approx(total[2020], abs=1))


def cells_of(release: Path, dataset: str, areas: str, years: tuple[int, int]) -> pd.DataFrame:
    query = f"""SELECT area_id, sector || occupation AS code, year, value FROM observation
        WHERE dataset = '{dataset}' AND breakdown = '' AND year IN {years}
        AND measure IN ('employees', 'persons_employed') AND ({areas})"""
    return connect(release).execute(query).df()


@pytest.mark.parametrize(
    ("area", "code"), [("14524", "C"), ("14521", "O-Q"), ("14511", "F"), ("145", "B+D+E")]
)
def test_industries_by_hand(change: Change, release: Path, area: str, code: str) -> None:
    raw = cells_of(release, "13111-07-05-4", f"area_id IN ('{area}', 'DG')", (2015, 2020))
    wide = raw.pivot(index="code", columns=["area_id", "year"], values="value")
    wide.loc["B+D+E"] = wide.loc["B-E"] - wide.loc["C"]
    groups = wide.loc[["B+D+E", *(one for one in GROUPS["industry"] if one != "B-E")]]
    here, there = groups[area], groups["DG"]
    whole = there[2020].sum() / there[2015].sum() - 1
    own = there.loc[code, 2020] / there.loc[code, 2015] - 1
    base, end = here.loc[code, 2015], here.loc[code, 2020]
    found = change.components("industry", [area], COUNTRY, 2015, 2020).set_index("code").loc[code]
    assert found["national"] == pytest.approx(base * whole)
    assert found["mix"] == pytest.approx(base * (own - whole))
    assert found["regional"] == pytest.approx(end - base * (1 + own))


@pytest.mark.parametrize(("area", "code"), [("14524", "252"), ("14523", "936")])
def test_occupations_by_hand_from_districts_published_in_both_years(
    change: Change, release: Path, area: str, code: str
) -> None:
    raw = cells_of(release, "ba_occupations_workplace", "true", (2013, 2024))
    raw["area_id"] = raw["area_id"].replace("16056", "16063")  # Eisenach, absorbed in 2021
    wide = raw.groupby(["area_id", "code", "year"])["value"].agg(lambda v: v.sum(skipna=False))
    both = wide.unstack("year").dropna()
    there = both.groupby("code").sum()
    whole = there[2024].sum() / there[2013].sum() - 1
    own = there.loc[code, 2024] / there.loc[code, 2013] - 1
    base, end = both.loc[(area, code), 2013], both.loc[(area, code), 2024]
    found = change.components("occupation", [area], COUNTRY, 2013, 2024)
    row = found.set_index("code").loc[code]
    assert row["base"] == base
    assert row["national"] == pytest.approx(base * whole, rel=1e-4)
    assert row["mix"] == pytest.approx(base * (own - whole), rel=2e-3, abs=0.5)
    assert row["regional"] == pytest.approx(end - base * (1 + own), rel=2e-3, abs=0.5)


def test_a_benchmark_of_several_areas_is_their_sum(change: Change) -> None:
    row = change.components("activity", ["14524"], EAST, 2000, 2021).set_index("code").loc["C"]
    parts = change.components("activity", EAST, EAST, 2000, 2021)
    own = parts[parts["code"] == "C"][["base", "end"]].sum()
    whole = parts[["base", "end"]].sum()
    growth, all_ = (one["end"] / one["base"] - 1 for one in (own, whole))
    assert row["national"] == pytest.approx(row["base"] * all_)
    assert row["mix"] == pytest.approx(row["base"] * (growth - all_))


def test_shares_add_up_to_all_that_is_published(change: Change) -> None:
    for kind in KINDS:
        years = change.years(kind)
        frame = change.shares(kind, ["14524", "145"], years[0], years[-1], EAST)
        assert set(frame["area_id"]) == {"14524", "145", "benchmark"}
        total = frame.groupby(["area_id", "year"])["share"].sum()
        np.testing.assert_allclose(total, 100.0)


def test_a_wrong_question_is_refused_in_a_sentence(change: Change) -> None:
    with pytest.raises(ValueError, match="industry has no span from 2010 to 2020"):
        change.totals("industry", ["14524"], COUNTRY, 2010, 2020)
    with pytest.raises(UnknownAreaError):
        change.totals("industry", ["99999"], COUNTRY, 2015, 2020)


def test_one_area_is_quick_and_so_are_all(change: Change, kreise: list[str]) -> None:
    change.years("occupation")  # read once

    def best(areas: list[str]) -> float:
        taken = []
        for _ in range(3):
            start = time.perf_counter()
            change.totals("occupation", areas, COUNTRY, 2013, 2025)
            taken.append(time.perf_counter() - start)
        return min(taken)

    # Measured on two shared cores: 20 and 130 ms; the limits leave room for a loaded machine.
    assert best(["14524"]) < 0.3
    assert best(kreise) < 1.5
