"""What a click costs at the server: median and 95th percentile of reruns of the map page."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from tests.benchmarks.conftest import Timing
from tests.benchmarks.rerun import reruns
from tests.browser.conftest import serve

RUNS = 60
YEARS = (2015, 2016, 2017, 2018, 2019, 2020)


def test_rerun_of_the_map_page(release: object, report: Callable[[str], None]) -> None:
    queries = [
        f"lang=de&ind=manufacturing_share_of_employees&year={YEARS[n % len(YEARS)]}"
        for n in range(RUNS)
    ]
    with serve() as address:
        port = urlsplit(address).port
        assert port is not None
        first, *rest = reruns(port, "karte", ["lang=de", *queries])
    timing = Timing([run.seconds for run in rest])
    size = sorted(run.received for run in rest)[len(rest) // 2]
    report(
        f"first {first.seconds * 1000:.0f} ms, then median {timing.median * 1000:.0f} ms, "
        f"95th percentile {timing.p95 * 1000:.0f} ms over {RUNS} reruns, {size / 1000:.0f} kB each"
    )
