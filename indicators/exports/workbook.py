"""Rows as XLSX: typed cells, a sheet of metadata and a sheet that explains the marks."""

from __future__ import annotations

import io
from typing import Any

import pandas as pd
import xlsxwriter

from indicators.exports.description import Definition, Description, Field
from indicators.exports.writers import in_words
from indicators.legend import load_legend
from indicators.model import Text

SHEETS = {
    "data": Text(de="Daten", en="Data"),
    "metadata": Text(de="Metadaten", en="Metadata"),
    "legend": Text(de="Zeichen", en="Marks"),
}
LABELS = {
    "title": Text(de="Inhalt", en="Content"),
    "release": Text(de="Datenstand", en="Release"),
    "built": Text(de="erstellt", en="built"),
    "boundaries": Text(de="Gebietsstand", en="Boundaries as of"),
    "name": Text(de="Bezeichnung", en="Name"),
    "description": Text(de="Bedeutung", en="Meaning"),
    "formula": Text(de="Formel", en="Formula"),
    "unit": Text(de="Einheit", en="Unit"),
    "reference": Text(de="Stichtag oder Zeitraum", en="Reference date or period"),
    "caveats": Text(de="Hinweise", en="Caveats"),
    "source": Text(de="Quelle", en="Source"),
    "licence": Text(de="Lizenz", en="Licence"),
    "attribution": Text(de="Quellenvermerk", en="Attribution"),
}
OPTIONS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}


def xlsx(frame: pd.DataFrame, description: Description, language: str) -> bytes:
    """Return a workbook; names of columns, marks and units are in words of `language`."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, OPTIONS) as book:
        book.set_properties({"title": description.title.get(language)})
        bold = book.add_format({"bold": True})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        _data(book.add_worksheet(SHEETS["data"].get(language)), frame, description, language,
              bold, day)  # fmt: skip
        _metadata(book.add_worksheet(SHEETS["metadata"].get(language)), description, language, bold)
        _legend(book.add_worksheet(SHEETS["legend"].get(language)), language, bold)
    return buffer.getvalue()


def _data(
    sheet: Any, frame: pd.DataFrame, description: Description, language: str, bold: Any, day: Any
) -> None:
    fields = description.fields
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(frame), len(fields) - 1)
    for column, field in enumerate(fields):
        sheet.set_column(column, column, 34 if field.id.endswith("name") else 14)
    for column, field in enumerate(fields):
        sheet.write_string(0, column, field.name.get(language), bold)
    columns = [in_words(frame[field.id], field, language).tolist() for field in fields]
    for row, entries in enumerate(zip(*columns, strict=True), start=1):
        for column, (entry, field) in enumerate(zip(entries, fields, strict=True)):
            _cell(sheet, row, column, entry, field, day)


def _cell(sheet: Any, row: int, column: int, entry: Any, field: Field, day: Any) -> None:
    if pd.isna(entry):
        return
    if field.type == "string":
        if entry:
            sheet.write_string(row, column, str(entry))
    elif field.type == "date":
        sheet.write_datetime(row, column, pd.Timestamp(entry).to_pydatetime(), day)
    else:
        sheet.write_number(row, column, float(entry))


def _metadata(sheet: Any, description: Description, language: str, bold: Any) -> None:
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 1, 110)
    lines = [
        ("title", description.title.get(language)),
        ("release", description.release),
        ("built", f"{description.built:%Y-%m-%d}"),
        ("boundaries", description.boundaries),
    ]
    for entry in description.definitions:
        lines += [("", ""), *_definition(entry, language)]
    lines.append(("", ""))
    for origin in description.origins:
        name = f"{origin.publisher.get(language)}: {origin.table}, {origin.title.get(language)}"
        state = " ".join(part for part in (origin.vintage, origin.retrieved) if part)
        lines.append(("source", f"{name} {f'({state})' if state else ''}".strip()))
    lines += [("licence", f"{name} {url}".strip()) for name, url in description.licences]
    lines += [("attribution", line) for line in description.attributions]
    for row, (label, text) in enumerate(lines):
        sheet.write_string(row, 0, LABELS[label].get(language) if label else "", bold)
        sheet.write_string(row, 1, text)


def _definition(entry: Definition, language: str) -> list[tuple[str, str]]:
    lines = [("name", f"{entry.name.get(language)} ({entry.id})")]
    for label in ("description", "formula", "unit", "reference", "caveats"):
        text: Text | None = getattr(entry, label)
        if text is not None:
            lines.append((label, text.get(language)))
    return lines


def _legend(sheet: Any, language: str, bold: Any) -> None:
    sheet.set_column(0, 1, 26)
    sheet.set_column(2, 2, 110)
    legend = load_legend()
    for row, entry in enumerate((*legend.marks, *legend.qualifiers)):
        sheet.write_string(row, 0, entry.name.get(language), bold)
        sheet.write_string(row, 1, entry.id)
        sheet.write_string(row, 2, entry.explained.get(language))
