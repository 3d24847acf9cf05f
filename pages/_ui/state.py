"""The address is the state of a page: widgets write it, every run reads it.

A value that is not on offer is dropped from the address and the default holds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar
from urllib.parse import urlencode

import streamlit as st

T = TypeVar("T")

EVERYWHERE = ("lang", "release", "bench", "bown")
# What a page understands besides: a link to it takes along what both pages share.
UNDERSTOOD: Mapping[str, tuple[str, ...]] = {
    "app.py": ("area",),
    "pages/karte.py": ("ind", "year", "ext", "area"),
    "pages/automobil.py": ("area", "ext"),
    "pages/staerken.py": ("area", "ext"),
    "pages/wandel.py": ("area", "ext", "groups", "from", "to", "split", "shade", "change_index"),
    "pages/pendeln.py": ("area",),
    "pages/vergleich.py": (),
    "pages/steckbrief.py": ("area",),
    "pages/masterplan.py": (),
    "pages/daten.py": (),
    "pages/methodik.py": ("ind",),
}


def choice(name: str, options: Sequence[T], default: T) -> T:
    """Return the option that the address names, else `default`."""
    raw = st.query_params.get(name)
    if raw is None:
        return default
    for option in options:
        if str(option) == raw:
            return option
    del st.query_params[name]
    return default


def number(name: str, low: float, high: float, default: float) -> float:
    """Return the number that the address names if it lies within `low` and `high`."""
    raw = st.query_params.get(name)
    if raw is None:
        return default
    try:
        value = float(raw)
    except ValueError:
        value = float("nan")
    if low <= value <= high:
        return value
    del st.query_params[name]
    return default


def text(name: str) -> str | None:
    """Return a value of the address as it stands."""
    return st.query_params.get(name)


def put(**values: object) -> None:
    """Write values into the address; None removes the name."""
    for name, value in values.items():
        if value is not None:
            st.query_params[name] = str(value)
        elif name in st.query_params:
            del st.query_params[name]


def _widget_changed(name: str, key: str, clears: tuple[str, ...]) -> None:
    put(**{name: st.session_state.get(key)}, **dict.fromkeys(clears))


def bind(name: str, value: object, clears: tuple[str, ...] = ()) -> dict[str, Any]:
    """Return the arguments that tie a widget to `name` in the address.

    The widget shows `value`; when a user changes it, the address changes, and the names in
    `clears` leave it because they made sense for the old choice only.
    """
    key = f"w_{name}"
    st.session_state[key] = value
    return {"key": key, "on_change": _widget_changed, "args": (name, key, clears)}


def link_params(page: str, **extra: object) -> dict[str, str]:
    """Return the part of the address that `page` understands, plus `extra`."""
    names = (*EVERYWHERE, *UNDERSTOOD.get(page, ()))
    kept = {name: st.query_params[name] for name in names if name in st.query_params}
    return kept | {name: str(value) for name, value in extra.items() if value is not None}


def permanent_link(release: str, **view: object) -> str:
    """Return the address of exactly this view of exactly this release."""
    base = (st.context.url or "").split("?")[0]
    kept = {name: value for name, value in view.items() if value is not None}
    return f"{base}?{urlencode(kept | {'release': release})}"
