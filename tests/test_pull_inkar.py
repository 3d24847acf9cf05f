"""INKAR: the whole database in one zip, read as a stream; anything else is refused."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

import pytest

from etl import pull
from etl.formats.inkar_bulk import HEADS
from etl.model import load_catalogue
from etl.stage import stage
from tests.genesis import FIVE
from tests.publishers import answers, broken, declare, only, reason, zipped, zipped64
from tests.pulling import kept, refused
from tests.replay import Replay, Reply

HEAD = ";".join(HEADS)
CODES = [
    column.head
    for layout in load_catalogue().datasets["inkar_2024"].files
    if layout.format == "inkar_bulk"
    for column in layout.columns
]
PLACES = [
    *(("Kreise", f"{area}000") for area in FIVE),
    ("Kreise", "1001000"),  # leading zero lost: 01001
    ("Bundesländer", "14"),
    ("Bund", "111"),
    ("Raumordnungsregionen", "1403"),
    ("Raumordnungsregionen", "101"),
]


def rows(value: str = "12,5", codes: list[str] = CODES) -> list[str]:
    """Return one row per indicator and place, and rows that no layout wants."""
    wanted = [
        f"LRB;1;{code};Indikator;{level};{area};Name;2023;{value}"
        for code in codes
        for level, area in PLACES
    ]
    other = [
        "LRB;2;other;Anderer Indikator;Kreise;14511000;Chemnitz;2023;1,5",
        f"LRB;1;{CODES[0]};Indikator;Gemeinden;14511000;Chemnitz;2023;1,5",
        f"SDG;9;{CODES[0]};Indikator;Kreise;14511000;Chemnitz;2023;99,9",
    ]
    return [*wanted, *other]


def table(lines: list[str], head: str = HEAD) -> bytes:
    return ("\ufeff" + "\r\n".join([head, *lines, ""])).encode()


GOOD = zipped64("inkar_2025.csv", table(rows()))


@pytest.fixture
def replay() -> Iterator[Replay]:
    with Replay() as server:
        yield server


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    return tmp_path / "raw"


@pytest.mark.parametrize(
    "body", [GOOD, zipped({"inkar_2025.csv": table(rows())})], ids=["Deflate64", "Deflate"]
)
def test_the_zip_is_kept_as_it_came_and_only_declared_figures_are_read(
    replay: Replay, raw: Path, tmp_path: Path, body: bytes
) -> None:
    answers(replay, Reply(body, headers={"ETag": '"1"'}))
    assert only(raw, declare(tmp_path, replay, "inkar")).state == "new"
    assert kept(raw) == ["inkar/bulk/inkar_2025_2026-11-24.zip"]
    assert (raw / kept(raw)[0]).read_bytes() == body
    (staged,) = stage(raw, ["inkar_2024"])
    assert staged.files[0].vintage == "2025"
    assert set(staged.observations["area_id"]) == {*FIVE, "01001", "14", "DG", "145"}
    assert len(staged.observations) == len(CODES) * 9
    assert set(staged.observations["value"]) == {12.5}


@pytest.mark.parametrize(("words", "reply"), broken(GOOD).items(), ids=broken(GOOD))
def test_what_is_no_zip_is_refused(
    replay: Replay, raw: Path, tmp_path: Path, words: str, reply: Reply
) -> None:
    answers(replay, reply)
    assert words in reason(raw, declare(tmp_path, replay, "inkar"))


def damaged() -> bytes:
    """Return the zip with one wrong byte in the packed table."""
    body = bytearray(GOOD)
    body[len(body) // 2] ^= 0xFF
    return bytes(body)


def lying() -> bytes:
    """Return the zip with a directory that states a smaller table than there is."""
    return GOOD.replace(struct.pack("<I", len(table(rows()))), struct.pack("<I", 1000))


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (zipped({"a.csv": b"1", "b.csv": b"2"}), "expected a zip with one CSV of at most"),
        (zipped({"readme.txt": b"1"}), "got a zip with readme.txt (1 bytes)"),
        (damaged(), "this is no complete zip file"),
        (lying(), "more than the stated 1000 bytes"),
        (zipped({"inkar.csv": table(rows(), "Bereich;ID;Wert")}), "the head line is not"),
        (zipped({"inkar.csv": table([*rows(), "LRB;1;short"])}), "a row cannot be read"),
        (zipped({"inkar.csv": table(rows(codes=CODES[1:]))}), CODES[0]),
        (zipped({"inkar.csv": table(rows("zwölf"))}), "zwölf"),
        (zipped({"inkar.csv": table([*rows(), rows()[0].replace("12,5", "13")])}), "two figures"),
        (zipped({"inkar.csv": table([])}), "a declared text does not occur"),
    ],
    ids=[
        "two tables", "no table", "damaged", "lying", "other head", "short row",
        "an indicator is absent", "no number", "two figures", "no row",
    ],
)  # fmt: skip
def test_another_form_is_refused_with_what_was_found(
    replay: Replay, raw: Path, tmp_path: Path, body: bytes, said: str
) -> None:
    answers(replay, Reply(body))
    assert said in reason(raw, declare(tmp_path, replay, "inkar"))


def test_a_zip_that_would_unfold_beyond_the_limit_is_not_unfolded(
    replay: Replay, raw: Path, tmp_path: Path
) -> None:
    answers(replay, Reply(GOOD))
    said = reason(raw, declare(tmp_path, replay, "inkar", options={"unpacked": 1000}))
    assert "expected a zip with one CSV of at most 1000 bytes" in said


def test_a_refused_database_does_not_fill_the_disk(
    replay: Replay, raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pull, "EVIDENCE", 1000)
    answers(replay, Reply(damaged()))
    said = reason(raw, declare(tmp_path, replay, "inkar"))
    assert "this is no complete zip file" in said
    assert "not kept: larger than 1000 bytes" in said
    assert refused(raw) == []


def test_figures_that_are_listed_in_two_chapters_count_once(
    replay: Replay, raw: Path, tmp_path: Path
) -> None:
    answers(replay, Reply(zipped({"inkar.csv": table([*rows(), *rows()])})))
    assert only(raw, declare(tmp_path, replay, "inkar")).state == "new"
    (staged,) = stage(raw, ["inkar_2024"])
    assert len(staged.observations) == len(CODES) * 9
