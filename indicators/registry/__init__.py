"""The declared indicators: one file per theme, read and checked.

In come `themes.yml`, `units.yml` and one YAML file per theme; out goes a `Registry` in which
every entry is complete in both languages, or a sentence that names the entry and the fault.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from indicators.errors import RegistryError
from indicators.model import Indicator, Theme, Unit

FOLDER = Path(__file__).parent
UNITS = FOLDER.parent / "units.yml"


@dataclass(frozen=True)
class Registry:
    """Themes in order, their indicators in order, and the units they are given in."""

    themes: tuple[Theme, ...]
    indicators: dict[str, tuple[Indicator, ...]]
    units: dict[str, Unit]

    def entries(self) -> Iterator[tuple[Theme, int, Indicator]]:
        """Yield (theme, position within the theme from 1, indicator) in registry order."""
        for theme in self.themes:
            for position, indicator in enumerate(self.indicators[theme.id], start=1):
                yield theme, position, indicator


@functools.cache
def load_registry(folder: Path = FOLDER, units: Path = UNITS) -> Registry:
    """Return the registry of `folder`.

    Raises:
        RegistryError: an entry that does not fit the model, an unknown unit, an id used twice.
    """
    themes = tuple(Theme.model_validate(entry) for entry in _read(folder / "themes.yml"))
    known = {entry["id"]: Unit.model_validate(entry) for entry in _read(units)}
    declared = {
        theme.id: tuple(parse(entry, known) for entry in _read(folder / f"{theme.id}.yml"))
        for theme in themes
    }
    names = [indicator.id for group in declared.values() for indicator in group]
    twice = {name for name in names if names.count(name) > 1}
    if twice:
        raise RegistryError(f"These indicators are declared twice: {', '.join(sorted(twice))}.")
    return Registry(themes, declared, known)


def parse(entry: dict[str, Any], units: dict[str, Unit]) -> Indicator:
    """Return the indicator of one registry entry.

    Raises:
        RegistryError: naming the indicator, the field and what is wrong with it.
    """
    name = entry.get("id", "(without id)")
    try:
        indicator = Indicator.model_validate(entry)
    except ValidationError as error:
        faults = "; ".join(
            f"{'.'.join(str(part) for part in fault['loc']) or 'entry'}: {fault['msg']}"
            for fault in error.errors()
        )
        raise RegistryError(f"Indicator {name} is not declared correctly: {faults}.") from error
    if indicator.unit not in units:
        raise RegistryError(
            f"Indicator {name} has the unit {indicator.unit!r}, which units.yml does not list."
        )
    return indicator


def _read(path: Path) -> list[dict[str, Any]]:
    if not path.exists():
        raise RegistryError(f"The registry has no file {path.name}; every theme needs its own.")
    content: list[dict[str, Any]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return content
