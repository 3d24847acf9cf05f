"""What stands around a map inside the picture: title, legend, source, and the camera."""

from __future__ import annotations

import textwrap
from html import escape
from typing import TYPE_CHECKING, Any

from pages._ui import colours, geometry, legend

if TYPE_CHECKING:
    from pages._ui.area_map import AreaMap

# Characters per line: title and source. The width of the picture is not known here.
WIDE, HALF, NARROW = (58, 88), (42, 68), (34, 52)
TITLE_LINE, SOURCE_LINE, MODEBAR = 21, 15, 30
BELOW_MAP, COLUMN = 30, 0.5  # pixels to the first row of the legend; where its marks begin


def layout(content: AreaMap) -> dict[str, Any]:
    """Return the layout of a map figure with everything a saved picture must say."""
    camera, height = geometry.view(content.extent, content.narrow, content.half)
    title_width, source_width = NARROW if content.narrow else HALF if content.half else WIDE
    head = textwrap.wrap(content.title, title_width)
    drawn = _legend(content)
    _source(drawn, content.source, source_width)
    top = MODEBAR + TITLE_LINE * len(head)
    bottom = round(drawn.depth) + 6
    drawn.annotations.append(_headline(head))
    return {
        "height": top + height + bottom,
        "margin": {"l": 0, "r": 0, "t": top, "b": bottom},
        "paper_bgcolor": colours.SHEET,
        "font": {"family": "Arial, Helvetica, sans-serif", "color": colours.INK, "size": 13},
        "map": {"style": geometry.style(content.names, content.extent), **camera},
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
        # Keeps where a reader has moved the map while what it shows changes.
        "uirevision": f"{content.extent}-{content.narrow}-{content.half}",
    }


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


def _legend(content: AreaMap) -> legend.Drawn:
    drawn, said = legend.Drawn(), content.legend
    drawn.text(f"<b>{escape(said.head, quote=False)}</b>", 0, 0, 18)
    if said.classes:
        legend.rows(drawn, said.classes, 0, BELOW_MAP)
    elif said.circles:
        legend.circles(drawn, said.circles, colours.SYMBOL, 0, BELOW_MAP)
    legend.rows(drawn, said.marks, COLUMN, BELOW_MAP)
    return drawn


def _source(drawn: legend.Drawn, source: str, width: int) -> None:
    font = {"size": 10.5, "color": colours.SOFT_INK}
    for line in textwrap.wrap(source, width):
        drawn.depth += SOURCE_LINE
        drawn.text(escape(line, quote=False), 0, 0, drawn.depth, font=font)
    drawn.depth += SOURCE_LINE / 2
