"""With the recorded answers: from the service over the raw folder to the map, and the jobs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from etl.errors import BuildRefusedError, PullError
from etl.http import Session
from etl.merge import has_files, merge
from etl.snapshot import read_sources, write_snapshot
from etl.sources.genesis import Genesis
from etl.sources.settings import Settings, load_sources, settings_of
from etl.stage import stage
from etl.warehouse import Built, build
from indicators.registry import load_registry
from indicators.store import open_store
from tests.genesis import FIVE
from tests.pulling import ACCOUNT, DAY, EMPLOYEES, GDP, declare, kept, pull, refused, years
from tests.replay import Replay, Reply, recorded_tables, zipped

POPULATION, INSOLVENCY, TAX = "12411-01-01-4", "52411-02-01-4", "73111-01-01-4"
TABLES = {
    POPULATION: years(2023, 2025),
    EMPLOYEES: years(2024, 2025),
    INSOLVENCY: years(2024, 2024),
    TAX: years(2020, 2021),
}
THEMES = "- {id: people, name: {de: Menschen, en: People}}\n"
INDICATOR = """
- id: population
  name: {de: Bevölkerung, en: Population}
  short: {de: Bevölkerung, en: Population}
  description: {de: Bevölkerung am Jahresende., en: Population at the end of the year.}
  caveats: {de: Keine., en: None.}
  reference: {de: 31. Dezember, en: 31 December}
  unit: persons
  decimals: 0
  direction: neutral
  display: count
  scheme: sequential
  levels: [kreis, region]
  formula: {kind: published, of: population}
  inputs:
    population:
      label: {de: Bevölkerung, en: Population}
      sources: [{dataset: 12411-01-01-4, measure: population}]
"""


@pytest.fixture
def replay(monkeypatch: pytest.MonkeyPatch) -> Iterator[Replay]:
    for name, value in ACCOUNT.items():
        monkeypatch.setenv(name, value)
    with Replay() as server:
        yield server


@pytest.fixture
def snapshot(recordings: Path, tmp_path: Path) -> Path:
    """Return a snapshot that ends in 2015, as the files of 2017 have it."""
    old = tmp_path / "old" / "regionalstatistik" / POPULATION
    old.mkdir(parents=True)
    source = recordings / "regionalstatistik" / POPULATION / "2016.csv"
    (old / "2016.csv").write_bytes(source.read_bytes())
    write_snapshot(stage(tmp_path / "old"), tmp_path / "snapshot")
    return tmp_path / "snapshot"


def release_of(snapshot: Path, place: Path) -> Built:
    registry = place / "registry"
    registry.mkdir(exist_ok=True)
    (registry / "themes.yml").write_text(THEMES, encoding="utf-8")
    (registry / "people.yml").write_text(INDICATOR, encoding="utf-8")
    places = [place / name for name in ("releases", "current", "static")]
    return build(snapshot, *places, load_registry(registry))


def merged(raw: Path, snapshot: Path, place: Path) -> Path:
    out = place / "merged"
    out.mkdir()
    merge(raw, out, snapshot)
    return out


def test_recorded_tables_go_from_the_service_to_the_map_beside_the_older_years(
    replay: Replay, recordings: Path, snapshot: Path, tmp_path: Path
) -> None:
    replay.service.tables = recorded_tables(recordings / "regionalstatistik_api")
    raw = tmp_path / "raw"
    assert not has_files(raw)
    outcomes = pull(raw, declare(tmp_path, replay, TABLES))
    assert has_files(raw)
    assert kept(raw) == [
        f"regionalstatistik_api/{POPULATION}/2023_2026-11-24.zip",
        f"regionalstatistik_api/{POPULATION}/2024_2026-11-24.zip",
        f"regionalstatistik_api/{EMPLOYEES}/2024_2026-11-24.zip",
        f"regionalstatistik_api/{INSOLVENCY}/2024_2026-11-24.zip",
        f"regionalstatistik_api/{TAX}/2020_2026-11-24.zip",
        f"regionalstatistik_api/{TAX}/2021_2026-11-24.zip",
    ]
    (partial,) = [outcome for outcome in outcomes if outcome.state == "refused"]
    assert (partial.item.table, partial.item.name) == (EMPLOYEES, "2025")
    assert partial.reason.startswith(f"regionalstatistik, table {EMPLOYEES}, file")
    assert re.search(r"partial release\. For 2025 all \d+ Kreise show '-'", partial.reason)
    assert "region 145: 527013" in partial.reason
    built = release_of(merged(raw, snapshot, tmp_path), tmp_path)
    store = open_store(built.path)
    assert store.years("population") == [*range(1995, 2016), 2023, 2024]
    on_the_map = store.cross_section("population", 2024)
    assert on_the_map["value"].notna().sum() == 400
    five = on_the_map.set_index("area_id")["value"][list(FIVE)]
    assert five.astype(int).tolist() == [245618, 318394, 296431, 219100, 306793]
    fresh = store.freshness(date(2026, 11, 24)).set_index("dataset")
    assert fresh.loc[POPULATION, "newest_year"] == 2024
    assert fresh.loc[POPULATION, "retrieved"].date() == DAY
    assert fresh.loc[EMPLOYEES, "newest_year"] == 2024
    store.close()


def test_a_newer_edition_counts_and_is_compared_with_the_older_one(
    recordings: Path, snapshot: Path, tmp_path: Path
) -> None:
    """The same table once more, one figure revised, printed a year later."""
    source = recordings / "regionalstatistik" / POPULATION / "2016.csv"
    text = source.read_text(encoding="utf-8")
    assert "Stand: 10.10.2017" in text
    line = next(row for row in text.splitlines() if row.startswith("14523;"))
    fields = line.split(";")
    old, fields[2] = int(fields[2]), str(int(fields[2]) + 1)
    revised = text.replace(line, ";".join(fields)).replace("Stand: 10.10.2017", "Stand: 10.10.2018")
    raw = tmp_path / "raw"
    folder = raw / "regionalstatistik" / POPULATION
    folder.mkdir(parents=True)
    (folder / "2018.csv").write_text(revised, encoding="utf-8")
    out = merged(raw, snapshot, tmp_path)
    after = read_sources(out)
    states = {report.path.rpartition("/")[2]: report.status for report in after.files}
    assert states == {"2016.csv": "superseded", "2018.csv": "used"}
    (overlap,) = [finding for finding in after.findings if finding.check == "overlap"]
    assert "1 of 30774 common cells were revised, by 1 at most" in overlap.detail_en
    rows = pytest.importorskip("pandas").read_parquet(out / f"{POPULATION}.parquet")
    cell = rows[(rows["area_id"] == "14523") & (rows["year"] == 2015) & (rows["breakdown"] == "")]
    assert cell["value"].tolist() == [old + 1]


def test_what_the_snapshot_already_holds_adds_nothing(
    recordings: Path, snapshot: Path, tmp_path: Path
) -> None:
    out = merged(tmp_path / "old", snapshot, tmp_path)
    before = {path.name: path.read_bytes() for path in snapshot.iterdir()}
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before


def test_a_raw_file_that_is_refused_refuses_the_build_and_is_named(
    snapshot: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "raw" / "regionalstatistik" / POPULATION
    folder.mkdir(parents=True)
    (folder / "2024.csv").write_text("<html>Login</html>", encoding="utf-8")
    with pytest.raises(BuildRefusedError, match=r"2024\.csv.*web page"):
        merged(tmp_path / "raw", snapshot, tmp_path)


@pytest.fixture
def settings(replay: Replay, tmp_path: Path) -> Settings:
    declared = declare(tmp_path, replay, {POPULATION: {}, GDP: {}}, polls=500)
    return settings_of("regionalstatistik", load_sources(declared).sites["regionalstatistik"], DAY)


def ask(settings: Settings, tmp_path: Path, table: str) -> Any:
    session = Session(settings.service(), tmp_path, settings.secrets)
    return Genesis(settings, session).table({"name": table, "startyear": ""})


def test_the_recorded_job_of_march_2026_is_followed_to_its_zip(
    wire_recordings: Path, replay: Replay, settings: Settings, tmp_path: Path
) -> None:
    folder = wire_recordings / "genesis" / "job"
    too_big, started, waiting, ready = (
        Reply((folder / f"12531-0043.{n}.txt").read_bytes()) for n in (0, 1, 10, 407)
    )
    body = (folder / "12531-0043.408.zip").read_bytes()
    replay.service.faults.extend([too_big, started, *[waiting] * 20, ready, zipped(body)])
    reply = ask(settings, tmp_path, "12531-0043")
    assert reply.kind == "file"
    assert reply.answer.body.read_bytes() == body
    assert replay.service.requests[-1].form["name"] == "12531-0043_175879554"


def test_the_recorded_refusals_are_understood(
    wire_recordings: Path, replay: Replay, settings: Settings, tmp_path: Path
) -> None:
    folder = wire_recordings / "genesis" / "errors"
    replay.service.faults.append(Reply((folder / "code_104_nothing_found.json").read_bytes()))
    assert ask(settings, tmp_path, "63121-0001").kind == "not_published"
    replay.service.faults.append(Reply((folder / "code_minus1_no_data_cube.json").read_bytes()))
    assert ask(settings, tmp_path, "61111-0021").kind == "not_published"
    page = Reply((folder / "http_500.html").read_bytes(), 500)
    replay.service.always = lambda request: page
    with pytest.raises(PullError, match="HTTP 500, html: 'Ups, ein Fehler!"):
        ask(settings, tmp_path, INSOLVENCY)


def test_the_recorded_answers_of_eurostat_are_understood(
    wire_recordings: Path, replay: Replay, tmp_path: Path
) -> None:
    folder = wire_recordings / "eurostat"
    declared = declare(tmp_path, replay, {GDP: years(2022, 2023)})
    said = {}
    for name, code in (
        ("error_404_unknown_dataset", 404),
        ("error_413_async", 413),
        ("warning_413_async_http200", 200),
    ):
        reply = Reply((folder / f"{name}.json").read_bytes(), code)
        replay.service.always = lambda request, reply=reply: reply
        (outcome,) = pull(tmp_path / name, declared)
        said[name] = outcome.reason
        assert kept(tmp_path / name) == []
    assert "expected a table that the service knows" in said["error_404_unknown_dataset"]
    assert "to be ready after 4 looks" in said["error_413_async"]
    assert "to be ready after 4 looks" in said["warning_413_async_http200"]


def test_a_recorded_half_loaded_table_is_kept_apart_whole(
    replay: Replay, recordings: Path, tmp_path: Path
) -> None:
    tables = recorded_tables(recordings / "regionalstatistik_api")
    replay.service.tables = tables
    raw = tmp_path / "raw"
    pull(raw, declare(tmp_path, replay, {EMPLOYEES: years(2025, 2025)}))
    (entry,) = refused(raw)
    (body,) = [p for p in (raw / ".refused").rglob("2025_*") if not p.name.endswith(".json")]
    assert body.read_bytes() == tables[EMPLOYEES, "2025"]
    assert entry["bytes"] == len(tables[EMPLOYEES, "2025"])
