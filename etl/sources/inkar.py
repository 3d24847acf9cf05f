"""INKAR: the whole database of an edition, as the BBSR packs it: one zip with one huge CSV.

The zip goes to the raw folder as it came, streamed to disk; nothing is unpacked here. The
reader of the raw folder unpacks it as a stream and holds only the declared indicators.
"""

from __future__ import annotations

import zipfile

from etl.http import Answer, Session
from etl.sources import Fetched, Item, Known, files
from etl.sources.answers import kind, unexpected
from etl.sources.settings import Settings


def plan(settings: Settings, session: Session) -> list[Item]:
    """Return the zip of the declared edition."""
    return files.plan(settings, session, ".zip")


def fetch(item: Item, known: Known, settings: Settings, session: Session) -> Fetched:
    """Fetch the zip, unless it is still the known one.

    Raises:
        PullError: no zip, one that is cut off, another number of CSVs in it, or one that would
            unfold beyond `options.unpacked` bytes.
    """
    answer = files.get(item, known, settings, session)
    if answer is None:
        return Fetched("unchanged")
    if kind(answer) != "zip":
        raise unexpected(
            settings.name, f"the zip of {item.name}; {files.where(item, settings)}", answer
        )
    parts = _parts(answer, item, settings)
    return Fetched("file", answer.body, files.fingerprint(parts), answer.etag, answer.modified)


def _parts(answer: Answer, item: Item, settings: Settings) -> list[zipfile.ZipInfo]:
    limit = int(settings.site.options["unpacked"])
    expected = f"a zip with one CSV of at most {limit} bytes"
    try:
        parts = files.directory(answer.body)
    except zipfile.BadZipFile as error:
        raise files.refused(settings.name, expected, f"a broken zip ({error})", answer) from error
    tables = [part for part in parts if part.filename.lower().endswith(".csv")]
    if len(tables) != 1 or tables[0].file_size > limit:
        found = ", ".join(f"{part.filename} ({part.file_size} bytes)" for part in parts)[:200]
        raise files.refused(settings.name, expected, f"a zip with {found}", answer)
    return parts
