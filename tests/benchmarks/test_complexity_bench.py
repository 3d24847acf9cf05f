"""LQ, proximity, density and complexity of 400 districts against PyPI's `ecomplexity`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# Both on one thread each: the ratio must not depend on who else uses the machine.
THREADS = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}


def test_complexity_of_thirteen_years(report: Callable[[str], None]) -> None:
    pytest.importorskip(
        "ecomplexity", reason="PyPI's ecomplexity is not installed: pip install ecomplexity"
    )
    run = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.complexity_run"],
        cwd=ROOT,
        env=os.environ | THREADS,
        capture_output=True,
        text=True,
        check=True,
    )
    found = json.loads(run.stdout.splitlines()[-1])
    ratio = found["theirs"] / found["ours"]
    worst = max(found["differences"].values())
    report(
        f"ours {found['ours'] * 1000:.0f} ms, ecomplexity {found['theirs']:.1f} s: "
        f"ratio {ratio:.0f}, largest difference {worst:.0e}"
    )
    assert worst < 1e-8
    assert ratio > 20
