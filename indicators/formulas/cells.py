"""Cells: figures that know why they are missing and how sure they are.

Rule of precedence for marks: where several inputs are without a value, the reason that is
hardest to lift wins (dissolved, then not applicable, missing, not yet, secret, unreliable);
secret therefore shows only where nothing but secrecy stands between the reader and the figure.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
CodeArray = NDArray[np.int8]
BoolArray = NDArray[np.bool_]

# The position is the code; a higher code wins. "absent" (no row at all) never leaves the build.
MARKS = (
    "zero",
    "value",
    "unreliable",
    "secret",
    "not_yet",
    "missing",
    "not_applicable",
    "dissolved",
    "absent",
)
QUALIFIERS = ("", "estimated", "provisional", "break", "corrected")
ZERO, VALUE, UNRELIABLE, SECRET, NOT_YET, MISSING, NOT_APPLICABLE, DISSOLVED, ABSENT = range(9)
NONE, ESTIMATED, PROVISIONAL, BREAK, CORRECTED = range(5)


@dataclass(frozen=True)
class Cells:
    """Figures of one quantity; all arrays have the same shape, the last axis is the year.

    `value` is NaN without a value. `lower` and `upper` are NaN unless the value is hidden and
    bounds are known. `mark` and `qualifier` hold positions in MARKS and QUALIFIERS.
    """

    value: FloatArray
    lower: FloatArray
    upper: FloatArray
    mark: CodeArray
    qualifier: CodeArray

    @property
    def known(self) -> BoolArray:
        """True where there is a value."""
        return ~np.isnan(self.value)

    @property
    def usable(self) -> BoolArray:
        """True where there is a value or at least a pair of bounds."""
        return self.known | ~(np.isnan(self.lower) | np.isnan(self.upper))

    def span(self) -> tuple[FloatArray, FloatArray]:
        """Return lower and upper bounds; a known value is its own lower and upper bound."""
        return (
            np.where(self.known, self.value, self.lower),
            np.where(self.known, self.value, self.upper),
        )

    def take(self, where: BoolArray, other: Cells) -> Cells:
        """Return these cells with those of `other` put in where `where` is true."""
        return Cells(
            *(
                np.where(where, getattr(other, name), getattr(self, name))
                for name in ("value", "lower", "upper", "mark", "qualifier")
            )
        )

    def rows(self, index: NDArray[np.intp] | list[int]) -> Cells:
        """Return the cells of the rows (first axis) in `index`."""
        return Cells(
            self.value[index],
            self.lower[index],
            self.upper[index],
            self.mark[index],
            self.qualifier[index],
        )


def empty(shape: tuple[int, ...]) -> Cells:
    """Return cells of `shape` in which no row exists."""
    nothing = np.full(shape, np.nan)
    return Cells(
        nothing,
        nothing.copy(),
        nothing.copy(),
        np.full(shape, ABSENT, dtype=np.int8),
        np.zeros(shape, dtype=np.int8),
    )


def combine(function: Callable[..., FloatArray], *parts: Cells) -> Cells:
    """Apply `function` to the values of `parts` and carry marks, qualifiers and bounds along.

    Returns:
        Cells with a value where every part has one; with bounds where every part has a value or
        bounds and one is hidden. The bounds are exact for a function that is monotone in each
        argument and whose arguments vary freely, else they are wider than need be, never
        narrower. Mark and qualifier are the strongest of the parts.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        value = function(*(part.value for part in parts))
        corners = np.stack([function(*corner) for corner in _corners(parts)])
    mark = strongest([part.mark for part in parts])
    hidden = np.isnan(value) & np.isfinite(corners).all(axis=0)
    return Cells(
        np.where(np.isfinite(value), value, np.nan),
        np.where(hidden, np.min(corners, axis=0), np.nan),
        np.where(hidden, np.max(corners, axis=0), np.nan),
        np.where(mark == ZERO, VALUE, mark).astype(np.int8),
        strongest([part.qualifier for part in parts]),
    )


def strongest(codes: Sequence[CodeArray]) -> CodeArray:
    """Return, cell by cell, the code that wins over the others."""
    result = codes[0]
    for other in codes[1:]:
        result = np.maximum(result, other)
    return result


def with_mark(cells: Cells, where: BoolArray, mark: int) -> Cells:
    """Return cells that carry `mark` and no figure where `where` is true."""
    return replace(
        cells,
        value=np.where(where, np.nan, cells.value),
        lower=np.where(where, np.nan, cells.lower),
        upper=np.where(where, np.nan, cells.upper),
        mark=np.where(where, mark, cells.mark).astype(np.int8),
    )


def _corners(parts: Sequence[Cells]) -> list[list[FloatArray]]:
    corners: list[list[FloatArray]] = [[]]
    for part in parts:
        corners = [[*corner, side] for corner in corners for side in part.span()]
    return corners
