"""The reader of commuters: who lives in one district and works in another, and how many.

In comes a release, opened read-only; every question runs on a cursor of its own, so that a reader
may be shared by threads. Flows are of one day, rounded to tens by the publisher, who names no pair
of fewer than ten persons; employees who work abroad are not in them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pandas as pd

from indicators import queries_commuters as queries
from indicators import queries_strengths
from indicators.commuter_matrix import ABROAD, ALL, COUNTRY, GAP, LAND, NEAR, Parts, cells
from indicators.store import open_release

__all__ = ["ABROAD", "ALL", "COUNTRY", "GAP", "LAND", "NEAR", "Commuters", "Together"]


@dataclass(frozen=True)
class Together:
    """Commuters of areas taken together as one: across their common border, and within it.

    Persons. `inner` are those who cross a border between the areas; they live and work within.
    """

    outgoing: float
    incoming: float
    inner: float

    @property
    def balance(self) -> float:
        """Return by how many persons more come in than go out; negative where more go out."""
        return self.incoming - self.outgoing


def open_commuters(path: str | Path = "data/current") -> Commuters:
    """Return a reader of the release that `path` is or links to.

    Raises:
        FileNotFoundError: there is no release yet.
    """
    return Commuters(open_release(path))


class Commuters:
    """Questions about commuters to one release."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Read from `connection`, which the reader from now on owns."""
        self._connection = connection

    def close(self) -> None:
        """Close the file of the release."""
        self._connection.close()

    def reference(self) -> dt.date:
        """Return the day that the flows are of."""
        found: dt.date = pd.Timestamp(self._frame(queries.REFERENCE)["reference"].iloc[0]).date()
        return found

    def flows(self, areas: Sequence[str]) -> pd.DataFrame:
        """Return all named flows from or to the areas, the largest first.

        Columns: residence, workplace (keys of districts), persons. A pair stands once.
        """
        return self._frame(queries.FLOWS, {"areas": list(areas)})

    def totals(self, areas: Sequence[str]) -> pd.DataFrame:
        """Return the published totals of districts: area_id, outgoing, incoming (persons)."""
        return self._frame(queries.TOTALS, {"areas": list(areas)})

    def pooled(self, areas: Sequence[str]) -> pd.DataFrame:
        """Return what is published for pairs of fewer than ten persons, per Regierungsbezirk.

        Columns: area_id, direction (`out` or `in`), district (its first three digits), persons.
        """
        return self._frame(queries.POOLED, {"areas": list(areas)})

    def abroad(self, areas: Sequence[str]) -> pd.DataFrame:
        """Return who lives abroad and works in the areas: area_id, country (code), persons."""
        return self._frame(queries.ABROAD, {"areas": list(areas)})

    def together(self, areas: Sequence[str]) -> Together:
        """Return the commuters of districts taken together as one.

        The published totals of the districts less the flows between them, which are totals rounded
        to tens; one district alone has no flows within.

        Raises:
            LookupError: a district has no published total.
        """
        totals = self.totals(areas)
        if len(totals) != len(set(areas)):
            raise LookupError(f"no totals for {sorted(set(areas) - set(totals['area_id']))}")
        flows = self.flows(areas)
        within = flows["residence"].isin(areas) & flows["workplace"].isin(areas)
        inner = float(flows.loc[within, "persons"].sum())
        outgoing, incoming = float(totals["outgoing"].sum()), float(totals["incoming"].sum())
        return Together(outgoing - inner, incoming - inner, inner)

    def matrix(self, members: Sequence[str], neighbours: Sequence[str]) -> pd.DataFrame:
        """Return residence against workplace for some districts and what lies around them.

        Columns: residence, workplace, persons. Beside the keys of `members` stand the groups
        `near` (the neighbours), `land` (the rest of the Land), `country` (other Länder), `abroad`
        (as residence only), `gap` (published total less all others: rounding and pairs not named)
        and `all` (the published total). Groups are crossed with members only.
        """
        parts = Parts(
            self.flows(members), self.pooled(members), self.abroad(members), self.totals(members)
        )
        return cells(parts, members, neighbours)

    def history(self, area: str) -> pd.DataFrame:
        """Return earlier years of one area, ascending, exact to the person.

        Columns: year, workplace, residence (employees by either), incoming, outgoing. Regions and
        Länder have the commuters across their own border.
        """
        return self._frame(queries.HISTORY, {"area": area})

    def newer_source(self) -> int | None:
        """Return the first year whose commuter rates come from another source; None if none."""
        year = self._frame(queries.NEWER_SOURCE)["year"].iloc[0]
        return None if pd.isna(year) else int(year)

    def sources(self) -> pd.DataFrame:
        """Return the official files behind the flows; columns as `Store.sources`."""
        return self._frame(
            queries_strengths.SOURCES,
            {"datasets": [queries.ATLAS], "year": self.reference().year},
        )

    def _frame(self, query: str, parameters: dict[str, object] | None = None) -> pd.DataFrame:
        return self._connection.cursor().execute(query, parameters or {}).df()
