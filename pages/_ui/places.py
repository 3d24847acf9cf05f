"""How the name of an area stands in a sentence: 'im Landkreis Zwickau', 'in Chemnitz'."""

from __future__ import annotations

import re

import pandas as pd
import streamlit as st

from pages._ui import data
from pages._ui.i18n import Texts

MASCULINE = ("Landkreis ", "Kreis ", "Regionalverband ")
FEMININE = ("Region ", "Städteregion ")
CITY = re.compile(r"^(Freie und |documenta-)?\w*[Ss]tadt ")
FIXED = {
    "145": {"de": "in der Region Südwestsachsen", "en": "in the region of Southwest Saxony"},
    "14": {"de": "in Sachsen", "en": "in Saxony"},
    "DG": {"de": "in Deutschland", "en": "in Germany"},
}


@st.cache_resource(max_entries=8, show_spinner=False)
def area_names(path: str, language: str, kind: str = "short") -> dict[str, str]:
    """Return area key -> `short` or full `name` for all levels."""
    levels = ("kreis", "region", "land", "country")
    frame = pd.concat([data.areas(path, level) for level in levels])
    return dict(zip(frame["area_id"], frame[f"{kind}_{language}"], strict=True))


def names(path: str, language: str, kind: str = "short") -> dict[str, str]:
    """Return area key -> `short` or full `name`; the region as the product calls it."""
    return area_names(path, language, kind) | {"145": Texts(language)("legend.region")}


def place(area: str, name: str, short: str, language: str) -> str:
    """Return an area with its preposition; `name` and `short` as the release has them."""
    if area in FIXED:
        return FIXED[area][language]
    bare = short.replace(" (Stadt)", "").replace(" (city)", "")
    return _german(name, bare) if language == "de" else _english(name, bare)


def _german(name: str, bare: str) -> str:
    if name.startswith(FEMININE):
        return f"in der {name}"
    if name.startswith(MASCULINE) or CITY.match(name) is None:
        return f"im {name}".replace("er Kreis", "en Kreis")
    return f"in {bare}"


def _english(name: str, bare: str) -> str:
    if name.startswith("City of "):
        return f"in {bare}"
    if name.startswith("District of "):
        return f"in the {name[0].lower()}{name[1:]}"
    the = "the " if name.endswith(("Region", "Association")) or "kreis" in name.lower() else ""
    return f"in {the}{name}"


def opening(sentence: str) -> str:
    """Return a sentence with a capital at its beginning."""
    return sentence[:1].upper() + sentence[1:]
