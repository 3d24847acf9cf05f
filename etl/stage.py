"""Read a folder of official files: every file once, each with its outcome.

A file that is refused stops nothing else; what it says is kept with the reason. Where two files
hold the same cell, the newer edition counts and the comparison is recorded.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

import pandas as pd

from etl.conform import KEY, conform
from etl.corrections import Correction, apply_corrections
from etl.errors import SourceError
from etl.formats import Source, parser
from etl.model import Catalogue, Dataset, load_catalogue
from etl.partial import refuse_partial_release
from indicators.model import Text

SIDECAR = ".meta.json"
SKIPPED = (".md", SIDECAR)


@dataclass
class FileReport:
    """What became of one file: for the console, the provenance and the page `methodik`."""

    path: str
    dataset: str
    status: str
    sha256: str = ""
    bytes: int = 0
    url: str = ""
    retrieved: str = ""
    vintage: str = ""
    year_from: int = 0
    year_to: int = 0
    rows: int = 0
    marks: dict[str, int] = field(default_factory=dict)
    reason_de: str = ""
    reason_en: str = ""


@dataclass(frozen=True)
class Finding:
    """The result of a check that can only be made while files are read."""

    dataset: str
    check: str
    scope: str
    status: str
    expected: str
    found: str
    detail_de: str
    detail_en: str


@dataclass
class Staged:
    """One dataset, read: its observations (with `file` = index into `files`) and reports."""

    id: str
    dataset: Dataset
    observations: pd.DataFrame
    files: list[FileReport]
    findings: list[Finding]


def stage(
    raw: Path, only: list[str] | None = None, known: Collection[str] = ()
) -> Iterator[Staged]:
    """Yield every declared dataset that has files below `raw`, in the order of datasets.yml.

    Files whose SHA-256 is in `known` are passed over.
    """
    catalogue = load_catalogue()
    for name, dataset in catalogue.datasets.items():
        if only is None or name in only:
            staged = _stage_one(name, dataset, raw, catalogue, known)
            if staged.files:
                yield staged


def unknown_files(raw: Path) -> list[FileReport]:
    """Return the files below `raw` that no table uses: with the declared reason, or none."""
    catalogue = load_catalogue()
    used = {
        path
        for dataset in catalogue.datasets.values()
        for layout in dataset.files
        for path in raw.glob(layout.glob)
    }
    reasons = {
        path: reason for glob, reason in catalogue.not_used.items() for path in raw.glob(glob)
    }
    rest = sorted(path for path in raw.rglob("*") if path.is_file() and path not in used)
    rest = [path for path in rest if not _hidden(path.relative_to(raw))]
    return [
        _unused(path, raw, reasons.get(path)) for path in rest if not path.name.endswith(SKIPPED)
    ]


def _hidden(path: Path) -> bool:
    """Return whether a file lies in a folder of the pull itself (refused, unfinished, lock)."""
    return any(part.startswith(".") for part in path.parts)


def _unused(path: Path, raw: Path, reason: Text | None) -> FileReport:
    report = _report(path, raw, "", "not_used" if reason else "unknown")
    report.reason_de = (
        reason.de if reason else "Keine Tabelle in etl/datasets.yml nennt diese Datei."
    )
    report.reason_en = reason.en if reason else "No table in etl/datasets.yml names this file."
    return report


def _stage_one(
    name: str, dataset: Dataset, raw: Path, catalogue: Catalogue, known: Collection[str]
) -> Staged:
    blocks: list[pd.DataFrame] = []
    reports: list[FileReport] = []
    findings: list[Finding] = []
    for layout in dataset.files:
        for path in sorted(raw.glob(layout.glob)):
            if path.name.endswith(SIDECAR):
                continue
            report = _report(path, raw, name, "used")
            if report.sha256 in known:
                continue
            source = Source(path, report.path, dataset, layout)
            try:
                cells = parser(layout.format)(source)
                rows, corrections = apply_corrections(
                    name, conform(cells, source, catalogue), cells.frame
                )
                rows, reason = refuse_partial_release(rows, source)
            except SourceError as error:
                report.status, report.reason_en = "refused", str(error)
                report.reason_de = f"Zurückgewiesen. Meldung des Prüfprogramms: {error}"
                findings.append(_refusal(name, report))
                reports.append(report)
                continue
            _describe(report, rows, cells.vintage, reason)
            if reason:
                findings.append(_refusal(name, report))
            findings += [_corrected(name, report, entry) for entry in corrections]
            blocks.append(rows.assign(file=len(reports)))
            reports.append(report)
    if not blocks:
        return Staged(name, dataset, pd.DataFrame(), reports, findings)
    observations, overlaps = newest_editions(pd.concat(blocks, ignore_index=True), name, reports)
    return Staged(name, dataset, observations, reports, findings + overlaps)


def _report(path: Path, raw: Path, dataset: str, status: str) -> FileReport:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    sidecar = path.with_name(path.name + SIDECAR)
    known = json.loads(sidecar.read_text(encoding="utf-8")) if sidecar.exists() else {}
    return FileReport(
        path=path.relative_to(raw).as_posix(),
        dataset=dataset,
        status=status,
        sha256=digest,
        bytes=path.stat().st_size,
        url=known.get("url", ""),
        retrieved=known.get("retrieved", ""),
    )


def _describe(report: FileReport, rows: pd.DataFrame, vintage: str, reason: Text | None) -> None:
    report.vintage = vintage
    report.rows = len(rows)
    report.marks = {str(mark): int(n) for mark, n in rows["mark"].value_counts().items()}
    if len(rows):
        report.year_from, report.year_to = int(rows["year"].min()), int(rows["year"].max())
    if reason:
        report.status, report.reason_de, report.reason_en = "partly_used", reason.de, reason.en


def _refusal(name: str, report: FileReport) -> Finding:
    return Finding(name, "file", report.path, "noted", "", "", report.reason_de, report.reason_en)


def _corrected(name: str, report: FileReport, entry: Correction) -> Finding:
    evidence = entry.evidence
    return Finding(name, "correction", report.path, "noted", "", "", evidence.de, evidence.en)


def newest_editions(
    rows: pd.DataFrame, name: str, reports: list[FileReport]
) -> tuple[pd.DataFrame, list[Finding]]:
    """Keep the newest edition of every cell; compare what two editions both publish.

    The publisher's own date decides, then the day of retrieval, then the file's name.
    """
    order = {n: (r.vintage, r.retrieved, r.path) for n, r in enumerate(reports)}
    rank = {n: position for position, n in enumerate(sorted(order, key=lambda n: order[n]))}
    useful = ~rows["mark"].isin(["not_yet", "dissolved"])
    rows = rows.assign(_useful=useful, _rank=rows["file"].map(rank))
    rows = rows.sort_values([*KEY, "_useful", "_rank", "line"], kind="stable")
    twice = rows.duplicated(KEY, keep=False)
    if not twice.any():
        return _sorted(rows), []
    pairs = rows[twice]
    findings = _compare(pairs, name, reports)
    kept = rows[~rows.duplicated(KEY, keep="last")]
    for n in set(rows["file"]) - set(kept["file"]):
        reports[n].status = "superseded"
        reports[n].reason_de = "Eine neuere Ausgabe enthält dieselben Werte."
        reports[n].reason_en = "A newer edition holds the same cells."
    return _sorted(kept), findings


def _sorted(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.drop(columns=["_useful", "_rank"]).reset_index(drop=True)


def _compare(pairs: pd.DataFrame, name: str, reports: list[FileReport]) -> list[Finding]:
    """State per pair of files how many common cells agree, and the largest difference."""
    newest = pairs.groupby(KEY, sort=False, observed=True).tail(1).set_index(KEY)
    older = pairs[~pairs.index.isin(pairs.groupby(KEY, sort=False, observed=True).tail(1).index)]
    newest = newest[["value", "file"]].add_suffix("_new")
    older = older.join(newest, on=KEY)
    findings = []
    for _, both in older.groupby(["file", "file_new"]):
        old, new = int(both["file"].iloc[0]), int(both["file_new"].iloc[0])
        known = both[both["value"].notna() & both["value_new"].notna()]
        if known.empty:
            continue
        apart = known[(known["value"] - known["value_new"]).abs() > 1e-9]
        years = f"{both['year'].min()}–{both['year'].max()}"
        most = (apart["value_new"] - apart["value"]).abs().max() if len(apart) else 0.0
        findings.append(
            Finding(
                name,
                "overlap",
                f"{reports[old].path} ~ {reports[new].path}, {years}",
                "noted" if len(apart) else "passed",
                str(len(known)),
                str(len(known) - len(apart)),
                f"{len(apart)} von {len(known)} gemeinsamen Werten wurden revidiert, "
                f"höchstens um {most:g}; es gilt die neuere Ausgabe.",
                f"{len(apart)} of {len(known)} common cells were revised, by {most:g} at most; "
                "the newer edition counts.",
            )
        )
    return findings


def as_records(items: list[FileReport] | list[Finding]) -> list[dict[str, object]]:
    """Return reports or findings as plain dictionaries, in their order."""
    return [asdict(item) for item in items]
