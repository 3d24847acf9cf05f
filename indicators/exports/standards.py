"""Descriptors after W3C CSVW and Frictionless Data Package, so that other tools know the columns.

In comes a description; out goes plain data for JSON. Sources: Tabular Data on the Web (W3C
Recommendation, 2015), Data Package Standard (Frictionless, v1).
"""

from __future__ import annotations

from typing import Any

from indicators.exports.description import Description, Field

CSVW_TYPES = {"string": "string", "integer": "integer", "number": "double", "date": "date"}


def csvw(description: Description, url: str, language: str = "de") -> dict[str, Any]:
    """Return the CSVW metadata of a CSV file at `url` (relative to the metadata)."""
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": language}],
        "url": url,
        "dc:title": description.title.get(language),
        "dc:license": [address or name for name, address in description.licences],
        "dc:source": list(description.attributions),
        "dc:issued": f"{description.built:%Y-%m-%d}",
        "dc:identifier": description.release,
        "dialect": {"encoding": "utf-8", "delimiter": ",", "header": True},
        "tableSchema": {
            "columns": [_column(field) for field in description.fields],
            "primaryKey": list(description.key),
        },
    }


def resource(
    description: Description, path: str, size: int, sha256: str, rows: int, language: str = "de"
) -> dict[str, Any]:
    """Return the Frictionless resource of a file: schema, rows, size in bytes, checksum."""
    ending = path.removesuffix(".gz").rpartition(".")[2]
    entry: dict[str, Any] = {
        "name": path.replace("/", "-").replace(".", "-").lower(),
        "path": path,
        "title": description.title.get(language),
        "format": ending,
        "mediatype": "text/csv" if ending == "csv" else "application/vnd.apache.parquet",
        "rows": rows,
        "bytes": size,
        "hash": f"sha256:{sha256}",
        "licenses": _licences(description),
        "sources": [{"title": line} for line in description.attributions],
        "schema": {
            "fields": [_field(field) for field in description.fields],
            "primaryKey": list(description.key),
            "missingValues": [""],
        },
    }
    if ending == "csv":
        entry["encoding"] = "utf-8"
    if path.endswith(".gz"):
        entry["compression"] = "gz"
    return entry


def package(
    name: str, title: str, release: str, created: str, resources: list[dict[str, Any]]
) -> dict[str, Any]:
    """Return `datapackage.json` of a release; `created` is a date and time with its zone."""
    return {
        "profile": "data-package",
        "name": name,
        "title": title,
        "version": release,
        "created": created,
        "resources": resources,
    }


def _column(field: Field) -> dict[str, Any]:
    return {
        "name": field.id,
        "titles": {"de": field.name.de, "en": field.name.en},
        "datatype": CSVW_TYPES[field.type],
        "null": "",
    }


def _field(field: Field) -> dict[str, Any]:
    return {"name": field.id, "type": field.type, "title": field.name.de}


def _licences(description: Description) -> list[dict[str, str]]:
    return [
        {"title": name} | ({"path": address} if address else {"name": "other-open"})
        for name, address in description.licences
    ]
