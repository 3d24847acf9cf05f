"""What files of Eurostat, the BA, BBSR, KBA, OECD and WIOD may look like, and what is refused."""

from __future__ import annotations

import datetime
import gzip
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import xlsxwriter

from etl.conform import conform
from etl.errors import SourceError
from etl.formats import Cells, Source, parser
from etl.model import Catalogue, Dataset, Layout

SDMX_HEAD = "DATAFLOW,LAST UPDATE,freq,unit,geo,TIME_PERIOD,OBS_VALUE,OBS_FLAG"
GERMAN = {"DE[A-Z0-9]*": r"\g<0>", ".*": None}
GDP = {
    "format": "eurostat_tsv",
    "area": "nuts",
    "flags": {"p": "provisional", "b": "break", "c": "secret", "u": "unreliable"},
    "options": {"measure": "unit", "areas": GERMAN, "decimal": "."},
    "columns": [{"head": "MIO_EUR", "measure": "gdp"}],
}
EVS = {
    "format": "records",
    "year_shift": 1,
    "options": {
        "reader": "csv",
        "area": "regional_id",
        "time_in_name": r"_(\d{4})\.csv$",
        "thousands": ".",
    },
    "columns": [{"head": "evs", "measure": "cars"}],
}
PAY = {
    "format": "records",
    "options": {
        "reader": "csv",
        "separator": ";",
        "area": "ags",
        "year": "2022",
        "ignore": ["name"],
    },
    "columns": [
        {"head": "all", "measure": "pay"},
        {"head": "men", "measure": "pay", "dims": {"sex": "male"}},
    ],
}
COMMUTERS = {
    "format": "commuter_csv",
    "options": {"place": "Wohnort", "other": "Arbeitsort", "rest": "region", "skip": ["abroad"]},
    "columns": [
        {"head": "total | Insgesamt", "measure": "out"},
        {"head": "total | Frauen", "measure": "out", "dims": {"sex": "female"}},
        {"head": "kreis | Insgesamt", "measure": "flow"},
        {"head": "rest | Insgesamt", "measure": "other"},
    ],
}
WIOD = {
    "format": "matrix",
    "area": "none",
    "options": {
        "row": "Code",
        "labels": ["Year", "Code", "Origin"],
        "separator": ";",
        "head_lines": 2,
        "industry": r"[A-U]\d*",
        "dims": {"origin": "Origin"},
        "where": {"Year": ["2014"]},
        "time": "Year",
        "skip_rows": ["TXSP"],
        "final": ["EXP"],
        "thousands": " ",
    },
    "columns": [
        {"head": "industry", "measure": "deliveries"},
        {"head": "GO", "measure": "output"},
    ],
}


def source(path: Path, layout: dict[str, Any], signs: dict[str, str] | None = None) -> Source:
    columns = [column["measure"] for column in layout["columns"]]
    name = {"de": "Größe", "en": "Quantity"}
    dataset = Dataset.model_validate(
        {
            "publisher": "office",
            "table": "T1",
            "title": name,
            "url": "https://example.org",
            "reference": name,
            "measures": {
                measure: {"name": name, "unit": "number", "additive": True} for measure in columns
            },
            "signs": signs or {},
            "files": [{"glob": "*", **layout}],
        }
    )
    return Source(path, path.name, dataset, Layout.model_validate({"glob": "*", **layout}))


def read(path: Path, text: str, layout: dict[str, Any]) -> Cells:
    path.write_text(text, encoding="utf-8")
    return parser(layout["format"])(source(path, layout))


def observations(
    path: Path, text: str, layout: dict[str, Any], signs: dict[str, str] | None = None
) -> pd.DataFrame:
    path.write_text(text, encoding="utf-8")
    one = source(path, layout, signs)
    empty = Catalogue(publishers={}, codelists={}, datasets={})
    return conform(parser(layout["format"])(one), one, empty)


def refused(path: Path, text: str, layout: dict[str, Any]) -> str:
    with pytest.raises(SourceError) as error:
        read(path, text, layout)
    return str(error.value)


def tsv(*rows: str) -> str:
    return "\n".join(["unit,geo\\time\t2021 \t2020 ", *rows]) + "\n"


def test_a_flag_after_a_blank_is_kept_apart_from_the_value(tmp_path: Path) -> None:
    cells = read(tmp_path / "a.tsv", tsv("MIO_EUR,DED41\t9063.17 p\t8900 "), GDP).frame
    assert cells[["time", "text", "flag"]].values.tolist() == [
        ["2021", "9063.17", "p"],
        ["2020", "8900", ""],
    ]


@pytest.mark.parametrize(
    ("cell", "mark", "qualifier"),
    [
        (": ", "missing", ""),
        (": c", "secret", ""),
        (": bc", "secret", "break"),
        ("12 p", "value", "provisional"),
        (": u", "unreliable", ""),
    ],
)
def test_a_colon_is_missing_and_with_c_it_is_secret(
    tmp_path: Path, cell: str, mark: str, qualifier: str
) -> None:
    rows = observations(
        tmp_path / "a.tsv", tsv(f"MIO_EUR,DED41\t{cell}\t5 "), GDP, {":": "missing"}
    )
    found = rows[rows["year"] == 2021].iloc[0]
    assert (found["mark"], found["qualifier"]) == (mark, qualifier)
    assert pd.isna(found["value"]) == (mark in ("missing", "secret", "unreliable"))


def test_a_printed_zero_is_a_zero_even_where_the_area_has_no_other_figure(tmp_path: Path) -> None:
    rows = observations(tmp_path / "a.tsv", tsv("MIO_EUR,DED41\t0 \t5 "), GDP)
    assert rows[["year", "mark", "value"]].values.tolist() == [
        [2021, "zero", 0.0],
        [2020, "value", 5.0],
    ]


def test_gzip_and_plain_files_give_the_same_cells(tmp_path: Path) -> None:
    text = tsv("MIO_EUR,DED4\t1 \t2 ", "MIO_EUR,AT\t3 \t4 ")
    packed = tmp_path / "a.tsv.gz"
    packed.write_bytes(gzip.compress(text.encode()))
    one = parser("eurostat_tsv")(source(packed, GDP)).frame
    pd.testing.assert_frame_equal(one, read(tmp_path / "a.tsv", text, GDP).frame)
    assert one["area"].tolist() == ["DED4", "DED4"]


def test_a_cut_off_gzip_file_is_refused(tmp_path: Path) -> None:
    packed = tmp_path / "a.tsv.gz"
    packed.write_bytes(gzip.compress(tsv("MIO_EUR,DED4\t1 \t2 ").encode())[:-6])
    with pytest.raises(SourceError, match="no complete gzip file"):
        parser("eurostat_tsv")(source(packed, GDP))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("<!DOCTYPE html><html><body>Not found</body></html>", "web page"),
        ("unit,region\\time\t2021 \nMIO_EUR,DED4\t1 \n", "not the head line"),
        ("unit,geo\\time\t2021 \t2020 \nMIO_EUR,DED4\t1 \n", "2 fields and 2 codes instead of 3"),
        (tsv("MIO_EUR,DED4\t1 \tn/a "), "neither a figure nor"),
        (tsv("PPS,DED4\t1 \t2 "), "a declared text does not occur"),
    ],
)
def test_a_tsv_file_that_is_not_the_declared_table_is_refused(
    tmp_path: Path, text: str, reason: str
) -> None:
    assert reason in refused(tmp_path / "a.tsv", text, GDP)


def test_a_dimension_that_nobody_declared_is_refused(tmp_path: Path) -> None:
    text = "sex,unit,geo\\time\t2021 \nF,MIO_EUR,DED4\t1 \nM,MIO_EUR,DED4\t2 \n"
    assert "broken down by a dimension" in refused(tmp_path / "a.tsv", text, GDP)


def test_sdmx_csv_states_its_edition_and_its_flags(tmp_path: Path) -> None:
    start = "ESTAT:NAMA_10R_3GDP(1.0),21/02/23 23:00:00,A,MIO_EUR"
    rows = [f"{start},DED41,2020,9063.17,e", f"{start},DED42,2020,,", f"{start},AT11,2020,5,"]
    layout = {**GDP, "format": "sdmx_csv"}
    cells = read(tmp_path / "a.csv", "\n".join([SDMX_HEAD, *rows]), layout)
    assert cells.vintage == "2023-02-21"
    found = cells.frame[["line", "area", "text", "flag"]].values.tolist()
    assert found == [[2, "DED41", "9063.17", "e"], [3, "DED42", ":", ""]]


def test_sdmx_csv_with_swapped_columns_is_refused(tmp_path: Path) -> None:
    text = SDMX_HEAD.replace("TIME_PERIOD,OBS_VALUE", "OBS_VALUE,TIME_PERIOD") + "\n"
    assert "head line" in refused(tmp_path / "a.csv", text, {**GDP, "format": "sdmx_csv"})


def test_a_thousands_dot_is_never_read_as_a_decimal(tmp_path: Path) -> None:
    text = "regional_id,evs\n14511,2.707\n14523,909\n"
    rows = observations(tmp_path / "evs_2024.csv", text, EVS)
    assert rows["value"].tolist() == [2707.0, 909.0]
    assert rows["year"].tolist() == [2025, 2025]


@pytest.mark.parametrize("number", ["2.7", "2.70", "27.07", "2.7071", "1.234.5"])
def test_a_dot_that_does_not_separate_thousands_is_refused(tmp_path: Path, number: str) -> None:
    text = f"regional_id,evs\n14511,{number}\n"
    message = refused(tmp_path / "evs_2024.csv", text, EVS)
    assert "separates thousands" in message
    assert number in message


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("ags;name;all;men\n14511;Chemnitz;3144\n", "3 fields instead of 4"),
        ("ags;name;men;all\n14511;Chemnitz;3177;3144\n", "another order"),
        ("ags;name;all\n14511;Chemnitz;3144\n", "a declared head is absent"),
        ("ags;name;all;men;women\n14511;Chemnitz;1;2;3\n", "not declared (value 'women')"),
        ("kreis;name;all;men\n14511;Chemnitz;1;2\n", "not declared (value 'kreis')"),
        ("<html>Service unavailable</html>", "web page"),
        ("", "the file is empty"),
    ],
)
def test_a_csv_file_with_another_shape_is_refused(tmp_path: Path, text: str, reason: str) -> None:
    assert reason in refused(tmp_path / "pay.csv", text, PAY)


def test_an_unknown_kreis_in_a_csv_file_is_refused_with_its_line(tmp_path: Path) -> None:
    text = "ags;name;all;men\n14511;Chemnitz;3144;3177\n14999;Nirgends;1;2\n"
    with pytest.raises(SourceError, match=r"line 3.*the area is not known \(value '14999'\)"):
        observations(tmp_path / "pay.csv", text, PAY)


def workbook(path: Path, sheets: dict[str, list[list[Any]]]) -> Path:
    with xlsxwriter.Workbook(str(path)) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return path


def cars(sheets: list[str]) -> dict[str, Any]:
    return {
        "format": "records",
        "options": {
            "reader": "sheet",
            "sheets": sheets,
            "area": "Bezirk",
            "areas": {"07211 .*": None, r"(\d{5}) .*": r"\1"},
            "decimal": ".",
        },
        "columns": [
            {"head": "{time} | PHEV", "measure": "plug_in"},
            {"head": "{time} | BEV", "measure": "electric"},
        ],
    }


def test_sheets_of_several_years_are_one_table_and_one_may_lack_a_column(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "fz1.xlsx",
        {
            "2021": [["Bezirk", "PHEV ", "BEV"], ["14511  CHEMNITZ, STADT", 527, 584]],
            "2017": [
                ["Bezirk", "BEV"],
                ["14511  CHEMNITZ, STADT", 81],
                ["07211  TRIER-SAARBURG", 78],
                ["05914 HAGEN,STADT", ""],
            ],
        },
    )
    cells = parser("records")(source(path, cars(["2021", "2017"]))).frame
    found = cells[["column", "line", "area", "time", "measure", "text"]].values.tolist()
    assert found == [
        ["2021!B", 2, "14511", "2021", "plug_in", "527"],
        ["2021!C", 2, "14511", "2021", "electric", "584"],
        ["2017!B", 2, "14511", "2017", "electric", "81"],
        ["2017!B", 4, "05914", "2017", "electric", ""],
    ]


def test_a_web_page_under_the_name_of_a_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "fz1.xlsx"
    path.write_text("<html>503</html>", encoding="utf-8")
    with pytest.raises(SourceError, match="cannot be read"):
        parser("records")(source(path, cars(["2021"])))


def test_a_sheet_in_another_unit_is_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path / "i.xlsx", {"2.4": [["Income"], ["in EUR"], ["Key", 2021, 2022]]})
    layout: dict[str, Any] = {
        "format": "records",
        "options": {
            "reader": "sheet",
            "sheets": ["2.4"],
            "head": 3,
            "first": 3,
            "titles": {"2.4!A2": "in Mill. EUR"},
            "area": "Key",
        },
        "columns": [{"head": "2.4 | {time}", "measure": "income"}],
    }
    with pytest.raises(SourceError, match=r"line 2.*the title is not 'in Mill\. EUR'"):
        parser("records")(source(path, layout))


def test_stacked_heads_with_dates_give_the_time_and_other_columns_stay_out(tmp_path: Path) -> None:
    path = tmp_path / "ba.xlsx"
    with xlsxwriter.Workbook(str(path), {"default_date_format": "dd.mm.yyyy"}) as book:
        sheet = book.add_worksheet("SvB")
        sheet.write_row(0, 0, ["Region", "Am Stichtag ..."])
        sheet.write_datetime(1, 1, datetime.datetime(2021, 12, 31))
        sheet.write_datetime(1, 3, datetime.datetime(2022, 12, 31))
        sheet.write_row(2, 1, ["Insgesamt", "darunter", "Insgesamt", "darunter"])
        sheet.write_row(3, 0, ["Insgesamt", 34284367, 1.5, 34705174, 2.5])
        sheet.write_row(4, 0, ["14511 Chemnitz, Stadt", 1, 2, 119125, 3])
        sheet.write_row(5, 0, ["XXX Keine Zuordnung möglich", 1, 2, 3, 4])
        sheet.write_row(6, 0, ["Erstellungsdatum: 28.11.2023"])
    layout: dict[str, Any] = {
        "format": "records",
        "options": {
            "reader": "sheet",
            "sheets": ["SvB"],
            "head_lines": 3,
            "end": "Erstellungsdatum",
            "area": "Region",
            "areas": {"Insgesamt": "DG", r"(\d{5}) .*": r"\1", "XXX .*": None},
            "ignore": ["*darunter"],
        },
        "columns": [{"head": "SvB | Am Stichtag ... | {time} | Insgesamt", "measure": "employees"}],
    }
    cells = parser("records")(source(path, layout)).frame
    assert cells[["area", "time", "text", "column"]].values.tolist() == [
        ["DG", "2021-12-31", "34284367", "SvB!B"],
        ["14511", "2021-12-31", "1", "SvB!B"],
        ["DG", "2022-12-31", "34705174", "SvB!D"],
        ["14511", "2022-12-31", "119125", "SvB!D"],
    ]


def test_the_municipality_register_is_read_by_its_split_key(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "gv.xlsx",
        {
            "G": [
                ["Satzart", "ARS", "", "", "", "", "Fläche", "Bevölkerung"],
                ["", "Land", "RB", "Kreis", "VB", "Gem", "", "insgesamt"],
                ["40", "14", "5", "11", "", "", "", ""],
                ["60", "14", "5", "11", "0000", "000", 221.03, 248563],
            ]
        },
    )
    layout: dict[str, Any] = {
        "format": "records",
        "options": {
            "reader": "sheet",
            "sheets": ["G"],
            "head_lines": 2,
            "area": ["ARS | Land", "ARS | RB", "ARS | Kreis", "ARS | VB", "ARS | Gem"],
            "areas": {r"(\d\d) (\d) (\d\d) \d{4} (\d{3})": r"\1\2\3\4"},
            "where": {"Satzart": ["60"]},
            "year": "2023",
        },
        "columns": [
            {"head": "G | Fläche", "measure": "area"},
            {"head": "G | Bevölkerung | insgesamt", "measure": "population"},
        ],
    }
    cells = parser("records")(source(path, layout)).frame
    assert cells[["area", "line", "text"]].values.tolist() == [
        ["14511000", 4, "221.03"],
        ["14511000", 4, "248563"],
    ]


def occupations(path: Path) -> dict[str, Any]:
    pd.DataFrame(
        {
            "region": ["14511"] * 4,
            "occupation_group": ["251"] * 4,
            "year": pd.array([2025] * 4, dtype="int32"),
            "type": ["social insurance"] * 3 + ["marginal"],
            "group": ["total", "women", "foreigners", "total"],
            "n": [3848.0, None, 0.0, 7.0],
        }
    ).to_parquet(path)
    return {
        "format": "records",
        "options": {
            "reader": "parquet",
            "area": "region",
            "time": "year",
            "dims": {"occupation": "occupation_group"},
            "where": {"type": ["social insurance"]},
            "spread": {
                "group": {
                    "total": {},
                    "women": {"sex": "female"},
                    "foreigners": {"nationality": "foreign"},
                }
            },
        },
        "columns": [{"head": "n", "measure": "employees"}],
    }


def test_an_empty_typed_cell_is_what_the_table_says_and_never_a_zero(tmp_path: Path) -> None:
    path = tmp_path / "occupations.parquet"
    one = source(path, occupations(path), {"": "secret"})
    empty = Catalogue(publishers={}, codelists={}, datasets={})
    rows = conform(parser("records")(one), one, empty)
    assert rows[["line", "breakdown", "mark"]].values.tolist() == [
        [1, "", "value"],
        [2, "sex=female", "secret"],
        [3, "nationality=foreign", "zero"],
    ]
    assert rows["occupation"].unique().tolist() == ["251"]


def test_a_file_that_is_no_parquet_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "occupations.parquet"
    layout = occupations(path)
    path.write_text("<html>", encoding="utf-8")
    with pytest.raises(SourceError, match="no Parquet file"):
        parser("records")(source(path, layout))


def test_regions_are_looked_up_and_unpublished_years_left_out(tmp_path: Path) -> None:
    pd.DataFrame({"id": [7, 8], "kind": ["Kreise", "Land"], "key": [14511, 14]}).to_parquet(
        tmp_path / "_regions.parquet"
    )
    path = tmp_path / "money.parquet"
    pd.DataFrame(
        {"region": [7, 7, 8], "year": ["1995", "2019", "2019"], "x1": [None, 441.86, None]}
    ).to_parquet(path)
    layout: dict[str, Any] = {
        "format": "records",
        "options": {
            "reader": "parquet",
            "area": ["kind", "key"],
            "areas": {r"Kreise (\d{5})": r"\1", r"Land (\d\d)": r"\1"},
            "time": "year",
            "published_years_only": True,
            "lookup": {
                "file": "_regions.parquet",
                "by": "region",
                "key": "id",
                "columns": ["kind", "key"],
            },
        },
        "columns": [{"head": "x1", "measure": "trade_tax"}],
    }
    cells = parser("records")(source(path, layout)).frame
    assert cells[["line", "area", "time"]].values.tolist() == [
        [2, "14511", "2019"],
        [3, "14", "2019"],
    ]


def commuters(*rows: str, footer: bool = True) -> str:
    head = [
        '"Land";"Sachsen"',
        '"Berichtsmonat";"Juni 2023"',
        '"Wohnort";"Regionalschlüssel";"Arbeitsort";"Regionalschlüssel";"Insgesamt";"Frauen"',
    ]
    end = ['""', '"Exportdatum: ";"15072024";"23:9:14"', '"© Statistik"'] if footer else []
    return "\n".join([*head, *rows, *end]) + "\n"


CHEMNITZ = '"Chemnitz, Stadt";"14511"'


def test_commuter_rows_are_told_apart_by_their_key(tmp_path: Path) -> None:
    text = commuters(
        f'{CHEMNITZ};"Auspendler insgesamt";"0";"28840";"10720"',
        f'{CHEMNITZ};"Zwickau";"14524";"6210";"1990"',
        f'{CHEMNITZ};"Übrige Kreise (Regierungsbezirk)";"065xx";"0";"0"',
        f'{CHEMNITZ};"Polen";"PL";"410";"70"',
    )
    rows = observations(tmp_path / "p.csv", text, COMMUTERS)
    shown = ["measure", "partner_id", "breakdown", "value", "reference", "line"]
    assert rows[shown].values.tolist() == [
        ["out", "", "", 28840.0, "2023-06-30", 4],
        ["out", "", "sex=female", 10720.0, "2023-06-30", 4],
        ["flow", "14524", "", 6210.0, "2023-06-30", 5],
        ["other", "", "region=065", 0.0, "2023-06-30", 6],
    ]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (commuters(f'{CHEMNITZ};"Zwickau";"14524";"6210"'), "5 fields instead of 6"),
        (commuters(f'{CHEMNITZ};"Zwickau";"1452";"6210";"1"'), "of no known kind"),
        (commuters(f'{CHEMNITZ};"Zwickau";"14524";"6210";"1"', footer=False), "was cut off"),
        (commuters().replace("Juni 2023", "Sommer 2023"), "no known month"),
        (commuters().replace("Wohnort", "Ort"), "no head line"),
        (commuters().replace("Frauen", "Personen"), "no head line"),
    ],
)
def test_a_commuter_file_with_another_shape_is_refused(
    tmp_path: Path, text: str, reason: str
) -> None:
    assert reason in refused(tmp_path / "p.csv", text, COMMUTERS)


def io_table(*rows: str) -> str:
    return "\n".join(["Year;Code;Origin;C28;C29;EXP", ";;;Machinery;Cars;Exports", *rows]) + "\n"


def test_deliveries_keep_supplier_user_and_origin_apart(tmp_path: Path) -> None:
    text = io_table(
        "2013;C25;Domestic;1;2;3",
        "2014;C25;Domestic;9 000;15 148;0",
        "2014;C25;Imports;100;4 875;0",
        "2014;TXSP;TOT;1;2;3",
        "2014;GO;TOT;316 097;445 471;0",
    )
    rows = observations(tmp_path / "io.csv", text, WIOD)
    cars = rows[rows["breakdown"].str.contains("user=C29") | (rows["sector"] == "C29")]
    assert cars[["measure", "sector", "breakdown", "value", "line"]].values.tolist() == [
        ["deliveries", "C25", "origin=Domestic;user=C29", 15148.0, 4],
        ["deliveries", "C25", "origin=Imports;user=C29", 4875.0, 5],
        ["output", "C29", "", 445471.0, 7],
    ]
    assert rows["area_id"].unique().tolist() == ["DG"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (io_table("2014;C25;Domestic;1;2"), "5 fields instead of 6"),
        (io_table("2014;WAGES;TOT;1;2;3"), "a row is not declared (value 'WAGES')"),
        (io_table("2014;C25;Domestic;1;2;3"), "a declared row is absent (value 'GO')"),
        (io_table().replace("Year;Code", "Code;Year"), "the head does not begin"),
        (io_table("2014;C25;Domestic;1;15 14;3", "2014;GO;TOT;1;2;3"), "separates thousands"),
    ],
)
def test_an_input_output_table_with_another_shape_is_refused(
    tmp_path: Path, text: str, reason: str
) -> None:
    assert reason in refused(tmp_path / "io.csv", text, WIOD)
