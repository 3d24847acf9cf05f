"""Strengths: classes around 1, labels that do not overlap, sentences, and cells of the heat map."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest

from pages._ui import bubble_chart, bubbles, heat, labels, lq_classes, map_words, strength_map
from pages._ui.benchmark import Benchmark
from pages._ui.i18n import LANGUAGES, Texts

GERMANY = Benchmark("country", ("DG",), "Deutschland", "gegenüber Deutschland")
SAXONY = Benchmark("land", ("14",), "Sachsen", "gegenüber Sachsen")


def row(**other: Any) -> dict[Any, Any]:
    """Return a district with a published figure, changed as told."""
    base = {
        "area_id": "14523", "code": "936", "name_de": "Bau", "name_en": "Making",
        "kind": "occupation", "persons": 508.0, "lower": None, "upper": None,
        "share": 0.65, "lq": 71.9,
        "lq_low": None, "lq_high": None, "growth": -11.8, "rank": 1,
        "rank_low": 1, "rank_high": 1, "n": 400,
        "mark": "value", "few": False, "secret": 0, "published": 400,
    }  # fmt: skip
    return base | other


SECRET = {
    "persons": None, "lq": None, "share": None, "growth": None, "rank": None, "rank_low": None,
    "rank_high": None, "mark": "secret",
}  # fmt: skip


@pytest.mark.parametrize(
    ("value", "step"),
    [(0, 0), (0.25, 1), (0.994, 3), (0.996, 4), (1, 4), (1.25, 5), (4, 7), (70, 7)],
)
def test_a_class_agrees_with_the_number_printed_and_one_is_the_middle(
    value: float, step: int
) -> None:
    assert lq_classes.step(value) == step


def test_every_class_has_a_colour_and_a_text() -> None:
    for language in LANGUAGES:
        assert len(lq_classes.texts(Texts(language))) == len(lq_classes.COLOURS) == 8


def test_labels_overlap_neither_each_other_nor_the_edge() -> None:
    crowd = [
        labels.Bubble(40 + 9 * n, 50 + 7 * (n % 5), 4 + n % 6, f"label {n}") for n in range(30)
    ]
    placed = labels.place(crowd, 400, 200)
    assert 3 < len(placed) < len(crowd)
    boxes = [label.box for label in placed]
    for one, other in combinations(boxes, 2):
        apart = one[2] <= other[0] or other[2] <= one[0]
        assert apart or one[3] <= other[1] or other[3] <= one[1]
    assert all(b[0] >= 0 and b[1] >= 0 and b[2] <= 400 and b[3] <= 200 for b in boxes)


def test_a_label_keeps_off_bubbles_without_one_and_is_led_there_from_afar() -> None:
    wall = [labels.Bubble(100 + x, 100 + y, 12, "") for x in (-20, 0, 20) for y in (-20, 0, 20)]
    (label,) = labels.place([labels.Bubble(100, 100, 5, "middle")], 400, 200, wall)
    assert label.led
    left, top, right, bottom = label.box
    for one in wall:
        assert not (left < one.x < right and top < one.y < bottom)


def test_the_first_bubble_gets_its_label_first() -> None:
    pair = [labels.Bubble(100, 50, 5, "first"), labels.Bubble(101, 50, 5, "second")]
    assert labels.place(pair, 300, 100)[0].text == "first"
    assert labels.place([labels.Bubble(10, 10, 5, "far too long a text")], 60, 20) == []


def test_a_long_name_is_cut_after_a_word_and_says_so() -> None:
    assert bubble_chart.short("Textilverarbeitung") == "Textilverarbeitung"
    cut = bubble_chart.short("Forst- und Jagdwirtschaft, Landschaftspflege")
    assert cut == "Forst- und Jagdwirtschaft …"


def test_bubbles_leave_out_what_is_secret_zero_or_without_a_change() -> None:
    rows = [row(), row(**SECRET), row(persons=0.0, lq=0.0), row(growth=None), row(few=True)]
    assert bubbles.drawable(rows) == [rows[0], rows[4]]


def test_few_persons_get_no_label_while_there_are_others() -> None:
    rows = [row(code="a", few=True, lq=99.0), row(code="b", lq=2.0), row(code="c", persons=9e3)]
    assert bubble_chart.prominent(rows) == ["c", "b"]
    assert bubble_chart.prominent(rows[:1]) == ["a"]


@pytest.mark.parametrize(("growth", "shown"), [(250, 100), (-12.5, -12.5), (-100, -100)])
def test_a_steep_change_stands_at_the_edge(growth: float, shown: float) -> None:
    assert bubble_chart.clamped(growth) == shown


def test_the_words_below_the_bubbles_count_what_is_not_drawn() -> None:
    rows = [row(code="a"), row(code="b", lq=0.02)]
    words = bubbles.said(
        [*rows, row(**SECRET), row(growth=None)], rows, "occupation", GERMANY, Texts("de")
    )
    assert "a Bau (LQ 71,90 gegenüber Deutschland)" in words
    assert "1 geheime und 1 ohne" in words
    assert "1 mit mehr als 100" in words


def test_a_sure_rank_is_one_number_and_an_unsure_one_says_why() -> None:
    t = Texts("de")
    assert map_words.ranked(row(), t) == "Rang 1 von 400 Kreisen."
    unsure = map_words.ranked(row(rank_high=76, secret=75, published=325), t)
    assert "Rang 1 unter 325" in unsure
    assert "75 Kreise sind geheim" in unsure
    assert "Rang 1 bis 76" in unsure
    assert map_words.ranked(row(rank=None, rank_low=None), t) == t("staerken.rank.none")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_secret_figure_is_never_zero_and_keeps_its_interval(language: str) -> None:
    t = Texts(language)
    secret = row(**SECRET) | {"lq_low": 0.469, "lq_high": 6.771}
    assert t("mark.secret") in map_words.reading(secret, "hier", "X", GERMANY, t)
    assert t("mark.secret") in map_words.hover(secret, GERMANY.against, t)
    shown = heat.cell(secret, t)
    assert "repeating-linear-gradient" in shown
    low, high = ("0,46", "6,78") if language == "de" else ("0.46", "6.78")
    assert low in shown
    assert high in shown  # rounded outwards
    assert t("mark.secret") in heat.cell(row(**SECRET), t)


def test_a_cell_without_a_figure_says_so_and_few_persons_are_grey() -> None:
    t = Texts("en")
    assert t("staerken.heat.missing") in heat.cell({"mark": "missing"}, t)
    assert lq_classes.FEW in heat.cell(row(few=True), t)
    assert lq_classes.COLOURS[7] in heat.cell(row(), t)


@pytest.mark.parametrize(
    ("change", "measure", "place"),
    [
        ({}, "lq", 7),
        ({"few": True}, "lq", 8),
        ({}, "size", 9),
        (SECRET, "lq", 10),
        (SECRET, "size", 10),
        (SECRET | {"mark": "missing"}, "lq", 11),
        ({"lq": None}, "lq", 11),
    ],
)
def test_the_map_keeps_few_secret_and_missing_apart(
    change: dict[str, Any], measure: str, place: int
) -> None:
    assert strength_map.colour_of(row(**change), measure) == place


def test_the_map_in_words_counts_every_district_once() -> None:
    words = map_words.summary([row(), row(few=True), row(**SECRET)], "lq", Texts("en"))
    assert "Making with 71.90" in words
    assert "Secret: 1 districts" in words
    assert "50 persons: 1" in words
