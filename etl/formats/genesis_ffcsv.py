"""GENESIS "ffcsv": the current flat format, one cell a row, zipped, UTF-8 with BOM."""

from __future__ import annotations

import io
import zipfile

import pandas as pd

from etl.errors import SourceError
from etl.formats import Cells, Source
from etl.formats.text import decode, unzip
from indicators.model import Strict

START = ["statistics_code", "statistics_label", "time_code", "time_label", "time"]
END = ["value", "value_unit", "value_variable_code", "value_variable_label"]
AREAS = {"DINSG", "DLAND", "REGBEZ", "KREISE"}


class Options(Strict):
    """`variables` maps the publisher's variable codes (after the area) to our dimensions."""

    variables: dict[str, str] = {}


def read(source: Source) -> Cells:
    """Return the cells of a zipped ffcsv file.

    Raises:
        SourceError: no zip or a broken one, another head, an incomplete row, an unknown
            variable, measure or unit.
    """
    options = Options.model_validate(source.layout.options)
    table = _table(source)
    _refuse_unknown(table, options, source)
    declared = {column.head: column for column in source.layout.columns}
    kind = table["value_variable_code"] + " | " + table["value_unit"]
    for head in kind.unique():
        if head not in declared:
            raise SourceError(
                source.place(int(table["line"][kind == head].iloc[0])),
                f"measure and unit are not declared ({', '.join(declared)})",
                "See whether the publisher changed the table and adapt datasets.yml.",
                head,
            )
    cells = pd.DataFrame(
        {
            "line": table["line"],
            "column": str(list(table.columns).index("value")),
            "measure": kind.map({head: column.measure for head, column in declared.items()}),
            "time": table["time"],
            "area": table["1_variable_attribute_code"],
            "text": table["value"],
        }
    )
    for code, dimension in options.variables.items():
        cells[dimension] = _codes_of(table, code)
    return Cells(cells, _vintage(source))


def _table(source: Source) -> pd.DataFrame:
    text = decode(unzip(source), source)
    head = text.split("\n", 1)[0].rstrip("\r").split(";")
    if head[: len(START)] != START or head[-len(END) :] != END:
        raise SourceError(
            source.place(1),
            "the head line is not that of the flat format",
            "See whether the publisher changed the format.",
            ";".join(head)[:120],
        )
    for number, line in enumerate(text.rstrip("\n").split("\n")[1:], start=2):
        if line.count(";") < len(head) - 1:
            raise SourceError(
                source.place(number),
                f"the row has {line.count(';') + 1} fields instead of {len(head)}",
                "Download it again.",
                line[:80],
            )
    table = pd.read_csv(
        io.StringIO(text), sep=";", dtype=str, keep_default_na=False, index_col=False
    )
    table.insert(0, "line", range(2, len(table) + 2))
    return table


def _variables(table: pd.DataFrame) -> list[int]:
    """Return the numbers of the classifying variables after the area."""
    return [n for n in range(2, 10) if f"{n}_variable_code" in table]


def _refuse_unknown(table: pd.DataFrame, options: Options, source: Source) -> None:
    known = {1: AREAS, **{n: {*options.variables, ""} for n in _variables(table)}}
    for n, codes in known.items():
        unknown = table.loc[~table[f"{n}_variable_code"].isin(list(codes))]
        if len(unknown):
            raise SourceError(
                source.place(int(unknown["line"].iloc[0]), f"{n}_variable_code"),
                "the variable is not declared for this table",
                "See whether the publisher changed the table and adapt datasets.yml.",
                unknown[f"{n}_variable_code"].iloc[0],
            )


def _codes_of(table: pd.DataFrame, code: str) -> pd.Series:
    """Return the attribute code of one variable per row, '' where it does not apply."""
    result = pd.Series("", index=table.index)
    for n in _variables(table):
        here = table[f"{n}_variable_code"] == code
        result = result.mask(here, table[f"{n}_variable_attribute_code"])
    return result


def _vintage(source: Source) -> str:
    """Return the day of the extract, from the date that the zip states for its table."""
    with zipfile.ZipFile(source.path) as archive:
        year, month, day, *_ = archive.infolist()[0].date_time
    return f"{year:04d}-{month:02d}-{day:02d}"
