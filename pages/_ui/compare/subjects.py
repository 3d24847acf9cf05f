"""What is compared: areas of the release, and groups of them that a reader has named.

A group stands in the address as `name~key.key`; several are divided by `|`. Its name is text of a
user: it is cut, loses what divides groups, and is escaped wherever it is shown.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

MOST_AREAS, MOST_INDICATORS = 10, 12
LONGEST_NAME = 40
KEY, NAME, GROUP = ".", "~", "|"  # divide keys, a name from keys, and groups
MARKUP = frozenset("\\`*_{}[]()<>#+!|~$:")  # of Markdown as Streamlit reads it
NOBODY = "-"  # stands in the address where everything was taken away

Overlap = Callable[[tuple[str, ...]], tuple[str, str] | None]


@dataclass(frozen=True)
class Subject:
    """An area, or several taken together as one, and what it is called.

    `key` is the key of an area, or `g1`, `g2` for groups, which no area is called.
    """

    key: str
    name: str
    areas: tuple[str, ...]

    @property
    def group(self) -> bool:
        """Return whether a reader put it together."""
        return self.areas != (self.key,)


@dataclass(frozen=True)
class Fault:
    """Why a group of the address is not shown: `members`, `overlap`, with what is wrong."""

    reason: str
    name: str
    about: tuple[str, ...]


def clean(name: str) -> str:
    """Return a name without what divides groups or does not print, of limited length."""
    printed = (
        " " if sign in (NAME, GROUP) or unicodedata.category(sign)[0] in "CZ" else sign
        for sign in name
    )
    return " ".join("".join(printed).split())[:LONGEST_NAME].strip()


def written(groups: Sequence[Subject]) -> str | None:
    """Return groups as the address has them, None for none."""
    parts = [f"{clean(group.name)}{NAME}{KEY.join(group.areas)}" for group in groups]
    return GROUP.join(parts) or None


def parsed(
    raw: Sequence[str], known: Collection[str], overlap: Overlap, nameless: Callable[[int], str]
) -> tuple[list[Subject], list[Fault]]:
    """Return the groups of an address, and those that cannot be shown with the reason.

    A group with a member that does not exist would be another group: it is refused as a whole.

    Args:
        raw: values of the address; each may hold several groups.
        known: keys of all areas.
        overlap: names two members that share a district.
        nameless: what the n-th group is called if it has no name.
    """
    groups: list[Subject] = []
    faults: list[Fault] = []
    for text in (part for value in raw for part in value.split(GROUP) if part.strip()):
        name, _, listed = text.rpartition(NAME)
        members = tuple(dict.fromkeys(key for key in listed.split(KEY) if key))
        place = len(groups) + 1
        called = clean(name) or nameless(place)
        strange = tuple(clean(key) for key in members if key not in known)
        if strange or not members:
            faults.append(Fault("members", called, strange))
        elif twice := overlap(members):
            faults.append(Fault("overlap", called, twice))
        else:
            groups.append(Subject(f"g{place}", called, members))
    return groups, faults


def plain(said: str) -> str:
    """Return a text whose signs Markdown would take for markup are shown as they are."""
    return "".join(f"\\{sign}" if sign in MARKUP else sign for sign in said)
