"""What all tests share: the recordings, where they are at hand, and a built release."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from indicators.store import HARDENED

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def recordings() -> Path:
    """Return the folder of recorded official files; skip where it is not at hand."""
    return _folder("OFFICIAL_RECORDINGS")


@pytest.fixture(scope="session")
def wire_recordings() -> Path:
    """Return the folder of recorded answers of live services; skip where it is not at hand."""
    return _folder("WIRE_RECORDINGS")


@pytest.fixture(scope="session")
def reference_cases() -> Path:
    """Return the folder of third-party numeric cases; skip where it is not at hand."""
    return _folder("REFERENCE_CASES")


@pytest.fixture(scope="session")
def release() -> Path:
    """Return the file of the current release, built from the snapshot if there is none."""
    current = ROOT / "data" / "current"
    if not current.exists():
        built = subprocess.run(
            [sys.executable, "-m", "etl", "build"],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert built.returncode == 0, f"python -m etl build failed:\n{built.stdout}{built.stderr}"
    return current.resolve(strict=True)


def _folder(variable: str) -> Path:
    """Return the folder that an environment variable names, or skip with the reason."""
    named = os.environ.get(variable)
    if not named:
        pytest.skip(f"{variable} is not set")
    folder = Path(named)
    if not folder.is_dir():
        pytest.skip(f"{variable} names {folder}, which is not a folder")
    return folder


def connect(release: Path) -> duckdb.DuckDBPyConnection:
    """Open a release as the application does; one process may not open it in two ways."""
    return duckdb.connect(str(release), read_only=True, config=HARDENED)
