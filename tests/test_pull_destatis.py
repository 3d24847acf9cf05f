"""Register of municipalities: the workbook of the Kreise, or the reason why it is none."""

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

SITE, TABLE = "destatis", "destatis_kreise"
SHEET = "Kreisfreie Städte u. Landkreise"


def kreise(
    stand: str = "Gebietsstand: 31.12.2024", area: str = "Fläche \nin km2", people: Any = 200_000
) -> bytes:
    """Return the register's workbook of Kreise."""
    rows: list[list[Any]] = [
        ["Kreisfreie Städte und Landkreise nach Fläche, Bevölkerung und Bevölkerungsdichte"],
        [stand],
        [],
        ["Schlüssel-nummer", "Regionale Bezeichnung", "Kreisfreie Stadt", "NUTS3", area,
         "Bevölkerung2)"],
        ["", "", "Kreis / Landkreis", "", "", "insgesamt", "männlich", "weiblich", "je km2"],
        [1, "2", 3, 4, 5, 6, 7, 8, 9],
        [],
        ["14", "Sachsen"],
        *([key, "Kreis", name, "DED41", 221.03, people, 100, 200, 905]
          for key, name in FIVE.items()),
        ["1) Stand"],
    ]  # fmt: skip
    return workbook({"Deckblatt": [["Statistisches Bundesamt"]], SHEET: rows})


GOOD = kreise()


@pytest.fixture
def replay() -> Iterator[Replay]:
    with Replay() as server:
        yield server


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    return tmp_path / "raw"


def test_the_workbook_states_its_own_year(replay: Replay, raw: Path, tmp_path: Path) -> None:
    answers(replay, Reply(GOOD))
    outcome = only(raw, declare(tmp_path, replay, SITE))
    assert (outcome.state, outcome.reason) == ("new", "")
    assert kept(raw) == ["destatis/04-kreise/04-kreise_2026-11-24.xlsx"]
    (staged,) = stage(raw, [TABLE])
    rows = staged.observations.set_index(["measure", "area_id", "breakdown"])
    assert rows.loc[("area", "14511", ""), "value"] == 221.03
    assert rows.loc[("population", "14522", "sex=female"), "value"] == 200
    assert set(staged.observations["reference"]) == {"2024-12-31"}


@pytest.mark.parametrize(("words", "reply"), broken(GOOD).items(), ids=broken(GOOD))
def test_what_is_no_workbook_is_refused(
    replay: Replay, raw: Path, tmp_path: Path, words: str, reply: Reply
) -> None:
    answers(replay, reply)
    assert words in reason(raw, declare(tmp_path, replay, SITE))


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (kreise(stand="Stand 2024"), "no stated time"),
        (kreise(area="Einwohner"), "the head of the column does not hold 'Fläche.*km'"),
        (kreise(people="rund 1"), "'rund 1'"),
        (workbook({"Gemeinden": [["14511"]]}), f"none of the sheets {SHEET} is there"),
    ],
    ids=["no year", "other columns", "no number", "other sheet"],
)
def test_another_form_is_refused_with_what_was_found(
    replay: Replay, raw: Path, tmp_path: Path, body: bytes, said: str
) -> None:
    answers(replay, Reply(body))
    assert said in reason(raw, declare(tmp_path, replay, SITE))


@pytest.mark.recorded
def test_the_recorded_workbook_gives_the_same_figures_as_the_older_layout(
    replay: Replay, raw: Path, tmp_path: Path, recordings: Path
) -> None:
    answers(replay, Reply((recordings / "destatis" / "04_KreiseVorjahr_2021.xlsx").read_bytes()))
    assert only(raw, declare(tmp_path, replay, SITE)).state == "new"
    (pulled,), (older,) = stage(raw, [TABLE]), stage(recordings, [TABLE])
    key = ["measure", "area_id", "year", "breakdown", "value", "mark", "reference"]
    rows = [s.observations[key].sort_values(key, ignore_index=True) for s in (pulled, older)]
    assert rows[0].equals(rows[1])
