"""Which flows a view shows, and what every partner of an area gives and takes."""

from __future__ import annotations

from dataclasses import dataclass

from pages._ui.commuting import commuter_data
from pages._ui.commuting.view import View


@dataclass(frozen=True)
class Flow:
    """Persons who live in one district and work in another."""

    residence: str
    workplace: str
    persons: int


@dataclass(frozen=True)
class Partner:
    """A district outside an area: how many commute to it, and from it, None where not named."""

    key: str
    outgoing: int | None
    incoming: int | None

    @property
    def size(self) -> int:
        """Return the commuters of both directions, by which partners are ordered."""
        return (self.outgoing or 0) + (self.incoming or 0)

    @property
    def balance(self) -> int | None:
        """Return incoming less outgoing; None unless both are named."""
        if self.outgoing is None or self.incoming is None:
            return None
        return self.incoming - self.outgoing


def all_of(path: str, members: tuple[str, ...]) -> list[Flow]:
    """Return every named flow from or to the districts, the largest first."""
    rows = commuter_data.flows(path, members).to_dict("records")
    return [
        Flow(str(row["residence"]), str(row["workplace"]), round(row["persons"])) for row in rows
    ]


def chosen(path: str, view: View) -> list[Flow]:
    """Return the flows that the view asks for, of any size, the largest first.

    Flows between the districts of an area belong to both directions.
    """
    members, partners = set(view.members), view.partners()

    def wanted(flow: Flow) -> bool:
        leaves, arrives = flow.residence in members, flow.workplace in members
        if leaves and arrives:
            return True
        other = flow.workplace if leaves else flow.residence
        if partners is not None and other not in partners:
            return False
        return view.direction == "both" or leaves == (view.direction == "out")

    return [flow for flow in all_of(path, view.members) if wanted(flow)]


def drawn(path: str, view: View) -> list[Flow]:
    """Return the flows of the view that reach its smallest size, the largest first."""
    return [flow for flow in chosen(path, view) if flow.persons >= view.smallest]


def partners(path: str, members: tuple[str, ...]) -> list[Partner]:
    """Return all districts that areas taken together exchange commuters with, largest first."""
    inside = set(members)
    outgoing: dict[str, int] = {}
    incoming: dict[str, int] = {}
    for flow in all_of(path, members):
        leaves, arrives = flow.residence in inside, flow.workplace in inside
        if leaves and not arrives:
            outgoing[flow.workplace] = outgoing.get(flow.workplace, 0) + flow.persons
        elif arrives and not leaves:
            incoming[flow.residence] = incoming.get(flow.residence, 0) + flow.persons
    found = [Partner(key, outgoing.get(key), incoming.get(key)) for key in {*outgoing, *incoming}]
    return sorted(found, key=lambda partner: (-partner.size, partner.key))
