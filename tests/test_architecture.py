"""Which way imports go, what a page file may hold, and that nothing leads out of the repository."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests import source
from tests.source import PAGES, ROOT, UI

BUILD_ONLY = ("geopandas", "scipy", "mapclassify", "pandera")
READERS = {
    "indicators.store",
    "indicators.strengths_store",
    "indicators.change_store",
    "indicators.commuters",
    "indicators.composite",
    "indicators.explanation",
    "indicators.exports.citations",
    "indicators.exports.description",
    "indicators.extract_files",
    "indicators.extracts",
    "indicators.goals",
    "indicators.groups",
    "indicators.legend",
    "indicators.provenance",
    "indicators.releases",
    "indicators.claims",  # whether figures support a claim, as the tests of claims have it
    "indicators.registry",
    "indicators.records",
    "indicators.model",
    "indicators.formulas.scenario",  # what a reader sets with sliders cannot be built beforehand
}
LONGEST, LONGEST_PAGE = 300, 160
# An id of a text, a key, the path of a page, the key of an area, or markup without a letter.
PLAIN = re.compile(r"[a-z0-9_./-]{0,60}|DG|[\W_]{0,9}")
SQL = re.compile(r"\b(SELECT\b.*\bFROM|INSERT INTO|CREATE TABLE|COPY)\b", re.DOTALL)
# Put together here, so that this file does not name what it looks for.
OUTSIDE = [
    re.compile("|".join(start + r"[\w.]" for start in (r"/w[o]rk/", r"\.\./s[h]ared")).encode()),
    re.compile(rb"(?<![\w.:/-])/(?:home|root|Users|mnt)/\w"),
]
ALLOWED_OUTSIDE = {".ci/run"}
GRAMMAR = {"places.py"}  # which preposition a German place name takes is code, not a text


@pytest.mark.parametrize(
    ("folder", "forbidden"),
    [
        ("indicators", ("etl", "pages", "streamlit", "plotly", "pydeck")),
        ("indicators/formulas", ("etl", "pages", "streamlit", "duckdb", "yaml")),
        ("etl", ("pages", "streamlit", "plotly", "pydeck")),
        ("pages", ("etl", "duckdb", *BUILD_ONLY)),
    ],
)
def test_imports_go_one_way(folder: str, forbidden: tuple[str, ...]) -> None:
    files = source.modules(folder)
    assert files
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in files
        for name in sorted(source.imports(path))
        if name.split(".")[0] in forbidden
    ]
    assert not wrong


def test_a_page_knows_only_streamlit_and_what_pages_share() -> None:
    wrong = [
        f"{path.name} imports {name}"
        for path in PAGES
        for name in sorted(source.imports(path))
        if not name.startswith("pages._ui.")
        and name.split(".")[0] not in {"streamlit", "__future__", *sys.stdlib_module_names}
    ]
    assert not wrong


def test_what_pages_share_reads_figures_through_the_store_only() -> None:
    wrong = [
        f"{path.name} imports {name}"
        for path in UI
        for name in sorted(source.imports(path))
        if name.split(".")[0] == "indicators" and not {name, name.rpartition(".")[0]} & READERS
    ]
    assert not wrong
    assert not [path for path in UI if any(n.split(".")[0] == "app" for n in source.imports(path))]


RUN_ALL = """
import sys
from streamlit.testing.v1 import AppTest
app = AppTest.from_file(sys.argv[1], default_timeout=60).run()
for page in sys.argv[2:]:
    assert not app.switch_page(page).run().exception, (page, app.exception)
import importlib, pathlib
for path in pathlib.Path("pages/_ui").rglob("[!_]*.py"):
    importlib.import_module(".".join(path.with_suffix("").parts))
sys.stdout.write(" ".join(sorted({name.split(".")[0] for name in sys.modules})))
"""


def test_the_running_application_does_not_load_what_only_the_build_needs(release: Path) -> None:
    names = [str(path.relative_to(ROOT)) for path in PAGES]
    run = subprocess.run(
        [sys.executable, "-c", RUN_ALL, str(ROOT / names[0]), *names[1:]],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr[-2000:]
    loaded = set(run.stdout.split())
    assert {"streamlit", "duckdb", "pages"} <= loaded
    assert not loaded & {*BUILD_ONLY, "etl"}


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_a_page_file_is_thin_and_holds_no_text_and_no_query(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) < LONGEST_PAGE
    texts = [f"line {line}: {text!r}" for line, text in source.constants(path)]
    wrong = [
        said
        for said, (_, text) in zip(texts, source.constants(path), strict=True)
        if not PLAIN.fullmatch(text)
    ]
    assert not wrong, "texts belong into the catalogues, queries into indicators.queries"


@pytest.mark.parametrize("path", UI, ids=lambda path: path.name)
def test_what_pages_share_holds_no_query_and_no_german(path: Path) -> None:
    wrong = [
        f"line {line}: {text!r}"
        for line, text in source.constants(path)
        if SQL.search(text) or (path.name not in GRAMMAR and re.search("[äöüÄÖÜß]", text))
    ]
    assert not wrong


def test_no_file_is_too_long_to_be_read() -> None:
    files = [
        ROOT / "app.py",
        *(p for f in ("etl", "indicators", "pages") for p in source.modules(f)),
    ]
    long = {
        str(path.relative_to(ROOT)): lines
        for path in files
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST
    }
    assert not long


def test_nothing_in_the_repository_names_a_path_outside_it() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],  # noqa: S607
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip("this is not a git checkout")
    names = [name for name in listed.stdout.decode().split("\0") if name]
    assert "app.py" in names
    wrong = []
    for name in names:
        content = (ROOT / name).read_bytes() if (ROOT / name).is_file() else b""
        found = [hit.group() for outside in OUTSIDE for hit in outside.finditer(content)]
        if found and name not in ALLOWED_OUTSIDE:
            wrong.append((name, found[:3]))
    assert not wrong
