"""From a declared indicator to its cells: read the inputs, choose sources, apply the formula.

In come sources as arrays; out go cells of the indicator and, per input, which source served
each area and year.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indicators.formulas import basic, structural_change
from indicators.formulas.cells import Cells, empty
from indicators.model import (
    Change,
    Difference,
    First,
    Formula,
    Growth,
    Indicator,
    Published,
    Ratio,
    Source,
    StructuralChange,
    Total,
)

Reader = Callable[[Source], Cells]
Choice = NDArray[np.int8]
OVER_TIME = (Growth, Change, StructuralChange)  # formulas that also use an earlier year


@dataclass(frozen=True)
class Result:
    """Cells of an indicator, and per input the position of the source used (−1: none)."""

    cells: Cells
    inputs: dict[str, Cells]
    chosen: dict[str, Choice]


def evaluate(indicator: Indicator, read: Reader) -> Result:
    """Return the indicator for all areas and years of the reader's arrays."""
    options = {
        name: [read(source) for source in entry.sources] for name, entry in indicator.inputs.items()
    }
    together = _together(options) if indicator.paired else None
    chosen = {
        name: basic.choose(cells) if together is None or len(cells) == 1 else together
        for name, cells in options.items()
    }
    inputs = {name: _pick(cells, chosen[name]) for name, cells in options.items()}
    return Result(apply(indicator.formula, inputs), inputs, chosen)


def apply(formula: Formula, inputs: dict[str, Cells]) -> Cells:
    """Return the cells of a formula over inputs of one shape."""
    if isinstance(formula, str):
        return inputs[formula]
    if isinstance(formula, Published):
        return basic.published(apply(formula.of, inputs), formula.scale)
    if isinstance(formula, Ratio):
        above, below = apply(formula.numerator, inputs), apply(formula.denominator, inputs)
        return basic.ratio(above, below, formula.scale, formula.part_of_whole)
    if isinstance(formula, Difference):
        return basic.difference(apply(formula.minuend, inputs), apply(formula.subtrahend, inputs))
    if isinstance(formula, Growth):
        return basic.growth(apply(formula.of, inputs), formula.years)
    if isinstance(formula, Change):
        return basic.change(apply(formula.of, inputs), formula.years)
    if isinstance(formula, StructuralChange):
        of = inputs[formula.of]
        return structural_change.between(of, formula.index, formula.years, formula.scale)
    return _apply_list(formula, inputs)


def lags(formula: Formula) -> dict[str, set[int]]:
    """Return per input the distances in years at which the formula uses it (0, or 0 and n)."""
    if isinstance(formula, str):
        return {formula: {0}}
    result: dict[str, set[int]] = {}
    steps = (0, formula.years) if isinstance(formula, OVER_TIME) else (0,)
    for child in children(formula):
        for name, inner in lags(child).items():
            result.setdefault(name, set()).update(step + lag for step in steps for lag in inner)
    return result


def children(formula: Formula) -> list[Formula]:
    """Return the direct parts of a formula, in the order in which they are written."""
    if isinstance(formula, str):
        return []
    if isinstance(formula, Ratio):
        return [formula.numerator, formula.denominator]
    if isinstance(formula, Difference):
        return [formula.minuend, formula.subtrahend]
    if isinstance(formula, Total):
        return list(formula.parts)
    if isinstance(formula, First):
        return list(formula.options)
    return [formula.of]


def _apply_list(formula: Total | First, inputs: dict[str, Cells]) -> Cells:
    parts = [apply(part, inputs) for part in children(formula)]
    return basic.total(parts) if isinstance(formula, Total) else basic.first(parts)


def _together(options: dict[str, list[Cells]]) -> Choice | None:
    """Choose one position for all inputs: the first at which all of them have a figure."""
    several = [cells for cells in options.values() if len(cells) > 1]
    if not several:
        return None
    joint = [basic.difference(cells[0], cells[0]) for cells in zip(*several, strict=True)]
    for position in range(len(joint)):
        for cells in several:
            joint[position] = basic.difference(joint[position], cells[position])
    return basic.choose(joint)


def _pick(options: list[Cells], chosen: Choice) -> Cells:
    result = empty(options[0].value.shape)
    for position, option in enumerate(options):
        result = result.take(chosen == position, option)
    return result
