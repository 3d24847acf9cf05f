"""The pieces of the method page: catalogue, sources, files, checks, marks, limits."""

from __future__ import annotations

import re
from collections.abc import Hashable
from html import escape
from typing import Any

import streamlit as st

from indicators.records import Indicator
from pages._ui import data, state, tables, text
from pages._ui.i18n import Texts
from pages._ui.numbers import date, file_size, number, unit_text
from pages._ui.shell import Page
from pages._ui.tables import Column

Row = dict[Hashable, Any]
MARKS = (
    "value",
    "zero",
    "secret",
    "not_applicable",
    "not_yet",
    "unreliable",
    "dissolved",
    "missing",
)
QUALIFIERS = ("provisional", "estimated", "break", "corrected")
SYMBOLS = {"passed": "✓", "noted": "!", "failed": "✗"}
LIMITS = ("language", "classes", "boundaries", "intervals", "names")


def catalogue(page: Page) -> None:
    """List all indicators by theme: formula, unit, source, caveats."""
    chosen = state.choice("ind", list(data.indicators(page.path)), None)
    for theme in data.themes(page.path):
        entries = [e for e in data.indicators(page.path).values() if e.theme == theme.id]
        if not entries:
            continue
        label = f"{theme.name.get(page.language)} ({len(entries)})"
        with st.expander(label, expanded=any(entry.id == chosen for entry in entries)):
            st.html(_theme(page.path, theme.id, chosen, page.language))


@st.cache_resource(max_entries=64, show_spinner=False)
def _theme(path: str, theme: str, chosen: str | None, language: str) -> str:
    entries = [entry for entry in data.indicators(path).values() if entry.theme == theme]
    return "".join(_entry(path, entry, entry.id == chosen, language) for entry in entries)


def _entry(path: str, indicator: Indicator, chosen: bool, language: str) -> str:
    t = Texts(language)
    years = data.years(path, indicator.id)
    said = [
        (t("method.formula"), escape(indicator.formula.get(language))),
        (t("method.unit"), escape(unit_text(indicator.unit, language))),
        (t("method.reference"), escape(indicator.reference.get(language))),
        (t("method.years"), escape(year_ranges(years))),
        (t("method.direction"), escape(t(f"direction.{indicator.direction}"))),
        (t("method.source"), _tables(path, indicator.id, language)),
        (t("method.caveats"), escape(indicator.caveats.get(language))),
    ]
    chosen_class = " chosen" if chosen else ""
    return (
        f'<section class="sm-entry{chosen_class}">'
        f"<h4>{escape(indicator.name.get(language))}</h4>"
        f"<p>{escape(indicator.description.get(language))}</p>{tables.definition(said)}</section>"
    )


def year_ranges(years: list[int]) -> str:
    """Return years with runs drawn together: '2015–2020, 2023'."""
    runs: list[list[int]] = []
    for year in years:
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return ", ".join(str(r[0]) if len(r) == 1 else f"{r[0]}–{r[-1]}" for r in runs)


def _tables(path: str, indicator: str, language: str) -> str:
    frame = data.sources(path, indicator).drop_duplicates("dataset")
    return "<br>".join(
        tables.link(
            str(row["url"]),
            text.table_name(row, language),
        )
        for row in frame.to_dict("records")
    )


@st.cache_resource(max_entries=8, show_spinner=False)
def sources(path: str, language: str) -> str:
    """Return the official tables with licence and the publisher's own attribution."""
    t = Texts(language)
    columns = [
        Column(t(f"sources.{name}")) for name in ("table", "title", "licence", "attribution")
    ]
    rows = [
        [
            tables.link(str(row["url"]), str(row["table_code"])),
            escape(str(row[f"title_{language}"]))
            + (f"<br><small>{escape(note)}</small>" if (note := _note(row, language)) else ""),
            tables.link(str(row["licence_url"]), str(row["licence"])),
            escape(str(row["attribution"])),
        ]
        for row in data.datasets(path).to_dict("records")
    ]
    return tables.html_table(columns, rows, t("sources.caption"), tall=len(rows) > 12)


def _note(row: Row, language: str) -> str:
    note = row.get(f"note_{language}")
    return note if isinstance(note, str) else ""


@st.cache_resource(max_entries=8, show_spinner=False)
def files(path: str, language: str) -> str:
    """Return every file of the build with what was used of it, and why not."""
    t = Texts(language)
    names = ("file", "period", "rows", "status", "reason", "retrieved", "sha256")
    columns = [Column(t(f"files.{name}"), number=name == "rows") for name in names]
    rows = [_file(row, t) for row in data.files(path).to_dict("records")]
    return tables.html_table(columns, rows, t("files.caption"), tall=len(rows) > 12)


def _file(row: Row, t: Texts) -> list[str]:
    first, last = row["year_from"], row["year_to"]
    known = first == first and first is not None  # NaN differs from itself
    period = year_ranges(sorted({int(first), int(last)})) if known else ""
    period = f"{int(first)}–{int(last)}" if known and int(last) - int(first) > 1 else period
    size, digest = file_size(float(row["bytes"]), t.language), escape(str(row["sha256"]))
    return [
        f"{_breakable(escape(str(row['path'])))}<br><small>{size}</small>",
        period,
        number(float(row["rows"] or 0), 0, t.language),
        escape(t(f"files.status.{row['status']}")),
        escape(str(row.get(f"reason_{t.language}") or "")),
        date(text.day_of(row["retrieved"]), t.language),
        f'<code title="{digest}">{digest[:12]}…</code>',
    ]


@st.cache_resource(max_entries=8, show_spinner=False)
def checks(path: str, language: str) -> str:
    """Return the checks of the release, those that did not simply pass first."""
    t = Texts(language)
    names = ("status", "check", "dataset", "scope", "expected", "found", "detail")
    columns = [Column(t(f"checks.{name}")) for name in names]
    order = {"failed": 0, "noted": 1, "passed": 2}
    found = sorted(
        data.checks(path).to_dict("records"), key=lambda row: order.get(str(row["status"]), 0)
    )
    rows = [
        [
            _status(str(row["status"]), t),
            escape(check_name(str(row["check"]), t)),
            *(_breakable(_plain(row[name])) for name in names[2:-1]),
            _breakable(_plain(row[f"detail_{language}"])),
        ]
        for row in found
    ]
    return tables.html_table(columns, rows, t("checks.caption"), tall=len(rows) > 12)


def _status(status: str, t: Texts) -> str:
    return f"{SYMBOLS.get(status, '')} {escape(t(f'checks.status.{status}'))}"


def check_name(check: str, t: Texts) -> str:
    """Return what a check compares; one that has no name here yet says its id."""
    message = f"check.{check}"
    return t(message) if t.known(message) else check


def check_summary(page: Page) -> str:
    """Return how many checks passed, were noted, failed."""
    status = data.checks(page.path)["status"].value_counts()
    counts = {name: number(int(status.get(name, 0)), 0, page.language) for name in SYMBOLS}
    return page.t("checks.summary", **counts)


def _plain(value: object) -> str:
    return "" if value is None or value != value else escape(str(value))


def _breakable(content: str) -> str:
    """Let a path or a list of codes run over several lines, so that a table keeps its width."""
    return re.sub(r"([/;_])(?=\w)", r"\1<wbr>", content)


@st.cache_resource(max_entries=2, show_spinner=False)
def marks(language: str) -> str:
    """Return what each mark and qualifier means, and how a map shows it."""
    t = Texts(language)
    columns = [Column(t("marks.word")), Column(t("marks.meaning"))]
    said = [
        *((t(f"mark.{name}"), t(f"mark.{name}.explained")) for name in MARKS),
        *((t(f"qualifier.{name}"), t(f"qualifier.{name}.explained")) for name in QUALIFIERS),
    ]
    rows = [[escape(word), escape(meaning)] for word, meaning in said]
    return tables.html_table(columns, rows, t("marks.caption"))


def release(page: Page) -> str:
    """Return id, dates, boundary vintage and fingerprint of the release."""
    t, entry = page.t, data.release(page.path)
    vintage = date(text.day_of(entry.boundaries), page.language) or entry.boundaries
    return tables.definition(
        [
            (t("release.id"), f"<code>{escape(entry.id)}</code>"),
            (t("release.built"), escape(date(entry.built, page.language))),
            (t("release.newest"), str(entry.newest_year)),
            (t("release.boundaries"), escape(f"{vintage}. {t('footer.grid', grid=text.GRID)}")),
            (t("release.snapshot"), f"<code>{escape(entry.snapshot_sha256)}</code>"),
        ]
    )


def limits(page: Page) -> str:
    """Return what the application cannot do or does on purpose."""
    return "\n".join(f"- {page.t(f'limits.{name}')}" for name in LIMITS)
