"""The reader behind files for analysts: rows of indicators or of official tables, described.

In comes a release, opened read-only; out go rows and what a file must say of them. Limits are the
caller's: ask `count` first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pandas as pd

from indicators import queries_extracts as questions
from indicators.exports.description import Definition, Description, Origin, fields
from indicators.exports.safety import file_name
from indicators.extract_groups import group_rows
from indicators.model import Text
from indicators.registry import load_registry
from indicators.store import Store, open_release

# Columns of a file, in this order; `LIGHT` are those of bulk files, whose descriptor says the rest.
FIGURES = (
    "indicator", "indicator_name", "area_id", "area_name", "level", "year", "reference", "value",
    "lower", "upper", "unit", "mark", "qualifier", "rank", "rank_low", "rank_high", "n", "source",
    "attribution", "licence", "release",
)  # fmt: skip
OBSERVATIONS = (
    "dataset", "measure", "measure_name", "area_id", "area_name", "partner_id", "year",
    "reference_date", "sector", "occupation", "breakdown", "value", "unit", "mark", "qualifier",
    "published", "file", "line", "column", "attribution", "licence", "release",
)  # fmt: skip
SAID_ONCE = ("indicator_name", "measure_name", "source", "attribution", "licence", "release")
FIGURE_KEY = ("indicator", "area_id", "year")
OBSERVATION_KEY = (
    "dataset", "measure", "area_id", "partner_id", "year", "sector", "occupation", "breakdown",
)  # fmt: skip


@dataclass(frozen=True)
class Figures:
    """Which figures of indicators: None means all; `together` takes the areas as one."""

    indicators: tuple[str, ...] | None = None
    areas: tuple[str, ...] | None = None
    first: int | None = None
    last: int | None = None
    together: bool = False


@dataclass(frozen=True)
class Observations:
    """Which cells of one official table: None means all."""

    dataset: str
    measures: tuple[str, ...] | None = None
    areas: tuple[str, ...] | None = None
    first: int | None = None
    last: int | None = None
    sectors: tuple[str, ...] | None = None
    occupations: tuple[str, ...] | None = None
    breakdowns: tuple[str, ...] | None = None


Selection = Figures | Observations


def open_extracts(path: str | Path = "data/current") -> Extracts:
    """Return a reader of the release that `path` is or links to.

    Raises:
        FileNotFoundError: there is no release yet.
    """
    return Extracts(open_release(path))


class Extracts:
    """Rows and descriptions of one release."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Read from `connection`, which may be shared with a `Store`."""
        self._connection = connection
        self._store = Store(connection)

    def count(self, selection: Selection) -> int:
        """Return how many rows a file of the selection has."""
        if isinstance(selection, Figures) and selection.together:
            return len(self.rows(selection))
        figures = isinstance(selection, Figures)
        query = questions.COUNT_FIGURES if figures else questions.COUNT_OBSERVATIONS
        return int(self._frame(query, _parameters(selection))["rows"].iloc[0])

    def rows(
        self, selection: Selection, language: str = "de", limit: int | None = None
    ) -> pd.DataFrame:
        """Return the rows, at most `limit`; columns as FIGURES or OBSERVATIONS, names by language.

        Bounds are those of table `indicator_value`: protected, never the solver's own.
        """
        if isinstance(selection, Figures) and selection.together:
            span = (selection.first, selection.last)
            chosen, areas = self._chosen(selection), list(selection.areas or ())
            rows = group_rows(self._connection, chosen, areas, span, language)
            return rows[list(FIGURES)].head(len(rows) if limit is None else limit)
        query = questions.FIGURES if isinstance(selection, Figures) else questions.OBSERVATIONS
        if limit is not None:
            query += f" LIMIT {int(limit)}"
        return self._frame(query, _parameters(selection) | {"language": language})

    def parts(self, dataset: str) -> dict[str, list[object]]:
        """Return what a table can be narrowed by: measures, years, sectors, occupations, rest."""
        row = self._frame(questions.PARTS, {"dataset": dataset}).iloc[0]
        return {name: list(row[name]) for name in row.index}

    def names(self, kind: str) -> dict[str, Text]:
        """Return code -> name for `sectors` or `occupations`."""
        frame = self._frame(questions.NAMES[kind], {})
        return {
            str(row["code"]): Text(de=str(row["name_de"]), en=str(row["name_en"]))
            for row in frame.to_dict("records")
        }

    def measures(self, dataset: str) -> pd.DataFrame:
        """Return the measures of a table: measure, unit, additive, name_de, name_en."""
        return self._frame(questions.MEASURES, {"dataset": dataset})

    def describe(self, selection: Selection, light: bool = False) -> Description:
        """Return what a file of the selection must say of itself.

        `light` leaves out the columns that a descriptor beside the file says once.
        """
        figures = isinstance(selection, Figures)
        names = FIGURES if figures else OBSERVATIONS
        kept = tuple(name for name in names if not (light and name in SAID_ONCE))
        release = self._store.release()
        known = self._definitions(selection)
        datasets = self._datasets(selection)
        return Description(
            name=file_name(*_subject(selection, known), *_span(selection), release.id, ending="x")[
                :-2
            ],
            title=_title(selection, known, self._titles(selection)),
            release=release.id,
            built=release.built,
            boundaries=release.boundaries,
            fields=fields(kept),
            key=FIGURE_KEY if figures else OBSERVATION_KEY,
            definitions=known,
            origins=self._origins(datasets, selection),
        )

    def _datasets(self, selection: Selection) -> list[str]:
        if isinstance(selection, Observations):
            return [selection.dataset]
        frame = self._frame(questions.DATASETS_OF, {"indicators": self._chosen(selection)})
        return [str(name) for name in frame["dataset"]]

    def _chosen(self, selection: Figures) -> list[str]:
        every = [entry.id for entry in self._store.indicators()]
        return every if selection.indicators is None else list(selection.indicators)

    def _definitions(self, selection: Selection) -> tuple[Definition, ...]:
        if isinstance(selection, Observations):
            return self._measures(selection)
        chosen = set(self._chosen(selection))
        return tuple(
            Definition(
                id=entry.id,
                name=Text(de=entry.name.de, en=entry.name.en),
                unit=unit_text(entry.unit),
                description=_said(entry.description),
                formula=_said(entry.formula),
                reference=_said(entry.reference),
                caveats=_said(entry.caveats),
            )
            for entry in self._store.indicators()
            if entry.id in chosen
        )

    def _measures(self, selection: Observations) -> tuple[Definition, ...]:
        frame = self.measures(selection.dataset)
        return tuple(
            Definition(
                str(row["measure"]),
                Text(de=str(row["name_de"]), en=str(row["name_en"])),
                unit_text(str(row["unit"])),
            )
            for row in frame.to_dict("records")
            if selection.measures is None or row["measure"] in selection.measures
        )

    def _titles(self, selection: Selection) -> Text | None:
        if isinstance(selection, Figures):
            return None
        frame = self._store.datasets()
        row = frame[frame["id"] == selection.dataset].iloc[0]
        return Text(de=str(row["title_de"]), en=str(row["title_en"]))

    def _origins(self, datasets: Sequence[str], selection: Selection) -> tuple[Origin, ...]:
        # A change refers to earlier years too, so the span of an indicator does not narrow files.
        span: dict[str, object] = {"first": None, "last": None}
        if isinstance(selection, Observations):
            span = {"first": selection.first, "last": selection.last}
        frame = self._frame(questions.ORIGINS, {"datasets": list(datasets), **span})
        return tuple(
            Origin(
                dataset=str(row["dataset"]),
                table=str(row["table_code"]),
                title=Text(de=str(row["title_de"]), en=str(row["title_en"])),
                publisher=Text(de=str(row["publisher_name_de"]), en=str(row["publisher_name_en"])),
                licence=str(row["licence"]),
                licence_url=_known(row["licence_url"]),
                attribution=str(row["attribution"]),
                url=_known(row["url"]),
                vintage=_known(row["vintage"]),
                retrieved=_known(row["retrieved"])[:10],
            )
            for row in frame.to_dict("records")
        )

    def _frame(self, query: str, parameters: Mapping[str, object]) -> pd.DataFrame:
        return self._connection.cursor().execute(query, dict(parameters)).df()


def unit_text(unit: str) -> Text:
    """Return a unit in words; one that is not declared says itself."""
    declared = load_registry().units.get(unit)
    return Text(de=declared.de, en=declared.en) if declared else Text(de=unit, en=unit)


def _parameters(selection: Selection) -> dict[str, object]:
    return {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in vars(selection).items()
        if name != "together"
    }


def _subject(selection: Selection, known: Sequence[Definition]) -> list[str]:
    if isinstance(selection, Observations):
        return [selection.dataset]
    return [known[0].id] if len(known) == 1 else [f"{len(known)}-indicators"]


def _span(selection: Selection) -> list[str]:
    areas = "all-areas" if selection.areas is None else _few(selection.areas)
    if isinstance(selection, Figures) and selection.together:
        areas = f"group-{areas}"
    years = [str(year) for year in (selection.first, selection.last) if year is not None]
    return [areas, "-".join(dict.fromkeys(years)) or "all-years"]


def _few(areas: Sequence[str]) -> str:
    return "-".join(areas) if len(areas) <= 5 else f"{len(areas)}-areas"


def _title(selection: Selection, known: Sequence[Definition], table: Text | None) -> Text:
    if table is not None:
        return table
    if len(known) == 1:
        return known[0].name
    n = len(known)
    return Text(de=f"{n} Indikatoren", en=f"{n} indicators")


def _said(text: object) -> Text | None:
    german, english = str(getattr(text, "de", "")), str(getattr(text, "en", ""))
    return Text(de=german, en=english) if german and english else None


def _known(value: object) -> str:
    return "" if value is None or value is pd.NaT or value != value else str(value)
