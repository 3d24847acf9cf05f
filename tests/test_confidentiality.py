"""Nothing that leaves the build carries a bound narrower than the confidentiality rule."""

from __future__ import annotations

import logging
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pytest

from indicators import bounds
from indicators.build import TABLES
from indicators.formulas.disclosure import unprotected_bounds_for_tests
from indicators.formulas.protection import SHARE, UNIT, protect, wide_enough
from tests.conftest import connect
from tests.whole_table import industry_table

PERSONS = "persons_employed_plants"


@pytest.fixture(scope="session")
def warehouse(release: Path) -> duckdb.DuckDBPyConnection:
    return connect(release)


@pytest.fixture(scope="session")
def raw() -> pd.DataFrame:
    """Return the raw solver bounds of every secret cell: area_id, sector, low, high."""
    table = industry_table()
    low, high = unprotected_bounds_for_tests(table)
    area, sector = np.nonzero(~np.isnan(low))
    return pd.DataFrame(
        {
            "area_id": np.asarray(table.areas.keys, dtype=object)[area],
            "sector": np.asarray(table.sectors.keys, dtype=object)[sector],
            "low": low[area, sector],
            "high": high[area, sector],
        }
    )


def test_every_stored_interval_of_a_secret_cell_is_the_protected_one(
    warehouse: duckdb.DuckDBPyConnection, raw: pd.DataFrame
) -> None:
    stored = warehouse.execute(
        "SELECT area_id, sector, lower, upper FROM bound WHERE measure = ?", [PERSONS]
    ).df()
    both = raw.merge(stored, on=["area_id", "sector"], how="outer", indicator=True)
    assert set(both["_merge"]) == {"both"}
    low, high = protect(both["low"].to_numpy(), both["high"].to_numpy())
    assert np.array_equal(both["lower"], low)
    assert np.array_equal(both["upper"], high)
    assert (both["lower"] % UNIT == 0).all()
    assert (both["upper"] % UNIT == 0).all()


def test_some_cells_are_determined_by_the_published_table_and_none_of_them_is_shown(
    warehouse: duckdb.DuckDBPyConnection, raw: pd.DataFrame
) -> None:
    determined = raw[(raw["high"] - raw["low"] < 0.5) & (raw["low"] > 0)]
    assert len(determined) > 10, "the test would prove nothing"
    shown = warehouse.execute(
        "SELECT area_id, sector, lower, upper, reference_mark FROM bound WHERE measure = ?",
        [PERSONS],
    ).df()
    both = determined.merge(shown, on=["area_id", "sector"])
    width = both["upper"] - both["lower"]
    assert (width >= np.maximum(UNIT, SHARE * (both["upper"] + both["lower"]) / 2)).all()
    for (area,) in warehouse.execute("SELECT DISTINCT area_id FROM bound").fetchall():
        secret = set(determined.loc[determined["area_id"] == area, "low"].round(6))
        values = warehouse.execute(
            """SELECT value FROM indicator_value JOIN indicator i ON i.id = indicator
            WHERE area_id = ? AND year = 2015 AND i.unit = 'persons' AND mark = 'secret'
              AND value IS NOT NULL""",
            [area],
        ).fetchall()
        assert not secret & {round(value, 6) for (value,) in values}


def test_secret_figures_of_indicators_have_no_value_and_a_wide_interval(
    warehouse: duckdb.DuckDBPyConnection,
) -> None:
    rows = warehouse.execute(
        """SELECT lower, upper FROM indicator_value
        WHERE indicator = 'automotive_persons' AND mark = 'secret'"""
    ).df()
    assert len(rows) > 200
    assert wide_enough(rows["lower"].to_numpy(), rows["upper"].to_numpy()).all()
    with_value = warehouse.execute(
        "SELECT count(*) FROM indicator_value WHERE mark = 'secret' AND value IS NOT NULL"
    ).fetchone()
    assert with_value == (0,)


def test_an_observation_that_is_secret_has_no_figure_in_value_or_text(
    warehouse: duckdb.DuckDBPyConnection,
) -> None:
    found = warehouse.execute(
        """SELECT count(*) FROM observation
        WHERE mark = 'secret' AND (value IS NOT NULL OR published SIMILAR TO '.*[0-9].*')"""
    ).fetchone()
    assert found == (0,)


def test_the_build_logs_no_bound(
    warehouse: duckdb.DuckDBPyConnection,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    with duckdb.connect() as connection, caplog.at_level(logging.DEBUG):
        connection.execute(TABLES)
        for table in ("area", "measure", "observation"):
            frame = warehouse.execute(
                f"SELECT * FROM {table}"
                + (f" WHERE dataset = '{bounds.INDUSTRY}'" if table == "observation" else "")
            ).df()
            connection.register("incoming", frame)
            connection.execute(f"CREATE TABLE {table} AS SELECT * FROM incoming")
        bounds.write_bounds(connection)
    printed = capfd.readouterr()
    assert (caplog.text, printed.out, printed.err) == ("", "", "")
