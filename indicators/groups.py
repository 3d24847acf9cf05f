"""Groups: areas that a reader puts together, evaluated as if they were one area.

In come a release, opened read-only, and the keys of areas; out go the figures of the group for any
indicator of the registry. Inputs are summed and the formula is applied to the sums, so that a rate
comes from sums and is never a mean of rates. Pages cache what it returns.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd

from indicators.errors import OverlapError, UnknownAreaError, UnknownIndicatorError
from indicators.evaluate import children, evaluate
from indicators.formulas.cells import ABSENT, MARKS, QUALIFIERS, Cells, empty
from indicators.grid import Sources
from indicators.model import First, Formula, Indicator, Source, leaves
from indicators.records import Text
from indicators.registry import Registry, load_registry
from indicators.store import open_release
from indicators.vintage import REGION, taken_together

YEARS = "SELECT DISTINCT year FROM indicator_value WHERE indicator = ? ORDER BY year"
COLUMNS = ["year", "value", "lower", "upper", "mark", "qualifier"]


@dataclass(frozen=True)
class Obstacle:
    """Why an indicator has no figure for a group: quantities that cannot be added up.

    `always` is false where another way of computing serves some years.
    """

    always: bool
    quantities: tuple[Text, ...]


def open_groups(path: str | Path = "data/current", registry: Registry | None = None) -> Groups:
    """Return a reader of groups for the release that `path` is or links to.

    Raises:
        FileNotFoundError: there is no release yet.
    """
    return Groups(open_release(path), registry)


class Groups:
    """Figures of areas taken together; shared by threads, each question has its own cursor."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, registry: Registry | None = None
    ) -> None:
        """Read from `connection`, which this reader from now on owns."""
        self._connection = connection
        entries = (registry or load_registry()).entries()
        self._indicators = {indicator.id: indicator for _, _, indicator in entries}
        self._sources = Sources(connection)
        self._axes = self._sources.axes

    def close(self) -> None:
        """Close the file of the release."""
        self._connection.close()

    def series(
        self, indicator_id: str, areas: Sequence[str], published: bool = True
    ) -> pd.DataFrame:
        """Return all years of the areas taken together, ascending.

        Columns: year, value, lower, upper, mark, qualifier; as `Store.series`. A year in which
        nothing can be added up has the mark `not_applicable`, see `why_not`; no row where the
        areas have none. Areas that make up a published area (the five districts: region 145) have
        the figures published for it.

        Args:
            indicator_id: id of the registry.
            areas: districts, Länder, region 145 or DG; none inside another.
            published: without, figures are sums of these areas and of nothing else.

        Raises:
            UnknownIndicatorError: the registry has no such indicator.
            UnknownAreaError: an area is not part of the boundary vintage.
            OverlapError: an area would be counted twice.
            ValueError: there is no area.
        """
        indicator = self._indicator(indicator_id)
        covers = self._covers(areas)[: None if published else 1]
        cells = evaluate(indicator, partial(self._row, covers, indicator)).cells
        years = self._connection.cursor().execute(YEARS, [indicator_id]).df()["year"].to_numpy()
        columns = years.astype(int) - self._axes.years.start
        columns = columns[cells.mark[0, columns] != ABSENT]
        return pd.DataFrame(
            {
                "year": columns + self._axes.years.start,
                **{name: getattr(cells, name)[0, columns] for name in ("value", "lower", "upper")},
                "mark": np.asarray(MARKS, dtype=object)[cells.mark[0, columns]],
                "qualifier": np.asarray(QUALIFIERS, dtype=object)[cells.qualifier[0, columns]],
            }
        )

    def cross(self, indicator_ids: Sequence[str], areas: Sequence[str], year: int) -> pd.DataFrame:
        """Return one row per indicator with a figure or a reason in that year.

        Columns: indicator, value, lower, upper, mark, qualifier. Raises as `series`.
        """
        frames = [self.series(name, areas).assign(indicator=name) for name in indicator_ids]
        whole = pd.concat(frames or [pd.DataFrame(columns=[*COLUMNS, "indicator"])])
        return whole.loc[whole["year"] == year, ["indicator", *COLUMNS[1:]]].reset_index(drop=True)

    def why_not(self, indicator_id: str) -> Obstacle | None:
        """Return what keeps groups from having (all) figures of an indicator, None if nothing.

        Raises:
            UnknownIndicatorError: the registry has no such indicator.
        """
        indicator = self._indicator(indicator_id)
        serving = {
            name: [self._sources.additive(source) for source in entry.sources]
            for name, entry in indicator.inputs.items()
        }
        blocked = tuple(
            Text(indicator.inputs[name].label.de, indicator.inputs[name].label.en)
            for name in dict.fromkeys(leaves(indicator.formula))
            if not all(serving[name])
        )
        always = not _possible(indicator.formula, lambda name: any(serving[name]))
        return Obstacle(always, blocked) if blocked else None

    def overlap(self, areas: Sequence[str]) -> tuple[str, str] | None:
        """Return the first two areas that have a district in common, None if none do.

        Raises:
            UnknownAreaError: an area is not part of the boundary vintage.
        """
        counted: dict[int, str] = {}
        for area in areas:
            districts = self._districts(area)
            twice = counted.keys() & districts
            if twice:
                return counted[min(twice)], area
            counted |= dict.fromkeys(districts, area)
        return None

    def same_as(self, areas: Sequence[str]) -> str | None:
        """Return the published area that the areas make up together, None if there is none.

        Raises as `series`.
        """
        last = self._covers(areas)[-1]
        return self._axes.areas.ids[last[0]] if len(last) == 1 else None

    def _indicator(self, indicator_id: str) -> Indicator:
        if indicator_id not in self._indicators:
            raise UnknownIndicatorError(indicator_id, list(self._indicators))
        return self._indicators[indicator_id]

    def _districts(self, area: str) -> frozenset[int]:
        try:
            return self._axes.areas.districts(area)
        except KeyError:
            raise UnknownAreaError(area) from None

    def _covers(self, areas: Sequence[str]) -> list[list[int]]:
        """Return the positions of the areas, then with ever larger areas in place of their parts.

        The region first, then the Länder, then the country; see `vintage.taken_together`.
        """
        if not areas:
            raise ValueError("A group needs at least one area.")
        if twice := self.overlap(areas):
            raise OverlapError(*twice)
        parts = {self._axes.areas.position(area): self._districts(area) for area in areas}
        covers = [sorted(parts)]
        inside = frozenset().union(*parts.values())
        for larger in ([REGION], self._axes.areas.of_level("land"), ["DG"]):
            for area in larger:
                districts = self._districts(area)
                if districts and districts <= inside:
                    parts = {p: d for p, d in parts.items() if not d <= districts}
                    parts[self._axes.areas.position(area)] = districts
            if sorted(parts) != covers[-1]:
                covers.append(sorted(parts))
        return covers

    def _row(self, covers: list[list[int]], indicator: Indicator, source: Source) -> Cells:
        """Return the cells of a source for the group, shape (1, years).

        A level that the registry leaves out takes no part; areas that together are such an area
        (all Länder, where Germany is left out) are not added up either.
        """
        cells, additive = self._sources.cells(source), self._sources.additive(source)
        declared = np.isin(self._axes.areas.level, indicator.levels)
        wanted = declared.reshape(-1, *[1] * (cells.value.ndim - 1))
        narrowed = empty(cells.value.shape).take(wanted, cells)
        left_out = len(covers[-1]) == 1 and not declared[covers[-1][0]]
        return taken_together(narrowed, covers, additive and not left_out)


def _possible(formula: Formula, served: Callable[[str], bool]) -> bool:
    """Return whether a formula has a figure if only some inputs are there."""
    if isinstance(formula, str):
        return served(formula)
    parts = [_possible(part, served) for part in children(formula)]
    return any(parts) if isinstance(formula, First) else all(parts)
