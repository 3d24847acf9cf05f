"""The page on commuting: controls in the address, map with words, and no empty picture."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages._ui.i18n import LANGUAGES, Texts
from tests.pages.test_pages import address, visit, written

PAGE = "pages/pendeln.py"


def maps(app: AppTest) -> list[str]:
    """Return what the maps of a page say in words."""
    return [chart.proto.alt for chart in app.get("deck_gl_json_chart")]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("area", ["145", "14511", "14521", "09162"])
def test_every_area_has_reading_map_matrix_and_table(
    release: Path, language: str, area: str
) -> None:
    app = visit(PAGE, lang=language, area=area, pwho="all")
    assert not app.exception
    assert len(app.header) == 4
    assert len(maps(app)) == 1
    text = written(app)
    assert text.count("<table>") == 3
    assert "sm-footer" in text


def test_the_page_says_the_two_figures_it_must_show(release: Path) -> None:
    text = written(visit(PAGE, lang="de", area="14521"))
    assert "in Chemnitz (13.880)" in text
    assert "52.160" in text


def test_the_map_says_in_words_what_it_shows(release: Path) -> None:
    (said,) = maps(visit(PAGE, lang="de", pwho="five", pmin=2500))
    assert "Erzgebirgskreis → Chemnitz: 13.880" in said
    assert "Nicht gezeichnet" in said


def test_where_no_flow_is_large_enough_a_sentence_stands_in_place_of_the_map(
    release: Path,
) -> None:
    app = visit(PAGE, lang="de", area="14523", pwho="near", pdir="in", pmin=2500)
    assert len(maps(app)) == 1, "Zwickau sends 3,700"
    app = visit(PAGE, lang="de", area="01001", pwho="five", pmin=2500)
    assert not maps(app)
    assert "Kein Strom" in written(app)
    assert not app.exception


def test_what_the_address_cannot_mean_leaves_it(release: Path) -> None:
    app = visit(PAGE, area="14", pwho="nobody", pdir="up", pmin="7")
    assert not app.exception
    assert not {"pwho", "pdir", "pmin", "area"} & address(app).keys()


def test_what_is_not_recorded_is_said(release: Path) -> None:
    text = written(visit(PAGE, lang="de"))
    assert "auf Zehner gerundet" in text
    assert "unter zehn Personen" in text
    assert "im Ausland arbeitet, ist nicht erfasst" in text
    assert Texts("de")("pendeln.time.note") in text


def test_the_link_carries_the_view(release: Path) -> None:
    app = visit(PAGE, lang="de", area="14521", pdir="out", pmin=100)
    (link,) = [block.value for block in app.code]
    for part in ("area=14521", "pdir=out", "pmin=100", "pwho=near", "release="):
        assert part in link
