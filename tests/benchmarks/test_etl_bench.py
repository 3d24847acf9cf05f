"""Cost of stage and build against the plain cost of reading the same bytes, in one run."""

from __future__ import annotations

import resource
import zipfile
from collections.abc import Callable
from pathlib import Path

import duckdb
import pandas as pd

from etl.snapshot import FOLDER, tables
from etl.stage import stage
from etl.warehouse import build
from tests.benchmarks.conftest import Timing

Timed = Callable[..., Timing]
Report = Callable[[str], None]


def plain_load() -> None:
    """Load all tables of the snapshot into DuckDB, with nothing checked or computed."""
    with duckdb.connect() as connection:
        paths = [str(path) for _, path in tables()]
        connection.execute("CREATE TABLE plain AS SELECT * FROM read_parquet(?)", [paths])


def test_full_build_against_loading_the_snapshot(
    tmp_path: Path, timed: Timed, report: Report
) -> None:
    plain = timed(plain_load, runs=3).median
    places = [tmp_path / name for name in ("releases", "current", "static")]
    whole = timed(lambda: build(FOLDER, *places), runs=1, warm_up=False).median
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    report(
        f"build {whole:.1f} s, plain load {plain:.2f} s, ratio {whole / plain:.1f}, "
        f"peak memory of both {peak:.0f} MiB"
    )


def plain_read(path: Path) -> None:
    """Read one file with pandas as text, with nothing understood."""
    if path.suffix == ".parquet":
        pd.read_parquet(path)
    elif path.suffix in (".xlsx", ".xls"):
        pd.read_excel(path, sheet_name=None, header=None, engine="calamine")
    elif path.suffix == ".zip":
        with zipfile.ZipFile(path) as archive, archive.open(archive.namelist()[0]) as file:
            pd.read_csv(file, sep=";", dtype=str)
    else:
        options = {"sep": "\t" if ".tsv" in path.name else ";", "dtype": str, "header": None}
        names = range(120)
        pd.read_csv(path, names=names, encoding="latin-1", engine="c", quoting=3, **options)


def test_full_stage_against_reading_the_same_files(
    recordings: Path, timed: Timed, report: Report
) -> None:
    files: list[Path] = []

    def everything() -> None:
        for dataset in stage(recordings):
            files.extend(recordings / item.path for item in dataset.files)

    whole = timed(everything, runs=1, warm_up=False).median
    paths = sorted(set(files))
    plain = timed(lambda: [plain_read(path) for path in paths], runs=1, warm_up=False).median
    report(f"stage {whole:.1f} s, plain read {plain:.1f} s, ratio {whole / plain:.1f}")
