"""Files of goals and notes: bytes in, a model and findings out, and back to bytes.

A file with a single finding gives nothing: goals are taken over as a whole or not at all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import yaml
from pydantic import TypeAdapter, ValidationError

from indicators import goals_checks as checks
from indicators import goals_yaml
from indicators.goals_checks import Fault, Known
from indicators.goals_faults import fault, fields
from indicators.goals_model import Action, Goal, GoalFile, Note, NoteFile, Story
from indicators.goals_yaml import Document, Finding, Path, Refusal
from indicators.model import Strict

MOST_ENTRIES = 300
MOST_FINDINGS = 50
HEAD = {
    GoalFile: "# Goals of the Strukturmonitor. The README says how to enter them.\n",
    NoteFile: "# Notes of the Strukturmonitor. The README says how to enter them.\n",
}
File = TypeVar("File", bound=Strict)
Entry = TypeVar("Entry", Action, Goal, Story, Note)


@dataclass(frozen=True)
class Reading(Generic[File]):
    """A file that was read, or None and what is wrong with it.

    `more` is the number of findings beyond those that are listed.
    """

    file: File | None
    findings: tuple[Finding, ...] = ()
    more: int = 0


def read_goals(content: bytes, known: Known) -> Reading[GoalFile]:
    """Return the goals in a file, or everything that is wrong with it, in order of its lines."""

    def build(document: Document) -> tuple[GoalFile, list[Finding]]:
        actions, wrong = _entries(document, "fields", Action)
        goals, faulty = _entries(document, "goals", Goal)
        example, unclear = _example(document)
        ids = _ids(document, "fields")
        faults = [fault for at, goal in goals for fault in checks.way_faults(goal, at)]
        for at, raw in _raw(document, "goals"):
            faults += checks.goal_references(raw, at, ids, known)
        twice = _twice(document, "fields") + _twice(document, "goals")
        file = GoalFile(example=example, fields=_only(actions), goals=_only(goals))
        return file, [*wrong, *faulty, *unclear, *twice, *_found(document, faults)]

    return _read(content, GoalFile, build)


def read_notes(content: bytes, known: Known) -> Reading[NoteFile]:
    """Return the notes in a file, or everything that is wrong with it, in order of its lines."""

    def build(document: Document) -> tuple[NoteFile, list[Finding]]:
        stories, wrong = _entries(document, "stories", Story)
        notes, faulty = _entries(document, "notes", Note)
        example, unclear = _example(document)
        ids = _ids(document, "stories")
        faults: list[Fault] = []
        for at, raw in _raw(document, "notes"):
            faults += checks.note_references(raw, at, ids, known)
        twice = _twice(document, "stories") + _twice(document, "notes")
        twice += _same_order(document, notes)
        file = NoteFile(example=example, stories=_only(stories), notes=_only(notes))
        return file, [*wrong, *faulty, *unclear, *twice, *_found(document, faults)]

    return _read(content, NoteFile, build)


def write(file: GoalFile | NoteFile) -> bytes:
    """Return a file that reads back equal: UTF-8, entries in their order, defaults left out."""
    content = file.model_dump(mode="json", exclude_defaults=True) or {"example": False}
    return HEAD[type(file)].encode("utf-8") + to_yaml(content)


def to_yaml(content: dict[str, Any]) -> bytes:
    """Return plain lists, dictionaries and scalars as YAML in UTF-8."""
    text: str = yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=100)
    return text.encode("utf-8")


def _read(
    content: bytes, model: type[File], build: Callable[[Document], tuple[File, list[Finding]]]
) -> Reading[File]:
    try:
        document = goals_yaml.load(content)
    except Refusal as refusal:
        return Reading(None, (refusal.finding,))
    refused = _outline(document, model)
    if refused:
        return _refused(document.findings or refused)
    file, findings = build(document)
    spoken = {finding.path for finding in document.findings}
    others = [*_unknown(document, model), *findings]
    findings = [*document.findings, *(each for each in others if each.path not in spoken)]
    return _refused(findings) if findings else Reading(file)


def _refused(findings: list[Finding]) -> Reading[File]:
    ordered = sorted(findings, key=lambda finding: (finding.line, finding.path))
    shown = tuple(ordered[:MOST_FINDINGS])
    return Reading(None, shown, len(ordered) - len(shown))


def _outline(document: Document, model: type[Strict]) -> list[Finding]:
    """Return why a file is refused at once: empty, no mapping, or more entries than pages show."""
    content = document.content
    if not content:
        return [Finding(1, "", "", "empty")]
    if not isinstance(content, dict):
        return [document.finding((), content, "outline", known=fields(model))]
    return [
        document.finding((name,), "", "too_many", count=len(entries), limit=MOST_ENTRIES)
        for name, entries in content.items()
        if isinstance(entries, list) and len(entries) > MOST_ENTRIES
    ]


def _unknown(document: Document, model: type[Strict]) -> list[Finding]:
    return [
        document.finding((name,), name, "unknown_entry", known=fields(model))
        for name in document.content
        if name not in model.model_fields
    ]


def _example(document: Document) -> tuple[bool, list[Finding]]:
    value = document.content.get("example") or False
    try:
        return TypeAdapter(bool).validate_python(value), []
    except ValidationError:
        return False, [document.finding(("example",), value, "bool")]


def _entries(
    document: Document, name: str, model: type[Entry]
) -> tuple[list[tuple[Path, Entry]], list[Finding]]:
    """Return the entries that are complete in themselves with their paths, and what others lack."""
    raw = document.content.get(name)
    if raw is None:
        return [], []
    if not isinstance(raw, list):
        return [], [document.finding((name,), raw, "shape")]
    whole: list[tuple[Path, Entry]] = []
    findings: list[Finding] = []
    for place, entry in enumerate(raw):
        path: Path = (name, place)
        try:
            whole.append((path, model.model_validate(entry)))
        except ValidationError as error:
            findings += [fault(document, path, said, model) for said in error.errors()]
    return whole, findings


def _raw(document: Document, name: str) -> list[tuple[Path, dict[str, Any]]]:
    """Return the mappings of a list with their paths, complete or not."""
    raw = document.content.get(name)
    entries = enumerate(raw if isinstance(raw, list) else [])
    return [((name, place), entry) for place, entry in entries if isinstance(entry, dict)]


def _ids(document: Document, name: str) -> list[str]:
    """Return all ids of a list as they stand, those of faulty entries too."""
    ids = (entry.get("id") for _, entry in _raw(document, name))
    return [each.strip() for each in ids if isinstance(each, str)]


def _only(entries: Iterable[tuple[Path, Entry]]) -> tuple[Entry, ...]:
    return tuple(entry for _, entry in entries)


def _twice(document: Document, name: str) -> list[Finding]:
    first: dict[str, int] = {}
    findings = []
    for path, entry in _raw(document, name):
        at, key = (*path, "id"), entry.get("id")
        if not isinstance(key, str):
            continue
        if key in first:
            findings.append(document.finding(at, key, "duplicate_id", first=str(first[key])))
        first.setdefault(key, document.line(at))
    return findings


def _same_order(document: Document, notes: Iterable[tuple[Path, Note]]) -> list[Finding]:
    seen: set[tuple[str, int]] = set()
    findings = []
    for path, note in notes:
        if (note.story, note.order) in seen:
            at = (*path, "order")
            findings.append(document.finding(at, note.order, "order_twice", story=note.story))
        seen.add((note.story, note.order))
    return findings


def _found(document: Document, faults: Iterable[Fault]) -> list[Finding]:
    return [document.finding(path, value, code, **parts) for path, value, code, parts in faults]
