"""The releases that are kept, and what changed from one to another."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from pathlib import Path

import pandas as pd
import streamlit as st

from indicators.records import Indicator
from indicators.releases import KINDS, Comparison
from pages._ui import choices, data, table_files, tables, why
from pages._ui.extract import readers
from pages._ui.i18n import Texts
from pages._ui.numbers import Figure, cell, date, number, signed
from pages._ui.shell import Page
from pages._ui.tables import Column, Row

LISTED = 500


def show(page: Page) -> dict[str, object]:
    """Draw the list and the comparison; return what a link must carry to show the same."""
    kept = {path.stem: path for path in readers.kept()}
    st.html(listed(list(kept.values()), page))
    if len(kept) < 2:
        st.info(page.t("daten.releases.one"))
        return {}
    names = list(kept)
    shown = data.release(page.path).id
    old_default = shown if shown in names[1:] else names[1]
    left, right = st.columns(2)
    with left:
        old = choices.select("old", names, old_default, page.t("daten.releases.old"))
    with right:
        new = choices.select("new", names, names[0], page.t("daten.releases.new"))
    if old == new:
        st.info(page.t("daten.releases.same"))
    else:
        _compared(page, kept[old], kept[new])
    return {"old": old, "new": new}


def listed(kept: list[Path], page: Page) -> str:
    """Return the releases as a table, each with a link that opens it."""
    t, current = page.t, data.current()
    columns = [Column(t(f"daten.releases.{name}")) for name in ("id", "built", "state")]
    rows = []
    for path in kept:
        release = data.release(str(path.resolve()))
        pin = "" if str(path.resolve()) == current else f"&release={release.id}"
        rows.append(
            [
                f'<a href="daten?lang={t.language}{pin}" target="_self">{escape(release.id)}</a>',
                escape(date(release.built, t.language)),
                escape(t("daten.releases.current")) if not pin else "",
            ]
        )
    return tables.html_table(columns, rows, t("daten.releases.caption"))


def _compared(page: Page, old: Path, new: Path) -> None:
    comparison = readers.comparison(str(old.resolve()), str(new.resolve()))
    st.markdown(said(comparison, page.t))
    if comparison.figures.empty:
        return
    known = _known(old, new)
    names = {key: entry.name.get(page.language) for key, entry in known.items()}
    st.html(by_indicator(comparison, names, page.t))
    with st.expander(page.t("daten.releases.figures")):
        st.html(_figures(page, comparison.figures.head(LISTED), known, new))
        if len(comparison.figures) > LISTED:
            st.caption(page.t("daten.releases.more", n=number(LISTED, 0, page.language)))
        table_files.buttons(
            page, lambda: _content(comparison.figures, page.t, old.stem, new.stem), "comparison"
        )


def said(comparison: Comparison, t: Texts) -> str:
    """Return in one sentence how many figures were added, revised, withdrawn."""
    counts = comparison.counts()
    if not any(counts.values()):
        return t("daten.releases.nothing")
    parts = {kind: number(counts[kind], 0, t.language) for kind in KINDS}
    return t("daten.releases.counts", **parts)


def by_indicator(comparison: Comparison, names: dict[str, str], t: Texts) -> str:
    """Return per indicator how many figures changed, and how."""
    counted = comparison.figures.groupby(["indicator", "kind"]).size().unstack(fill_value=0)
    columns = [
        Column(t("daten.releases.indicator")),
        *(Column(t(f"daten.releases.{kind}"), number=True) for kind in KINDS),
    ]
    rows = [
        [
            escape(names.get(str(indicator), str(indicator))),
            *(number(int(row.get(kind, 0)), 0, t.language) for kind in KINDS),
        ]
        for indicator, row in counted.iterrows()
    ]
    return tables.html_table(columns, rows, t("daten.releases.by_indicator"), tall=len(rows) > 12)


def _known(old: Path, new: Path) -> dict[str, Indicator]:
    """Return the indicators of both releases: either may have some that the other lacks."""
    return {**data.indicators(str(old.resolve())), **data.indicators(str(new.resolve()))}


def _figures(
    page: Page, frame: pd.DataFrame, known: Mapping[str, Indicator], new_path: Path
) -> str:
    t = page.t
    areas = {
        str(row["area_id"]): str(row[f"name_{t.language}"])
        for level in ("kreis", "region", "land", "country")
        for row in data.areas(page.path, level).to_dict("records")
    }
    columns = [
        Column(t(f"daten.releases.{name}"), name in ("before", "after", "difference"))
        for name in ("indicator", "area", "year", "kind", "before", "after", "difference")
    ]
    rows = []
    for row in frame.to_dict("records"):
        indicator = known.get(str(row["indicator"]))
        decimals, unit = (indicator.decimals, indicator.unit) if indicator else (2, "")
        old, new = (_figure(row, side) for side in ("old", "new"))
        gap = "" if old.value is None or new.value is None else _gap(old, new, decimals, t)
        figure = (str(row["indicator"]), str(row["area_id"]), int(row["year"]))
        after = cell(new, decimals, unit, t.language) if row["kind"] != "withdrawn" else ""
        rows.append(
            [
                escape(indicator.name.get(t.language) if indicator else figure[0]),
                escape(areas.get(figure[1], figure[1])),
                str(figure[2]),
                escape(t(f"daten.releases.{row['kind']}")),
                escape(cell(old, decimals, unit, t.language)) if row["kind"] != "added" else "",
                why.link(after, str(new_path), *figure, t.language) if after else "",
                escape(gap),
            ]
        )
    return tables.html_table(columns, rows, t("daten.releases.figures"), tall=True)


def _figure(row: Row, side: str) -> Figure:
    return Figure.of(
        {
            name: row[f"{name}_{side}"]
            for name in ("value", "lower", "upper", "mark", "qualifier")
            if not pd.isna(row[f"{name}_{side}"])
        }
    )


def _gap(old: Figure, new: Figure, decimals: int, t: Texts) -> str:
    assert old.value is not None and new.value is not None  # noqa: S101
    return signed(new.value - old.value, max(decimals, 2), t.language)


def _content(frame: pd.DataFrame, t: Texts, old: str, new: str) -> table_files.Content:
    names = [name for name in frame.columns if name != "kind"]
    rows = frame.astype(object).where(frame.notna(), None)
    return table_files.Content(
        [t("daten.releases.file", old=old, new=new)],
        ["kind", *names],
        [
            [str(row["kind"]), *(_plain(row[name]) for name in names)]
            for row in rows.to_dict("records")
        ],
    )


def _plain(value: object) -> str | float | None:
    return value if value is None or isinstance(value, str) else float(str(value))
