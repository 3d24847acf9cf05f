"""The one map of the product: palette, hatch, circles, selection, and what a saved picture says."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pages._ui import area_map, colours, map_legend
from pages._ui.area_map import Area, AreaMap, Legend
from pages._ui.i18n import Texts
from pages._ui.legend import Entry

PALETTE = ("#111111", "#222222", colours.CONFIDENTIAL, colours.MISSING)
PLAIN = AreaMap(
    areas=(
        Area("14521", 0, "Erzgebirgskreis", radius=4.0),
        Area("14522", 1, "Mittelsachsen", radius=9.0, colour=colours.SYMBOL_NEGATIVE),
        Area("14523", 2, "Vogtlandkreis", hatched=True),
        Area("14524", 3, "Zwickau"),
    ),
    palette=PALETTE,
    title="A title that is much longer than what fits into one line of a map on a narrow window",
    legend=Legend("Unit <b>", classes=(Entry("low", "#111111"), Entry("high", "#222222"))),
    source="Source: somebody & others",
    names=(("14524", "Zwickau"),),
    extent="region",
)


def drawn(content: AreaMap) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    figure = area_map.draw(content)
    return figure["data"], figure["layout"]


def texts(layout: dict[str, Any]) -> list[str]:
    return [entry["text"] for entry in layout["annotations"]]


def test_every_area_has_the_colour_of_its_step_and_nothing_between_two_steps() -> None:
    (areas, *_), _ = drawn(PLAIN)
    assert areas["locations"] == ["14521", "14522", "14523", "14524"]
    assert areas["z"] == [0, 1, 2, 3]
    assert (areas["zmin"], areas["zmax"]) == (-0.5, 3.5)
    assert areas["colorscale"][::2] == [[n / 4, c] for n, c in enumerate(PALETTE)]
    assert areas["colorscale"][1::2] == [[(n + 1) / 4, c] for n, c in enumerate(PALETTE)]


def test_hatch_lies_over_secret_areas_only() -> None:
    traces, _ = drawn(PLAIN)
    assert sum(trace.get("mode") == "lines" for trace in traces) == 1
    clear = replace(PLAIN, areas=tuple(replace(area, hatched=False) for area in PLAIN.areas))
    assert not any(trace.get("mode") == "lines" for trace in drawn(clear)[0])


def test_small_circles_lie_on_top_of_large_ones_and_a_click_on_one_names_its_area() -> None:
    circles = next(trace for trace in drawn(PLAIN)[0] if trace.get("mode") == "markers")
    assert circles["marker"]["size"] == [18.0, 8.0]
    assert circles["customdata"] == ["14522", "14521"]
    assert circles["marker"]["color"] == [colours.SYMBOL_NEGATIVE, colours.SYMBOL]


def test_a_selected_area_is_outlined_if_it_is_on_the_map() -> None:
    assert len(drawn(replace(PLAIN, selected="14524"))[0]) == len(drawn(PLAIN)[0]) + 1
    assert len(drawn(replace(PLAIN, selected="01001"))[0]) == len(drawn(PLAIN)[0])


def test_a_saved_picture_holds_title_legend_and_source_without_markup_of_others() -> None:
    said = " ".join(texts(drawn(PLAIN)[1]))
    assert "much longer" in said.replace("<br>", " ")
    assert "Unit &lt;b&gt;" in said
    assert "low" in said
    assert "somebody &amp; others" in said


def test_a_narrow_map_breaks_lines_earlier_and_is_remembered_apart() -> None:
    wide, narrow = drawn(PLAIN)[1], drawn(replace(PLAIN, narrow=True))[1]
    assert texts(narrow)[-1].count("<br>") > texts(wide)[-1].count("<br>")
    assert wide["uirevision"] != narrow["uirevision"]


def test_what_no_figure_has_is_counted_on_every_map() -> None:
    rows = map_legend.standing(Texts("en"), secret=3, missing=2, selected=False)
    assert [row.text for row in rows][:2] == ["secret (3)", "no figure (2)"]
    assert len(map_legend.standing(Texts("en"), 3, 2, selected=True)) == len(rows) + 1
