"""Files by address: complete, as their descriptors say, readable by address, the same next time."""

from __future__ import annotations

import functools
import http.server
import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import frictionless
import pandas as pd
import pytest
from csvw import CSVW
from streamlit.web.bootstrap import MAX_APP_STATIC_FOLDER_SIZE

from etl import bulk
from tests.conftest import ROOT, connect

# One of each sort: long and short, with and without empty columns, with signs and with flags.
TRIED = (
    "indicators/unemployment_rate.csv",
    "indicators/automotive_share_of_industry.csv",
    "datasets/42111-02-03-4.csv",
    "datasets/nama_10r_3gdp_2023.csv",
    "areas.csv",
    "files.csv",
    "measures.csv",
)


@pytest.fixture(scope="module")
def folder(release: Path) -> Path:
    """Return the folder of files of the current release."""
    return bulk.publish(release, ROOT / "static")


@pytest.fixture(scope="module")
def resources(folder: Path) -> dict[str, dict[str, Any]]:
    """Return path -> resource of the data package."""
    package = json.loads((folder / bulk.PACKAGE).read_text(encoding="utf-8"))
    return {entry["path"]: entry for entry in package["resources"]}


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    """Serve the folder above and return the address of `latest`."""
    handler = functools.partial(_Quiet, directory=str(folder.parent))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/{bulk.LATEST}"
        server.shutdown()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def test_every_indicator_and_every_table_is_there_as_csv_and_parquet(
    release: Path, resources: dict[str, dict[str, Any]]
) -> None:
    with connect(release) as connection:
        indicators = connection.execute("SELECT id FROM indicator").fetchall()
        tables = connection.execute("SELECT DISTINCT dataset FROM observation").fetchall()
    names = [f"indicators/{name}" for (name,) in indicators]
    names += [f"datasets/{name}" for (name,) in tables]
    assert len(names) > 100
    for name in names:
        assert f"{name}.csv" in resources or f"{name}.csv.gz" in resources
        assert f"{name}.parquet" in resources


def test_sizes_and_checksums_are_those_of_the_files(
    folder: Path, resources: dict[str, dict[str, Any]]
) -> None:
    for name, entry in resources.items():
        assert (folder / name).stat().st_size == entry["bytes"], name
        assert f"sha256:{bulk.checksum(folder / name)}" == entry["hash"], name


def test_all_rows_of_the_release_are_in_the_files(
    release: Path, resources: dict[str, dict[str, Any]]
) -> None:
    with connect(release) as connection:
        figures = connection.execute("SELECT count(*) FROM indicator_value").fetchall()[0][0]
        cells = dict(
            connection.execute("SELECT dataset, count(*) FROM observation GROUP BY 1").fetchall()
        )
    assert resources[f"indicators/{bulk.EVERYTHING}.parquet"]["rows"] == figures
    for dataset, rows in cells.items():
        assert resources[f"datasets/{dataset}.parquet"]["rows"] == rows


@pytest.mark.parametrize("name", TRIED)
def test_the_data_package_validates(folder: Path, name: str) -> None:
    package = frictionless.Package(str(folder / bulk.PACKAGE))
    entry = next(entry for entry in package.resources if entry.path == name)
    report = frictionless.validate(entry)
    assert report.valid, report.flatten(["rowNumber", "fieldName", "message"])[:5]


@pytest.mark.parametrize("name", TRIED[:4])
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_the_csvw_metadata_validates(folder: Path, name: str) -> None:
    assert CSVW(str(folder / f"{name}-metadata.json"), validate=True).is_valid


def test_pandas_reads_a_file_by_its_address(address: str, release: Path) -> None:
    read = pd.read_csv(f"{address}/indicators/unemployment_rate.csv", dtype={"area_id": str})
    with connect(release) as connection:
        held = connection.execute(
            """SELECT area_id, year, value FROM indicator_value
            WHERE indicator = 'unemployment_rate' ORDER BY area_id, year"""
        ).df()
    assert list(read["area_id"]) == list(held["area_id"])
    assert list(read["value"].fillna(-1)) == list(held["value"].fillna(-1))
    types = {"area_id": str, "qualifier": str}
    packed = pd.read_csv(f"{address}/indicators/{bulk.EVERYTHING}.csv.gz", dtype=types)
    assert len(packed) > 300_000


def test_csv_and_parquet_of_a_table_hold_the_same_cells_as_the_release(
    folder: Path, release: Path
) -> None:
    path = folder / "datasets" / "42111-02-03-4"
    types = {"area_id": "VARCHAR", "sector": "VARCHAR", "column": "VARCHAR"}
    csv = duckdb.read_csv(f"{path}.csv", dtype=types, header=True).df()
    parquet = duckdb.read_parquet(f"{path}.parquet").df()
    with connect(release) as connection:
        held = connection.execute(
            """SELECT area_id, sector, value, mark, published, line FROM observation
            WHERE dataset = '42111-02-03-4'"""
        ).df()
    for read in (csv, parquet):
        for name in ("area_id", "sector", "mark", "published"):
            assert list(read[name].fillna("")) == list(held[name])
        assert list(read["value"].fillna(-1)) == list(held["value"].fillna(-1))
    assert set(held.loc[held["mark"] == "secret", "published"]) == {"."}


def test_licence_and_attribution_travel_with_every_file(
    resources: dict[str, dict[str, Any]],
) -> None:
    for name, entry in resources.items():
        assert entry["licenses"], name
        assert entry["sources"], name


def test_latest_is_the_release_in_use(folder: Path) -> None:
    assert (folder.parent / bulk.LATEST).resolve() == folder.resolve()


def test_files_stay_for_two_releases_and_unchanged_ones_are_kept_once(tmp_path: Path) -> None:
    home = tmp_path / bulk.FOLDER
    for name in ("oldest", "old", "new"):
        (home / name).mkdir(parents=True)
        (home / name / "a.csv").write_text("a\n1\n")
    (home / bulk.LATEST).symlink_to("old")
    bulk._share(home / "new", home / "old")
    assert (home / "new" / "a.csv").samefile(home / "old" / "a.csv")
    bulk._make_room(home, home / "new")
    assert sorted(path.name for path in home.iterdir()) == [bulk.LATEST, "old"]
    assert (home / "old" / "a.csv").read_text() == "a\n1\n"


def test_two_releases_stay_below_what_streamlit_serves(folder: Path) -> None:
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    assert 2 * size < 0.8 * MAX_APP_STATIC_FOLDER_SIZE
