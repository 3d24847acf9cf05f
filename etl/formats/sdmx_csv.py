"""Eurostat SDMX-CSV: one observation a row, dimensions by name, flag in its own column."""

from __future__ import annotations

import csv
import io
import re

import pandas as pd

from etl.errors import SourceError
from etl.formats import Cells, Source
from etl.formats.coded import Options, refuse_unused, select, to_cells, unpack
from etl.formats.rules import CHANGED

START = ["DATAFLOW", "LAST UPDATE", "freq"]
END = ["geo", "TIME_PERIOD", "OBS_VALUE", "OBS_FLAG"]
# Since 2024 a last column says whether a value is confidential; the flag says the same.
CONFIDENTIAL = "CONF_STATUS"
UPDATED = re.compile(r"(\d\d)/(\d\d)/(\d\d) \d\d:\d\d:\d\d")


def read(source: Source) -> Cells:
    """Return the cells of an SDMX-CSV file, plain or gzip.

    Raises:
        SourceError: another head, a row with too few or many fields, several dataflows or
            dates of update, or dimensions other than declared.
    """
    options = Options.model_validate(source.layout.options)
    text, _ = unpack(source)
    table = _table(text, source)
    vintage = _vintage(table, source)
    dimensions = [str(name) for name in table if name not in {*START, *END, CONFIDENTIAL, "line"}]
    table = select(table, options, source)
    refuse_unused(dimensions, table, options, source)
    table = table.rename(
        columns={"TIME_PERIOD": "time", "OBS_VALUE": "text", "OBS_FLAG": "flag"}
    ).assign(column="OBS_VALUE")
    table["text"] = table["text"].mask(table["text"] == "", ":")
    return Cells(to_cells(table, options, source), options.vintage or vintage)


def _table(text: str, source: Source) -> pd.DataFrame:
    rows = list(csv.reader(io.StringIO(text)))
    head = rows[0]
    figures = head[:-1] if head[-1] == CONFIDENTIAL else head
    if head[: len(START)] != START or figures[-len(END) :] != END:
        raise SourceError(
            source.place(1), "the head line is not that of SDMX-CSV", CHANGED, ",".join(head)[:80]
        )
    for number, row in enumerate(rows[1:], start=2):
        if len(row) != len(head):
            raise SourceError(
                source.place(number),
                f"the row has {len(row)} fields instead of {len(head)}",
                "Download it again.",
                ",".join(row)[:80],
            )
    table = pd.DataFrame(rows[1:], columns=head)
    table.insert(0, "line", range(2, len(table) + 2))
    return table


def _vintage(table: pd.DataFrame, source: Source) -> str:
    """Return the date of the last update as an ISO date."""
    for name in ("DATAFLOW", "LAST UPDATE"):
        if table[name].nunique() != 1:
            raise SourceError(
                source.place(column=name),
                "the file holds several tables or editions",
                "Download one table at a time.",
                ", ".join(table[name].unique()[:3]),
            )
    found = UPDATED.fullmatch(table["LAST UPDATE"].iloc[0])
    if not found:
        raise SourceError(
            source.place(2, "LAST UPDATE"), "this is no date", CHANGED, table["LAST UPDATE"].iloc[0]
        )
    day, month, year = found.groups()
    return f"20{year}-{month}-{day}"
