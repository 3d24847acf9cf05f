"""The snapshot repeats byte for byte, and a release replaces another only when it is sound."""

from __future__ import annotations

import os
from pathlib import Path

import duckdb
import pytest

from etl.errors import BuildRefusedError
from etl.snapshot import FOLDER, read_sources, write_snapshot
from etl.stage import stage
from etl.warehouse import Built, build, drop_old
from indicators.registry import load_registry
from tests.genesis import FIVE, turnover_lines, write_turnover

REGION = {"145": "500;200"}
THEMES = """
- {id: industry, name: {de: Industrie, en: Industry}}
"""
TURNOVER = """
- id: turnover
  name: {de: Umsatz, en: Turnover}
  short: {de: Umsatz, en: Turnover}
  description: {de: Umsatz der Industrie., en: Turnover of industry.}
  caveats: {de: Keine., en: None.}
  reference: {de: Jahressumme, en: annual sum}
  unit: thousand_euro
  decimals: 0
  direction: neutral
  display: count
  scheme: sequential
  levels: [kreis, region]
  formula: {kind: published, of: turnover}
  inputs:
    turnover:
      label: {de: Umsatz, en: Turnover}
      sources: [{dataset: 42111-04-02-4, measure: turnover}]
"""


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    folder = tmp_path / "raw"
    write_turnover(folder, turnover_lines(REGION))
    return folder


def release_of(raw: Path, place: Path) -> Built:
    """Build a release whose registry has one indicator, the turnover of industry."""
    registry = place / "registry"
    registry.mkdir(parents=True, exist_ok=True)
    (registry / "themes.yml").write_text(THEMES, encoding="utf-8")
    (registry / "industry.yml").write_text(TURNOVER, encoding="utf-8")
    write_snapshot(stage(raw), place / "snapshot")
    places = [place / name for name in ("snapshot", "releases", "current", "static")]
    return build(*places, load_registry(registry))


def test_the_same_files_give_the_same_snapshot_byte_for_byte(raw: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_snapshot(stage(raw), tmp_path / name)
    first = {path.name: path.read_bytes() for path in (tmp_path / "one").iterdir()}
    second = {path.name: path.read_bytes() for path in (tmp_path / "two").iterdir()}
    assert first == second
    assert set(first) == {"42111-04-02-4.parquet", "sources.json"}


def test_provenance_names_every_file_with_its_checksum(raw: Path, tmp_path: Path) -> None:
    write_snapshot(stage(raw), tmp_path / "one")
    (report,) = read_sources(tmp_path / "one").files
    assert report.path == "regionalstatistik/42111-04-02-4/2015.csv"
    assert len(report.sha256) == 64
    assert (report.year_from, report.year_to, report.rows) == (2015, 2015, 12)


def test_a_release_holds_the_figures_with_their_addresses(raw: Path, tmp_path: Path) -> None:
    built = release_of(raw, tmp_path)
    assert built.fresh
    assert (tmp_path / "current").resolve() == built.path.resolve()
    with duckdb.connect(str(built.path), read_only=True) as connection:
        row = connection.execute(
            """SELECT value, f.path, line, "column" FROM observation o
            JOIN source_file f ON f.id = o.file
            WHERE area_id = '14523' AND measure = 'foreign_turnover'"""
        ).fetchone()
    assert row == (40.0, "regionalstatistik/42111-04-02-4/2015.csv", 8, "5")


def test_the_same_input_is_built_once(raw: Path, tmp_path: Path) -> None:
    first, second = release_of(raw, tmp_path), release_of(raw, tmp_path)
    assert (first.id, second.fresh) == (second.id, False)


@pytest.mark.parametrize("wrong", ["501;200", "99999;200"])
def test_a_build_whose_sums_do_not_hold_leaves_the_current_release(
    raw: Path, tmp_path: Path, wrong: str
) -> None:
    before = release_of(raw, tmp_path)
    tolerance = 5 * 0.5
    write_turnover(raw, turnover_lines({"145": wrong}))
    if int(wrong.split(";")[0]) - 500 <= tolerance:
        assert release_of(raw, tmp_path).fresh
        return
    with pytest.raises(BuildRefusedError, match="sum_region"):
        release_of(raw, tmp_path)
    assert (tmp_path / "current").resolve() == before.path.resolve()
    assert list((tmp_path / "releases").glob(".*")) == []


def test_a_missing_area_refuses_the_build(raw: Path, tmp_path: Path) -> None:
    lines = [line for line in turnover_lines(REGION) if not line.startswith("2015;14523")]
    write_turnover(raw, lines)
    with pytest.raises(BuildRefusedError, match="five_areas"):
        release_of(raw, tmp_path)


def test_the_embedded_snapshot_stays_small() -> None:
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < 25_000_000


def test_the_embedded_snapshot_refused_no_file_and_knows_the_five_areas() -> None:
    reports = read_sources().files
    assert not [report.path for report in reports if report.status == "refused"]
    assert set(FIVE) == {"14511", "14521", "14522", "14523", "14524"}


def test_the_same_snapshot_gives_the_same_release(raw: Path, tmp_path: Path) -> None:
    files = [release_of(raw, tmp_path / name).path for name in ("one", "two")]
    with duckdb.connect() as connection:
        for alias, file in zip("ab", files, strict=True):
            connection.execute(f"ATTACH '{file}' AS {alias} (READ_ONLY)")
        tables = connection.execute(
            "SELECT table_name FROM duckdb_tables() WHERE database_name = 'a'"
        ).fetchall()
        for (table,) in tables:
            columns = "* EXCLUDE built" if table == "release" else "*"
            rows = [
                connection.execute(f"SELECT {columns} FROM {alias}.{table}").fetchall()
                for alias in "ab"
            ]
            assert rows[0] == rows[1], table


def test_only_the_newest_releases_are_kept(tmp_path: Path) -> None:
    for number in range(5):
        file = tmp_path / f"{number}.duckdb"
        file.touch()
        os.utime(file, (number, number))
    drop_old(tmp_path, tmp_path / "0.duckdb", kept=2)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["0.duckdb", "3.duckdb", "4.duckdb"]


def test_published_figures_that_contradict_each_other_refuse_the_build_and_are_named(
    raw: Path, tmp_path: Path
) -> None:
    """Division 29 of the five Kreise is published, and more than the region: 500 against 10."""
    head = [
        "GENESIS-Tabelle: 42111-02-03-4",
        "30.09.2015;;;;;",
        ";;;;Betriebe;Beschäftigte",
        ";;;;Anzahl;Anzahl",
    ]
    rows = [f"{area};X;WZ08-29;Kraftwagen;5;100" for area in FIVE]
    rows += ["145;X;WZ08-29;Kraftwagen;25;10", "145;X;WZ08-C;C;25;10", "145;X;;Insgesamt;25;10"]
    path = raw / "regionalstatistik" / "42111-02-03-4" / "2015.csv"
    path.parent.mkdir(parents=True)
    path.write_text("\n".join([*head, *rows, *turnover_lines()[-4:]]), encoding="utf-8")
    with pytest.raises(BuildRefusedError, match=r"42111-02-03-4.*area 145, sector 29"):
        release_of(raw, tmp_path)
