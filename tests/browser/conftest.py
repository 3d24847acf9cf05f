"""A server of the application and a browser that fails any test on a foreign request."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
# The browser itself must not phone home; software rendering draws the maps.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
OURS = {"127.0.0.1", "localhost"}
START_SECONDS = 60


@pytest.fixture(scope="session")
def server(release: Path) -> Iterator[str]:
    """Return the address of one server for all tests, e.g. `http://127.0.0.1:40001`."""
    with serve() as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return the chromium of the system (or of `CHROMIUM`); skip where there is none."""
    if shutil.which(CHROMIUM) is None:
        pytest.skip(f"no browser at {CHROMIUM}; set CHROMIUM to a chromium or chrome")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def foreign() -> list[str]:
    """Return the addresses of other hosts that the page under test asked for."""
    return []


@pytest.fixture
def new_page(browser: Browser, foreign: list[str]) -> Iterator[Callable[..., Page]]:
    """Return `new_page(width, height)`: a page in a fresh profile, cut off from other hosts."""
    contexts = []

    def open_page(width: int = 1280, height: int = 900) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            locale="de-DE",
            timezone_id="Europe/Berlin",
            service_workers="block",
        )
        contexts.append(context)
        context.set_default_timeout(30_000)
        context.route("**/*", lambda route: _guard(route, foreign))
        page = context.new_page()
        page.on("websocket", lambda socket: _note(socket.url, foreign))
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    """Return one page of desktop size."""
    return new_page()


@pytest.fixture(autouse=True)
def nothing_leaves_the_house(foreign: list[str]) -> Iterator[None]:
    """Fail the test if its page asked any other host for anything."""
    yield
    assert not foreign, f"requests to foreign hosts: {sorted(set(foreign))}"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark everything in this folder as a browser test."""
    for item in items:
        if "browser" in item.path.parts:
            item.add_marker("browser")


@contextmanager
def serve() -> Iterator[str]:
    """Start the application on a free port, wait until it answers, and end it afterwards."""
    port = _free_port()
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.headless", "true"]
    command += ["--server.address", "127.0.0.1", "--server.port", str(port)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    try:
        address = f"http://127.0.0.1:{port}"
        _wait(f"{address}/_stcore/health", process)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=20)


def _guard(route: Route, foreign: list[str]) -> None:
    if _note(route.request.url, foreign):
        route.abort()
    else:
        route.continue_()


def _note(url: str, foreign: list[str]) -> bool:
    """Return whether `url` leads to another host, and keep it in `foreign` if so."""
    parts = urlsplit(url)
    elsewhere = parts.scheme not in ("data", "blob", "about") and parts.hostname not in OURS
    if elsewhere:
        foreign.append(url)
    return elsewhere


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(url: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        assert process.poll() is None, f"the server ended with code {process.returncode}"
        try:
            with urllib.request.urlopen(url, timeout=2) as answer:  # noqa: S310 (our own server)
                if answer.status == 200:
                    return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    raise AssertionError(f"{url} did not answer within {START_SECONDS} seconds")
