"""Where a figure comes from: formula with its numbers, and every cell of an official table.

In comes a release, opened read-only; a figure is computed again from its cells, by the evaluator
that built it, so that what is shown is what was used.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd

from indicators import queries_provenance as questions
from indicators.derived import observed
from indicators.errors import UnknownAreaError
from indicators.evaluate import Result, evaluate, lags
from indicators.explanation import Explanation, Part, Quantity, used
from indicators.formulas.basic import added_up
from indicators.formulas.cells import MARKS, QUALIFIERS, Cells
from indicators.grid import Sources, conditions
from indicators.model import Indicator as Declared
from indicators.model import Source
from indicators.records import Text
from indicators.registry import load_registry
from indicators.store import open_release

# A row with one of these holds no figure: a sum of parts, or a predecessor, may stand in.
NO_FIGURE = ("not_yet", "missing", "dissolved")


def open_provenance(path: str | Path = "data/current") -> Provenance:
    """Return a reader of the release that `path` is or links to.

    Raises:
        FileNotFoundError: there is no release yet.
    """
    return Provenance(open_release(path))


class Provenance:
    """Explanations of figures of one release; shared by threads."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Read from `connection`, which this reader from now on owns."""
        self._connection = connection
        self._declared = {entry.id: entry for _, _, entry in load_registry().entries()}
        self._sources = Sources(connection)
        self._axes = self._sources.axes

    def explain(self, indicator_id: str, area_id: str, year: int) -> Explanation | None:
        """Return where a figure comes from, None where the release has no row for it.

        Raises:
            UnknownAreaError: an area that the release does not know.
        """
        stored = self._frame(
            questions.FIGURE, {"indicator": indicator_id, "area": area_id, "year": year}
        )
        if indicator_id not in self._declared or stored.empty:
            return None
        if area_id not in self._axes.areas.ids:
            raise UnknownAreaError(area_id)
        declared, row = self._declared[indicator_id], stored.iloc[0]
        position = self._axes.areas.position(area_id)
        result = evaluate(declared, lambda source: self._row(source, position))
        column = year - self._axes.years.start
        return Explanation(
            indicator=indicator_id,
            area_id=area_id,
            area=Text(str(row["area_de"]), str(row["area_en"])),
            year=year,
            value=_number(row["value"]),
            lower=_number(row["lower"]),
            upper=_number(row["upper"]),
            mark=str(row["mark"]),
            qualifier=str(row["qualifier"]),
            formula=Text(str(row["formula_de"]), str(row["formula_en"])),
            quantities=tuple(self._quantities(declared, result, area_id, column)),
            _declared=declared,
            _result=result,
            _column=column,
        )

    def _quantities(
        self, declared: Declared, result: Result, area_id: str, column: int
    ) -> Iterator[Quantity]:
        needed = used(declared.formula, result, column, 0)
        for name, distances in lags(declared.formula).items():
            for lag in sorted(distances):
                if (name, lag) in needed and column >= lag:
                    yield self._quantity(declared, result, name, area_id, column - lag)

    def _quantity(
        self, declared: Declared, result: Result, name: str, area_id: str, column: int
    ) -> Quantity:
        entry, chosen = declared.inputs[name], int(result.chosen[name][0, ..., column].max())
        cells = added_up(result.inputs[name])
        year = column + self._axes.years.start
        parts: tuple[Part, ...] = ()
        if chosen >= 0:
            parts = self._parts(entry.sources[chosen], area_id, year)
        return Quantity(
            name=name,
            label=Text(entry.label.de, entry.label.en),
            year=year,
            value=_number(cells.value[0, column]),
            lower=_number(cells.lower[0, column]),
            upper=_number(cells.upper[0, column]),
            mark=(*MARKS, "absent")[cells.mark[0, column]],
            qualifier=QUALIFIERS[cells.qualifier[0, column]],
            parts=parts,
        )

    def _parts(self, source: Source, area_id: str, year: int) -> tuple[Part, ...]:
        """Return the cells of a quantity: the area's own, else those of the areas it is made of."""
        additive = self._sources.additive(source)
        source = observed(source)
        for areas in self._tiers(area_id, additive):
            where, parameters = conditions(source)
            frame = self._frame(
                questions.PARTS.format(filters=where),
                {
                    "dataset": source.dataset,
                    "measure": source.measure,
                    "areas": areas,
                    "own": areas[0],
                    "nothing": list(NO_FIGURE),
                    "year": year + source.year_shift,
                    **parameters,
                },
            )
            if len(frame):
                return tuple(_part(row) for row in frame.to_dict("records"))
        return ()

    def _tiers(self, area_id: str, additive: bool) -> Iterator[list[str]]:
        """Yield areas whose rows may stand for an area, the better ones first.

        Itself, the districts that it was made of, its only district, the areas inside it; see
        `indicators.vintage`, where figures are put together in that order.
        """
        areas = self._axes.areas
        yield self._with_absorbed([area_id], additive)
        if additive and (merged := self._before([area_id], "merged_into_new")):
            yield merged
        for land in areas.of_level("land"):
            pair = {land, *(areas.ids[position] for position in areas.members(land))}
            if area_id in pair and len(pair) == 2:
                yield self._with_absorbed(sorted(pair - {area_id}), additive)
        if additive and areas.level[areas.position(area_id)] != "kreis":
            inside = [areas.ids[position] for position in areas.members(area_id)]
            yield [*self._with_absorbed(inside, additive), *self._before(inside, "merged_into_new")]

    def _with_absorbed(self, area_ids: Sequence[str], additive: bool) -> list[str]:
        return [*area_ids, *(self._before(area_ids, "absorbed") if additive else [])]

    def _before(self, area_ids: Sequence[str], kind: str) -> list[str]:
        """Return the former districts that became part of areas."""
        changes = self._axes.areas.changes
        there = changes["successor"].isin(list(area_ids)) & (changes["kind"] == kind)
        return [str(area) for area in changes[there]["area_id"]]

    def _row(self, source: Source, position: int) -> Cells:
        return self._sources.cells(source).rows([position])

    def _frame(self, query: str, parameters: dict[str, Any]) -> pd.DataFrame:
        return self._connection.cursor().execute(query, parameters).df()


def _part(row: dict[Any, Any]) -> Part:
    return Part(
        dataset=row["dataset"],
        table=row["table_code"],
        title=Text(row["title_de"], row["title_en"]),
        publisher=Text(row["publisher_de"], row["publisher_en"]),
        measure=Text(row["measure_de"], row["measure_en"]),
        area_id=row["area_id"],
        area=Text(row["area_de"], row["area_en"]),
        partner_id=row["partner_id"],
        year=int(row["year"]),
        sector=row["sector"],
        occupation=row["occupation"],
        breakdown=row["breakdown"],
        value=_number(row["value"]),
        unit=row["unit"],
        mark=row["mark"],
        qualifier=row["qualifier"],
        published=row["published"],
        path=row["path"],
        url=row["url"] or "",
        vintage=row["vintage"] or "",
        retrieved=None if pd.isna(row["retrieved"]) else pd.Timestamp(row["retrieved"]).date(),
        sha256=row["sha256"],
        line=int(row["line"]),
        column=row["column"],
        licence=row["licence"],
        licence_url=row["licence_url"] or "",
        attribution=row["attribution"],
    )


def _number(value: Any) -> float | None:
    return None if value is None or np.isnan(float(value)) else float(value)
