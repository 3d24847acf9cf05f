"""Which official figures an indicator was computed from.

One row per input, distance in years and source; `input` is the input's name, followed by `@-5`
where the formula also uses the figure of five years before (`@+1`: of the year after).
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import numpy as np

from indicators.evaluate import Result, lags
from indicators.formulas.cells import BoolArray
from indicators.model import Codes, Indicator, Source


def lineage_rows(
    indicator: Indicator, result: Result, emitted: BoolArray, years: range
) -> Iterator[dict[str, object]]:
    """Yield rows of table `lineage`, one per unbroken span of years.

    The years are those of the observations that were used.
    """
    used = emitted & result.cells.usable
    for name, distances in lags(indicator.formula).items():
        for distance, (position, source) in product(
            sorted(distances), enumerate(indicator.inputs[name].sources)
        ):
            there = (result.chosen[name] == position) & result.inputs[name].usable
            if there.ndim > 2:  # categories kept apart: one that is known serves the year
                there = there.any(axis=1)
            served = np.any(_later(there, distance) & used, axis=0)
            offset = source.year_shift - distance
            for first, last in _spans(served):
                for row in _parts(source):
                    yield {
                        "indicator": indicator.id,
                        "input": f"{name}@{offset:+d}" if offset else name,
                        "position": position + 1,
                        **row,
                        "year_from": first + years.start + offset,
                        "year_to": last + years.start + offset,
                    }


def _later(there: BoolArray, distance: int) -> BoolArray:
    """Shift along the years: true where the figure of `distance` years before is there."""
    result = np.zeros_like(there)
    result[:, distance:] = there[:, : there.shape[1] - distance]
    return result


def _spans(served: BoolArray) -> list[tuple[int, int]]:
    """Return first and last column of every unbroken run of true."""
    edges = np.diff(np.concatenate([[0], served.astype(np.int8), [0]]))
    starts, ends = np.flatnonzero(edges == 1), np.flatnonzero(edges == -1) - 1
    return [(int(first), int(last)) for first, last in zip(starts, ends, strict=True)]


def _parts(source: Source) -> Iterator[dict[str, object]]:
    """One row per combination of the codes that are added up; `*` stays as it is."""
    dimensions = ("sector", "occupation", "breakdown")
    for codes in product(*(_codes(getattr(source, dimension)) for dimension in dimensions)):
        yield {
            "dataset": source.dataset,
            "measure": source.measure,
            **dict(zip(dimensions, codes, strict=True)),
        }


def _codes(codes: Codes) -> list[str]:
    return [codes] if isinstance(codes, str) else codes
