"""The comparison shows what its address names, says what it leaves out, and trusts no name."""

from __future__ import annotations

import json
from urllib.parse import parse_qs, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from pages._ui.i18n import LANGUAGES, Texts
from tests.pages.test_pages import address, visit, written

NAME = "pages/vergleich.py"
SCRIPT = "<script>alert(1)</script>"
FIVE = "14511.14521.14522.14523.14524"
FEW = "unemployment_rate.supplier_occupations_share"
pytestmark = pytest.mark.usefixtures("release")


def opened(**chosen: object) -> AppTest:
    app = visit(NAME, **chosen)
    assert not app.exception
    return app


def warned(app: AppTest) -> str:
    return "\n".join(entry.value for entry in app.warning).replace("\\", "")


def link(app: AppTest) -> dict[str, list[str]]:
    return parse_qs(urlsplit(str(app.code[-1].value)).query)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_five_stand_beside_region_saxony_and_germany(language: str) -> None:
    app = opened(lang=language)
    t, page = Texts(language), written(app)
    for name in ("Erzgebirgskreis", t("legend.region"), t("benchmark.label.land")):
        assert f">{name}</th>" in page
    assert len(app.get("plotly_chart")) == 9, "eight panels and the scatter"
    assert t("vergleich.scatter.caution") in page
    assert t("vergleich.index.caption") not in page, "no composite until it is asked for"
    assert link(app)["cmp"] == [f"{FIVE}.145.14.DG"]


def test_a_group_of_the_five_reads_like_the_region() -> None:
    app = opened(lang="de", cmp="145", grp=f"Fünf~{FIVE}", cind="supplier_occupations_share")
    page = written(app)
    assert "Fünf (Gruppe, 5 Gebiete)" in page
    cells = page.split("<tbody>")[1].split("</tr>")[0].split("<td")[2:4]
    region, group = (cell.split("</span>")[0].split(">")[-1 if "<a" not in cell else -2]
                     for cell in cells)  # fmt: skip
    assert region.removesuffix("</a") == group


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_script_as_the_name_of_a_group_is_only_a_name(language: str) -> None:
    app = opened(lang=language, cmp="14511", grp=f"{SCRIPT}~14521.14524", cind=FEW, ix=1)
    html = "\n".join(block.proto.body for block in app.get("html"))
    assert SCRIPT not in html
    assert "&lt;script&gt;" in html
    for chart in app.get("plotly_chart"):
        assert SCRIPT not in json.dumps(json.loads(chart.proto.spec))
    for entry in (*app.caption, *app.warning, *app.markdown):
        assert SCRIPT not in entry.value
    assert link(app)["grp"] == [f"{SCRIPT}~14521.14524"]


def test_bad_addresses_cost_a_sentence() -> None:
    app = opened(
        lang="de",
        cmp=f"14511.99999.{SCRIPT}",
        cind="no_such.unemployment_rate",
        grp="A~99999|B~14.14511|~|~~",
        cyear="1492",
        turn="9",
        sca="nothing",
        ix="7",
    )
    said = warned(app)
    assert "nennt 3 Gebiete oder Indikatoren" in said
    assert "Die Gruppe „A“ wird nicht gezeigt: Ein Teil ihrer Gebiete ist unbekannt (99999)" in said
    assert "Die Gruppe „B“ wird nicht gezeigt: Einige ihrer Gebiete überschneiden sich" in said
    assert not {"cyear", "turn", "sca", "ix"} & set(address(app))


def test_the_eleventh_area_and_the_thirteenth_indicator_are_named() -> None:
    names = [
        "automotive_plants", "employees", "unemployed", "population", "median_pay",
        "unemployment_rate", "old_age_quotient", "cars_per_1000", "electric_cars",
        "employees_growth", "gdp_per_inhabitant", "share_65_plus", "population_growth",
    ]  # fmt: skip
    app = opened(lang="de", cmp=f"{FIVE}.145.14.DG.01.02", grp="Elfte~14511", cind=".".join(names))
    said = warned(app)
    assert "stehen 11 Gebiete und Gruppen; gezeigt werden die ersten 10. Nicht gezeigt: Elf" in said
    assert "stehen 13 Indikatoren" in said
    assert "Bevölkerung, 5 Jahre" in said


def test_a_group_is_built_on_the_page_and_taken_away_again() -> None:
    app = opened(lang="de", cind=FEW)
    app.text_input(key="group_name").set_value("Ost~|<b>")
    app.multiselect(key="group_members").set_value(["14511", "14524"])
    add = next(b for b in app.button if b.label == Texts("de")("vergleich.group.add"))
    add.click().run()
    assert not app.exception
    assert address(app)["grp"] == "Ost <b>~14511.14524"
    assert "Ost &lt;b&gt; (Gruppe, 2 Gebiete)" in written(app)
    app.multiselect(key="group_kept").set_value([]).run()
    assert not app.exception
    assert "grp" not in address(app)


def test_overlapping_members_are_refused_where_the_group_is_built() -> None:
    app = opened(lang="de", cind=FEW)
    app.multiselect(key="group_members").set_value(["14", "14511"])
    next(b for b in app.button if b.label == Texts("de")("vergleich.group.add")).click().run()
    assert "überschneiden sich" in warned(app)
    assert "grp" not in address(app)


def test_rows_and_columns_change_places() -> None:
    first = written(opened(lang="de", cmp="14511.14521", cind=FEW))
    other = written(opened(lang="de", cmp="14511.14521", cind=FEW, turn=1))
    assert ">Erzgebirgskreis</th>" in first
    assert "<strong>Erzgebirgskreis</strong>" in other
    assert ">Arbeitslosenquote (%)</th>" in other


def test_one_year_for_all_shows_what_is_missing_in_it() -> None:
    page = written(opened(lang="de", cmp="14511", cind=FEW, cyear=2012))
    table = page.split('class="sm-compare"')[1].split("</table>")[0]
    assert 'class="year">2012' in table
    assert "nicht verfügbar" in table


def test_the_index_is_computed_on_demand_with_weights_and_directions_in_the_link() -> None:
    app = opened(lang="de", cind=FEW, ix=1)
    assert "Zuliefererberufe zählt nicht mit, solange" in written(app)
    app = opened(lang="de", cind=FEW, ix=1, ixd_supplier_occupations_share="down",
                 ixw_unemployment_rate="2")  # fmt: skip
    page = written(app)
    assert "zählt nicht mit, solange" not in page
    assert "von 1.000 Gewichtungen liegt" in page
    assert link(app)["ixw_unemployment_rate"] == ["2"]
    assert link(app)["ixd_supplier_occupations_share"] == ["down"]


def test_another_benchmark_changes_every_distance() -> None:
    germany = written(opened(lang="de", cmp="14524", cind=FEW))
    saxony = written(opened(lang="de", cmp="14524", cind=FEW, bench="land"))
    assert "Abstand gegenüber Deutschland" in germany
    assert "Abstand gegenüber Sachsen" in saxony
    assert "Vergleichsmaßstab: Sachsen" in saxony


def test_without_any_choice_the_page_asks_for_one() -> None:
    page = written(opened(lang="en", cmp="-", cind=FEW))
    assert Texts("en")("vergleich.choose") in page
