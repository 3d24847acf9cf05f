"""What a map makes of values: classes with colours for rates, circle sizes for counts."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from pages._ui import colours
from pages._ui.classes import Classes, classify
from pages._ui.numbers import NBSP, number

LARGEST = {"region": 30.0, "land": 26.0, "country": 28.0}  # radius in pixels
SMALLEST = 2.0
LABEL_HEIGHT = 13  # pixels between the texts of two nested circles


@dataclass(frozen=True)
class Shades:
    """Classes and one colour for each."""

    classes: Classes
    colours: tuple[str, ...]

    def texts(self, language: str, between: str) -> list[str]:
        """Return the range of each class; `between` has the fields lower and upper."""
        decimals = self.classes.decimals
        shown = []
        ranges = self.classes.ranges()
        for position, (lower, upper) in enumerate(ranges):
            low = number(lower, decimals, language)
            high = number(upper, decimals, language)
            last = position == len(ranges) - 1
            if lower == upper:
                shown.append(low)
            elif last:
                shown.append(f"{low}{NBSP}–{NBSP}{high}")
            else:
                shown.append(between.format(lower=low, upper=high))
        return shown


def shades(
    values: Sequence[float], scheme: str, size: int, decimals: int, midpoint: float | None
) -> Shades | None:
    """Return classes and colours for `values`, or None where there is no value."""
    classes = classify(values, scheme, size, decimals, midpoint)
    if classes is None:
        return None
    if midpoint is None:
        return Shades(classes, tuple(colours.sequential(classes.count)))
    below = classes.below
    return Shades(classes, tuple(colours.diverging(below, classes.count - below)))


@dataclass(frozen=True)
class Circles:
    """Area of a circle in proportion to the size of a count."""

    highest: float
    radius: float

    def of(self, value: float) -> float:
        """Return the radius in pixels; never too small to be seen."""
        if self.highest <= 0:
            return SMALLEST
        return max(self.radius * math.sqrt(abs(value) / self.highest), SMALLEST)

    def samples(self) -> list[float]:
        """Return three readable counts for a legend, the largest first."""
        if self.highest < 1:
            return [self.highest] if self.highest > 0 else []
        top = _readable(self.highest)
        shown = [top]
        for part in (4, 20):
            sample = top / part
            apart = 2 * (self.of(shown[-1]) - self.of(sample)) >= LABEL_HEIGHT
            if sample >= 1 and apart and self.of(sample) > SMALLEST:
                shown.append(_readable(sample))
        return shown


def circles(values: Sequence[float], extent: str, narrow: bool) -> Circles:
    """Return the circle sizes for the counts of an extent."""
    highest = max((abs(value) for value in values), default=0.0)
    return Circles(highest, LARGEST[extent] * (0.75 if narrow else 1))


def _readable(value: float) -> float:
    """Return the largest 1, 2 or 5 times a power of ten that is not above `value`."""
    power = 10.0 ** math.floor(math.log10(value))
    return max(m * power for m in (1, 2, 5) if m * power <= value)
