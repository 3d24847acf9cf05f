"""What stands around the map inside the picture: title, legend, source, and the camera."""

from __future__ import annotations

import textwrap
from collections import Counter
from html import escape
from typing import TYPE_CHECKING, Any

from indicators.records import Indicator
from pages._ui import colours, data, geometry, legend, reference, text
from pages._ui.i18n import Texts
from pages._ui.numbers import Figure, number, unit_text
from pages._ui.scale import Circles, Shades

if TYPE_CHECKING:
    from pages._ui.maps import MapRequest, Rows

# Characters per line: title and source. The width of the picture is not known here.
WIDE, HALF, NARROW = (58, 88), (42, 68), (34, 52)
TITLE_LINE, SOURCE_LINE, MODEBAR = 21, 15, 30


def title(indicator: Indicator, year: int, extent: str, language: str) -> str:
    """Return name, year with reference, and extent."""
    t = Texts(language)
    reference = indicator.reference.get(language)
    when = f"{year} ({reference})" if reference else str(year)
    return f"{indicator.name.get(language)}, {when}, {t(f'extent.{extent}.kreise')}"


def layout(
    request: MapRequest,
    indicator: Indicator,
    rows: Rows,
    figures: dict[str, Figure],
    scale: Shades | Circles | None,
) -> dict[str, Any]:
    """Return the layout of a map figure with everything a saved picture must say."""
    camera, height = geometry.view(request.extent, request.narrow, request.half)
    title_width, source_width = _line_widths(request)
    head = textwrap.wrap(
        title(indicator, request.year, request.extent, request.language), title_width
    )
    drawn = _legend(request, indicator, figures, scale)
    _sources(drawn, request, source_width)
    top = MODEBAR + TITLE_LINE * len(head)
    bottom = round(drawn.depth) + 6
    drawn.annotations.append(_headline(head))
    names = tuple(
        (str(row["area_id"]), str(row[f"short_{request.language}"]))
        for row in rows
        if row["in_region"]
    )
    return {
        "height": top + height + bottom,
        "margin": {"l": 0, "r": 0, "t": top, "b": bottom},
        "paper_bgcolor": colours.SHEET,
        "font": {"family": "Arial, Helvetica, sans-serif", "color": colours.INK, "size": 13},
        "map": {"style": geometry.style(names, request.extent), **camera},
        "shapes": drawn.shapes,
        "annotations": drawn.annotations,
        "hoverlabel": {
            "align": "left",
            "bgcolor": colours.SHEET,
            "bordercolor": colours.BORDER,
            "font": {"size": 13, "color": colours.INK},
        },
        "showlegend": False,
        "clickmode": "event+select",
        "dragmode": "pan",
        # Keeps where a reader has moved the map while year or classes change.
        "uirevision": f"{request.extent}-{request.narrow}-{request.half}",
    }


def _line_widths(request: MapRequest) -> tuple[int, int]:
    if request.narrow:
        return NARROW
    return HALF if request.half else WIDE


def _headline(lines: list[str]) -> dict[str, Any]:
    return {
        **legend.PAPER,
        "x": 0,
        "y": 1,
        "yshift": 6,
        "xanchor": "left",
        "yanchor": "bottom",
        "align": "left",
        "showarrow": False,
        "text": "<b>" + "<br>".join(escape(line, quote=False) for line in lines) + "</b>",
        "font": {"size": 15, "color": colours.INK},
    }


def _legend(
    request: MapRequest,
    indicator: Indicator,
    figures: dict[str, Figure],
    scale: Shades | Circles | None,
) -> legend.Drawn:
    t = Texts(request.language)
    drawn = legend.Drawn()
    marks = reference.marks(request)
    drawn.text(f"<b>{_legend_head(indicator, bool(marks), t)}</b>", 0, 0, 18)
    if isinstance(scale, Shades):
        legend.rows(drawn, _class_entries(figures, marks, scale, t), 0, 30)
    elif isinstance(scale, Circles) and scale.samples():
        samples = [
            (scale.of(value), number(value, indicator.decimals, request.language))
            for value in scale.samples()
        ]
        legend.circles(drawn, samples, colours.SYMBOL, 0, 30)
    legend.rows(drawn, _mark_entries(request, indicator, figures, t), 0.5, 30)
    return drawn


def _legend_head(indicator: Indicator, marks: bool, t: Texts) -> str:
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


def _class_entries(
    figures: dict[str, Figure], marks: dict[str, float], scale: Shades, t: Texts
) -> list[legend.Entry]:
    members = Counter(
        scale.classes.index(figure.value) for figure in figures.values() if figure.value is not None
    )
    marked = Counter(scale.classes.index(mark) for mark in marks.values())
    ranges = scale.texts(t.language, t("legend.class"))
    return [
        legend.Entry(
            f"{text_} ({members[step]} + {marked[step]})"
            if marks
            else f"{text_} ({members[step]})",
            colour,
            hatched=colours.paler(colour) if marks else "",
        )
        for step, (text_, colour) in enumerate(zip(ranges, scale.colours, strict=True))
    ]


def _mark_entries(
    request: MapRequest, indicator: Indicator, figures: dict[str, Figure], t: Texts
) -> list[legend.Entry]:
    secret = sum(text.is_secret(figure) for figure in figures.values())
    without = sum(figure.value is None for figure in figures.values()) - secret
    marked = len(reference.marks(request))
    hatched = "legend.range" if request.ranged else "legend.secret"
    if marked:
        hatched, pale = "legend.unmarked", colours.paler(colours.SEQUENTIAL[3])
    entries = [
        *([legend.Entry(t("legend.mark", n=marked), pale, "hatch")] if marked else []),
        legend.Entry(t(hatched, n=secret - marked), colours.CONFIDENTIAL, "hatch"),
        legend.Entry(t("legend.missing", n=without), colours.MISSING),
        legend.Entry(t("legend.region"), colours.OUTLINE, "outline"),
    ]
    if request.selected in figures:
        entries.append(legend.Entry(t("legend.selected"), colours.SELECTED, "outline"))
    if indicator.display == "count" and any((f.value or 0) < 0 for f in figures.values()):
        entries.append(legend.Entry(t("legend.negative"), colours.SYMBOL_NEGATIVE))
    return entries


def _sources(drawn: legend.Drawn, request: MapRequest, width: int) -> None:
    sources = data.sources(request.path, request.indicator, request.year)
    release = data.release(request.path)
    lines = textwrap.wrap(text.picture_source(sources, release, request.language), width)
    for line in lines:
        drawn.depth += SOURCE_LINE
        drawn.text(
            escape(line, quote=False),
            0,
            0,
            drawn.depth,
            font={"size": 10.5, "color": colours.SOFT_INK},
        )
    drawn.depth += SOURCE_LINE / 2
