"""Every page runs in both languages, and a bad address or a missing release costs a sentence."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from streamlit.testing.v1 import AppTest

from indicators.store import open_store
from pages._ui import data, shell
from pages._ui.i18n import LANGUAGES, Texts

ROOT = Path(__file__).resolve().parents[2]
PAGES = ("app.py", *(f"pages/{path.name}" for path in sorted((ROOT / "pages").glob("[!_]*.py"))))
SECONDS = 60
Open = Callable[..., AppTest]


@pytest.fixture
def opened(release: Path) -> Open:
    """Return `opened(name, **address)`: the page after its first run with that address."""
    return visit


def visit(name: str, **address: object) -> AppTest:
    """Return a page after its first run, opened with an address."""
    app = AppTest.from_file(ROOT / "app.py", default_timeout=SECONDS)
    app.switch_page(name)
    for field, value in address.items():
        app.query_params[field] = str(value)
    return app.run()


def address(app: AppTest) -> dict[str, str]:
    """Return the address as it stands after the run."""
    return {
        name: value if isinstance(value, str) else value[0]
        for name, value in app.query_params.items()
    }


def written(app: AppTest) -> str:
    """Return all text on a page, descriptions of charts included."""
    html = [block.proto.body for block in app.get("html")]
    charts = [chart.proto.alt for chart in app.get("plotly_chart")]
    kinds = (app.title, app.header, app.markdown, app.caption, app.info, app.warning, app.error)
    return "\n".join([*html, *charts, *(entry.value for kind in kinds for entry in kind)])


def key(name: str) -> str:
    """Return the part of message ids that belongs to a page."""
    return name.removeprefix("pages/").removesuffix(".py")


def test_every_page_is_offered_by_the_navigation() -> None:
    assert set(shell.PAGES) == set(PAGES)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_runs_in_a_language(opened: Open, name: str, language: str) -> None:
    app = opened(name, lang=language)
    assert not app.exception
    assert [title.value for title in app.title] == [Texts(language)(f"{key(name)}.title")]
    assert "sm-footer" in written(app), "the page did not run to its end"
    assert not app.error


@pytest.mark.parametrize("name", PAGES)
def test_no_placeholder_and_no_number_that_is_none_reaches_a_reader(
    opened: Open, name: str
) -> None:
    text = written(opened(name, lang="de"))
    assert "{" not in text.replace("sm-table", "").split("<style>")[0].split("</style>")[-1]
    for word in ("nan", "NaN", "None", "NaT", "<NA>"):
        assert f">{word}<" not in text
        assert f" {word} " not in text


@pytest.mark.parametrize("name", PAGES)
def test_values_that_are_not_on_offer_leave_the_address_and_the_default_holds(
    opened: Open, name: str
) -> None:
    bad = {
        "lang": "fr",
        "ind": "no_such_indicator",
        "year": "1400",
        "ext": "moon",
        "k": "99",
        "area": "99999",
        "scheme": "<script>",
        "maps": "7",
        "fig": "x",
    }
    app = opened(name, **bad)
    assert not app.exception
    assert app.title[0].value == Texts("de")(f"{key(name)}.title")
    assert "lang" not in address(app)
    if name == "pages/karte.py":
        assert not set(address(app)) & (set(bad) - {"fig"})
        assert "no_such_indicator" not in written(app)


def test_a_year_of_another_indicator_falls_back_to_the_newest(opened: Open) -> None:
    newest = open_store(data.current() or "").years("unemployment_rate")[-1]
    app = opened("pages/karte.py", ind="unemployment_rate", year="1990")
    assert "year" not in address(app)
    assert f", {newest}" in written(app)


@pytest.mark.parametrize("name", PAGES)
def test_the_language_goes_along_every_link(opened: Open, name: str) -> None:
    app = opened(name, lang="en")
    links = [link.proto for link in app.get("page_link")]
    assert len(links) >= len(PAGES)
    queries = {link.label: parse_qs(link.query_string) for link in links}
    assert all(query.get("lang") == ["en"] for query in queries.values()), queries


def test_changing_the_language_changes_every_text_and_the_address(opened: Open) -> None:
    app = opened("pages/karte.py", lang="de", ind="unemployed", area="14524")
    switch = next(group for group in app.get("button_group") if group.key == "w_lang")
    switch.set_value("en").run()
    assert not app.exception
    assert address(app)["lang"] == "en"
    assert {"ind": "unemployed", "area": "14524"}.items() <= address(app).items()
    assert app.title[0].value == Texts("en")("karte.title")


def test_a_release_that_is_not_kept_gives_a_sentence_and_the_current_figures(opened: Open) -> None:
    for wanted in ("2020-01-01-0000000000", "../../etc/passwd", "'; DROP TABLE area"):
        app = opened("pages/karte.py", release=wanted, lang="en")
        assert not app.exception
        assert app.warning[0].value == Texts("en")("shell.not_kept", release=wanted)
        assert "sm-footer" in written(app)


def test_the_current_release_can_be_pinned_and_says_so(opened: Open, release: Path) -> None:
    app = opened("app.py", release=release.stem)
    assert not app.exception
    assert app.info[0].value == Texts("de")("shell.pinned.newest", release=release.stem)


def test_a_year_in_which_no_district_has_a_value_says_so(
    opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    indicator = "supplier_occupations_share"
    years = open_store(data.current() or "").years(indicator)
    empty = years[-1] + 1
    monkeypatch.setattr(data, "years", lambda path, name: [*years, empty])
    app = opened("pages/karte.py", ind=indicator, year=empty, lang="de")
    assert not app.exception
    t = Texts("de")
    text = written(app)
    assert t("map.empty.none", year=empty) in text
    assert t("reading.none", year=empty, extent=t("extent.land")) in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_card_of_a_secret_area_shows_an_interval_and_why_its_rank_is_one(
    opened: Open, language: str
) -> None:
    t = Texts(language)
    address = {"ind": "automotive_share_of_industry", "year": 2015, "lang": language}
    chemnitz = written(opened("pages/karte.py", area="14511", **address))
    assert t("rank.interval_own") in chemnitz
    assert t("mark.secret.explained") in chemnitz
    zwickau = written(opened("pages/karte.py", area="14524", **address))
    assert t("rank.interval_others") in zwickau


def test_a_card_says_how_many_secret_districts_have_no_rank(opened: Open) -> None:
    indicator, year = "supplier_occupations_employees", 2025
    frame = open_store(data.current() or "").cross_section(indicator, year)
    hidden = int(((frame["mark"] == "secret") & frame["lower"].isna()).sum())
    assert hidden
    text = written(opened("pages/karte.py", ind=indicator, year=year, area="14511"))
    assert Texts("de").count("rank.unplaced", hidden, str(hidden)) in text


EMPTY = """
import sys
from streamlit.testing.v1 import AppTest
app = AppTest.from_file(sys.argv[1], default_timeout=60)
app.switch_page(sys.argv[2])
app.query_params["lang"] = sys.argv[3]
app.run()
assert not app.exception, app.exception
sys.stdout.buffer.write("\\n".join(entry.value for entry in app.error).encode())
"""


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_any_release_a_page_names_the_command_that_builds_one(
    tmp_path: Path, language: str
) -> None:
    run = subprocess.run(
        [sys.executable, "-c", EMPTY, str(ROOT / "app.py"), "pages/karte.py", language],
        cwd=ROOT,
        env=os.environ | {"STRUKTURMONITOR_DATA": str(tmp_path)},
        capture_output=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr.decode()[-2000:]
    assert run.stdout.decode() == Texts(language)("shell.no_release")
    assert "`make data`" in run.stdout.decode()


@pytest.mark.parametrize("name", PAGES)
def test_without_any_release_no_page_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(data, "DATA", tmp_path)
    app = visit(name)
    assert not app.exception
    assert [entry.value for entry in app.error] == [Texts("de")("shell.no_release")]
