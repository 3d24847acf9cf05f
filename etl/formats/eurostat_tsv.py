"""Eurostat bulk TSV: coded dimensions in the first column, years across, flags after a blank."""

from __future__ import annotations

import re

import pandas as pd

from etl.errors import SourceError
from etl.formats import Cells, Source
from etl.formats.coded import Options, refuse_unused, select, to_cells, unpack

HEAD = re.compile(r"([a-z0-9_,]+),geo\\(time|TIME_PERIOD)")
CELL = re.compile(r"(:|-?\d[\d.eE+-]*) ?([a-z]*) *")


def read(source: Source) -> Cells:
    """Return the cells of a TSV file, plain or gzip, for the areas that the layout names.

    The flag is kept apart from the text: `: c` gives text `:` and flag `c`.

    Raises:
        SourceError: no Eurostat head, a row with too few or many fields, a cell that is neither
            a figure nor `:`, or dimensions other than declared.
    """
    options = Options.model_validate(source.layout.options)
    text, stated = unpack(source)
    dimensions, times, table = _table(text, source)
    table = select(table, options, source)
    refuse_unused(dimensions, table, options, source)
    long = table.melt([*dimensions, "geo", "line"], times, "time", "cell")
    long["column"] = long["time"]
    long[["text", "flag"]] = _split(long, source)
    return Cells(to_cells(long, options, source), options.vintage or stated)


def _table(text: str, source: Source) -> tuple[list[str], list[str], pd.DataFrame]:
    lines = text.rstrip("\n").split("\n")
    head = [field.strip() for field in lines[0].split("\t")]
    found = HEAD.fullmatch(head[0])
    wrong = [time for time in head[1:] if not re.fullmatch(r"(19|20)\d\d", time)]
    if not found or wrong or len(head) < 2:
        raise SourceError(
            source.place(1),
            "this is not the head line of a Eurostat table",
            "See whether Eurostat changed the format.",
            lines[0][:80],
        )
    dimensions = found.group(1).split(",")
    rows = []
    for number, line in enumerate(lines[1:], start=2):
        fields = line.rstrip("\r").split("\t")
        codes = fields[0].split(",")
        if len(fields) != len(head) or len(codes) != len(dimensions) + 1:
            raise SourceError(
                source.place(number),
                f"the row has {len(fields)} fields and {len(codes)} codes instead of "
                f"{len(head)} and {len(dimensions) + 1}",
                "Download it again.",
                line[:60],
            )
        rows.append([number, *codes, *fields[1:]])
    columns = ["line", *dimensions, "geo", *head[1:]]
    return dimensions, head[1:], pd.DataFrame(rows, columns=columns)


def _split(long: pd.DataFrame, source: Source) -> pd.DataFrame:
    """Return text and flag of each cell, apart."""
    known = {cell: CELL.fullmatch(cell) for cell in long["cell"].unique()}
    wrong = [cell for cell, found in known.items() if not found]
    if wrong:
        row = long[long["cell"] == wrong[0]].iloc[0]
        raise SourceError(
            source.place(int(row["line"]), row["time"]),
            "this is neither a figure nor ':' with its flags",
            "Download it again.",
            wrong[0],
        )
    parts = {cell: found.groups() for cell, found in known.items() if found}
    return pd.DataFrame(
        {
            "text": long["cell"].map({cell: part[0] for cell, part in parts.items()}),
            "flag": long["cell"].map({cell: part[1] for cell, part in parts.items()}),
        }
    )
