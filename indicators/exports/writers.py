"""Rows as CSV, CSV for German Excel, Parquet and JSON; XLSX is in `workbook`.

Numbers are written so that reading them back gives the same number; a missing one is empty
(null in JSON). Texts are made harmless for spreadsheets in CSV.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from indicators.exports.description import Description, Field, as_record
from indicators.exports.safety import harmless
from indicators.legend import texts
from indicators.registry import load_registry

BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"
ARROW: dict[str, pa.DataType] = {
    "string": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "date": pa.date32(),
}
MARKED = {"mark": "mark", "qualifier": "qualifier"}


def plain_csv(frame: pd.DataFrame, description: Description) -> bytes:
    """Return RFC 4180 CSV: comma, decimal point, UTF-8, keys as column names."""
    columns = [_written(frame[field.id], field, ".") for field in description.fields]
    return _csv([field.id for field in description.fields], columns, ",").encode("utf-8")


def excel_csv(frame: pd.DataFrame, description: Description, language: str) -> bytes:
    """Return CSV as German Excel opens it: semicolon, decimal comma, UTF-8 with its mark.

    Column names, marks, qualifiers and units are in words of `language`.
    """
    columns = [
        _written(in_words(frame[field.id], field, language), field, ",")
        for field in description.fields
    ]
    titles = [field.name.get(language) for field in description.fields]
    return (BOM + _csv(titles, columns, ";")).encode("utf-8")


def parquet(frame: pd.DataFrame, description: Description) -> bytes:
    """Return Parquet with typed columns; the description is the file's metadata."""
    schema = pa.schema([(field.id, ARROW[field.type]) for field in description.fields])
    arrays = [
        pa.Array.from_pandas(frame[field.id], type=ARROW[field.type], safe=False)
        for field in description.fields
    ]
    table = pa.Table.from_arrays(arrays, schema=schema)
    said = json.dumps(as_record(description), ensure_ascii=False).encode("utf-8")
    buffer = io.BytesIO()
    pq.write_table(
        table.replace_schema_metadata({b"strukturmonitor": said}), buffer, compression="zstd"
    )
    return buffer.getvalue()


def as_json(frame: pd.DataFrame, description: Description) -> bytes:
    """Return JSON: the description under `metadata`, one object per row under `data`."""
    names = [field.id for field in description.fields]
    columns = [[_value(entry, field) for entry in frame[field.id]] for field in description.fields]
    rows = [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]
    content = {"metadata": as_record(description), "data": rows}
    return json.dumps(content, ensure_ascii=False, allow_nan=False).encode("utf-8")


def in_words(column: pd.Series, field: Field, language: str) -> pd.Series:
    """Return marks, qualifiers and units in words, every other column as it is."""
    if field.id == "unit":
        units = load_registry().units
        return column.map(lambda unit: units[unit].get(language) if unit in units else unit)
    if field.id not in MARKED:
        return column
    known = texts(language)

    def say(codes: object) -> str:
        said = (known[f"{field.id}.{code}"] for code in str(codes).split(";") if code)
        return ", ".join(said)

    return column.map({code: say(code) for code in column.unique()})


def number(value: Any) -> str:
    """Return a number as the shortest text that reads back as the same number."""
    text = repr(float(value))
    return text.removesuffix(".0")


def _written(column: pd.Series, field: Field, decimal: str) -> list[str]:
    known = column.notna().to_numpy()
    write: Callable[[Any], str]
    if field.type == "string":
        # Few different texts stand in many rows.
        texts_ = {entry: harmless(str(entry)) for entry in column[known].unique()}
        write = texts_.__getitem__
    elif field.type == "integer":
        write = _integer
    elif field.type == "date":
        write = _day
    else:
        write = number
    cells = [write(entry) if there else "" for entry, there in zip(column, known, strict=True)]
    return [cell.replace(".", decimal) for cell in cells] if field.type == "number" else cells


def _integer(value: Any) -> str:
    return str(int(value))


def _day(value: Any) -> str:
    return str(value)[:10]


def _value(entry: Any, field: Field) -> str | int | float | None:
    if pd.isna(entry):
        return None
    if field.type == "string":
        return str(entry)
    if field.type == "date":
        return _day(entry)
    return int(entry) if field.type == "integer" else float(entry)


def _csv(titles: Sequence[str], columns: Sequence[Sequence[str]], separator: str) -> str:
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=separator, lineterminator="\r\n")
    writer.writerow(titles)
    writer.writerows(_rows(columns))
    return buffer.getvalue()


def _rows(columns: Sequence[Sequence[str]]) -> Iterator[tuple[str, ...]]:
    return zip(*columns, strict=True)
