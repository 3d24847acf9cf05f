"""Distances in words, also between figures that are known in bounds only."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR

from indicators.records import Indicator
from pages._ui import rungs
from pages._ui.i18n import Texts
from pages._ui.numbers import Figure, is_percent, outwards, signed
from pages._ui.text import signed_gap


def apart(figure: Figure, reference: Figure, indicator: Indicator, language: str) -> str:
    """Return by how much a figure lies above or below another, an interval if either is one.

    '' where nothing is known of one of them.
    """
    if figure.value is not None and reference.value is not None:
        return signed_gap(figure.value, reference.value, indicator, language)
    own, other = rungs.ends(figure), rungs.ends(reference)
    if own is None or other is None or (other[0] <= 0 and not is_percent(indicator.unit)):
        return ""
    t = Texts(language)
    kind = "points" if is_percent(indicator.unit) else "percent"
    decimals = indicator.decimals if kind == "points" else 1
    low, high = gaps(own, other, kind)
    return t(
        f"vergleich.apart.{kind}",
        low=signed(outwards(low, decimals, ROUND_FLOOR), decimals, language),
        high=signed(outwards(high, decimals, ROUND_CEILING), decimals, language),
    )


def gaps(own: tuple[float, float], other: tuple[float, float], kind: str) -> tuple[float, float]:
    """Return the smallest and largest possible distance of two intervals."""
    if kind == "points":
        return own[0] - other[1], own[1] - other[0]
    return (own[0] / other[1] - 1) * 100, (own[1] / other[0] - 1) * 100
