"""The Masterplan page: goals with their status in words, stories, files in and out."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from streamlit.testing.v1 import AppTest

from indicators import goals
from pages._ui import data
from pages._ui.goals import document, kept, noting, story
from pages._ui.goals.standing import SYMBOLS, Filter, standings, word
from pages._ui.i18n import LANGUAGES, Texts
from pages._ui.paper import model
from tests.pages.test_pages import address, opened, visit, written

__all__ = ["opened"]
ROOT = Path(__file__).resolve().parents[2]
PAGE = "pages/masterplan.py"
GOALS = (ROOT / "data/goals/goals.yml").read_bytes()
NOTES = (ROOT / "data/goals/notes.yml").read_bytes()
Open = Callable[..., AppTest]


def upload(app: AppTest, kind: str, content: bytes, name: str = "own.yml") -> AppTest:
    """Bring a file along as a reader does."""
    place = ("goals", "notes").index(kind)
    app.file_uploader[place].set_value((name, content, "application/yaml"))
    return app.run()


def fill(app: AppTest, **fields: str) -> AppTest:
    """Fill in the form of a note and send it."""
    for name, value in fields.items():
        kind = app.text_area if name == "text" else app.text_input
        kind(key=f"masterplan_form_{name}").set_value(value)
    button = next(b for b in app.button if b.label == Texts("de")("masterplan.form.add"))
    return button.click().run()


@pytest.mark.parametrize("language", LANGUAGES)
def test_goals_are_labelled_as_examples_and_each_stands_with_symbol_and_words(
    opened: Open, language: str
) -> None:
    app, t = opened(PAGE, lang=language), Texts(language)
    text = written(app)
    assert t("masterplan.example.goals") in [entry.value for entry in app.info]
    assert t("masterplan.example.notes") in [entry.value for entry in app.info]
    for status in ("reached", "on_path", "behind", "away", "unjudged", "not_comparable"):
        assert word(status, t) in text
    assert len(app.get("plotly_chart")) == 7
    assert all(chart.proto.alt for chart in app.get("plotly_chart"))


def test_every_status_has_a_symbol_of_its_own() -> None:
    assert set(SYMBOLS) == set(goals.STATUSES)
    assert len(set(SYMBOLS.values())) == len(SYMBOLS)


def test_the_sentence_of_a_goal_says_the_figures_of_the_release(opened: Open) -> None:
    """Chemnitz, table 13211-02-05-4: 10.4 % in 2025 after 8.3 % in 2019."""
    text = written(opened(PAGE, lang="de"))
    assert "2025 lag der Wert bei 10,4\N{NO-BREAK SPACE}%" in text
    assert "Meilenstein 2025 (7,0\N{NO-BREAK SPACE}%): nicht erreicht." in text


def test_an_interval_is_said_to_be_secret_and_gets_no_judgement_where_it_allows_two(
    opened: Open,
) -> None:
    text = written(opened(PAGE, lang="de", gstatus="unjudged"))
    assert "geheim, nur als Spanne bekannt" in text
    assert "„hinter dem Pfad“ bis „auf dem Pfad“" in text


def test_filters_stand_in_the_address_and_narrow_table_and_charts(opened: Open) -> None:
    app = opened(PAGE, lang="de", garea="145")
    assert len(app.get("plotly_chart")) == 2
    assert address(app)["garea"] == "145"
    app = opened(PAGE, lang="de", gfield="mobilitaet", gstatus="reached")
    assert not app.exception
    assert not app.get("plotly_chart")
    assert Texts("de")("masterplan.filter.none") in written(app)
    app = opened(PAGE, lang="de", gfield="<script>")
    assert "gfield" not in address(app)


def test_every_goal_leads_to_its_indicator_and_area_on_the_map(opened: Open) -> None:
    links = [link.proto for link in opened(PAGE, lang="en").get("page_link")]
    queries = [parse_qs(link.query_string) for link in links]
    found = {(q["ind"][0], q["area"][0]) for q in queries if "ind" in q and "area" in q}
    file = goals.read_goals(GOALS, kept.known(data.current() or "")).file
    assert file is not None
    assert {(goal.indicator, goal.area) for goal in file.goals} <= found


def test_a_story_is_told_in_order_with_a_way_to_each_view(opened: Open) -> None:
    app = opened(PAGE, lang="de")
    text = written(app)
    places = [text.index(f"{place}. Beispielnotiz") for place in (1, 2, 3, 4)]
    assert places == sorted(places)
    labels = [link.proto.label for link in app.get("page_link")]
    assert labels.count(Texts("de")("masterplan.open", page=Texts("de")("karte.link"))) == 2


def test_a_file_that_is_brought_along_replaces_the_goals_of_this_session_only(
    opened: Open,
) -> None:
    own = GOALS.replace(b"example: true", b"").replace(b"Beispiel: h", b"Plan: h")
    app = upload(opened(PAGE, lang="de"), "goals", own)
    t = Texts("de")
    assert not app.exception
    assert t("masterplan.own.goals") in [entry.value for entry in app.warning]
    assert t("masterplan.example.goals") not in [entry.value for entry in app.info]
    assert "Plan: höhere Löhne" in written(app)
    assert "Plan: höhere Löhne" not in written(visit(PAGE, lang="de"))
    drop = next(button for button in app.button if button.key == "drop_goals")
    app = drop.click().run()
    assert "Plan: höhere Löhne" not in written(app)
    assert t("masterplan.example.goals") in [entry.value for entry in app.info]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_faulty_file_is_refused_with_its_lines_and_what_held_still_holds(
    opened: Open, language: str
) -> None:
    bad = GOALS.replace(b'area: "14521"', b'area: "99999"').replace(
        b"id: insolvenzen", b"id: <script>alert(1)</script>"
    )
    line = bad[: bad.index(b"99999")].count(b"\n") + 1
    app = upload(opened(PAGE, lang=language), "goals", bad, "mine*.yml")
    t, text = Texts(language), written(app)
    assert not app.exception
    assert [entry.value for entry in app.error] == [t("masterplan.refused", name=r"mine\*\.yml")]
    assert f'<td class="num">{line}</td><td>goals[2].area</td><td>99999</td>' in text
    assert t("masterplan.wrong.unknown_area") in unescape(text)
    assert "<script>alert" not in text
    assert len(app.get("plotly_chart")) == 7
    assert not [entry for entry in app.warning if entry.value == t("masterplan.own.goals")]


def test_a_script_tag_as_a_name_is_shown_as_text(opened: Open) -> None:
    tag = "<script>alert(1)</script>"
    own = GOALS.replace("Beispiel: höhere Löhne".encode(), tag.encode())
    app = upload(opened(PAGE, lang="de"), "goals", own)
    html = "\n".join(block.proto.body for block in app.get("html"))
    assert tag not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert tag not in "\n".join(entry.value for entry in app.markdown)


def test_a_file_that_is_far_too_large_is_refused_in_words(opened: Open) -> None:
    app = upload(opened(PAGE, lang="de"), "goals", b"# " + b"x" * 3_000_000)
    assert not app.exception
    assert Texts("de")("masterplan.wrong.too_large", limit="500") in unescape(written(app))
    assert len(app.get("plotly_chart")) == 7


def test_a_note_is_added_in_this_session_with_a_link_of_this_application(
    opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(noting, "base", lambda: "https://monitor.example/app")
    app = fill(
        opened(PAGE, lang="de"),
        text="<b>Fünfte</b> Notiz",
        author="AB",
        link="https://monitor.example/app/karte?ind=median_pay&area=14521&release=x",
    )
    assert not app.exception
    assert not app.error
    assert "5. &lt;b&gt;Fünfte&lt;/b&gt; Notiz" in written(app)
    assert Texts("de")("masterplan.own.notes") in [entry.value for entry in app.warning]
    pinned = [link.proto for link in app.get("page_link") if "release=x" in link.proto.query_string]
    assert len(pinned) == 1
    assert parse_qs(pinned[0].query_string)["ind"] == ["median_pay"]


@pytest.mark.parametrize("link", ["https://evil.example/karte", "//evil.example", "/nirgends", ""])
def test_a_note_with_another_link_is_refused_and_says_why(opened: Open, link: str) -> None:
    app = fill(opened(PAGE, lang="de"), text="Notiz", author="AB", link=link)
    t = Texts("de")
    assert not app.exception
    assert len(app.error) == 1
    assert app.error[0].value.startswith(t("masterplan.form.link"))
    assert "5. Notiz" not in written(app)


def test_without_files_the_page_says_where_to_put_them(
    opened: Open, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(kept, "installed", lambda kind: tmp_path / f"{kind}.yml")
    app, t = opened(PAGE, lang="de"), Texts("de")
    assert not app.exception
    assert t("masterplan.none") in written(app)
    assert t("masterplan.story.none") in written(app)


def test_an_installed_file_with_faults_shows_them_and_no_goal(
    opened: Open, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "goals.yml").write_bytes(b"goals:\n- {id: a}\n")
    monkeypatch.setattr(kept, "installed", lambda kind: tmp_path / f"{kind}.yml")
    app, t = opened(PAGE, lang="de"), Texts("de")
    assert [entry.value for entry in app.error] == [t("masterplan.installed.goals.faulty")]
    assert t("masterplan.wrong.missing") in written(app)
    assert not app.get("plotly_chart")


def test_a_note_leads_where_its_link_says() -> None:
    there = story.view("/karte?ind=a&area=14511&release=r")
    assert (there.page, there.key) == ("pages/karte.py", "karte")
    assert there.address == {"ind": "a", "area": "14511", "release": "r"}
    assert story.view("/").page == "app.py"


@pytest.mark.parametrize(
    ("pasted", "kept_as"),
    [
        ("https://m.example/app/karte?x=1", "/karte?x=1"),
        ("https://m.example/app?x=1", "/?x=1"),
        (" /karte ", "/karte"),
        ("https://m.example.evil.example/app/karte", "https://m.example.evil.example/app/karte"),
        ("https://m.example/application/karte", "https://m.example/application/karte"),
    ],
)
def test_only_the_address_of_this_application_is_cut_off_a_pasted_link(
    monkeypatch: pytest.MonkeyPatch, pasted: str, kept_as: str
) -> None:
    monkeypatch.setattr(noting, "base", lambda: "https://m.example/app")
    assert noting.within(pasted) == kept_as


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pdf_holds_goals_and_story_as_text(release: Path, language: str) -> None:
    made = document.make(GOALS, NOTES, str(release), Filter(), language, "https://m.example")
    run = subprocess.run(
        ["pdftotext", "-layout", "-", "-"],  # noqa: S607
        input=made,
        capture_output=True,
        check=True,
    )
    text, t = " ".join(run.stdout.decode().split()), Texts(language)
    for words in (
        t("masterplan.paper.title"),
        t("masterplan.example.goals"),
        t("masterplan.status.not_comparable"),
        t("masterplan.story"),
        data.release(str(release)).id,
    ):
        assert words in text
    assert "\N{WHITE SQUARE}" not in text


def test_only_the_goals_that_are_shown_are_in_the_pdf(release: Path) -> None:
    path, t, chosen = str(release), Texts("de"), Filter(area="145")
    entries = [entry for entry in standings(path, GOALS, "de") if chosen.keeps(entry)]
    made = document.document(GOALS, b"", path, chosen, "de", "")
    headings = [block.text for block in made.blocks if isinstance(block, model.Heading)]
    assert headings == [
        t("masterplan.overview"), t("masterplan.each"),
        *(entry.goal.name.get("de") for entry in entries),
        t("masterplan.paper.sources"),
    ]  # fmt: skip


def test_the_table_for_a_file_has_bounds_status_and_a_head_that_says_example(
    release: Path,
) -> None:
    path, t = str(release), Texts("de")
    content = document.content(path, standings(path, GOALS, "de"), True, t)
    assert t("masterplan.example.goals") in content.head
    rows = {row[1]: dict(zip(content.titles, row, strict=True)) for row in content.rows}
    row = rows["Beispiel: mehr Fachkräfte aus dem Ausland in Mittelsachsen"]
    assert row[t("masterplan.file.value")] is None
    lower, upper = row[t("masterplan.file.lower")], row[t("masterplan.file.upper")]
    assert isinstance(lower, float)
    assert isinstance(upper, float)
    assert 7 < lower < upper < 10
    assert row[t("masterplan.file.status")] == t("masterplan.status.unjudged")
    assert row[t("masterplan.file.mark")] == t("mark.secret")
