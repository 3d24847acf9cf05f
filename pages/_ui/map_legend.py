"""What the legends of maps say: the marks that all of them have, and the classes of indicators."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from indicators.records import Indicator
from pages._ui import colours, data, reference, text
from pages._ui.area_map import Legend
from pages._ui.i18n import Texts
from pages._ui.legend import Entry
from pages._ui.numbers import Figure, number, unit_text
from pages._ui.scale import Circles, Shades

if TYPE_CHECKING:
    from pages._ui.maps import MapRequest


def standing(
    t: Texts, secret: int, missing: int, selected: bool, hatched: str = "legend.secret"
) -> tuple[Entry, ...]:
    """Return the rows that every map has: secret, missing, region, and the selected area.

    `secret` and `missing` are numbers of areas; `hatched` is the text for the hatch, with `n`.
    """
    chosen = [Entry(t("legend.selected"), colours.SELECTED, "outline")] if selected else []
    return (
        Entry(t(hatched, n=secret), colours.CONFIDENTIAL, "hatch"),
        Entry(t("legend.missing", n=missing), colours.MISSING),
        Entry(t("legend.region"), colours.OUTLINE, "outline"),
        *chosen,
    )


def samples(scale: Circles | None, decimals: int, language: str) -> tuple[tuple[float, str], ...]:
    """Return radius and number of the circles that a legend shows, largest first."""
    if scale is None:
        return ()
    return tuple((scale.of(size), number(size, decimals, language)) for size in scale.samples())


def of_indicator(
    request: MapRequest,
    indicator: Indicator,
    figures: dict[str, Figure],
    scale: Shades | Circles | None,
) -> Legend:
    """Return the legend of the map of an indicator."""
    t = Texts(request.language)
    marks = reference.marks(request)
    head = _head(indicator, bool(marks), t)
    rows = _marks(request, indicator, figures, t)
    if isinstance(scale, Shades):
        return Legend(head, classes=_classes(figures, marks, scale, t), marks=rows)
    circles = samples(scale, indicator.decimals, request.language)
    return Legend(head, circles=circles, marks=rows)


def _head(indicator: Indicator, marks: bool, t: Texts) -> str:
    unit = unit_text(indicator.unit, t.language)
    if indicator.display == "count":
        return t("legend.unit", unit=unit)
    if marks:
        return t("legend.unit_and_marks", unit=unit)
    midpoint = data.midpoint(indicator)
    if midpoint is None:
        return t("legend.unit_and_members", unit=unit)
    shown = number(midpoint, 0, t.language)
    return t("legend.unit_and_midpoint", unit=unit, midpoint=shown)


def _classes(
    figures: dict[str, Figure], marks: dict[str, float], scale: Shades, t: Texts
) -> tuple[Entry, ...]:
    members = Counter(
        scale.classes.index(figure.value) for figure in figures.values() if figure.value is not None
    )
    marked = Counter(scale.classes.index(mark) for mark in marks.values())
    ranges = scale.texts(t.language, t("legend.class"))
    return tuple(
        Entry(
            f"{words} ({members[step]} + {marked[step]})"
            if marks
            else f"{words} ({members[step]})",
            colour,
            hatched=colours.paler(colour) if marks else "",
        )
        for step, (words, colour) in enumerate(zip(ranges, scale.colours, strict=True))
    )


def _marks(
    request: MapRequest, indicator: Indicator, figures: dict[str, Figure], t: Texts
) -> tuple[Entry, ...]:
    secret = sum(text.is_secret(figure) for figure in figures.values())
    without = sum(figure.value is None for figure in figures.values()) - secret
    marked = len(reference.marks(request))
    hatched = "legend.range" if request.ranged else "legend.secret"
    rows: list[Entry] = []
    if marked:
        hatched, pale = "legend.unmarked", colours.paler(colours.SEQUENTIAL[3])
        rows.append(Entry(t("legend.mark", n=marked), pale, "hatch"))
    rows += standing(t, secret - marked, without, request.selected in figures, hatched)
    if indicator.display == "count" and any((f.value or 0) < 0 for f in figures.values()):
        rows.append(Entry(t("legend.negative"), colours.SYMBOL_NEGATIVE))
    return tuple(rows)
