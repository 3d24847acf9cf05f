"""A small warehouse in memory: two Länder, our five districts, and two that changed."""

from __future__ import annotations

from typing import Any

import duckdb
import yaml

from etl.schema import SCHEMA
from indicators.model import Theme, Unit
from indicators.registry import Registry, parse

UNITS = {
    "percent": Unit(id="percent", de="%", en="%"),
    "persons": Unit(id="persons", de="P", en="p"),
}
FIVE = ("14511", "14521", "14522", "14523", "14524")
TEXT = {"de": "Ein Text", "en": "A text"}
SHARE = """
formula: {kind: ratio, numerator: part, denominator: whole, scale: 100}
inputs:
  part: {sources: [{breakdown: sex=female}]}
  whole: {sources: [{}]}
"""
PUBLISHED = """
formula: {kind: published, of: people}
inputs: {people: {sources: [{}]}}
"""
RATE = """
formula: {kind: published, of: people}
inputs: {people: {sources: [{measure: rate}]}}
"""
GROWTH = """
formula: {kind: growth, of: people, years: 5}
inputs: {people: {sources: [{}]}}
"""


class World:
    """A warehouse to which a test adds the figures it is about."""

    def __init__(self, connection: duckdb.DuckDBPyConnection | None = None) -> None:
        """Create the tables and the areas."""
        self.connection = connection or duckdb.connect()
        self.connection.execute(SCHEMA)
        self._area("DG", "country", None)
        for land in ("14", "16"):
            self._area(land, "land", "DG")
        self._area("145", "region", "14")
        for kreis in FIVE:
            self._area(kreis, "kreis", "14", since="2008-08-01", ours=True)
        self._area("16063", "kreis", "16")
        self._area("16056", "kreis", "16", until="2021-06-30")
        self._area("14161", "kreis", "14", until="2008-07-31")
        self._area("14173", "kreis", "14", until="2008-07-31")
        self._area("14193", "kreis", "14", until="2008-07-31")
        for old, new, kind in (
            ("16056", "16063", "absorbed"),
            ("14161", "14511", "merged_into_new"),
            ("14173", "14524", "merged_into_new"),
            ("14193", "14524", "merged_into_new"),
        ):
            self.connection.execute(
                "INSERT INTO area_change VALUES (?, ?, ?, '2008-08-01', 'law')", [old, new, kind]
            )
        self.measure("people", "employees", additive=True)
        self.measure("people", "rate", additive=False)

    def _area(
        self,
        area: str,
        level: str,
        parent: str | None,
        since: str | None = None,
        until: str | None = None,
        ours: bool = False,
    ) -> None:
        self.connection.execute(
            "INSERT INTO area VALUES (?, ?, ?, ?, ?, ?, '', ?, ?, 1, ?, ?)",
            [
                area,
                level,
                *[f"{area} lang", f"{area} long", area, area],
                parent,
                ours,
                since,
                until,
            ],
        )

    def measure(self, dataset: str, measure: str, additive: bool) -> None:
        """Declare a measure."""
        self.connection.execute(
            "INSERT INTO measure VALUES (?, ?, '', ?, ?, ?)",
            [dataset, measure, additive, measure, measure],
        )

    def figure(self, area: str, year: int, value: float | str, **columns: Any) -> None:
        """Add one observation; a text instead of a number is a mark."""
        row = {
            "dataset": "people",
            "measure": "employees",
            "area_id": area,
            "partner_id": "",
            "year": year,
            "sector": "",
            "occupation": "",
            "breakdown": "",
            "value": None if isinstance(value, str) else float(value),
            "mark": value if isinstance(value, str) else ("value" if value else "zero"),
            "qualifier": "",
            "file": 1,
            **columns,
        }
        names = ", ".join(row)
        marks = ", ".join("?" for _ in row)
        statement = f"INSERT INTO observation ({names}) VALUES ({marks})"
        self.connection.execute(statement, list(row.values()))

    def figures(self, year: int, values: dict[str, float | str], **columns: Any) -> None:
        """Add observations of several areas in one year."""
        for area, value in values.items():
            self.figure(area, year, value, **columns)


def registry_of(*entries: str) -> Registry:
    """Return a registry of one theme with the entries (YAML), completed by required texts."""
    indicators = tuple(parse(complete(yaml.safe_load(entry)), UNITS) for entry in entries)
    theme = Theme.model_validate({"id": "labour", "name": TEXT})
    return Registry((theme,), {"labour": indicators}, UNITS)


def complete(entry: dict[str, Any]) -> dict[str, Any]:
    """Return an entry with everything that the test did not care to write."""
    whole: dict[str, Any] = {
        "id": "share",
        **dict.fromkeys(("name", "short", "description", "caveats", "reference"), TEXT),
        "unit": "percent",
        "decimals": 1,
        "direction": "neutral",
        "display": "rate",
        "scheme": "sequential",
        "levels": ["kreis", "region", "land", "country"],
        **entry,
    }
    for declared in whole["inputs"].values():
        declared.setdefault("label", TEXT)
        for source in declared["sources"]:
            source.setdefault("dataset", "people")
            source.setdefault("measure", "employees")
    return whole


def cell(world: World, area: str, year: int, indicator: str = "share") -> dict[str, Any]:
    """Return one row of `indicator_value` by column name; empty without a row."""
    frame = world.connection.execute(
        "SELECT * FROM indicator_value WHERE indicator = ? AND area_id = ? AND year = ?",
        [indicator, area, year],
    )
    names = [column[0] for column in frame.description or []]
    row = frame.fetchone()
    return dict(zip(names, row, strict=True)) if row else {}
