"""The model of the registry: what an indicator must say about itself.

Formulas are declared as a small tree of kinds whose leaves are the names of inputs; an input
lists the figures that may serve it, in order of preference.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

Level = Literal["kreis", "region", "land", "country"]
Identifier = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
Codes = str | list[str]


class Strict(BaseModel):
    """A model that refuses fields it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Text(Strict):
    """A text in the two languages of the product."""

    de: str = Field(min_length=1)
    en: str = Field(min_length=1)

    def get(self, language: str) -> str:
        """Return the text in `language` (`de` or `en`)."""
        return self.en if language == "en" else self.de


class Unit(Text):
    """What follows a figure of this unit, in both languages."""

    id: Identifier


class Theme(Strict):
    """A theme under which indicators are listed; its id is the name of its registry file."""

    id: Identifier
    name: Text


class Source(Strict):
    """Figures of one official table that can serve an input.

    Several codes in `sector`, `occupation` or `breakdown` are added up, `*` means all that the
    table breaks down; every part must be known. `partner: "*"` adds up all other areas.
    `year_shift` 1 takes the figure of the following year (1 January for 31 December).
    `breaks` are the first years on another method or basis of the publisher. `levels` narrows
    a source to the levels at which its concept is that of the indicator, `since` to the years
    (of the table) from which on it can be used. `apart` keeps the codes side by side instead of
    adding them up: disjoint categories, for formulas that compare structures.
    """

    dataset: str
    measure: str
    sector: Codes = ""
    occupation: Codes = ""
    breakdown: Codes = ""
    partner: Literal["", "*"] = ""
    year_shift: int = 0
    breaks: list[int] = []
    levels: list[Level] = []
    since: int | None = None
    apart: bool = False


class Input(Strict):
    """One quantity of a formula: what to call it, and where it may come from."""

    label: Text
    sources: list[Source] = Field(min_length=1)


class Published(Strict):
    """The figure as published, times `scale`."""

    kind: Literal["published"]
    of: Formula
    scale: float = 1.0


class Ratio(Strict):
    """Numerator ÷ denominator × scale; never above the scale where it is a `part_of_whole`."""

    kind: Literal["ratio"]
    numerator: Formula
    denominator: Formula
    scale: float = 1.0
    part_of_whole: bool = False


class Difference(Strict):
    """Minuend − subtrahend."""

    kind: Literal["difference"]
    minuend: Formula
    subtrahend: Formula


class Total(Strict):
    """The sum of several quantities."""

    kind: Literal["total"]
    parts: list[Formula] = Field(min_length=2)


class Growth(Strict):
    """Change against `years` years before, in percent."""

    kind: Literal["growth"]
    of: Formula
    years: int = Field(ge=1)


class Change(Strict):
    """Change against `years` years before, in the unit of the figure."""

    kind: Literal["change"]
    of: Formula
    years: int = Field(ge=1)


class StructuralChange(Strict):
    """How much a structure changed against `years` years before, times `scale`.

    `of` must be an input whose sources keep their categories `apart`.
    """

    kind: Literal["structural_change"]
    of: str
    index: Literal["nav", "lilien", "modified_lilien"]
    years: int = Field(ge=1)
    scale: float = 1.0


class First(Strict):
    """The first formula that has a figure."""

    kind: Literal["first"]
    options: list[Formula] = Field(min_length=2)


Operation = Annotated[
    Published | Ratio | Difference | Total | Growth | Change | StructuralChange | First,
    Field(discriminator="kind"),
]
Formula = str | Operation


class Indicator(Strict):
    """One indicator: what it says, how it is drawn, how it is computed, and its limits.

    `paired` (the default) takes all inputs with several sources from the same position of their
    lists, so that a share never divides figures of two tables by accident.
    """

    id: Identifier
    name: Text
    short: Text
    description: Text
    caveats: Text
    reference: Text
    unit: str
    decimals: int = Field(ge=0, le=4)
    direction: Literal["up_is_good", "down_is_good", "neutral"]
    display: Literal["rate", "count"]
    scheme: Literal["sequential", "diverging"]
    midpoint: float | None = None
    levels: list[Level] = Field(min_length=1)
    formula: Operation
    inputs: dict[Identifier, Input] = Field(min_length=1)
    paired: bool = True

    @model_validator(mode="after")
    def _consistent(self) -> Indicator:
        named = set(leaves(self.formula))
        if named != set(self.inputs):
            raise ValueError(
                f"{self.id}: the formula names {sorted(named)}, the inputs are "
                f"{sorted(self.inputs)}"
            )
        if (self.scheme == "diverging") != (self.midpoint is not None):
            raise ValueError(f"{self.id}: a diverging scheme needs a midpoint, no other has one")
        compared = {self.formula.of} if isinstance(self.formula, StructuralChange) else set()
        if any(one.apart != (name in compared) for name, one in self._sources()):
            raise ValueError(
                f"{self.id}: the sources of a structural change, and only those, keep codes apart"
            )
        lengths = {len(entry.sources) for entry in self.inputs.values()} - {1}
        if self.paired and len(lengths) > 1:
            raise ValueError(
                f"{self.id}: paired inputs must list the same number of sources, or one"
            )
        return self

    def _sources(self) -> Iterator[tuple[str, Source]]:
        for name, entry in self.inputs.items():
            yield from ((name, source) for source in entry.sources)


def leaves(formula: Formula) -> Iterator[str]:
    """Yield the names of the inputs that a formula uses."""
    if isinstance(formula, str):
        yield formula
        return
    for name in type(formula).model_fields:
        child = getattr(formula, name)
        if name in ("kind", "scale", "years", "part_of_whole", "index"):
            continue
        for part in child if isinstance(child, list) else [child]:
            yield from leaves(part)


for _model in (Published, Ratio, Difference, Total, Growth, Change, StructuralChange, First):
    _model.model_rebuild()
