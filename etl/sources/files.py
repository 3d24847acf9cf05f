"""Files that a publisher puts on a web server: one address, one workbook or archive.

In come the addresses of `sources.yml`; out goes an answer that is the file, or the refusal that
says where to look for its new address. What a workbook says is told by its parts, because the
date of saving changes without the figures.
"""

from __future__ import annotations

import hashlib
import zipfile
import zlib
from pathlib import Path

from etl.errors import PullError
from etl.http import Answer, Session
from etl.sources import Fetched, Item, Known
from etl.sources.answers import kind, unexpected
from etl.sources.settings import Settings, Wire

GONE = (404, 410)
WORKBOOK = "xl/workbook.xml"
UNFOLDED = 1_000_000_000  # bytes of all parts; the largest booklet has a twentieth
# Who saved a workbook and when stands in docProps; the order of unused texts in calcChain.
NO_FIGURES = ("docProps/", "xl/calcChain.xml")


def plan(settings: Settings, session: Session, suffix: str = ".xlsx") -> list[Item]:
    """Return one file per table: `options.url`, named `options.name` in the raw folder."""
    return [
        item(settings, dataset, wire, str(wire.options["url"]), str(wire.options["name"]), suffix)
        for dataset, wire in settings.site.tables.items()
    ]


def item(settings: Settings, dataset: str, wire: Wire, url: str, name: str, suffix: str) -> Item:
    """Return the item of a file at `url`; `options.skip` says why it is not asked for."""
    return Item(
        publisher=settings.name,
        dataset=dataset,
        table=settings.code(dataset),
        folder=wire.folder,
        name=name,
        suffix=suffix,
        url=url,
        size=wire.size,
        skip=str(wire.options.get("skip", "")),
    )


def get(item: Item, known: Known, settings: Settings, session: Session) -> Answer | None:
    """Return the answer with a file, None where the known edition is still the current one.

    Raises:
        PullError: the file is not at its address any more, or the server has an error.
    """
    answer = session.get(item.url, If_None_Match=known.etag, If_Modified_Since=known.modified)
    if answer.status == 304:
        return None
    if answer.status in GONE:
        moved = f"the file at its address ({where(item, settings)})"
        raise unexpected(settings.name, moved, answer)
    if answer.status != 200:
        raise unexpected(settings.name, f"the file of {item.table}", answer)
    return answer


def where(item: Item, settings: Settings) -> str:
    """Return what to do when an address has changed."""
    wire = settings.site.tables[item.dataset]
    page = wire.options.get("page") or settings.catalogue.datasets[item.dataset].url
    return f"it may have moved: look at {page} and set the new one in etl/sources/sources.yml"


def workbook(item: Item, known: Known, settings: Settings, session: Session) -> Fetched:
    """Fetch a workbook (.xlsx), every part of it verified.

    Raises:
        PullError: another kind of answer, or a workbook that is cut off or damaged.
    """
    answer = get(item, known, settings, session)
    if answer is None:
        return Fetched("unchanged")
    if kind(answer) != "zip":
        raise unexpected(
            settings.name, f"the workbook of {item.table}; {where(item, settings)}", answer
        )
    parts = whole(answer, settings.name, f"the workbook of {item.table}")
    if WORKBOOK not in {part.filename for part in parts}:
        found = "a zip with " + ", ".join(part.filename for part in parts)[:200]
        raise refused(settings.name, f"a workbook ({WORKBOOK} in it)", found, answer)
    return Fetched("file", answer.body, fingerprint(parts), answer.etag, answer.modified)


def whole(answer: Answer, publisher: str, expected: str) -> list[zipfile.ZipInfo]:
    """Return the parts of a small archive after each one's checksum was verified.

    Raises:
        PullError: the archive is cut off or damaged, or would unfold beyond `UNFOLDED`.
    """
    said = ""
    try:
        with zipfile.ZipFile(answer.body) as archive:
            parts = archive.infolist()
            size = sum(part.file_size for part in parts)
            damaged = None if size > UNFOLDED else archive.testzip()
            if size <= UNFOLDED and damaged is None:
                return parts
            said = f"one whose part {damaged} is damaged" if damaged else f"{size} bytes unfolded"
    except (zipfile.BadZipFile, EOFError, zlib.error, NotImplementedError) as error:
        said = f"a broken zip ({error})"
    raise refused(publisher, expected, said, answer)


def refused(publisher: str, expected: str, found: str, answer: Answer) -> PullError:
    """Return the refusal "expected X, got Y" with the answer as evidence."""
    return PullError(
        publisher, f"expected {expected}, got {found}", url=answer.url, evidence=answer.body
    )


def fingerprint(parts: list[zipfile.ZipInfo]) -> str:
    """Return the SHA-256 over names, sizes and checksums of the parts that hold figures."""
    digest = hashlib.sha256()
    for part in sorted(parts, key=lambda part: part.filename):
        if not part.filename.startswith(NO_FIGURES):
            digest.update(f"{part.filename} {part.file_size} {part.CRC:08x}\n".encode())
    return digest.hexdigest()


def directory(path: Path) -> list[zipfile.ZipInfo]:
    """Return the directory of an archive, nothing unpacked.

    Raises:
        zipfile.BadZipFile: the archive is cut off.
    """
    with zipfile.ZipFile(path) as archive:
        return archive.infolist()
