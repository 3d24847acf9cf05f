"""Key figures of one area as the table service of the BA sends them: JSON, one row a figure.

The answer does not name its area; that is the AGS at the beginning of the file's name.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import Any

import pandas as pd

from etl.errors import SourceError
from etl.formats import Cells, Source
from etl.formats.rules import CHANGED
from indicators.model import Strict

MONTHS = [
    "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September",
    "Oktober", "November", "Dezember",
]  # fmt: skip
MONTH = re.compile(rf"({'|'.join(MONTHS)}) ((?:19|20)\d\d)")
AREA = re.compile(r"(\d{2,5})_")


class Options(Strict):
    """How the figures are used: the declared columns are names of figures, others are left out."""

    vintage: str = ""


def read(source: Source) -> Cells:
    """Return one cell per declared figure and month.

    Raises:
        SourceError: another form, a figure without a month, a declared figure that is absent, or
            one that comes twice for a month.
    """
    options = Options.model_validate(source.layout.options)
    area = AREA.match(source.file)
    if not area:
        raise SourceError(source.place(), "the file's name states no area", CHANGED)
    measures = {column.head: column.measure for column in source.layout.columns}
    cells = [
        _cell(number, row, source) | {"measure": measures[row["metricName"]]}
        for number, row in enumerate(_rows(source), start=1)
        if row["metricName"] in measures
    ]
    _refuse_absent_and_twice(cells, list(measures), source)
    return Cells(pd.DataFrame(cells).assign(area=area.group(1)), options.vintage)


def _rows(source: Source) -> list[dict[str, Any]]:
    try:
        rows = json.loads(source.path.read_bytes())
    except ValueError as error:
        raise SourceError(
            source.place(), f"this is no JSON ({error})", "Download it again."
        ) from error
    if not isinstance(rows, list) or not all(
        isinstance(row, dict) and {"metricName", "value", "attributes"} <= set(row) for row in rows
    ):
        raise SourceError(
            source.place(),
            "this is no list of rows with metricName, value and attributes",
            CHANGED,
            str(rows)[:200],
        )
    return rows


def _cell(number: int, row: dict[str, Any], source: Source) -> dict[str, Any]:
    attributes, value = row["attributes"], row["value"]
    months = [str(attribute.get("DESC", "")) for attribute in attributes.values()]
    found = MONTH.fullmatch(months[0]) if len(months) == 1 else None
    if not found:
        raise SourceError(
            source.place(number), "the row does not state a month and nothing else", CHANGED, months
        )
    if value is not None and not isinstance(value, int | float):
        raise SourceError(source.place(number), "the value is no number", CHANGED, value)
    return {
        "line": number,
        "column": row["metricName"],
        "time": found.group(2),
        "month": f"{MONTHS.index(found.group(1)) + 1:02d}",
        "number": float("nan") if value is None else float(value),
    }


def _refuse_absent_and_twice(
    cells: list[dict[str, Any]], declared: list[str], source: Source
) -> None:
    absent = [name for name in declared if name not in {cell["column"] for cell in cells}]
    if absent:
        raise SourceError(source.place(), "a declared figure does not occur", CHANGED, absent[0])
    counts = Counter((cell["column"], cell["time"], cell["month"]) for cell in cells)
    (name, year, month), count = counts.most_common(1)[0]
    if count > 1:
        raise SourceError(
            source.place(), f"{name} stands {count} times for {year}-{month}", CHANGED
        )
