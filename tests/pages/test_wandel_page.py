"""The page on change: it runs for every choice, says the rule and never the cause."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages._ui.i18n import Texts

ROOT = Path(__file__).resolve().parents[2]
CHARTS = 6  # map, waterfall, bars, years, index, shares


def opened(language: str = "de", **address: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.query_params["lang"] = language
    for name, value in address.items():
        app.query_params[name] = value
    app.run()
    return app.switch_page("pages/wandel.py").run()


def said(app: AppTest) -> str:
    return " ".join(element.value for element in (*app.markdown, *app.info, *app.caption))


@pytest.mark.parametrize("language", ["de", "en"])
def test_it_draws_every_chart_with_words_for_those_who_do_not_see_it(
    release: Path, language: str
) -> None:
    app = opened(language)
    assert not app.exception
    charts = app.get("plotly_chart")
    assert len(charts) == CHARTS
    assert all(chart.proto.alt for chart in charts)


def test_the_reading_splits_the_change_and_says_it_is_no_cause(release: Path) -> None:
    text = said(opened(area="14524", groups="industry"))
    assert "stieg die Zahl der Beschäftigten am Arbeitsort im Landkreis Zwickau um 463" in text
    # 13111-07-05-4, 30 June 2015 and 2020: 123,079 and 123,542 persons in eleven groups.
    assert "von 123.079 auf 123.542" in text
    assert "+10.208" in text
    assert "−557" in text
    assert "−9.189" in text
    assert Texts("de")("wandel.caution") in text


@pytest.mark.parametrize("kind", ["industry", "activity", "occupation"])
@pytest.mark.parametrize("method", ["classic", "esteban_marquillas", "dynamic"])
def test_every_classification_runs_with_every_method(release: Path, kind: str, method: str) -> None:
    app = opened(groups=kind, split=method, bench="twins")
    assert not app.exception
    assert len(app.get("plotly_chart")) == CHARTS


def test_a_secret_group_is_named_with_its_interval_and_never_drawn_as_zero(release: Path) -> None:
    text = said(opened(area="14524"))
    assert re.search(r"\d+ Gruppen sind in mindestens einem der Jahre geheim", text)
    assert re.search(r"zwischen −?[\d.]+ und \+?[\d.]+", text)


def test_a_secret_industry_makes_the_parts_ranges_and_keeps_the_change(release: Path) -> None:
    # 13111-07-05-4: in Ingolstadt (09161) manufacturing is secret, all employees are not.
    text = said(opened(area="09161", groups="industry"))
    assert "stieg die Zahl der Beschäftigten am Arbeitsort in Ingolstadt um 4.590" in text
    assert re.search(r"zwischen −[\d.]+ und [−+]?[\d.]+ entfallen auf das Gebiet selbst", text)
    assert "Der Gebietsanteil ist wegen geheimer Gruppen eine Spanne" in text


def test_larger_areas_run_and_a_wrong_year_falls_back(release: Path) -> None:
    for area in ("145", "14", "DG"):
        app = opened(area=area, groups="industry", **{"from": "1990", "to": "2050"})
        assert not app.exception, area
        assert "2015 bis 2020" in said(app)


def test_the_link_carries_the_view(release: Path) -> None:
    app = opened(groups="activity", split="dynamic", change_index="lilien", **{"from": "2008"})
    link = app.code[0].value
    for part in ("groups=activity", "from=2008", "to=2021", "split=dynamic", "change_index=lilien"):
        assert part in link
