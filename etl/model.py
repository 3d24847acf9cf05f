"""The declared tables: `datasets.yml`, read and checked.

One entry per official table. A file layout says which wire format the bytes have and what its
columns mean; a new table is a new entry, never a new module.
"""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import model_validator

from indicators.model import Strict, Text

DATASETS = Path(__file__).with_name("datasets.yml")
Mark = Literal[
    "value", "zero", "secret", "not_applicable", "not_yet", "unreliable", "dissolved", "missing"
]
Qualifier = Literal["", "provisional", "estimated", "break", "corrected"]
AreaKey = Literal["ags", "ags8", "nuts", "inkar_2024", "inkar_2021", "none"]


class Publisher(Strict):
    """Who publishes, under which licence, and the wording that the licence asks for."""

    name: Text
    url: str
    licence: str
    licence_url: str
    attribution: str


class Measure(Strict):
    """One measured quantity: its unit, and whether areas may be added up."""

    name: Text
    unit: str
    additive: bool
    low: float | None = None
    high: float | None = None


class Column(Strict):
    """A column of figures: the head as published, the measure, and fixed dimensions.

    `also` lists the head's wording in other editions of the same table.
    """

    head: str
    also: list[str] = []
    measure: str
    dims: dict[str, str] = {}


class Layout(Strict):
    """How one family of files of a table is written.

    `glob` is relative to the raw folder. `options` belong to the format and are checked there.
    `codes` maps, per dimension, the text in the file to our code ('' = total); a text that is
    not listed is an error. `drop` lists texts whose rows are published but not used.
    """

    glob: str
    format: str
    columns: list[Column] = []
    codes: dict[str, str | dict[str, str]] = {}
    drop: dict[str, list[str]] = {}
    area: AreaKey = "ags"
    signs: dict[str, Mark] | None = None
    flags: dict[str, Qualifier | Mark] = {}
    year_shift: int = 0
    options: dict[str, Any] = {}


class Deviation(Strict):
    """A known gap between published sums and their published parts, with its reason."""

    level: Literal["land", "region"]
    reason: Text
    measures: list[str] = []
    areas: list[str] = []
    year_from: int = 0
    year_to: int = 9999


class Dataset(Strict):
    """One official table: what it is, whose it is, and how its files are read.

    `digit` is half of the last printed digit, `residual` the share of a total by which the
    publisher's parts may miss it (persons without stated area, for example).
    `identities` lists breakdowns that add up to another. `published_after` is how many months
    after the end of a year its figures are there (negative: before its end); None where the
    table is not continued.
    """

    publisher: str
    table: str
    title: Text
    url: str
    reference: Text
    reference_date: str = ""
    note: Text | None = None
    measures: dict[str, Measure]
    signs: dict[str, Mark]
    files: list[Layout]
    identities: list[dict[str, list[str]]] = []
    residual: float = 0.0
    digit: float = 0.5
    deviations: list[Deviation] = []
    snapshot: bool = True
    published_after: int | None = None

    @model_validator(mode="after")
    def _measures_known(self) -> Dataset:
        for layout in self.files:
            for column in layout.columns:
                if column.measure not in self.measures:
                    raise ValueError(f"{self.table}: measure {column.measure} is not declared")
        return self


class Catalogue(Strict):
    """All publishers, shared code lists, tables, and files that are known but not used."""

    publishers: dict[str, Publisher]
    codelists: dict[str, dict[str, str]]
    datasets: dict[str, Dataset]
    not_used: dict[str, Text] = {}

    def codes(self, layout: Layout, dimension: str) -> dict[str, str] | None:
        """Return the code list of a dimension in a layout, or None where codes stand as ours."""
        codes = layout.codes.get(dimension)
        return self.codelists[codes] if isinstance(codes, str) else codes

    @model_validator(mode="after")
    def _references_known(self) -> Catalogue:
        for name, dataset in self.datasets.items():
            if dataset.publisher not in self.publishers:
                raise ValueError(f"{name}: publisher {dataset.publisher} is not declared")
            for layout in dataset.files:
                for codes in layout.codes.values():
                    if isinstance(codes, str) and codes not in self.codelists:
                        raise ValueError(f"{name}: code list {codes} is not declared")
        return self


@functools.cache
def load_catalogue(path: Path = DATASETS) -> Catalogue:
    """Read and check `datasets.yml`; a wrong entry raises with the entry's name."""
    return Catalogue.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
