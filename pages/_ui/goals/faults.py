"""What is wrong with a file, in words: line, entry, value, and what to do."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

from indicators.goals import Finding, Reading
from pages._ui import tables
from pages._ui.i18n import Texts
from pages._ui.numbers import number
from pages._ui.tables import Column

COLUMNS = ("line", "path_of", "value", "wrong", "remedy")


def wrong(finding: Finding, t: Texts) -> str:
    """Return what is wrong."""
    return t(f"masterplan.wrong.{finding.code}", **_parts(finding, t))


def remedy(finding: Finding, t: Texts) -> str:
    """Return what to do."""
    return t(f"masterplan.remedy.{finding.code}", **_parts(finding, t))


def _parts(finding: Finding, t: Texts) -> dict[str, str]:
    return {
        name: part if isinstance(part, str) else number(part, 0, t.language)
        for name, part in finding.parts.items()
    }


def table(reading: Reading[Any], caption: str, t: Texts) -> str:
    """Return all findings as an HTML table, in the order of their lines."""
    columns = [Column(t(f"masterplan.column.{name}"), number=name == "line") for name in COLUMNS]
    return tables.html_table(columns, _rows(reading.findings, t), caption, tall=True)


def _rows(findings: Sequence[Finding], t: Texts) -> list[list[str]]:
    return [
        [
            str(finding.line),
            escape(finding.path) or "–",
            escape(finding.value) or "–",
            escape(wrong(finding, t)),
            escape(remedy(finding, t)),
        ]
        for finding in findings
    ]
