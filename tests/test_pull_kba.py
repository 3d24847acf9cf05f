"""Cars by fuel: the authority's workbook from the mirror, or the reason why it is none."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from etl.sources import files
from etl.stage import stage
from tests.genesis import FIVE
from tests.publishers import answers, broken, declare, only, reason, workbook
from tests.pulling import kept
from tests.replay import Replay, Reply

SITE, TABLE = "kba", "kba_fz1"
FUELS = ["Benzin", "Diesel", "Gas (einschl. bivalent)", "Hybrid insgesamt",
         "darunter Plug-in-Hybrid", "Elektro (BEV)", "Sonstige"]  # fmt: skip


def cars(fuels: list[str] = FUELS, sheet: str = "FZ 1.2", electric: Any = 4000) -> bytes:
    """Return the workbook: heads in two lines, Land and district once each."""
    head = ["", "Land", "Regierungsbezirk", "Statistische Kennziffer und Zulassungsbezirk",
            "Personenkraftwagen insgesamt", "Nach Kraftstoffarten"]  # fmt: skip
    areas = {**FIVE, "07211": "Trier"}
    rows: list[list[Any]] = [["", "FZ 1.2"], [], head, ["", "", "", "", "", *fuels]]
    rows += [
        ["", "SACHSEN", "", f"{key}  {name.upper()}", 90_000, 60_000, 20_000, 900, 5_000, 1_500,
         electric, 100]
        for key, name in areas.items()
    ]  # fmt: skip
    rows += [["", "SACHSEN INSGESAMT", "", "", 1, 1, 1, 1, 1, 1, 1, 1]]
    return workbook({"Inhalt": [["x"]], sheet: rows})


GOOD = cars()


@pytest.fixture
def replay() -> Iterator[Replay]:
    with Replay() as server:
        yield server


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    return tmp_path / "raw"


@pytest.mark.parametrize("sheet", ["FZ 1.2", "FZ1.2"])
def test_the_workbook_is_fetched_and_read(
    replay: Replay, raw: Path, tmp_path: Path, sheet: str
) -> None:
    answers(replay, Reply(cars(sheet=sheet)))
    outcome = only(raw, declare(tmp_path, replay, SITE))
    assert (outcome.state, outcome.reason) == ("new", "")
    assert kept(raw) == ["kba/fz1/fz1_2024_2026-11-24.xlsx"]
    (staged,) = stage(raw, [TABLE])
    rows = staged.observations.set_index(["measure", "area_id"])
    assert rows.loc[("cars_electric", "14511"), "value"] == 4000
    assert rows.loc[("cars_plug_in_hybrid", "14524"), "value"] == 1500
    assert "07211" not in set(staged.observations["area_id"])  # two Kreise in one figure
    assert set(staged.observations["reference"]) == {"2024-01-01"}


@pytest.mark.parametrize(("words", "reply"), broken(GOOD).items(), ids=broken(GOOD))
def test_what_is_no_workbook_is_refused(
    replay: Replay, raw: Path, tmp_path: Path, words: str, reply: Reply
) -> None:
    answers(replay, reply)
    assert words in reason(raw, declare(tmp_path, replay, SITE))


def test_a_workbook_that_would_unfold_beyond_all_measure_is_not_unfolded(
    replay: Replay, raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "UNFOLDED", 1000)
    answers(replay, Reply(GOOD))
    assert "bytes unfolded" in reason(raw, declare(tmp_path, replay, SITE))


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (cars(["Diesel", "Benzin", *FUELS[2:]]), "does not hold '(?i)benzin'"),
        (cars(FUELS[:-1]), "does not hold '(?i)sonstige'"),
        (cars(sheet="FZ 1.1"), "none of the sheets FZ 1.2, FZ1.2 is there"),
        (cars(electric="ca. 9"), "'ca. 9'"),
    ],
    ids=["swapped", "a column is absent", "other sheet", "no number"],
)
def test_another_form_is_refused_with_what_was_found(
    replay: Replay, raw: Path, tmp_path: Path, body: bytes, said: str
) -> None:
    answers(replay, Reply(body))
    assert said in reason(raw, declare(tmp_path, replay, SITE))


def test_a_workbook_with_a_damaged_sheet_is_refused(
    replay: Replay, raw: Path, tmp_path: Path
) -> None:
    body = bytearray(GOOD)
    listed = GOOD.rfind(b"xl/worksheets/sheet2.xml")  # in the directory at the end
    body[listed - 30] ^= 0xFF  # its checksum
    answers(replay, Reply(bytes(body)))
    said = reason(raw, declare(tmp_path, replay, SITE))
    assert "got one whose part xl/worksheets/sheet2.xml is damaged" in said
