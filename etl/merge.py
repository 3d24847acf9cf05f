"""The snapshot and what lies newer in the raw folder, as one snapshot for the build.

In come the embedded snapshot and fetched files; out goes a folder of the snapshot's form, in
which the newest edition of every cell counts and every overlap is compared.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq

from etl.errors import BuildRefusedError
from etl.model import load_catalogue
from etl.snapshot import (
    FOLDER,
    SCHEMA,
    SOURCES,
    Provenance,
    read_sources,
    write_sources,
    write_table,
)
from etl.stage import FileReport, Finding, Staged, newest_editions, stage, unknown_files


def merge(raw: Path, out: Path, snapshot: Path = FOLDER) -> Provenance:
    """Write the snapshot with the newer raw files into `out` (empty) and return its provenance.

    A raw file that the snapshot already holds, byte for byte, adds nothing.

    Raises:
        BuildRefusedError: a raw file was refused; the message holds every refusal.
    """
    before = read_sources(snapshot)
    added = {staged.id: staged for staged in stage(raw, known=_checksums(before))}
    refused = [
        report.reason_en
        for staged in added.values()
        for report in staged.files
        if report.status == "refused"
    ]
    if refused:
        raise BuildRefusedError(f"{len(refused)} raw files were refused:\n" + "\n".join(refused))
    for path in snapshot.iterdir():
        if path.name != SOURCES and path.stem not in added:
            shutil.copyfile(path, out / path.name)
    files: list[FileReport] = []
    findings = [finding for finding in before.findings if finding.dataset not in added]
    for name in _datasets(before, added):
        ours = [report for report in before.files if report.dataset == name]
        if name in added:
            said = [finding for finding in before.findings if finding.dataset == name]
            staged = _together(added[name], ours, said, snapshot)
            write_table(staged, out)
            ours = staged.files
            findings += staged.findings
        files += ours
    files += [report for report in before.files if not report.dataset]
    files += [report for report in unknown_files(raw) if report.status == "unknown"]
    write_sources(files, findings, out)
    return Provenance(files, findings)


def has_files(raw: Path) -> bool:
    """Return whether the raw folder has a file of any declared table."""
    return any(
        next(raw.glob(layout.glob), None)
        for dataset in load_catalogue().datasets.values()
        for layout in dataset.files
    )


def _checksums(provenance: Provenance) -> set[str]:
    return {report.sha256 for report in provenance.files if report.dataset}


def _datasets(before: Provenance, added: dict[str, Staged]) -> list[str]:
    """Return the datasets of both, in the order of datasets.yml."""
    here = {report.dataset for report in before.files} | set(added)
    return [name for name in load_catalogue().datasets if name in here]


def _together(
    new: Staged, reports: list[FileReport], findings: list[Finding], snapshot: Path
) -> Staged:
    """Return one dataset of both: its files counted through, the newest edition a cell."""
    table = snapshot / f"{new.id}.parquet"
    blocks = []
    if table.exists():
        rows = pq.read_table(table).to_pandas()
        blocks.append(rows.astype({"year": "int64", "file": "int64", "line": "int64"}))
    if len(new.observations):
        rows = new.observations[SCHEMA.names]
        blocks.append(rows.assign(file=rows["file"] + len(reports)))
    files = [*reports, *new.files]
    observations, overlaps = newest_editions(pd.concat(blocks, ignore_index=True), new.id, files)
    return Staged(new.id, new.dataset, observations, files, [*findings, *new.findings, *overlaps])
