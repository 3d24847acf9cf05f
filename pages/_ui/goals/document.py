"""Goals and stories as one document, and as a table for a file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from pages._ui import data, text
from pages._ui.goals import blocks, kept, story
from pages._ui.goals.standing import Filter, Standing, counted, standings
from pages._ui.i18n import Texts
from pages._ui.numbers import date, unit_text
from pages._ui.paper import pdf
from pages._ui.paper.model import Block, Document, Foot, Heading, Lead, Note, Points
from pages._ui.table_files import Cell, Content

MOST_SHOWN = 24  # goals with a chart of their own, on the page and in the PDF
COLUMNS = (
    "field", "goal", "indicator", "unit", "area", "key", "baseline_year", "baseline_low",
    "baseline_high", "baseline_from", "year", "lower", "value", "upper", "mark", "qualifier",
    "asked_low", "asked_high", "share_low", "share_high", "target_year", "target_value", "status",
    "responsible", "note",
)  # fmt: skip


def make(goals: bytes, notes: bytes, path: str, chosen: Filter, language: str, base: str) -> bytes:
    """Return the PDF of a document; arguments as there."""
    return pdf.write(document(goals, notes, path, chosen, language, base))


def document(
    goals: bytes, notes: bytes, path: str, chosen: Filter, language: str, base: str
) -> Document:
    """Return the goals that are shown, each with chart and sentences, and all stories.

    Args:
        goals: file of goals, without faults; empty for none.
        notes: file of notes, the same.
        path: of the release.
        chosen: which goals.
        language: `de` or `en`.
        base: address under which the pages are, for the links of notes.
    """
    entries = [each for each in standings(path, goals, language) if chosen.keeps(each)]
    t, told = Texts(language), kept.notes_of(path, notes)
    examples = [Note(t("masterplan.example.goals"))] if kept.goals_of(path, goals).example else []
    examples += [Note(t("masterplan.example.notes"))] if told.example else []
    found: list[Block] = [*examples, *_goals(path, goals, entries, t)]
    if story_told := story.blocks(told, base, t):
        found += [Heading(t("masterplan.story")), *story_told]
    found += _attributions(path, entries, t)
    title, subtitle = t("masterplan.paper.title"), t("masterplan.paper.subtitle")
    return Document(title, subtitle, language, tuple(found), _foot(path, entries, t))


def _goals(path: str, content: bytes, entries: Sequence[Standing], t: Texts) -> list[Block]:
    if not entries:
        return []
    found: list[Block] = [Heading(t("masterplan.overview")), Lead(counted(entries, t))]
    found += [*blocks.overview(entries, t), Note(t("masterplan.rule"))]
    found.append(Heading(t("masterplan.each")))
    for entry in entries[:MOST_SHOWN]:
        found += blocks.goal(path, content, entry.goal.id, t.language)
    if len(entries) > MOST_SHOWN:
        found.append(Note(t("masterplan.first", n=MOST_SHOWN, of=len(entries))))
    return found


def _foot(path: str, entries: Sequence[Standing], t: Texts) -> Foot:
    """Return publishers and release; how publishers want to be named would not fit there."""
    named = _named(path, entries, f"publisher_name_{t.language}")
    return Foot(
        t("masterplan.paper.foot", sources="; ".join(named) or t("source.unknown")),
        text.release_line(data.release(path), t.language),
        date(dt.datetime.now(dt.UTC).date(), t.language),
    )


def _attributions(path: str, entries: Sequence[Standing], t: Texts) -> list[Block]:
    named = _named(path, entries, "attribution")
    if not named:
        return []
    return [Heading(t("masterplan.paper.sources")), Points(tuple(("", name) for name in named))]


def _named(path: str, entries: Sequence[Standing], column: str) -> list[str]:
    used = dict.fromkeys(entry.goal.indicator for entry in entries)
    frames = (data.sources(path, indicator) for indicator in used)
    return list(dict.fromkeys(str(name) for frame in frames for name in frame[column]))


def content(path: str, entries: Sequence[Standing], example: bool, t: Texts) -> Content:
    """Return how goals stand as a file: one row per goal, bounds and marks included."""
    head = [t("masterplan.paper.title"), t("masterplan.rule")]
    if example:
        head.insert(1, t("masterplan.example.goals"))
    used = dict.fromkeys(entry.goal.indicator for entry in entries)
    named = dict.fromkeys(
        text.table_name(row, t.language)
        for indicator in used
        for row in data.sources(path, indicator).to_dict("records")
    )
    head.append(t("masterplan.source", sources="; ".join(named)))
    titles = [t(f"masterplan.file.{name}") for name in COLUMNS]
    return Content(head, titles, [_row(entry, t) for entry in entries])


def _row(entry: Standing, t: Texts) -> list[Cell]:
    goal, held, language = entry.goal, entry.held, t.language
    judged, figure = held.judgement, entry.newest
    measured: list[Cell] = [None, None, None, "", ""]
    if figure is not None:
        said = ", ".join(text.notes(figure, language))
        measured = [figure.lower, figure.value, figure.upper, t(f"mark.{figure.mark}"), said]
    return [
        entry.field,
        goal.name.get(language),
        entry.indicator.name.get(language),
        unit_text(entry.indicator.unit, language),
        entry.area,
        goal.area,
        str(goal.baseline.year),
        *_pair(held.baseline),
        t("masterplan.file.given" if held.given else "masterplan.file.release"),
        str(judged.year or ""),
        *measured,
        *_pair(judged.expected),
        *_pair(judged.share, 100.0),
        str(goal.target.year),
        goal.target.value,
        t(f"masterplan.status.{entry.status}"),
        goal.responsible.get(language) if goal.responsible else "",
        goal.note.get(language) if goal.note else "",
    ]


def _pair(ends: tuple[float, float] | None, scale: float = 1.0) -> list[Cell]:
    return [None, None] if ends is None else [end * scale for end in ends]
