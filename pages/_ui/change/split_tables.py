"""Tables and files of the split: by category, by year, and of all districts."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from pages._ui import data, places, tables, text
from pages._ui.change import readers, words
from pages._ui.change.view import View
from pages._ui.i18n import Texts
from pages._ui.numbers import known
from pages._ui.table_files import Cell, Content
from pages._ui.tables import Column, Row


def figures(view: View) -> tuple[str, ...]:
    """Return the columns of a split, in their order."""
    return ("base", "end", "change", *words.parts_of(view.method))


def html(
    rows: Sequence[Row], first: Sequence[str], view: View, heading: str, caption: str, t: Texts,
    strong: Sequence[bool] = (),
) -> str:  # fmt: skip
    """Return a table of a split; `first` names each row."""
    columns = [
        Column(heading),
        *(Column(t(f"wandel.column.{name}"), True) for name in figures(view)),
    ]
    columns.append(Column(t("wandel.column.note")))
    body = [
        [
            escape(name),
            *(
                escape(words.persons(row, part, t, sign=part not in ("base", "end")))
                for part in figures(view)
            ),
            escape(note(row, t)),
        ]
        for name, row in zip(first, rows, strict=True)
    ]
    return tables.html_table(columns, body, caption, strong, tall=len(body) > 15)


def note(row: Row, t: Texts) -> str:
    """Return what is special about a row."""
    left_out = int(known(row.get("left_out")) or 0)
    said = [
        t("wandel.note.without") if row.get("without_benchmark") is True else "",
        t("wandel.note.left_out", n=left_out) if left_out else "",
        t("mark.secret") if row.get("mark") == "secret" and not left_out else "",
    ]
    return ", ".join(part for part in said if part)


def content(
    path: str, rows: Sequence[Row], first: Sequence[Sequence[Cell]], titles: Sequence[str],
    view: View, caption: str, language: str,
) -> Content:  # fmt: skip
    """Return a split as a file: every figure with its ends, its mark and what is left out."""
    t = Texts(language)
    names = figures(view)
    heads = [
        *titles,
        *(t("wandel.file.end", name=t(f"wandel.column.{n}"), end=t(f"wandel.file.{e}"))
          for n in names for e in ("lower", "value", "upper")),
        t("wandel.file.mark"), t("wandel.file.left_out"),
    ]  # fmt: skip
    lines = [
        [
            *names_of,
            *(known(row.get(f"{n}{e}")) for n in names for e in ("_lower", "", "_upper")),
            t(f"mark.{row['mark']}"),
            float(row["left_out"]),
        ]
        for names_of, row in zip(first, rows, strict=True)
    ]
    sources = readers.sources(path, view.kind, view.last)
    said = text.picture_source(sources, data.release(path), language)
    method = t(f"wandel.method.{view.method}")
    label = t("wandel.file.benchmark", label=view.bench.label, method=method)
    return Content([caption, label, said], heads, lines)


def caption(path: str, view: View, t: Texts) -> str:
    """Return what a table of the area shows."""
    name = places.names(path, t.language, "name")[view.area]
    return t(
        "wandel.caption", area=name, kind=t(f"wandel.kind.{view.kind}"),
        first=view.first, last=view.last, label=view.bench.label,
    )  # fmt: skip
