"""Files of goals and notes: what is refused, on which line, in which words, and what reads back."""

from __future__ import annotations

import tracemalloc
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml

from indicators import goals
from indicators.goals import Finding, GoalFile, Known, NoteFile, Reading
from indicators.store import open_store
from pages._ui import data
from pages._ui.goals import faults, kept
from pages._ui.i18n import LANGUAGES, Texts, catalogue
from tests import source

ROOT = Path(__file__).resolve().parents[1]
KNOWN = Known(
    frozenset({"median_pay", "unemployment_rate"}),
    frozenset({"14511", "14524", "145", "14", "DG"}),
    frozenset({"/", "/karte", "/masterplan"}),
)
GOAL = """\
fields:
  - id: work
    name: {de: Arbeit, en: Work}
goals:
  - id: pay
    field: work
    name: {de: Löhne, en: Pay}
    indicator: median_pay
    area: "14511"
    baseline: {year: 2019, value: 2400}
    target: {year: 2030, value: 3400.5}
    milestones:
      - {year: 2025, value: 2900}
"""
NOTE = """\
stories:
  - id: change
    name: {de: Wandel}
notes:
  - id: one
    story: change
    order: 1
    date: 2026-11-24
    author: AB
    text: {de: Erste Notiz}
    link: /karte?ind=median_pay&area=14511
"""


def read(text: str | bytes) -> Reading[GoalFile]:
    return goals.read_goals(text if isinstance(text, bytes) else text.encode(), KNOWN)


def read_notes(text: str) -> Reading[NoteFile]:
    return goals.read_notes(text.encode(), KNOWN)


def only(reading: Reading[Any]) -> Finding:
    """Return the one finding of a file of which nothing was taken over."""
    assert reading.file is None
    assert len(reading.findings) == 1, reading.findings
    (found,) = reading.findings
    for language in LANGUAGES:  # every fault must have words, and these no hole in them
        words = faults.wrong(found, Texts(language)) + faults.remedy(found, Texts(language))
        assert "{" not in words
    return found


def test_a_file_without_faults_gives_its_goals() -> None:
    reading = read(GOAL)
    assert not reading.findings
    assert reading.file is not None
    (goal,) = reading.file.goals
    assert (goal.area, goal.target.value, goal.milestones[0].year) == ("14511", 3400.5, 2025)
    assert (goal.name.get("de"), goal.name.get("en")) == ("Löhne", "Pay")


@pytest.mark.parametrize(
    ("old", "new", "line", "path", "value", "code"),
    [
        ('area: "14511"', 'area: "14599"', 9, "goals[1].area", "14599", "unknown_area"),
        ("median_pay", "median_pai", 8, "goals[1].indicator", "median_pai", "unknown_indicator"),
        ("field: work", "field: home", 6, "goals[1].field", "home", "unknown_field"),
        ("year: 2030", "year: 2019", 11, "goals[1].target.year", "2019", "target_before_baseline"),
        ("year: 2030", "year: 2001", 11, "goals[1].target.year", "2001", "target_before_baseline"),
        ("year: 2025", "year: 2031", 13, "goals[1].milestones[1].year", "2031", "milestone_year"),
        ("2900", "3900", 13, "goals[1].milestones[1].value", "3900", "milestone_value"),
        ("3400.5", "2400", 11, "goals[1].target.value", "2400", "no_way"),
        ("2400", "viel", 10, "goals[1].baseline.value", "viel", "number"),
        ("2400", ".nan", 10, "goals[1].baseline.value", ".nan", "number"),
        ("2400", "nan", 10, "goals[1].baseline.value", "nan", "number"),
        ("2400", ".inf", 10, "goals[1].baseline.value", ".inf", "number"),
        ("2400", "-inf", 10, "goals[1].baseline.value", "-inf", "number"),
        ("3400.5", '"3400,5"', 11, "goals[1].target.value", "3400,5", "comma"),
        ("3400.5", "3400,5", 11, "goals[1].target.5", "5", "comma"),
        ("year: 2019", "year: 19", 10, "goals[1].baseline.year", "19", "year_range"),
        ("year: 2019", "year: heute", 10, "goals[1].baseline.year", "heute", "number"),
        ("milestones:", "colour: red\n    milestones:", 12, "goals[1].colour", "colour",
         "unknown_entry"),
        ("{de: Löhne, en: Pay}", "{}", 7, "goals[1].name", "", "wording"),
        ("{de: Löhne, en: Pay}", "Löhne", 7, "goals[1].name", "Löhne", "shape"),
        ("id: pay", "id: Höhere Löhne", 5, "goals[1].id", "Höhere Löhne", "identifier"),
        ('    area: "14511"\n', "", 5, "goals[1].area", "", "missing"),
        ('area: "14511"', "area:", 9, "goals[1].area", "", "missing"),
        ("fields:", "example: maybe\nfields:", 1, "example", "maybe", "bool"),
        ("fields:", "colours: []\nfields:", 1, "colours", "colours", "unknown_entry"),
        ("field: work", "field: work\n    field: work", 7, "goals[1].field", "field", "twice"),
        ("Löhne, en", "*a, en", 7, "", "a", "alias"),
        ("name: {de: L", "name: &x {de: L", 7, "", "x", "alias"),
        ("value: 2400", "value: !!python/name:os.system 1", 10, "goals[1].baseline.value",
         "python/name:os.system", "tag"),
        ("area:", "area", 10, "", 'baseline: {year: 2019, value: 2400}', "yaml"),
    ],
)  # fmt: skip
def test_a_fault_is_named_with_line_path_and_value_and_nothing_is_taken_over(
    old: str, new: str, line: int, path: str, value: str, code: str
) -> None:
    assert GOAL.count(old) >= 1
    found = only(read(GOAL.replace(old, new, 1)))
    assert (found.line, found.path, found.value, found.code) == (line, path, value, code)


def test_all_faults_of_a_file_are_named_at_once_in_order_of_their_lines() -> None:
    bad = GOAL.replace("14511", "99").replace("median_pay", "x").replace("2400", "viel")
    assert [entry.code for entry in read(bad).findings] == [
        "unknown_indicator", "unknown_area", "number",
    ]  # fmt: skip
    assert [entry.line for entry in read(bad).findings] == [8, 9, 10]


def test_what_may_be_left_out_may_be_left_empty() -> None:
    empty = GOAL.replace(
        "    milestones:\n      - {year: 2025, value: 2900}\n", "    milestones:\n"
    )
    empty = empty.replace("value: 2400", "value: ").replace("en: Pay", "en: ") + "    note:\n"
    reading = read("example:\n" + empty)
    assert not reading.findings
    assert reading.file is not None
    assert reading.file.goals[0].milestones == ()


def test_the_second_entry_of_an_id_is_named_with_the_line_of_the_first() -> None:
    entry = GOAL[GOAL.index("  - id: pay") :]
    found = only(read(GOAL + entry))
    assert (found.line, found.value, found.code) == (14, "pay", "duplicate_id")
    assert found.parts == {"first": "5"}


def test_two_milestones_of_one_year_are_one_too_many() -> None:
    found = only(read(GOAL + "      - {year: 2025, value: 2950}\n"))
    assert (found.line, found.code) == (14, "milestone_twice")


@pytest.mark.parametrize("length", [121, 5000])
def test_a_name_that_is_too_long_is_refused_and_not_repeated_as_a_whole(length: int) -> None:
    found = only(read(GOAL.replace("Löhne", "L" * length)))
    assert (found.line, found.code) == (7, "too_long")
    assert found.parts == {"limit": 120, "count": length}
    assert len(found.value) < 70


def test_a_script_tag_as_a_name_stays_the_text_that_it_is() -> None:
    tag = "<script>alert(1)</script>"
    reading = read(GOAL.replace("Löhne", tag))
    assert reading.file is not None
    assert reading.file.goals[0].name.get("de") == tag


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_script_tag_in_a_faulty_file_is_shown_as_text(language: str) -> None:
    bad = read(GOAL.replace("id: pay", "id: <script>alert(1)</script>"))
    shown = faults.table(bad, "<b>file</b>", Texts(language))
    assert "<script>" not in shown
    assert "&lt;script&gt;" in shown
    assert "<b>file" not in shown


@pytest.mark.parametrize(
    ("content", "line", "code"),
    [
        (GOAL.encode("utf-16"), 1, "utf16"),
        (GOAL.encode("utf-16-le"), 1, "utf16"),
        (GOAL.encode("cp1252"), 7, "encoding"),
        (b"", 1, "empty"),
        (b"# only a remark\n", 1, "empty"),
        (b"- a\n- b\n", 1, "outline"),
        (b"goals: 5\n", 1, "shape"),
        (b"goals: [\n", 1, "yaml"),
        (b"fields:\n\t- id: a\n", 2, "yaml"),
        (b"goals: []\n---\ngoals: []\n", 2, "documents"),
        (b"goals:\n- id: a\x07\n", 2, "control"),
        (b"goals: " + b"[" * 5000, 1, "deep"),
        (b"a: &a [1]\nb: &b [*a, *a, *a]\nc: [*b, *b, *b]\n", 1, "alias"),
        (b"goals: !!python/object/apply:os.system [true]\n", 1, "tag"),
        (b"\x00\x01\x02", 1, "utf16"),
    ],
)
def test_bytes_that_are_no_file_of_goals_are_refused_with_their_line(
    content: bytes, line: int, code: str
) -> None:
    found = only(read(content))
    assert (found.line, found.code) == (line, code)


def test_a_windows_file_names_the_byte_and_the_letter_that_it_stands_for() -> None:
    found = only(read(GOAL.encode("cp1252")))
    assert found.parts == {"byte": "0xF6", "letter": "ö"}
    for language in LANGUAGES:
        assert "UTF-8" in faults.remedy(found, Texts(language))
        assert "0xF6" in faults.wrong(found, Texts(language))


def test_a_file_with_the_utf_8_mark_of_windows_is_read() -> None:
    assert read(b"\xef\xbb\xbf" + GOAL.encode()).file == read(GOAL).file


def many(count: int) -> bytes:
    entry = GOAL[GOAL.index("  - id: pay") :]
    entries = "".join(entry.replace("id: pay", f"id: pay_{place}") for place in range(count))
    return (GOAL[: GOAL.index("  - id: pay")] + entries).encode()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (many(10_000), "too_large"),
        (b"goals:\n" + b"- a\n" * 10_000, "too_many"),
        (b"goals:\n" + b"- {id: a, name: {de: b}}\n" * 10_000, "too_many_parts"),
    ],
    ids=["whole goals", "words", "short goals"],
)
def test_ten_thousand_rows_are_refused_with_the_limit_and_little_memory(
    content: bytes, code: str
) -> None:
    tracemalloc.start()
    found = only(read(content))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found.code == code
    assert isinstance(found.parts["limit"], int)
    assert peak < 40_000_000


def test_as_many_goals_as_are_allowed_are_read() -> None:
    small = b"goals: []\nfields:\n" + b"".join(
        f"- {{id: f{place}, name: {{de: a}}}}\n".encode() for place in range(goals.MOST_ENTRIES)
    )
    assert read(small).file is not None
    more = small + b"- {id: last, name: {de: a}}\n"
    assert only(read(more)).parts == {"count": 301, "limit": 300}


def test_a_file_full_of_faults_lists_the_first_and_counts_the_rest() -> None:
    reading = read(b"goals:\n" + b"- {}\n" * 100)
    assert reading.file is None
    assert len(reading.findings) == 50
    assert reading.more == 100 * 7 - 50


def test_every_fault_that_has_words_can_occur_and_says_what_to_do() -> None:
    modules = (ROOT / "indicators").glob("goals*.py")
    constants = {text for path in modules for _, text in source.constants(path)}
    ids = catalogue("de")
    codes = {name.rpartition(".")[2] for name in ids if name.startswith("masterplan.wrong.")}
    assert len(codes) > 30
    assert codes <= constants
    assert all(f"masterplan.remedy.{code}" in ids for code in codes)


@pytest.mark.parametrize(
    "link",
    [
        "https://example.org/karte",
        "//example.org/karte",
        "/\\example.org",
        "javascript:alert(1)",
        "/nowhere?x=1",
        "karte?x=1",
        "/karte#part",
        "/karte?x=<script>",
        "/../karte",
    ],
)
def test_a_link_that_leaves_the_application_is_refused(link: str) -> None:
    quoted = f"link: '{link}'"
    found = only(read_notes(NOTE.replace("link: /karte?ind=median_pay&area=14511", quoted)))
    assert (found.line, found.path, found.code) == (11, "notes[1].link", "link")


@pytest.mark.parametrize("link", ["/", "/karte", "/?lang=en", "/karte?ind=a&release=2026-11-24"])
def test_a_link_within_the_application_is_taken_with_a_pinned_release(link: str) -> None:
    assert goals.same_application(link, KNOWN.pages)


@pytest.mark.parametrize(
    ("old", "new", "line", "code"),
    [
        ("2026-11-24", "24.11.2026", 8, "date"),
        ("2026-11-24", "2026-02-30", 8, "date"),
        ("2026-11-24", "20261124", 8, "date"),
        ("author: AB", "author: Anna Beispiel", 9, "initials"),
        ("author: AB", "author: <b>", 9, "initials"),
        ("order: 1", "order: 0", 7, "order_range"),
        ("story: change", "story: other", 6, "unknown_story"),
        ("Erste Notiz", "x" * 1501, 10, "too_long"),
    ],
)
def test_a_fault_of_a_note_is_named_with_its_line(old: str, new: str, line: int, code: str) -> None:
    found = only(read_notes(NOTE.replace(old, new)))
    assert (found.line, found.code) == (line, code)


def test_two_notes_cannot_have_the_same_place_in_a_story() -> None:
    second = NOTE[NOTE.index("  - id: one") :].replace("id: one", "id: two")
    assert only(read_notes(NOTE + second)).code == "order_twice"


def test_a_note_is_added_at_the_end_of_its_story_or_begins_a_new_one() -> None:
    file = read_notes(NOTE).file
    assert file is not None
    note = {"story": "change", "date": "2026-11-25", "author": "CD", "link": "/karte"}
    added = goals.add_note(file, note | {"text": {"de": "Zweite"}}, KNOWN).file
    assert added is not None
    assert [entry.order for entry in added.notes] == [1, 2]
    title = {"de": "Neu"}
    begun = goals.add_note(added, note | {"text": {"de": "Dritte"}}, KNOWN, title).file
    assert begun is not None
    assert (begun.stories[-1].name.get("de"), begun.notes[-1].order) == ("Neu", 1)
    refused = goals.add_note(begun, note | {"text": {}, "link": "https://example.org"}, KNOWN)
    assert {entry.code for entry in refused.findings} == {"missing", "link"}


ODD = ["no", "1:30", "0x1F", "~", "a: b # c", "'\"\\", "é €\U0001f600", "- x", "<script>", "=1+1"]


@pytest.mark.parametrize("name", ODD)
def test_what_is_exported_reads_back_equal_whatever_the_words(name: str) -> None:
    raw = yaml.safe_load(GOAL)
    raw["goals"][0]["name"] = {"de": name, "en": name}
    raw["goals"][0]["note"] = {"de": f"{name}\n\n{name}"}
    file = GoalFile.model_validate(raw)
    assert read(goals.write(file)).file == file


def test_notes_and_an_empty_file_read_back_equal() -> None:
    file = read_notes(NOTE).file
    assert file is not None
    assert goals.read_notes(goals.write(file), KNOWN).file == file
    assert read(goals.write(GoalFile())).file == GoalFile()


@pytest.mark.parametrize("value", [0.1, 1e-9, 1e21, -3.5, 123456789.123])
def test_numbers_read_back_to_the_last_digit(value: float) -> None:
    raw = yaml.safe_load(GOAL)
    raw["goals"][0] |= {"target": {"year": 2030, "value": value}, "milestones": []}
    file = GoalFile.model_validate(raw)
    assert read(goals.write(file)).file == file


def series(*rows: tuple[int, float | None, float | None, float | None, str, str]) -> pd.DataFrame:
    names = ["year", "value", "lower", "upper", "mark", "qualifier"]
    return pd.DataFrame(list(rows), columns=names).astype(
        dict.fromkeys(("value", "lower", "upper"), "float64")
    )


def the_goal() -> goals.Goal:
    file = read(GOAL).file
    assert file is not None
    return file.goals[0]


def test_a_baseline_that_is_not_that_of_the_release_is_a_difference_and_the_file_holds() -> None:
    frame = series((2019, 2450.4, None, None, "value", ""), (2024, 2900.0, None, None, "value", ""))
    found = goals.assess(the_goal(), frame, 0)
    assert (found.baseline, found.given, found.differs) == (
        (2400.0, 2400.0), True, (2450.0, 2450.0),
    )  # fmt: skip
    same = goals.assess(the_goal(), series((2019, 2400.4, None, None, "value", "")), 0)
    assert same.differs is None


def test_without_a_baseline_of_its_own_a_goal_starts_from_the_release() -> None:
    text = GOAL.replace("{year: 2019, value: 2400}", "{year: 2019}")
    file = read(text).file
    assert file is not None
    frame = series((2019, None, 2410.2, 2430.1, "secret", ""))
    found = goals.assess(file.goals[0], frame, 0)
    assert (found.baseline, found.given) == ((2410.0, 2431.0), False)


def test_a_figure_that_reads_as_the_target_has_reached_it() -> None:
    goal = the_goal().model_copy(update={"target": goals.Goal.model_fields["target"].annotation(
        year=2030, value=3400)})  # fmt: skip
    frame = series((2025, 3399.6, None, None, "value", ""))
    assert goals.assess(goal, frame, 0).judgement.status == "reached"
    assert goals.assess(goal, frame, 1).judgement.status == "on_path"


def test_a_secret_cell_of_the_release_is_never_taken_for_zero() -> None:
    frame = series((2025, None, None, None, "secret", ""))
    judged = goals.assess(the_goal(), frame, 0).judgement
    assert (judged.status, judged.reason) == ("unjudged", "secret")


def test_milestones_are_due_up_to_the_year_of_the_figure() -> None:
    early = goals.assess(the_goal(), series((2024, 2900, None, None, "value", "")), 0)
    assert early.milestones == {}
    due = goals.assess(the_goal(), series((2025, 2899, None, None, "value", "")), 0)
    assert due.milestones == {2025: False}
    gap = goals.assess(the_goal(), series((2026, 2950, None, None, "value", "")), 0)
    assert gap.milestones == {2025: None}


def test_the_files_that_ship_are_examples_without_faults_and_say_so(release: Path) -> None:
    path = str(release)
    file = kept.parsed_goals(path, (ROOT / "data/goals/goals.yml").read_bytes()).file
    told = kept.parsed_notes(path, (ROOT / "data/goals/notes.yml").read_bytes()).file
    assert file is not None
    assert told is not None
    assert file.example
    assert told.example
    assert len(file.fields) >= 4
    assert len(file.goals) >= 6
    assert len(told.notes) >= 4
    for language, word in (("de", "Beispiel"), ("en", "Example")):
        assert all(goal.name.get(language).startswith(word) for goal in file.goals)
        assert all(note.text.get(language).startswith(word) for note in told.notes)


def test_the_examples_stand_as_the_release_has_it(release: Path) -> None:
    """Table 13211-02-05-4: Chemnitz 8.3 % (2019), 10.4 % (2025); INKAR 2024: Mittelsachsen 2.24."""
    store = open_store(release)
    file = kept.parsed_goals(str(release), (ROOT / "data/goals/goals.yml").read_bytes()).file
    assert file is not None
    status = {}
    for goal in file.goals:
        frame = store.series(goal.indicator, [goal.area])
        decimals = store.indicator(goal.indicator).decimals
        status[goal.id] = goals.assess(goal, frame, decimals).judgement.status
    store.close()
    assert status == {
        "jugendarbeitslosigkeit": "away",
        "loehne": "on_path",
        "insolvenzen": "reached",
        "bip": "not_comparable",
        "auslaendische_fachkraefte_region": "on_path",
        "auslaendische_fachkraefte_mittelsachsen": "unjudged",
        "elektroautos": "behind",
    }


def test_goals_may_refer_to_every_area_and_page_that_there_is(release: Path) -> None:
    found = kept.known(str(release))
    assert {"14511", "145", "14", "DG"} <= found.areas
    assert {"/", "/karte", "/masterplan"} <= found.pages
    assert data.indicators(str(release)).keys() == found.indicators
