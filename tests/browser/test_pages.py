"""Every page, in both languages, opened by a link that nobody visited before."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from pages._ui.i18n import Texts
from tests.browser.conftest import serve

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = ("de", "en")
SLOW = 60_000  # milliseconds that a loaded machine may take; a quick one waits for nothing
START = ""
PAGES = [START, *sorted(path.stem for path in (ROOT / "pages").glob("[!_]*.py"))]
WITH_MAP = {START, "karte", "automobil", "staerken", "wandel", "pendeln"}
MAP = ".stPlotlyChart canvas, .stDeckGlJsonChart canvas"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_opens_by_its_link_in_the_language_of_the_link(
    server: str, page: Page, name: str, language: str
) -> None:
    open_page(page, server, name, language)
    if name in WITH_MAP:
        expect(page.locator(MAP).first).to_be_visible(timeout=SLOW)
    assert_no_error(page)


@pytest.mark.parametrize("name", PAGES)
def test_the_heading_is_translated(name: str) -> None:
    german, english = (title(name, language) for language in LANGUAGES)
    assert german != english, f"/{name} has the same heading in both languages"


@pytest.mark.parametrize("name", PAGES)
def test_a_narrow_page_does_not_scroll_sideways(
    server: str, new_page: Callable[..., Page], name: str
) -> None:
    page = new_page(width=390, height=844)
    open_page(page, server, name, "de")
    wider = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wider <= 0, f"/{name} is {wider} px wider than a telephone"


def test_a_deep_link_may_be_the_first_visit_of_a_server(release: Path, page: Page) -> None:
    with serve() as address:
        open_page(page, address, "karte", "de")
        expect(page.locator(MAP).first).to_be_visible(timeout=SLOW)


def test_the_guard_notices_a_foreign_request(page: Page, foreign: list[str]) -> None:
    page.goto("about:blank")
    page.evaluate("fetch('https://tiles.example.org/1/2/3.png').catch(() => null)")
    assert foreign == ["https://tiles.example.org/1/2/3.png"]
    foreign.clear()


def title(name: str, language: str) -> str:
    """Return the heading of a page as the catalogue of texts has it."""
    return Texts(language)(f"{name or 'app'}.title")


def open_page(page: Page, address: str, name: str, language: str) -> None:
    """Open a page by its link and wait until it is drawn to its end, in that language."""
    page.goto(f"{address}/{name}?lang={language}")
    expect(page.locator("h1").first).to_have_text(title(name, language), timeout=SLOW)
    expect(page.locator("html")).to_have_attribute("lang", language, timeout=SLOW)
    expect(page.locator("footer")).to_be_visible(timeout=SLOW)


def assert_no_error(page: Page) -> None:
    """Fail on an error box of Streamlit, with its text."""
    for box in page.locator("[data-testid=stException]").all():
        raise AssertionError(box.inner_text())
