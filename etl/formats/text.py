"""From bytes to text: the encodings that publishers use, and pages that are no data."""

from __future__ import annotations

import re
import zipfile
import zlib

from etl.errors import SourceError
from etl.formats import Source

ZIP = b"PK\x03\x04"
HTML = ("<!doctype", "<html", "<?xml", "{")
# C1 control characters and doubly encoded umlauts never stand in an official table.
MISREAD = re.compile(r"[\x7f-\x9f\ufffd]|\u00c3[\u00a4\u00bc\u00b6\u0178]")


def payload(source: Source) -> bytes:
    """Return the bytes of an official file; of a zip those of the one table that it holds.

    Raises:
        SourceError: a zip that is cut off or broken, or that holds another number of files.
    """
    data = source.path.read_bytes()
    return unzip(source) if data.startswith(ZIP) else data


def unzip(source: Source) -> bytes:
    """Return the bytes of the one table in a zip.

    Raises:
        SourceError: no zip, one that is cut off or broken, or not exactly one file in it.
    """
    try:
        with zipfile.ZipFile(source.path) as archive:
            names = archive.namelist()
            data = archive.read(names[0]) if len(names) == 1 else b""
    except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, zlib.error) as error:
        raise SourceError(
            source.place(), f"this is no complete zip file ({error})", "Download it again."
        ) from error
    if len(names) != 1:
        raise SourceError(
            source.place(), "the zip must hold one table", "Download it again.", ", ".join(names)
        )
    return data


def decode(data: bytes, source: Source) -> str:
    """Return the text of an official file, in UTF-8 or ISO-8859-1, without its BOM.

    Raises:
        SourceError: empty file, web page or JSON instead of data, another encoding.
    """
    if not data.strip():
        raise SourceError(source.place(), "the file is empty", "Download it again.")
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in data[:4096]:
        raise SourceError(
            source.place(), "the encoding is UTF-16", "Save it as published (UTF-8 or ISO-8859-1)."
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("iso-8859-1")
    head = text[:200].lstrip().lower()
    if head.startswith(HTML):
        raise SourceError(
            source.place(1),
            "this is a web page or an error message, not the table",
            "Open the address in a browser, see what the service says, and download again.",
            text.lstrip()[:60],
        )
    _refuse_other_encodings(text, source)
    return text


def _refuse_other_encodings(text: str, source: Source) -> None:
    """Refuse text that only another encoding explains: control characters or mojibake."""
    found = MISREAD.search(text)
    if found:
        number = text.count("\n", 0, found.start()) + 1
        _refuse(source, number, text.split("\n")[number - 1])


def _refuse(source: Source, number: int, line: str) -> None:
    raise SourceError(
        source.place(number),
        "the characters are in an encoding that the publisher does not use",
        "Download the file again and do not save it with another program.",
        line[:60],
    )
