"""Shift-share of areas of a release: which cells enter, and the split in values and in bounds.

In come persons by category and positions of areas and years; out go tables of parts. What counts
as published, and what is left out, is decided here and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from indicators.change_panel import SUMMED, Persons
from indicators.formulas.cells import BoolArray, FloatArray
from indicators.formulas.intervals import Interval, total_within
from indicators.formulas.shift_share import (
    PARTS,
    Bounds,
    classic_interval,
    esteban_marquillas_interval,
)

NAMES = ("base", "end", "change", *PARTS)


@dataclass(frozen=True)
class Table:
    """Parts of the change of areas × categories between two years, or of every step between them.

    Attributes:
        kind: of persons.
        codes: the categories.
        years: first and last year, or every year of the steps.
        steps_of: per step the ends of `NAMES`, areas × categories.
        published: the same of what counts as published, whole sums of larger areas among it.
        known: where the figure itself is known, so that nothing is left out of it.
        there: where there is a figure at all, secret or not.
        counted: where it enters the sum of published figures: something is published, and the
            benchmark has somebody to grow from.
        totals: per step the ends of `NAMES` of each area as a whole, where something in it is
            secret; they rest on the official total, which holds what is secret.
        left_out: number of district cells missing in larger areas, areas × categories.
        benchmark_left_out: the same of the benchmark, per category.
    """

    kind: str
    codes: tuple[str, ...]
    years: tuple[int, ...]
    steps_of: tuple[dict[str, Interval], ...]
    published: tuple[dict[str, FloatArray], ...]
    known: BoolArray
    there: BoolArray
    counted: BoolArray
    totals: tuple[dict[str, Interval], ...]
    left_out: FloatArray
    benchmark_left_out: FloatArray

    @property
    def summed(self) -> bool:
        """Return whether sums leave secret cells out instead of holding their intervals."""
        return self.kind in SUMMED

    def steps(self) -> Iterator[Table]:
        """Yield every step as a table of its own."""
        every = zip(self.steps_of, self.published, self.totals, strict=True)
        for place, (ends, values, totals) in enumerate(every):
            years = self.years[place : place + 2]
            yield Table(
                self.kind, self.codes, years, (ends,), (values,), self.known, self.there,
                self.counted, (totals,), self.left_out, self.benchmark_left_out,
            )  # fmt: skip

    def ends(self, name: str) -> Interval:
        """Return the ends of a part over all steps; of base the first, of end the last."""
        return _over(self.steps_of, name)

    def whole(self, name: str) -> Interval:
        """Return the ends of a part of whole areas over all steps, see `totals`."""
        return _over(self.totals, name)

    def values(self, name: str) -> FloatArray:
        """Return the published figures of a part over all steps, NaN where nothing is."""
        if name in ("base", "end"):
            return self.published[0 if name == "base" else -1][name]
        return np.asarray(np.sum([step[name] for step in self.published], axis=0))


def _over(steps: Sequence[dict[str, Interval]], name: str) -> Interval:
    if name in ("base", "end"):
        return steps[0 if name == "base" else -1][name]
    lower = np.sum([step[name].lower for step in steps], axis=0)
    return Interval(lower, np.sum([step[name].upper for step in steps], axis=0))


def split(
    persons: Persons, areas: Sequence[int], benchmark: Sequence[int], columns: Sequence[int],
    method: str,
) -> Table:  # fmt: skip
    """Return the split between the columns of some areas against a benchmark."""
    years = list(columns)
    cells = persons.cells(list(areas), years)
    of, of_left_out = _benchmark(persons, benchmark, years)
    known: BoolArray = np.asarray(np.all(cells.lower == cells.upper, axis=-1))
    there: BoolArray = np.asarray(~np.isnan(cells.lower).any(axis=-1))
    left_out = np.zeros(known.shape)
    parts = [_step(cells, of, place, method) for place in range(len(years) - 1)]
    values = [_values(one) for one in parts]
    if persons.kind in SUMMED:
        counted, left_out = _publishing(persons, areas, years, cells, known)
        known = known & (left_out == 0)
        steps = range(len(years) - 1)
        values = [_values(_step(counted, of, place, method)) for place in steps]
    official = persons.whole[np.ix_(list(areas), years)]
    totals = [_whole(one, official, of, place) for place, one in enumerate(parts)]
    has_reference = np.all([~np.isnan(one["mix"]) for one in values], axis=0)
    return Table(
        persons.kind,
        persons.codes,
        tuple(persons.years[column] for column in years),
        tuple(parts),
        tuple(values),
        known,
        there,
        np.asarray((known | (left_out > 0)) & has_reference, dtype=bool),
        tuple(totals),
        left_out,
        of_left_out,
    )


def _publishing(
    persons: Persons, areas: Sequence[int], years: list[int], cells: Interval, known: BoolArray
) -> tuple[Interval, FloatArray]:
    """Return what sums count, areas × codes × years, and how many district cells they lack."""
    whole = np.where(known[..., np.newaxis], cells.lower, np.nan)
    left_out = np.zeros(known.shape)
    for row, position in enumerate(areas):
        if not persons.areas.kreis[position]:
            inside = sorted(persons.areas.districts(persons.areas.ids[position]))
            whole[row], left_out[row] = persons.together(inside, years)
    return Interval.exactly(whole), left_out


def _benchmark(
    persons: Persons, benchmark: Sequence[int], years: list[int]
) -> tuple[Interval, FloatArray]:
    """Return the benchmark, codes × years, and how many of its district cells are left out."""
    inside = set(benchmark)
    if persons.kind in SUMMED:
        names = (persons.areas.ids[position] for position in benchmark)
        inside = {one for name in names for one in persons.areas.districts(name)}
    total, left_out = persons.together(sorted(inside), years)
    return Interval.exactly(total), left_out


def _whole(
    step: dict[str, Interval], official: FloatArray, of: Interval, place: int
) -> dict[str, Interval]:
    """Return the ends of the parts of whole areas from their official totals.

    Trend and change need no category. The mix is bounded by what the categories can hold together,
    the regional part is what remains. Where a total is missing, and for the parts of the other
    methods, ends are sums over the categories.
    """
    before, now = official[:, place], official[:, place + 1]
    sums = {
        name: Interval(*(np.nansum(end, axis=-1) for end in _both(ends)))
        for name, ends in step.items()
    }
    first, last = of.lower[..., place], of.lower[..., place + 1]
    with np.errstate(divide="ignore", invalid="ignore"):
        factor, trend = last / first, last.sum() / first.sum()
    weights = np.where(np.isfinite(factor), factor, trend)
    parts = Interval(*(np.nan_to_num(end, posinf=np.inf) for end in _both(step["base"])))
    parts = Interval(parts.lower, np.minimum(parts.upper, np.nan_to_num(before)[:, np.newaxis]))
    kept = total_within(parts, Interval.exactly(before), Interval.exactly(weights))
    mix = Interval(kept.lower - before * trend, kept.upper - before * trend)
    exact = {"base": before, "end": now, "change": now - before, "national": before * (trend - 1)}
    found = {name: Interval.exactly(value) for name, value in exact.items()} | {"mix": mix}
    if not np.any(sums["allocation"].upper - sums["allocation"].lower):
        rest = now - before * trend
        found["regional"] = Interval(rest - mix.upper, rest - mix.lower)
    return {name: _known_else(found.get(name), sums[name]) for name in NAMES}


def _known_else(found: Interval | None, otherwise: Interval) -> Interval:
    if found is None:
        return otherwise
    return Interval(
        np.where(np.isnan(found.lower), otherwise.lower, found.lower),
        np.where(np.isnan(found.upper), otherwise.upper, found.upper),
    )


def _step(cells: Interval, of: Interval, place: int, method: str) -> dict[str, Interval]:
    """Return the ends of all parts between two neighbouring columns."""
    before, now = (_column(cells, place + step) for step in (0, 1))
    reference = [_column(of, place + step) for step in (0, 1)]
    if method == "esteban_marquillas":
        # The whole of an area is what is known of it: a missing category has no share in it.
        found = esteban_marquillas_interval(_filled(before), now, *reference)
    else:
        found = classic_interval(before, now, *reference)
    return {"base": before, "end": now, **_named(found, np.isnan(before.lower))}


def _named(of: Bounds, nothing: BoolArray) -> dict[str, Interval]:
    return {
        name: Interval(*(np.where(nothing, np.nan, end) for end in _both(getattr(of, name))))
        for name in ("change", *PARTS)
    }


def _values(step: dict[str, Interval]) -> dict[str, FloatArray]:
    """Return the middle of ends that only rounding keeps apart, NaN where they are apart.

    The regional part is what remains of the change, so that the parts add up to it exactly.
    """
    result: dict[str, FloatArray] = {}
    for name, ends in step.items():
        with np.errstate(invalid="ignore"):
            apart = ~(np.abs(ends.upper - ends.lower) <= 1e-6)
            result[name] = np.where(apart, np.nan, (ends.lower + ends.upper) / 2.0)
    rest = result["national"] + result["mix"] + result["allocation"]
    result["regional"] = result["change"] - rest + result["regional"] * 0.0
    return result


def _column(of: Interval, place: int) -> Interval:
    return Interval(of.lower[..., place], of.upper[..., place])


def _filled(of: Interval) -> Interval:
    return Interval(np.nan_to_num(of.lower), np.nan_to_num(of.upper, nan=0.0, posinf=np.inf))


def _both(of: Interval) -> tuple[FloatArray, FloatArray]:
    return of.lower, of.upper
