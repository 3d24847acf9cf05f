"""Cached access to extracts, explanations and releases; `path` is a release file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from indicators.explanation import Explanation
from indicators.exports.description import Description
from indicators.extracts import Extracts, Selection, open_extracts
from indicators.provenance import Provenance, open_provenance
from indicators.releases import Comparison, compare
from pages._ui import data

PREVIEW = 20
STATIC = data.ROOT / "static" / "daten"


@st.cache_resource(max_entries=4, show_spinner=False)
def extracts(path: str) -> Extracts:
    """Return the open reader of extracts of a release."""
    return open_extracts(path)


@st.cache_resource(max_entries=4, show_spinner=False)
def provenance(path: str) -> Provenance:
    """Return the open reader of explanations of a release."""
    return open_provenance(path)


@st.cache_data(max_entries=data.HELD_QUERIES, show_spinner=False)
def count(path: str, selection: Selection) -> int:
    """Return how many rows a file of the selection has."""
    return extracts(path).count(selection)


@st.cache_data(max_entries=32, show_spinner=False)
def preview(path: str, selection: Selection, language: str) -> pd.DataFrame:
    """Return the first rows of a file."""
    return extracts(path).rows(selection, language, PREVIEW)


@st.cache_resource(max_entries=32, show_spinner=False)
def description(path: str, selection: Selection) -> Description:
    """Return what a file of the selection says of itself."""
    return extracts(path).describe(selection)


@st.cache_resource(max_entries=64, show_spinner=False)
def parts(path: str, dataset: str) -> dict[str, list[object]]:
    """Return what a table can be narrowed by."""
    return extracts(path).parts(dataset)


@st.cache_resource(max_entries=64, show_spinner=False)
def wordings(path: str, dataset: str, kind: str, language: str) -> dict[str, str]:
    """Return how the parts of a dimension of a table are worded; a code without a name stays."""
    reader = extracts(path)
    if kind == "measures":
        frame = reader.measures(dataset)
        return dict(zip(frame["measure"], frame[f"name_{language}"], strict=True))
    if kind in ("sectors", "occupations"):
        return {code: f"{code} {name.get(language)}" for code, name in reader.names(kind).items()}
    return {}


@st.cache_resource(max_entries=64, show_spinner=False)
def explanation(path: str, indicator: str, area: str, year: int) -> Explanation | None:
    """Return where a figure comes from, None where there is none."""
    return provenance(path).explain(indicator, area, year)


@st.cache_resource(max_entries=8, show_spinner=False)
def comparison(old: str, new: str) -> Comparison:
    """Return what changed from one release file to another."""
    return compare(old, new)


def kept() -> list[Path]:
    """Return the release files that are kept, the newest first."""
    found = (data.DATA / "releases").glob("[!.]*.duckdb")
    return sorted(found, key=lambda path: path.stat().st_mtime, reverse=True)


@st.cache_resource(max_entries=4, show_spinner=False)
def package(release: str) -> list[dict[str, Any]]:
    """Return the files by address of a release, as its data package lists them."""
    path = STATIC / release / "datapackage.json"
    if not path.is_file():
        return []
    resources: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["resources"]
    return resources
