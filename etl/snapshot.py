"""The embedded snapshot: one Parquet file per table, and where each figure comes from.

Written from a folder of official files, tracked in the repository, byte for byte the same for
the same input. What a fresh clone starts from.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from etl.stage import FileReport, Finding, Staged, as_records

FOLDER = Path(__file__).resolve().parents[1] / "data" / "snapshot"
SOURCES = "sources.json"
ORDER = ["measure", "sector", "occupation", "breakdown", "area_id", "partner_id", "year"]
WORDS = [
    "measure", "area_id", "partner_id", "reference", "sector", "occupation", "breakdown",
    "mark", "qualifier", "published", "column",
]  # fmt: skip
SCHEMA = pa.schema(
    [(name, pa.string()) for name in WORDS]
    + [("year", pa.int16()), ("value", pa.float64()), ("file", pa.int16()), ("line", pa.int32())]
)


@dataclass(frozen=True)
class Provenance:
    """What `sources.json` holds: the files of all tables, and the findings of the reading."""

    files: list[FileReport]
    findings: list[Finding]


def write_table(staged: Staged, folder: Path) -> Path:
    """Write the observations of one dataset; rows sorted by key, so that bytes repeat."""
    rows = staged.observations.sort_values(ORDER, kind="stable")
    table = pa.Table.from_pandas(
        rows[SCHEMA.names].assign(**{name: rows[name].astype(str) for name in WORDS}),
        schema=SCHEMA,
        preserve_index=False,
    )
    path = folder / f"{staged.id}.parquet"
    pq.write_table(
        table.replace_schema_metadata(None),
        path,
        compression="zstd",
        compression_level=12,
        use_dictionary=[*WORDS, "value", "file", "year"],
        column_encoding={"line": "DELTA_BINARY_PACKED"},
        row_group_size=1_000_000,
        write_statistics=False,
        store_schema=False,
    )
    return path


def write_sources(files: list[FileReport], findings: list[Finding], folder: Path) -> Path:
    """Write the provenance of the snapshot; files in the order in which datasets number them."""
    path = folder / SOURCES
    content = {"files": as_records(files), "findings": as_records(findings)}
    path.write_text(
        json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8"
    )
    return path


def read_sources(folder: Path = FOLDER) -> Provenance:
    """Read the provenance of the snapshot.

    Raises:
        FileNotFoundError: there is no snapshot in `folder`.
    """
    content: dict[str, list[dict[str, Any]]] = json.loads(
        (folder / SOURCES).read_text(encoding="utf-8")
    )
    return Provenance(
        [FileReport(**entry) for entry in content["files"]],
        [Finding(**entry) for entry in content["findings"]],
    )


def tables(folder: Path = FOLDER) -> Iterator[tuple[str, Path]]:
    """Yield (dataset, path) of the snapshot's tables, sorted by name."""
    for path in sorted(folder.glob("*.parquet")):
        yield path.stem, path


def checksum(folder: Path = FOLDER) -> str:
    """Return the SHA-256 over names and bytes of the whole snapshot."""
    digest = hashlib.sha256()
    for path in sorted(folder.iterdir()):
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def write_snapshot(staged: Iterator[Staged], folder: Path) -> Provenance:
    """Write every staged dataset and the provenance; returns what was written.

    A dataset whose files were all refused leaves no table, only its reasons.
    """
    folder.mkdir(parents=True, exist_ok=True)
    files: list[FileReport] = []
    findings: list[Finding] = []
    for dataset in staged:
        if len(dataset.observations):
            write_table(dataset, folder)
        files += dataset.files
        findings += dataset.findings
    write_sources(files, findings, folder)
    return Provenance(files, findings)
