"""The publishers' live services, one module each: what to ask for, and how the answer arrives.

In come the declared tables of `sources.yml`; out go plans and files exactly as the publisher
sent them. No module here knows the raw folder, a layout, or another publisher.

A publisher's module has two functions, those of `Publisher`. A new publisher is one such module
and one entry in `sources.yml`; a new table of a known publisher is one entry there.
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, Protocol

from etl.http import Session
from etl.sources.settings import Settings

State = Literal["file", "unchanged", "not_published"]


@dataclass(frozen=True)
class Known:
    """The newest edition that is here already; all '' where there is none."""

    retrieved: str = ""
    etag: str = ""
    modified: str = ""
    fingerprint: str = ""
    bytes: int = 0


@dataclass(frozen=True)
class Item:
    """One file to ask for.

    `folder` is relative to the raw folder and `name` the file's name without date and suffix.
    `years` are the years that the file must hold (empty: any). `size` is the expected number
    of bytes, 0 where nothing is known. `skip` says why the item is not asked for.
    `request` is what the module itself needs to ask.
    """

    publisher: str
    dataset: str
    table: str
    folder: str
    name: str
    suffix: str
    url: str
    request: Mapping[str, str] = field(default_factory=dict)
    years: tuple[int, ...] = ()
    size: int = 0
    skip: str = ""


@dataclass(frozen=True)
class Fetched:
    """What came: a file, nothing newer than the known edition, or nothing published.

    `fingerprint` is the SHA-256 of what the file says, without what changes at every retrieval
    (names with time stamps, the date of printing); two editions with one fingerprint are the
    same figures. `suffix` is the file's suffix where it is not the planned one, `url` its own
    address where the plan names only a list of addresses.
    """

    state: State
    path: Path | None = None
    fingerprint: str = ""
    etag: str = ""
    modified: str = ""
    note: str = ""
    suffix: str = ""
    url: str = ""


class Publisher(Protocol):
    """What a module of this folder offers."""

    def plan(self, settings: Settings, session: Session) -> list[Item]:
        """Return every file of the publisher's declared tables, skipped ones with the reason.

        Asks the service only where its files cannot be known otherwise.
        """
        ...

    def fetch(self, item: Item, known: Known, settings: Settings, session: Session) -> Fetched:
        """Fetch one file into the session's work folder.

        Raises:
            PullError: the answer is not what was expected; `evidence` names the answer on disk.
        """
        ...


def publisher(name: str) -> Publisher:
    """Return the module of a publisher that `sources.yml` declares."""
    module: Publisher = importlib.import_module(f"etl.sources.{name}")
    return module
