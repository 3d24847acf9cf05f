"""What the tests of single publishers share: a declared service, small workbooks and archives."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import IO, Any
from urllib.parse import urlsplit

import inflate64
import xlsxwriter
import yaml

from etl.pull import Outcome
from etl.sources.settings import SOURCES
from tests.pulling import kept, pull
from tests.replay import PAGE, Replay, Reply, Request, cut

HURRY = {"pace": 0, "attempts": 2, "backoff": 0.01, "poll": 0.01, "polls": 4, "read": 5.0}
LOCAL, CENTRAL, END = "<4s5H3I2H", "<4s6H3I5H2I", "<4s4H2IH"
METHOD, DAY = 9, 0x5D78  # Deflate64; 24 November 2026
HTML = Reply(PAGE, headers={"Content-Type": "text/html"})


def declare(folder: Path, replay: Replay, name: str, *tables: str, **site: Any) -> Path:
    """Write a `sources.yml` with one publisher, whose every address is the replay's.

    `tables` are the datasets that are declared, all where none is named; `site` changes the
    service's entry.
    """
    entry = yaml.safe_load(SOURCES.read_text(encoding="utf-8"))["sites"][name]
    entry = _moved(entry, replay.url) | {"hosts": ["127.0.0.1"], **HURRY, **site}
    if tables:
        entry["tables"] = {table: entry["tables"][table] for table in tables}
    path = folder / "sources.yml"
    path.write_text(yaml.safe_dump({"sites": {name: entry}}, allow_unicode=True), encoding="utf-8")
    return path


def _moved(entry: Any, url: str) -> Any:
    """Return an entry in which every address is one of `url`."""
    if isinstance(entry, dict):
        return {key: _moved(value, url) for key, value in entry.items()}
    if isinstance(entry, str) and entry.startswith("https://"):
        parts = urlsplit(entry)
        return url + parts.path + (f"?{parts.query}" if parts.query else "")
    return entry


def answers(replay: Replay, reply: Reply | Callable[[Request], Reply | None]) -> None:
    """Let the service answer every question so."""
    replay.service.always = reply if callable(reply) else lambda request: reply


def only(raw: Path, sources: Path) -> Outcome:
    """Pull what is declared and return the one outcome."""
    (outcome,) = pull(raw, sources)
    return outcome


def reason(raw: Path, sources: Path) -> str:
    """Pull, and return the one refusal; nothing may have been published."""
    outcome = only(raw, sources)
    assert outcome.state in {"failed", "refused"}
    assert kept(raw) == []
    return outcome.reason


def broken(body: bytes) -> dict[str, Reply]:
    """Return what every file may turn into, by the words that its refusal must hold."""
    return {
        "got HTTP 200, html": HTML,
        "got HTTP 200, empty": Reply(b""),
        "expected the whole answer": cut(body),
        "a broken zip": Reply(body[:-60]),
        "it may have moved: look at": Reply(PAGE, 404),
        "got HTTP 503": Reply(b"<html>Access denied</html>", 503),
        "got HTTP 200, text": Reply(b"key;value\n1;2\n"),
    }


def workbook(sheets: Mapping[str, Sequence[Sequence[Any]]]) -> bytes:
    """Return a workbook with sheets of rows."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(
        buffer, {"in_memory": True, "default_date_format": "yyyy-mm-dd"}
    ) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    sheet.write(number, column, cell)
    return buffer.getvalue()


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Return a zip with files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def zipped64(name: str, data: bytes) -> bytes:
    """Return a zip whose one file is packed with Deflate64."""
    buffer = io.BytesIO()
    pack64(buffer, name, [data])
    return buffer.getvalue()


def pack64(file: IO[bytes], name: str, blocks: Iterable[bytes]) -> None:
    """Write a zip whose one file is packed with Deflate64, as Windows packs large files."""
    packer, size, checksum, packed, title = inflate64.Deflater(), 0, 0, 0, name.encode()
    begin = struct.calcsize(LOCAL) + len(title)
    file.seek(begin)
    for block in blocks:
        size, checksum = size + len(block), zlib.crc32(block, checksum)
        packed += file.write(packer.deflate(block))
    packed += file.write(packer.flush())
    facts = (0, METHOD, 0, DAY, checksum, packed, size, len(title), 0)
    central = struct.pack(CENTRAL, b"PK\x01\x02", 20, 21, *facts, 0, 0, 0, 0, 0) + title
    file.write(central)
    file.write(struct.pack(END, b"PK\x05\x06", 0, 0, 1, 1, len(central), begin + packed, 0))
    file.seek(0)
    file.write(struct.pack(LOCAL, b"PK\x03\x04", 21, *facts) + title)
