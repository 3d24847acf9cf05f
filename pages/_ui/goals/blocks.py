"""Goals as blocks of a document, the same for the page and its PDF."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from pages._ui import data, text
from pages._ui.charts import is_break
from pages._ui.goals import words
from pages._ui.goals.standing import Standing, standings, word
from pages._ui.i18n import Texts
from pages._ui.numbers import cell, unit_text
from pages._ui.paper.model import (
    Amount,
    Block,
    Cell,
    Chart,
    Heading,
    Lead,
    Line,
    Lines,
    Note,
    Paragraph,
    Point,
    Source,
    Table,
)
from pages._ui.timeline_table import course

BEFORE = 10  # years that a chart goes back from the baseline
COLUMNS = ("goal", "status", "area", "baseline", "newest", "asked", "target")
YEARS = (0.6, 2.2, 1.4, 1.6)
WIDTHS = (2.6, 1.6, 1.6, 1.1, 1.5, 1.1, 1.1)


def overview(entries: Sequence[Standing], t: Texts) -> list[Block]:
    """Return one table per field of action, a goal per row."""
    found: list[Block] = []
    for name in dict.fromkeys(entry.field for entry in entries):
        rows = tuple(_row(entry, t) for entry in entries if entry.field == name)
        head = tuple(t(f"masterplan.column.{column}") for column in COLUMNS)
        numbers = tuple(column in ("baseline", "newest", "asked", "target") for column in COLUMNS)
        found.append(Table(name, head, rows, numbers, widths=WIDTHS))
    return found


def _row(entry: Standing, t: Texts) -> tuple[Cell, ...]:
    goal, judged = entry.goal, entry.held.judgement
    asked = words.ends(judged.expected, entry.indicator, t.language) if judged.expected else "–"
    return (
        goal.name.get(t.language),
        word(entry.status, t),
        entry.area,
        f"{words.baseline(entry, t)} ({goal.baseline.year})",
        words.newest(entry, t) + (f" ({judged.year})" if judged.year else ""),
        asked,
        f"{words.typed(goal.target.value, entry.indicator, t.language)} ({goal.target.year})",
    )


@st.cache_resource(max_entries=256, show_spinner=False)
def goal(path: str, content: bytes, goal_id: str, language: str) -> tuple[Block, ...]:
    """Return one goal of a file: how it stands, the chart with its table, source and note."""
    every = standings(path, content, language)
    (entry,) = (entry for entry in every if entry.goal.id == goal_id)
    return tuple(_goal(path, entry, Texts(language)))


def _goal(path: str, entry: Standing, t: Texts) -> list[Block]:
    found: list[Block] = [
        Heading(entry.goal.name.get(t.language), 2),
        Lead(f"{word(entry.status, t)}. {words.verdict(entry, t)}"),
        Note(words.about(entry, t)),
    ]
    if more := words.more(entry, t):
        found.append(Paragraph(more))
    if entry.figures or entry.held.path:
        found += [_chart(entry, t), _table(entry, t), _source(path, entry, t)]
    else:
        found.append(Paragraph(t("masterplan.no_chart")))
    if entry.goal.note is not None:
        note = entry.goal.note.get(t.language)
        found.append(Note(t("masterplan.note", note=note)))
    return found


def _chart(entry: Standing, t: Texts) -> Chart:
    indicator, language = entry.indicator, t.language
    since = entry.goal.baseline.year - BEFORE
    figures = {year: found for year, found in sorted(entry.figures.items()) if year >= since}
    points = tuple(
        Point(year, found.value, found.lower, found.upper, found.mark)
        for year, found in figures.items()
    )
    drawing = Lines(
        (Line(t("masterplan.line.figures"), points), *_paths(entry, t), _marks(entry, t)),
        unit_text(indicator.unit, language),
        tuple(year for year, found in figures.items() if is_break(found)),
        t("trend.break"),
        t("masterplan.interval"),
        t("trend.cut_off"),
        indicator.decimals,
    )
    alt = t(
        "masterplan.alt",
        goal=entry.goal.name.get(language),
        indicator=indicator.name.get(language),
        area=entry.area,
        course=course(figures, indicator, language) or t("masterplan.no_figures"),
        verdict=words.verdict(entry, t),
    )
    return Chart(drawing, f"{indicator.name.get(language)}, {entry.area}", alt)


def _paths(entry: Standing, t: Texts) -> list[Line]:
    """Return the straight path; from a baseline that is an interval, one from either end."""
    exact = all(low == high for low, high in entry.held.path.values())
    names = ("path",) if exact else ("path_low", "path_high")
    return [
        Line(
            t(f"masterplan.line.{name}"),
            tuple(Point(year, ends[end]) for year, ends in entry.held.path.items()),
            1,
            "course",
        )
        for end, name in enumerate(names)
        if entry.held.path
    ]


def _marks(entry: Standing, t: Texts) -> Line:
    found = (*entry.goal.milestones, entry.goal.target)
    points = tuple(Point(mark.year, mark.value) for mark in sorted(found, key=lambda m: m.year))
    return Line(t("masterplan.line.marks"), points, 2, "marks")


def _table(entry: Standing, t: Texts) -> Table:
    """Return the chart in figures: the years with a figure, a milestone or the target."""
    goal = entry.goal
    marks = {mark.year: mark.value for mark in (*goal.milestones, goal.target)}
    years = {year for year in entry.figures if year >= goal.baseline.year - BEFORE}
    rows = tuple(
        _year(entry, year, marks.get(year), t)
        for year in sorted(years | {goal.baseline.year, *marks}, reverse=True)
    )
    head = tuple(t(f"masterplan.column.{name}") for name in ("year", "figure", "path", "mark"))
    caption = t("masterplan.table", goal=goal.name.get(t.language))
    return Table(caption, head, rows, (False, True, True, True), widths=YEARS, name=goal.id)


def _year(entry: Standing, year: int, mark: float | None, t: Texts) -> tuple[Cell, ...]:
    indicator, figure = entry.indicator, entry.figures.get(year)
    shown: Cell = "–"
    if figure is not None:
        said = [cell(figure, indicator.decimals, indicator.unit, t.language)]
        said += text.notes(figure, t.language)
        shown = Amount(figure.value, ", ".join(said))
    ends = entry.held.path.get(year)
    path: Cell = "–"
    if ends is not None:
        value = ends[0] if ends[0] == ends[1] else None
        path = Amount(value, words.ends(ends, indicator, t.language))
    given: Cell = "–"
    if mark is not None:
        given = Amount(mark, words.typed(mark, indicator, t.language))
    return str(year), shown, path, given


def _source(path: str, entry: Standing, t: Texts) -> Source:
    frame = data.sources(path, entry.goal.indicator).drop_duplicates(["dataset"])
    named = [text.table_name(row, t.language) for row in frame.to_dict("records")]
    return Source(t("masterplan.source", sources="; ".join(named) or t("source.unknown")))
