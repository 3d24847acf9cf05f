"""Files by address: every indicator and every table of a release as CSV and Parquet.

In comes a built release; out goes a folder that the application serves under `static/`, with a
data package (Frictionless) and CSVW metadata. The folder appears in one step, beside it `latest`.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC
from pathlib import Path
from typing import Any

import duckdb

from indicators.exports import standards
from indicators.exports.description import Description, fields
from indicators.extracts import Extracts, Figures, Observations
from indicators.store import Store

FOLDER, LATEST = "daten", "latest"
PACKAGE = "datapackage.json"
EVERYTHING = "all-indicators"
TITLE = "Strukturmonitor Südwestsachsen"
# A longer file is packed: pandas and DuckDB read `.csv.gz` as they read `.csv`.
PACKED_FROM = 100_000
BLOCK = 1 << 20
# What begins like a formula gets an apostrophe, as in `indicators.exports.safety`.
SAFE = r"""CASE WHEN regexp_matches({0}, '^[=+@\t\r\n-]')
    AND NOT regexp_full_match({0}, '[-+]?([0-9][0-9., ]*)?%?') THEN '''' || {0} ELSE {0} END"""
FIGURES = """
SELECT v.indicator, v.area_id, a.name_de AS area_name, a.level, v.year, i.reference_de AS reference,
       v.value, v.lower, v.upper, i.unit, v.mark, v.qualifier, v.rank, v.rank_low, v.rank_high, v.n
FROM indicator_value v
JOIN indicator i ON i.id = v.indicator
JOIN theme t ON t.id = i.theme
JOIN area a USING (area_id)
WHERE v.sector = '' AND v.occupation = '' AND ({indicator} IS NULL OR v.indicator = {indicator})
ORDER BY t.position, i.position, v.area_id, v.year
"""
# Columns of an official table; those that are empty throughout are left out.
CELLS = {
    "dataset": "dataset",
    "measure": "measure",
    "area_id": "area_id",
    "partner_id": "partner_id",
    "year": "year",
    "reference_date": "reference",
    "sector": "sector",
    "occupation": "occupation",
    "breakdown": "breakdown",
    "value": "value",
    "mark": "mark",
    "qualifier": "qualifier",
    "published": SAFE.format("published"),
    "file_id": "file",
    "line": "line",
    "column": SAFE.format('"column"'),
}
ALWAYS = ("dataset", "measure", "area_id", "year", "value", "mark", "qualifier")
LISTS = {
    "areas": "SELECT area_id, name_de AS area_name, level, parent FROM area ORDER BY area_id",
    "files": """SELECT f.id AS file_id, f.dataset, f.path AS file, f.sha256, f.url, f.retrieved,
        f.vintage, d.licence, d.attribution
        FROM source_file f JOIN dataset d ON d.id = f.dataset ORDER BY f.id""",
    "measures": """SELECT dataset, measure, name_de AS measure_name, unit FROM measure
        ORDER BY dataset, measure""",
}


def publish(release: Path, static: Path) -> Path:
    """Write the files of a release, unless they stand already, and let `latest` name them.

    Returns:
        The folder of this release.
    """
    home = static / FOLDER
    folder = home / release.stem
    if not (folder / PACKAGE).exists():
        # Not below `static`: a server that starts meanwhile would count the draft as well.
        draft = release.with_name(f".{release.stem}.{os.getpid()}.files")
        shutil.rmtree(draft, ignore_errors=True)
        try:
            _write(release, draft)
            _share(draft, home / LATEST)
            _make_room(home, folder)
            draft.rename(folder)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
    _latest(home, folder.name)
    return folder


def _make_room(home: Path, folder: Path) -> None:
    """Remove all files but those of the release in use; `folder` may hold half of an old try.

    Streamlit serves no file at all once the folder of static files passes one gigabyte.
    """
    home.mkdir(parents=True, exist_ok=True)
    before = (home / LATEST).resolve()
    for old in home.iterdir():
        if old.is_dir() and not old.is_symlink() and (old == folder or old != before):
            shutil.rmtree(old)


def checksum(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _write(release: Path, folder: Path) -> None:
    with duckdb.connect(str(release), read_only=True) as connection:
        extracts, store = Extracts(connection), Store(connection)
        stamp = store.release()
        written = [
            *_indicators(connection, extracts, [entry.id for entry in store.indicators()], folder),
            *_tables(connection, extracts, folder),
            *_lists(connection, extracts, folder),
        ]
    _pack([path for path, _, rows in written if rows >= PACKED_FROM])
    resources = [
        entry
        for path, description, rows in written
        for entry in _described(description, folder, path, rows)
    ]
    package = standards.package(
        "strukturmonitor-suedwestsachsen",
        TITLE,
        stamp.id,
        stamp.built.replace(tzinfo=UTC).isoformat(timespec="seconds"),
        resources,
    )
    _json(folder / PACKAGE, package)


Written = Iterator[tuple[Path, Description, int]]


def _indicators(
    connection: duckdb.DuckDBPyConnection, extracts: Extracts, names: Sequence[str], folder: Path
) -> Written:
    """Write each indicator, and all of them in one file."""
    for name in [*names, None]:
        description = extracts.describe(Figures(None if name is None else (name,)), light=True)
        path = folder / "indicators" / (name or EVERYTHING)
        query = FIGURES.format(indicator=f"'{name}'" if name else "NULL")
        yield path, description, _copy(connection, query, path)


def _tables(connection: duckdb.DuckDBPyConnection, extracts: Extracts, folder: Path) -> Written:
    """Write each official table; area, file and measure are keys into the lists beside them."""
    names = connection.execute("SELECT DISTINCT dataset FROM observation ORDER BY 1").fetchall()
    for (dataset,) in names:
        columns = _filled(connection, dataset)
        selected = ", ".join(f'{CELLS[name]} AS "{name}"' for name in columns)
        query = f"SELECT {selected} FROM observation WHERE dataset = '{dataset}'"
        description = extracts.describe(Observations(dataset), light=True)
        key = tuple(name for name in description.key if name in columns)
        path = folder / "datasets" / str(dataset)
        description = replace(description, fields=fields(columns), key=key)
        yield path, description, _copy(connection, query, path)


def _filled(connection: duckdb.DuckDBPyConnection, dataset: str) -> tuple[str, ...]:
    """Return the columns in which a table holds anything."""
    asked = ", ".join(
        f"coalesce(bool_or(CAST({name} AS VARCHAR) <> ''), false)"
        for name in ("partner_id", "reference", "sector", "occupation", "breakdown", "published")
    )
    optional = ("partner_id", "reference_date", "sector", "occupation", "breakdown", "published")
    there = connection.execute(
        f"SELECT {asked} FROM observation WHERE dataset = ?", [dataset]
    ).fetchall()[0]
    empty = {name for name, held in zip(optional, there, strict=True) if not held}
    return tuple(name for name in CELLS if name in ALWAYS or name not in empty)


def _lists(connection: duckdb.DuckDBPyConnection, extracts: Extracts, folder: Path) -> Written:
    """Write what the keys in the tables stand for."""
    everything = extracts.describe(Figures(), light=True)
    for name, query in LISTS.items():
        columns = tuple(column[0] for column in connection.execute(query).description)
        key = columns[:2] if name == "measures" else columns[:1]
        description = replace(everything, fields=fields(columns), key=key, definitions=())
        yield folder / name, description, _copy(connection, query, folder / name)


def _copy(connection: duckdb.DuckDBPyConnection, query: str, path: Path) -> int:
    """Write a query as CSV and Parquet, and return how many rows there are."""
    path.parent.mkdir(parents=True, exist_ok=True)
    csv, parquet = _named(path, "csv"), _named(path, "parquet")
    connection.execute(f"COPY ({query}) TO '{parquet}' (FORMAT parquet, COMPRESSION zstd)")
    written = connection.execute(f"COPY ({query}) TO '{csv}' (FORMAT csv, HEADER)").fetchall()
    return int(written[0][0])


def _named(path: Path, ending: str) -> Path:
    return path.with_name(f"{path.name}.{ending}")


def _pack(paths: Sequence[Path]) -> None:
    """Pack long CSV files, several at once: zlib lets other threads run."""
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(_packed, [_named(path, "csv") for path in paths]))


def _packed(path: Path) -> None:
    """Replace a file by its gzip form; no time stamp, so that the same figures give same bytes."""
    with (
        path.open("rb") as plain,
        _named(path, "gz").open("wb") as out,
        gzip.GzipFile("", "wb", compresslevel=1, fileobj=out, mtime=0) as packed,
    ):
        shutil.copyfileobj(plain, packed, BLOCK)
    path.unlink()


def _described(
    description: Description, folder: Path, path: Path, rows: int
) -> Iterator[dict[str, Any]]:
    """Yield the resources of the two files of `path`, and write CSVW metadata beside the CSV."""
    csv = _named(path, "csv.gz" if rows >= PACKED_FROM else "csv")
    # CSVW finds metadata of `x.csv` as `x.csv-metadata.json` beside it.
    metadata = csv.with_name(f"{csv.name}-metadata.json")
    _json(metadata, standards.csvw(description, csv.name))
    for file in (csv, _named(path, "parquet")):
        name = file.relative_to(folder).as_posix()
        yield standards.resource(description, name, file.stat().st_size, checksum(file), rows)


def _share(folder: Path, before: Path) -> None:
    """Let files that have not changed since the release before be the same file on disk."""
    for path in folder.rglob("*"):
        old = before / path.relative_to(folder)
        if path.is_file() and old.is_file() and checksum(path) == checksum(old):
            path.unlink()
            path.hardlink_to(old.resolve())


def _json(path: Path, content: dict[str, Any]) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _latest(home: Path, name: str) -> None:
    """Let `latest` name a folder, in one step."""
    draft = home / f".{LATEST}.{os.getpid()}"
    draft.unlink(missing_ok=True)
    draft.symlink_to(name)
    draft.replace(home / LATEST)
