"""A check finds what is wrong in the figures, and says where."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import duckdb
import pandas as pd
import pytest

from etl import checks, warehouse
from etl.model import Dataset, load_catalogue
from etl.schema import SCHEMA
from etl.stage import Finding
from tests.genesis import FIVE

Check = Callable[..., Iterator[Finding]]
EMPLOYEES = "13111-07-05-4"


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute(SCHEMA)
        warehouse.load_reference(connection)
        yield connection


def employees() -> Dataset:
    return load_catalogue().datasets[EMPLOYEES]


def insert(
    connection: duckdb.DuckDBPyConnection, rows: list[tuple[str, str, float | None]]
) -> None:
    """Insert (area, breakdown, value) of 2020, WZ C; None is a secret cell."""
    frame = pd.DataFrame(
        [
            (EMPLOYEES, "employees", area, "", 2020, None, "C", "", breakdown, value,
             "secret" if value is None else "value", "", "", 1, n, "4")
            for n, (area, breakdown, value) in enumerate(rows, start=1)
        ]
    )  # fmt: skip
    connection.register("incoming", frame)
    connection.execute("INSERT INTO observation SELECT * FROM incoming")


# Table 13111-07-05-4, 30 June 2020, WZ C, in the order 14511, 14521-14524; region 145: 140,139.
INDUSTRY = dict(zip(FIVE, [16850.0, 36053.0, 28166.0, 22650.0, 36420.0], strict=True))


def test_the_five_areas_add_up_to_the_region(connection: duckdb.DuckDBPyConnection) -> None:
    insert(connection, [(area, "", n) for area, n in INDUSTRY.items()] + [("145", "", 140139.0)])
    (finding,) = checks.sums(connection, EMPLOYEES, employees(), "region")
    assert (finding.status, finding.expected) == ("passed", "1")


def test_a_region_that_is_not_the_sum_of_the_five_fails(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    insert(connection, [(area, "", n) for area, n in INDUSTRY.items()] + [("145", "", 140539.0)])
    (finding,) = checks.sums(connection, EMPLOYEES, employees(), "region")
    assert finding.status == "failed"
    assert "145 employees 2020 C" in finding.detail_en


def test_a_sum_with_a_secret_part_is_not_compared(connection: duckdb.DuckDBPyConnection) -> None:
    cells: dict[str, float | None] = {**INDUSTRY, "14523": None}
    insert(connection, [(area, "", n) for area, n in cells.items()] + [("145", "", 140139.0)])
    assert list(checks.sums(connection, EMPLOYEES, employees(), "region")) == []


def test_swapped_columns_of_men_and_women_of_one_row_are_found(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    insert(connection, [("14511", "", 16850.0), ("14511", "sex=male", 16850.0),
                        ("14511", "sex=female", 4700.0)])  # fmt: skip
    found = list(checks.identities(connection, EMPLOYEES, employees()))
    assert [finding.status for finding in found] == ["failed"]
    assert "14511" in found[0].detail_en


def test_a_known_gap_is_noted_with_its_reason_and_does_not_fail(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    """Published commuter balance of Bremen, 30.06.2015: Land 98,001, its two Kreise 84,211."""
    table = "13111-09-01-4"
    frame = pd.DataFrame(
        [(table, "commuter_balance", area, "", 2015, None, "", "", "", value, "value", "", "", 1,
          n, "9") for n, (area, value) in
         enumerate([("04", 98001.0), ("04011", 70421.0), ("04012", 13790.0)])]
    )  # fmt: skip
    connection.register("incoming", frame)
    connection.execute("INSERT INTO observation SELECT * FROM incoming")
    dataset = load_catalogue().datasets[table]
    (finding,) = checks.sums(connection, table, dataset, "land")
    assert finding.status == "noted"
    assert "Bremerhaven" in finding.detail_de
