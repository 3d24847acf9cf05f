"""Accounts of the Länder: the workbook of income, or the reason why it is none."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from etl.stage import stage
from tests.genesis import FIVE
from tests.publishers import answers, broken, declare, only, reason, workbook
from tests.pulling import kept
from tests.replay import Replay, Reply

SITE, TABLE = "vgrdl", "vgrdl_r2b3"
HEADS = [
    "Lfd. Nr.", "EU-Code", "Regional-schlüssel", "Land", "NUTS 1", "NUTS 2", "NUTS 3",
    "Gebietseinheit",
]  # fmt: skip
CHURCH = "einschl. der privaten Organisationen ohne Erwerbszweck"
TITLES = {
    "1.1": ["", f"1.1  Primäreinkommen der privaten Haushalte {CHURCH}", "      in Mill. EUR"],
    "2.1": ["", f"2.1  Verfügbares Einkommen der privaten Haushalte {CHURCH}", "in Mill. EUR"],
    "2.4": ["", "2.4", "in EUR"],
    "3": ["3   Einwohnerinnen und Einwohner", "", "in 1000 Personen"],
}


def income(titles: dict[str, list[str]] = TITLES, head: Any = 2023, value: Any = 1234.5) -> bytes:
    """Return the workbook: four sheets, each with a title, a head in line 5, and areas."""
    areas = {**FIVE, "14": "Sachsen", "17": "Deutschland"}
    rows = [[n, "DE", area, "SN", "", "", "", name, 1000, value] for n, (area, name) in
            enumerate(areas.items())]  # fmt: skip
    return workbook(
        {
            sheet: [*([title] for title in lines), [], [*HEADS, 2022, head], [], *rows]
            for sheet, lines in titles.items()
        }
    )


GOOD = income()


@pytest.fixture
def replay() -> Iterator[Replay]:
    with Replay() as server:
        yield server


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    return tmp_path / "raw"


def test_the_workbook_is_fetched_and_read(replay: Replay, raw: Path, tmp_path: Path) -> None:
    answers(replay, Reply(GOOD))
    outcome = only(raw, declare(tmp_path, replay, SITE))
    assert (outcome.state, outcome.reason) == ("new", "")
    assert kept(raw) == ["vgrdl/r2b3/vgrdl_r2b3_bs2024_2026-11-24.xlsx"]
    (staged,) = stage(raw, [TABLE])
    rows = staged.observations.set_index(["measure", "area_id", "year"])
    assert rows.loc[("primary_income", "14523", 2023), "value"] == 1234.5
    assert rows.loc[("population", "DG", 2022), "value"] == 1000


@pytest.mark.parametrize(("words", "reply"), broken(GOOD).items(), ids=broken(GOOD))
def test_what_is_no_workbook_is_refused(
    replay: Replay, raw: Path, tmp_path: Path, words: str, reply: Reply
) -> None:
    answers(replay, reply)
    assert words in reason(raw, declare(tmp_path, replay, SITE))


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (income(TITLES | {"2.4": ["", "2.4", "in Prozent"]}), "the title is not 'in EUR'"),
        (income({k: v for k, v in TITLES.items() if k != "3"}), "column 3: the workbook or its"),
        (income(head="Anteil"), "this head is not declared (value '1.1 | Anteil')"),
        (income(value="geheim"), "'geheim'"),
    ],
    ids=["other unit", "a sheet is absent", "other column", "no number"],
)
def test_another_form_is_refused_with_what_was_found(
    replay: Replay, raw: Path, tmp_path: Path, body: bytes, said: str
) -> None:
    answers(replay, Reply(body))
    assert said in reason(raw, declare(tmp_path, replay, SITE))


@pytest.mark.recorded
def test_the_recorded_workbook_is_accepted(
    replay: Replay, raw: Path, tmp_path: Path, recordings: Path
) -> None:
    answers(replay, Reply((recordings / "vgrdl" / "vgrdl_r2b3_bs2023.xlsx").read_bytes()))
    assert only(raw, declare(tmp_path, replay, SITE)).state == "new"


def test_a_fetched_edition_counts_before_one_without_any_date(
    replay: Replay, raw: Path, tmp_path: Path
) -> None:
    """Though the older file's name comes later in the alphabet."""
    old = raw / "vgrdl" / "vgrdl_r2b3_bs2023.xlsx"
    old.parent.mkdir(parents=True)
    old.write_bytes(income(value=1.0))
    answers(replay, Reply(GOOD))
    only(raw, declare(tmp_path, replay, SITE))
    (staged,) = stage(raw, [TABLE])
    rows = staged.observations.set_index(["measure", "area_id", "year"])
    assert rows.loc[("primary_income", "14523", 2023), "value"] == 1234.5
    assert [report.status for report in staged.files] == ["superseded", "used"]
