"""Where labels find room beside bubbles, measured in pixels; a label without room is left out."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

LETTER, LINE, GAP = 6.3, 14.0, 3.0
FAR = (26.0, 44.0, 66.0, 92.0)  # pixels from the bubble's edge, with a line leading there
ANGLES = (60, 120, -60, -120, 25, 155, -25, -155, 90, -90)  # degrees, 90 is upwards
STEPS = 6  # points of a leading line that other labels keep clear of

Box = tuple[float, float, float, float]  # left, top, right, bottom
Anchor = Literal["left", "center", "right"]
BEFORE: dict[Anchor, float] = {"left": 0.0, "center": 0.5, "right": 1.0}


@dataclass(frozen=True)
class Bubble:
    """A circle in pixels from the upper left corner of the plot, and what it is called."""

    x: float
    y: float
    radius: float
    text: str


@dataclass(frozen=True)
class Label:
    """A text `across` and `down` pixels from the centre of a bubble, held at `anchor`.

    `led` says that it is far enough away to need a line that leads to it.
    """

    x: float
    y: float
    across: float
    down: float
    anchor: Anchor
    text: str
    led: bool = False

    @property
    def box(self) -> Box:
        """Return the room that the text takes."""
        wide = LETTER * len(self.text)
        left, middle = self.x + self.across - wide * BEFORE[self.anchor], self.y + self.down
        return left, middle - LINE / 2, left + wide, middle + LINE / 2


def place(
    bubbles: Sequence[Bubble], width: float, height: float, others: Sequence[Bubble] = ()
) -> list[Label]:
    """Return labels that overlap neither each other nor the middle of any bubble.

    The first bubbles choose first; what finds no room gets no label, and `others` get none. A plot
    that is wider than `width` moves bubbles apart and their labels with them.
    """
    taken: list[Box] = []
    labels: list[Label] = []
    every = [*bubbles, *others]
    for bubble in bubbles:
        for label in _tries(bubble):
            box, line = label.box, _line(label)
            inside = box[0] >= 0 and box[1] >= 0 and box[2] <= width and box[3] <= height
            free = not any(_meet(part, other) for part in (box, *line) for other in taken)
            if inside and free and not any(_covers(box, one) for one in every):
                taken += [box, *line]
                labels.append(label)
                break
    return labels


def _tries(bubble: Bubble) -> Iterator[Label]:
    """Beside, above and below, then around at growing distances."""
    x, y, text, edge = bubble.x, bubble.y, bubble.text, bubble.radius + GAP
    yield Label(x, y, edge, 0.0, "left", text)
    yield Label(x, y, -edge, 0.0, "right", text)
    for down in (-edge - LINE / 2, edge + LINE / 2):
        yield Label(x, y, 0.0, down, "center", text)
        yield Label(x, y, -bubble.radius, down, "left", text)
        yield Label(x, y, bubble.radius, down, "right", text)
    for far in FAR:
        for angle in ANGLES:
            across = math.cos(math.radians(angle)) * (bubble.radius + far)
            down = -math.sin(math.radians(angle)) * (bubble.radius + far)
            anchor: Anchor = "center" if angle in (90, -90) else "left" if across > 0 else "right"
            yield Label(x, y, across, down, anchor, text, led=True)


def _line(label: Label) -> list[Box]:
    """Return points of the leading line as boxes without room."""
    if not label.led:
        return []
    parts = (step / STEPS for step in range(1, STEPS))
    points = [(label.x + part * label.across, label.y + part * label.down) for part in parts]
    return [(x, y, x, y) for x, y in points]


def _meet(one: Box, other: Box) -> bool:
    apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
    return not apart


def _covers(box: Box, bubble: Bubble) -> bool:
    across = max(box[0] - bubble.x, 0.0, bubble.x - box[2])
    along = max(box[1] - bubble.y, 0.0, bubble.y - box[3])
    return math.hypot(across, along) < bubble.radius / 2
