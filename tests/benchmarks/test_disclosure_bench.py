"""Bounds of secret cells for all Germany, against solving each cell on the whole table."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
import pytest

from indicators.formulas.disclosure import (
    protected_bounds,
    unprotected_bounds_for_tests,
)
from tests.whole_table import industry_table, persons_by_whole_table

SAMPLE = 12  # cells that are solved on the whole table


def test_bounds_by_blocks_against_each_cell_on_the_whole_table(
    report: Callable[[str], None],
) -> None:
    table = industry_table()
    start = time.perf_counter()
    protected_bounds(table)
    seconds = time.perf_counter() - start

    lower, upper = unprotected_bounds_for_tests(table)
    whole = persons_by_whole_table(table)
    secret = np.argwhere(np.isnan(table.persons))
    sample = np.random.default_rng(7).choice(secret, SAMPLE, replace=False)
    start = time.perf_counter()
    expected = [whole.bounds_of(area, sector) for area, sector in sample]
    each = (time.perf_counter() - start) / SAMPLE
    found = [(lower[area, sector], upper[area, sector]) for area, sector in sample]
    for mine, theirs in zip(found, expected, strict=True):
        assert mine == pytest.approx(theirs, abs=1e-3)

    ratio = each * len(secret) / seconds
    report(
        f"{len(secret)} secret cells in {seconds:.1f} s; on the whole table {each:.3f} s each, "
        f"{each * len(secret):.0f} s in all: ratio {ratio:.0f}"
    )
    assert seconds < 30
    assert ratio > 20
