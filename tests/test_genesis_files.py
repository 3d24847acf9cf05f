"""What the regional database's files may look like, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from etl.stage import Staged, stage
from tests.genesis import FIVE, turnover_lines, write_employees_flat, write_turnover


def staged(raw: Path) -> Staged:
    return next(iter(stage(raw)))


def cell(rows: pd.DataFrame, area: str, measure: str = "turnover") -> pd.Series:
    return rows[(rows["area_id"] == area) & (rows["measure"] == measure)].iloc[0]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "iso-8859-1"])
@pytest.mark.parametrize("first", ["GENESIS-Tabelle: 42111-04-02-4", "Tabelle: 42111-04-02-4"])
def test_both_heads_and_encodings_give_the_same_figures(
    tmp_path: Path, first: str, encoding: str
) -> None:
    write_turnover(tmp_path, [first, *turnover_lines()[1:]], encoding)
    result = staged(tmp_path)
    assert result.files[0].status == "used"
    assert result.files[0].vintage == "2017-10-10"
    assert result.observations["value"].tolist() == [40.0] * 5 + [100.0] * 5


def test_every_cell_keeps_its_address(tmp_path: Path) -> None:
    write_turnover(tmp_path, turnover_lines({"14523": "7;3"}))
    found = cell(staged(tmp_path).observations, "14523", "foreign_turnover")
    lines = turnover_lines({"14523": "7;3"})
    assert lines[found["line"] - 1].split(";")[int(found["column"]) - 1] == "3"


@pytest.mark.parametrize(
    ("sign", "mark"),
    [(".", "secret"), ("x", "not_applicable"), ("...", "not_yet"), ("/", "unreliable")],
)
def test_a_sign_is_never_a_number(tmp_path: Path, sign: str, mark: str) -> None:
    write_turnover(tmp_path, turnover_lines({"14523": f"{sign};3"}))
    found = cell(staged(tmp_path).observations, "14523")
    assert found["mark"] == mark
    assert pd.isna(found["value"])


def test_a_dash_beside_figures_is_nothing_and_a_zero_is_zero(tmp_path: Path) -> None:
    write_turnover(tmp_path, turnover_lines({"14523": "7;-", "14524": "7;0"}))
    rows = staged(tmp_path).observations
    for area in ("14523", "14524"):
        found = cell(rows, area, "foreign_turnover")
        assert (found["mark"], found["value"]) == ("zero", 0.0)


def test_an_area_without_any_figure_is_missing_not_zero(tmp_path: Path) -> None:
    write_turnover(tmp_path, turnover_lines({"14523": "-;-"}))
    found = cell(staged(tmp_path).observations, "14523")
    assert found["mark"] == "missing"
    assert pd.isna(found["value"])


def test_parts_that_are_all_dashes_of_a_positive_total_are_missing_not_zero(
    tmp_path: Path,
) -> None:
    """Table 13111-11-04-4, 30.06.2012: totals are printed, the qualifications are all '-'."""
    labels = ("ohne Berufsabschluss", "mit anerkanntem Berufsabschluss",
              "mit akademischem Abschluss")  # fmt: skip
    rows = [f"30.06.2012;14511;Chemnitz, Stadt;{label};-;-;-;-;-;-" for label in labels]
    lines = [
        "GENESIS-Tabelle: 13111-11-04-4",
        "Sozialversicherungspfl. Beschäftigte (Arbeitsort) (Anzahl);;;;;;;;;",
        ";;;;Insgesamt;Insgesamt;Insgesamt;Ausländer(innen);Ausländer(innen);Ausländer(innen)",
        ";;;;Insgesamt;männlich;weiblich;Insgesamt;männlich;weiblich",
        *rows,
        "30.06.2012;14511;Chemnitz, Stadt;Insgesamt;109000;54000;55000;2000;1200;800",
        *turnover_lines()[-4:],
    ]
    path = tmp_path / "regionalstatistik/13111-11-04-4/2012.csv"
    path.parent.mkdir(parents=True)
    path.write_text("\n".join(lines), encoding="utf-8")
    result = staged(tmp_path).observations.set_index("breakdown")
    assert set(result.loc[result.index.str.contains("qualification"), "mark"]) == {"missing"}
    assert result.loc["", "value"] == 109000


def test_the_dash_of_a_dissolved_kreis_is_dissolved(tmp_path: Path) -> None:
    write_turnover(tmp_path, turnover_lines({"14161": "-;-"}))
    assert cell(staged(tmp_path).observations, "14161")["mark"] == "dissolved"


def broken(change: str) -> list[str]:
    """Return the table with one fault, as files in the wild have them."""
    lines = turnover_lines()
    faults = {
        "head": [line.replace("Auslandsumsatz", "Umsatz im Ausland") for line in lines],
        "swapped columns": [line.replace("Umsatz;Auslandsumsatz", "Auslandsumsatz;Umsatz")
                            for line in lines],
        "unit": [line.replace("Tsd. EUR;Tsd. EUR", "EUR;EUR") for line in lines],
        "row cut off": [*lines[:6], lines[6][:-3].rsplit(";", 1)[0], *lines[7:]],
        "footer cut off": lines[:8],
        "other table": ["GENESIS-Tabelle: 42111-01-04-4", *lines[1:]],
        "unknown Kreis": [line.replace("14523;", "14599;") for line in lines],
        "unknown sign": [line.replace("100;40", "100;?", 1) for line in lines],
        "decimal point": [line.replace("100;40", "100.5;40", 1) for line in lines],
        "unknown year": [line.replace("2015;14521", "20x5;14521") for line in lines],
        "web page": ["<!DOCTYPE html>", "<html><body>Fehler</body></html>"],
        "service message": ['{"Code": 104, "Content": "Es gibt keine Objekte"}'],
        "empty": [""],
    }  # fmt: skip
    return faults[change]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ("head", "column head is not the declared one"),
        ("swapped columns", "column head is not the declared one"),
        ("unit", "column head is not the declared one"),
        ("row cut off", "fields instead of 5"),
        ("footer cut off", "footer"),
        ("other table", "does not name table 42111-04-02-4"),
        ("unknown Kreis", "the area is not known"),
        ("unknown sign", "neither a number nor a sign"),
        ("decimal point", "neither a number nor a sign"),
        ("unknown year", "no year and no date"),
        ("web page", "web page"),
        ("service message", "error message"),
        ("empty", "empty"),
    ],
)
def test_a_faulty_file_is_refused_with_its_sentence(tmp_path: Path, change: str, says: str) -> None:
    write_turnover(tmp_path, broken(change))
    report = staged(tmp_path).files[0]
    assert report.status == "refused"
    assert says in report.reason_en
    assert "table 42111-04-02-4" in report.reason_en
    assert "regionalstatistik/42111-04-02-4/2015.csv" in report.reason_en
    assert staged(tmp_path).observations.empty


@pytest.mark.parametrize("encoding", ["utf-16", "cp1252", "cp850"])
def test_another_encoding_is_refused(tmp_path: Path, encoding: str) -> None:
    lines = turnover_lines()
    lines[1] = "Verarbeitendes Gewerbe – Umsatz für Übersicht;;;;"
    if encoding == "cp850":
        lines[1] = lines[1].replace("–", "-")
    write_turnover(tmp_path, lines, encoding)
    report = staged(tmp_path).files[0]
    assert report.status == "refused"
    assert "encoding" in report.reason_en


def test_text_that_was_encoded_twice_is_refused(tmp_path: Path) -> None:
    lines = [line.encode().decode("iso-8859-1") for line in turnover_lines()]
    write_turnover(tmp_path, lines)
    assert "encoding" in staged(tmp_path).files[0].reason_en


def test_a_partial_release_never_becomes_zero(tmp_path: Path) -> None:
    """Table 13111-01-03-4, recorded in March 2026: Kreise '-', region 145 527,013."""
    values = dict.fromkeys(FIVE, "-") | {"145": "527013", "14": "1650000"}
    write_employees_flat(tmp_path, values)
    result = staged(tmp_path)
    kreise = result.observations[result.observations["area_id"].isin(list(FIVE))]
    assert set(kreise["mark"]) == {"not_yet"}
    assert kreise["value"].isna().all()
    assert cell(result.observations, "145", "employees")["value"] == 527013
    report = result.files[0]
    assert report.status == "partly_used"
    assert "partial release" in report.reason_en
    assert "527013" in report.reason_de


def test_a_truncated_zip_is_refused(tmp_path: Path) -> None:
    path = write_employees_flat(tmp_path, dict.fromkeys(FIVE, "10"))
    path.write_bytes(path.read_bytes()[:-40])
    assert "no complete zip" in staged(tmp_path).files[0].reason_en


def test_the_newer_edition_counts_and_the_revision_is_recorded(tmp_path: Path) -> None:
    write_turnover(tmp_path, turnover_lines())
    newer = [
        line.replace("10.10.2017", "01.02.2019") for line in turnover_lines({"14523": "105;40"})
    ]
    (tmp_path / "regionalstatistik/42111-04-02-4/a.csv").write_text("\n".join(newer))
    result = staged(tmp_path)
    assert cell(result.observations, "14523")["value"] == 105
    assert not result.observations.duplicated(["area_id", "measure", "year"]).any()
    overlap = [finding for finding in result.findings if finding.check == "overlap"]
    assert [(finding.status, finding.found) for finding in overlap] == [("noted", "9")]
