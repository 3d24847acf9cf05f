"""What a file says of itself: columns, definitions, sources with licence, marks, release."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml

from indicators.legend import Entry, load_legend
from indicators.model import Strict, Text

FIELDS = Path(__file__).parent / "fields.yml"


class Field(Strict):
    """A column: its name in every file, what it holds, and how it is called."""

    id: str
    type: Literal["string", "integer", "number", "date"]
    name: Text


@dataclass(frozen=True)
class Definition:
    """What a figure means: an indicator with its formula, or a measure of an official table."""

    id: str
    name: Text
    unit: Text
    description: Text | None = None
    formula: Text | None = None
    reference: Text | None = None
    caveats: Text | None = None


@dataclass(frozen=True)
class Origin:
    """An official file behind the figures; `vintage` and `retrieved` are '' where not known."""

    dataset: str
    table: str
    title: Text
    publisher: Text
    licence: str
    licence_url: str
    attribution: str
    url: str
    vintage: str
    retrieved: str


@dataclass(frozen=True)
class Description:
    """A file before it is written; `key` are the columns that tell one row from another."""

    name: str
    title: Text
    release: str
    built: dt.datetime
    boundaries: str
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    definitions: tuple[Definition, ...]
    origins: tuple[Origin, ...]

    @property
    def attributions(self) -> tuple[str, ...]:
        """Return the lines that the publishers ask for, each once."""
        return tuple(sorted({origin.attribution for origin in self.origins}))

    @property
    def licences(self) -> tuple[tuple[str, str], ...]:
        """Return (name, address) of the licences, each once; the address may be ''."""
        return tuple(sorted({(o.licence, o.licence_url) for o in self.origins}))


@cache
def dictionary() -> dict[str, Field]:
    """Return name -> column, for every column that a file may have."""
    entries = yaml.safe_load(FIELDS.read_text(encoding="utf-8"))
    return {entry["id"]: Field.model_validate(entry) for entry in entries}


def fields(names: tuple[str, ...]) -> tuple[Field, ...]:
    """Return columns by name; an unknown name is an error of ours."""
    known = dictionary()
    return tuple(known[name] for name in names)


def as_record(description: Description) -> dict[str, Any]:
    """Return the description as plain data for JSON, all texts in both languages."""
    legend = load_legend()
    return {
        "name": description.name,
        "title": _text(description.title),
        "release": description.release,
        "built": description.built.isoformat(timespec="seconds"),
        "boundaries": description.boundaries,
        "columns": [
            {"name": field.id, "type": field.type, "title": _text(field.name)}
            for field in description.fields
        ],
        "definitions": [_record(entry) for entry in description.definitions],
        "sources": [_record(entry) for entry in description.origins],
        "attribution": list(description.attributions),
        "marks": [_entry(entry) for entry in legend.marks],
        "qualifiers": [_entry(entry) for entry in legend.qualifiers],
    }


def _text(text: Text) -> dict[str, str]:
    return {"de": text.de, "en": text.en}


def _record(entry: Definition | Origin) -> dict[str, Any]:
    return {
        name: _text(value) if isinstance(value, Text) else value
        for name, value in vars(entry).items()
        if value not in (None, "")
    }


def _entry(entry: Entry) -> dict[str, Any]:
    return {"id": entry.id, "name": _text(entry.name), "explained": _text(entry.explained)}
