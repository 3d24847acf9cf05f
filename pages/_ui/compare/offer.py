"""The areas on offer: to compare, or to put into a group."""

from __future__ import annotations

from pages._ui import data, places
from pages._ui.rungs import FIVE, LARGER
from pages._ui.shell import Page


def areas(page: Page) -> list[str]:
    """Return keys in the order of a list: the five, larger areas, the Länder, other Kreise."""
    names = places.names(page.path, page.language, "name")
    lands = [key for key in data.areas(page.path, "land")["area_id"] if key not in LARGER]
    kreise = set(data.areas(page.path)["area_id"]) - set(FIVE)
    return [*FIVE, *LARGER, *sorted(lands, key=names.__getitem__),
            *sorted(kreise, key=names.__getitem__)]  # fmt: skip


def named(page: Page, key: str, names: dict[str, str]) -> str:
    """Return the full name of an area, a Land marked as such: some are called like a city."""
    return (
        page.t("vergleich.land", name=names[key]) if len(key) == 2 and key != "DG" else names[key]
    )
