"""The change log of the releases that are kept, as Atom feeds (RFC 4287) in two languages.

In come built releases; out goes one feed per language beside the files by address. An entry says
how many figures a release added, revised and withdrew against the one before, by indicator.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

from indicators.model import Text
from indicators.releases import KINDS, Comparison, compare
from indicators.store import open_store

LANGUAGES = ("de", "en")
ATOM = "http://www.w3.org/2005/Atom"
# Names of our own that stay the same whatever address the application has.
NAMESPACE = uuid.uuid5(uuid.NAMESPACE_DNS, "strukturmonitor-suedwestsachsen")
NAME = "Strukturmonitor Südwestsachsen"
TITLE = Text(de=f"{NAME}: Änderungen der Datenstände", en=f"{NAME}: changes of the releases")
ENTRY = Text(de="Datenstand {release}", en="Release {release}")
WORDS = {
    "added": Text(de="{n} neu", en="{n} added"),
    "revised": Text(de="{n} geändert", en="{n} revised"),
    "withdrawn": Text(de="{n} zurückgezogen", en="{n} withdrawn"),
}
AGAINST = Text(
    de="Zahlen gegenüber dem Datenstand {before}: {said}.",
    en="Figures against release {before}: {said}.",
)
NOTHING = Text(de="keine Änderung", en="no change")
FIRST = Text(
    de="Ältester Datenstand, der noch vorgehalten wird.", en="The oldest release still kept."
)


@dataclass(frozen=True)
class Kept:
    """A release on disk: its file, and when it was built."""

    path: Path
    built: datetime
    names: dict[str, Text]

    @property
    def id(self) -> str:
        """Return the release's id."""
        return self.path.stem


def kept(releases: Path) -> list[Kept]:
    """Return the releases in a folder, the newest first."""
    found = [_open(path) for path in releases.glob("[!.]*.duckdb")]
    return sorted(found, key=lambda entry: (entry.built, entry.id), reverse=True)


def write(releases: Path, folder: Path) -> list[Path]:
    """Write the feeds of the releases that are kept into `folder`; returns the files."""
    entries = kept(releases)
    changes = [compare(before.path, after.path) for after, before in pairwise(entries)]
    folder.mkdir(parents=True, exist_ok=True)
    return [_write(entries, changes, folder, language) for language in LANGUAGES]


def file_name(language: str) -> str:
    """Return the name of the feed in a language."""
    return f"changes.{language}.atom"


def _write(
    entries: Sequence[Kept], changes: Sequence[Comparison], folder: Path, language: str
) -> Path:
    feed = ElementTree.Element("feed", {"xmlns": ATOM, "xml:lang": language})
    _add(feed, "title", TITLE.get(language))
    _add(feed, "id", f"urn:uuid:{uuid.uuid5(NAMESPACE, language)}")
    _add(feed, "updated", _time(max(entry.built for entry in entries)))
    _add(ElementTree.SubElement(feed, "author"), "name", NAME)
    for position, release in enumerate(entries):
        summary = FIRST.get(language)
        if position < len(changes):
            before = entries[position + 1].id
            said_ = said(changes[position], release.names, language)
            summary = AGAINST.get(language).format(before=before, said=said_)
        _entry(feed, release, summary, language)
    path = folder / file_name(language)
    draft = path.with_suffix(".draft")
    ElementTree.ElementTree(feed).write(draft, encoding="utf-8", xml_declaration=True)
    draft.replace(path)
    return path


def said(comparison: Comparison, names: dict[str, Text], language: str) -> str:
    """Return a comparison in words: the totals, then what changed in each indicator."""
    counts = comparison.counts()
    totals = [WORDS[kind].get(language).format(n=counts[kind]) for kind in KINDS if counts[kind]]
    if not totals:
        return NOTHING.get(language)
    parts = []
    for indicator, rows in comparison.figures.groupby("indicator", sort=True):
        found = rows["kind"].value_counts()
        words = ", ".join(
            WORDS[kind].get(language).format(n=found[kind]) for kind in KINDS if kind in found
        )
        name = names.get(str(indicator))
        title = name.get(language) if name else str(indicator)
        parts.append(f"{title}: {words}")
    return "; ".join([", ".join(totals), *parts])


def _entry(feed: ElementTree.Element, release: Kept, summary: str, language: str) -> None:
    entry = ElementTree.SubElement(feed, "entry")
    _add(entry, "title", ENTRY.get(language).format(release=release.id))
    _add(entry, "id", f"urn:uuid:{uuid.uuid5(NAMESPACE, f'{language} {release.id}')}")
    _add(entry, "updated", _time(release.built))
    address = f"/daten?lang={language}&release={release.id}"
    ElementTree.SubElement(entry, "link", rel="alternate", href=address)
    _add(entry, "summary", summary)


def _open(path: Path) -> Kept:
    store = open_store(path)
    try:
        names = {entry.id: Text(de=entry.name.de, en=entry.name.en) for entry in store.indicators()}
        return Kept(path, store.release().built, names)
    finally:
        store.close()


def _time(moment: datetime) -> str:
    return moment.replace(tzinfo=UTC).isoformat(timespec="seconds")


def _add(parent: ElementTree.Element, name: str, text: str) -> None:
    ElementTree.SubElement(parent, name).text = text
