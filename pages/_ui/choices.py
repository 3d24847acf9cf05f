"""Widgets that stand in the address: a reader's choice among options, an area, or a year."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal, TypeVar

import streamlit as st

from pages._ui import data, places, state
from pages._ui.rungs import FIVE
from pages._ui.shell import Page

T = TypeVar("T")
Width = int | Literal["stretch"]
YEAR_WIDTH = 130


def segmented(
    name: str,
    options: Sequence[T],
    default: T,
    label: str,
    wording: Callable[[T], str],
    clears: tuple[str, ...] = (),
) -> T:
    """Draw buttons side by side, one of them pressed, and return what the address says.

    Args:
        name: of the value in the address.
        options: what is on offer; anything else in the address is dropped.
        default: what holds without a choice.
        label: of the widget, in the language of the page.
        wording: text of an option.
        clears: names that leave the address when the choice changes.
    """
    value = state.choice(name, options, default)
    st.segmented_control(
        label,
        options,
        format_func=wording,
        required=True,
        **state.bind(name, value, clears=clears),
    )
    return value


def select(
    name: str,
    options: Sequence[T],
    default: T,
    label: str,
    wording: Callable[[T], str] = str,
    *,
    clears: tuple[str, ...] = (),
    hint: str | None = None,
    width: Width = "stretch",
    disabled: bool = False,
) -> T:
    """Draw a list to choose from and return what the address says; arguments as `segmented`."""
    value = state.choice(name, options, default)
    st.selectbox(
        label,
        options,
        format_func=wording,
        help=hint,
        width=width,
        disabled=disabled,
        **state.bind(name, value, clears=clears),
    )
    return value


def area(
    page: Page, larger: Sequence[str], default: str, label: str, hint: str, width: Width
) -> str:
    """Draw the choice of an area: the five, `larger` areas, then all other Kreise by name."""
    names = places.names(page.path, page.language, "name")
    kreise = set(data.areas(page.path)["area_id"])
    others: list[str] = sorted(kreise - set(FIVE), key=names.__getitem__)
    options = [*FIVE, *larger, *others]
    return select("area", options, default, label, names.__getitem__, hint=hint, width=width)


def year(page: Page, name: str, years: Sequence[int]) -> int:
    """Draw the choice of a year, newest first; `years` ascend as the readers return them."""
    newest_first = list(years)[::-1]
    return select(
        name,
        newest_first,
        newest_first[0],
        page.t("controls.year"),
        width=YEAR_WIDTH,
        disabled=len(newest_first) == 1,
    )
