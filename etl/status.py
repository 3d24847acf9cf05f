"""How current every table is, from the release, the raw folder and the declared services."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from etl.model import load_catalogue
from etl.raw import SIDECAR, Raw, sidecar
from etl.sources.settings import Sources
from indicators.store import open_release


@dataclass(frozen=True)
class Row:
    """One table: newest year in the release, last fetch (ISO date or ''), what is expected.

    `waiting` is the newest year that was fetched and is not in the release yet, 0 for none.
    `stale` says that the day on which the next figures were expected has passed.
    """

    dataset: str
    publisher: str
    newest_year: int
    pulled: str
    expected: date | None
    stale: bool
    how: str


def rows(release: Path, raw: Raw, sources: Sources, today: date) -> list[Row]:
    """Return one row per declared table, in the order of datasets.yml."""
    with open_release(release) as connection:
        known = {
            name: (year, retrieved, expected)
            for name, year, retrieved, expected in connection.execute(
                "SELECT dataset, newest_year, retrieved, expected FROM freshness"
            ).fetchall()
        }
    result = []
    for name, dataset in load_catalogue().datasets.items():
        year, retrieved, expected = known.get(name, (0, None, None))
        stale = expected is not None and expected < today
        pulled = last_pull(raw, name, sources) or (retrieved.isoformat() if retrieved else "")
        result.append(
            Row(name, dataset.publisher, year, pulled, expected, stale, how(name, sources))
        )
    return result


def last_pull(raw: Raw, dataset: str, sources: Sources) -> str:
    """Return the day of the newest fetched edition of a table, '' for none."""
    days = [
        str(sidecar(path.with_name(path.name.removesuffix(SIDECAR))).get("retrieved", ""))
        for site in sources.sites.values()
        if dataset in site.tables
        for path in (raw.path / site.tables[dataset].folder).glob(f"*{SIDECAR}")
    ]
    return max(days, default="")


def how(dataset: str, sources: Sources) -> str:
    """Return the service that delivers a table, or why none does."""
    for name, site in sources.sites.items():
        if dataset in site.tables:
            return name
    return sources.by_hand.get(dataset, "No service is declared; put its files into data/raw.")
