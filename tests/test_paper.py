"""A document becomes a PDF that screen readers can read, and no text in it is ever code."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from pypdf.generic import ContentStream

from pages._ui import colours
from pages._ui.paper import drawing, glyphs, pdf, plotly, screen
from pages._ui.paper.axis import fit
from pages._ui.paper.model import (
    Amount,
    Bar,
    Block,
    Chart,
    Document,
    Foot,
    Heading,
    Lead,
    Line,
    Lines,
    Link,
    Note,
    Paragraph,
    Point,
    Points,
    Rows,
    Side,
    Source,
    Table,
)

ROOT = Path(__file__).resolve().parents[1]
HOSTILE = (
    '#panic("x") #read("/etc/passwd") $1 + 1$ *bold* _it_ `raw` @ref <label> \\ // /* [x] = h',
    "<script>alert(1)</script>",
    '"); #import "@preview/cetz:0.3.0"',
    "{{unfilled}} \\u{41} #sys.inputs",
)
GERMAN = "ÄÖÜäöüß „Anführung“ ‚halb‘ – — − × ≥ ≤ § ‰ ½ € m² … ’ ↑ ↓ →"
POINTS = tuple(Point(year, 20 + year % 7) for year in range(2010, 2020))
LINES = Lines(
    (
        Line("Hier", (*POINTS, Point(2020, None, 18.0, 24.0, "secret")), 0),
        Line("Dort", POINTS, 1),
    ),
    "%",
    (2015,),
    "Bruch",
    "geheim: möglicher Bereich",
    "Achse beginnt nicht bei null",
    1,
)
ROWS = Rows(
    (
        Bar("A", -3.0, -3.0, "−3,0 %", 0, "Gruppe"),
        Bar("B", 1.0, 4.0, "1 bis 4 %", 1, "Gruppe"),
        Bar("C", None, None, "geheim", 2, "Andere"),
    ),
    "Prozent",
)


def table(rows: int, name: str = "Tabelle") -> Table:
    cells = tuple((f"{name} Zeile {row}", Amount(row, f"{row},0")) for row in range(rows))
    return Table(name, ("Gebiet", "Wert"), cells, (False, True), name=name)


def document(*blocks: Block, language: str = "de") -> Document:
    foot = Foot("Quellen: Amt.", "Datenstand 2026-01-01-abc.", "24. November 2026")
    return Document("Steckbrief: Zwickau", "Untertitel", language, blocks, foot)


ALL = (
    Heading("Erster Abschnitt"),
    Lead("Das Wichtigste zuerst."),
    Paragraph(GERMAN),
    *(Paragraph(words) for words in HOSTILE),
    Points((("Begriff:", "Aussage"), ("", HOSTILE[1]))),
    Heading("Unterabschnitt", 2),
    Chart(ROWS, "Balken", "Balken von A bis C"),
    Side((Chart(LINES, "Links", "Verlauf links"), Chart(LINES, "Rechts", "Verlauf rechts"))),
    table(3),
    Note("Anmerkung"),
    Source("Quelle: Tabelle 1"),
    Link("gut", "https://example.org/karte?lang=de&area=14511"),
    Link("böse", "javascript:alert(1)"),
    Link("datei", "file:///etc/passwd"),
)


@cache
def written(*blocks: Block, language: str = "de") -> PdfReader:
    return PdfReader(BytesIO(pdf.write(document(*blocks, language=language))))


@pytest.fixture
def whole() -> PdfReader:
    return written(*ALL)


def tags(node: Any) -> Iterator[tuple[str, str]]:
    """Yield type and alternative text of every element of the structure of a PDF, in order."""
    node = node.get_object() if hasattr(node, "get_object") else node
    for child in node if isinstance(node, list) else [node]:
        entry = child.get_object() if hasattr(child, "get_object") else child
        if isinstance(entry, dict) and "/S" in entry:
            yield str(entry["/S"]).lstrip("/"), str(entry.get("/Alt", ""))
            yield from tags(entry.get("/K", []))


def structure(reader: PdfReader) -> list[tuple[str, str]]:
    return list(tags(reader.trailer["/Root"]["/StructTreeRoot"]["/K"]))


def text(reader: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def fonts(reader: PdfReader) -> Iterator[Any]:
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():
            yield font.get_object()["/DescendantFonts"][0].get_object()


@pytest.mark.parametrize(("language", "tag"), [("de", "de-DE"), ("en", "en-GB")])
def test_a_document_says_its_language_and_title_and_is_tagged(language: str, tag: str) -> None:
    reader = written(*ALL, language=language)
    root = reader.trailer["/Root"]
    assert root["/Lang"] == tag
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata is not None
    assert reader.metadata.title == "Steckbrief: Zwickau"
    assert {round(float(side)) for side in reader.pages[0].mediabox[2:]} == {595, 842}  # A4
    assert b"pdfuaid:part" in root["/Metadata"].get_object().get_data()


def test_headings_lists_tables_and_charts_are_told_to_a_screen_reader(whole: PdfReader) -> None:
    found = structure(whole)
    names = [name for name, _ in found]
    assert [name for name in names if re.fullmatch(r"Title|H\d", name)] == ["Title", "H1", "H2"]
    assert names.count("Table") == 1
    assert names.count("TH") == 2
    assert names.count("TD") == 6
    assert names.count("LI") == 2
    alternatives = [alt for name, alt in found if name == "Figure"]
    assert alternatives == ["Balken von A bis C", "Verlauf links", "Verlauf rechts"]


def test_the_outline_leads_to_every_heading(whole: PdfReader) -> None:
    flat = str(list(whole.outline))
    assert "Erster Abschnitt" in flat
    assert "Unterabschnitt" in flat


def test_fonts_are_inside_and_open(whole: PdfReader) -> None:
    used = list(fonts(whole))
    assert used
    for font in used:
        assert "SourceSans3" in str(font["/BaseFont"])
        descriptor = font["/FontDescriptor"].get_object()
        assert {"/FontFile2", "/FontFile3"} & set(descriptor)


def test_every_sign_has_a_glyph(whole: PdfReader) -> None:
    shown = 0
    for page in whole.pages:
        for operands, operator in ContentStream(page.get_contents(), whole).operations:
            if operator not in (b"Tj", b"TJ"):
                continue
            parts = operands[0] if isinstance(operands[0], list) else operands
            for part in parts:
                raw = getattr(part, "original_bytes", None)
                if raw is None:
                    continue
                codes = [raw[at : at + 2] for at in range(0, len(raw), 2)]
                shown += len(codes)
                assert b"\0\0" not in codes, "a sign is shown as .notdef"
    assert shown > 500
    for sign in GERMAN.split():
        assert sign in text(whole)


def test_signs_that_the_fonts_lack_become_a_square_and_never_a_failure() -> None:
    said = glyphs.text("Café 漢字 🙂\x00\x07 a\nb\ud800 ﷽")
    assert said == "Café □□ □ a b□ □"
    assert "□□" in text(written(Paragraph("漢字 \ud800"), Heading("🙂")))


def test_a_text_is_never_markup_code_or_a_path(whole: PdfReader) -> None:
    said = text(whole)
    for words in HOSTILE:
        assert " ".join(words.split()) in said
    assert "root:" not in said


def test_only_web_addresses_become_links(whole: PdfReader) -> None:
    targets = [
        str(note.get_object()["/A"]["/URI"])
        for page in whole.pages
        for note in page.get("/Annots", [])
        if "/URI" in note.get_object().get("/A", {})
    ]
    assert targets == ["https://example.org/karte?lang=de&area=14511"]
    assert "/JavaScript" not in whole.trailer["/Root"].get("/Names", {})


def test_every_page_names_sources_release_day_and_number() -> None:
    reader = written(table(140))
    assert len(reader.pages) >= 3
    for number, page in enumerate(reader.pages, 1):
        said = " ".join(page.extract_text().split())
        for words in ("Quellen: Amt.", "2026-01-01-abc", "24. November 2026"):
            assert words in said
        assert f"Seite {number} von {len(reader.pages)}" in said


def test_a_long_table_repeats_its_head_and_a_short_one_stays_whole() -> None:
    long = written(table(140))
    assert all("Gebiet" in page.extract_text() for page in long.pages)
    for fill in range(28, 44, 3):
        reader = written(*(Paragraph("Text") for _ in range(fill)), table(12, "Kurz"))
        rows = [page.extract_text().count("Kurz Zeile") for page in reader.pages]
        assert sorted(rows)[-1] == 12, f"the table is split after {fill} paragraphs: {rows}"


@pytest.mark.parametrize("follows", [Paragraph("Danach. " * 60), Chart(ROWS, "Bild", "Bild")])
def test_no_heading_and_no_lead_ends_a_page(follows: Block) -> None:
    for fill in range(24, 48, 2):
        before = [Paragraph("Text") for _ in range(fill)]
        reader = written(*before, Heading("Ueberschrift"), Lead("Leitsatz."), follows)
        for page in reader.pages:
            lines = page.extract_text().split("Quellen: Amt.")[0].split("\n")
            body = [line for line in lines if line.strip()]
            assert body[-1].strip() not in ("Ueberschrift", "Leitsatz."), fill


def test_a_row_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="2 cells"):
        Table("T", ("A", "B"), (("a",),), (False, True))


def test_a_line_is_broken_where_a_year_lacks_and_where_the_method_changes() -> None:
    points = (Point(2012, 1), Point(2013, 2), Point(2015, 3), Point(2016, None), Point(2017, 4))
    line = Line("L", (*points, Point(2018, 5), Point(2019, 6)))
    years = [[year for year, _ in piece] for piece in drawing.pieces(line, (2019,))]
    assert years == [[2012, 2013], [2015], [2017, 2018], [2019]]


def test_an_axis_holds_zero_unless_all_is_far_from_it_and_then_says_so() -> None:
    assert (fit([3.0, 40.0], True).low, fit([3.0, 40.0], True).cut) == (0, False)
    cut = fit([300.0, 310.0], True)
    assert cut.cut
    assert cut.low > 0
    assert not fit([300.0, 310.0], False).cut
    assert fit([-3.0, 4.0], False).low <= -3
    assert fit([0.0], True).high > 0
    drawn = drawing.lines(LINES, "de")
    assert drawn["cut"] == "Achse beginnt nicht bei null"


def test_ticks_are_written_in_the_language_and_differ() -> None:
    wide = Lines((Line("L", (Point(2000, 1200.0), Point(2001, 40.0))),), "Personen")
    german, english = (drawing.lines(wide, language) for language in ("de", "en"))
    assert "1.000" in [tick["text"] for tick in german["y"]]
    assert "1,000" in [tick["text"] for tick in english["y"]]
    for high in (0.3, 0.9, 1.0, 3.0, 7.0, 26.0, 1.4e6):
        for decimals in (0, 1):
            axis = fit([0.0, high], False, whole=decimals == 0)
            labels = [axis.label(tick, decimals, "de") for tick in axis.ticks]
            assert len(set(labels)) == len(labels), (high, labels)


def test_page_and_paper_draw_the_same_rows() -> None:
    on_page = plotly.figure(ROWS, "de", narrow=False, dark=False)
    said = " ".join(str(trace.get("text", "")) for trace in on_page["data"])
    assert all(row.text in said.replace("\xa0", " ") or row.text in said for row in ROWS.rows)
    assert "Gruppe" in str(on_page["layout"]["annotations"])


def test_what_a_user_writes_is_harmless_on_the_page() -> None:
    for words in HOSTILE:
        assert "<script>" not in screen.html(Paragraph(words))
        assert "<script>" not in screen.html(Points(((words, words),)))
    link = screen.html(Link("böse", "javascript:alert(1)"))
    assert "href" not in link
    rows = Rows((Bar(HOSTILE[1], 1.0, 1.0, HOSTILE[1]),), HOSTILE[1])
    assert "<script>" not in str(plotly.figure(rows, "de", narrow=False, dark=False))
    assert screen.plain("*a* [b](c) :red[d] $e$ # f").count("\\") >= 10


def test_the_application_does_not_load_the_typesetter() -> None:
    code = "import sys; import pages._ui.sheet.view; print(sorted(sys.modules))"
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert "'pages._ui.paper.pdf'" in run.stdout
    assert "'typst'" not in run.stdout
    assert "'fontTools'" not in run.stdout


def test_a_typesetter_that_fails_is_an_error_that_names_the_document(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.typ"
    broken.write_text("#panic(1)", encoding="utf-8")
    monkeypatch.setattr(pdf, "TEMPLATE", broken)
    with pytest.raises(pdf.TypesettingError, match="Steckbrief: Zwickau"):
        pdf.write(document())


def test_a_line_has_the_same_look_on_page_and_paper() -> None:
    third = Lines((Line("Hier", POINTS, 0), Line("Deutschland", POINTS, 3)), "%", decimals=1)
    traces = plotly.figure(third, "de", narrow=False, dark=False)["data"]
    found = [(trace["line"]["color"], trace["line"]["dash"]) for trace in traces]
    assert found == [colours.LINES[0], colours.LINES[3]]
    assert [line["look"] for line in drawing.lines(third, "de")["lines"]] == [0, 3]
