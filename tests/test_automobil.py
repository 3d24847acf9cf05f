"""What the ladder page says and draws, from figures as they stand in a release."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from indicators.formulas import basic
from indicators.formulas.cells import SECRET, VALUE, Cells
from pages._ui import charts, ladder, legend, reading, scenario, spread, timeline
from pages._ui.i18n import Texts
from pages._ui.numbers import Figure
from pages._ui.places import place
from pages._ui.rungs import Step, common_years, ends
from pages._ui.table_files import Content, file_name, write
from pages._ui.timeline_table import secrecy

# 42111-02-03-4, 30 September 2015, share of WZ 29 in industrial employment
ZWICKAU, CHEMNITZ = Figure(48.300509), Figure(None, 0.0, 34.511962, "secret")


def step(figure: Figure, rung: int = 1, year: int | None = 2015) -> Step:
    return Step(rung, "automotive_share_of_industry", "14524", year, figure)


@pytest.mark.parametrize(
    ("value", "german", "english"),
    [
        (48.30, "gut 48", "just over 48"),
        (26.93, "knapp 27", "just under 27"),
        (48.03, "48", "48"),
        (2.44, "2,4", "2.4"),
        (0.0, "keine", "none"),
        (0.03, "weniger als 0,1", "fewer than 0.1"),
    ],
)
def test_a_share_is_said_as_people_say_it(value: float, german: str, english: str) -> None:
    assert reading.about(value, "de") == german
    assert reading.about(value, "en") == english


def test_a_value_reads_as_so_many_of_a_hundred() -> None:
    said = reading.share_sentence(step(ZWICKAU), "industry", "im Landkreis Zwickau", "de")
    assert said == (
        "Von 100 Industriebeschäftigten im Landkreis Zwickau arbeiteten 2015 gut 48 im Fahrzeugbau "
        "(WZ 29)."
    )


def test_an_interval_is_read_outwards_and_says_that_nothing_is_known_more_precisely() -> None:
    said = reading.share_sentence(step(CHEMNITZ), "industry", "in Chemnitz", "de")
    assert said.startswith("Zwischen 0 und 35 von 100 Industriebeschäftigten in Chemnitz")
    assert said.endswith("genauer sagen es die veröffentlichten Zahlen nicht.")
    assert reading.between(0.009, 4.37, "de") == ("0", "4,4")
    assert reading.between(3.24, 3.58, "en") == ("3.2", "3.6")


def test_an_area_without_a_figure_is_told_so_and_why() -> None:
    nothing = Figure(None, mark="not_yet")
    said = reading.share_sentence(step(nothing, 4, 2025), "employees", "in Chemnitz", "de")
    assert said == (
        "In Chemnitz gibt es in dieser Stufe keine veröffentlichte Zahl für 2025 "
        "(noch nicht verfügbar)."
    )


def test_rung_5_tells_the_change_since_its_first_year() -> None:
    t = Texts("de")
    figure = Figure(27711, qualifier="corrected")
    said = reading.persons_sentence(figure, 2015, (2011, 23392.0), "in der Region", t)
    assert said.startswith("in der Region waren 2015 27.711 Personen im Fahrzeugbau tätig")
    assert said.endswith("18 Prozent mehr als 2011.")


@pytest.mark.parametrize(
    ("area", "name", "short", "language", "phrase"),
    [
        ("14524", "Landkreis Zwickau", "Zwickau", "de", "im Landkreis Zwickau"),
        ("14511", "Stadt Chemnitz", "Chemnitz", "de", "in Chemnitz"),
        ("14521", "Erzgebirgskreis", "Erzgebirgskreis", "de", "im Erzgebirgskreis"),
        ("05374", "Oberbergischer Kreis", "x", "de", "im Oberbergischen Kreis"),
        ("03241", "Region Hannover", "x", "de", "in der Region Hannover"),
        ("09162", "Landeshauptstadt München", "München (Stadt)", "de", "in München"),
        ("02000", "Freie und Hansestadt Hamburg", "Hamburg", "de", "in Hamburg"),
        ("145", "x", "x", "de", "in der Region Südwestsachsen"),
        ("14524", "District of Zwickau", "Zwickau", "en", "in the district of Zwickau"),
        ("14521", "Erzgebirgskreis", "Erzgebirgskreis", "en", "in the Erzgebirgskreis"),
        ("14511", "City of Chemnitz", "Chemnitz", "en", "in Chemnitz"),
    ],
)
def test_a_name_takes_its_preposition(
    area: str, name: str, short: str, language: str, phrase: str
) -> None:
    assert place(area, name, short, language) == phrase


def test_the_ladder_draws_points_for_values_bars_for_intervals_and_words_for_nothing() -> None:
    nothing = Figure(None, mark="missing")
    steps = [step(ZWICKAU), replace(step(CHEMNITZ), area="145"), replace(step(nothing), area="14")]
    names = {"14524": "Zwickau", "145": "Region", "14": "Sachsen"}
    figure = ladder.chart(steps, "industry", names, "14524", "de", False, False)
    modes = [trace["mode"] for trace in figure["data"]]
    assert modes == ["markers", "text", "lines", "text", "text"]
    assert [text.strip() for trace in figure["data"] for text in trace.get("text", [])] == [
        "48,3",
        "0 bis 34,6",
        "nicht verfügbar",
    ]
    assert figure["layout"]["yaxis"]["ticktext"][0].strip() == "Zwickau 2015"


def test_a_ratio_of_two_concepts_is_called_one() -> None:
    for language, words in (("de", "Verhältnis zweier Begriffe"), ("en", "ratio of two concepts")):
        for rung in (1, 2, 3):
            entry = step(ZWICKAU, rung)
            assert words in ladder.heading(entry, "employees", Texts(language))
            assert words not in ladder.heading(entry, "industry", Texts(language))


def test_rung_2_is_a_range_whatever_is_secret() -> None:
    assert step(CHEMNITZ, 2).mark == "range"
    assert step(CHEMNITZ, 1).mark == "secret"
    assert ends(Figure(None, mark="missing")) is None


def test_an_index_starts_in_the_first_year_that_all_areas_have() -> None:
    rows = [("145", 2011, 1.0), ("145", 2012, 2.0), ("14", 2010, 1.0), ("14", 2011, 1.0)]
    frame = pd.DataFrame(rows, columns=["area_id", "year", "value"])
    assert common_years(frame) == (2011, 2011)


def row(area: str, ours: bool = False, **figure: object) -> dict[object, object]:
    figure = {"value": np.nan, "lower": np.nan, "upper": np.nan, "mark": "value"} | figure
    names = {f"{kind}_{lang}": area for kind in ("name", "short") for lang in ("de", "en")}
    return {"area_id": area, "in_region": ours, "qualifier": ""} | names | figure


def test_districts_stand_in_the_order_of_their_highest_possible_value() -> None:
    rows = [
        row("b", value=10.0),
        row("a", ours=True, lower=0.0, upper=35.0, mark="secret"),
        row("c", mark="missing"),
    ]
    ordered = spread.ordered(rows)
    assert [entry["area_id"] for entry in ordered] == ["a", "b"]
    figure = spread.chart(ordered, ordered[:1], "a", 35.0, ["x"], "de", False)
    bars, dots = figure["data"][:2]
    assert bars["x"] == [1, 1, None]
    assert bars["y"] == [0.0, 35.0, None]
    assert dots["x"] == [2]
    assert [note["text"] for note in figure["layout"]["annotations"]] == ["<b>a</b>"]


def test_a_few_districts_far_out_do_not_flatten_all_others() -> None:
    rows = [row(str(n), value=float(n % 20)) for n in range(399)]
    rows.append(row("far", lower=0.0, upper=325.0, mark="secret"))
    assert spread.reach(rows, rows[:5]) == pytest.approx(19 * 1.1)
    assert spread.reach(rows, rows[-1:]) == 325.0
    assert spread.ticks(20.9) == [0.0, 5.0, 10.0, 15.0, 20.0]


def test_the_change_of_an_interval_is_an_interval_and_that_of_the_base_year_is_none() -> None:
    columns = ["area_id", "year", "value", "lower", "upper", "mark", "qualifier"]
    frame = pd.DataFrame(
        [
            ("14", 2013, 100.0, np.nan, np.nan, "value", ""),
            ("14", 2014, 90.0, np.nan, np.nan, "value", ""),
            ("DG", 2013, np.nan, 90.0, 110.0, "secret", ""),
            ("DG", 2014, np.nan, 99.0, 121.0, "secret", ""),
            ("145", 2014, 5.0, np.nan, np.nan, "value", ""),
        ],
        columns=columns,
    )
    changed = timeline.changes(frame, 2013)
    assert charts.figures_of(changed, "14")[2014].value == pytest.approx(-10)
    germany = charts.figures_of(changed, "DG")
    assert germany[2013].value == 0
    assert (germany[2014].lower, germany[2014].upper) == pytest.approx((-10, 34.4444), rel=1e-3)
    assert "145" not in set(changed["area_id"])


def test_secret_cells_are_counted_and_never_called_zero() -> None:
    assert "20 von 6.015" not in secrecy({2024: (0, 15)}, Texts("de"))
    said = secrecy({2024: (20, 6015), 2025: (25, 6015)}, Texts("de"))
    assert "bis zu 25 von 6015" in said
    assert "nicht als null" in said


def test_the_scenario_rounds_a_value_to_tens_and_an_interval_outwards() -> None:
    t = Texts("de")
    assert scenario.persons(scenario.tens((2731.4, 2731.4)), t) == "2.730"
    assert scenario.persons(scenario.tens((1.0, 578.7)), t) == "zwischen 0 und 580"


def test_the_scenario_shows_what_it_computes_with() -> None:
    t = Texts("de")
    groups = [scenario.Group(key, 0.0, "", "") for key in scenario.WEIGHTS]
    even = scenario.composition(tuple(scenario.WEIGHTS.values()), groups, t)
    assert "100,0 %" in even
    assert "G5 8,3 %" in even
    assert "nicht 100 %" in scenario.composition((100,) * 6, groups, t)
    assert "null" in scenario.composition((0,) * 6, groups, t)


def test_only_assumptions_that_differ_stand_in_the_link() -> None:
    keys = list(scenario.WEIGHTS)
    default = scenario.Assumptions("145", 1, tuple(scenario.WEIGHTS.values()), scenario.ELECTRIC)
    assert scenario.address(default, keys) == {}
    other = replace(default, rung=3, electric=60.0, weights=(10.0, *default.weights[1:]))
    assert scenario.address(other, keys) == {"sbase": 3, "ev": 60.0, "g5": 10.0}


def test_a_table_as_a_file_says_what_it_is_and_holds_no_formula() -> None:
    content = Content(["Szenario"], ["Gruppe", "Zahl"], [["=1+1", 2.5], ["b", None]])
    excel = write(content, "excel", "Datenstand r1").decode("utf-8-sig").splitlines()
    assert excel[0] == "Szenario"
    assert excel[-2:] == ["'=1+1;2,5", "b;"]
    plain = write(content, "plain", "Datenstand r1").decode().splitlines()
    assert plain[0] == "Gruppe,Zahl,note,release"
    assert plain[1] == "'=1+1,2.5,Szenario,Datenstand r1"
    assert file_name("staerken", "a b", "r1", "plain") == "staerken_a-b_r1_plain.csv"


def test_a_part_is_never_more_than_its_whole() -> None:
    def cells(low: float, high: float) -> Cells:
        shape = np.array([[low]]), np.array([[high]])
        known = low == high
        return Cells(
            shape[0] if known else np.array([[np.nan]]),
            np.array([[np.nan]]) if known else shape[0],
            np.array([[np.nan]]) if known else shape[1],
            np.array([[VALUE if known else SECRET]], dtype=np.int8),
            np.zeros((1, 1), dtype=np.int8),
        )

    part, whole = cells(0, 3465), cells(1, 100000)
    assert basic.ratio(part, whole, 100).upper[0, 0] == 346500
    assert basic.ratio(part, whole, 100, part_of_whole=True).upper[0, 0] == 100


def test_a_class_of_values_and_reference_marks_has_a_swatch_of_both() -> None:
    plain, both = legend.Drawn(), legend.Drawn()
    legend.rows(plain, [legend.Entry("x", "#13276e")], 0, 0)
    legend.rows(both, [legend.Entry("x", "#13276e", hatched="#8993b6")], 0, 0)
    assert len(both.shapes) == len(plain.shapes) + 2
    assert both.shapes[1]["fillcolor"] == "#8993b6"
