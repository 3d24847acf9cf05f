"""What the commands `pull` and `status` say, and with which exit code."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from etl.accept import layouts_of
from etl.cli import app
from etl.freshness import expected, load_freshness
from etl.model import load_catalogue
from etl.pull import plan
from etl.raw import Raw
from etl.schema import SCHEMA
from etl.sources import publisher
from etl.sources.settings import load_sources, settings_of
from etl.status import how, last_pull
from etl.warehouse import load_reference
from indicators.store import open_store
from tests.pulling import (
    ACCOUNT,
    DAY,
    EMPLOYEES,
    EPOCH,
    GDP,
    TURNOVER,
    content,
    declare,
    employees,
    gdp,
    years,
)
from tests.replay import Replay


@pytest.fixture
def replay(monkeypatch: pytest.MonkeyPatch) -> Iterator[Replay]:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    for name, value in ACCOUNT.items():
        monkeypatch.setenv(name, value)
    with Replay() as server:
        yield server


def run(*arguments: str | Path) -> tuple[int, str]:
    result = CliRunner().invoke(app, [str(argument) for argument in arguments])
    return result.exit_code, " ".join(result.output.split())


def test_the_plan_says_what_from_where_and_how_big_and_fetches_nothing(
    replay: Replay, tmp_path: Path
) -> None:
    tables = {EMPLOYEES: years(2020, 2025), GDP: years(2022, 2023)}
    declared = declare(tmp_path, replay, tables)
    code, said = run("pull", "--plan", "--raw", tmp_path / "raw", "--sources", declared)
    assert code == 0
    assert "6 (2020–2025)" in said
    assert "300.0 kB" in said
    assert "7 files to ask for on 2026-11-24, about 1.2 MB" in said
    assert "Nothing was fetched" in said
    assert replay.service.requests == []
    assert not (tmp_path / "raw").exists()


def test_without_an_account_the_plan_says_what_is_left_out_and_how_to_get_one(
    replay: Replay, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ACCOUNT:
        monkeypatch.delenv(name)
    declared = declare(tmp_path, replay, {"42111-02-03-4": {}, TURNOVER: {}})
    code, said = run("pull", "--plan", "--sources", declared)
    assert code == 0
    assert "Skipped 42111-02-03-4: Only with an account" in said
    assert "no account is set; only what is open to all is asked for" in said
    assert "GENESIS_USERNAME and GENESIS_PASSWORD" in said


def test_names_narrow_a_pull_to_publishers_and_tables(replay: Replay, tmp_path: Path) -> None:
    replay.service.tables[EMPLOYEES, "2025"] = employees()
    replay.service.flows[GDP, "2022"] = gdp()
    tables = {EMPLOYEES: years(2025, 2025), GDP: years(2022, 2023)}
    raw, declared = tmp_path / "raw", declare(tmp_path, replay, tables)
    code, _ = run("pull", "eurostat", "--raw", raw, "--sources", declared)
    assert code == 0
    assert {name.partition("/")[0] for name in content(raw)} == {".pull.lock", "eurostat"}
    code, said = run("pull", EMPLOYEES, "--raw", raw, "--sources", declared)
    assert code == 0
    assert "1 new" in said
    assert "`python -m etl build` publishes them" in said


def test_wrong_usage_has_its_own_exit_code(replay: Replay, tmp_path: Path) -> None:
    declared = declare(tmp_path, replay, {GDP: {}})
    code, said = run("pull", "no_such_table", "--sources", declared)
    assert code == 2
    assert "No service delivers no_such_table. Known: eurostat, nama_10r_3gdp." in said
    declared.write_text("sites: {eurostat: {base: x, hosts: [], tables: {nothing: {folder: x}}}}")
    code, said = run("pull", "--sources", declared)
    assert code == 2
    assert "nothing is no dataset of datasets.yml" in said
    assert run("pull", "--sources", tmp_path / "absent.yml")[0] == 2


def test_every_declared_table_has_a_layout_that_reads_what_is_fetched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalogue, sources = load_catalogue(), load_sources()
    for account in ({}, ACCOUNT):
        for name, value in account.items():
            monkeypatch.setenv(name, value)
        for item in plan(sources, DAY, tmp_path):
            assert item.skip or layouts_of(item, catalogue)


def test_every_service_has_a_module_that_plans_and_fetches() -> None:
    for name, site in load_sources().sites.items():
        module = publisher(name)
        assert callable(module.plan)
        assert callable(module.fetch)
        assert site.base.startswith("https://")
        assert not settings_of(name, site, DAY).secrets or name == "regionalstatistik"


@pytest.mark.parametrize(
    ("newest", "after", "day"),
    [(2024, 9, "2026-10-01"), (2025, 3, "2027-04-01"), (2025, -5, "2026-08-01"),
     (2021, 54, "2027-07-01")],
)  # fmt: skip
def test_the_next_year_is_expected_so_many_months_after_its_end(
    newest: int, after: int, day: str
) -> None:
    assert expected(newest, after) == date.fromisoformat(day)


def test_a_partial_release_does_not_make_a_table_current() -> None:
    """Land 14 has 2025 already, the five Kreise have 2024."""
    rows = [("14511", 2024, 1.0), ("14", 2024, 1.0), ("14", 2025, 1.0), ("14511", 2025, None)]
    with duckdb.connect() as connection:
        connection.execute(SCHEMA)
        load_reference(connection)
        for area, year, value in rows:
            connection.execute(
                "INSERT INTO observation(dataset, area_id, year, value) VALUES (?, ?, ?, ?)",
                [EMPLOYEES, area, year, value],
            )
        load_freshness(connection)
        found = connection.execute(
            "SELECT newest_year, retrieved, expected FROM freshness"
        ).fetchall()
    assert found == [(2024, None, date(2026, 4, 1))]


def test_status_says_what_is_stale_and_where_a_table_comes_from(release: Path) -> None:
    code, said = run("status", "--release", release)
    assert code == 0
    assert "12411-01-01-4" in said
    assert "stale" in said
    assert "not continued" in said


def test_the_store_says_how_current_a_table_is_on_a_day(release: Path, tmp_path: Path) -> None:
    store = open_store(release)
    before, after = (
        store.freshness(day).set_index("dataset") for day in (date(2026, 9, 30), date(2026, 10, 2))
    )
    store.close()
    assert before.loc["12411-01-01-4", "newest_year"] == 2024
    assert not before.loc["12411-01-01-4", "stale"]
    assert after.loc["12411-01-01-4", "stale"]
    assert not after.loc["wiod_io", "stale"]
    with duckdb.connect(str(tmp_path / "old.duckdb")) as connection:
        connection.execute("CREATE TABLE release(id VARCHAR)")
    old = open_store(tmp_path / "old.duckdb")
    empty = old.freshness(date(2026, 11, 24))
    old.close()
    assert empty.empty
    assert list(empty) == [after.index.name, *after.columns]


def test_status_without_a_release_says_how_to_build_one(tmp_path: Path) -> None:
    code, said = run("status", "--release", tmp_path / "none")
    assert code == 1
    assert "`python -m etl build`" in said


def test_the_last_pull_is_read_from_the_raw_folder(tmp_path: Path) -> None:
    folder = tmp_path / "eurostat" / GDP
    folder.mkdir(parents=True)
    for day in ("2026-11-24", "2026-12-01"):
        file = folder / f"all_{day}.csv.gz.meta.json"
        file.write_text(json.dumps({"retrieved": day}), encoding="utf-8")
    assert last_pull(Raw(tmp_path), GDP, load_sources()) == "2026-12-01"
    assert last_pull(Raw(tmp_path), "wiod_io", load_sources()) == ""
    assert how("nama_10r_3gdp_2023", load_sources()).startswith("An extract for one year")
