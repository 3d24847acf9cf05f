"""What stands out is chosen by the stated rule, and page and PDF say the same of an area."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from io import BytesIO

import pytest
from pypdf import PdfReader

from indicators.records import Indicator
from pages._ui import benchmark, data
from pages._ui.numbers import Figure
from pages._ui.paper import pdf
from pages._ui.paper.model import (
    Amount,
    Block,
    Chart,
    Heading,
    Lead,
    Lines,
    Note,
    Paragraph,
    Points,
    Source,
    Table,
    charts,
    shown,
)
from pages._ui.rungs import FIVE
from pages._ui.sheet import content, development, findings, standout, strengths, subject, words
from pages._ui.sheet.figures import districts
from pages._ui.sheet.standout import Placed, Record
from pages._ui.sheet.subject import Subject

pytestmark = pytest.mark.usefixtures("release")
LANGUAGES = ("de", "en")


def path() -> str:
    found = data.current()
    assert found is not None
    return found


def about(area: str, language: str = "de", bench: benchmark.Name = "country") -> Subject:
    against = benchmark.of(path(), bench, area, (), language)
    return subject.of(path(), area, against, language)


@cache
def sheet(area: str, language: str = "de", bench: benchmark.Name = "country") -> tuple[Block, ...]:
    against = benchmark.of(path(), bench, area, (), language)
    return content.sections(path(), area, against, language)


def said(blocks: Sequence[Block]) -> str:
    """Return all text of a datasheet, tables and charts included."""
    found: list[str] = []
    for block in blocks:
        if isinstance(block, Heading | Lead | Paragraph | Note | Source):
            found.append(block.text)
        elif isinstance(block, Points):
            found += [part for item in block.items for part in item]
        elif isinstance(block, Table):
            found += [block.caption, *block.header]
            found += [shown(cell) for row in block.rows for cell in row]
    return "\n".join([*found, *(f"{c.caption}\n{c.alt}" for c in charts(blocks))])


def indicator(name: str) -> Indicator:
    return data.indicators(path())[name]


# The rule of what stands out


def test_a_figure_of_another_district_that_is_not_known_may_lie_anywhere() -> None:
    assert standout.worst((5.0, 5.0), [(4.0, 4.0), (6.0, 6.0), None]) == (3, 3)
    assert standout.worst((5.0, 5.0), [(4.0, 6.0)]) == (2, 2)
    assert standout.worst((3.0, 7.0), [(4.0, 4.0), (6.0, 6.0)]) == (3, 3)


def test_equal_figures_count_as_before_oneself() -> None:
    assert standout.worst((5.0, 5.0), [(5.0, 5.0)] * 9) == (10, 10)


def test_only_a_certain_place_within_the_outermost_tenth_counts() -> None:
    others: list[standout.Span | None] = [(float(n), float(n)) for n in range(1, 400)]
    assert standout.placed((360.5, 360.5), others) == ("high", 40)
    assert standout.placed((359.5, 359.5), others) is None
    assert standout.placed((39.5, 39.5), others) == ("low", 40)
    assert standout.placed((200.0, 200.0), others) is None
    assert standout.placed((360.5, 360.5), [*others[1:], None]) is None


def test_a_record_is_larger_than_every_change_before_within_one_method() -> None:
    steady = {year: 100.0 + year - 2000 for year in range(2000, 2020)}
    assert standout.record(steady, (), relative=False) is None
    jump = steady | {2019: 150.0}
    found = standout.record(jump, (), relative=False)
    assert found is not None
    assert found[:3] == (2014, 2019, 2000)
    assert found[3] == pytest.approx(36 / 5)
    assert standout.record(jump, (2017,), relative=False) is None
    assert standout.record({y: jump[y] for y in range(2011, 2020)}, (), relative=False) is None
    assert standout.record({}, (), relative=True) is None


def test_places_come_before_records_with_two_of_a_theme_and_six_in_all() -> None:
    places = [Placed(f"p{n}", "a" if n < 4 else "b", 2024, "high", n + 1) for n in range(6)]
    records = [Record(f"r{n}", f"t{n}", 2019, 2024, 2000, 2.0 + n) for n in range(5)]
    kept, more = standout.chosen(places, [*records, Record("p0", "z", 2019, 2024, 2000, 99.0)])
    assert [place.indicator for place in kept] == ["p0", "p1", "p4", "p5"]
    assert [record.indicator for record in more] == ["r4", "r3"]


@pytest.mark.parametrize("area", FIVE)
def test_what_is_said_to_stand_out_does_among_all_districts(area: str) -> None:
    who = about(area)
    for place in findings._placed(who):
        frame = data.cross_section(path(), place.indicator, place.year, "country")
        frame = frame.set_index("area_id")
        own = frame.loc[area, "value"]
        if own != own:  # known in bounds: covered by the ranks below
            own = frame.loc[area, "lower" if place.end == "high" else "upper"]
        others = frame.drop(area)
        low = others["value"].fillna(others["lower"])
        high = others["value"].fillna(others["upper"])
        before = (~(high < own)).sum() if place.end == "high" else (~(low > own)).sum()
        assert before + 1 == place.position <= 40


def test_no_place_is_given_to_larger_areas_and_none_to_counts() -> None:
    assert not list(findings._placed(about("145")))
    for area in FIVE:
        assert all(indicator(p.indicator).display == "rate" for p in findings._placed(about(area)))


def test_amounts_of_money_and_changes_are_no_records() -> None:
    for area in ("145", "14524", "DG"):
        for entry in findings._records(about(area)):
            assert indicator(entry.indicator).unit not in findings.MONEY
            assert not entry.indicator.endswith("_growth")


def test_the_rule_is_told_to_the_reader() -> None:
    for language in LANGUAGES:
        notes = [block.text for block in sheet("14521", language) if isinstance(block, Note)]
        assert "40" in notes[0]
        assert "400" in notes[0]


# Sentences


@pytest.mark.parametrize(
    ("area", "name", "sentence"),
    [
        # 13211-02-05-4, annual average 2025: 6.1, 6.9 (Saxony), 6.3 (Germany)
        (
            "14524",
            "unemployment_rate",
            "Arbeitslos gemeldet waren 2025 im Landkreis Zwickau 6,1 % der zivilen "
            "Erwerbspersonen. Das ist 0,8 Prozentpunkte weniger als in Sachsen (6,9 %), "
            "0,2 Prozentpunkte weniger als in Deutschland (6,3 %).",
        ),
        # 12411-01-01-4, 31 December 2024; the census of 2022 is a break
        (
            "145",
            "population",
            "Ende 2024 hatten in der Region Südwestsachsen 1.386.336 Personen ihren Hauptwohnsitz. "
            "Veränderung 2023–2024 (seit dem Bruch in der Zeitreihe): −0,7 %",
        ),
    ],
)
def test_a_sentence_says_level_comparison_and_change(area: str, name: str, sentence: str) -> None:
    who = about(area)
    found = f"{words.level(who, indicator(name))} {words.explained(who, indicator(name))}"
    assert found.replace("\xa0", " ").startswith(sentence)


def test_without_a_figure_the_sentence_says_so() -> None:
    found = words.level(about("145"), indicator("unemployment_rate"))
    place = "in der Region Südwestsachsen"
    assert found == f"Arbeitslosenquote: {place} ist kein Wert verfügbar (nicht verfügbar)."


def test_a_secret_figure_is_an_interval_in_sentence_chart_and_table() -> None:
    blocks = sheet("14511")  # Chemnitz: persons in WZ 29 are secret (42111-02-03-4, 2015)
    lead = next(b.text for b in blocks if isinstance(b, Lead) and "WZ 29" in b.text)
    assert lead.startswith("Zwischen 0 und 35 von 100 Industriebeschäftigten in Chemnitz")
    assert "0 bis 34,6" in said(blocks)


def test_every_indicator_that_is_drawn_has_a_sentence() -> None:
    from pages._ui.sheet.theme import THEMES

    for theme in THEMES.values():
        for name in theme.drawn:
            for language in LANGUAGES:
                assert about("DG", language).t.known(f"steckbrief.say.{name}")


# Change


def test_a_change_across_a_break_is_not_computed() -> None:
    figures = {2018: Figure(100.0), 2020: Figure(110.0, qualifier="break"), 2023: Figure(120.0)}
    assert development.change(figures, 2023, 5, relative=True).reason == "broken"


def test_a_change_from_or_to_an_interval_is_an_interval() -> None:
    figures = {2018: Figure(None, 80.0, 100.0, "secret"), 2023: Figure(110.0)}
    found = development.change(figures, 2023, 5, relative=True)
    assert found.lower == pytest.approx(10.0)
    assert found.upper == pytest.approx(37.5)
    text = found.shown(" %", 1, about("DG").t)
    assert text == "+10,0 bis +37,5 %"


def test_a_change_without_a_base_says_why() -> None:
    secret = {2018: Figure(None, mark="secret"), 2023: Figure(110.0)}
    assert development.change(secret, 2023, 5, relative=True).reason == "secret"
    assert development.change({2023: Figure(1.0)}, 2023, 5, relative=True).reason == "missing"
    zero = {2018: Figure(0.0, mark="zero"), 2023: Figure(110.0)}
    assert development.change(zero, 2023, 5, relative=True).lower is None
    assert development.change(zero, 2023, 5, relative=False).lower == 110.0


# The whole


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("area", [*FIVE, "145"])
def test_page_and_pdf_say_the_same(area: str, language: str) -> None:
    blocks = sheet(area, language)
    against = benchmark.of(path(), "country", area, (), language)
    reader = PdfReader(BytesIO(content.make(path(), area, against, language)))
    printed = re.sub(r"[\s\xad-]", "", "".join(page.extract_text() for page in reader.pages))
    for block in blocks:
        if isinstance(block, Lead | Note | Source | Heading):
            assert re.sub(r"[\s-]", "", block.text) in printed, block.text
    assert sum(str(tag) == "/Figure" for tag in _tags(reader)) == len(charts(blocks))


def _tags(reader: PdfReader) -> list[str]:
    found: list[str] = []
    stack = [reader.trailer["/Root"]["/StructTreeRoot"]["/K"]]
    while stack:
        node = stack.pop()
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            stack.extend(node)
        elif isinstance(node, dict) and "/S" in node:
            found.append(str(node["/S"]))
            stack.append(node.get("/K", []))
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_any_district_gets_a_sheet_without_a_hole(language: str) -> None:
    every = list(data.areas(path())["area_id"])
    picked = random.Random(5).sample(every, 3)  # noqa: S311
    for area in ("07131", "09162", "13072", "16071", *picked):
        text = said(sheet(area, language))
        assert not re.search(r"\bnan\b|\bNone\b|\{|\}|<NA>", text), area
        assert pdf.write(content.document(path(), area, about(area, language).bench, language))


def test_no_chart_is_empty_and_all_have_words() -> None:
    for area in ("14511", "16071", "DG", "14", "145"):
        for chart in charts(sheet(area)):
            assert chart.alt
            assert len(chart.alt) > 20
            if isinstance(chart.drawing, Lines):
                assert sum(p.value is not None or p.lower is not None
                           for p in chart.drawing.lines[0].points) >= 2  # fmt: skip
            else:
                assert any(row.lower is not None for row in chart.drawing.rows)


def test_every_section_with_figures_names_its_sources_and_years() -> None:
    blocks = sheet("14522")
    starts = [n for n, b in enumerate(blocks) if isinstance(b, Heading) and b.level == 1]
    for start, end in zip(starts, [*starts[1:], len(blocks)], strict=True):
        section = blocks[start:end]
        if charts(section):
            sources = [b for b in section if isinstance(b, Source)]
            assert sources
            assert all(re.search(r"\((?:19|20)\d\d", source.text) for source in sources)


def test_the_chosen_benchmark_stands_beside_the_area() -> None:
    blocks = sheet("14523", bench="twins")
    label = about("14523", bench="twins").bench.label
    tables = [block for block in blocks if isinstance(block, Table) and block.name == "labour"]
    assert label in tables[0].header
    lines = [c for c in charts(blocks) if isinstance(c, Chart) and isinstance(c.drawing, Lines)]
    assert any(label in [line.name for line in chart.drawing.lines] for chart in lines)


def test_a_larger_area_is_drawn_alike_in_all_charts() -> None:
    looks: dict[str, set[int]] = {}
    for chart in charts(sheet("145")):
        drawn = chart.drawing
        named = (
            [(line.name, line.look) for line in drawn.lines]
            if isinstance(drawn, Lines)
            else [(row.name.split(",")[0], row.look) for row in drawn.rows if row.group]
        )
        for name, look in named:
            looks.setdefault(name, set()).add(look)
    assert {name: sorted(found) for name, found in looks.items()} == {
        "Region Südwestsachsen": [0],
        "Sachsen": [2],
        "Deutschland": [3],
    }


def test_a_strength_is_certain_and_does_not_rest_on_few() -> None:
    for kind in ("occupation", "division"):
        year = {"occupation": 2025, "division": 2015}[kind]
        rows = strengths.strongest(about("14524"), kind, year, ("DG",))
        assert rows
        assert all((strengths.least(row) or 0) > 1 and row["few"] is not True for row in rows)


def test_a_rank_is_that_of_the_release() -> None:
    # Gross domestic product per person employed 2021: the lowest of all 400 districts
    found = districts(path(), "gdp_per_person_employed", 2021)["14521"]
    assert (found.low, found.high, found.n) == (400, 400, 400)
    assert replace(found, high=401.0).exact is False


def test_commuters_are_those_of_the_matrix() -> None:
    # Pendleratlas, 30 June 2023: 13,880 from the Erzgebirgskreis to Chemnitz, 52,160 in all
    blocks = sheet("14511")
    leads = [block.text for block in blocks if isinstance(block, Lead)]
    assert any("Am 30. Juni 2023 arbeiteten in Chemnitz 52.160" in lead for lead in leads)
    flows = next(b for b in blocks if isinstance(b, Table) and b.name == "commuter_flows")
    row = next(row for row in flows.rows if row[0] == "Erzgebirgskreis")
    assert [shown(cell) for cell in row[1:]] == ["4.920", "13.880", "+8.960"]


def test_commuters_of_the_region_are_those_who_cross_its_border() -> None:
    flows = next(b for b in sheet("145") if isinstance(b, Table) and b.name == "commuter_flows")
    names = {shown(row[0]) for row in flows.rows}
    assert not names & {"Stadt Chemnitz", "Erzgebirgskreis", "Landkreis Zwickau"}
    assert not [b for b in sheet("DG") if isinstance(b, Table) and b.name == "commuter_flows"]


def test_the_parts_of_a_change_add_up_to_it() -> None:
    for area in ("14521", "145", "07131"):
        parts = next(b for b in sheet(area) if isinstance(b, Table) and b.name == "shift_share")
        total, *others = (row[1].value for row in parts.rows if isinstance(row[1], Amount))
        assert total is not None
        assert sum(value or 0 for value in others) == pytest.approx(total, abs=1e-6)
    assert not [b for b in sheet("DG") if isinstance(b, Table) and b.name == "shift_share"]
