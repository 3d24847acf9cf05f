"""The wire formats of official statistics: bytes in, cells out.

Each module reads one format and knows nothing of any table; what columns mean comes in with the
layout. What leaves is one row per cell with its address in the file and its text as published.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from etl.errors import Place
from etl.model import Dataset, Layout


@dataclass(frozen=True)
class Source:
    """One file to read: the bytes' path, the table it belongs to, and its layout."""

    path: Path
    name: str
    dataset: Dataset
    layout: Layout

    @property
    def file(self) -> str:
        """Return the file's own name, as it is in the raw folder."""
        return self.name.rpartition("/")[2]

    def place(self, line: int | None = None, column: str = "") -> Place:
        """Return the place in this file, for a refusal."""
        return Place(self.dataset.publisher, self.dataset.table, self.name, line, column)


@dataclass(frozen=True)
class Cells:
    """The cells of one file.

    `frame` has one row per cell: `line` (1-based), `column` (as the file names it, or its
    1-based number), `measure`, `time`, `area`, `text` (str, as published) or `number` (float,
    for typed files), optionally `flag`, `partner`, and every other dimension under its name.
    `vintage` is the publisher's own date of the file, '' where it states none.
    """

    frame: pd.DataFrame
    vintage: str = ""


Parser = Callable[[Source], Cells]
FORMATS = (
    "genesis_csv",
    "genesis_ffcsv",
    "genesis_flat",
    "eurostat_tsv",
    "sdmx_csv",
    "jsonstat",
    "records",
    "matrix",
    "commuter_csv",
    "inkar_bulk",
    "ba_dia",
    "lettered",
    "boundaries",
)


def parser(name: str) -> Parser:
    """Return the reader of a wire format; an unknown name is an error that lists all."""
    if name not in FORMATS:
        raise KeyError(f"unknown format {name!r}; known formats: {', '.join(FORMATS)}")
    read: Parser = importlib.import_module(f"etl.formats.{name}").read
    return read
