"""Colours that stay apart for colour-blind eyes and in print; grey and hatch mean 'no figure'."""

from __future__ import annotations

# Light to dark on white, after YlGnBu of ColorBrewer: lightness falls with every step.
SEQUENTIAL = ("#e3f0b5", "#b7e0b9", "#7ccabb", "#41b1c4", "#2388bd", "#2358a3", "#13276e")
# Either side of a midpoint, pale next to it, after PuOr: orange below, violet above.
BELOW = ("#fddfb3", "#f6ae5c", "#d97f1d", "#a65606", "#713a05", "#532a03")
ABOVE = ("#dcdaeb", "#b3abd2", "#8877ad", "#5f3d8f", "#3f1a66", "#2d004b")

SHEET = "#ffffff"
INK = "#1c2733"
SOFT_INK = "#55616d"
BORDER = "#8a949e"
OUTLINE = "#1c2733"
SELECTED = "#d1006c"
MISSING = "#bfc3c8"
CONFIDENTIAL = "#ffffff"
HATCH = "#5c6670"
PLAIN = "#eef1f4"
SYMBOL = "#2358a3"
SYMBOL_NEGATIVE = "#d97f1d"

# Lines of a trend: area, region, Land, country, benchmark. Dashes tell them apart without colour.
LINES = (
    ("#0072b2", "solid"),
    ("#d55e00", "dash"),
    ("#009e73", "dashdot"),
    ("#7a7a7a", "dot"),
    ("#a8497d", "longdash"),
)
LINES_DARK = (
    ("#56b4e9", "solid"),
    ("#f0a04b", "dash"),
    ("#35c99d", "dashdot"),
    ("#b9c0c7", "dot"),
    ("#e08fbd", "longdash"),
)


def paler(colour: str) -> str:
    """Return a colour `#rrggbb` mixed half and half with white."""
    parts = (int(colour[start : start + 2], 16) for start in (1, 3, 5))
    return "#" + "".join(f"{(part + 255) // 2:02x}" for part in parts)


def sequential(count: int) -> list[str]:
    """Return `count` (1 to 7) colours from light to dark, as far apart as the ramp allows."""
    if count == 1:
        return [SEQUENTIAL[3]]
    last = len(SEQUENTIAL) - 1
    return [SEQUENTIAL[round(step * last / (count - 1))] for step in range(count)]


def diverging(below: int, above: int) -> list[str]:
    """Return colours for `below` classes under and `above` classes over a midpoint."""
    reach = max(below, above)
    low = [_strength(BELOW, step, reach) for step in range(below, 0, -1)]
    high = [_strength(ABOVE, step, reach) for step in range(1, above + 1)]
    return low + high


def _strength(ramp: tuple[str, ...], step: int, reach: int) -> str:
    """The ramp is shared by both sides, so that equal distance has equal strength."""
    last = min(len(ramp) - 1, max(reach - 1, 2))
    return ramp[round((step - 1) * last / max(reach - 1, 1))] if reach > 1 else ramp[1]
