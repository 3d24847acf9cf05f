"""The release: one DuckDB file with everything that the app reads.

Built beside the current one, checked, and switched in one step. A build that fails or is killed
leaves the current release as it was.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pandas as pd

import indicators.build
from etl import bulk, changelog, checks
from etl.areas import VINTAGE, load_area_changes, load_areas
from etl.errors import BuildRefusedError
from etl.freshness import load_freshness
from etl.model import load_catalogue
from etl.schema import SCHEMA
from etl.snapshot import FOLDER, checksum, read_sources, tables
from indicators.derived import INDUSTRY
from indicators.formulas.disclosure import ContradictionError
from indicators.registry import Registry, load_registry
from indicators.store import FORMAT

ROOT = Path(__file__).resolve().parents[1]
RELEASES = ROOT / "data" / "releases"
CURRENT = ROOT / "data" / "current"
STATIC = ROOT / "static"
REFERENCE = ROOT / "data" / "reference"
CODE = ("etl", "indicators", "data/reference")
CODE_KINDS = (".py", ".yml", ".csv")
GEOMETRY = ("*.geojson",)
KEPT = 8
REFERENCE_TABLES = {
    "sector": "wz2008",
    "occupation": "kldb2010",
    "delivery": "deliveries",
    "press_figure": "press_figures",
    "powertrain": "powertrain",
}


@dataclass(frozen=True)
class Built:
    """The outcome of a build: the release, and whether it was made now or stood already."""

    id: str
    path: Path
    fresh: bool


def build(
    snapshot: Path = FOLDER,
    releases: Path = RELEASES,
    current: Path = CURRENT,
    static: Path = STATIC,
    registry: Registry | None = None,
    kept: int = KEPT,
) -> Built:
    """Build the release of a snapshot and switch `current` to it; the newest `kept` ones stay.

    The id is derived from the snapshot's and the code's checksums, so the same input gives the
    same release; if it stands already, nothing is computed.

    Raises:
        BuildRefusedError: a check failed; `current` is untouched.
    """
    snapshot_sha, code_sha = checksum(snapshot), code_checksum()
    newest = newest_retrieval(snapshot)
    identity = hashlib.sha256((snapshot_sha + code_sha).encode()).hexdigest()[:10]
    release = f"{newest}-{identity}"
    path = releases / f"{release}.duckdb"
    publish_geometry(snapshot, static)
    if path.exists():
        _publish(path, static, current)
        return Built(release, path, fresh=False)
    releases.mkdir(parents=True, exist_ok=True)
    draft = releases / f".{release}.{os.getpid()}.draft"
    try:
        _fill(draft, snapshot, registry or load_registry())
        _stamp(draft, [release, snapshot_sha, code_sha])
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    _publish(path, static, current)
    drop_old(releases, path, kept)
    changelog.write(releases, static / bulk.FOLDER)
    return Built(release, path, fresh=True)


def _publish(release: Path, static: Path, current: Path) -> None:
    """Write the files by address, then switch: what is shown can be fetched."""
    bulk.publish(release, static)
    switch(current, release)


def _fill(draft: Path, snapshot: Path, registry: Registry) -> None:
    draft.unlink(missing_ok=True)
    with duckdb.connect(str(draft)) as connection:
        # One thread, so that the same input gives the same file (but for DuckDB's random file id).
        connection.execute("SET preserve_insertion_order = true; SET threads = 1")
        connection.execute(SCHEMA)
        load_reference(connection)
        load_sources(connection, snapshot)
        load_observations(connection, snapshot)
        load_freshness(connection)
        try:
            indicators.build.build(connection, registry)
        except ContradictionError as error:
            raise BuildRefusedError(f"regionalstatistik, table {INDUSTRY}: {error}") from error
        checks.run(connection, read_sources(snapshot).findings)
        failed = connection.execute(
            """SELECT dataset, "check", scope, expected, found, detail_en FROM check_result
            WHERE status = 'failed'"""
        ).fetchall()
        if failed:
            sentences = "\n".join(
                f"- {dataset}, {check}, {scope}: expected {expected}, found {found}. {text}"
                for dataset, check, scope, expected, found, text in failed
            )
            raise BuildRefusedError(
                f"{len(failed)} checks failed, the current release stays:\n{sentences}"
            )


def _stamp(draft: Path, identity: list[str]) -> None:
    """Write the release's id, checksums and time of build; the last step of a build."""
    with duckdb.connect(str(draft)) as connection:
        connection.execute(
            "INSERT INTO release SELECT $1, $4, $2, $3, $5, max(year), $6 FROM indicator_value",
            [*identity, datetime.now(UTC).replace(tzinfo=None, microsecond=0), VINTAGE, FORMAT],
        )
        connection.execute("CHECKPOINT")


def load_reference(connection: duckdb.DuckDBPyConnection) -> None:
    """Fill areas, classifications, publishers, datasets and measures."""
    _insert(connection, "area", load_areas().replace({"": None}))
    _insert(connection, "area_change", load_area_changes())
    for table, name in REFERENCE_TABLES.items():
        _insert(connection, table, pd.read_csv(REFERENCE / f"{name}.csv", dtype=str))
    catalogue = load_catalogue()
    _insert(
        connection,
        "publisher",
        pd.DataFrame(
            [(key, p.name.de, p.name.en, p.url) for key, p in catalogue.publishers.items()],
            columns=["id", "name_de", "name_en", "url"],
        ),
    )
    datasets, measures = [], []
    for key, item in catalogue.datasets.items():
        publisher, note = catalogue.publishers[item.publisher], item.note
        datasets.append(
            (key, item.publisher, item.table, item.title.de, item.title.en, publisher.licence,
             publisher.licence_url, publisher.attribution,
             f"{publisher.attribution} {item.table}: {item.title.de}.", item.url,
             item.reference.de, item.reference.en, note.de if note else "",
             note.en if note else "")
        )  # fmt: skip
        measures += [
            (key, name, measure.unit, measure.additive, measure.name.de, measure.name.en)
            for name, measure in item.measures.items()
        ]
    _insert(connection, "dataset", pd.DataFrame(datasets))
    _insert(connection, "measure", pd.DataFrame(measures))


def load_sources(connection: duckdb.DuckDBPyConnection, snapshot: Path) -> None:
    """Fill `source_file`; ids count from 1 in the order of the provenance."""
    rows = [
        (number, f.dataset, f.path, f.url, f.retrieved or None, f.vintage, f.sha256, f.bytes,
         f.year_from or None, f.year_to or None, f.rows, f.status, f.reason_de, f.reason_en)
        for number, f in enumerate(read_sources(snapshot).files, start=1)
    ]  # fmt: skip
    _insert(connection, "source_file", pd.DataFrame(rows))
    # A table that is declared but has no file yet is no source of this release.
    for table, key in (("dataset", "id"), ("measure", "dataset")):
        connection.execute(
            f"DELETE FROM {table} WHERE {key} NOT IN (SELECT dataset FROM source_file)"
        )


def load_observations(connection: duckdb.DuckDBPyConnection, snapshot: Path) -> None:
    """Fill `observation` from the snapshot's tables; file numbers become `source_file` ids."""
    first: dict[str, int] = {}
    for number, report in enumerate(read_sources(snapshot).files, start=1):
        first.setdefault(report.dataset, number)
    for dataset, path in tables(snapshot):
        connection.execute(
            """INSERT INTO observation
            SELECT ?, measure, area_id, partner_id, year,
                   CASE WHEN reference = '' THEN NULL ELSE reference::DATE END,
                   sector, occupation, breakdown, value, mark, qualifier, published,
                   file + ?, line, "column" FROM read_parquet(?)""",
            [dataset, first[dataset], str(path)],
        )


def _insert(connection: duckdb.DuckDBPyConnection, table: str, frame: pd.DataFrame) -> None:
    connection.register("incoming", frame)
    connection.execute(f"INSERT INTO {table} SELECT * FROM incoming")
    connection.unregister("incoming")


def code_checksum(root: Path = ROOT) -> str:
    """Return the SHA-256 over all files that decide what a build computes."""
    digest = hashlib.sha256()
    for folder in CODE:
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in CODE_KINDS:
                digest.update(path.relative_to(root).as_posix().encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()


def newest_retrieval(snapshot: Path) -> str:
    """Return the date of the newest file edition in the snapshot, for the release id."""
    dates = [report.retrieved or report.vintage for report in read_sources(snapshot).files]
    return max((date for date in dates if date), default="undated")


def publish_geometry(snapshot: Path, static: Path) -> None:
    """Copy the boundaries into the folder that the app serves to browsers."""
    static.mkdir(parents=True, exist_ok=True)
    for pattern in GEOMETRY:
        for path in snapshot.glob(pattern):
            shutil.copyfile(path, static / path.name)


def switch(current: Path, release: Path) -> None:
    """Let `current` point to a release, in one step."""
    draft = current.with_name(f".{current.name}.{os.getpid()}")
    draft.unlink(missing_ok=True)
    draft.symlink_to(os.path.relpath(release, current.parent))
    draft.replace(current)


def drop_old(releases: Path, current: Path, kept: int = KEPT) -> None:
    """Remove all but the newest `kept` releases; the current one always stays."""
    newest = sorted(releases.glob("*.duckdb"), key=lambda path: path.stat().st_mtime)
    for path in newest[:-kept]:
        if path != current:
            path.unlink()
