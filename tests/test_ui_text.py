"""Sentences say what the figures say: no comparison over a break, no secret called an extreme."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from indicators.records import Indicator, Text
from pages._ui import charts, text
from pages._ui.numbers import NBSP, Figure

SAME = Text("Quote", "Rate")
RATE = Indicator(
    **dict.fromkeys(("name", "short", "description", "formula", "caveats", "reference"), SAME),
    id="rate",
    theme="labour",
    position=1,
    unit="percent",
    decimals=1,
    direction="neutral",
    display="rate",
    scheme="sequential",
)
COUNT = replace(RATE, unit="persons", decimals=0, display="count")
# Population of Chemnitz at year end, 12411-01-01-4; 2023 is the first after the census of 2022.
PEOPLE = [(2018, 247_237.0), (2019, 246_334.0), (2021, 243_105.0), (2023, 245_150.0)]


def row(name: str, value: float | None, **more: Any) -> dict[str, Any]:
    """Return a row of a cross-section."""
    mark = "value" if value is not None else "secret"
    return {"name_de": name, "name_en": name, "value": value, "mark": mark, **more}


def test_a_change_is_counted_from_five_years_before() -> None:
    assert text.development(PEOPLE, (), COUNT, "de") == (
        f"Veränderung 2018–2023: −0,8{NBSP}% (2018: 247.237{NBSP}Personen)."
    )


def test_a_change_of_a_percentage_is_in_points() -> None:
    assert text.development([(2020, 7.4), (2025, 9.5)], (), RATE, "en") == (
        "Change 2020–2025: +2.1 percentage points (2020: 7.4%)."
    )


@pytest.mark.parametrize("language", ["de", "en"])
def test_no_change_is_counted_over_a_break_of_the_series(language: str) -> None:
    later = [*PEOPLE, (2024, 245_618.0)]
    said = text.development(later, {2011, 2023}, COUNT, language)
    assert "2023–2024" in said
    assert "2018" not in said
    assert ("Bruch" if language == "de" else "break") in said


@pytest.mark.parametrize("language", ["de", "en"])
def test_a_break_in_the_last_year_leaves_no_change_but_a_reason(language: str) -> None:
    said = text.development(PEOPLE, {2023}, COUNT, language)
    assert not any(letter.isdigit() for letter in said)
    assert ("eingeschränkt" if language == "de" else "limited") in said


def test_a_break_up_to_the_base_year_does_not_matter() -> None:
    plain = text.development(PEOPLE, (), COUNT, "de")
    assert text.development(PEOPLE, {2011, 2018}, COUNT, "de") == plain
    assert text.development(PEOPLE, {2030}, COUNT, "de") == plain


def test_a_break_counts_where_the_figure_of_that_year_is_secret() -> None:
    frame = pd.DataFrame(
        [
            {"area_id": "1", "year": 2019, "value": 5.0, "mark": "value", "qualifier": ""},
            {"area_id": "1", "year": 2020, "mark": "secret", "qualifier": "estimated;break"},
            {"area_id": "1", "year": 2021, "value": 9.0, "mark": "value", "qualifier": ""},
        ]
    )
    breaks = charts.breaks_of(frame, "1")
    assert breaks == {2020}
    said = text.development(charts.values_of(frame, "1"), breaks, RATE, "en")
    assert "9.0" not in said
    assert "limited" in said


def test_a_single_year_has_no_change() -> None:
    assert text.development([(2015, 8.4)], (), RATE, "de") == ""


def test_the_sentence_under_a_map_names_highest_and_lowest() -> None:
    said = text.reading(RATE, 2025, "region", [row("A", 9.5), row("B", 5.6)], "de")
    assert said == (f"2025: höchster Wert: A (9,5{NBSP}%), niedrigster Wert: B (5,6{NBSP}%).")


def test_a_secret_area_is_never_called_highest_or_lowest() -> None:
    # Manufacturing of motor vehicles 2015, percent of industry: 42111-02-03-4.
    rows = [
        row("Zwickau", 48.3),
        row("Erzgebirgskreis", 8.4),
        row("Chemnitz", None, lower=0.0, upper=34.6),
    ]
    german, english = (text.reading(RATE, 2015, "region", rows, name) for name in ("de", "en"))
    assert "höchster Wert: Zwickau" in german
    assert "niedrigster bekannter Wert: Erzgebirgskreis" in german
    assert "highest value: Zwickau" in english
    assert "lowest known value: Erzgebirgskreis" in english
    assert "Chemnitz" not in german + english
    assert "Ein Kreis: geheim." in german


def test_a_secret_without_bounds_may_lie_beyond_both_ends() -> None:
    said = text.reading(RATE, 2015, "region", [row("A", 9.0), row("B", 1.0), row("C", None)], "de")
    assert "höchster bekannter Wert: A" in said
    assert "niedrigster bekannter Wert: B" in said


def test_a_year_without_a_value_says_so_and_why() -> None:
    said = text.reading(RATE, 2015, "region", [row("A", None), row("B", None)], "de")
    assert said == (
        "Für 2015 ist im Ausschnitt „Region“ kein Wert veröffentlicht. 2 Kreise: geheim."
    )


def test_equal_values_are_not_ranked_in_words() -> None:
    said = text.reading(RATE, 2015, "land", [row("A", 0.0), row("B", 0.01)], "en")
    assert "highest" not in said


def test_areas_that_share_an_end_are_counted_not_picked() -> None:
    rows = [row("A", 9.0), row("B", 0.0), row("C", 0.0)]
    assert "2 Kreise gleichauf" in text.reading(RATE, 2015, "land", rows, "de")


def test_what_the_pointer_shows_of_a_secret_area_is_mark_interval_and_rank() -> None:
    chemnitz = row("Chemnitz", None, lower=0.0, upper=34.511963, rank_low=12, rank_high=330, n=400)
    said = text.hover(RATE, 2015, chemnitz, "de")
    assert f"geheim, zwischen 0 und 34,6{NBSP}%" in said
    assert "Rang 12 bis 330 von 400" in said


def test_an_interval_of_ranks_is_explained_by_whose_figure_is_secret() -> None:
    ranks = {"rank_low": 3, "rank_high": 50, "n": 400}
    others = text.rank_interval(row("Zwickau", 48.3, **ranks), "de")
    own = text.rank_interval(row("Chemnitz", None, **ranks), "de")
    assert "anderer Kreise" in others
    assert "geheim" in others
    assert "dieses Kreises" in own
    assert text.rank_interval(row("Zwickau", 48.3, rank_low=3, rank_high=3, n=400), "de") == ""
    assert text.rank_interval(row("Zwickau", 48.3), "de") == ""


def test_names_of_areas_are_text_and_no_markup() -> None:
    assert "<i>" not in text.hover(RATE, 2015, row("<i>A</i>", 1.0), "de")


@pytest.mark.parametrize(
    ("value", "reference", "said"),
    [
        (9.5, 6.4, "3,1 Prozentpunkte mehr als"),
        (5.6, 6.4, "0,8 Prozentpunkte weniger als"),
        (6.41, 6.44, "gleich viel wie"),
    ],
)
def test_a_difference_is_that_of_the_figures_shown(
    value: float, reference: float, said: str
) -> None:
    assert text.difference(value, reference, RATE, "de") == said


def test_a_trend_leaves_missing_years_open_and_names_the_bars_of_secret_ones() -> None:
    frame = pd.DataFrame(
        [
            {"area_id": "1", "year": 2012, "value": 35_000.0, "mark": "value", "qualifier": ""},
            {"area_id": "1", "year": 2014, "lower": 10.0, "upper": 90.0, "mark": "secret"},
        ]
    ).fillna({"qualifier": ""})
    figure = charts.trend(COUNT, frame, [("1", "Chemnitz")], "de")
    line, bar = figure["data"]
    assert line["x"] == [2012, 2013, 2014]
    assert line["y"] == [35_000.0, None, None]
    assert line["connectgaps"] is False
    assert line["text"][0] == f"35.000{NBSP}Personen"
    assert line["text"][2] == f"geheim, zwischen 10 und 90{NBSP}Personen"
    assert bar["y"] == [10.0, 90.0, None]
    assert "geheim" in bar["name"]


@pytest.mark.parametrize(("language", "separators"), [("de", ",."), ("en", ".,")])
def test_the_axis_of_a_trend_writes_whole_numbers_as_the_language_does(
    language: str, separators: str
) -> None:
    layout = charts.trend(COUNT, pd.DataFrame(columns=["area_id", "year"]), [], language)["layout"]
    assert layout["separators"] == separators
    assert layout["yaxis"]["tickformat"].startswith(",")
    assert layout["yaxis"]["exponentformat"] == "none"


@pytest.mark.parametrize(
    ("values", "begins_at_zero"),
    [([21_800.0, 18_190.0], False), ([100.0, 20.0], True), ([48.3], True), ([-1.0, 9.0], True)],
)
def test_an_axis_that_leaves_out_zero_says_so(values: list[float], begins_at_zero: bool) -> None:
    rows = [
        {"area_id": "1", "year": 2020 + n, "value": value, "mark": "value", "qualifier": ""}
        for n, value in enumerate(values)
    ]
    layout = charts.trend(COUNT, pd.DataFrame(rows), [("1", "Chemnitz")], "de")["layout"]
    said = "Achse beginnt nicht bei null" in layout["annotations"][0]["text"]
    assert said != begins_at_zero
    if min(values) > 0:
        assert (layout["yaxis"].get("rangemode") == "tozero") == begins_at_zero


def test_a_figure_says_all_its_qualifiers() -> None:
    figure = Figure(3.0, qualifier="provisional;corrected")
    assert text.shown(RATE, figure, "de") == f"3,0{NBSP}% (vorläufig, berichtigt)"
