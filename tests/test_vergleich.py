"""What is compared: groups of the address, years, directions, distances, files, and the index."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from indicators.composite import DRAWS, Component
from indicators.records import Indicator, Text
from indicators.store import open_store
from pages._ui import benchmark, charts, data, text
from pages._ui.compare import (
    cells,
    composite_data,
    entries,
    files,
    index_view,
    palette,
    panels,
    scatter,
    spans,
    subjects,
    table,
)
from pages._ui.compare.entries import Entry, kind, shared
from pages._ui.compare.subjects import Subject
from pages._ui.compare.view import COMMON, NEWEST, View
from pages._ui.i18n import Texts
from pages._ui.numbers import Figure
from pages._ui.rungs import FIVE
from pages._ui.spark import spark

KNOWN = {"14511", "14521", "14524", "14", "145", "DG"}
NOWORD = Text("x", "x")
RATE = Indicator(
    "r", "t", 1, NOWORD, NOWORD, NOWORD, NOWORD, "percent", 1, "down_is_good", "rate",
    "sequential", NOWORD, NOWORD,
)  # fmt: skip
EURO = replace(RATE, unit="euro", direction="up_is_good", decimals=0)


def parsed(*raw: str, known: Collection[str] = KNOWN) -> Any:
    def overlap(areas: tuple[str, ...]) -> tuple[str, str] | None:
        return ("14", "14511") if "14" in areas and "14511" in areas else None

    return subjects.parsed(raw, known, overlap, lambda n: f"Gruppe {n}")


def of(path: Path, subjects: tuple[Subject, ...], *indicators: str, year: str = COMMON) -> View:
    bench = benchmark.of(str(path), "country", "145", (), "de")
    return View(subjects, indicators, year, False, bench)


def area(key: str) -> Subject:
    return Subject(key, key, (key,))


def test_several_groups_stand_in_one_or_in_several_values_of_the_address() -> None:
    groups, faults = parsed("A~14511.14524|B~14521", "C~14")
    assert [(one.key, one.name, one.areas) for one in groups] == [
        ("g1", "A", ("14511", "14524")),
        ("g2", "B", ("14521",)),
        ("g3", "C", ("14",)),
    ]
    assert not faults
    again, _ = parsed(subjects.written(groups) or "")
    assert again == groups


def test_stray_separators_empty_names_and_double_members_do_no_harm() -> None:
    groups, faults = parsed("||~14511..14524.14511|a~b~14521|")
    assert [one.name for one in groups] == ["Gruppe 1", "a b"]
    assert groups[0].areas == ("14511", "14524")
    assert not faults


def test_a_name_is_cut_and_loses_what_does_not_print() -> None:
    assert subjects.clean("A~B|C\n\x00\u202ed") == "A B C d"
    assert len(subjects.clean("x" * 500)) == subjects.LONGEST_NAME


def test_a_group_with_an_unknown_or_overlapping_member_is_refused_as_a_whole() -> None:
    groups, faults = parsed("A~14511.99999|B~14.14511|C")
    assert not groups
    assert [(one.reason, one.about) for one in faults] == [
        ("members", ("99999",)),
        ("overlap", ("14", "14511")),
        ("members", ("C",)),
    ]


def test_markup_of_a_user_is_shown_as_it_stands() -> None:
    assert subjects.plain("<b>*x*</b> [a](b)") == r"\<b\>\*x\*\</b\> \[a\]\(b\)"


def test_the_common_year_is_the_newest_that_all_with_figures_have() -> None:
    figures = {
        "a": {2020: Figure(1.0), 2021: Figure(2.0)},
        "b": {2020: Figure(None, mark="secret"), 2021: Figure(None, mark="missing")},
        "c": {2021: Figure(None, mark="not_applicable")},
    }
    assert shared(figures) == 2020
    assert shared({"c": figures["c"]}) is None


def test_a_change_is_judged_by_the_declared_direction_only() -> None:
    assert kind(5.0, 6.0, RATE) == "good"
    assert kind(6.0, 5.0, RATE) == "bad"
    assert kind(5.04, 5.0, RATE) == "none"
    neutral = replace(RATE, direction="neutral")
    assert kind(6.0, 5.0, neutral) == "up"
    assert kind(5.0, 6.0, neutral) == "down"


def test_a_distance_between_intervals_is_an_interval_rounded_outwards() -> None:
    secret = Figure(None, 10.04, 12.0, "secret")
    assert spans.apart(secret, Figure(10.0), RATE, "de") == "zwischen 0,0 und +2,0 Prozentpunkten"
    assert spans.apart(Figure(110.0), Figure(100.0), EURO, "de") == "+10,0\N{NO-BREAK SPACE}%"
    assert spans.gaps((90, 110), (100, 100), "percent") == pytest.approx((-10, 10))
    assert spans.apart(Figure(None, mark="secret"), Figure(1.0), RATE, "de") == ""


def test_a_signed_gap_and_a_sentence_of_it_say_the_same() -> None:
    assert text.gap(6.0, 5.0, RATE) == ("points", 1.0)
    assert text.gap(100.2, 100.0, EURO) == ("percent", 0.0)
    assert text.gap(3.0, 0.0, EURO) == ("units", 3.0)
    assert text.signed_gap(5.0, 6.0, RATE, "en") == "\N{MINUS SIGN}1.0 percentage points"


def test_a_spark_line_is_interrupted_at_a_break_and_shows_intervals_as_bars() -> None:
    import base64

    def drawing(*breaks: int) -> str:
        image = spark([(y, float(y)) for y in range(2000, 2006)], "", breaks, [(2007, 1.0, 2.0)])
        return base64.b64decode(image.split("base64,")[1].split('"')[0]).decode()

    assert drawing().count("<polyline") == 1
    assert drawing(2003).count("<polyline") == 2
    assert drawing(2003).count("stroke-dasharray") == 1
    assert drawing().count('stroke-opacity="0.5"') == 1


def test_a_line_of_a_panel_is_cut_before_the_first_year_of_another_method() -> None:
    trace = {"x": [2010, 2011, 2012], "y": [1.0, 2.0, 3.0], "text": ["a", "b", "c"]}
    panels.interrupt(trace, {2011, 1999})
    assert trace == {
        "x": [2010, 2010.5, 2011, 2012],
        "y": [1.0, None, 2.0, 3.0],
        "text": ["a", "", "b", "c"],
    }


def test_eleven_lines_stay_apart_by_colour_and_dash_together() -> None:
    for dark in (True, False):
        assert len({*palette.lines(10, dark), palette.bench(dark)}) == 11


def test_the_five_as_a_group_have_the_figures_of_the_region(release: Path) -> None:
    five = Subject("g1", "five", FIVE)
    for name in ("supplier_occupations_share", "population", "unemployment_rate"):
        group = entries.series(str(release), name, (five,)).drop(columns="area_id")
        region = entries.series(str(release), name, (area("145"),)).drop(columns="area_id")
        usable = region["value"].notna()
        assert usable.any() or name == "unemployment_rate"
        merged = region[usable].merge(group, on="year", suffixes=("", "_g"))
        assert len(merged) == usable.sum()
        pd.testing.assert_series_equal(merged["value"], merged["value_g"], check_names=False)


def test_cells_hold_what_the_release_holds(release: Path) -> None:
    """Figures of the release: unemployment rate 2025, Chemnitz 9.5, Germany 6.3, 2020: 7.4."""
    view = of(release, (area("14511"), area("145")), "unemployment_rate")
    found = entries.row(str(release), "unemployment_rate", view.subjects, COMMON, view.bench)
    chemnitz = found["14511"]
    frame = open_store(release).cross_section("unemployment_rate", chemnitz.year or 0)
    own = frame.set_index("area_id").loc["14511"]
    assert chemnitz.figure.value == own["value"]
    assert chemnitz.rank == (own["rank_low"], own["rank_high"], own["n"])
    assert chemnitz.reference.value is not None
    assert found["145"].figure.value is None


def test_a_count_has_no_distance_and_a_year_of_its_own_is_marked(release: Path) -> None:
    path = str(release)
    view = of(release, (area("14511"), area("DG"), area("14")), "population", year=NEWEST)
    found = entries.row(path, "population", view.subjects, NEWEST, view.bench)
    assert cells.distance(data.indicators(path)["population"], found["14511"], Texts("de")) == ""
    nothing = Entry("14511", 2019, Figure(5.0), (None,) * 3, Figure(4.0), None, False, True)
    said = cells.html(path, RATE, nothing, {2019: Figure(5.0)}, "de")
    assert "nur 2019" in said
    assert "year odd" in said


def test_no_figure_of_the_table_or_the_file_is_without_a_year(release: Path) -> None:
    view = of(release, tuple(map(area, (*FIVE, "145", "14", "DG"))),
              *list(data.indicators(str(release)))[:30])  # fmt: skip
    for year in (COMMON, NEWEST, "2020"):
        content = files.table(str(release), replace(view, year=year), "de")
        where = {title: place for place, title in enumerate(content.titles)}
        for row in content.rows:
            if any(row[where[t]] is not None for t in ("Wert", "Untergrenze")):
                assert row[where["Jahr"]]


def test_a_file_repeats_marks_intervals_and_source_in_every_row(release: Path) -> None:
    view = of(release, (area("14511"),), "automotive_share_of_industry")
    content = files.table(str(release), view, "de")
    assert len(content.titles) == len(content.rows[0])
    row = dict(zip(content.titles, content.rows[0], strict=True))
    assert row["Wert"] is None
    assert row["Zeichen"] == "geheim"
    assert row["Obergrenze"] == pytest.approx(34.512, abs=0.001)
    assert "WZ" in str(row["Indikator"])
    series = files.series(str(release), view, "en")
    assert all(len(one) == len(series.titles) for one in series.rows)


def test_a_group_that_cannot_be_added_up_says_why(release: Path) -> None:
    view = of(release, (Subject("g1", "<b>", ("14511", "14521")),), "median_pay")
    said = table.impossible(str(release), view, "de")
    assert len(said) == 1
    assert "nicht addieren" in said[0]
    assert "<b>" not in table.html(str(release), view, "de")


def test_counts_in_a_panel_start_from_a_common_year(release: Path) -> None:
    view = of(release, (area("14511"), area("DG")), "population")
    figure, alt, title, missing = panels.build(str(release), view, "population", "de", False)
    assert title.startswith("Veränderung seit ")
    first = [next(y for y in trace["y"] if y is not None) for trace in figure["data"][:2]]
    assert first == [0.0, 0.0]
    assert not missing
    assert "DG: " in alt


def test_the_scatter_counts_secret_districts_and_draws_chosen_ones_as_ranges(
    release: Path,
) -> None:
    path = str(release)
    one, other = scatter.axes(path, "automotive_share_of_industry", "gdp_per_person_employed")
    assert (one.year, other.year) == (2015, 2015)
    figure, said = scatter.build(path, (area("14511"),), one, other, "de", False, False)
    frame = open_store(release).cross_section(one.indicator, one.year)
    secret = int((frame["mark"] == "secret").sum())
    assert f"{secret} Kreise sind nicht gezeichnet" in said
    assert len(figure["data"][0]["x"]) == 400 - secret
    assert "Als Bereich gezeichnet, weil nicht genau bekannt: 14511" in said
    low, high = (
        charts.figures_of(entries.series(path, one.indicator, (area("14511"),)), "14511")[
            2015
        ].lower,
        max(figure["data"][1]["x"]),
    )
    assert low == min(figure["data"][1]["x"])
    assert high == pytest.approx(34.512, abs=0.001)


def test_a_correlation_is_named_by_its_strength_and_not_for_the_same_indicator() -> None:
    pairs = [scatter.Pair(str(n), "", Figure(float(n)), Figure(-float(n))) for n in range(30)]
    t = Texts("de")
    assert scatter.correlation(pairs) == pytest.approx(-1)
    assert "deutlicher Zusammenhang" in scatter.related(pairs, False, t)
    assert scatter.related(pairs, True, t) == ""
    assert scatter.correlation(pairs[:5]) is None


def test_the_order_of_the_index_is_said_with_its_firmness(release: Path) -> None:
    path = str(release)
    view = of(release, tuple(map(area, FIVE)), "unemployment_rate", "gdp_per_person_employed")
    components = (
        Component("unemployment_rate", 2020, 1.0, False),
        Component("gdp_per_person_employed", 2020, 2.0, True),
    )
    named = tuple((one.key, one.areas) for one in view.subjects)
    found = composite_data.index(path, components, named)
    said = index_view.order(found, view, "de")
    assert len(said) == 4
    first = found.order[found.order["draws"] == "around"].iloc[0]
    times = round(float(first["share"]) * DRAWS)
    shown = "1.000" if times == DRAWS else str(times)
    assert said[0].startswith(f"In {shown} von 1.000 Gewichtungen liegt {first['first']} vor ")
