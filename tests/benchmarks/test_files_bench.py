"""Files: what writing one costs, and what ten at once do to a click on the map."""

from __future__ import annotations

import resource
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from etl import bulk
from indicators import extract_files
from indicators.extracts import Figures, open_extracts
from pages._ui.extract import files
from tests.benchmarks.conftest import Timing
from tests.benchmarks.rerun import reruns
from tests.browser.conftest import serve

RUNS, AT_ONCE = 40, 10
YEARS = (2015, 2016, 2017, 2018, 2019, 2020)
QUERIES = [
    f"lang=de&ind=manufacturing_share_of_employees&year={YEARS[n % len(YEARS)]}"
    for n in range(RUNS)
]
FETCH = """
import sys, threading, time, urllib.request
def once():
    urllib.request.urlopen(sys.argv[1]).read()
while True:
    end = time.monotonic() + 1
    threads = [threading.Thread(target=once) for _ in range(int(sys.argv[2]))]
    for thread in threads: thread.start()
    for thread in threads: thread.join()
    time.sleep(max(0, end - time.monotonic()))
"""
LONG = Figures(first=2015, last=2016)


def clicks(port: int) -> Timing:
    return Timing([run.seconds for run in reruns(port, "karte", ["lang=de", *QUERIES])[1:]])


@contextmanager
def beside(work: Callable[[], object]) -> Iterator[list[int]]:
    """Run `work` ten times at once, over and over, while the block runs."""
    done, counted = threading.Event(), [0]

    def again() -> None:
        while not done.is_set():
            work()
            counted[0] += 1

    threads = [threading.Thread(target=again, daemon=True) for _ in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    yield counted
    done.set()
    for thread in threads:
        thread.join()


@contextmanager
def fetching(address: str) -> Iterator[subprocess.Popen[bytes]]:
    """Download ten times at once, every second, in another process, while the block runs."""
    command = [sys.executable, "-c", FETCH, address, str(AT_ONCE)]
    with subprocess.Popen(command) as process:
        yield process
        process.terminate()


def test_ten_downloads_of_everything_beside_the_map(
    release: Path, report: Callable[[str], None]
) -> None:
    with serve() as address:
        port = urlsplit(address).port
        assert port is not None
        file = f"{address}/app/static/{bulk.FOLDER}/{release.stem}/indicators/all-indicators.csv.gz"
        alone = clicks(port)
        with fetching(file) as process:
            busy = clicks(port)
            assert process.poll() is None, "the downloads ended before the clicks did"
    report(
        f"map click alone {alone.median * 1000:.0f} ms, beside ten downloads a second of all "
        f"districts × all indicators {busy.median * 1000:.0f} ms: {busy.median / alone.median:.2f} "
        "times"
    )


def test_ten_workbooks_at_once_beside_the_map(release: Path, report: Callable[[str], None]) -> None:
    """The application's own writer runs here, as it does in the server: in one polite process."""
    with serve() as address:
        port = urlsplit(address).port
        assert port is not None
        files.content(str(release), Figures(("population",)), "csv", "de")
        alone = clicks(port)
        with beside(lambda: files.content(str(release), LONG, "xlsx", "de")) as written:
            busy = clicks(port)
    report(
        f"map click alone {alone.median * 1000:.0f} ms, beside ten waiting for a workbook "
        f"{busy.median * 1000:.0f} ms: {busy.median / alone.median:.2f} times"
        f" ({written[0]} workbooks)"
    )


@pytest.mark.parametrize("kind", extract_files.FORMATS)
def test_the_longest_file(release: Path, kind: str, report: Callable[[str], None]) -> None:
    rows = open_extracts(release).count(LONG)
    start = time.perf_counter()
    content = extract_files.write(str(release), LONG, kind, "de")
    seconds = time.perf_counter() - start
    unit = 1 if sys.platform == "darwin" else 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
    report(
        f"{rows} rows, {len(content) / 1e6:.1f} MB in {seconds:.1f} s, "
        f"peak of the process so far {peak / 1e6:.0f} MB"
    )
