"""What explains a figure: its formula with numbers put in, its quantities, their cells.

In come a declared formula and its evaluation; out go frozen records and one line of arithmetic.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from indicators.evaluate import OVER_TIME, Result, apply, children
from indicators.formulas import basic
from indicators.model import Change, Difference, First, Formula, Growth, StructuralChange, Total
from indicators.model import Indicator as Declared
from indicators.records import Text
from indicators.text import number as factor
from indicators.text import shares


@dataclass(frozen=True)
class Part:
    """One cell of an official table and the file it stands in."""

    dataset: str
    table: str
    title: Text
    publisher: Text
    measure: Text
    area_id: str
    area: Text
    partner_id: str
    year: int
    sector: str
    occupation: str
    breakdown: str
    value: float | None
    unit: str
    mark: str
    qualifier: str
    published: str
    path: str
    url: str
    vintage: str
    retrieved: dt.date | None
    sha256: str
    line: int
    column: str
    licence: str
    licence_url: str
    attribution: str


@dataclass(frozen=True)
class Quantity:
    """One quantity of a formula: its figure, and the cells that were added up for it.

    Without parts the figure is an interval of the build, from all sums that are published.
    """

    name: str
    label: Text
    year: int
    value: float | None
    lower: float | None
    upper: float | None
    mark: str
    qualifier: str
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Explanation:
    """A figure of an indicator, its formula with numbers put in, and its quantities."""

    indicator: str
    area_id: str
    area: Text
    year: int
    value: float | None
    lower: float | None
    upper: float | None
    mark: str
    qualifier: str
    formula: Text
    quantities: tuple[Quantity, ...]
    _declared: Declared
    _result: Result
    _column: int

    def filled(self, write: Callable[[Quantity], str], language: str) -> str:
        """Return the formula with quantities as `write` puts them; '' where none is used."""
        there = {(entry.name, entry.year): entry for entry in self.quantities}

        def leaf(name: str, lag: int) -> str:
            return write(there[name, self.year - lag])

        return _filled(self._declared.formula, leaf, self._result, self._column, 0, language)


def used(formula: Formula, result: Result, column: int, lag: int) -> set[tuple[str, int]]:
    """Return which inputs, at which distance in years, the figure of a column rests on."""
    if isinstance(formula, str):
        return {(formula, lag)}
    if isinstance(formula, First):
        return used(_chosen(formula, result, column - lag), result, column, lag)
    steps = (0, formula.years) if isinstance(formula, OVER_TIME) else (0,)
    return {
        entry
        for step in steps
        for child in children(formula)
        for entry in used(child, result, column, lag + step)
    }


def _chosen(formula: First, result: Result, column: int) -> Formula:
    options = children(formula)
    position = basic.choose([apply(option, result.inputs) for option in options])[0, column]
    return options[max(0, int(position))]


def _filled(
    formula: Formula,
    leaf: Callable[[str, int], str],
    result: Result,
    column: int,
    lag: int,
    language: str,
) -> str:
    if isinstance(formula, str):
        return leaf(formula, lag)
    if isinstance(formula, First):
        option = _chosen(formula, result, column - lag)
        return _filled(option, leaf, result, column, lag, language)

    def inner(part: Formula, more: int = 0) -> str:
        text = _filled(part, leaf, result, column, lag + more, language)
        return text if isinstance(part, str) else f"({text})"

    if isinstance(formula, StructuralChange):
        before, now = leaf(formula.of, lag + formula.years), leaf(formula.of, lag)
        return shares(formula, before, now, language)
    parts = children(formula)
    if isinstance(formula, Growth):
        return f"({inner(formula.of)} ÷ {inner(formula.of, formula.years)} − 1) × 100"
    if isinstance(formula, Change):
        return f"{inner(formula.of)} − {inner(formula.of, formula.years)}"
    sign = " − " if isinstance(formula, Difference) else " + "
    if isinstance(formula, Difference | Total):
        return sign.join(inner(part) for part in parts)
    text = " ÷ ".join(inner(part) for part in parts)
    scale = getattr(formula, "scale", 1.0)
    return text if scale == 1 else f"{text} × {factor(scale, language)}"
