"""Files to take along: German Excel opens one by a double click, everything else the other."""

from __future__ import annotations

import csv
import datetime as dt
import io
from typing import Any

import pandas as pd
import pytest

from indicators.records import Indicator, Release, Text
from pages._ui import data, downloads
from pages._ui.downloads import Extract, german_excel, harmless, plain_csv

SAME = Text("Anteil WZ 29; Industrie", "Share of WZ 29, industry")
INDICATOR = Indicator(
    **dict.fromkeys(("name", "short", "description", "formula", "caveats", "reference"), SAME),
    id="automotive_share_of_industry",
    theme="automotive",
    position=1,
    unit="percent",
    decimals=1,
    direction="neutral",
    display="rate",
    scheme="sequential",
)
COLUMNS = ("area_id", "name_de", "value", "lower", "upper", "mark", "qualifier")
RANKS = ("rank", "rank_low", "rank_high", "n")
# Persons in WZ 29 as a share of industry, 30 September 2015, 42111-02-03-4.
ROWS = [
    ("14524", "Landkreis Zwickau", 48.300509, None, None, "value", "corrected", 7, 3, 50, 400),
    ("14511", "Stadt Chemnitz", None, 0.0, 34.511963, "secret", "", None, 12, 330, 400),
    ("03103", '=HYPERLINK("x")', None, None, None, "secret", "", None, None, None, None),
    ("14625", 'Kreis; mit, "Zeichen"', 1234567.5, None, None, "value", "", 91, 91, 91, 400),
    ("01001", "Ort ohne Fall", 0.0, None, None, "zero", "provisional;break", 400, 400, 400, 400),
    ("16056", "Aufgelöster Kreis", None, None, None, "dissolved", "", None, None, None, None),
]
SOURCE = {
    "dataset": "42111-02-03-4",
    "table_code": "42111-02-03-4",
    "publisher_name_de": "=Statistische Ämter",
    "publisher_name_en": "Statistical Offices",
    "title_de": "Beschäftigte",
    "title_en": "Persons",
    "licence": "dl-de/by-2-0",
    "vintage": "2017-10-10",
    "retrieved": None,
}


@pytest.fixture(autouse=True)
def figures(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a handful of figures in the place of a release."""
    frame = pd.DataFrame(ROWS, columns=[*COLUMNS, *RANKS]).assign(name_en=lambda f: f["name_de"])
    frame = frame.astype(dict.fromkeys(RANKS, "Int32"))
    release = Release("2026-07-09-abc", dt.datetime(2026, 7, 9), "2022-12-31", 2025, "00")
    monkeypatch.setattr(data, "indicators", lambda path: {INDICATOR.id: INDICATOR})
    monkeypatch.setattr(data, "cross_section", lambda *of: frame)
    monkeypatch.setattr(data, "sources", lambda *of: pd.DataFrame([SOURCE]))
    monkeypatch.setattr(data, "release", lambda path: release)


EXTRACT = Extract("a release", INDICATOR.id, 2015, "region", "de")


def excel_rows() -> list[dict[str, str]]:
    """Return the figures of the German file by heading, as a German Excel splits them."""
    lines = list(csv.reader(io.StringIO(german_excel(EXTRACT).decode("utf-8-sig")), delimiter=";"))
    start = next(number for number, line in enumerate(lines) if line[:1] == ["AGS"])
    return [dict(zip(lines[start], line, strict=True)) for line in lines[start + 1 :]]


def plain_rows() -> list[dict[str, str]]:
    """Return the lines of the plain file by heading."""
    return list(csv.DictReader(io.StringIO(plain_csv(EXTRACT).decode("utf-8"), newline="")))


def of(rows: list[dict[str, str]], key: str) -> dict[str, str]:
    """Return the line of an area."""
    return next(line for line in rows if key in line.values())


def test_german_excel_gets_bom_semicolon_and_decimal_comma() -> None:
    content = german_excel(EXTRACT)
    assert content.startswith(b"\xef\xbb\xbf")
    zwickau = of(excel_rows(), "14524")
    assert zwickau["Wert"] == "48,300509"
    assert (zwickau["Zeichen"], zwickau["Zusatz"]) == ("Wert", "berichtigt")
    assert of(excel_rows(), "14625")["Wert"] == "1234567,5"


def test_the_german_file_names_indicator_year_unit_extent_source_and_release() -> None:
    head = german_excel(EXTRACT).decode("utf-8-sig").split("AGS;")[0]
    for said in ("2015", "%", "Kreise der Region", "42111-02-03-4", "dl-de/by-2-0", "2026-07-09"):
        assert said in head
    assert '"Anteil WZ 29; Industrie"' in head


def test_plain_csv_is_rfc_4180() -> None:
    content = plain_csv(EXTRACT).decode("utf-8")
    assert not content.startswith("\ufeff")
    assert content.count("\r\n") == content.count("\n") == len(ROWS) + 1
    lines = list(csv.reader(io.StringIO(content, newline=""), strict=True))
    assert len({len(line) for line in lines}) == 1
    assert '"Kreis; mit, ""Zeichen"""' in content
    assert of(plain_rows(), "14524")["value"] == "48.300509"


@pytest.mark.parametrize(
    ("read", "value", "lower", "upper", "mark"),
    [
        (excel_rows, "Wert", "Untergrenze", "Obergrenze", "Zeichen"),
        (plain_rows, "value", "lower", "upper", "mark"),
    ],
)
def test_a_secret_figure_is_an_empty_cell_with_its_mark_and_its_bounds(
    read: Any, value: str, lower: str, upper: str, mark: str
) -> None:
    chemnitz, wolfsburg = of(read(), "14511"), of(read(), "03103")
    assert chemnitz[value] == wolfsburg[value] == ""
    assert chemnitz[mark] in ("geheim", "secret")
    assert (chemnitz[lower], chemnitz[upper].replace(",", ".")) == ("0", "34.511963")
    assert wolfsburg[mark] == chemnitz[mark]
    assert wolfsburg[lower] == wolfsburg[upper] == ""


@pytest.mark.parametrize("read", [excel_rows, plain_rows])
def test_no_cell_without_a_value_lacks_its_mark_and_only_a_real_zero_is_zero(read: Any) -> None:
    for line in read():
        value = line.get("Wert", line.get("value"))
        mark = line.get("Zeichen", line.get("mark"))
        assert mark
        assert (value == "0") == (mark in ("zero", "nichts vorhanden"))
        assert (value == "") == (mark not in ("zero", "nichts vorhanden", "value", "Wert"))


def test_an_interval_of_ranks_stands_in_both_files() -> None:
    zwickau = of(excel_rows(), "14524")
    assert (zwickau["Rang von"], zwickau["Rang bis"], zwickau["Kreise mit Rang"]) == (
        "3",
        "50",
        "400",
    )
    chemnitz = of(plain_rows(), "14511")
    assert [chemnitz[name] for name in RANKS] == ["", "12", "330", "400"]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_a_text_that_a_spreadsheet_would_run_is_made_harmless(start: str) -> None:
    assert harmless(f"{start}1+1") == f"'{start}1+1"
    assert harmless("Stadt Chemnitz") == "Stadt Chemnitz"


def test_no_text_in_a_file_begins_a_formula() -> None:
    for content, separator in ((german_excel(EXTRACT), ";"), (plain_csv(EXTRACT), ",")):
        cells = csv.reader(
            io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=separator
        )
        assert not [cell for line in cells for cell in line if cell.startswith(downloads.FORMULA)]


def test_every_line_of_the_plain_file_names_source_licence_and_release() -> None:
    for line in plain_rows():
        assert "42111-02-03-4" in line["source"]
        assert line["licence"] == "dl-de/by-2-0"
        assert line["release"] == "2026-07-09-abc"


def test_a_file_name_says_what_is_in_it_and_is_safe() -> None:
    name = Extract("a release", INDICATOR.id, 2015, "region", "de").name("excel")
    assert name == "automotive_share_of_industry_2015_region_2026-07-09-abc_excel.csv"
