"""The model of goals and notes: what an entry must say about itself, and how long it may be."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated

from pydantic import BeforeValidator, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from indicators.model import Strict

FIRST_YEAR, LAST_YEAR = 1990, 2100
LONGEST_NAME, LONGEST_TEXT, LONGEST_LINK = 120, 1500, 1000
LAST_ORDER = 999
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def _day(value: object) -> object:
    """Refuse what pydantic would take for a date but a reader would not, such as `20261124`."""
    if isinstance(value, str) and not DAY.fullmatch(value.strip()):
        raise PydanticCustomError("date", "not a day written as 2026-11-24")
    return value.strip() if isinstance(value, str) else value


def _listed(value: object) -> object:
    """Take a list that was left empty for one without entries."""
    return () if value is None else value


def _text(longest: int) -> StringConstraints:
    return StringConstraints(strip_whitespace=True, min_length=1, max_length=longest)


Key = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[a-z][a-z0-9_-]{0,39}$")]
Code = Annotated[str, _text(80)]
Line = Annotated[str, _text(LONGEST_NAME)]
Prose = Annotated[str, _text(LONGEST_TEXT)]
Initials = Annotated[
    str, StringConstraints(strip_whitespace=True, pattern=r"^[^\W\d_](\.?[^\W\d_]){0,4}\.?$")
]
Day = Annotated[dt.date, BeforeValidator(_day)]
Year = Annotated[int, Field(ge=FIRST_YEAR, le=LAST_YEAR)]
Number = Annotated[float, Field(allow_inf_nan=False)]
Order = Annotated[int, Field(ge=1, le=LAST_ORDER)]


class Wording(Strict):
    """A text in one or both languages; the other language shows the one that is there."""

    de: Prose | None = None
    en: Prose | None = None

    @model_validator(mode="after")
    def _said(self) -> Wording:
        if self.de is None and self.en is None:
            raise PydanticCustomError("wording", "neither de nor en")
        return self

    def get(self, language: str) -> str:
        """Return the text in `language` (`de` or `en`), else in the other one."""
        first, second = (self.en, self.de) if language == "en" else (self.de, self.en)
        return first or second or ""


class Name(Wording):
    """A wording of one line."""

    de: Line | None = None
    en: Line | None = None


class Action(Strict):
    """A field of action."""

    id: Key
    name: Name


class Baseline(Strict):
    """Where a goal starts; without a value, the figure of the release in that year holds."""

    year: Year
    value: Number | None = None


class Mark(Strict):
    """A value to be reached in a year: target or milestone."""

    year: Year
    value: Number


class Goal(Strict):
    """One goal: an indicator in an area, from a baseline to a target."""

    id: Key
    field: Key
    name: Name
    indicator: Code
    area: Code
    baseline: Baseline
    target: Mark
    milestones: Annotated[tuple[Mark, ...], BeforeValidator(_listed)] = ()
    responsible: Name | None = None
    note: Wording | None = None


class GoalFile(Strict):
    """All goals, in the order in which they are shown; `example` files are labelled as such."""

    example: bool = False
    fields: tuple[Action, ...] = ()
    goals: tuple[Goal, ...] = ()


class Story(Strict):
    """A story that notes tell in order."""

    id: Key
    name: Name


class Note(Strict):
    """What somebody says of one view of the application; `link` is path and query of that view."""

    id: Key
    story: Key
    order: Order
    date: Day
    author: Initials
    text: Wording
    link: Annotated[str, _text(LONGEST_LINK)]


class NoteFile(Strict):
    """All notes and the stories that they belong to."""

    example: bool = False
    stories: tuple[Story, ...] = ()
    notes: tuple[Note, ...] = ()
