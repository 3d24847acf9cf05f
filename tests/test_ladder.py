"""The rungs of automotive dependence, on the embedded snapshot: official 2015 and since."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from etl.deliveries import FILE, derive_deliveries
from etl.snapshot import FOLDER
from tests.conftest import connect

FIVE = ["14511", "14521", "14522", "14523", "14524"]


@pytest.fixture(scope="session")
def values(release: Path) -> pd.DataFrame:
    with connect(release) as connection:
        frame = connection.execute("SELECT * FROM indicator_value").df()
    return frame.set_index(["indicator", "area_id", "year"])


def test_rung_1_shows_published_figures_and_intervals_for_the_secret_ones(
    values: pd.DataFrame,
) -> None:
    """Table 42111-02-03-4, 30.09.2015, WZ 29."""
    persons = values.loc["automotive_persons"].xs(2015, level="year")
    published = {"14524": 15475, "14521": 2692, "145": 23083, "14": 35715, "DG": 813215}
    assert persons.loc[list(published), "value"].to_dict() == published
    secret = persons.loc[["14511", "14522", "14523"]]
    assert set(secret["mark"]) == {"secret"}
    assert secret["value"].isna().all()
    assert secret["lower"].sum() <= 4916 <= secret["upper"].sum()


def test_rung_1_of_a_secret_district_is_an_interval_of_shares_and_of_ranks(
    values: pd.DataFrame,
) -> None:
    """Chemnitz 2015: 0 to 4,890 of 14,169 persons in industrial plants."""
    chemnitz = values.loc[("automotive_share_of_industry", "14511", 2015)]
    assert (chemnitz["lower"], chemnitz["upper"]) == pytest.approx((0, 4890 / 14169 * 100))
    assert chemnitz["rank_low"] < chemnitz["rank_high"]
    assert pd.isna(chemnitz["rank"])


def test_the_region_s_interval_of_rung_2_lies_between_rungs_1_and_3(values: pd.DataFrame) -> None:
    first, second, third = (
        values.loc[(name, "145", 2015)]
        for name in (
            "automotive_share_of_industry",
            "supplier_weighted_share_of_industry",
            "supplier_divisions_share_of_industry",
        )
    )
    assert first["value"] < second["lower"] < second["upper"] < third["value"]


def test_rung_3_of_the_region_is_published_in_full(values: pd.DataFrame) -> None:
    """2015: 5,212 + 4,402 + 25,209 + 4,924 + 7,986 + 16,300 + 23,083 of 123,968 persons."""
    region = values.loc[("supplier_divisions_share_of_industry", "145", 2015)]
    assert region["value"] == pytest.approx(87116 / 123968 * 100)


def test_rung_4_adds_up_the_five_areas_every_year(values: pd.DataFrame) -> None:
    counts = values.loc["supplier_occupations_employees"]["value"].unstack("year")
    assert counts.loc[FIVE].notna().all().all()
    assert counts.loc[FIVE].sum().tolist() == counts.loc["145"].tolist()
    assert list(counts.columns) == list(range(2013, 2026))


def test_germany_s_rung_4_is_an_interval_because_some_districts_are_secret(
    values: pd.DataFrame,
) -> None:
    germany = values.loc[("supplier_occupations_employees", "DG", 2025)]
    assert germany["mark"] == "secret"
    assert 5_000_000 < germany["lower"] < germany["upper"] < 6_000_000


def test_rung_5_is_continuous_where_eurostat_swapped_two_regions(values: pd.DataFrame) -> None:
    """sbs_r_nuts06_r2, DED4, C29: 23,835 (2012) and 23,855 (2013, published under DED2)."""
    region = values.loc["automotive_persons_employed"].loc["145"]
    assert region.loc[[2012, 2013], "value"].tolist() == [23835, 23855]
    assert region.loc[2012, "qualifier"] != "corrected"
    assert region.loc[2013, "qualifier"] == "corrected"


def test_a_corrected_cell_keeps_its_text_as_published(release: Path) -> None:
    with connect(release) as connection:
        row = connection.execute(
            """SELECT value, published, qualifier FROM observation
            WHERE dataset = 'sbs_r_nuts06_r2' AND measure = 'persons_employed' AND sector = '29'
              AND area_id = '145' AND year = 2013"""
        ).fetchone()
    assert row == (23855, "23855", "corrected")


def test_the_delivery_shares_are_those_that_the_snapshot_gives(tmp_path: Path) -> None:
    """WIOD 2014: rubber and plastics deliver 7,974 of 100,454 to motor vehicles."""
    derived = derive_deliveries(FOLDER)
    tracked = pd.read_csv(FILE, dtype={"division": str})
    pd.testing.assert_frame_equal(derived.round(6), tracked, check_dtype=False)
    rubber = derived.set_index("division").loc["22"]
    assert rubber["share_2014_domestic"] == pytest.approx(7974 / 100454)
    assert rubber["lower"] <= rubber["share_2014_domestic"] <= rubber["upper"]


def test_textile_divisions_cannot_be_told_apart_and_services_have_no_share() -> None:
    shares = pd.read_csv(FILE, dtype=str).set_index("division")
    assert shares.loc[["13", "14", "15"], "industry_2014"].tolist() == ["13-15"] * 3
    assert not any(division > "33" for division in shares.index)
