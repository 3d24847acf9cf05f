"""Every text exists in both languages, says the same things, and is used; none is missing."""

from __future__ import annotations

import ast
from collections import Counter
from pathlib import Path
from string import Formatter

import pytest
from babel.messages import pofile

from etl import model as tables
from indicators.registry import load_registry
from indicators.store import open_store
from pages._ui import classes, controls, method, shell
from pages._ui.i18n import LANGUAGES, LOCALE, Texts, catalogue
from tests import source
from tests.source import PAGES, ROOT, UI

CODE = (*PAGES, *UI)
FILLED_LATER = {"legend.class"}  # handed on as it stands, for every class anew


def in_files(language: str) -> dict[str, list[str]]:
    """Return catalogue file -> message ids in it, as often as they stand there."""
    found = {}
    for path in sorted((LOCALE / language).rglob("*.po")):
        lines = path.read_text(encoding="utf-8").splitlines()
        found[path.name] = [
            line[7:-1] for line in lines if line.startswith('msgid "') and line[7:-1]
        ]
    return found


def placeholders(text: str) -> Counter[str]:
    """Return the fields of a text, `{{mark}}` (filled later) included."""
    once = Counter(name for _, name, _, _ in Formatter().parse(text) if name is not None)
    later = text.replace("{{", "\0").replace("}}", "\1")
    once.update(part.split("\1")[0] for part in later.split("\0")[1:])
    return once


def test_both_languages_have_the_same_catalogues_with_the_same_ids() -> None:
    german, english = (in_files(language) for language in LANGUAGES)
    assert german.keys() == english.keys()
    for name, ids in german.items():
        assert set(ids) == set(english[name]), name


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_id_stands_once_in_all_catalogues_of_a_language(language: str) -> None:
    twice = Counter(entry for ids in in_files(language).values() for entry in ids)
    assert not [entry for entry, times in twice.items() if times > 1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_empty_or_loses_words_at_its_ends(language: str) -> None:
    wrong = [name for name, text in catalogue(language).items() if not text or text != text.strip()]
    assert not wrong
    for path in (LOCALE / language).rglob("*.po"):
        with path.open("rb") as file:
            assert not [entry.id for entry in pofile.read_po(file, locale=language) if entry.fuzzy]


def test_a_text_has_the_same_placeholders_in_both_languages() -> None:
    german, english = (catalogue(language) for language in LANGUAGES)
    wrong = {
        name: (text, english[name])
        for name, text in german.items()
        if placeholders(text).keys() != placeholders(english[name]).keys()
    }
    assert not wrong


def test_no_id_is_unused() -> None:
    constants = {text for path in CODE for _, text in source.constants(path)}
    patterns = [pattern for path in CODE for pattern in source.patterns(path)]
    counted = {f"{entry}.{form}" for entry in constants for form in ("one", "many")}
    unused = [
        name
        for name in catalogue("de")
        if name not in constants | counted and not any(p.fullmatch(name) for p in patterns)
    ]
    assert not unused


def test_every_text_that_the_code_asks_for_exists() -> None:
    known, asked, wrong = catalogue("de"), 0, []
    for path in CODE:
        for call, alternatives in source.asked(path):
            asked += 1
            wrong += [
                f"{path.relative_to(ROOT)}:{call.lineno} asks for {ast.unparse(argument)}"
                for argument in alternatives
                if not exists(argument, counted(call), known)
            ]
    assert not wrong
    assert asked > 100, "the test no longer sees how texts are asked for"


def counted(call: ast.Call) -> bool:
    """Return whether a call asks for the form of a text for a number."""
    return isinstance(call.func, ast.Attribute) and call.func.attr == "count"


def exists(argument: ast.expr, count: bool, known: dict[str, str]) -> bool:
    """Return whether the text of an argument exists; a variable is covered by the page tests."""
    if isinstance(argument, ast.Constant):
        forms = (".one", ".many") if count else ("",)
        return all(f"{argument.value}{form}" in known for form in forms)
    if isinstance(argument, ast.JoinedStr):
        pattern = source.pattern(argument, {word for name in known for word in name.split(".")})
        return pattern is None or any(pattern.fullmatch(name) for name in known)
    return True


def test_a_text_is_filled_with_exactly_what_it_has_room_for() -> None:
    known, wrong = catalogue("de"), []
    for path in CODE:
        for call, alternatives in source.asked(path):
            if counted(call) or any(keyword.arg is None for keyword in call.keywords):
                continue
            given = {keyword.arg for keyword in call.keywords}
            wrong += [
                f"{path.relative_to(ROOT)}:{call.lineno} fills {given} into {argument.value}"
                for argument in alternatives
                if isinstance(argument, ast.Constant)
                and argument.value not in FILLED_LATER
                and given != set(placeholders(known.get(str(argument.value), "")))
            ]
    assert not wrong


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_that_a_release_or_an_address_may_hold_has_a_text(language: str) -> None:
    t = Texts(language)
    pages = [page.removeprefix("pages/").removesuffix(".py") for page in shell.PAGES]
    for family, names in {
        "mark": method.MARKS,
        "qualifier": method.QUALIFIERS,
        "scheme": classes.SCHEMES,
        "extent": controls.EXTENTS,
        "scale": controls.SCALES,
        "limits": method.LIMITS,
        "direction": ("up_is_good", "down_is_good", "neutral"),
        "checks.status": tuple(method.SYMBOLS),
        "files.status": ("used", "partly_used", "superseded", "refused", "not_used"),
    }.items():
        assert all(t(f"{family}.{name}") for name in names)
    assert all(t(f"{page}.{part}") for page in pages for part in ("title", "lead", "link", "way"))
    assert all(t(f"mark.{name}.explained") for name in method.MARKS)
    assert all(t(f"extent.{name}.kreise") for name in controls.EXTENTS)


def test_every_check_of_the_release_has_a_name_in_both_languages(release: Path) -> None:
    names = set(open_store(release).checks()["check"])
    assert names
    for language in LANGUAGES:
        assert all(method.check_name(name, Texts(language)) != name for name in names)
    assert method.check_name("of_next_year", Texts("de")) == "of_next_year"


def test_every_text_of_the_registry_and_of_the_tables_exists_in_both_languages() -> None:
    registry = load_registry()
    entries = [indicator for _, _, indicator in registry.entries()]
    texts = [theme.name for theme in registry.themes]
    for entry in entries:
        texts += [entry.name, entry.short, entry.description, entry.caveats, entry.reference]
    declared = tables.load_catalogue().datasets
    for dataset in declared.values():
        texts += [dataset.title, dataset.reference]
    assert len(texts) > 5 * len(entries) > 0
    assert not [text for text in texts if not text.de.strip() or not text.en.strip()]
