"""Class breaks for a choropleth: which classes, and which class a value falls into.

Values are rounded to the places that readers see before they are sorted into classes, so that a
legend never contradicts a number printed beside it. A class holds `lower <= value < upper`, the
last one its upper bound too.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import jenkspy
import numpy as np

SCHEMES = ("quantile", "equal", "natural", "rounded")
DEFAULT_SCHEME = "quantile"
SIZES = (3, 4, 5, 6, 7)
DEFAULT_SIZE = 5

Breaks = Callable[[list[float], int], list[float]]


@dataclass(frozen=True)
class Classes:
    """Bounds of k classes (k + 1 numbers, ascending) and how many lie below the midpoint."""

    bounds: tuple[float, ...]
    decimals: int
    below: int = 0
    midpoint: float | None = None
    exact: bool = False  # every class is one value

    @property
    def count(self) -> int:
        """Return the number of classes."""
        return max(len(self.bounds) - 1, 1)

    def index(self, value: float) -> int:
        """Return the class of `value`, 0 for the lowest."""
        inner = self.bounds[1:-1]
        return bisect_right(inner, round(value, self.decimals))

    def ranges(self) -> list[tuple[float, float]]:
        """Return lower and upper bound of each class."""
        if self.exact:
            return [(value, value) for value in sorted(set(self.bounds))]
        if len(self.bounds) == 1:
            return [(self.bounds[0], self.bounds[0])]
        return list(zip(self.bounds[:-1], self.bounds[1:], strict=True))


def classify(
    values: Sequence[float], scheme: str, size: int, decimals: int, midpoint: float | None = None
) -> Classes | None:
    """Return classes for `values`, or None where there is no value.

    Fewer than `size` classes come back when there are fewer different values. With a
    `midpoint` that lies between the values, it is a bound, and each side gets its share of
    the classes.

    Raises:
        KeyError: `scheme` is none of `SCHEMES`.
    """
    ordered = sorted(round(value, decimals) + 0.0 for value in values if math.isfinite(value))
    if not ordered:
        return None
    low, high = ordered[0], ordered[-1]
    if midpoint is None:
        exact = len(set(ordered)) <= size
        return Classes(_bounds(ordered, scheme, size, decimals), decimals, exact=exact)
    if high < midpoint or low >= midpoint:
        bounds = _bounds(ordered, scheme, size, decimals)
        below = max(len(bounds) - 1, 1) if high < midpoint else 0
        return Classes(bounds, decimals, below, midpoint)
    return _around(ordered, scheme, size, decimals, midpoint)


def _around(
    ordered: list[float], scheme: str, size: int, decimals: int, midpoint: float
) -> Classes:
    under = [value for value in ordered if value < midpoint]
    over = [value for value in ordered if value >= midpoint]
    least = 2 if size > 3 else 1  # one class alone would hide how far its side reaches
    low_size = min(max(round(size * len(under) / len(ordered)), least), size - least)
    low = _bounds(under, scheme, low_size, decimals)
    high = _bounds(over, scheme, size - low_size, decimals)
    # The sides meet at the midpoint, not at the values next to it.
    left = low[:-1] if len(low) > 1 else low
    right = high[1:] if len(high) > 1 else high
    bounds = (*left, midpoint, *right)
    return Classes(bounds, decimals, len(left), midpoint)


def _bounds(ordered: list[float], scheme: str, size: int, decimals: int) -> tuple[float, ...]:
    low, high = ordered[0], ordered[-1]
    distinct = sorted(set(ordered))
    inner = distinct[1:] if len(distinct) <= size else METHODS[scheme](ordered, size)
    rounded = sorted({round(value, decimals) for value in inner})
    kept = [value for value in rounded if low < value <= high]
    # A break at the highest value makes a last class of that value alone.
    return (low, *kept, high) if high > low else (low,)


def _equal(ordered: list[float], size: int) -> list[float]:
    return [float(value) for value in np.linspace(ordered[0], ordered[-1], size + 1)[1:-1]]


def _quantile(ordered: list[float], size: int) -> list[float]:
    return [ordered[math.ceil(step * len(ordered) / size)] for step in range(1, size)]


def _natural(ordered: list[float], size: int) -> list[float]:
    ends = jenkspy.jenks_breaks(ordered, n_classes=size)[1:-1]
    distinct = sorted(set(ordered))
    # Jenks names the highest value of a class; the next value opens the class after it.
    return [distinct[min(bisect_right(distinct, end), len(distinct) - 1)] for end in ends]


def _rounded(ordered: list[float], size: int) -> list[float]:
    step = _readable((ordered[-1] - ordered[0]) / size)
    first = math.floor(ordered[0] / step) + 1
    last = math.ceil(ordered[-1] / step) - 1
    return [multiple * step for multiple in range(first, last + 1)][: max(SIZES) - 1]


def _readable(step: float) -> float:
    """Return the 1, 2, 2.5 or 5 times a power of ten that comes closest to `step`."""
    power = 10.0 ** math.floor(math.log10(step))
    return min((m * power for m in (1, 2, 2.5, 5, 10)), key=lambda m: abs(math.log(m / step)))


METHODS: dict[str, Breaks] = {
    "quantile": _quantile,
    "equal": _equal,
    "natural": _natural,
    "rounded": _rounded,
}
