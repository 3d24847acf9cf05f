"""The raw folder: official files as they came, written once, each with its sidecar.

In come whole files; out go editions that nothing overwrites. What was refused is kept under
`.refused` with its reason, what is unfinished under `.part`; all state is in the folder itself.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from etl.sources import Item, Known

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

SIDECAR = ".meta.json"
PART, REFUSED, LOCK = ".part", ".refused", ".pull.lock"


class LockedError(RuntimeError):
    """Another pull is at work in this folder."""


@dataclass(frozen=True)
class Raw:
    """A raw folder."""

    path: Path

    @property
    def part(self) -> Path:
        """Return the folder of unfinished files."""
        return self.path / PART

    def editions(self, item: Item) -> list[Path]:
        """Return the editions of an item that are here, oldest first."""
        folder = self.path / item.folder
        found = folder.glob(f"{item.name}_????-??-??*")
        return sorted(path for path in found if path.with_name(path.name + SIDECAR).exists())

    def known(self, item: Item) -> Known:
        """Return what is known of the newest edition of an item."""
        editions = self.editions(item)
        if not editions:
            return Known()
        said = sidecar(editions[-1])
        return Known(
            said.get("retrieved", ""),
            said.get("etag", ""),
            said.get("last_modified", ""),
            said.get("fingerprint", ""),
            editions[-1].stat().st_size,
        )

    def keep(self, item: Item, source: Path, day: str, about: dict[str, Any]) -> Path:
        """Move a finished file to its place, with its sidecar; nothing is overwritten.

        The sidecar comes first: a file without one was put there by hand.
        """
        folder = self.path / item.folder
        folder.mkdir(parents=True, exist_ok=True)
        target = folder / f"{item.name}_{day}{item.suffix}"
        number = 2
        while target.exists():
            target = folder / f"{item.name}_{day}-{number}{item.suffix}"
            number += 1
        entry = {**about, "bytes": source.stat().st_size, "sha256": sha256(source)}
        self._write(target.with_name(target.name + SIDECAR), entry)
        self._move(source, target)
        return target

    def refuse(self, item: Item, source: Path | None, day: str, about: dict[str, Any]) -> Path:
        """Keep a refused answer with its reason; the same answer on the same day is kept once."""
        folder = self.path / REFUSED / item.folder
        folder.mkdir(parents=True, exist_ok=True)
        digest = sha256(source) if source else hashlib.sha256(b"").hexdigest()
        target = folder / f"{item.name}_{day}_{digest[:12]}"
        entry = {**about, "sha256": digest, "bytes": source.stat().st_size if source else 0}
        self._write(target.with_name(target.name + SIDECAR), entry)
        if source:
            self._move(source, target)
        return target

    def clear(self) -> None:
        """Remove what an earlier pull left unfinished."""
        shutil.rmtree(self.part, ignore_errors=True)

    def work(self) -> Path:
        """Return the empty folder for unfinished files."""
        self.clear()
        self.part.mkdir(parents=True)
        return self.part

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Hold the folder for one pull. The system frees the lock of a process that died.

        Raises:
            LockedError: another pull holds it; the sentence names its process.
        """
        self.path.mkdir(parents=True, exist_ok=True)
        with (self.path / LOCK).open("a+", encoding="ascii") as file:
            if not _lock(file.fileno()):
                file.seek(0)
                raise LockedError(
                    f"Another pull (process {file.read().strip() or 'unknown'}) is at work in "
                    f"{self.path}. Wait until it has ended; nothing was fetched."
                )
            file.truncate(0)
            file.write(str(os.getpid()))
            file.flush()
            try:
                yield
            finally:
                file.truncate(0)

    def _write(self, path: Path, entry: dict[str, Any]) -> None:
        draft = self.part / f"draft{SIDECAR}"
        text = json.dumps(entry, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
        draft.write_text(text, encoding="utf-8")
        self._move(draft, path)

    def _move(self, source: Path, target: Path) -> None:
        """Put a file in its place so that after a crash it is there whole, or not at all."""
        with source.open("rb") as file:
            os.fsync(file.fileno())
        source.replace(target)
        if sys.platform != "win32":
            folder = os.open(target.parent, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)


def sidecar(path: Path) -> dict[str, Any]:
    """Return what the sidecar of a raw file says; empty where there is none."""
    file = path.with_name(path.name + SIDECAR)
    said: dict[str, Any] = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    return said


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _lock(descriptor: int) -> bool:
    """Take the lock of an open file; False if another process has it."""
    try:
        if sys.platform == "win32":
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
