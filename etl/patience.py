"""When to stop asking a service: what answers nothing thrice will not answer the fourth time."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from etl.errors import PullError
from etl.sources import Item

ENOUGH = 3


@dataclass
class Patience:
    """Counts failures of one publisher; `stop` says why an item should not be asked any more.

    Three questions in a row without any answer end the questions to the publisher, and so do
    server errors for three tables in a row. A server error for one table ends only that table.
    """

    _silent: int = 0
    _down: set[str] = field(default_factory=set)
    _closed: str = ""
    _refused: Counter[str] = field(default_factory=Counter)
    _last: dict[str, str] = field(default_factory=dict)

    def stop(self, item: Item) -> str:
        """Return the reason not to ask, '' to go on."""
        if self._closed:
            return f"not asked any more after: {self._closed}"
        if self._refused[item.dataset] >= ENOUGH:
            return f"not asked after {ENOUGH} refusals: {self._last[item.dataset]}"
        return ""

    def came(self, item: Item) -> None:
        """Count an answer that was understood."""
        self._silent = 0
        self._down.clear()
        self._refused[item.dataset] = 0

    def failed(self, item: Item, error: PullError, said: str) -> None:
        """Count a failure: of the service as a whole, or of one table."""
        answered = error.evidence is not None
        self._silent = 0 if answered else self._silent + error.unreachable
        if answered and error.unreachable:
            self._down.add(item.dataset)
        elif answered:
            self._down.clear()
        if error.final or self._silent >= ENOUGH or len(self._down) >= ENOUGH:
            self._closed = said
        self._refused[item.dataset] += 1
        self._last[item.dataset] = said
