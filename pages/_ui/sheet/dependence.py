"""How far the area depends on the car: the rungs side by side, and rung 4 over the years."""

from __future__ import annotations

from itertools import groupby

from pages._ui import ladder, places, reading, rungs
from pages._ui.i18n import Texts
from pages._ui.paper.model import (
    Amount,
    Bar,
    Block,
    Cell,
    Chart,
    Heading,
    Lead,
    Note,
    Paragraph,
    Rows,
    Table,
)
from pages._ui.rungs import Step
from pages._ui.sheet import words
from pages._ui.sheet.chart import over_years
from pages._ui.sheet.subject import Subject, larger, look_of

BASE = "industry"
DRAWN = (1, 2, 3, 4)  # rung 5 is an index of larger areas and fits on no axis of shares


def blocks(subject: Subject) -> list[Block]:
    """Return the section: what rungs 1 and 4 say, all rungs as chart and table, rung 4 by year."""
    t, path, language = subject.t, subject.path, subject.language
    areas = (subject.area, *larger(path, subject.area))
    steps = [step for step in rungs.ladder(path, areas, BASE, {}) if step.rung in DRAWN]
    first, current = (
        next(step for step in steps if step.rung == rung and step.area == subject.area)
        for rung in (1, 4)
    )
    said = [_why(first, t), reading.share_sentence(current, BASE, subject.place, language)]
    over = over_years(subject, rungs.OCCUPATIONS_SHARE)
    used = [(step.indicator, step.year) for step in steps if step.year is not None]
    return [
        Heading(t("steckbrief.section.dependence")),
        Lead(reading.share_sentence(first, BASE, subject.place, language)),
        Paragraph(" ".join(filter(None, [*said, _why(current, t)]))),
        _chart(subject, steps),
        _table(subject, steps, areas),
        Note(t("steckbrief.dependence.note")),
        *([over] if over else []),
        words.source(subject, used),
    ]


def _why(step: Step, t: Texts) -> str:
    return t(reading.WHY[step.rung]) if rungs.has_bounds(step.figure) else ""


def _title(step: Step, t: Texts) -> str:
    return ladder.heading(step, BASE, t)


def _chart(subject: Subject, steps: list[Step]) -> Chart:
    t, names = subject.t, places.names(subject.path, subject.language)
    rows = []
    for step in steps:
        lower, upper = rungs.ends(step.figure) or (None, None)
        look = 0 if step.area == subject.area else look_of(step.area)
        shown = ladder.label(step, subject.language)
        rows.append(Bar(_dated(names[step.area], step), lower, upper, shown, look, _title(step, t)))
    alt = "; ".join(f"{row.group.split(':')[0]}, {row.name}: {row.text}" for row in rows)
    drawing = Rows(tuple(rows), t("automobil.ladder.axis.share"), base=None, decimals=0)
    return Chart(drawing, t("steckbrief.dependence.chart"), t("steckbrief.alt", parts=alt))


def _dated(words: str, step: Step) -> str:
    return words if step.year is None else f"{words}, {step.year}"


def _table(subject: Subject, steps: list[Step], areas: tuple[str, ...]) -> Table:
    t, names = subject.t, places.names(subject.path, subject.language)
    rows = tuple(
        _row(list(of_rung), t) for _, of_rung in groupby(steps, key=lambda step: step.rung)
    )
    return Table(
        t("steckbrief.dependence.table", area=subject.name),
        (t("steckbrief.column.rung"), t("controls.year"), *(names[area] for area in areas)),
        rows,
        (False, *(True for _ in (0, *areas))),
        widths=(3.2, 0.65, *(1.3 for _ in areas)),
        name="dependence",
    )


def _row(steps: list[Step], t: Texts) -> tuple[Cell, ...]:
    """Return one rung; a figure of another year than the area's says which."""
    year = steps[0].year
    cells = []
    for step in steps:
        shown = ladder.label(step, t.language)
        other = f" ({step.year})" if step.year is not None and step.year != year else ""
        cells.append(Amount(step.figure.value, f"{shown}{other}"))
    return (_title(steps[0], t), str(year or ""), *cells)
