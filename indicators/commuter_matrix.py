"""Flows added up to a matrix: districts against each other and against what lies around them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

NEAR, LAND, COUNTRY, ABROAD, GAP, ALL = "near", "land", "country", "abroad", "gap", "all"
GROUPS = (NEAR, LAND, COUNTRY)
COLUMNS = ["residence", "workplace", "persons"]


@dataclass(frozen=True)
class Parts:
    """What is published of some districts: flows, pooled flows, from abroad, totals."""

    flows: pd.DataFrame
    pooled: pd.DataFrame
    abroad: pd.DataFrame
    totals: pd.DataFrame


def cells(parts: Parts, members: Sequence[str], neighbours: Sequence[str]) -> pd.DataFrame:
    """Return residence, workplace, persons of members and groups; see `Commuters.matrix`.

    A member and a group without any person between them have a row of zero, so that a total can
    be checked; two members without a named flow have none.
    """
    land = members[0][:2]
    grouped = dict.fromkeys(neighbours, NEAR) | {key: key for key in members}

    def group(key: str) -> str:
        return grouped.get(key) or (LAND if key[:2] == land else COUNTRY)

    flows = parts.flows.assign(
        residence=parts.flows["residence"].map(group),
        workplace=parts.flows["workplace"].map(group),
    )
    pooled, abroad = _pooled(parts.pooled, land), _abroad(parts.abroad)
    pieces = pd.concat([flows, pooled, abroad, _zeros(members)])[COLUMNS]
    sums: pd.Series[float] = pieces.groupby(COLUMNS[:2])["persons"].sum()
    summed, totals = sums.reset_index(), _totals(parts.totals)
    return pd.concat([summed, totals, _gaps(summed, totals)], ignore_index=True)[COLUMNS]


def _pooled(pooled: pd.DataFrame, land: str) -> pd.DataFrame:
    """Pooled flows name a Regierungsbezirk, so that they belong to the Land or to other Länder."""
    other = pooled["district"].map(lambda key: LAND if str(key)[:2] == land else COUNTRY)
    leaving = pooled["direction"] == "out"
    return pd.DataFrame(
        {
            "residence": pooled["area_id"].where(leaving, other),
            "workplace": other.where(leaving, pooled["area_id"]),
            "persons": pooled["persons"],
        }
    )


def _abroad(abroad: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {"residence": ABROAD, "workplace": abroad["area_id"], "persons": abroad["persons"]}
    )


def _zeros(members: Sequence[str]) -> pd.DataFrame:
    rows = [(member, group, 0.0) for member in members for group in GROUPS]
    rows += [(group, member, 0.0) for member in members for group in (*GROUPS, ABROAD)]
    return pd.DataFrame(rows, columns=COLUMNS)


def _totals(totals: pd.DataFrame) -> pd.DataFrame:
    leaving = totals.rename(columns={"area_id": "residence", "outgoing": "persons"})
    arriving = totals.rename(columns={"area_id": "workplace", "incoming": "persons"})
    return pd.concat(
        [leaving.assign(workplace=ALL)[COLUMNS], arriving.assign(residence=ALL)[COLUMNS]]
    )


def _gaps(summed: pd.DataFrame, totals: pd.DataFrame) -> pd.DataFrame:
    """Return per member total less all parts: rounding, and what is not published in parts."""
    leaving, arriving = summed.groupby("residence"), summed.groupby("workplace")
    sums = {
        "residence": leaving["persons"].sum(),
        "workplace": arriving["persons"].sum(),
    }
    rows = []
    for row in totals.to_dict("records"):
        own = "residence" if row["workplace"] == ALL else "workplace"
        other = "workplace" if own == "residence" else "residence"
        gap = row["persons"] - sums[own].get(row[own], 0.0)
        rows.append({own: row[own], other: GAP, "persons": gap})
    return pd.DataFrame(rows, columns=COLUMNS)
