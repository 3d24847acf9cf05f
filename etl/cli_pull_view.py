"""What the console shows of a pull: the plan, the progress per table, the outcome, the state."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
)
from rich.table import Column, Table
from rich.text import Text

from etl.pull import BAD, Outcome
from etl.raw import Raw
from etl.sources import Item
from etl.sources.settings import Sources, settings_of
from etl.status import Row

WORDS = {
    "new": "new", "unchanged": "unchanged", "here": "fetched today", "skipped": "skipped",
    "not_published": "not published", "refused": "refused", "failed": "failed",
    "not_tried": "not asked",
}  # fmt: skip


class Showing:
    """The progress of a pull: one line per table, with rate and remaining time.

    Where the output is no terminal (cron, a log), one line per table when it is done.
    """

    def __init__(self, console: Console) -> None:
        """Show on `console`."""
        self._console = console
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(bar_width=24),
            TextColumn("{task.completed:.0f}/{task.total:.0f} files"),
            TextColumn("{task.fields[got]}"),
            TimeRemainingColumn(),
            console=console,
            disable=not console.is_terminal,
        )
        self._tasks: dict[str, TaskID] = {}
        self._left: Counter[str] = Counter()
        self._bytes: Counter[str] = Counter()
        self._states: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._now = ""

    def __enter__(self) -> Self:
        """Begin to show."""
        self._progress.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End to show."""
        self._progress.stop()

    def planned(self, items: list[Item]) -> None:
        """Open one line per table."""
        for dataset, count in Counter(item.dataset for item in items).items():
            self._left[dataset] = count
            self._tasks[dataset] = self._progress.add_task(dataset, total=count, got="")

    def begins(self, item: Item) -> None:
        """Let the following bytes count for this file's table."""
        self._now = item.dataset

    def received(self, size: int) -> None:
        """Show how much came, and how fast."""
        self._bytes[self._now] += size
        task = self._tasks.get(self._now)
        if task is not None:
            elapsed = self._progress.tasks[task].elapsed or 1.0
            got = self._bytes[self._now]
            self._progress.update(task, got=f"{amount(got)}, {amount(int(got / elapsed))}/s")

    def ended(self, outcome: Outcome) -> None:
        """Count a file; on a terminal say at once what went wrong (the summary says it again)."""
        dataset = outcome.item.dataset
        self._left[dataset] -= 1
        self._states[dataset][WORDS[outcome.state]] += 1
        if dataset in self._tasks:
            self._progress.advance(self._tasks[dataset])
        if outcome.state in ("refused", "failed") and self._console.is_terminal:
            name = f"{outcome.item.table} {outcome.item.name}".strip()
            self._console.print(Text(f"{name}: {outcome.reason}", style="red"))
        if self._left[dataset] == 0 and not self._console.is_terminal:
            self._console.print(f"{dataset}: {_counts(self._states[dataset])}", markup=False)


def progress(console: Console) -> Showing:
    """Return the watch that shows a pull on the console."""
    return Showing(console)


def plan(console: Console, items: list[Item], raw: Raw, sources: Sources, today: date) -> None:
    """Print what would be fetched, from where and how big, and what is skipped and why."""
    where = Column("from", overflow="fold")
    table = Table("publisher", "table", "files", "here", where, "about", title="Plan")
    reasons: Counter[str] = Counter()
    for (publisher, dataset), group in _grouped(items).items():
        asked = [item for item in group if not item.skip]
        for item in group:
            if item.skip:
                reasons[f"{dataset}: {item.skip}"] += 1
        here = sum(1 for item in asked if raw.editions(item))
        size = sum(item.size or raw.known(item).bytes for item in asked)
        years = sorted({year for item in asked for year in item.years})
        span = f" ({years[0]}–{years[-1]})" if years else ""
        table.add_row(
            publisher,
            dataset,
            f"{len(asked)}{span}" if asked else "skipped",
            str(here or ""),
            asked[0].url if asked else "",
            amount(size) if size else "unknown" if asked else "",
        )
    console.print(table)
    _skipped(console, reasons, sources)
    total = sum(item.size or raw.known(item).bytes for item in items if not item.skip)
    count = sum(not item.skip for item in items)
    console.print(
        f"{count} files to ask for on {today.isoformat()}, about {amount(total)} as far as "
        "known; files that did not change are not loaded again. Nothing was fetched."
    )


def summary(console: Console, outcomes: list[Outcome], sources: Sources) -> None:
    """Print one line per table, every refusal with its reason, and what was skipped."""
    table = Table("publisher", "table", "outcome", "new", "seconds", title="Pull")
    groups: defaultdict[tuple[str, str], list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        groups[outcome.item.publisher, outcome.item.dataset].append(outcome)
    for (publisher, dataset), group in groups.items():
        new = sum(outcome.bytes for outcome in group if outcome.state == "new")
        bad = any(outcome.state in BAD for outcome in group)
        said = _counts(Counter(WORDS[outcome.state] for outcome in group))
        seconds = sum(outcome.seconds for outcome in group)
        table.add_row(
            publisher,
            dataset or "(all tables)",
            Text(said, style="red" if bad else ""),
            amount(new) if new else "",
            f"{seconds:.0f}",
        )
    console.print(table)
    for outcome in outcomes:
        if outcome.state in ("refused", "failed"):
            kept = f" The answer is kept in {outcome.path}." if outcome.path else ""
            console.print(Text(f"{outcome.reason}{kept}", style="red"))
    reasons = Counter(
        f"{outcome.item.dataset}: {outcome.reason}"
        for outcome in outcomes
        if outcome.state == "skipped"
    )
    _skipped(console, reasons, sources)
    if any(outcome.state == "new" for outcome in outcomes):
        console.print("New figures are in the raw folder. `python -m etl build` publishes them.")


def status(console: Console, rows: Iterable[Row]) -> None:
    """Print how current every table is."""
    table = Table("table", "publisher", "newest", "fetched", "next expected", "state", "from")
    for row in rows:
        state = "stale" if row.stale else "current" if row.expected else "not continued"
        table.add_row(
            row.dataset,
            row.publisher,
            str(row.newest_year or ""),
            row.pulled,
            row.expected.isoformat() if row.expected else "",
            Text(state, style="yellow" if row.stale else ""),
            row.how,
        )
    console.print(table)


def amount(size: int) -> str:
    """Return a number of bytes in the unit that reads best."""
    for unit, limit in (("GB", 1e9), ("MB", 1e6), ("kB", 1e3)):
        if size >= limit:
            return f"{size / limit:.1f} {unit}"
    return f"{size} B"


def _grouped(items: list[Item]) -> dict[tuple[str, str], list[Item]]:
    groups: defaultdict[tuple[str, str], list[Item]] = defaultdict(list)
    for item in items:
        groups[item.publisher, item.dataset].append(item)
    return groups


def _counts(states: Counter[str]) -> str:
    return ", ".join(f"{count} {word}" for word, count in states.items())


def _skipped(console: Console, reasons: Counter[str], sources: Sources) -> None:
    """Print what is skipped: once per reason, with the tables it holds for."""
    by_reason: defaultdict[str, list[str]] = defaultdict(list)
    for said in reasons:
        dataset, _, reason = said.partition(": ")
        by_reason[reason].append(dataset)
    for dataset, reason in sources.by_hand.items():
        by_reason[reason].append(dataset)
    for name, site in sources.sites.items():
        if site.account and not settings_of(name, site, date.min).secrets:
            console.print(
                Text(
                    f"{name}: no account is set; only what is open to all is asked for. "
                    f"{site.account}"
                )
            )
    for reason, datasets in by_reason.items():
        console.print(Text(f"Skipped {', '.join(datasets)}: {reason}"))
