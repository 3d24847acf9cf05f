"""Eurostat: compressed SDMX-CSV, at once, later in both forms, or not at all."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from etl.stage import stage
from tests.pulling import (
    GDP,
    NUTS,
    declare,
    gdp,
    gdp_as_jsonstat,
    kept,
    pull,
    refused,
    years,
)
from tests.replay import JOB, Replay, Reply, cut, state_of

BOTH = {GDP: years(2022, 2023)}
FILE = ["eurostat/nama_10r_3gdp/all_2026-11-24.csv.gz"]
ERROR_413 = (
    b'{ "error": [{"status": 413,"id": 413,"label": "ASYNCHRONOUS_RESPONSE. Your request will be '
    b'treated asynchronously. Please try again later."}]}'
)
WARNING_413 = (
    b'{"warning":{"status":413,"label":"ASYNCHRONOUS_RESPONSE. Your request will be treated '
    b'asynchronously. Please try again later."}}'
)
FAULT = (
    b'<S:Fault xmlns:S="http://schemas.xmlsoap.org/soap/envelope/"><faultcode>413</faultcode>'
    b"<faultstring>EXTRACTION_TOO_BIG: The requested extraction is too big, estimated 420709314 "
    b"rows, max authorised is 5000000</faultstring></S:Fault>"
)


@pytest.fixture
def replay() -> Iterator[Replay]:
    with Replay() as server:
        server.service.flows[GDP, "2022"] = gdp()
        yield server


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    return tmp_path / "raw"


def outcome(raw: Path, sources: Path, day: date = date(2026, 11, 24)) -> tuple[str, str]:
    (result,) = pull(raw, sources, day=day)
    return result.state, result.reason


@pytest.mark.parametrize("conf", [True, False], ids=["since 2024", "before"])
def test_a_table_comes_compressed_with_all_its_years(
    replay: Replay, raw: Path, tmp_path: Path, conf: bool
) -> None:
    replay.service.flows[GDP, "2022"] = gdp(conf=conf)
    assert outcome(raw, declare(tmp_path, replay, BOTH)) == ("new", "")
    assert kept(raw) == FILE
    (request,) = replay.service.requests
    assert request.path.endswith("sdmx/2.1/data/nama_10r_3gdp/A.MIO_EUR+EUR_HAB.")
    assert request.form == {
        "format": "SDMX-CSV", "compressed": "true", "startPeriod": "2022", "endPeriod": "2023",
    }  # fmt: skip


def test_what_did_not_change_is_not_loaded_again(replay: Replay, raw: Path, tmp_path: Path) -> None:
    declared = declare(tmp_path, replay, BOTH)
    outcome(raw, declared)
    assert outcome(raw, declared, date(2026, 12, 1))[0] == "unchanged"
    assert "if-none-match" in replay.service.requests[-1].headers
    assert kept(raw) == FILE


@pytest.mark.parametrize(
    "reply", [Reply(ERROR_413, 413), Reply(WARNING_413)], ids=["413", "200 with warning"]
)
def test_a_service_that_asks_to_come_again_is_asked_again(
    replay: Replay, raw: Path, tmp_path: Path, reply: Reply
) -> None:
    replay.service.again[GDP] = reply
    assert outcome(raw, declare(tmp_path, replay, BOTH))[0] == "new"
    assert len(replay.service.requests) == 3


def test_a_service_that_asks_to_come_again_for_ever_is_given_up(
    replay: Replay, raw: Path, tmp_path: Path
) -> None:
    replay.service.always = lambda request: Reply(WARNING_413)
    state, reason = outcome(raw, declare(tmp_path, replay, BOTH))
    assert state == "failed"
    assert "expected nama_10r_3gdp to be ready after 4 looks" in reason


def test_a_job_is_looked_after_and_its_file_fetched(
    replay: Replay, raw: Path, tmp_path: Path
) -> None:
    replay.service.later.add(GDP)
    replay.service.flows[GDP, "async"] = gdp()
    replay.service.flows["async", "async"] = gdp()
    assert outcome(raw, declare(tmp_path, replay, BOTH))[0] == "new"
    assert kept(raw) == FILE
    assert replay.service.requests[-1].path.endswith(f"1.0/async/data/{JOB}")


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("PROCESSING", f"expected job {JOB} to be ready after 4 looks"),
        ("EXPIRED", f"expected job {JOB} to become available"),
    ],
)
def test_a_job_that_never_ends_or_expires_is_given_up(
    replay: Replay, raw: Path, tmp_path: Path, word: str, said: str
) -> None:
    replay.service.always = lambda request: state_of(word)
    assert said in outcome(raw, declare(tmp_path, replay, BOTH))[1]
    assert kept(raw) == []


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        (Reply(FAULT, 413), "expected a question that is not too big, got HTTP 413"),
        (Reply(b"<html>Service unavailable</html>"), "expected SDMX-CSV of nama_10r_3gdp"),
        (Reply(b"<xml>what</xml>"), "expected SDMX-CSV or a job with its state"),
        (Reply(b'{"error": {"status": 400, "id": 150, "label": "INVALID"}}', 400), "INVALID"),
        (Reply(b"freq,unit,geo\\TIME_PERIOD\t2023\n"), "expected the head line of SDMX-CSV"),
    ],
)
def test_anything_else_is_refused_and_kept_apart(
    replay: Replay, raw: Path, tmp_path: Path, reply: Reply, said: str
) -> None:
    replay.service.always = lambda request: reply
    state, reason = outcome(raw, declare(tmp_path, replay, BOTH))
    assert (state, len(refused(raw))) == ("refused", 1)
    assert said in reason
    assert kept(raw) == []


def test_an_unknown_table_is_refused(replay: Replay, raw: Path, tmp_path: Path) -> None:
    replay.service.flows.clear()
    state, reason = outcome(raw, declare(tmp_path, replay, BOTH))
    assert state == "refused"
    assert "expected a table that the service knows" in reason


def test_an_empty_answer_to_an_unknown_code_is_no_success(
    replay: Replay, raw: Path, tmp_path: Path
) -> None:
    """Eurostat answers unknown codes with HTTP 200 and a head line only."""
    head = gzip.decompress(gdp()).splitlines(keepends=True)[0]
    replay.service.flows[GDP, "2022"] = gzip.compress(head)
    outcomes = pull(raw, declare(tmp_path, replay, BOTH))
    assert [o.state for o in outcomes] == ["not_published", "failed"]
    assert "expected at least one file of table nama_10r_3gdp, got none" in outcomes[-1].reason


def test_a_unit_that_is_absent_is_refused(replay: Replay, raw: Path, tmp_path: Path) -> None:
    text = gzip.decompress(gdp()).replace(b"EUR_HAB", b"EUR_INH")
    replay.service.flows[GDP, "2022"] = gzip.compress(text)
    state, reason = outcome(raw, declare(tmp_path, replay, BOTH))
    assert state == "refused"
    assert "EUR_HAB" in reason or "EUR_INH" in reason


def test_an_answer_without_one_of_the_five_areas_is_refused(
    replay: Replay, raw: Path, tmp_path: Path
) -> None:
    replay.service.flows[GDP, "2022"] = gdp(geo=tuple(c for c in NUTS if c != "DED44"))
    assert "got none of 14523" in outcome(raw, declare(tmp_path, replay, BOTH))[1]


def test_a_gzip_file_that_was_cut_off_is_refused(replay: Replay, raw: Path, tmp_path: Path) -> None:
    body = gdp()
    replay.service.flows[GDP, "2022"] = body[:-20]
    assert "got a broken gzip file" in outcome(raw, declare(tmp_path, replay, BOTH))[1]
    replay.service.flows[GDP, "2022"] = body
    replay.service.faults.append(cut(body))
    assert outcome(raw, declare(tmp_path, replay, BOTH))[0] == "new"


@pytest.mark.parametrize("dense", [True, False], ids=["list", "object"])
def test_where_sdmx_does_not_answer_the_statistics_service_gives_the_same_figures(
    replay: Replay, raw: Path, tmp_path: Path, dense: bool
) -> None:
    replay.service.sdmx_is_down = True
    replay.service.statistics[GDP] = gdp_as_jsonstat(dense)
    assert outcome(raw, declare(tmp_path, replay, BOTH)) == ("new", "")
    assert kept(raw) == ["eurostat/nama_10r_3gdp/all_2026-11-24.json"]
    form = replay.service.requests[-1].form
    assert (form["geoLevel"], form["sinceTimePeriod"], form["untilTimePeriod"]) == (
        "nuts3", "2022", "2023",
    )  # fmt: skip
    (staged,) = stage(raw)
    rows = staged.observations
    assert len(rows) == 2 * len(NUTS) * 2
    assert set(rows["value"]) == {12.5}
    assert staged.files[0].vintage == "2026-02-20"
    first = rows[(rows["area_id"] == "DG") & (rows["year"] == 2022)]
    assert dict(zip(first["measure"], first["qualifier"], strict=True)) == {
        "gdp": "", "gdp_per_inhabitant": "provisional",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "state", "said"),
    [
        ({"value": {}}, "failed", "expected at least one file"),
        ({"version": "1.0"}, "refused", "this is no JSON-stat 2.0 dataset"),
        ({"size": [1, 2, 8, 3]}, "refused", "the dimension has 2 codes, its stated size is 3"),
        ({"value": [1.0, 2.0]}, "refused", "the values do not fit 32 cells"),
    ],
)
def test_json_stat_that_is_not_what_it_says_is_refused(
    replay: Replay, raw: Path, tmp_path: Path, changed: dict[str, object], state: str, said: str
) -> None:
    replay.service.sdmx_is_down = True
    replay.service.statistics[GDP] = gdp_as_jsonstat(**changed)
    last = pull(raw, declare(tmp_path, replay, BOTH))[-1]
    assert last.state == state
    assert said in last.reason
    assert kept(raw) == []
