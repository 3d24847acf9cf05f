"""Files for analysts: what is written is what the release holds, and no spreadsheet runs it."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import duckdb
import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.exports import standards, workbook, writers
from indicators.exports.description import Description, dictionary
from indicators.exports.safety import file_name, harmless
from indicators.extracts import (
    FIGURES,
    OBSERVATIONS,
    Extracts,
    Figures,
    Observations,
    Selection,
    open_extracts,
)
from indicators.legend import load_legend, texts

# The five areas with a secret indicator, a negative one, one with breaks; all cells of a table
# that prints signs.
SELECTIONS: list[Selection] = [
    Figures(
        ("automotive_share_of_industry", "commuter_balance_per_100", "employees_growth"),
        ("14511", "14521", "14522", "14523", "14524", "145", "14", "DG"),
    ),
    Figures(("unemployment_rate",), first=2010, last=2012),
    Figures(
        ("manufacturing_share_of_employees", "automotive_share_of_industry", "median_pay"),
        ("14521", "14524"),
        together=True,
    ),
    Observations("42111-02-03-4", areas=("14511", "14524")),
    Observations("sbs_r_nuts06_r2", areas=("145",)),
]
NUMBERS = ("value", "lower", "upper")


@pytest.fixture(scope="module")
def extracts(release: Path) -> Extracts:
    return open_extracts(release)


@pytest.fixture(params=SELECTIONS, ids=lambda entry: type(entry).__name__)
def extract(request: pytest.FixtureRequest, extracts: Extracts) -> tuple[pd.DataFrame, Description]:
    """Return rows of a selection and their description."""
    rows = extracts.rows(request.param)
    assert len(rows) == extracts.count(request.param) > 0
    return rows, extracts.describe(request.param)


@pytest.fixture
def office(tmp_path: Path) -> Callable[[Path], Path]:
    """Return a function that converts a file to XLSX with LibreOffice; skip where there is none."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        pytest.skip("LibreOffice is not installed")

    def convert(path: Path) -> Path:
        # Filter of Text-CSV: semicolon, quotes, UTF-8, from line 1, German, numbers recognised.
        how = "--infilter=Text - txt - csv (StarCalc):59,34,76,1,,1031,false,true"
        home = f"-env:UserInstallation=file://{tmp_path / 'office'}"
        command = [program, home, "--headless", how, "--convert-to", "xlsx", "--outdir"]
        subprocess.run(
            [*command, str(tmp_path), str(path)], check=True, capture_output=True, timeout=120
        )
        return tmp_path / f"{path.stem}.xlsx"

    return convert


def same(read: pd.DataFrame, rows: pd.DataFrame, description: Description) -> None:
    """Fail unless what was read back equals the rows; '' and a missing text are the same."""
    assert list(read.columns) == [field.id for field in description.fields]
    assert len(read) == len(rows)
    for field in description.fields:
        was, now = rows[field.id].reset_index(drop=True), read[field.id].reset_index(drop=True)
        if field.type in ("number", "integer"):
            pd.testing.assert_series_equal(
                now.astype(float), was.astype(float), check_names=False, rtol=0, atol=0
            )
        elif field.type == "date":
            assert list(_days(now)) == list(_days(was))
        else:
            assert list(now.fillna("").map(str)) == [harmless(str(x)) for x in was.fillna("")]


def _days(column: pd.Series) -> list[str]:
    return ["" if pd.isna(day) else str(day)[:10] for day in column]


def text_columns(description: Description) -> dict[str, str]:
    return {field.id: "str" for field in description.fields if field.type == "string"}


def test_plain_csv_reads_back_equal_with_pandas(
    extract: tuple[pd.DataFrame, Description],
) -> None:
    rows, description = extract
    content = writers.plain_csv(rows, description)
    read = pd.read_csv(
        io.BytesIO(content), dtype=text_columns(description), keep_default_na=False, na_values=[""],

    )  # fmt: skip
    same(read, rows, description)


def test_plain_csv_reads_back_equal_with_duckdb(
    extract: tuple[pd.DataFrame, Description], tmp_path: Path
) -> None:
    rows, description = extract
    path = tmp_path / "a.csv"
    path.write_bytes(writers.plain_csv(rows, description))
    types = {"string": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE", "date": "DATE"}
    columns = {field.id: types[field.type] for field in description.fields}
    read = duckdb.read_csv(str(path), columns=columns, header=True).df()
    same(read, rows, description)


def test_parquet_reads_back_equal_and_says_what_it_is(
    extract: tuple[pd.DataFrame, Description],
) -> None:
    rows, description = extract
    table = pq.read_table(io.BytesIO(writers.parquet(rows, description)))
    read = table.to_pandas()
    assert list(read.columns) == [field.id for field in description.fields]
    for name in NUMBERS:
        if name in read:
            pd.testing.assert_series_equal(read[name], rows[name], check_names=False, rtol=0)
    said = json.loads(table.schema.metadata[b"strukturmonitor"])
    assert said["release"] == description.release
    assert said["attribution"] == list(description.attributions)
    assert {mark["id"] for mark in said["marks"]} >= {"secret", "missing", "zero"}


def test_json_reads_back_equal(extract: tuple[pd.DataFrame, Description]) -> None:
    rows, description = extract
    content = json.loads(writers.as_json(rows, description))
    read = pd.DataFrame(content["data"])
    for name in NUMBERS:
        if name in read:
            assert list(read[name].astype(float).fillna(-1e99)) == list(rows[name].fillna(-1e99))
    assert list(read["mark"]) == list(rows["mark"])
    assert content["metadata"]["definitions"] and content["metadata"]["sources"]


@pytest.mark.parametrize("language", ["de", "en"])
def test_a_workbook_has_typed_cells_metadata_and_marks(
    extract: tuple[pd.DataFrame, Description], language: str
) -> None:
    rows, description = extract
    book = openpyxl.load_workbook(io.BytesIO(workbook.xlsx(rows, description, language)))
    data, metadata, marks = (book[name.get(language)] for name in workbook.SHEETS.values())
    lines = list(data.iter_rows(values_only=True))
    assert list(lines[0]) == [field.name.get(language) for field in description.fields]
    assert len(lines) == len(rows) + 1
    words = texts(language)
    for position, field in enumerate(description.fields):
        found = [line[position] for line in lines[1:]]
        was = rows[field.id].tolist()
        if field.type == "number":
            assert all(isinstance(cell, int | float) or cell is None for cell in found)
            # A workbook holds 16 digits.
            assert [cell is None for cell in found] == [bool(pd.isna(number)) for number in was]
            known = [cell for cell in found if cell is not None]
            assert known == pytest.approx([x for x in was if not pd.isna(x)], rel=1e-15)
        elif field.id == "mark":
            assert found == [words[f"mark.{mark}"] for mark in was]
    said = {str(cell) for line in metadata.iter_rows(values_only=True) for cell in line}
    assert description.release in said
    assert said >= set(description.attributions)
    assert len(list(marks.iter_rows())) == sum(map(len, vars(load_legend()).values()))


def test_a_secret_figure_has_no_value_in_any_file_and_a_zero_has_one(extracts: Extracts) -> None:
    rows = extracts.rows(Observations("42111-02-03-4", areas=("14511",)))
    secret, zero = rows[rows["mark"] == "secret"], rows[rows["mark"] == "zero"]
    assert len(secret) and len(zero)
    assert secret["value"].isna().all()
    assert (zero["value"] == 0).all()
    assert set(secret["published"]) == {"."}


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_is_written_so_that_it_reads_back(value: float) -> None:
    assert float(writers.number(value)) == value


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=1+1", "'=1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"),
        ("\tx", "'\tx"),
        ("\rx", "'\rx"),
        ("-", "-"),
        ("-12,5", "-12,5"),
        ("+3.4", "+3.4"),
        ("-1+cmd", "'-1+cmd"),
        ("Zwickau", "Zwickau"),
        ("", ""),
    ],
)
def test_what_a_spreadsheet_would_run_is_made_harmless_and_numbers_stay(
    text: str, written: str
) -> None:
    assert harmless(text) == written


@given(st.lists(st.text(), min_size=1, max_size=5))
def test_a_file_name_never_leaves_its_folder(parts: list[str]) -> None:
    name = file_name(*parts, ending="csv")
    assert "/" not in name and "\\" not in name and ".." not in Path(name).parts
    assert Path(name).name == name
    assert name.isascii()


def test_every_column_of_a_file_is_in_the_dictionary() -> None:
    assert {*FIGURES, *OBSERVATIONS} <= set(dictionary())


def test_every_mark_of_a_release_is_explained(extracts: Extracts) -> None:
    rows = extracts.rows(Figures())
    legend = load_legend()
    assert set(rows["mark"]) <= {entry.id for entry in legend.marks}
    found = {part for said in rows["qualifier"].unique() for part in said.split(";") if part}
    assert found <= {entry.id for entry in legend.qualifiers}


def test_the_german_csv_opens_as_numbers_in_a_spreadsheet(
    extracts: Extracts, tmp_path: Path, office: Callable[[Path], Path]
) -> None:
    selection = Figures(("unemployment_rate",), ("14511", "14524"), 2010, 2015)
    rows, description = extracts.rows(selection), extracts.describe(selection)
    path = tmp_path / "deutsch.csv"
    path.write_bytes(writers.excel_csv(rows, description, "de"))
    sheet = openpyxl.load_workbook(office(path)).active
    lines = list(sheet.iter_rows(values_only=True))
    value, year, key = (
        lines[0].index(name) for name in ("Wert", "Jahr", dictionary()["area_id"].name.de)
    )
    assert [line[value] for line in lines[1:]] == pytest.approx(list(rows["value"]))
    assert {line[year] for line in lines[1:]} == set(range(2010, 2016))
    assert {str(line[key]) for line in lines[1:]} == {"14511", "14524"}


def test_descriptors_name_every_column_with_its_type(
    extract: tuple[pd.DataFrame, Description],
) -> None:
    _, description = extract
    table = standards.csvw(description, "a.csv")["tableSchema"]
    names = [field.id for field in description.fields]
    assert [column["name"] for column in table["columns"]] == names
    assert set(table["primaryKey"]) <= set(names)
    entry = standards.resource(description, "a.csv", 1, "0" * 64, 1)
    assert [field["name"] for field in entry["schema"]["fields"]] == names
    assert entry["licenses"] and entry["sources"]


def test_a_key_tells_rows_apart(extract: tuple[pd.DataFrame, Description]) -> None:
    rows, description = extract
    assert not rows.duplicated(list(description.key)).any()


def test_areas_taken_together_have_a_share_of_sums(extracts: Extracts) -> None:
    rows = extracts.rows(SELECTIONS[2]).set_index(["indicator", "year"])
    # 13111-07-05-4, 30 June 2020: 36,053 + 36,420 of 113,461 + 123,543 employees.
    figure = rows.loc[("manufacturing_share_of_employees", 2020)]
    assert figure["value"] == pytest.approx(72473 / 237004 * 100)
    assert (figure["area_id"], figure["level"]) == ("14521+14524", "group")
    assert rows["rank"].isna().all()
    # Medians cannot be added up.
    assert set(rows.loc["median_pay", "mark"]) == {"not_applicable"}


def test_the_german_csv_reads_back_equal_with_words_for_marks(
    extract: tuple[pd.DataFrame, Description],
) -> None:
    rows, description = extract
    content = writers.excel_csv(rows, description, "de")
    assert content.startswith("\N{ZERO WIDTH NO-BREAK SPACE}".encode())
    read = pd.read_csv(
        io.BytesIO(content), sep=";", decimal=",", dtype=_strings(description),
        encoding="utf-8-sig", keep_default_na=False, na_values=[""],
    )  # fmt: skip
    assert len(read) == len(rows)
    for field in description.fields:
        was, now = rows[field.id].reset_index(drop=True), read[field.name.de]
        if field.type in ("number", "integer"):
            pd.testing.assert_series_equal(
                now.astype(float), was.astype(float), check_names=False, rtol=0, atol=0
            )
    words = texts("de")
    marks = [words[f"mark.{mark}"] for mark in rows["mark"]]
    assert list(read[dictionary()["mark"].name.de]) == marks


def _strings(description: Description) -> dict[str, str]:
    return {field.name.de: "str" for field in description.fields if field.type == "string"}


def test_parquet_reads_back_equal_with_duckdb(
    extract: tuple[pd.DataFrame, Description], tmp_path: Path
) -> None:
    rows, description = extract
    path = tmp_path / "a.parquet"
    path.write_bytes(writers.parquet(rows, description))
    read = duckdb.read_parquet(str(path)).df()
    for field in description.fields:
        was, now = rows[field.id].reset_index(drop=True), read[field.id]
        if field.type in ("number", "integer"):
            pd.testing.assert_series_equal(
                now.astype(float), was.astype(float), check_names=False, rtol=0, atol=0
            )
        elif field.type == "string":
            assert list(now.fillna("")) == list(was.fillna(""))
