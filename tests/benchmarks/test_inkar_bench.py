"""INKAR: 20 million rows out of a zip, against unpacking them and counting lines."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from etl.formats.inkar_bulk import HEADS
from etl.model import load_catalogue
from etl.snapshot import FOLDER
from tests.publishers import pack64

ROOT = Path(__file__).resolve().parents[2]
ROWS = 20_000_000
MUNICIPALITIES, YEARS = 10_786, range(1998, 2023)
MOST = 600  # MiB
RUN = "tests.benchmarks.inkar_run"
# A process begins with the peak memory of the one that started it: a small one in between.
LAUNCH = "import subprocess, sys; sys.exit(subprocess.call(sys.argv[1:]))"


def own_rows() -> list[str]:
    """Return our own figures of INKAR as rows of the database."""
    columns = next(
        layout.columns
        for layout in load_catalogue().datasets["inkar_2024"].files
        if layout.format == "inkar_bulk"
    )
    names = {column.measure: column.head for column in columns}
    table = pq.read_table(
        FOLDER / "inkar_2024.parquet", columns=["measure", "area_id", "year", "value"]
    ).to_pydict()
    rows = [
        f"LRB;1;{names[measure]};Indikator;{place(area)};Name;{year};{figure(value)}"
        for measure, area, year, value in zip(*table.values(), strict=True)
    ]
    absent = [name for name in names.values() if not any(f";{name};" in row for row in rows)]
    return [*rows, *(f"LRB;1;{name};I;Kreise;14511000;Name;2022;1" for name in absent)]


def place(area: str) -> str:
    """Return Raumbezug and Kennziffer of an area."""
    if area in ("DG", "145"):
        return "Bund;111" if area == "DG" else "Raumordnungsregionen;1403"
    return f"Bundesländer;{area}" if len(area) == 2 else f"Kreise;{area}000"


def figure(value: float | None) -> str:
    """Return a figure with a decimal comma, nothing for a missing one."""
    return "" if value is None else f"{value:g}".replace(".", ",")


def blocks(own: list[str]) -> Iterator[bytes]:
    """Yield the database: our rows among those of municipalities, which nobody asks for."""
    values = [row.rpartition(";")[2] for row in own]
    filler = [
        f"LRB;1;XXXXXXX;Ein Indikator der Gemeinden;Gemeinden;{9_000_000 + area:08d};"
        f"Gemeinde {area};{year};{values[(area + year) % len(values)]}"
        for area in range(MUNICIPALITIES)
        for year in YEARS
    ]
    template = ("\r\n".join(filler) + "\r\n").encode()
    yield (";".join(HEADS) + "\r\n").encode()
    count, left = 0, ROWS - len(own)
    while left > 0:
        if count == 30:
            yield ("\r\n".join(own) + "\r\n").encode()
        block = template.replace(b"XXXXXXX", f"x_{count:05d}".encode())
        if left < len(filler):
            block = b"".join(block.splitlines(keepends=True)[:left])
        yield block
        count, left = count + 1, left - len(filler)


def counted(path: Path) -> tuple[int, float]:
    """Return the lines that `unzip -p | wc -l` counts, and its seconds."""
    start = time.perf_counter()
    with subprocess.Popen(["unzip", "-p", str(path)], stdout=subprocess.PIPE) as unpack:  # noqa: S607
        lines = subprocess.run(
            ["wc", "-l"],  # noqa: S607
            stdin=unpack.stdout,
            capture_output=True,
            text=True,
            check=True,
        )
    return int(lines.stdout), time.perf_counter() - start


def test_twenty_million_rows_are_read_in_bounded_memory(
    tmp_path: Path, report: Callable[[str], None]
) -> None:
    if not shutil.which("unzip"):
        pytest.skip("unzip is not installed")
    path = tmp_path / "inkar_2025_2026-11-24.zip"
    own = own_rows()
    with path.open("wb") as file:
        pack64(file, "inkar_2025.csv", blocks(own))
    lines, plain = counted(path)
    assert lines == ROWS + 1
    run = subprocess.run(
        [sys.executable, "-c", LAUNCH, sys.executable, "-m", RUN, str(path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    found = json.loads(run.stdout)
    report(
        f"{lines} rows, {path.stat().st_size / 1e6:.0f} MB zip: read {found['read']:.1f} s, with "
        f"our codes {found['seconds']:.1f} s, {found['cells']} cells; unzip -p | wc -l "
        f"{plain:.1f} s: ratio {found['read'] / plain:.2f}; peak memory {found['streamed']:.0f} "
        f"MiB while reading, {found['peak']:.0f} MiB in all ({found['before']:.0f} MiB of it "
        "libraries)"
    )
    assert found["cells"] > 200_000
    assert found["peak"] < MOST
