"""Regionalstatistik: what is asked, what each answer means, and what comes without an account."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from etl.pull import Outcome
from tests.genesis import turnover_lines
from tests.pulling import (
    ACCOUNT,
    EMPLOYEES,
    TURNOVER,
    declare,
    employees,
    kept,
    pull,
    refused,
    turnover,
    years,
)
from tests.replay import Replay, Reply, status

ONE = {EMPLOYEES: years(2025, 2025)}


@pytest.fixture
def replay(monkeypatch: pytest.MonkeyPatch) -> Iterator[Replay]:
    for name, value in ACCOUNT.items():
        monkeypatch.setenv(name, value)
    with Replay() as server:
        yield server


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    return tmp_path / "raw"


def states(outcomes: list[Outcome]) -> list[str]:
    return [outcome.state for outcome in outcomes]


def test_every_year_is_asked_for_with_the_recorded_form_and_credentials_as_headers(
    replay: Replay, raw: Path, tmp_path: Path
) -> None:
    replay.service.tables[EMPLOYEES, "2024"] = employees(year=2024)
    pull(raw, declare(tmp_path, replay, {EMPLOYEES: years(2024, 2026)}))
    asked = replay.service.asked("data/tablefile")
    assert [request.form["startyear"] for request in asked] == ["2026", "2025", "2024"]
    assert asked[0].form == {
        "area": "all", "compress": "false", "endyear": "2026", "format": "ffcsv",
        "language": "de", "name": EMPLOYEES, "quality": "off", "regionalkey": "",
        "regionalvariable": "", "stand": "", "startyear": "2026", "timeslices": "",
        "job": "false",
    }  # fmt: skip
    assert asked[0].headers["content-type"].endswith("charset=UTF-8")
    assert asked[0].headers["username"] == ACCOUNT["GENESIS_USERNAME"]
    assert "Strukturmonitor" in asked[0].headers["user-agent"]


def test_the_sidecar_says_where_a_file_comes_from_and_under_which_licence(
    replay: Replay, raw: Path, tmp_path: Path
) -> None:
    replay.service.tables[EMPLOYEES, "2025"] = employees()
    (outcome,) = pull(raw, declare(tmp_path, replay, ONE))
    assert outcome.path is not None
    said: dict[str, Any] = json.loads(Path(f"{outcome.path}.meta.json").read_text(encoding="utf-8"))
    assert said["retrieved"] == "2026-11-24"
    assert said["licence"] == "dl-de/by-2-0"
    assert said["url"].endswith("/genesisws/rest/2020/data/tablefile")
    assert said["request"]["startyear"] == "2025"
    assert said["citation"].startswith("© Statistische Ämter des Bundes und der Länder")
    assert len(said["sha256"]) == 64


def test_a_year_that_is_not_published_is_no_failure_but_a_table_without_any_is(
    replay: Replay, raw: Path, tmp_path: Path
) -> None:
    replay.service.tables[EMPLOYEES, "2025"] = employees()
    declared = declare(
        tmp_path, replay, {EMPLOYEES: years(2025, 2026), TURNOVER: years(2025, 2026)}
    )
    outcomes = pull(raw, declared)
    assert states(outcomes) == ["not_published", "new", "not_published", "not_published", "failed"]
    assert f"expected at least one file of table {TURNOVER}, got none" in outcomes[-1].reason


def test_no_data_cube_for_a_year_means_that_it_is_not_published(
    replay: Replay, raw: Path, tmp_path: Path
) -> None:
    replay.service.tables[EMPLOYEES, "2025"] = employees()
    replay.service.faults.append(status(-1, "wurde kein Datenquader gefunden!"))
    outcomes = pull(raw, declare(tmp_path, replay, {EMPLOYEES: years(2025, 2026)}))
    assert states(outcomes) == ["not_published", "new"]


def test_a_table_that_is_too_big_is_made_by_a_job_and_fetched_when_it_is_ready(
    replay: Replay, raw: Path, tmp_path: Path
) -> None:
    replay.service.big.add(EMPLOYEES)
    replay.service.tables[EMPLOYEES, "2025"] = employees()
    (outcome,) = pull(raw, declare(tmp_path, replay, ONE))
    assert outcome.state == "new"
    paths = [request.path.rpartition("2020/")[2] for request in replay.service.requests]
    assert paths == [
        "data/tablefile", "data/tablefile", "catalogue/results", "catalogue/results",
        "catalogue/results", "data/resultfile",
    ]  # fmt: skip
    look = replay.service.asked("catalogue/results")[0].form
    assert look == {"selection": f"{EMPLOYEES}_100", "area": "user", "pagelength": "1"}


def test_a_job_that_never_ends_is_given_up_with_the_number_of_looks(
    replay: Replay, raw: Path, tmp_path: Path
) -> None:
    replay.service.big.add(EMPLOYEES)
    replay.service.tables[EMPLOYEES, "2025"] = employees()
    replay.service.looks = 10**6
    (outcome,) = pull(raw, declare(tmp_path, replay, ONE))
    assert outcome.state == "failed"
    assert f"expected job {EMPLOYEES}_100 to be ready after 4 looks" in outcome.reason
    assert kept(raw) == []


def test_a_token_cannot_start_a_job_and_the_reason_says_what_can(
    replay: Replay, raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GENESIS_PASSWORD", "")
    replay.service.always = lambda request: status(98, "Die Tabelle ist zu gross")
    (outcome,) = pull(raw, declare(tmp_path, replay, ONE))
    assert outcome.state == "refused"
    assert "a token may not start jobs; set user name and password instead" in outcome.reason


@pytest.mark.parametrize(
    "denied",
    [
        status(15, "Sie sind nicht berechtigt", flat=True, http=401),
        status(2, "Es wurden falsche Zugangsdaten übergeben", flat=True, http=404),
        status(2, "Es wurden falsche Zugangsdaten übergeben", flat=True),
    ],
)
def test_wrong_credentials_end_the_questions_at_once(
    replay: Replay, raw: Path, tmp_path: Path, denied: Reply
) -> None:
    replay.service.always = lambda request: denied
    outcomes = pull(raw, declare(tmp_path, replay, {EMPLOYEES: years(2020, 2025)}))
    assert states(outcomes) == ["refused"] + ["not_tried"] * 5
    assert "expected to be admitted with the user name and password" in outcomes[0].reason
    assert len(replay.service.requests) == 1


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        (status(90, "unbekannt"), "expected a table that the service knows"),
        (status(-1, "Ein Fehler ist aufgetreten"), "got status -1"),
        (status(0, "erfolgreich"), "expected a zip with the table, got status 0"),
        (status(99, "Auftrag ohne Namen"), "expected the name of a job"),
        (status(98, "Die Tabelle ist zu gross"), "expected a job for a large table"),
        (Reply(b'{"unfinished": '), "expected a JSON object"),
        (Reply(b"[1, 2]"), "expected a JSON object"),
    ],
)
def test_an_undocumented_answer_is_refused_in_its_own_words(
    replay: Replay, raw: Path, tmp_path: Path, reply: Reply, said: str
) -> None:
    replay.service.always = lambda request: reply
    (outcome,) = pull(raw, declare(tmp_path, replay, ONE))
    assert said in outcome.reason
    assert len(refused(raw)) == 1
    assert kept(raw) == []


def test_what_did_not_change_is_not_kept_twice_although_the_zip_differs(
    replay: Replay, raw: Path, tmp_path: Path
) -> None:
    declared = declare(tmp_path, replay, {TURNOVER: years(2025, 2025)})
    replay.service.tables[TURNOVER, "2025"] = turnover()
    pull(raw, declared)
    before = kept(raw)
    replay.service.tables[TURNOVER, "2025"] = turnover(minute=59)
    (outcome,) = pull(raw, declared, day=date(2026, 12, 1))
    assert (outcome.state, kept(raw)) == ("unchanged", before)
    assert replay.service.requests[-1].form["stand"] == "24.11.2026"


def test_nothing_newer_in_the_words_of_the_service_is_unchanged(
    replay: Replay, raw: Path, tmp_path: Path
) -> None:
    declared = declare(tmp_path, replay, ONE)
    replay.service.tables[EMPLOYEES, "2025"] = employees()
    pull(raw, declared)
    replay.service.always = lambda request: status(50, "kein neuerer Stand")
    assert states(pull(raw, declared, day=date(2026, 12, 1))) == ["unchanged"]


def test_a_revision_becomes_a_second_edition_and_the_first_stays(
    replay: Replay, raw: Path, tmp_path: Path
) -> None:
    declared = declare(tmp_path, replay, ONE)
    replay.service.tables[EMPLOYEES, "2025"] = employees()
    pull(raw, declared)
    first = (raw / kept(raw)[0]).read_bytes()
    revised = {"145": "505", "14": "905", **dict.fromkeys(("14511", "14521"), "101"),
               **dict.fromkeys(("14522", "14523", "14524"), "101")}  # fmt: skip
    replay.service.tables[EMPLOYEES, "2025"] = employees(revised)
    assert states(pull(raw, declared, again=True)) == ["new"]
    assert kept(raw) == [
        f"regionalstatistik_api/{EMPLOYEES}/2025_2026-11-24-2.zip",
        f"regionalstatistik_api/{EMPLOYEES}/2025_2026-11-24.zip",
    ]
    assert (raw / kept(raw)[1]).read_bytes() == first


def test_what_came_today_is_not_asked_for_again(replay: Replay, raw: Path, tmp_path: Path) -> None:
    declared = declare(tmp_path, replay, ONE)
    replay.service.tables[EMPLOYEES, "2025"] = employees()
    pull(raw, declared)
    asked = len(replay.service.requests)
    assert states(pull(raw, declared)) == ["here"]
    assert len(replay.service.requests) == asked


@pytest.fixture
def anonymous(replay: Replay, monkeypatch: pytest.MonkeyPatch) -> Replay:
    for name in ACCOUNT:
        monkeypatch.delenv(name)
    return replay


def test_without_an_account_the_open_file_comes_and_the_rest_is_named(
    anonymous: Replay, raw: Path, tmp_path: Path
) -> None:
    body = "\r\n".join([*turnover_lines(), ""]).encode("cp1252")
    anonymous.service.always = lambda request: Reply(body, headers={"ETag": '"1"'})
    declared = declare(tmp_path, anonymous, {TURNOVER: {}, "42111-02-03-4": {}})
    outcomes = pull(raw, declared)
    assert states(outcomes) == ["new", "skipped"]
    skipped = outcomes[1]
    assert "Only with an account (GENESIS_USERNAME and GENESIS_PASSWORD)" in skipped.reason
    assert "register at https://www.regionalstatistik.de" in skipped.reason
    assert kept(raw) == [f"regionalstatistik/{TURNOVER}/current_2026-11-24.csv"]
    (request,) = anonymous.service.requests
    assert request.path == f"/genesisws/downloader/00/tables/{TURNOVER}_00.csv"
    assert "username" not in request.headers


@pytest.mark.parametrize(
    ("reply", "state"),
    [
        (Reply(b"", 404), "failed"),
        (Reply(b""), "refused"),
        (Reply(b"<html><p>Login</p></html>"), "refused"),
        (status(15, "Sie sind nicht berechtigt", flat=True), "failed"),
    ],
)
def test_an_open_file_that_is_none_is_said_so(
    anonymous: Replay, raw: Path, tmp_path: Path, reply: Reply, state: str
) -> None:
    anonymous.service.always = lambda request: reply
    outcomes = pull(raw, declare(tmp_path, anonymous, {TURNOVER: {}}))
    assert outcomes[-1].state == state
    assert kept(raw) == []
