"""Where labels find room beside bubbles, measured in pixels; a label without room is left out."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

LETTER, LINE, GAP = 6.3, 14.0, 3.0

Box = tuple[float, float, float, float]  # left, top, right, bottom
Anchor = Literal["left", "center", "right"]
ANCHORS: dict[int, Anchor] = {1: "left", 0: "center", -1: "right"}


@dataclass(frozen=True)
class Bubble:
    """A circle in pixels from the upper left corner of the plot, and what it is called."""

    x: float
    y: float
    radius: float
    text: str


@dataclass(frozen=True)
class Label:
    """A text beside the centre of a bubble: `shift` pixels to the side, anchored at `anchor`."""

    x: float
    y: float
    shift: float
    anchor: Anchor
    text: str


def place(bubbles: Sequence[Bubble], width: float, height: float) -> list[Label]:
    """Return labels that overlap neither each other nor the middle of a bubble given.

    The first bubbles choose first; what finds no room gets no label. A plot that is wider than
    `width` moves bubbles apart and their labels with them.
    """
    taken: list[Box] = []
    labels: list[Label] = []
    for bubble in bubbles:
        for box, label in _tries(bubble):
            inside = box[0] >= 0 and box[1] >= 0 and box[2] <= width and box[3] <= height
            free = not any(_meet(box, other) for other in taken)
            if inside and free and not any(_covers(box, one) for one in bubbles):
                taken.append(box)
                labels.append(label)
                break
    return labels


def _tries(bubble: Bubble) -> list[tuple[Box, Label]]:
    """Right and left, above and below, and further above and below."""
    wide, reach = LETTER * len(bubble.text), bubble.radius + GAP
    found = []
    for side, rise in ((1, 0.0), (-1, 0.0), (0, -1.0), (0, 1.0), (0, -2.2), (0, 2.2)):
        middle = bubble.y + rise * (reach + LINE / 2)
        left = bubble.x + (reach if side > 0 else -reach - wide if side < 0 else -wide / 2)
        box = (left, middle - LINE / 2, left + wide, middle + LINE / 2)
        label = Label(bubble.x, middle, side * reach, ANCHORS[side], bubble.text)
        found.append((box, label))
    return found


def _meet(one: Box, other: Box) -> bool:
    apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
    return not apart


def _covers(box: Box, bubble: Bubble) -> bool:
    across = max(box[0] - bubble.x, 0.0, bubble.x - box[2])
    along = max(box[1] - bubble.y, 0.0, bubble.y - box[3])
    return math.hypot(across, along) < bubble.radius / 2
