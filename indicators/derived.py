"""Measures that the build derives from cells of an official table, and which cells those are.

A derived measure is a sum, exact or weighted, in which secret cells count with protected bounds;
`bounds` and `bounds_occupations` compute it, the explanation of a figure lists its cells.
"""

from __future__ import annotations

from dataclasses import dataclass

from indicators.model import Source, Text

INDUSTRY, WORKPLACE, RESIDENCE = (
    "42111-02-03-4",
    "ba_occupations_workplace",
    "ba_occupations_residence",
)
PERSONS, PLANTS, EMPLOYEES = "persons_employed_plants", "plants", "employees"
# Rung 3 of the ladder: divisions of WZ 2008; rung 4: groups of KldB 2010 with a supplier profile.
SUPPLIERS = ("22", "24", "25", "26", "27", "28", "29")
OCCUPATIONS = (
    "221", "222", "241", "242", "243", "244", "245", "251", "252", "261", "262", "263", "271",
    "272", "273",
)  # fmt: skip
DIVISIONS = tuple(f"{code:02}" for code in range(5, 34))
GROUP, WEIGHTED = "supplier_divisions_persons", "supplier_weighted_persons"


@dataclass(frozen=True)
class Derived:
    """A derived measure: its id and names, and the cells that it adds up."""

    id: str
    name: Text
    cells: Source


BY_DIVISION = (
    Derived(
        GROUP,
        Text(
            de="Beschäftigte in Zuliefererabteilungen", en="Persons employed in supplier divisions"
        ),
        Source(dataset=INDUSTRY, measure=PERSONS, sector=list(SUPPLIERS)),
    ),
    Derived(
        WEIGHTED,
        Text(
            de="Beschäftigte, gewichtet mit den Lieferungen an WZ 29",
            en="Persons employed, weighted by deliveries to WZ 29",
        ),
        Source(dataset=INDUSTRY, measure=PERSONS, sector=list(DIVISIONS)),
    ),
)
BY_OCCUPATION = (
    Derived(
        "supplier_occupation_employees",
        Text(
            de="Beschäftigte in Berufen mit Zuliefererprofil",
            en="Employees in supplier occupations",
        ),
        Source(dataset=WORKPLACE, measure=EMPLOYEES, occupation=list(OCCUPATIONS)),
    ),
    Derived(
        "supplier_occupation_women",
        Text(de="Frauen in Berufen mit Zuliefererprofil", en="Women in supplier occupations"),
        Source(
            dataset=WORKPLACE,
            measure=EMPLOYEES,
            occupation=list(OCCUPATIONS),
            breakdown="sex=female",
        ),
    ),
    Derived(
        "supplier_occupation_foreigners",
        Text(
            de="Ausländer in Berufen mit Zuliefererprofil", en="Foreigners in supplier occupations"
        ),
        Source(
            dataset=WORKPLACE,
            measure=EMPLOYEES,
            occupation=list(OCCUPATIONS),
            breakdown="nationality=foreign",
        ),
    ),
    Derived(
        "supplier_occupation_residents",
        Text(
            de="Beschäftigte am Wohnort in Berufen mit Zuliefererprofil",
            en="Employees at the place of residence in supplier occupations",
        ),
        Source(dataset=RESIDENCE, measure=EMPLOYEES, occupation=list(OCCUPATIONS)),
    ),
)


def observed(source: Source) -> Source:
    """Return the cells behind a source: of a derived measure those it adds up, else its own."""
    for derived in (*BY_DIVISION, *BY_OCCUPATION):
        if source.measure == derived.id:
            return derived.cells
    return source
