"""Cells read from the recorded GENESIS files by eye, five areas, early and late years."""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd
import pytest

from etl.stage import Staged, stage, unknown_files
from tests.genesis import FIVE

pytestmark = pytest.mark.recorded
# No "-" among these cells is a zero: in 13111-11-04-4 the qualifications of 2012 are missing.
SIGNS = {".": "secret", "-": "missing", "x": "not_applicable"}
with (Path(__file__).parent / "genesis_cells.csv").open(encoding="utf-8") as file:
    CELLS = list(csv.DictReader(file))


@pytest.fixture(scope="session")
def genesis(recordings: Path) -> dict[str, Staged]:
    tables = sorted({row["dataset"] for row in CELLS})
    return {staged.id: staged for staged in stage(recordings, tables)}


@pytest.mark.parametrize(
    "row", CELLS, ids=lambda row: f"{row['dataset']} {row['measure']} {row['year']}"
)
def test_the_five_areas_read_as_printed(genesis: dict[str, Staged], row: dict[str, str]) -> None:
    rows = genesis[row["dataset"]].observations
    here = rows[
        (rows["measure"] == row["measure"])
        & (rows["year"] == int(row["year"]))
        & (rows["sector"] == row["sector"])
        & (rows["breakdown"] == row["breakdown"])
    ].set_index("area_id")
    for area in FIVE:
        text, cell = row[area], here.loc[area]
        if text in SIGNS:
            assert cell["mark"] == SIGNS[text]
        else:
            assert cell["value"] == float(text.replace(",", "."))


def test_every_recorded_genesis_file_is_read_or_set_aside_with_a_reason(recordings: Path) -> None:
    reports = [report for staged in stage(recordings) for report in staged.files]
    reports += unknown_files(recordings)
    assert not [r.reason_en for r in reports if r.status in ("refused", "unknown")]
    assert all(r.reason_en and r.reason_de for r in reports if r.status != "used")
    assert all(r.rows for r in reports if r.status in ("used", "partly_used", "superseded"))


def test_the_partial_release_of_march_2026_is_refused_for_the_kreise(recordings: Path) -> None:
    (staged,) = stage(recordings, ["13111-01-03-4"])
    rows: pd.DataFrame = staged.observations
    rows = rows[(rows["year"] == 2025) & (rows["breakdown"] == "")].set_index("area_id")
    assert set(rows.loc[list(FIVE), "mark"]) == {"not_yet"}
    assert rows.loc["145", "value"] == 527013
    assert any("partial release" in finding.detail_en for finding in staged.findings)


def test_two_editions_of_unemployment_agree_for_2015_and_2016(recordings: Path) -> None:
    (staged,) = stage(recordings, ["13211-02-05-4"])
    (overlap,) = [finding for finding in staged.findings if finding.check == "overlap"]
    assert (overlap.status, overlap.expected, overlap.found) == ("passed", "11274", "11274")
