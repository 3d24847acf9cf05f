"""The ladder page runs in both languages with all its controls, and never shows an empty chart."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from pages._ui.i18n import LANGUAGES
from pages._ui.rungs import RUNGS
from pages._ui.timeline import EMPLOYMENT, MARKET

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.usefixtures("release")


def opened(**address: object) -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
    for name, value in address.items():
        app.query_params[name] = str(value)
    app.switch_page("pages/automobil.py").run()
    assert not app.exception
    return app


def charts(app: AppTest) -> list[tuple[dict[str, Any], str]]:
    """Return figure and text alternative of each chart."""
    return [(json.loads(e.proto.spec), e.proto.alt) for e in app.get("plotly_chart")]


def reading(app: AppTest) -> str:
    return next(entry.value for entry in app.markdown if entry.value.startswith("#### "))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("rung", RUNGS)
@pytest.mark.parametrize("area", ["14511", "DG"])
def test_every_rung_of_every_kind_of_area_is_shown(area: str, rung: int, language: str) -> None:
    app = opened(area=area, rung=rung, lang=language, five=True, base="employees")
    drawn = charts(app)
    assert len(drawn) >= 3
    assert all(figure["data"] and alt for figure, alt in drawn)


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ({"area": "14524"}, "im Landkreis Zwickau arbeiteten 2015 gut 48 im Fahrzeugbau (WZ 29)"),
        ({"area": "14511"}, "Zwischen 0 und 35 von 100 Industriebeschäftigten in Chemnitz"),
        ({"area": "14511", "base": "employees"}, "zwischen 0 und 4,4 Personen"),
        ({"area": "14524", "rung": 4, "ryear": 2013}, "2013 gut 26 einen Beruf"),
        ({"rung": 5}, "waren 2015 27.711 Personen im Fahrzeugbau tätig, 18 Prozent mehr als 2011"),
    ],
)
def test_the_reading_changes_with_area_rung_year_and_base(
    address: dict[str, object], says: str
) -> None:
    assert says in reading(opened(**address))


def test_nonsense_in_the_address_is_dropped() -> None:
    app = opened(area="nowhere", rung=9, ryear=1800, ev="much", g5=-3, line="x", base="y")
    assert not [name for name in ("area", "rung", "ryear", "ev", "g5") if name in app.query_params]


@pytest.mark.parametrize(("line", "market"), list(zip(EMPLOYMENT, [*MARKET, *MARKET], strict=True)))
def test_all_series_are_drawn_or_said_to_be_missing(line: str, market: str) -> None:
    for area in ("14522", "DG"):
        app = opened(area=area, line=line, market=market, rung=4)
        assert all(figure["data"] for figure, _ in charts(app))


def test_the_controls_write_the_address_and_a_new_rung_forgets_the_year() -> None:
    app = opened(area="14524", rung=4, ryear=2014)
    rung = next(group for group in app.get("button_group") if group.key == "w_rung")
    rung.set_value(1).run()
    assert not app.exception
    assert app.query_params["rung"] in ("1", ["1"])
    assert "ryear" not in app.query_params
    app.toggle(key="w_marks").set_value(True).run()
    assert not app.exception
    assert app.query_params["marks"] in ("True", ["True"])


def test_reference_marks_colour_the_map_and_stand_nowhere_else() -> None:
    without, with_marks = opened(area="145"), opened(area="145", marks=True)
    plain, marked = (charts(app)[0][0]["data"][0] for app in (without, with_marks))
    assert plain["z"] != marked["z"]
    assert plain["text"] == marked["text"]  # the pointer shows the interval in both
    legend = [note["text"] for note in charts(with_marks)[0][0]["layout"]["annotations"]]
    assert any("Richtwert, kein Wert" in text for text in legend)
    assert [alt for _, alt in charts(without)] == [alt for _, alt in charts(with_marks)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_scenario_is_labelled_everywhere_and_can_be_reset(language: str) -> None:
    word = {"de": "Szenario", "en": "Scenario"}[language]
    app = opened(area="14511", sbase=3, ev=80, g5=50, lang=language)
    figure, alt = charts(app)[-1]
    assert figure["layout"]["title"]["text"].startswith(word)
    assert alt.startswith(word)
    assert any(entry.value.startswith(word) for entry in app.warning)
    assert any(entry.value.startswith(word) for entry in app.header)
    app.button(key="scenario_reset").click().run()
    assert not [name for name in ("ev", "g5", "sbase") if name in app.query_params]


def test_the_link_carries_every_choice_and_assumption() -> None:
    app = opened(area="14511", rung=3, base="employees", ev=80, g0=10, line="women", five=True)
    link = app.code[-1].value
    for part in ("area=14511", "rung=3", "base=employees", "ev=80", "g0=10", "line=women"):
        assert part in link
    assert "release=" in link


def test_press_figures_are_labelled_and_in_no_chart() -> None:
    app = opened(area="145")
    assert any("keine amtliche Statistik" in entry.value for entry in app.info)
    drawn = json.dumps([figure for figure, _ in charts(app)])
    assert "62000" not in drawn
    assert "62.000" not in drawn


def test_the_region_series_runs_through_2013_and_shows_what_eurostat_prints() -> None:
    app = opened(rung=5)
    series = next(figure for figure, _ in charts(app) if "berichtigt" in json.dumps(figure))
    region = series["data"][0]
    values = dict(zip(region["x"], region["y"], strict=True))
    assert (values[2012], values[2013]) == (23835, 23855)
    page = " ".join(element.proto.body for element in app.get("html"))
    assert "3189" in page
    assert "57648" in page
