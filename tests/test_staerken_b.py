"""What the page of strengths says of claims, of what is close, and of twins."""

from __future__ import annotations

import pytest

from indicators.records import Text
from indicators.strengths_store import Likeness
from pages._ui import close_reading, cluster_reading, twin_view
from pages._ui.cluster_reading import Row, Standing
from pages._ui.i18n import LANGUAGES, Texts

# KldB 252 and 263 at the workplace in the Landkreis Zwickau, 2025
ZWICKAU: Row = {
    "area_id": "14524", "year": 2025, "persons": 4038.0, "share": 3.35694, "lq": 1.08326,
    "growth": 17.9667, "rank_low": 101, "rank_high": 101, "n": 400, "mark": "value", "few": False,
    "vacancies": 125.75,
}  # fmt: skip
# WZ 29 in the Vogtlandkreis, 2015: secret
SECRET: Row = {
    "area_id": "14523", "year": 2015, "persons": None, "lower": 10.0, "upper": 3320.0,
    "share": None, "lq": None, "lq_low": 0.004765, "lq_high": 1.58183, "growth": None,
    "rank_low": 29, "rank_high": 330, "n": 400, "mark": "secret", "few": False,
}  # fmt: skip
CLOSE: Row = {
    "position": 1.0, "occupation": "113", "name_de": "Pferdewirtschaft", "name_en": "Horse keeping",
    "year": 2025, "density": 0.589, "stability": 12 / 13, "recurrence": 1.0, "persons": 21.0,
    "lower": None, "upper": None, "lq": 0.8065, "mark": "value", "few": True,
}  # fmt: skip


@pytest.mark.parametrize(
    ("lq", "low", "high", "said"),
    [
        (1.5, 1, 40, "clear"),
        (71.9, 1, 76, "placed"),
        (1.89, 42, 42, "high"),
        (1.49, 1, 1, "above"),
        (0.99, 200, 200, "below"),
    ],
)
def test_a_strength_is_judged_by_quotient_and_then_by_rank(
    lq: float, low: int, high: int, said: str
) -> None:
    assert cluster_reading.standing({"lq": lq, "rank_low": low, "rank_high": high}) == said


def test_a_secret_figure_is_judged_by_its_interval_only() -> None:
    assert cluster_reading.standing(SECRET) == "open"
    assert cluster_reading.standing({**SECRET, "lq_high": 0.9}) == "below"
    assert cluster_reading.standing({**SECRET, "lq_low": 1.2}) == "above"
    assert cluster_reading.standing({"mark": "missing"}) == "unknown"


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (["clear", "clear"], "supported"),
        (["clear", "placed"], "specialised"),
        (["clear", "above"], "partly"),
        (["high", "below"], "partly"),
        (["below", "open"], "doubtful"),
        (["open", "unknown"], "open"),
        (["below", "below"], "contradicted"),
        ([], "open"),
    ],
)
def test_all_areas_and_kinds_together_decide_about_a_claim(
    found: list[Standing], said: str
) -> None:
    assert cluster_reading.support(found) == said


def test_a_claim_that_the_figures_contradict_is_called_so() -> None:
    rows = {"cluster_occupation": [{**ZWICKAU, "lq": 0.7}]}
    german, english = (
        cluster_reading.sentence(rows, ["14524"], Texts(language)) for language in LANGUAGES
    )
    assert german == "Die Zahlen widersprechen der Aussage."
    assert english == "The figures contradict the claim."


def test_the_reason_of_one_area_quotes_its_figures_and_of_several_names_them() -> None:
    names = {"14524": "Zwickau", "14523": "Vogtlandkreis"}
    one = cluster_reading.why("cluster_occupation", [ZWICKAU], ["14524"], names, Texts("de"))
    assert one.startswith("Berufe 2025: ")
    assert "Zwickau LQ 1,08, Rang 101 von 400, Personen: 4.038" in one
    rows, areas = [ZWICKAU, SECRET], ["14523", "14524"]
    both = cluster_reading.why("cluster_division", rows, areas, names, Texts("de"))
    assert "(Zwickau); nicht entscheidbar, weil die Spanne die 1 enthält (Vogtlandkreis)" in both


def test_a_secret_figure_in_the_profile_is_an_interval_and_never_zero() -> None:
    names = {"14523": "Vogtlandkreis"}
    html = cluster_reading.table(
        "cluster_division", [SECRET], ["14523"], names, [], "14523", "gegenüber X", Texts("de")
    )
    assert "geheim, zwischen 10 und 3.320" in html
    assert "geheim, zwischen 0,00 und 1,59" in html or "geheim, zwischen 0 und 1,59" in html
    assert ">0<" not in html
    assert "29 bis 330 von 400" in html


def test_an_area_without_a_row_says_that_there_is_no_figure() -> None:
    html = cluster_reading.table(
        "cluster_occupation", [], ["DG"], {"DG": "Land"}, [], "DG", "gegenüber X", Texts("de")
    )
    assert "nicht verfügbar" in html
    assert "kein Rang" in html


def test_stability_is_said_in_plain_words() -> None:
    t = Texts("de")
    assert close_reading.times(1.0, 13, "stability", t) == "in allen 13 Durchläufen"
    assert close_reading.times(12 / 13, 13, "stability", t) == "in 12 von 13 Durchläufen"
    assert close_reading.times(0.0, 13, "recurrence", t) == "in keinem von 13 Jahren"
    assert close_reading.times(None, 13, "recurrence", t) == "nicht verfügbar"


def test_few_persons_are_grey_and_said() -> None:
    rows = [CLOSE, {**CLOSE, "position": 2.0, "occupation": "831", "few": False}]
    figure = close_reading.chart(rows, "de", narrow=False, dark=False)
    first, second = figure["data"][0]["marker"]["color"]
    assert first != second
    said = close_reading.sentences(rows, "im Vogtlandkreis", 13, Texts("de"))
    assert "bleiben 0 von 2 Berufsgruppen" in said[1]
    assert said[2].startswith("Eine Berufsgruppe ist grau")
    html = close_reading.table(rows, 13, "Titel", Texts("de"))
    assert html.count("(wenige Personen)") == 1
    assert html.count("opacity") == len(close_reading.COLUMNS)


def test_the_region_sees_what_stands_in_several_lists() -> None:
    lists = {"14523": [CLOSE], "14524": [CLOSE, {**CLOSE, "occupation": "831"}]}
    assert close_reading.shared(lists, "en") == [("113 Horse keeping", ["14523", "14524"])]


def test_the_likeness_of_twins_is_said_in_words() -> None:
    textile = Likeness("occupation", "28", Text("Textilberufe", "Textile making"), 2.1)
    cleaning = Likeness("occupation", "54", Text("Reinigungsberufe", "Cleaning"), -0.9)
    said = twin_view.reason([textile, cleaning], Texts("en"))
    assert said == (
        "Both have a clearly higher share than the mean: Textile making. "
        "Both have a lower share than the mean: Cleaning."
    )
    assert twin_view.reason([], Texts("de")).startswith("Kein einzelnes Merkmal")
