"""The address of a cell leads to that very cell of the recorded file, read without our parsers."""

from __future__ import annotations

import gzip
import io
import random
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from indicators.explanation import Part
from indicators.provenance import Provenance, open_provenance
from tests.conftest import connect

pytestmark = [pytest.mark.recorded, pytest.mark.filterwarnings("ignore:Print area:UserWarning")]
SEED, PER_THEME = 407, 10


@pytest.fixture(scope="module")
def parts(release: Path) -> list[tuple[str, Part]]:
    """Return the cells of ten figures per theme, picked at random with a fixed seed."""
    with connect(release) as connection:
        rows = connection.execute(
            """SELECT i.theme, v.indicator, v.area_id, v.year FROM indicator_value v
            JOIN indicator i ON i.id = v.indicator
            WHERE v.value IS NOT NULL OR v.lower IS NOT NULL ORDER BY ALL"""
        ).fetchall()
    themes: dict[str, list[tuple[str, str, int]]] = {}
    for theme, *figure in rows:
        themes.setdefault(theme, []).append((figure[0], figure[1], int(figure[2])))
    chance = random.Random(SEED)  # noqa: S311
    provenance = open_provenance(release)
    return [
        (theme, part)
        for theme, figures in themes.items()
        for figure in chance.sample(figures, PER_THEME)
        for part in _cells(provenance, figure)
    ]


def _cells(provenance: Provenance, figure: tuple[str, str, int]) -> Iterator[Part]:
    explanation = provenance.explain(*figure)
    assert explanation is not None
    for quantity in explanation.quantities:
        # A sum over occupations has hundreds of cells of one file: the ends of the list do.
        yield from dict.fromkeys((*quantity.parts[:3], *quantity.parts[-3:]))


def test_every_address_leads_to_the_cell(parts: list[tuple[str, Part]], recordings: Path) -> None:
    themes = {theme for theme, _ in parts}
    assert len(themes) == 10
    for theme, part in parts:
        found = at(recordings / part.path, part.line, part.column)
        place = f"{theme}: {part.path}, line {part.line}, column {part.column}"
        if part.published:
            assert str(found) == part.published, place
        else:
            assert pd.isna(found) if part.value is None else float(str(found)) is not None, place
            if part.value is not None:
                assert number(found) == pytest.approx(part.value, rel=1e-6), place


def number(found: object) -> float:
    return float(str(found))


def at(path: Path, line: int, column: str) -> object:
    """Return what stands at an address: line counted from 1, column a number or its heading."""
    if path.suffix == ".parquet":
        return table(path).iloc[line - 1][column]
    if path.suffix in (".xlsx", ".xls"):
        return sheet(path, line, column)
    rows = lines(path)
    if path.name.endswith(".tsv.gz") or path.suffix == ".tsv":
        heads = [head.strip() for head in rows[0].split("\t")]
        return " ".join(rows[line - 1].split("\t")[heads.index(column)].split())
    separator = ";" if rows[line - 1].count(";") > rows[line - 1].count(",") else ","
    fields = next(iter(pd.read_csv(
        io.StringIO(rows[line - 1]), sep=separator, header=None, dtype=str, keep_default_na=False
    ).itertuples(index=False)))  # fmt: skip
    if column.isdecimal():
        return fields[int(column) - 1].strip()
    heads = rows[0].lstrip("\N{ZERO WIDTH NO-BREAK SPACE}").replace('"', "").split(separator)
    value = fields[heads.index(column)].strip()
    flag = fields[heads.index("OBS_FLAG")].strip() if "OBS_FLAG" in heads else ""
    return f"{value} {flag}".strip()


@cache
def table(path: Path) -> pd.DataFrame:
    return pd.read_parquet(path)


def sheet(path: Path, line: int, column: str) -> object:
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    name, _, letter = column.rpartition("!")
    found = book[name] if name else book.worksheets[0]
    return found[f"{letter}{line}"].value


@cache
def lines(path: Path) -> list[str]:
    raw = path.read_bytes()
    if path.suffix == ".gz":
        raw = gzip.decompress(raw)
    if path.suffix == ".zip":
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            raw = archive.read(archive.namelist()[0])
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        text = raw.decode("iso-8859-1")
    return text.split("\n")
