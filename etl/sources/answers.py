"""What an answer is, by its bytes: a zip, JSON, XML, a web page, or something else.

Services send errors with HTTP 200 and with a content type of their own choice, so only the
bytes count. Refusals say what was expected and what came.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import zipfile
import zlib
from collections.abc import Callable
from typing import Any

from etl.errors import PullError
from etl.http import Answer

ZIP, GZIP = b"PK\x03\x04", b"\x1f\x8b"
SMALL = 4 << 20
SHOWN = 160
TAG = re.compile(rb"<(style|script)\b.*?</\1>|<[^>]+>", re.DOTALL | re.IGNORECASE)


def kind(answer: Answer) -> str:
    """Return `empty`, `zip`, `gzip`, `json`, `html`, `xml` or `text`."""
    start = answer.start()
    if not start.strip():
        return "empty"
    if start.startswith(ZIP):
        return "zip"
    if start.startswith(GZIP):
        return "gzip"
    text = start.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if text.startswith((b"{", b"[")):
        return "json"
    if text.startswith((b"<!doctype html", b"<html")) or b"<html" in text[:600]:
        return "html"
    return "xml" if text.startswith(b"<") else "text"


def describe(answer: Answer) -> str:
    """Return what came, in a few words: status, kind, and the beginning of what it says."""
    what = kind(answer)
    if what in {"zip", "gzip"}:
        return f"HTTP {answer.status}, {what}, {answer.body.stat().st_size} bytes"
    said = b" ".join(TAG.sub(b" ", answer.start(SMALL)).split())[:SHOWN]
    return f"HTTP {answer.status}, {what}: {said.decode('utf-8', 'replace')!r}"


def unexpected(publisher: str, expected: str, answer: Answer, final: bool = False) -> PullError:
    """Return the refusal "expected X, got Y" with the answer as evidence.

    A server error counts as no answer: several of them in a row end the questions.
    """
    return PullError(
        publisher,
        f"expected {expected}, got {describe(answer)}",
        url=answer.url,
        unreachable=answer.status >= 500,
        final=final,
        evidence=answer.body,
    )


def as_json(publisher: str, answer: Answer, limit: int = SMALL) -> dict[str, Any]:
    """Return a JSON object.

    Raises:
        PullError: the body is longer than `limit` bytes, no JSON, or no object.
    """
    try:
        content = json.loads(answer.start(limit))
    except ValueError:
        content = None
    if not isinstance(content, dict):
        raise unexpected(publisher, "a JSON object", answer)
    return content


def zipped_text(publisher: str, answer: Answer, limit: int) -> bytes:
    """Return the one file of a zip, its checksum verified.

    Raises:
        PullError: the zip is cut off or broken, holds another number of files, or would be
            larger than `limit` bytes.
    """
    said = ""
    try:
        with zipfile.ZipFile(answer.body) as archive:
            files = archive.infolist()
            if len(files) == 1 and files[0].file_size <= limit:
                return archive.read(files[0])
            said = f"{len(files)} files, {sum(file.file_size for file in files)} bytes"
    except (zipfile.BadZipFile, EOFError, zlib.error, NotImplementedError) as error:
        said = f"a broken zip ({error})"
    raise PullError(
        publisher,
        f"expected a zip with one file of at most {limit} bytes, got {said}",
        url=answer.url,
        evidence=answer.body,
    )


def gzipped_text(publisher: str, answer: Answer, limit: int) -> bytes:
    """Return the text of a gzip file, its checksum verified; of another file its bytes.

    Raises:
        PullError: the file is cut off or broken, or would be larger than `limit` bytes.
    """
    if kind(answer) != "gzip":
        return answer.body.read_bytes()
    said = ""
    try:
        with gzip.open(answer.body) as file:
            text = file.read(limit + 1)
        if len(text) <= limit:
            return text
        said = f"more than {limit} bytes"
    except (OSError, EOFError, zlib.error) as error:
        said = f"a broken gzip file ({error})"
    raise PullError(
        publisher, f"expected a gzip file, got {said}", url=answer.url, evidence=answer.body
    )


def fingerprint(text: bytes, counts: Callable[[bytes], bytes | None] = lambda line: line) -> str:
    """Return the SHA-256 of a text's lines in alphabetical order.

    `counts` returns what of a line counts, None for a line that does not.
    """
    digest = hashlib.sha256()
    for line in sorted(kept for raw in text.splitlines() if (kept := counts(raw)) is not None):
        digest.update(line + b"\n")
    return digest.hexdigest()
