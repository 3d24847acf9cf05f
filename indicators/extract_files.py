"""A selection of a release as the bytes of a file: five formats, and the description of the CSV.

In come a release, a selection, a format and a language; out go bytes. A process of its own can do
it (`python -m indicators.extract_files`): writing a long workbook takes seconds of one core.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pandas as pd

from indicators.exports import standards, workbook, writers
from indicators.exports.description import Description
from indicators.extracts import Figures, Observations, Selection, open_extracts

ROOT = Path(__file__).resolve().parents[1]
POLITE = 10  # niceness of the writer: a click on the map goes before a file
# Format -> ending of the file name, and its media type.
FORMATS = {
    "xlsx": ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "excel": ("excel.csv", "text/csv"),
    "csv": ("csv", "text/csv"),
    "parquet": ("parquet", "application/vnd.apache.parquet"),
    "json": ("json", "application/json"),
    "csvw": ("csv-metadata.json", "application/csvm+json"),
}


def write(path: str, selection: Selection, kind: str, language: str) -> bytes:
    """Return the bytes of a file; `kind` is one of FORMATS."""
    extracts = open_extracts(path)
    description = extracts.describe(selection)
    if kind == "csvw":
        described = standards.csvw(description, f"{description.name}.csv", language)
        return json.dumps(described, ensure_ascii=False, indent=1).encode("utf-8")
    return _written(extracts.rows(selection, language), description, kind, language)


def write_apart(path: str, selection: Selection, kind: str, language: str) -> bytes:
    """Return the bytes of a file, written by a process of its own that gives way to others.

    Raises:
        subprocess.CalledProcessError: the process failed; what it said is on the server's log.
    """
    request = {
        "path": path,
        "table": isinstance(selection, Observations),
        "selection": asdict(selection),
        "kind": kind,
        "language": language,
    }
    command = [sys.executable, "-m", "indicators.extract_files"]
    done = subprocess.run(  # noqa: S603
        command, input=json.dumps(request).encode(), stdout=subprocess.PIPE, cwd=ROOT, check=True
    )
    return done.stdout


def _answer(request: str) -> bytes:
    asked = json.loads(request)
    chosen: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in asked["selection"].items()
    }
    selection = Observations(**chosen) if asked["table"] else Figures(**chosen)
    return write(asked["path"], selection, asked["kind"], asked["language"])


def _written(rows: pd.DataFrame, description: Description, kind: str, language: str) -> bytes:
    how: dict[str, Callable[[], bytes]] = {
        "xlsx": lambda: workbook.xlsx(rows, description, language),
        "excel": lambda: writers.excel_csv(rows, description, language),
        "csv": lambda: writers.plain_csv(rows, description),
        "parquet": lambda: writers.parquet(rows, description),
        "json": lambda: writers.as_json(rows, description),
    }
    return how[kind]()


if __name__ == "__main__":
    os.nice(POLITE)
    sys.stdout.buffer.write(_answer(sys.stdin.read()))
