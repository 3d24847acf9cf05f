"""Any figure can be explained: computed again from the cells that are named, it is the same."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from indicators.explanation import Explanation, Quantity
from indicators.exports import citations
from indicators.provenance import Provenance, open_provenance
from tests.conftest import connect

SEED, PER_THEME = 20261124, 10
# Compares whole structures: its line is no arithmetic, its cells overlap (C is a part of B-E).
STRUCTURE = "structural_change"


@pytest.fixture(scope="module")
def provenance(release: Path) -> Provenance:
    return open_provenance(release)


@pytest.fixture(scope="module")
def picked(release: Path) -> list[tuple[str, str, int]]:
    """Return ten figures of every theme, picked at random with a fixed seed."""
    with connect(release) as connection:
        rows = connection.execute(
            """SELECT i.theme, v.indicator, v.area_id, v.year FROM indicator_value v
            JOIN indicator i ON i.id = v.indicator
            WHERE v.value IS NOT NULL ORDER BY ALL"""
        ).fetchall()
    themes: dict[str, list[tuple[str, str, int]]] = {}
    for theme, *figure in rows:
        themes.setdefault(theme, []).append((figure[0], figure[1], int(figure[2])))
    chance = random.Random(SEED)  # noqa: S311
    return [figure for rows in themes.values() for figure in chance.sample(rows, PER_THEME)]


def explained(provenance: Provenance, figure: tuple[str, str, int]) -> Explanation:
    explanation = provenance.explain(*figure)
    assert explanation is not None, figure
    return explanation


def plain(quantity: Quantity) -> str:
    return f"({quantity.value!r})"


def test_the_formula_with_its_numbers_gives_the_figure(
    provenance: Provenance, picked: list[tuple[str, str, int]]
) -> None:
    for figure in picked:
        if figure[0].startswith(STRUCTURE):
            continue
        explanation = explained(provenance, figure)
        filled = explanation.filled(plain, "en").replace(",", "")
        computed = eval(filled.translate(str.maketrans("÷×−", "/*-")))  # noqa: S307
        assert computed == pytest.approx(explanation.value, rel=1e-9), (figure, filled)


def test_every_known_quantity_of_a_figure_names_its_cells(
    provenance: Provenance, picked: list[tuple[str, str, int]]
) -> None:
    for figure in picked:
        explanation = explained(provenance, figure)
        assert explanation.quantities, figure
        for quantity in explanation.quantities:
            assert quantity.parts, (figure, quantity.name)
            for part in quantity.parts:
                assert part.path and part.sha256 and part.line > 0 and part.column
                assert part.licence and part.attribution and part.publisher.de


def test_cells_add_up_to_their_quantity(
    provenance: Provenance, picked: list[tuple[str, str, int]]
) -> None:
    weighted = {"supplier_weighted_persons"}
    for figure in picked:
        if figure[0] in weighted or figure[0].startswith(STRUCTURE):
            continue
        for quantity in explained(provenance, figure).quantities:
            values = [part.value for part in quantity.parts]
            if all(value is not None for value in values):
                total = sum(value for value in values if value is not None)
                assert total == pytest.approx(quantity.value, rel=1e-9), (figure, quantity.name)


def test_a_secret_quantity_shows_the_sign_of_its_cell_and_the_protected_interval(
    provenance: Provenance,
) -> None:
    # 42111-02-03-4, 30 September 2015: WZ 29 in Chemnitz is secret, all industry has 14,169.
    explanation = explained(provenance, ("automotive_share_of_industry", "14511", 2015))
    secret, whole = explanation.quantities
    assert (secret.value, secret.mark) == (None, "secret")
    assert [part.published for part in secret.parts] == ["."]
    assert (secret.lower, secret.upper) == (0, 4890)
    assert whole.value == 14169
    assert [part.published for part in whole.parts] == ["14169"]


def test_a_change_names_the_cells_of_both_years(provenance: Provenance) -> None:
    explanation = explained(provenance, ("employees_growth", "145", 2020))
    assert [(entry.year, entry.value) for entry in explanation.quantities] == [
        (2020, 542531),
        (2015, 535941),
    ]


def test_a_corrected_figure_shows_the_cell_as_it_was_printed(provenance: Provenance) -> None:
    # sbs_r_nuts06_r2 prints the region's figure in the row of DED2 from 2013 on.
    explanation = explained(provenance, ("automotive_persons_employed", "145", 2013))
    (quantity,) = explanation.quantities
    assert quantity.qualifier == "corrected"
    assert [part.published.split()[0] for part in quantity.parts] == ["23855"]


def test_what_the_release_does_not_have_is_not_explained(provenance: Provenance) -> None:
    assert provenance.explain("population", "14511", 1850) is None
    assert provenance.explain("no_such_indicator", "14511", 2015) is None
    assert provenance.explain("population", "99999", 2015) is None


CITED = citations.Cited(
    key="unemployment_rate-14511-2025",
    title="Arbeitslosenquote: 50 % & mehr_{x}",
    release="2026-07-09-abcdef0123",
    year=2026,
    link="http://localhost/daten?fig=a~b~1&release=2026",
    sources=("© Statistische Ämter des Bundes und der Länder.", "Zweite Quelle"),
)


def test_a_citation_names_title_release_address_and_every_source() -> None:
    for write in (citations.sentence, citations.bibtex, citations.ris):
        written = write(CITED)
        for part in (CITED.release, CITED.link, "2026", "Zweite Quelle"):
            assert part in written


def test_bibtex_escapes_what_latex_would_run_and_closes_its_braces() -> None:
    written = citations.bibtex(CITED)
    assert r"50 \% \& mehr\_\{x\}" in written
    bare = written.replace(r"\{", "").replace(r"\}", "")
    assert bare.count("{") == bare.count("}")
    assert written.startswith("@misc{strukturmonitor-unemployment-rate-14511-2025,")


def test_ris_has_one_tag_a_line_and_ends_the_record() -> None:
    lines = citations.ris(CITED).split("\r\n")
    assert lines[0] == "TY  - DATA"
    assert lines[-2:] == ["ER  - ", ""]
    assert all(line[2:6] == "  - " for line in lines[:-1])
