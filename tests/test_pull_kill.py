"""A pull that is killed at any moment goes on where it stopped, and ends in the same bytes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from etl.raw import LockedError, Raw
from tests.conftest import ROOT
from tests.pulling import (
    ACCOUNT,
    EMPLOYEES,
    EPOCH,
    GDP,
    TURNOVER,
    content,
    declare,
    employees,
    gdp,
    pull,
    turnover,
    years,
)
from tests.replay import Replay, Reply, Request

KILLS = 50
# One process that has imported everything forks the pulls, so that a kill hits the pull itself.
NURSERY = """
import os, random, signal, sys, time
from etl.cli import app
import etl.formats.genesis_csv, etl.formats.genesis_ffcsv, etl.formats.sdmx_csv
import etl.sources.eurostat, etl.sources.regionalstatistik
from etl.sources.settings import load_sources
sources, base, kills = sys.argv[1], sys.argv[2], int(sys.argv[3])
load_sources()
dice, killed, place, longest = random.Random(7), 0, 0, None
while killed < kills:
    begin = time.monotonic()
    child = os.fork()
    if not child:
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, 1), os.dup2(null, 2)
        try:
            app(["pull", "--raw", f"{base}/{place}", "--sources", sources])
        except SystemExit as end:
            os._exit(end.code or 0)
        os._exit(9)
    if longest is not None:
        time.sleep(dice.random() * longest)
        os.kill(child, signal.SIGKILL)
    status = os.waitpid(child, 0)[1]
    # The first pull goes undisturbed and says how long one takes on this machine.
    longest = longest or (time.monotonic() - begin) / 2
    if os.WIFSIGNALED(status):
        killed += 1
    else:
        assert os.WEXITSTATUS(status) == 1, status
        place += 1
sys.stdout.write(f"{place} {killed}")
"""


def environment() -> dict[str, str]:
    return {**os.environ, **ACCOUNT, "SOURCE_DATE_EPOCH": EPOCH}


def offer(replay: Replay) -> dict[str, dict[str, int]]:
    """Offer tables with every outcome: new, a job, not published, refused."""
    service = replay.service
    for year in range(2016, 2026):
        service.tables[TURNOVER, str(year)] = turnover(year=year)
        service.tables[EMPLOYEES, str(year)] = employees(year=year)
    service.tables[EMPLOYEES, "2025"] = employees({"145": "500", "14511": "-", "14521": "-",
        "14522": "-", "14523": "-", "14524": "-"})  # fmt: skip
    service.big.add(TURNOVER)
    service.looks = 1
    service.flows[GDP, "2022"] = gdp()
    return {EMPLOYEES: years(2016, 2026), TURNOVER: years(2016, 2026), GDP: years(2022, 2023)}


def run_pull(raw: Path, sources: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "etl", "pull", "--raw", str(raw), "--sources", str(sources)]
    return subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")
def test_fifty_kills_at_random_moments_end_in_the_same_raw_folder_byte_for_byte(
    tmp_path: Path,
) -> None:
    with Replay() as replay:
        declared = declare(tmp_path, replay, offer(replay))
        whole = run_pull(tmp_path / "whole", declared)
        said = whole.communicate(timeout=120)[0].decode()
        assert whole.returncode == 1, said  # the partial release is refused
        nursery = subprocess.run(
            [sys.executable, "-c", NURSERY, str(declared), str(tmp_path), str(KILLS)],
            cwd=ROOT,
            env=environment(),
            capture_output=True,
            text=True,
            timeout=500,
            check=False,
        )
        assert nursery.returncode == 0, nursery.stderr[-2000:]
        completed, killed = map(int, nursery.stdout.split())
        last = run_pull(tmp_path / str(completed), declared)
        last.communicate(timeout=120)
    expected = content(tmp_path / "whole")
    assert len(expected) == 2 * (9 + 10 + 1) + 2 + 1
    assert killed == KILLS
    assert completed > 0
    for place in range(completed + 1):
        assert content(tmp_path / str(place)) == expected


def test_two_pulls_never_run_at_once_and_the_second_says_who_is_at_work(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    with Replay() as replay:
        slow = Reply(b"{}", pause=30)

        def wait(request: Request) -> Reply:
            return slow

        replay.service.always = wait
        declared = declare(tmp_path, replay, {EMPLOYEES: years(2025, 2025)}, read=60)
        first = run_pull(raw, declared)
        try:
            end = time.monotonic() + 60
            while not replay.service.requests and time.monotonic() < end:
                time.sleep(0.05)
            second = run_pull(raw, declared)
            said = " ".join(second.communicate(timeout=60)[0].decode().split())
            assert second.returncode == 3
            assert f"Another pull (process {first.pid}) is at work" in said
        finally:
            first.send_signal(signal.SIGKILL)
            first.wait()


def test_the_lock_of_a_pull_that_died_holds_nobody_up(tmp_path: Path) -> None:
    (tmp_path / ".pull.lock").write_text("999999")
    with (
        Raw(tmp_path).lock(),
        pytest.raises(LockedError, match=str(os.getpid())),
        Raw(tmp_path).lock(),
    ):
        pass
    assert (tmp_path / ".pull.lock").read_bytes() == b""


def test_what_a_killed_pull_left_unfinished_is_swept_away(tmp_path: Path) -> None:
    raw = Raw(tmp_path)
    (raw.part / "regionalstatistik").mkdir(parents=True)
    (raw.part / "regionalstatistik" / "answer-00001").write_bytes(b"half")
    assert list(raw.work().iterdir()) == []


class CrashError(BaseException):
    """The machine stops here."""


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_a_crash_around_each_single_write_ends_in_the_same_raw_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, after: bool
) -> None:
    for name, value in ACCOUNT.items():
        monkeypatch.setenv(name, value)
    move, left = Raw._move, [0]

    def crash(self: Raw, source: Path, target: Path) -> None:
        left[0] -= 1
        if left[0] == 0 and not after:
            raise CrashError
        move(self, source, target)
        if left[0] == 0:
            raise CrashError

    with Replay() as replay:
        offer(replay)
        tables = {EMPLOYEES: years(2024, 2026), GDP: years(2022, 2023)}
        declared = declare(tmp_path, replay, tables)
        pull(tmp_path / "whole", declared)
        expected = content(tmp_path / "whole")
        monkeypatch.setattr(Raw, "_move", crash)
        for moment in range(1, 7):
            left[0] = moment
            raw = tmp_path / str(moment)
            with pytest.raises(CrashError):
                pull(raw, declared)
            pull(raw, declared)
            assert content(raw) == expected
    assert len(expected) == 6 + 1  # two files and one refused answer with sidecars, and the lock
