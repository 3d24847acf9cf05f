"""The oldest flat format of GENESIS: one row per cell, German heads, the measure in the head."""

from __future__ import annotations

import pandas as pd

from etl.errors import SourceError
from etl.formats import Cells, Source
from etl.formats.text import decode
from indicators.model import Strict

START = ["Statistik_Code", "Statistik_Label", "Zeit_Code", "Zeit_Label", "Zeit"]


class Options(Strict):
    """`variables` maps the publisher's variable codes to our dimensions, in their order."""

    variables: dict[str, str]


def read(source: Source) -> Cells:
    """Return the cells of a file in the oldest flat format.

    Raises:
        SourceError: another head line, or a row with too few or too many fields.
    """
    options = Options.model_validate(source.layout.options)
    lines = decode(source.path.read_bytes(), source).rstrip("\n").split("\n")
    head = _head(options, source)
    if lines[0].rstrip("\r").split(";") != head:
        raise SourceError(
            source.place(1),
            "the head line is not the declared one",
            "See whether the publisher changed the table and adapt datasets.yml.",
            lines[0][:160],
        )
    rows = [line.rstrip("\r").split(";") for line in lines[1:]]
    for number, row in enumerate(rows, start=2):
        if len(row) != len(head):
            raise SourceError(
                source.place(number),
                f"the row has {len(row)} fields instead of {len(head)}",
                "Download the table again; do not edit or re-save it.",
                ";".join(row)[:80],
            )
    table = pd.DataFrame(rows, columns=pd.Index(head))
    keys = {"line": range(2, len(table) + 2), "time": table["Zeit"]}
    for n, dimension in enumerate(options.variables.values(), start=1):
        keys[dimension] = table[f"{n}_Auspraegung_Code"]
    blocks = [
        pd.DataFrame(
            {**keys, "column": column.head, "measure": column.measure, "text": table[column.head]}
        )
        for column in source.layout.columns
    ]
    return Cells(pd.concat(blocks, ignore_index=True))


def _head(options: Options, source: Source) -> list[str]:
    names = list(START)
    for n in range(1, len(options.variables) + 1):
        names += [f"{n}_{part}" for part in _PARTS]
    return names + [column.head for column in source.layout.columns]


_PARTS = ("Merkmal_Code", "Merkmal_Label", "Auspraegung_Code", "Auspraegung_Label")
