"""Timing helpers of the benchmarks."""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

import pytest


@dataclass(frozen=True)
class Timing:
    """Wall-clock seconds of repeated runs."""

    seconds: list[float]

    @property
    def median(self) -> float:
        """Return the median in seconds."""
        return statistics.median(self.seconds)

    @property
    def p95(self) -> float:
        """Return the 95th percentile in seconds."""
        ordered = sorted(self.seconds)
        return ordered[min(len(ordered) - 1, round(0.95 * (len(ordered) - 1)))]


@pytest.fixture
def timed() -> Callable[..., Timing]:
    """Return `timed(action, runs=5)`: runs `action` once to warm up, then measures `runs` runs."""

    def measure(action: Callable[[], object], runs: int = 5, warm_up: bool = True) -> Timing:
        if warm_up:
            action()
        seconds = []
        for _ in range(runs):
            start = time.perf_counter()
            action()
            seconds.append(time.perf_counter() - start)
        return Timing(seconds)

    return measure


@pytest.fixture
def report(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Return a function that prints one line of the measurement, past pytest's capture."""
    capture = request.config.pluginmanager.getplugin("capturemanager")

    def line(text: str) -> None:
        with capture.global_and_fixture_disabled():
            sys.stdout.write(f"\n{request.node.name}: {text}\n")

    return line


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark everything in this folder as a benchmark."""
    for item in items:
        if "benchmarks" in item.path.parts:
            item.add_marker("bench")
