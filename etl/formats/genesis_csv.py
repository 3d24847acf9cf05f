"""GENESIS "datencsv": the table as the regional database prints it.

Title lines, stacked column heads, one line per area (and time, and breakdown), a line of
underscores, and a footer with licence and date. Old files begin with `GENESIS-Tabelle:`, those
since 2026 with `Tabelle:`.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from itertools import groupby

import pandas as pd

from etl.errors import SourceError
from etl.formats import Cells, Source
from etl.formats.text import decode, payload
from etl.model import Column
from indicators.model import Strict

FIRST = re.compile(r"^(?:GENESIS-)?Tabelle: (\S+)")
DATE = re.compile(r"^(?:Stichtag: )?(\d{2}\.\d{2}\.\d{4})$")
STAND = re.compile(r"^Stand: (\d{2})\.(\d{2})\.(\d{4})")
RULE = "__________"


class Options(Strict):
    """What a layout must say: the names of the row columns, and the content line if any.

    `rows` names the leading columns; `name` and `sector_name` are read but carry nothing.
    `content` is the title line that states measure and unit where no head line does.
    """

    rows: list[str]
    content: str = ""


@dataclass(frozen=True)
class Parts:
    """The parts of a file; `first` is the 1-based number of the first data line."""

    titles: list[str]
    heads: list[list[str]]
    data: list[str]
    first: int
    vintage: str


def read(source: Source) -> Cells:
    """Return the cells of a datencsv file.

    Raises:
        SourceError: another table, a changed head, a row cut off, a missing footer.
    """
    options = Options.model_validate(source.layout.options)
    parts = _parts(decode(payload(source), source), source)
    if options.content and options.content not in parts.titles:
        raise SourceError(
            source.place(),
            f"no title line reads {options.content!r}",
            "See whether the publisher changed the content of the table and adapt datasets.yml.",
            " / ".join(parts.titles[-2:]),
        )
    rows = _rows(parts, len(parts.heads[0]), source)
    columns = _columns(parts, options, source)
    return Cells(_cells(rows, columns, options, parts), parts.vintage)


def _parts(text: str, source: Source) -> Parts:
    lines = [line.rstrip("\r") for line in text.split("\n")]
    found = FIRST.match(lines[0])
    if not found or found.group(1).rstrip(";") != source.dataset.table:
        raise SourceError(
            source.place(1),
            f"the first line does not name table {source.dataset.table}",
            "Put the file into the folder of its own table, or download the right one.",
            lines[0][:60],
        )
    head = next((i for i, line in enumerate(lines) if line.startswith(";")), None)
    rule = next((i for i, line in enumerate(lines) if line.startswith(RULE)), None)
    if head is None or rule is None:
        missing = "column head" if head is None else "footer after the line of underscores"
        raise SourceError(
            source.place(len(lines)),
            f"the {missing} is missing: the file is cut off or changed",
            "Download the table again.",
        )
    first = next(i for i in range(head, rule + 1) if not lines[i].startswith(";"))
    stand = next((STAND.match(line) for line in lines[rule:] if STAND.match(line)), None)
    return Parts(
        titles=[line.rstrip(";").strip() for line in lines[1:head]],
        heads=[next(csv.reader([line], delimiter=";")) for line in lines[head:first]],
        data=lines[first:rule],
        first=first + 1,
        vintage="-".join(reversed(stand.groups())) if stand else "",
    )


def _rows(parts: Parts, width: int, source: Source) -> pd.DataFrame:
    """Split the data lines; every one must have as many fields as the head."""
    for number, line in enumerate(parts.data, start=parts.first):
        if line.count(";") != width - 1 or '"' in line:
            raise SourceError(
                source.place(number),
                f"the row has {line.count(';') + 1} fields instead of {width}",
                "Download the table again; do not edit or re-save it.",
                line[:80],
            )
    rows = pd.DataFrame([line.split(";") for line in parts.data])
    rows.insert(0, "line", range(parts.first, parts.first + len(rows)))
    return rows


def _columns(parts: Parts, options: Options, source: Source) -> list[tuple[int, str, Column]]:
    """Return (0-based field, time from the head or '', column) for every column of figures."""
    result, declared = [], source.layout.columns
    for position, field in enumerate(range(len(options.rows), len(parts.heads[0]))):
        texts = [text.strip() for text, _ in groupby(head[field] for head in parts.heads)]
        texts = [text for text, _ in groupby(text for text in texts if text)]
        date = DATE.match(texts[0]) if texts else None
        path = " | ".join(texts[1:] if date else texts)
        column = declared[position % len(declared)] if date or position < len(declared) else None
        if column is None or path not in (column.head, *column.also):
            raise SourceError(
                source.place(parts.first - 1, str(field + 1)),
                f"the column head is not the declared one ({column.head if column else 'none'!r})",
                "See whether the publisher changed the table and adapt datasets.yml.",
                path,
            )
        result.append((field, date.group(1) if date else "", column))
    if len(result) % len(declared):
        raise SourceError(
            source.place(parts.first - 1),
            f"the head has {len(result)} columns of figures, declared are {len(declared)}",
            "Download the table again.",
        )
    return result


def _cells(
    rows: pd.DataFrame, columns: list[tuple[int, str, Column]], options: Options, parts: Parts
) -> pd.DataFrame:
    keys = {name: rows[i].str.strip() for i, name in enumerate(options.rows)}
    keys = {name: text for name, text in keys.items() if not name.endswith("name")}
    dated = next((DATE.match(title) for title in parts.titles if DATE.match(title)), None)
    blocks = []
    for field, time, column in columns:
        block = pd.DataFrame({"line": rows["line"], **keys, "text": rows[field].str.strip()})
        if "time" not in keys:
            block["time"] = time or (dated.group(1) if dated else "")
        block["column"], block["measure"] = str(field + 1), column.measure
        for dimension, code in column.dims.items():
            block[dimension] = code
        blocks.append(block)
    return pd.concat(blocks, ignore_index=True)
