"""Where the round numbers of an axis lie, and how far it reaches."""

from __future__ import annotations

import math
from dataclasses import dataclass

from pages._ui.numbers import number

STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
FAR = 0.5  # all values above this share of the largest: the axis may leave out zero


@dataclass(frozen=True)
class Axis:
    """The ends of an axis and its ticks; `cut` says that it leaves out zero."""

    low: float
    high: float
    ticks: tuple[float, ...]
    step: float
    cut: bool = False

    def share(self, value: float) -> float:
        """Return where a value lies: 0 at the lower end, 1 at the upper."""
        return (value - self.low) / (self.high - self.low)

    def label(self, tick: float, decimals: int, language: str) -> str:
        """Return a tick as a number with no more places than its step and `decimals` ask for."""
        needed = max(0, -math.floor(math.log10(self.step) + 1e-9))
        if not float(round(self.step * 10**needed, 6)).is_integer():
            needed += 1
        return number(tick, max(needed, 0) if decimals else needed, language)


def fit(values: list[float], may_cut: bool, ticks: int = 5, whole: bool = False) -> Axis:
    """Return an axis that holds all values and zero, unless all are far from it and `may_cut`.

    With `whole` (figures without decimals) steps are at least 1, so that no tick needs a decimal.
    """
    low, high = min([*values, 0.0]), max([*values, 0.0])
    cut = may_cut and len(values) > 1 and min(values) > high * FAR > 0
    if cut:
        low, high = min(values), max(values)
    if high - low <= 0:
        high = low + 1.0
    step = _step((high - low) / ticks, whole)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    marks = tuple(round(place * step, 9) for place in range(first, last + 1))
    return Axis(marks[0], marks[-1], marks, step, cut)


def _step(rough: float, whole: bool) -> float:
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(size * power for size in STEPS if size * power >= rough * (1 - 1e-9))
    if not whole:
        return step
    return max(1.0, 5.0 if step == 2.5 else step)
