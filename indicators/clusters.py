"""The clusters of the Masterplan: named strengths with the sectors and occupations they are of.

In comes `data/reference/clusters.yml`, editable without code; out go checked clusters. A code that
no classification has is refused with its cluster.
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import yaml
from pydantic import Field, ValidationError, model_validator

from indicators.errors import RegistryError
from indicators.model import Identifier, Strict, Text

REFERENCE = Path(__file__).resolve().parents[1] / "data" / "reference"
# Field of a cluster, file of the classification, level that the observations have.
CLASSIFICATIONS = (
    ("divisions", "wz2008.csv", "code", "division"),
    ("occupations", "kldb2010.csv", "code", "group"),
    ("areas", "areas.csv", "area_id", None),
)


class Cluster(Strict):
    """One cluster: its names, what is claimed of it and where, and what belongs to it."""

    id: Identifier
    name: Text
    claim: Text
    areas: tuple[str, ...] = Field(min_length=1)
    divisions: tuple[str, ...] = ()
    occupations: tuple[str, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _codes_once(self) -> Cluster:
        for codes in (self.areas, self.divisions, self.occupations):
            if len(set(codes)) < len(codes):
                raise ValueError(f"a code is named twice in {', '.join(codes)}")
        return self


def load_clusters(folder: Path = REFERENCE) -> tuple[Cluster, ...]:
    """Return the clusters of `clusters.yml` in their order.

    Raises:
        RegistryError: an entry that does not fit, an id used twice, or a code that is not a WZ 2008
            division, a KldB 2010 group of three digits, or an area.
    """
    entries = yaml.safe_load((folder / "clusters.yml").read_text("utf-8"))
    clusters = tuple(_parse(entry) for entry in entries)
    names = [cluster.id for cluster in clusters]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise RegistryError(f"These clusters are declared twice: {', '.join(twice)}.")
    for field, file, key, level in CLASSIFICATIONS:
        known = _codes(folder / file, key, level)
        for cluster in clusters:
            unknown = [code for code in getattr(cluster, field) if code not in known]
            if unknown:
                raise RegistryError(
                    f"Cluster {cluster.id} in clusters.yml names {field} that {file} does not have"
                    f"{f' as {level}' if level else ''}: {', '.join(unknown)}."
                )
    return clusters


def _parse(entry: dict[str, Any]) -> Cluster:
    try:
        return Cluster.model_validate(entry)
    except ValidationError as error:
        faults = "; ".join(
            f"{'.'.join(str(part) for part in fault['loc']) or 'entry'}: {fault['msg']}"
            for fault in error.errors()
        )
        name = entry.get("id", "(without id)")
        raise RegistryError(f"Cluster {name} is not declared correctly: {faults}.") from error


def _codes(file: Path, key: str, level: str | None) -> set[str]:
    with file.open(encoding="utf-8", newline="") as lines:
        return {row[key] for row in csv.DictReader(lines) if level in (None, row["level"])}
