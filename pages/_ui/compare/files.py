"""The comparison as files: one row per indicator, area and year, with marks and sources."""

from __future__ import annotations

from pages._ui import charts, data, text
from pages._ui.compare import entries
from pages._ui.compare.entries import Entry
from pages._ui.compare.subjects import Subject
from pages._ui.compare.view import View
from pages._ui.i18n import Texts
from pages._ui.numbers import Figure, unit_text
from pages._ui.table_files import Cell, Content

FIRST = ("indicator", "area", "members", "year", "unit")
FIGURE = ("value", "lower", "upper", "mark", "qualifier")
RANK = ("rank_low", "rank_high", "n")
LAST = ("benchmark", "bench_value", "bench_lower", "bench_upper", "since", "before", "direction")


def table(path: str, view: View, language: str) -> Content:
    """Return the cells of the table in long form."""
    t = Texts(language)
    rows = []
    for name in view.indicators:
        found = entries.row(path, name, view.subjects, view.year, view.bench)
        source = _source(path, name, language)
        for subject in view.subjects:
            entry = found[subject.key]
            first = _first(path, name, subject, entry.year, language)
            rows.append([*first, *_figure(entry.figure, t), *entry.rank, *_last(entry, view, t),
                         source])  # fmt: skip
    titles = _titles((*FIRST, *FIGURE, *RANK, *LAST, "source"), t)
    return Content([t("vergleich.file.head", against=view.bench.against)], titles, rows)


def series(path: str, view: View, language: str) -> Content:
    """Return all years of everything compared and of the benchmark in long form."""
    t = Texts(language)
    compared = view.compared
    rows = []
    for name in view.indicators:
        frame = entries.series(path, name, compared)
        source = _source(path, name, language)
        for subject in compared:
            for year, figure in sorted(charts.figures_of(frame, subject.key).items()):
                first = _first(path, name, subject, year, language)
                rows.append([*first, *_figure(figure, t), source])
    titles = _titles((*FIRST, *FIGURE, "source"), t)
    return Content([t("vergleich.file.series")], titles, rows)


def _titles(names: tuple[str, ...], t: Texts) -> list[str]:
    shared = {"area", "year", "value", "lower", "upper", "mark"}
    return [
        t(f"automobil.column.{name}") if name in shared
        else t(f"file.{name}") if name in ("indicator", "unit", "qualifier", "source", *RANK)
        else t(f"vergleich.file.{name}")
        for name in names
    ]  # fmt: skip


def _first(path: str, name: str, subject: Subject, year: int | None, language: str) -> list[Cell]:
    indicator = data.indicators(path)[name]
    return [
        indicator.name.get(language),
        subject.name,
        " ".join(subject.areas),
        str(year) if year is not None else None,
        unit_text(indicator.unit, language),
    ]


def _figure(figure: Figure, t: Texts) -> list[Cell]:
    notes = ", ".join(text.notes(figure, t.language))
    return [figure.value, figure.lower, figure.upper, t(f"mark.{figure.mark}"), notes]


def _last(entry: Entry, view: View, t: Texts) -> list[Cell]:
    other, change = entry.reference, entry.change
    since: list[Cell] = (
        [str(change.since), change.before, t(f"vergleich.word.{change.kind}")]
        if change
        else [None, None, t("vergleich.cell.broken") if entry.broken else None]
    )
    return [view.bench.label, other.value, other.lower, other.upper, *since]


def _source(path: str, name: str, language: str) -> str:
    return text.picture_source(data.sources(path, name), data.release(path), language)
