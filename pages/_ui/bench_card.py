"""A figure of an area beside that of the chosen benchmark, its areas taken together as one."""

from __future__ import annotations

import pandas as pd

from indicators.records import Indicator
from pages._ui import charts, data
from pages._ui.benchmark import Benchmark
from pages._ui.compare import group_data
from pages._ui.i18n import Texts
from pages._ui.numbers import Figure, cell, with_unit
from pages._ui.places import opening
from pages._ui.text import difference

KEY = "benchmark"  # in place of an area key
ALWAYS = ("country", "land")  # stand beside every figure anyway


def adds(indicator: Indicator, bench: Benchmark) -> bool:
    """Return whether a benchmark says more than what stands there: a rate of other areas.

    The number of persons in ten districts is no measure for one district.
    """
    return bench.name not in ALWAYS and indicator.display != "count"


def series(path: str, indicator: str, bench: Benchmark) -> pd.DataFrame:
    """Return all years of the benchmark as `data.series` does, `KEY` in place of the area."""
    return group_data.series(path, indicator, bench.areas).assign(area_id=KEY)


def sentence(
    path: str, indicator_id: str, year: int, figure: Figure, bench: Benchmark, language: str
) -> str:
    """Return how the figure of an area compares with the benchmark; '' where that adds nothing."""
    indicator = data.indicators(path)[indicator_id]
    if not adds(indicator, bench):
        return ""
    t = Texts(language)
    found = charts.figures_of(series(path, indicator_id, bench), KEY)
    other = found.get(year, Figure(None, mark="missing"))
    if other.value is None and other.mark == "not_applicable":
        return t("benchmark.card.impossible", label=bench.label)
    shown = cell(other, indicator.decimals, indicator.unit, language)
    if figure.value is None or other.value is None:
        return t("benchmark.card.value", label=bench.label, value=shown)
    said = t(
        "benchmark.card.difference",
        against=bench.against,
        difference=difference(figure.value, other.value, indicator, language),
        value=with_unit(other.value, indicator.decimals, indicator.unit, language),
    )
    return opening(said)
