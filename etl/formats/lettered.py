"""Sheets whose stacked heads change in wording from edition to edition: columns by letter.

Each column is pinned by a pattern that its head must hold, so that a sheet with another order
of columns is refused, not misread.
"""

from __future__ import annotations

import fnmatch
import io
import re
import zipfile

import pandas as pd
from pydantic import Field
from python_calamine import CalamineError, CalamineWorkbook

from etl.errors import SourceError
from etl.formats import Cells, Source
from etl.formats.archive import BROKEN
from etl.formats.rules import CHANGED, match_areas
from etl.formats.tables import letter_of, text_of
from etl.model import Column
from indicators.model import Strict

AHEAD = 20  # a head ends before this line, in every known sheet


class Options(Strict):
    """How a sheet is used.

    `sheets` are the names that the sheet has had; the first one that is there counts. `member`
    is a pattern for the workbook's name where it lies in a zip. Columns are declared as
    `letter | regular expression`; `key` is the letter of the area's column. Figures begin with
    the first row whose key the first pattern of `areas` matches; everything above is the head.
    `where` keeps rows by their text in a column. The time is found by `time`, a regular
    expression with one group, above the figures, or by `time_in_name` in the file's name.
    `months` says that declared columns stand once a month: their head is the date.
    """

    sheets: list[str]
    member: str = ""
    key: str = "A"
    areas: dict[str, str | None]
    where: dict[str, list[str]] = Field(default_factory=dict)
    time: str = ""
    time_in_name: str = ""
    months: bool = False
    vintage: str = ""
    decimal: str


def read(source: Source) -> Cells:
    """Return the cells of the declared columns.

    Raises:
        SourceError: no workbook, an absent sheet, a column whose head is another one, no row of
            an area, no stated time, or a declared text that does not occur.
    """
    options = Options.model_validate(source.layout.options)
    name, rows = _sheet(source, options)
    frame = pd.DataFrame(rows, index=range(1, len(rows) + 1), dtype="object").fillna("")
    head, body = _split(frame, options, source, name)
    body = body[_kept(body, options, source, name)]
    area = match_areas(body[_position(options.key)].map(_one_line), options.areas)
    body, area = body[area.notna()], area[area.notna()]
    time = "" if options.months else _time(head, options, source, name)
    parts = [
        _cells(body, area, column, position, stated or time, f"{name}!{letter_of(position)}")
        for column, position, stated in _bind(head, options, source, name)
    ]
    return Cells(_with_dimensions(pd.concat(parts, ignore_index=True)), options.vintage)


def _split(
    frame: pd.DataFrame, options: Options, source: Source, name: str
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return what stands above the first row of an area, and the rest."""
    key, pattern = _position(options.key), re.compile(next(iter(options.areas)))
    texts = frame[key].map(_one_line) if key in frame.columns else pd.Series(dtype="object")
    begins = texts.map(lambda text: bool(pattern.fullmatch(text))).astype(bool)
    if not begins.any():
        found = str([text for text in texts if text][:5])
        raise SourceError(
            source.place(column=f"{name}!{options.key}"), "no row of an area", CHANGED, found
        )
    first = 1 + int(begins.to_numpy().argmax())
    return frame.loc[: first - 1], frame.loc[first:]


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _sheet(source: Source, options: Options) -> tuple[str, list[list[str]]]:
    """Return the name and the cells of the sheet, as text."""
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(_bytes(source, options)))
        name = next((name for name in options.sheets if name in workbook.sheet_names), None)
        if name is None:
            raise SourceError(
                source.place(),
                f"none of the sheets {', '.join(options.sheets)} is there",
                CHANGED,
                ", ".join(workbook.sheet_names),
            )
        rows = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
    except CalamineError as error:
        raise SourceError(
            source.place(), f"this is no workbook ({error})", "Download it again."
        ) from error
    return name, [[text_of(cell) for cell in row] for row in rows]


def _bytes(source: Source, options: Options) -> bytes:
    if not options.member:
        return source.path.read_bytes()
    try:
        with zipfile.ZipFile(source.path) as archive:
            names = fnmatch.filter(archive.namelist(), options.member)
            if len(names) == 1:
                return archive.read(names[0])
            found = ", ".join(archive.namelist())
    except BROKEN as error:
        raise SourceError(
            source.place(), f"this is no complete zip file ({error})", "Download it again."
        ) from error
    raise SourceError(
        source.place(), f"not one file of the zip is named {options.member}", CHANGED, found[:200]
    )


def _kept(body: pd.DataFrame, options: Options, source: Source, name: str) -> pd.Series:
    kept = pd.Series(True, index=body.index)
    for letter, texts in options.where.items():
        cells = body[_position(letter)].str.strip()
        absent = [text for text in texts if text not in set(cells)]
        if absent:
            raise SourceError(
                source.place(column=f"{name}!{letter}"),
                "a declared text does not occur",
                CHANGED,
                absent[0],
            )
        kept &= cells.isin(texts)
    return kept


def _bind(
    head: pd.DataFrame, options: Options, source: Source, name: str
) -> list[tuple[Column, int, str]]:
    """Return each declared column with its position and, where months stand across, its month."""
    if options.months:
        return _months(head, source, name)
    bound = []
    for column in source.layout.columns:
        letter, _, pattern = column.head.partition(" | ")
        position = _position(letter)
        found = _above(head, position)
        if not re.search(pattern, found):
            raise SourceError(
                source.place(len(head), f"{name}!{letter}"),
                f"the head of the column does not hold {pattern!r}",
                CHANGED,
                found[:200],
            )
        bound.append((column, position, ""))
    return bound


def _months(head: pd.DataFrame, source: Source, name: str) -> list[tuple[Column, int, str]]:
    """Return the one declared column at each position whose head is a date."""
    (column,) = source.layout.columns
    days = re.compile(r"(?:19|20)\d\d-\d\d-\d\d")
    bound: list[tuple[Column, int, str]] = [
        (column, int(position), dates[-1])
        for position in head.columns
        if (dates := [text for text in head[position].tail(AHEAD) if days.fullmatch(text)])
    ]
    if not bound:
        raise SourceError(source.place(column=name), "no head is a month", CHANGED)
    return bound


def _above(head: pd.DataFrame, position: int) -> str:
    """Return all texts above a column; a text to the left of empty cells counts for them too."""
    if position not in head.columns:
        return ""
    texts = []
    for _, row in head.tail(AHEAD).iterrows():
        filled = [str(text) for text in row.iloc[: position + 1]]
        while len(filled) > 1 and not filled[-1].strip():
            filled.pop()
        texts.append(_one_line(filled[-1]))
    return " | ".join(text for text in texts if text)


def _time(head: pd.DataFrame, options: Options, source: Source, name: str) -> str:
    if options.time_in_name:
        found = re.search(options.time_in_name, source.file)
        place = source.place()
    else:
        found = re.search(options.time, "\n".join(head.astype(str).agg(" ".join, axis=1)))
        place = source.place(column=name)
    if not found:
        raise SourceError(place, "no stated time", CHANGED, options.time or options.time_in_name)
    return found.group(1)


def _cells(
    body: pd.DataFrame, area: pd.Series, column: Column, position: int, time: str, address: str
) -> pd.DataFrame:
    cells = pd.DataFrame({"line": body.index, "area": area, "text": body[position].str.strip()})
    cells = cells.assign(column=address, measure=column.measure, time=time[:4])
    if len(time) > 4:
        cells["month"] = time[5:7]
    return cells.assign(**column.dims)


def _with_dimensions(cells: pd.DataFrame) -> pd.DataFrame:
    """Return cells in which a dimension that a column does not state is its total."""
    own = [name for name in cells.columns if name not in ("text", "line")]
    return cells.assign(**{name: cells[name].fillna("") for name in own})


def _position(letters: str) -> int:
    position = 0
    for letter in letters:
        position = position * 26 + ord(letter) - 64
    return position - 1
