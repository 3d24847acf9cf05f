"""A pull is not fooled: each way in which an answer can be late, broken, false or too much."""

from __future__ import annotations

import logging
import shutil
import subprocess
import traceback
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from etl.cli import app
from etl.errors import PullError
from etl.http import Session
from etl.sources import Known, publisher
from etl.sources.settings import load_sources, settings_of
from tests.pulling import (
    ACCOUNT,
    DAY,
    EMPLOYEES,
    EPOCH,
    FIVE,
    GDP,
    TURNOVER,
    VALUES,
    declare,
    employees,
    gdp,
    kept,
    pull,
    refused,
    turnover,
    years,
)
from tests.replay import (
    PAGE,
    USER,
    WORD,
    Replay,
    Reply,
    busy,
    cut,
    elsewhere,
    error_page,
    status,
    zipped,
)

ONE = {EMPLOYEES: years(2025, 2025)}
GOOD = employees()


@pytest.fixture
def replay(monkeypatch: pytest.MonkeyPatch) -> Iterator[Replay]:
    for name, value in ACCOUNT.items():
        monkeypatch.setenv(name, value)
    with Replay() as server:
        server.service.tables[EMPLOYEES, "2025"] = GOOD
        yield server


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    return tmp_path / "raw"


def always(replay: Replay, reply: Reply) -> None:
    replay.service.always = lambda request: reply


def only_reason(raw: Path, sources: Path) -> str:
    """Pull, and return the one refusal, nothing having been published."""
    (outcome,) = [o for o in pull(raw, sources) if o.state in {"failed", "refused"}]
    assert kept(raw) == []
    return outcome.reason


@pytest.mark.parametrize(
    "fault",
    [busy(0), error_page(500), error_page(503), cut(GOOD)],
    ids=["busy", "500", "503", "cut"],
)
def test_what_passes_is_asked_again_and_comes(
    replay: Replay, raw: Path, tmp_path: Path, fault: Reply
) -> None:
    replay.service.faults.append(fault)
    (outcome,) = pull(raw, declare(tmp_path, replay, ONE))
    assert outcome.state == "new"
    assert kept(raw) == [f"regionalstatistik_api/{EMPLOYEES}/2025_2026-11-24.zip"]


def test_a_service_that_says_when_to_come_again_is_left_alone_until_then(
    replay: Replay, raw: Path, tmp_path: Path
) -> None:
    replay.service.faults.append(busy(1))
    (outcome,) = pull(raw, declare(tmp_path, replay, ONE))
    assert outcome.state == "new"
    assert outcome.seconds > 1


def test_a_service_that_does_not_answer_in_time_is_said_to_be_silent(
    replay: Replay, raw: Path, tmp_path: Path
) -> None:
    always(replay, Reply(GOOD, pause=1.0))
    reason = only_reason(raw, declare(tmp_path, replay, ONE, read=0.2))
    assert "expected an answer of 127.0.0.1, got none" in reason
    assert "timed out" in reason.lower()


def test_a_body_that_ends_too_early_every_time_is_refused(
    replay: Replay, raw: Path, tmp_path: Path
) -> None:
    always(replay, cut(GOOD))
    reason = only_reason(raw, declare(tmp_path, replay, ONE))
    assert "expected the whole answer, got" in reason
    assert "(2 attempts)" in reason


def test_a_service_that_stays_busy_is_refused_with_its_status(
    replay: Replay, raw: Path, tmp_path: Path
) -> None:
    always(replay, busy(0))
    assert "got HTTP 429" in only_reason(raw, declare(tmp_path, replay, ONE))


def test_a_server_error_that_stays_is_told_in_the_words_of_its_page(
    replay: Replay, raw: Path, tmp_path: Path
) -> None:
    always(replay, error_page(500))
    reason = only_reason(raw, declare(tmp_path, replay, ONE))
    assert "got HTTP 500, html: 'Ups, ein Fehler!'" in reason


def test_a_web_page_instead_of_a_table_is_kept_apart_with_the_reason(
    replay: Replay, raw: Path, tmp_path: Path
) -> None:
    always(replay, Reply(PAGE, headers={"Content-Type": "application/zip"}))
    reason = only_reason(raw, declare(tmp_path, replay, ONE))
    assert "expected a zip or a JSON status, got HTTP 200, html" in reason
    (entry,) = refused(raw)
    assert entry["reason"] == reason
    assert entry["bytes"] == len(PAGE)


def test_a_zip_that_was_cut_off_before_it_was_sent_is_refused(
    replay: Replay, raw: Path, tmp_path: Path
) -> None:
    always(replay, zipped(GOOD[:-40]))
    assert "got a broken zip" in only_reason(raw, declare(tmp_path, replay, ONE))


def test_an_empty_answer_is_refused(replay: Replay, raw: Path, tmp_path: Path) -> None:
    always(replay, Reply(b""))
    assert "got HTTP 200, empty" in only_reason(raw, declare(tmp_path, replay, ONE))


@pytest.mark.parametrize("announced", [True, False])
def test_ten_gigabytes_are_not_loaded(
    replay: Replay, raw: Path, tmp_path: Path, announced: bool
) -> None:
    big = Reply(announced=10**10) if announced else Reply(endless=True)
    always(replay, big)
    reason = only_reason(raw, declare(tmp_path, replay, ONE, limit=1_000_000))
    assert "expected at most 1000000 bytes" in reason
    assert not any(path.stat().st_size > 1_100_000 for path in raw.rglob("*"))


def test_a_zip_that_would_unfold_beyond_the_limit_is_not_unfolded(
    replay: Replay, raw: Path, tmp_path: Path
) -> None:
    from tests.pulling import packed

    always(replay, zipped(packed("bomb.csv", "0" * 2_000_000)))
    reason = only_reason(raw, declare(tmp_path, replay, ONE, limit=1_000_000))
    assert "of at most 1000000 bytes, got 1 files, 2000000 bytes" in reason


def test_a_redirect_to_another_host_is_not_followed(
    replay: Replay, raw: Path, tmp_path: Path
) -> None:
    with Replay() as other:
        port = other.url.rpartition(":")[2]
        always(replay, elsewhere(f"http://localhost:{port}/elsewhere"))
        reason = only_reason(raw, declare(tmp_path, replay, ONE))
        assert other.service.requests == []
    assert "expected a host of this publisher (127.0.0.1), got 'localhost'" in reason


def test_a_redirect_within_the_publishers_hosts_is_followed(
    replay: Replay, raw: Path, tmp_path: Path
) -> None:
    replay.service.faults.append(elsewhere(f"{replay.url}/genesisws/rest/2020/data/tablefile"))
    (outcome,) = pull(raw, declare(tmp_path, replay, ONE))
    assert outcome.state == "new"


def test_nothing_is_said_to_a_service_without_encryption(tmp_path: Path, raw: Path) -> None:
    with Replay() as server:
        path = declare(tmp_path, server, ONE)
        text = path.read_text().replace(server.url, "http://example.org")
        path.write_text(text.replace("127.0.0.1", "example.org"))
        assert "expected an encrypted address (https)" in only_reason(raw, path)


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl makes the certificate")
def test_a_service_with_a_certificate_of_its_own_making_is_not_spoken_to(
    raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "own.pem"
    command = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=127.0.0.1 -addext"
    subprocess.run(
        [*command.split(), "subjectAltName=IP:127.0.0.1", "-keyout", file, "-out", f"{file}.crt"],
        check=True,
        capture_output=True,
    )
    file.write_text(file.read_text() + Path(f"{file}.crt").read_text())
    for name, value in ACCOUNT.items():
        monkeypatch.setenv(name, value)
    with Replay(certificate=file) as server:
        reason = only_reason(raw, declare(tmp_path, server, ONE))
        assert server.service.requests == []
    assert "certificate verify failed" in reason


def test_another_head_line_is_refused_and_named(replay: Replay, raw: Path, tmp_path: Path) -> None:
    other = employees(head="Statistik;Zeit;Gebiet;Wert")
    replay.service.tables[EMPLOYEES, "2025"] = other
    reason = only_reason(raw, declare(tmp_path, replay, ONE))
    assert "the head line is not that of the flat format" in reason
    assert "Statistik;Zeit;Gebiet;Wert" in reason


def test_a_table_in_which_every_area_is_a_dash_is_refused(
    replay: Replay, raw: Path, tmp_path: Path
) -> None:
    replay.service.tables[EMPLOYEES, "2025"] = employees(dict.fromkeys(VALUES, "-"))
    assert "without any" in only_reason(raw, declare(tmp_path, replay, ONE))


def test_a_table_without_its_kreise_is_a_partial_release_and_refused(
    replay: Replay, raw: Path, tmp_path: Path
) -> None:
    replay.service.tables[EMPLOYEES, "2025"] = employees({**VALUES, **dict.fromkeys(FIVE, "-")})
    reason = only_reason(raw, declare(tmp_path, replay, ONE))
    assert "partial release. For 2025 all 5 Kreise show '-'" in reason
    assert len(refused(raw)) == 1


def test_kreise_without_figures_are_refused_although_their_land_has_one(
    replay: Replay, raw: Path, tmp_path: Path
) -> None:
    replay.service.tables[EMPLOYEES, "2025"] = employees({"14": "900", **dict.fromkeys(FIVE, "-")})
    reason = only_reason(raw, declare(tmp_path, replay, ONE))
    assert "expected figures of Kreise, got 5 cells without any" in reason


def test_a_table_without_one_of_the_five_areas_is_refused(
    replay: Replay, raw: Path, tmp_path: Path
) -> None:
    four = {area: value for area, value in VALUES.items() if area != "14523"}
    replay.service.tables[EMPLOYEES, "2025"] = employees(four)
    reason = only_reason(raw, declare(tmp_path, replay, ONE))
    assert "expected rows of all five areas, got none of 14523" in reason


def test_another_year_than_the_one_asked_for_is_refused(
    replay: Replay, raw: Path, tmp_path: Path
) -> None:
    replay.service.tables[EMPLOYEES, "2025"] = employees(year=2024)
    reason = only_reason(raw, declare(tmp_path, replay, ONE))
    assert "expected year 2025, got year 2024" in reason


def test_a_source_that_fails_stops_no_other_and_the_exit_code_tells(
    replay: Replay, raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    replay.service.tables[EMPLOYEES, "2025"] = b"PK\x03\x04 not a zip"
    replay.service.tables[TURNOVER, "2025"] = turnover()
    replay.service.flows[GDP, "2022"] = gdp()
    declared = declare(
        tmp_path, replay, {**ONE, TURNOVER: years(2025, 2025), GDP: years(2022, 2023)}
    )
    run = CliRunner().invoke(app, ["pull", "--raw", str(raw), "--sources", str(declared)])
    assert run.exit_code == 1
    assert "expected a zip with one file" in " ".join(run.output.split())
    assert kept(raw) == [
        "eurostat/nama_10r_3gdp/all_2026-11-24.csv.gz",
        f"regionalstatistik_api/{TURNOVER}/2025_2026-11-24.zip",
    ]
    del replay.service.tables[EMPLOYEES, "2025"]
    replay.service.tables[EMPLOYEES, "2025"] = GOOD
    run = CliRunner().invoke(app, ["pull", "--raw", str(raw), "--sources", str(declared)])
    assert run.exit_code == 0
    assert "fetched today" in run.output


def test_a_service_that_is_down_is_not_asked_for_every_table_and_year(
    replay: Replay, raw: Path, tmp_path: Path
) -> None:
    always(replay, error_page(500))
    four = (EMPLOYEES, TURNOVER, "12411-01-01-4", "82111-01-05-4")
    outcomes = pull(raw, declare(tmp_path, replay, dict.fromkeys(four, years(2021, 2025))))
    states = [outcome.state for outcome in outcomes]
    assert states.count("refused") == 3 + 3 + 1
    assert states.count("not_tried") == 20 - 7
    assert "not asked any more after" in outcomes[-1].reason


def test_a_service_that_gives_no_answer_at_all_is_asked_three_times(
    raw: Path, tmp_path: Path
) -> None:
    with Replay() as gone:
        declared = declare(tmp_path, gone, {GDP: {}, "demo_r_pjangrp3": years(2020, 2025)})
    outcomes = pull(raw, declared)
    assert [outcome.state for outcome in outcomes] == ["failed"] * 3 + ["not_tried"] * 4


def test_a_server_error_for_one_table_does_not_keep_the_others_away(
    replay: Replay, raw: Path, tmp_path: Path
) -> None:
    """As recorded in June 2025: HTTP 500 for one table, the others as usual."""
    broken = "12411-01-01-4"
    replay.service.always = lambda request: (
        error_page(500) if request.form.get("name") == broken else None
    )
    outcomes = pull(raw, declare(tmp_path, replay, {broken: years(2020, 2025), **ONE}))
    states = {(o.item.dataset, o.state) for o in outcomes}
    assert states == {(broken, "refused"), (broken, "not_tried"), (EMPLOYEES, "new")}


def test_credentials_reach_no_file_no_message_no_log_and_no_traceback(
    replay: Replay,
    raw: Path,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Even if the service repeats them in every answer."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    caplog.set_level(logging.DEBUG)
    declared = declare(tmp_path, replay, {EMPLOYEES: years(2019, 2025)})
    echo = f"user {USER}, password {WORD}"
    shown = ""
    for reply in (
        Reply(f"<html>{echo}</html>".encode()),
        status(7, echo),
        status(15, echo, flat=True, http=401),
        Reply(echo.encode()),
        elsewhere(f"http://{USER}:{WORD}@localhost:1/"),
        Reply(GOOD, pause=0.7),
    ):
        always(replay, reply)
        run = CliRunner().invoke(app, ["pull", "--raw", str(raw), "--sources", str(declared)])
        assert run.exit_code == 1
        shown += (
            run.output + repr(run.exception) + "".join(traceback.format_exception(run.exception))
        )
        shown += failure(declared)
    assert any(request.headers.get("password") == WORD for request in replay.service.requests)
    assert len(refused(raw)) >= 4
    for path in [path for path in raw.rglob("*") if path.is_file()]:
        shown += path.read_text(encoding="utf-8", errors="replace")
    shown += caplog.text
    assert USER not in shown
    assert WORD not in shown


def failure(declared: Path) -> str:
    """Return the whole traceback of asking for one file."""
    settings = settings_of(
        "regionalstatistik", load_sources(declared).sites["regionalstatistik"], DAY
    )
    module = publisher("regionalstatistik")
    session = Session(settings.service(), declared.parent, settings.secrets)
    said = repr(settings) + repr(session)
    try:
        module.fetch(module.plan(settings, session)[0], Known(), settings, session)
    except PullError as error:
        said += "".join(traceback.format_exception(error))
    else:
        raise AssertionError
    return said
