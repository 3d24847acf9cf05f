"""Small GENESIS files for tests: five areas, written as the regional database prints them."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

FIVE = {
    "14511": "Chemnitz, Stadt",
    "14521": "Erzgebirgskreis",
    "14522": "Mittelsachsen, Landkreis",
    "14523": "Vogtlandkreis",
    "14524": "Zwickau, Landkreis",
}
FOOTER = [
    "__________",
    '"© Statistische Ämter des Bundes und der Länder, Deutschland, 2017.',
    '- Namensnennung - Version 2.0."',
    "Stand: 10.10.2017 / 18:08:01",
]
FLAT_HEAD = (
    "statistics_code;statistics_label;time_code;time_label;time;1_variable_code;"
    "1_variable_label;1_variable_attribute_code;1_variable_attribute_label;2_variable_code;"
    "2_variable_label;2_variable_attribute_code;2_variable_attribute_label;3_variable_code;"
    "3_variable_label;3_variable_attribute_code;3_variable_attribute_label;value;value_unit;"
    "value_variable_code;value_variable_label"
)


def turnover_lines(values: dict[str, str] | None = None) -> list[str]:
    """Return table 42111-04-02-4 for one year: turnover and foreign turnover per area."""
    cells = dict.fromkeys(FIVE, "100;40") | (values or {})
    rows = [f"2015;{area};      {FIVE.get(area, 'X')};{text}" for area, text in cells.items()]
    return [
        "GENESIS-Tabelle: 42111-04-02-4",
        "Verarbeitendes Gewerbe: Umsatz, Auslandsumsatz - Jahressumme -;;;;",
        ";;;Umsatz;Auslandsumsatz",
        ";;;Tsd. EUR;Tsd. EUR",
        *rows,
        *FOOTER,
    ]


def write_turnover(raw: Path, lines: list[str], encoding: str = "utf-8") -> Path:
    """Write a datencsv file of table 42111-04-02-4 where the raw layout has it."""
    path = raw / "regionalstatistik" / "42111-04-02-4" / "2015.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(("\r\n".join(lines) + "\r\n").encode(encoding))
    return path


def employees_flat(values: Mapping[str, str], date: str = "2025-06-30") -> list[str]:
    """Return the rows of table 13111-01-03-4 in the flat form: total employees per area."""
    kinds = {2: "DLAND", 3: "REGBEZ", 5: "KREISE"}
    return [
        f"13111;Statistik;STAG;Stichtag;{date};{kinds.get(len(area), 'X')};Gebiet;{area};Name;"
        f"NAT;Nationalität;;Insgesamt;GES;Geschlecht;;Insgesamt;{value};Anzahl;ERW032;Beschäftigte"
        for area, value in values.items()
    ]


def write_employees_flat(raw: Path, values: Mapping[str, str], date: str = "2025-06-30") -> Path:
    """Write a zipped ffcsv of table 13111-01-03-4: total employees per area."""
    path = raw / "regionalstatistik_api" / "13111-01-03-4" / "2026-03-0.zip"
    path.parent.mkdir(parents=True, exist_ok=True)
    text = "\r\n".join([FLAT_HEAD, *employees_flat(values, date)])
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("table_de_flat.csv", f"\ufeff{text}\r\n")
    return path
