"""The page of data: what is chosen is what a file holds, old links show old figures."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from indicators import extract_files
from indicators.extracts import Figures, Observations, open_extracts
from indicators.legend import texts
from pages._ui import data, why
from pages._ui.extract import files, readers
from pages._ui.i18n import LANGUAGES, Texts
from tests.pages.test_pages import visit, written

PAGE = "pages/daten.py"
FIGURE = "automotive_share_of_industry~14511~2015"
REVISED = ("unemployment_rate", "14524", 2015)


def warnings(app: AppTest) -> list[str]:
    return [entry.value for entry in (*app.warning, *app.info, *app.error)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_preview_says_how_many_rows_the_file_has(release: Path, language: str) -> None:
    app = visit(PAGE, lang=language, xind="unemployment_rate", xscope="kreise", y1=2015, y2=2015)
    assert not app.exception
    assert Texts(language)("daten.count", rows="400", shown="20") in written(app)


def test_a_table_is_narrowed_by_its_parts(release: Path) -> None:
    app = visit(PAGE, lang="de", what="table", xtab="42111-02-03-4", xsec="29", xm="plants")
    assert not app.exception
    selection = Observations(
        "42111-02-03-4", ("plants",), ("14511", "14521", "14522", "14523", "14524", "145"),
        sectors=("29",),
    )  # fmt: skip
    rows = open_extracts(release).count(selection)
    assert rows == 6
    assert Texts("de").count("daten.count.all", rows, str(rows)) in written(app)


def test_too_long_a_selection_is_refused_with_its_length_and_never_cut(release: Path) -> None:
    app = visit(PAGE, lang="de", xind=".", xscope="all")
    rows = open_extracts(release).count(Figures())
    assert rows > files.MOST_ROWS
    said = [text for text in warnings(app) if "50.000" in text]
    assert len(said) == 1
    assert f"{rows:,}".replace(",", ".") in said[0]
    assert not app.get("download_button")


def test_nothing_to_show_is_a_sentence(release: Path) -> None:
    # Germany's Länder have no row of this indicator of districts.
    app = visit(PAGE, lang="de", xind="median_pay", xscope="own", xarea="145")
    assert not app.exception
    assert Texts("de")("daten.none") in warnings(app)


@pytest.mark.parametrize("kind", extract_files.FORMATS)
def test_every_format_is_written_for_the_selection(release: Path, kind: str) -> None:
    selection = Figures(("unemployment_rate",), ("14511",), 2014, 2015)
    content = files.content(str(release), selection, kind, "de")
    assert len(content) > 300
    if kind == "csv":
        read = pd.read_csv(io.BytesIO(content), dtype={"area_id": str})
        assert list(read["area_id"]) == ["14511", "14511"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_figure_is_explained_down_to_its_cells(release: Path, language: str) -> None:
    app = visit(PAGE, lang=language, figure=FIGURE)
    assert not app.exception
    said = written(app)
    for part in (
        Texts(language)("why.heading"),
        texts(language)["mark.secret"],
        "42111-02-03-4",
        "regionalstatistik/42111-02-03-4/2015.csv",
        "dl-de/by-2-0",
        "14.169" if language == "de" else "14,169",
        "14275",
    ):
        assert part in said
    codes = [entry.value for entry in app.code]
    assert any(release.stem in code and "figure=" in code for code in codes)


@pytest.mark.parametrize("bad", ["x", "a~b~c", "unemployment_rate~14511~20155", "<script>~1~2015"])
def test_a_bad_address_of_a_figure_costs_a_sentence(release: Path, bad: str) -> None:
    app = visit(PAGE, lang="de", figure=bad)
    assert not app.exception
    assert any("Adresse nennt keine Zahl" in x or "keine Zahl „" in x for x in warnings(app))
    assert "<script>~" not in "".join(block.proto.body for block in app.get("html"))


def test_a_figure_in_a_table_leads_to_its_explanation(release: Path) -> None:
    app = visit(PAGE, lang="de", xind="unemployment_rate", y1=2015, y2=2015)
    where = why.address(str(release), "unemployment_rate", "14524", 2015, "de")
    assert where.replace("&", "&amp;") in written(app)


@pytest.fixture
def two(release: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Return ids of two kept releases, the older first; the newer one has a revised figure."""
    folder = tmp_path / "releases"
    folder.mkdir()
    old, new = folder / "2026-01-01-aaaaaaaaaa.duckdb", folder / "2026-02-01-bbbbbbbbbb.duckdb"
    for path in (old, new):
        shutil.copyfile(release, path)
        with duckdb.connect(str(path)) as connection:
            connection.execute("UPDATE release SET id = ?", [path.stem])
    with duckdb.connect(str(new)) as connection:
        connection.execute(
            """UPDATE indicator_value SET value = 99.9
            WHERE indicator = ? AND area_id = ? AND year = ?""",
            REVISED,
        )
    (tmp_path / "current").symlink_to(new)
    monkeypatch.setattr(data, "DATA", tmp_path)
    yield [old.stem, new.stem]
    readers.comparison.clear()


def test_an_old_link_shows_the_old_figure_and_says_so(two: list[str]) -> None:
    figure = why.named(*REVISED)
    new, old = (visit(PAGE, lang="de", figure=figure, release=name) for name in reversed(two))
    assert '<div class="value">99,9' in written(new)
    assert '<div class="value">6,9' in written(old)
    assert Texts("de")("shell.pinned", release=two[0]) in warnings(old)


def test_a_link_to_a_figure_keeps_to_its_release(two: list[str]) -> None:
    app = visit(PAGE, lang="de", figure=why.named(*REVISED, two[0]))
    assert '<div class="value">6,9' in written(app)
    assert Texts("de")("why.release", release=two[0]) in warnings(app)


def test_the_comparison_lists_exactly_the_revised_figure(two: list[str]) -> None:
    app = visit(PAGE, lang="de", old=two[0], new=two[1])
    assert not app.exception
    said = written(app)
    assert Texts("de")("daten.releases.counts", added="0", revised="1", withdrawn="0") in said
    assert "99,9" in said
    assert said.count(f">{Texts('de')('daten.releases.revised')}</td>") == 1
