"""What a document is made of: blocks of text, charts and tables, and what stands at its foot.

Every text is finished: in the reader's language, numbers written out. It is text and never markup,
whoever wrote it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Heading:
    """A heading of level 1 to 3; it stands in the outline and never alone at the end of a page."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class Lead:
    """The sentence that says the point of a section, larger than the rest."""

    text: str


@dataclass(frozen=True)
class Paragraph:
    """Running text."""

    text: str


@dataclass(frozen=True)
class Points:
    """A list; each item is a term that stands out (may be empty) and what is said of it."""

    items: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Note:
    """What a reader must know to read the figures right; small."""

    text: str


@dataclass(frozen=True)
class Source:
    """The official tables behind what stands above, with year; small.

    `datasets` are their ids in the release, for whoever lists all sources of a document.
    """

    text: str
    datasets: tuple[str, ...] = ()


@dataclass(frozen=True)
class Link:
    """A web address under a label; anything but http and https is shown as plain text."""

    label: str
    url: str


@dataclass(frozen=True)
class Point:
    """One year of a line: a value, or the ends of an interval, or neither; `mark` says why."""

    year: int
    value: float | None
    lower: float | None = None
    upper: float | None = None
    mark: str = "value"


@dataclass(frozen=True)
class Line:
    """A named line; `look` 0 is the subject, 1 to 3 what it is compared with.

    `kind` says what is drawn: figures (years with a mark, joined), a course without marks, or marks
    that stand for themselves.
    """

    name: str
    points: tuple[Point, ...]
    look: int = 0
    kind: Literal["figures", "course", "marks"] = "figures"


@dataclass(frozen=True)
class Lines:
    """Lines over years. A year without a value is a gap; `breaks` are years of a new method."""

    lines: tuple[Line, ...]
    unit: str  # in words, as it stands beside a figure
    breaks: tuple[int, ...] = ()
    break_word: str = ""
    interval_word: str = ""
    cut_word: str = ""  # said where the axis leaves out zero
    decimals: int = 0  # of the axis


@dataclass(frozen=True)
class Bar:
    """One row of a chart: a value (`lower` equals `upper`), an interval, or words without a mark.

    `look` as that of a line. `text` stands beside the mark. `group`, where it differs from the row
    before, is a heading.
    """

    name: str
    lower: float | None
    upper: float | None
    text: str
    look: int = 0
    group: str = ""


@dataclass(frozen=True)
class Rows:
    """Rows beside each other on one axis: bars from `base`, or marks where `base` is None.

    An interval is a pale span in both. `line` is a value with a line of its own, such as the 1 of a
    location quotient.
    """

    rows: tuple[Bar, ...]
    unit: str
    base: float | None = 0.0
    line: float | None = None
    decimals: int = 0  # of the axis


@dataclass(frozen=True)
class Chart:
    """A drawing with its caption and what it shows in words for those who do not see it."""

    drawing: Lines | Rows
    caption: str
    alt: str


@dataclass(frozen=True)
class Side:
    """Two charts beside each other."""

    charts: tuple[Chart, Chart]


@dataclass(frozen=True)
class Amount:
    """A number in a table: as it is for a file, as it is shown, and what explains it.

    `origin` is the address of the explanation on the screen; paper has no use for it.
    """

    value: float | None
    text: str
    origin: str = ""


Cell = str | Amount


@dataclass(frozen=True)
class Table:
    """A table with a caption; `numeric` columns are set right; rows that are `strong` stand out.

    `name` is that of a file of it; without a name there is none.
    """

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    numeric: tuple[bool, ...]
    strong: tuple[bool, ...] = ()
    widths: tuple[float, ...] = ()  # shares of the line; without, as wide as the content needs
    name: str = ""

    def __post_init__(self) -> None:
        """Refuse a row that is longer or shorter than the header."""
        columns = len(self.header)
        if len(self.numeric) != columns or any(len(row) != columns for row in self.rows):
            raise ValueError(f"Table {self.caption!r}: every row needs {columns} cells.")


Block = Heading | Lead | Paragraph | Points | Note | Source | Link | Chart | Side | Table


@dataclass(frozen=True)
class Foot:
    """What stands at the foot of every page beside its number.

    `sources` and `release` are sentences, `date` is the day on which the document was made.
    """

    sources: str
    release: str
    date: str


@dataclass(frozen=True)
class Document:
    """A document in one language, `de` or `en`."""

    title: str
    subtitle: str
    language: str
    blocks: tuple[Block, ...]
    foot: Foot


def shown(cell: Cell) -> str:
    """Return what a cell of a table shows."""
    return cell.text if isinstance(cell, Amount) else cell


def charts(blocks: Sequence[Block]) -> list[Chart]:
    """Return all charts of some blocks in their order."""
    found: list[Chart] = []
    for block in blocks:
        if isinstance(block, Chart):
            found.append(block)
        elif isinstance(block, Side):
            found.extend(block.charts)
    return found
