"""Two releases: exactly what changed is listed, and the change log says so."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import duckdb
import pandas as pd
import pytest

from etl import changelog
from indicators.releases import compare

ATOM = {"a": changelog.ATOM}
REVISED = ("unemployment_rate", "14524", 2015)


@pytest.fixture(scope="module")
def two(release: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Path]]:
    """Return the current release, and a later one with a revised, a new and a withdrawn figure."""
    folder = tmp_path_factory.mktemp("releases")
    old, new = folder / "2026-01-01-aaaaaaaaaa.duckdb", folder / "2026-02-01-bbbbbbbbbb.duckdb"
    for path in (old, new):
        shutil.copyfile(release, path)
    where = "indicator = ? AND area_id = ? AND year = ?"
    with duckdb.connect(str(new)) as connection:
        connection.execute(f"UPDATE indicator_value SET value = value + 1 WHERE {where}", REVISED)
        connection.execute(
            f"UPDATE indicator_value SET mark = 'secret', value = NULL WHERE {where}",
            ("unemployed", "14511", 2015),
        )
        connection.execute(
            f"DELETE FROM indicator_value WHERE {where}", ("population", "14521", 2015)
        )
        connection.execute(
            """INSERT INTO indicator_value
            SELECT * REPLACE (2099 AS year) FROM indicator_value
            WHERE indicator = 'population' AND area_id = '14522' AND year = 2015"""
        )
        connection.execute("UPDATE release SET id = ?, built = built + INTERVAL 1 DAY", [new.stem])
        connection.execute("UPDATE source_file SET sha256 = 'x' WHERE id = 1")
    with duckdb.connect(str(old)) as connection:
        connection.execute("UPDATE release SET id = ?", [old.stem])
    yield old, new
    shutil.rmtree(folder)


def rows(figures: pd.DataFrame) -> list[tuple[str, str, str, int]]:
    return [
        (str(row.kind), str(row.indicator), str(row.area_id), int(str(row.year)))
        for row in figures.itertuples()
    ]


def test_exactly_the_changed_figures_are_listed(two: tuple[Path, Path]) -> None:
    comparison = compare(*two)
    assert sorted(rows(comparison.figures)) == [
        ("added", "population", "14522", 2099),
        ("revised", "unemployed", "14511", 2015),
        ("revised", *REVISED),
        ("withdrawn", "population", "14521", 2015),
    ]
    assert comparison.counts() == {"added": 1, "revised": 2, "withdrawn": 1}


def test_a_revision_says_by_how_much(two: tuple[Path, Path]) -> None:
    figures = compare(*two).figures
    row = figures[figures["indicator"] == REVISED[0]].iloc[0]
    assert row["value_new"] - row["value_old"] == pytest.approx(1)
    hidden = figures[figures["indicator"] == "unemployed"].iloc[0]
    assert hidden["mark_old"] == "value"
    assert hidden["mark_new"] == "secret"


def test_seen_backwards_what_was_added_is_withdrawn(two: tuple[Path, Path]) -> None:
    forwards, backwards = compare(*two), compare(*reversed(two))
    assert backwards.counts() == {"added": 1, "revised": 2, "withdrawn": 1}
    turned = {"added": "withdrawn", "withdrawn": "added", "revised": "revised"}
    expected = [(turned[kind], *rest) for kind, *rest in rows(forwards.figures)]
    assert sorted(rows(backwards.figures)) == sorted(expected)


def test_a_release_does_not_differ_from_itself(two: tuple[Path, Path]) -> None:
    comparison = compare(two[0], two[0])
    assert comparison.figures.empty
    assert comparison.files.empty


def test_a_changed_official_file_is_named(two: tuple[Path, Path]) -> None:
    files = compare(*two).files
    assert list(files["kind"]) == ["revised"]


@pytest.mark.parametrize("language", changelog.LANGUAGES)
def test_the_feed_lists_every_release_with_what_changed(
    two: tuple[Path, Path], tmp_path: Path, language: str
) -> None:
    changelog.write(two[0].parent, tmp_path)
    feed = ElementTree.parse(tmp_path / changelog.file_name(language)).getroot()  # noqa: S314
    entries = feed.findall("a:entry", ATOM)
    titles = [entry.findtext("a:title", "", ATOM) for entry in entries]
    assert [title.split()[-1] for title in titles] == [two[1].stem, two[0].stem]
    said = entries[0].findtext("a:summary", "", ATOM)
    words = {kind: text.get(language) for kind, text in changelog.WORDS.items()}
    assert words["revised"].format(n=2) in said
    assert words["added"].format(n=1) in said
    assert words["withdrawn"].format(n=1) in said
    assert two[0].stem in said
    for tag in ("id", "updated", "title"):
        assert feed.findtext(f"a:{tag}", "", ATOM)
        assert all(entry.findtext(f"a:{tag}", "", ATOM) for entry in entries)
    identities = [entry.findtext("a:id", "", ATOM) for entry in entries]
    assert len(set(identities)) == len(identities)
