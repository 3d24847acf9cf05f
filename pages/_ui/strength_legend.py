"""The legend of the map of strengths: fixed classes around 1, few persons, secret, missing."""

from __future__ import annotations

from collections import Counter

from pages._ui import lq_classes, map_legend
from pages._ui.area_map import Legend
from pages._ui.i18n import Texts
from pages._ui.legend import Entry
from pages._ui.lq_classes import is_secret, persons, quotient
from pages._ui.scale import Circles
from pages._ui.strength_state import StrengthView
from pages._ui.tables import Row


def of(view: StrengthView, rows: list[Row], scale: Circles | None, t: Texts) -> Legend:
    """Return the legend of the map of a view."""
    marks = _marks(view, rows, t)
    if view.measure == "lq":
        head = t("staerken.legend.lq", against=view.bench.against)
        return Legend(head, classes=_classes(rows, t), marks=marks)
    head = t("staerken.legend.size")
    return Legend(head, circles=map_legend.samples(scale, 0, t.language), marks=marks)


def _classes(rows: list[Row], t: Texts) -> tuple[Entry, ...]:
    members = Counter(
        lq_classes.step(value)
        for row in rows
        if (value := quotient(row).value) is not None and not row["few"]
    )
    looks = zip(lq_classes.texts(t), lq_classes.COLOURS, strict=True)
    return tuple(
        Entry(f"{words} ({members[step]})", colour) for step, (words, colour) in enumerate(looks)
    )


def _marks(view: StrengthView, rows: list[Row], t: Texts) -> tuple[Entry, ...]:
    figure = quotient if view.measure == "lq" else persons
    known = [row for row in rows if figure(row).value is not None]
    secret = sum(is_secret(figure(row)) for row in rows)
    selected = any(row["area_id"] == view.area for row in rows)
    marks = map_legend.standing(t, secret, len(rows) - len(known) - secret, selected)
    if view.measure == "size":
        return marks
    few = sum(bool(row["few"]) for row in known)
    return (Entry(t("staerken.legend.few", n=few), lq_classes.FEW), *marks)
