"""The strengths page recomputes everything against the chosen benchmark, and says which it is."""

from __future__ import annotations

import json
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from pages._ui.i18n import LANGUAGES
from tests.pages.test_pages import address, visit, written

NAME = "pages/staerken.py"
pytestmark = pytest.mark.usefixtures("release")
AGAINST = {"de": "gegenüber Sachsen", "en": "compared with Saxony"}


def opened(**chosen: object) -> AppTest:
    app = visit(NAME, **chosen)
    assert not app.exception
    return app


def chart(app: AppTest, place: int) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(app.get("plotly_chart")[place].proto.spec)
    return found


def link(app: AppTest) -> str:
    return str(app.code[0].value)


@pytest.mark.parametrize("language", LANGUAGES)
def test_another_benchmark_recomputes_map_bubbles_heat_map_and_profiles(language: str) -> None:
    shown = {"lang": language, "area": "14524", "kind": "occupation", "code": "244"}
    germany, saxony = opened(**shown), opened(**shown, bench="land")
    for place, figures in ((0, "z"), (1, "x")):
        one, other_one = (chart(app, place)["data"][0][figures] for app in (germany, saxony))
        assert one != other_one
    first, other = written(germany), written(saxony)
    assert AGAINST[language] not in first
    said = AGAINST[language]
    title = chart(saxony, 0)["layout"]["annotations"][-1]["text"].replace("<br>", " ")
    assert said in title
    legend = " ".join(entry["text"] for entry in chart(saxony, 0)["layout"]["annotations"])
    assert f"LQ {said}" in legend
    assert said in chart(saxony, 1)["layout"]["xaxis"]["title"]["text"]
    name = "Sachsen" if language == "de" else "Saxony"
    assert f"({name} = 1)" in other
    assert f'class="num">LQ {said}</th>' in other
    # 8125 / 120288 against 24810 / 1617088 of Saxony, 30 June 2025
    assert ("4,40" if language == "de" else "4.40") in other


def test_what_the_benchmark_keeps_secret_is_hatched_and_said() -> None:
    app = opened(lang="de", area="14523", kind="occupation", code="936", bench="land", syear=2025)
    text = written(app)
    assert "Bei 16 von 140 Tätigkeiten ist im Vergleichsmaßstab „Sachsen“ etwas geheim." in text
    assert "kein genauer LQ gegenüber Sachsen (geheim, zwischen 1,15 und 12,96)" in text
    assert "508 Beschäftigte" in text
    assert any(trace.get("mode") == "lines" for trace in chart(app, 0)["data"])
    assert any("exact" in entry.value or "genauen LQ" in entry.value for entry in app.info)


def test_close_occupations_and_verdicts_stay_with_germany_and_say_so() -> None:
    app = opened(lang="de", area="14523", bench="east")
    text = written(app)
    assert "„Ostdeutschland ohne Berlin“ gilt hier nicht" in text
    assert "LQ gegenüber Deutschland" in text
    assert "Das Urteil und seine Begründung messen gegenüber Deutschland" in text
    verdicts = [entry.value for entry in app.markdown if "Zahlen" in entry.value]
    same = [entry.value for entry in opened(lang="de", area="14523").markdown]
    assert [v for v in verdicts if v.startswith("**Die Zahlen")] == [
        v for v in same if v.startswith("**Die Zahlen")
    ]


def test_own_districts_are_chosen_by_name_and_stand_in_the_address() -> None:
    app = opened(lang="de", area="14523", bench="own")
    assert "Noch ist kein Kreis ausgewählt" in written(app)
    app.multiselect(key="w_bown").set_value(["14521", "14511"]).run()
    assert not app.exception
    assert address(app)["bown"] == "14521.14511"
    assert "gegenüber 2 ausgewählten Kreisen" in written(app)
    assert "bench=own&bown=14521.14511" in link(app)


def test_a_benchmark_travels_to_every_page_and_unknown_parts_do_not_count() -> None:
    app = opened(lang="de", area="14523", bench="own", bown="14521.99999.14521")
    assert "gegenüber Erzgebirgskreis" in written(app)
    queries = [entry.proto.query_string for entry in app.get("page_link")]
    assert queries
    assert all("bench=own" in query for query in queries)
    bad = opened(lang="de", bench="moon")
    assert "bench" not in address(bad)
    assert "gegenüber Deutschland" in written(bad)


def test_the_twins_become_the_benchmark_by_one_click() -> None:
    app = opened(lang="de", area="14521")
    app.button(key="twins_bench").click().run()
    assert address(app)["bench"] == "twins"
    assert "10 strukturellen Zwillingen (Erzgebirgskreis)" in written(app)
    app.button(key="twins_bench").click().run()
    assert "bench" not in address(app)


def test_the_region_says_how_it_gets_twins() -> None:
    app = opened(lang="de", area="145", bench="twins")
    assert "die einem ihrer fünf Gebiete ähneln" in written(app)


@pytest.mark.parametrize("kind", ["occupation", "division", "cluster_division"])
def test_every_table_is_a_file_named_after_the_page(kind: str) -> None:
    app = opened(lang="de", area="14523", kind=kind, bench="land")
    buttons = app.get("download_button")
    assert len(buttons) == 12, "map, bubbles, heat map, clusters, close occupations, twins; twice"


def test_the_card_of_the_map_shows_the_benchmark_too() -> None:
    chosen = {"lang": "de", "area": "14523", "ind": "manufacturing_share_of_employees"}
    plain = visit("pages/karte.py", **chosen, bench="country")
    east = visit("pages/karte.py", **chosen, bench="east")
    assert not east.exception
    assert "Gegenüber Ostdeutschland ohne Berlin: " in written(east)
    assert "Gegenüber" not in written(plain)
    lines = len(chart(plain, 1)["data"])
    assert len(chart(east, 1)["data"]) == lines + 1
