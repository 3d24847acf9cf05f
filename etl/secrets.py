"""What only one service may hear: values that are sent, and never shown."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

LARGEST = 1 << 24
SHORTEST = 6  # shorter ones would star out words that are no secret
ARCHIVES = (b"PK\x03\x04", b"\x1f\x8b")


class Secrets:
    """Values that must be said to one service and nobody else; shown as stars."""

    def __init__(self, headers: Mapping[str, str] | None = None) -> None:
        """Keep header names and values; empty values are no secret."""
        self._headers = dict(headers or {})

    def __repr__(self) -> str:
        return f"Secrets({', '.join(self._headers)})"

    def __bool__(self) -> bool:
        return any(self._headers.values())

    def headers(self) -> dict[str, str]:
        """Return the headers as they are sent."""
        return dict(self._headers)

    def scrub(self, text: str) -> str:
        """Return the text with every secret value starred out."""
        for value in sorted(self._headers.values(), key=len, reverse=True):
            text = text.replace(value, "***") if value else text
        return text

    def scrub_file(self, path: Path) -> None:
        """Star out every secret value in an answer of text, in place, before anybody reads it.

        Archives hold tables, no echo of the question; they stay as they came.
        """
        values = [value.encode() for value in self._headers.values() if len(value) >= SHORTEST]
        if not values or path.stat().st_size > LARGEST:
            return
        data = path.read_bytes()
        if data.startswith(ARCHIVES):
            return
        for value in sorted(values, key=len, reverse=True):
            data = data.replace(value, b"***")
        path.write_bytes(data)
