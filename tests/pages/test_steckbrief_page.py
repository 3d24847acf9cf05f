"""The datasheet page runs for every kind of area, and offers the same as a PDF."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages._ui import benchmark, data, why
from pages._ui.i18n import LANGUAGES, Texts
from pages._ui.paper import screen
from pages._ui.paper.model import Heading, Lead, Table, charts
from pages._ui.sheet import content
from pages._ui.sheet import view as sheet
from pages._ui.sheet.subject import of
from pages._ui.sheet.theme import THEMES
from pages._ui.shell import Page

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.usefixtures("release")


def opened(**address: object) -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
    for name, value in address.items():
        app.query_params[name] = str(value)
    app.switch_page("pages/steckbrief.py").run()
    assert not app.exception
    return app


def html(app: AppTest) -> str:
    return "\n".join(block.proto.body for block in app.get("html"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("area", ["14524", "145", "DG", "07131"])
def test_all_sections_charts_and_tables_are_on_the_page(area: str, language: str) -> None:
    app = opened(area=area, lang=language)
    path = data.current()
    assert path is not None
    bench = benchmark.of(path, "country", area, (), language)
    blocks = content.sections(path, area, bench, language)
    headings = [entry.value for entry in app.markdown if entry.value.startswith("## ")]
    assert len(headings) == sum(isinstance(b, Heading) and b.level == 1 for b in blocks)
    drawn = [(json.loads(e.proto.spec), e.proto.alt) for e in app.get("plotly_chart")]
    assert len(drawn) == len(charts(blocks)) >= 8
    assert all(figure["data"] and alt for figure, alt in drawn)
    shown = html(app)
    assert shown.count("<table>") == sum(isinstance(b, Table) for b in blocks)
    assert all(screen.html(block) in shown for block in blocks if isinstance(block, Lead))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pdf_is_offered_under_a_name_that_says_what_it_is(language: str) -> None:
    app = opened(area="14523", lang=language)
    button = next(b for b in app.get("download_button") if "PDF" in b.proto.label)
    release = data.release(str(data.current())).id
    assert button.proto.id
    assert button.proto.label == Texts(language)("steckbrief.pdf")
    page = Page(str(data.current()), "pages/steckbrief.py", Texts(language), False, False)
    bench = benchmark.of(page.path, "country", "14523", (), language)
    name = sheet.file_name(page, of(page.path, "14523", bench, language))
    assert name == f"steckbrief_14523_Vogtlandkreis_{language}_{release}.pdf"


def test_a_new_area_is_written_into_the_address_and_nonsense_is_dropped() -> None:
    app = opened(area="nowhere")
    assert "area" not in app.query_params
    app.selectbox(key="w_area").set_value("14511").run()
    assert not app.exception
    assert app.query_params["area"] in ("14511", ["14511"])
    assert "14511" in " ".join(entry.value for entry in app.caption)


def test_a_chosen_benchmark_is_a_column_of_every_theme() -> None:
    app = opened(area="14511", bench="own", bown="09162.02000")
    label = Texts("de")("benchmark.label.own", n=2)
    assert html(app).count(f">{label}<") >= len(THEMES) - 1


def test_a_figure_in_a_table_leads_to_its_explanation(release: Path) -> None:
    app = opened(lang="de", area="14524")
    where = why.address(str(release), "unemployment_rate", "14524", 2025, "de")
    assert where.replace("&", "&amp;") in html(app)
