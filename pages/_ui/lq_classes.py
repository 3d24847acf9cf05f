"""Fixed classes of the location quotient around 1: the same on every map and in the heat map."""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise

from pages._ui import colours
from pages._ui.i18n import Texts
from pages._ui.numbers import Figure, known, number
from pages._ui.tables import Row

# Half as often and twice as often are equally far from 1; so are all pairs of bounds.
BOUNDS = (0.25, 0.5, 0.8, 1.0, 1.25, 2.0, 4.0)
COLOURS = tuple(colours.diverging(4, 4))
FEW = "#e4e7ea"
DARK_FROM = {0, 1, 6, 7}  # classes on which only white letters can be read


def step(value: float) -> int:
    """Return the class of a quotient as a reader sees it, 0 for the lowest of eight."""
    return bisect_right(BOUNDS, round(value, 2))


def ink(value: float) -> str:
    """Return the colour of letters on the colour of a quotient."""
    return colours.SHEET if step(value) in DARK_FROM else colours.INK


def texts(t: Texts) -> list[str]:
    """Return the range of each class in words."""
    shown = [number(bound, 2, t.language) for bound in BOUNDS]
    middle = [t("staerken.class.middle", lower=low, upper=high) for low, high in pairwise(shown)]
    first, last = (
        t("staerken.class.first", upper=shown[0]),
        t("staerken.class.last", lower=shown[-1]),
    )
    return [first, *middle, last]


def quotient(row: Row) -> Figure:
    """Return the quotient of a row with its interval and mark; secret also by its benchmark."""
    mark = str(row.get("lq_mark") or row.get("mark") or "missing")
    value = known(row.get("lq"))
    if value is None and mark in ("value", "zero"):
        mark = "not_applicable"
    return Figure(value, known(row.get("lq_low")), known(row.get("lq_high")), mark)


def is_secret(figure: Figure) -> bool:
    """Return whether there is a figure that is not published."""
    return figure.value is None and figure.mark == "secret"


def persons(row: Row) -> Figure:
    """Return the persons of a row with their interval and mark."""
    return Figure.of({**row, "value": row.get("persons")})
