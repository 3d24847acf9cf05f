"""What a datasheet as a PDF costs, against an empty page from the same typesetter."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pages._ui import benchmark, data
from pages._ui.paper import pdf
from pages._ui.paper.model import Document, Foot
from pages._ui.sheet import content
from tests.benchmarks.conftest import Timing

AREAS = ("14511", "14521", "14522", "14523", "14524", "145")


@pytest.mark.parametrize("language", ["de", "en"])
def test_datasheets_of_the_region(
    release: object,
    language: str,
    timed: Callable[..., Timing],
    report: Callable[[str], None],
) -> None:
    path = str(data.current())
    empty = Document("Leer", "", language, (), Foot("", "", ""))
    plain = timed(lambda: pdf.write(empty)).median

    def made(area: str) -> bytes:
        bench = benchmark.of(path, "country", area, (), language)
        return content.make(path, area, bench, language)

    first = [timed(lambda area=area: made(area), runs=1, warm_up=False).median for area in AREAS]
    again = timed(lambda: [made(area) for area in AREAS], runs=3).median / len(AREAS)
    size = max(len(made(area)) for area in AREAS)
    report(
        f"first {max(first):.2f} s at most, again {again * 1000:.0f} ms each, an empty page "
        f"{plain * 1000:.0f} ms: ratio {again / plain:.0f}; {size / 1000:.0f} kB at most"
    )
    assert max(first) < 5
    assert again < 2
