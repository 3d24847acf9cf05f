"""Refusals of official files, as sentences that say where and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Place:
    """Where in the official material something stands."""

    publisher: str
    table: str
    file: str = ""
    line: int | None = None
    column: str = ""

    def __str__(self) -> str:
        """Name publisher, table, file, line and column, as far as known."""
        parts = [f"{self.publisher}, table {self.table}"]
        if self.file:
            parts.append(f"file {self.file}")
        if self.line is not None:
            parts.append(f"line {self.line}")
        if self.column:
            parts.append(f"column {self.column}")
        return ", ".join(parts)


class SourceError(ValueError):
    """An official file that must not be used as it is.

    The message names publisher, table, file, line and value, and says what to do next.
    """

    def __init__(self, place: Place, problem: str, advice: str, value: object = None) -> None:
        """Build the sentence from its parts; `value` is quoted as it stands in the file."""
        shown = "" if value is None else f" (value {value!r})"
        super().__init__(f"{place}: {problem}{shown}. {advice}")
        self.place, self.problem, self.advice, self.value = place, problem, advice, value


class BuildRefusedError(RuntimeError):
    """A build that failed a check; the current release stays as it was."""


class PullError(RuntimeError):
    """An answer of a live service that must not be used, or none at all.

    The message names the publisher and says what was expected and what came. `unreachable`
    says that no answer came at all, `final` that further questions to this publisher are
    pointless (wrong credentials, for example). `evidence` is the answer on disk, if there is one.
    """

    def __init__(
        self,
        publisher: str,
        problem: str,
        url: str = "",
        unreachable: bool = False,
        final: bool = False,
        evidence: Path | None = None,
    ) -> None:
        """Build the sentence; `url` is an address without its query."""
        named = problem if problem.startswith(publisher) else f"{publisher}: {problem}"
        super().__init__(named + (f" [{url}]" if url else ""))
        self.publisher, self.problem = publisher, problem
        self.unreachable, self.final, self.evidence = unreachable, final, evidence
