"""The pull: plan, ask, check, keep. What is not beyond doubt does not reach the raw folder.

In come the declared services; out go new editions in the raw folder and one outcome per file.
A source that fails stops no other one, and a pull that is killed goes on where it stopped.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, Literal, Protocol

from etl.accept import accept
from etl.errors import PullError
from etl.http import Session
from etl.patience import Patience
from etl.raw import Raw
from etl.sources import Fetched, Item, Known, Publisher, publisher
from etl.sources.settings import Settings, Sources, settings_of

State = Literal[
    "new", "unchanged", "here", "not_published", "skipped", "refused", "failed", "not_tried"
]
EVIDENCE = 50_000_000  # bytes; a larger refused answer would fill the disk, pull after pull
BAD: tuple[State, ...] = ("refused", "failed", "not_tried")


@dataclass(frozen=True)
class Outcome:
    """What became of one file, with the reason in a sentence where it is not simply there."""

    item: Item
    state: State
    reason: str = ""
    bytes: int = 0
    seconds: float = 0.0
    path: Path | None = None


class Watch(Protocol):
    """Who looks on while a pull goes on."""

    def planned(self, items: list[Item]) -> None:
        """Say what will be asked for."""

    def begins(self, item: Item) -> None:
        """Say that a file is being fetched."""

    def received(self, size: int) -> None:
        """Say that so many more bytes came."""

    def ended(self, outcome: Outcome) -> None:
        """Say what became of a file."""


@dataclass
class Pull:
    """One pull into one raw folder; `again` asks also for what came today."""

    raw: Raw
    sources: Sources
    day: date
    watch: Watch
    again: bool = False
    outcomes: list[Outcome] = field(default_factory=list)

    def run(self, only: Collection[str] = ()) -> list[Outcome]:
        """Fetch what the plan names and return all outcomes, in the order of the plan.

        Raises:
            LockedError: another pull is at work in this folder.
        """
        with self.raw.lock():
            work = self.raw.work()
            for settings in chosen(self.sources, self.day, only):
                folder = work / settings.name
                folder.mkdir()
                self._publisher(settings, folder, only)
            self.raw.clear()
        return self.outcomes

    def _publisher(self, settings: Settings, work: Path, only: Collection[str]) -> None:
        """Fetch everything of one publisher; nothing that happens here leaves this function."""
        session = Session(
            settings.service(), work, settings.secrets, lambda size: self.watch.received(size)
        )
        module = publisher(settings.name)
        try:
            items = narrowed(module.plan(settings, session), only)
        except Exception as error:  # one publisher must not stop the others
            return self._end(Outcome(_whole(settings), "failed", _said(error, settings)))
        self.watch.planned(items)
        patience = Patience()
        for item in items:
            begin = time.monotonic()
            outcome = self._item(item, patience, module, settings, session)
            for left in work.iterdir():
                left.unlink()
            self._end(replace(outcome, seconds=time.monotonic() - begin))
        self._missing_tables(items, settings)
        session.close()
        return None

    def _item(
        self,
        item: Item,
        patience: Patience,
        module: Publisher,
        settings: Settings,
        session: Session,
    ) -> Outcome:
        if item.skip:
            return Outcome(item, "skipped", item.skip)
        known = self.raw.known(item)
        if known.retrieved == self.day.isoformat() and not self.again:
            return Outcome(item, "here", bytes=known.bytes)
        if stop := patience.stop(item):
            return Outcome(item, "not_tried", stop)
        self.watch.begins(item)
        try:
            fetched = module.fetch(item, known, settings, session)
            outcome = self._keep(item, known, fetched, settings)
            patience.came(item)
        except PullError as error:
            outcome = self._refuse(item, error, settings)
            patience.failed(item, error, outcome.reason)
        except Exception as error:  # a mistake in one table must not stop the others
            outcome = Outcome(item, "failed", _said(error, settings))
        return outcome

    def _keep(self, item: Item, known: Known, fetched: Fetched, settings: Settings) -> Outcome:
        if fetched.state != "file" or fetched.path is None:
            return Outcome(
                item, "unchanged" if fetched.state == "unchanged" else "not_published", fetched.note
            )
        if fetched.fingerprint and fetched.fingerprint == known.fingerprint:
            return Outcome(item, "unchanged", "the same figures as in the edition that is here")
        item = replace(item, suffix=fetched.suffix or item.suffix, url=fetched.url or item.url)
        accept(fetched.path, item, settings.catalogue, self.day.isoformat())
        about = about_of(item, settings) | {
            "fingerprint": fetched.fingerprint,
            "etag": fetched.etag,
            "last_modified": fetched.modified,
        }
        path = self.raw.keep(item, fetched.path, self.day.isoformat(), about)
        return Outcome(item, "new", bytes=path.stat().st_size, path=path)

    def _refuse(self, item: Item, error: PullError, settings: Settings) -> Outcome:
        """Keep what was refused, with the reason; without an answer there is only the reason."""
        said = settings.secrets.scrub(str(error))
        if error.evidence is None or not error.evidence.exists():
            return Outcome(item, "failed", said)
        if error.evidence.stat().st_size > EVIDENCE:
            return Outcome(item, "refused", f"{said} (not kept: larger than {EVIDENCE} bytes)")
        about = about_of(item, settings) | {"reason": said}
        path = self.raw.refuse(item, error.evidence, self.day.isoformat(), about)
        return Outcome(item, "refused", said, path=path)

    def _missing_tables(self, items: list[Item], settings: Settings) -> None:
        """A table of which nothing is published and nothing is here is no success."""
        for dataset in dict.fromkeys(item.dataset for item in items):
            ours = [outcome for outcome in self.outcomes if outcome.item.dataset == dataset]
            states = {outcome.state for outcome in ours}
            if states == {"not_published"} and not any(self.raw.editions(o.item) for o in ours):
                said = ours[0].reason
                self._end(
                    Outcome(
                        ours[0].item,
                        "failed",
                        f"{settings.name}: expected at least one file of table "
                        f"{ours[0].item.table}, got none. {said}".strip(),
                    )
                )

    def _end(self, outcome: Outcome) -> None:
        self.outcomes.append(outcome)
        self.watch.ended(outcome)


def plan(sources: Sources, day: date, work: Path, only: Collection[str] = ()) -> list[Item]:
    """Return what a pull would ask for, without asking (except services with listings).

    Raises:
        PullError: a service's listing is not what was expected.
    """
    items: list[Item] = []
    for settings in chosen(sources, day, only):
        session = Session(settings.service(), work, settings.secrets)
        items += narrowed(publisher(settings.name).plan(settings, session), only)
    return items


def chosen(sources: Sources, day: date, only: Collection[str]) -> Iterator[Settings]:
    """Yield the settings of the publishers that have something to do."""
    for name, site in sources.sites.items():
        if not only or name in only or any(table in only for table in site.tables):
            yield settings_of(name, site, day)


def narrowed(items: list[Item], only: Collection[str]) -> list[Item]:
    """Return the items of the named publishers and datasets; all where none is named."""
    return [item for item in items if not only or {item.publisher, item.dataset} & set(only)]


def about_of(item: Item, settings: Settings) -> dict[str, Any]:
    """Return what a sidecar says of a file: the question, the day, licence and citation."""
    dataset = settings.catalogue.datasets[item.dataset]
    who = settings.catalogue.publishers[dataset.publisher]
    return {
        "dataset": item.dataset,
        "table": item.table,
        "url": item.url,
        "request": {name: value for name, value in item.request.items() if name != "form"},
        "retrieved": settings.today.isoformat(),
        "licence": who.licence,
        "licence_url": who.licence_url,
        "citation": f"{who.attribution} {dataset.table}: {dataset.title.de}.",
    }


def _whole(settings: Settings) -> Item:
    return Item(settings.name, "", "(all tables)", "", "", "", settings.site.base)


def _said(error: Exception, settings: Settings) -> str:
    if isinstance(error, PullError):
        return settings.secrets.scrub(str(error))
    said = f"{settings.name}: unexpected {type(error).__name__}: {error}"
    return settings.secrets.scrub(said)
