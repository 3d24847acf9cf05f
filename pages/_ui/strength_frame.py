"""What stands around the map of strengths inside the picture: title, legend, source, camera."""

from __future__ import annotations

import textwrap
from collections import Counter
from html import escape
from typing import Any

from pages._ui import colours, data, geometry, legend, lq_classes, strength_data, text
from pages._ui.i18n import Texts
from pages._ui.lq_classes import persons, quotient
from pages._ui.map_frame import MODEBAR, NARROW, SOURCE_LINE, TITLE_LINE, WIDE
from pages._ui.numbers import number
from pages._ui.scale import Circles
from pages._ui.strength_state import StrengthView
from pages._ui.tables import Row


def layout(
    path: str,
    view: StrengthView,
    rows: list[Row],
    title: str,
    scale: Circles | None,
    t: Texts,
    narrow: bool,
) -> dict[str, Any]:
    """Return the layout of the map with everything a saved picture must say."""
    camera, height = geometry.view(view.extent, narrow, False)
    title_width, source_width = NARROW if narrow else WIDE
    head = textwrap.wrap(title, title_width)
    drawn = _legend(view, rows, scale, t)
    sources = strength_data.sources(path, view.kind, view.year)
    source = text.picture_source(sources, data.release(path), t.language)
    for line in textwrap.wrap(source, source_width):
        drawn.depth += SOURCE_LINE
        font = {"size": 10.5, "color": colours.SOFT_INK}
        drawn.text(escape(line, quote=False), 0, 0, drawn.depth, font=font)
    top, bottom = MODEBAR + TITLE_LINE * len(head), round(drawn.depth + SOURCE_LINE / 2) + 6
    said = "<b>" + "<br>".join(escape(line, quote=False) for line in head) + "</b>"
    font = {"size": 15, "color": colours.INK}
    more: dict[str, Any] = {"text": said, "y": 1, "yshift": 6, "yanchor": "bottom", "font": font}
    drawn.text("", 0, 0, 0)
    drawn.annotations[-1] |= more
    names = tuple(
        (str(row["area_id"]), str(row[f"short_{t.language}"])) for row in rows if row["in_region"]
    )
    return {
        "height": top + height + bottom,
        "margin": {"l": 0, "r": 0, "t": top, "b": bottom},
        "paper_bgcolor": colours.SHEET,
        "font": {"family": "Arial, Helvetica, sans-serif", "color": colours.INK, "size": 13},
        "map": {"style": geometry.style(names, view.extent), **camera},
        "shapes": drawn.shapes,
        "annotations": drawn.annotations,
        "hoverlabel": {"align": "left", "bgcolor": colours.SHEET, "bordercolor": colours.BORDER},
        "showlegend": False,
        "clickmode": "event+select",
        "dragmode": "pan",
        # Keeps where a reader has moved the map while year or code change.
        "uirevision": f"{view.extent}-{narrow}",
    }


def _legend(view: StrengthView, rows: list[Row], scale: Circles | None, t: Texts) -> legend.Drawn:
    drawn = legend.Drawn()
    drawn.text(f"<b>{t(f'staerken.legend.{view.measure}')}</b>", 0, 0, 18)
    if view.measure == "lq":
        legend.rows(drawn, _classes(rows, t), 0, 30)
    elif scale and (samples := scale.samples()):
        sizes = [(scale.of(value), number(value, 0, t.language)) for value in samples]
        legend.circles(drawn, sizes, colours.SYMBOL, 0, 30)
    legend.rows(drawn, _marks(view, rows, t), 0.5, 30)
    return drawn


def _classes(rows: list[Row], t: Texts) -> list[legend.Entry]:
    members = Counter(
        lq_classes.step(value)
        for row in rows
        if (value := quotient(row).value) is not None and not row["few"]
    )
    return [
        legend.Entry(f"{words} ({members[step]})", colour)
        for step, (words, colour) in enumerate(
            zip(lq_classes.texts(t), lq_classes.COLOURS, strict=True)
        )
    ]


def _marks(view: StrengthView, rows: list[Row], t: Texts) -> list[legend.Entry]:
    figure = quotient if view.measure == "lq" else persons
    known = [row for row in rows if figure(row).value is not None]
    few = sum(bool(row["few"]) for row in known)
    secret = sum(row["mark"] == "secret" for row in rows if figure(row).value is None)
    entries = [
        legend.Entry(t("legend.secret", n=secret), colours.CONFIDENTIAL, "hatch"),
        legend.Entry(t("legend.missing", n=len(rows) - len(known) - secret), colours.MISSING),
        legend.Entry(t("legend.region"), colours.OUTLINE, "outline"),
    ]
    if any(row["area_id"] == view.area for row in rows):
        entries.append(legend.Entry(t("legend.selected"), colours.SELECTED, "outline"))
    if view.measure == "lq":
        entries.insert(0, legend.Entry(t("staerken.legend.few", n=few), lq_classes.FEW))
    return entries
