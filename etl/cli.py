"""The commands of the ETL, for people and for `make`."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from etl import cli_pull
from etl.areas import derive_geometry
from etl.deliveries import write_deliveries
from etl.errors import BuildRefusedError
from etl.merge import has_files, merge
from etl.snapshot import FOLDER, write_snapshot, write_sources
from etl.stage import FileReport, Staged, stage, unknown_files
from etl.warehouse import KEPT
from etl.warehouse import build as build_release

# Local variables stay out of tracebacks: among them are headers with credentials.
app = typer.Typer(
    help="From official files to the warehouse.",
    no_args_is_help=True,
    pretty_exceptions_show_locals=False,
)
cli_pull.register(app)
console = Console(width=None if sys.stdout.isatty() else 160)
RAW = cli_pull.RAW
RawFolder = Annotated[
    Path, typer.Option(exists=True, file_okay=False, help="Folder of official files.")
]


@app.command("stage")
def stage_command(raw: RawFolder, only: Annotated[list[str] | None, typer.Option()] = None) -> None:
    """Read every official file below RAW and say what became of it; write nothing."""
    files: list[FileReport] = []
    for dataset in stage(raw, only):
        files += dataset.files
    _print([*files, *unknown_files(raw)])
    _exit_if_refused(files)


@app.command("snapshot")
def snapshot_command(raw: RawFolder, out: Path = FOLDER) -> None:
    """Derive the embedded snapshot from the official files below RAW."""
    with _refusals(), tempfile.TemporaryDirectory() as folder:
        draft = Path(folder)
        derive_geometry(raw, draft)
        _write(raw, draft)
        out.mkdir(parents=True, exist_ok=True)
        for old in out.iterdir():
            old.unlink()
        for path in sorted(draft.iterdir()):
            shutil.copyfile(path, out / path.name)
    write_deliveries(out)
    size = sum(path.stat().st_size for path in out.iterdir())
    console.print(f"{out}: {size / 1e6:.1f} MB")


@app.command("build")
def build_command(
    raw: Annotated[Path | None, typer.Option(exists=True, file_okay=False)] = None,
    keep: Annotated[int, typer.Option(min=1, help="How many releases stay.")] = KEPT,
) -> None:
    """Build the release and switch data/current to it.

    From the snapshot and what lies newer in data/raw; with --raw from those files alone.
    """
    with _refusals(), tempfile.TemporaryDirectory() as folder:
        snapshot = FOLDER
        if raw is not None:
            snapshot = Path(folder)
            for path in FOLDER.glob("*_20*.*json"):
                shutil.copyfile(path, snapshot / path.name)
            _write(raw, snapshot)
        elif has_files(RAW):
            snapshot = Path(folder)
            merge(RAW, snapshot)
        built = build_release(snapshot, kept=keep)
    console.print(f"Release {built.id} {'built' if built.fresh else 'is current'}: {built.path}")


@contextmanager
def _refusals() -> Iterator[None]:
    """Turn a refusal into its sentence and exit code 1; what was published stays as it was."""
    try:
        yield
    except (BuildRefusedError, FileNotFoundError) as error:
        console.print(f"Nothing was changed. {error}", markup=False)
        raise typer.Exit(1) from error


def _write(raw: Path, out: Path) -> None:
    """Write the snapshot of RAW to OUT.

    Raises:
        BuildRefusedError: a file was refused; the message holds every refusal.
    """
    provenance = write_snapshot(_shown(raw), out)
    files = [*provenance.files, *unknown_files(raw)]
    write_sources(files, provenance.findings, out)
    _print(files)
    refused = [report.reason_en for report in files if report.status == "refused"]
    if refused:
        raise BuildRefusedError(f"{len(refused)} files were refused:\n" + "\n".join(refused))
    if not any(report.rows for report in files):
        raise BuildRefusedError(f"{raw} holds no file of a declared table.")


def _shown(raw: Path) -> Iterator[Staged]:
    for dataset in stage(raw):
        console.print(f"{dataset.id}: {len(dataset.observations)} cells", highlight=False)
        yield dataset


def _print(files: list[FileReport]) -> None:
    table = Table("file", "status", "years", "cells", "marks", "reason", show_lines=False)
    for report in files:
        years = f"{report.year_from}–{report.year_to}" if report.year_from else ""
        marks = " ".join(f"{mark}:{n}" for mark, n in report.marks.items())
        table.add_row(
            report.path, report.status, years, str(report.rows or ""), marks, report.reason_en
        )
    console.print(table)


def _exit_if_refused(files: list[FileReport]) -> None:
    if any(report.status == "refused" for report in files):
        raise typer.Exit(1)
