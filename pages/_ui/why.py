"""The way from any figure to its explanation: a link that names indicator, area, year, release."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from pathlib import Path
from urllib.parse import urlencode

from pages._ui.i18n import Texts

NAME, SEPARATOR = "figure", "~"
PAGE = "daten"


@dataclass(frozen=True)
class Asked:
    """A figure that the address names; `release` is '' where it names none."""

    indicator: str
    area: str
    year: int
    release: str = ""


def named(indicator: str, area: str, year: int, release: str = "") -> str:
    """Return how the address names a figure."""
    return SEPARATOR.join(filter(None, (indicator, area, str(year), release)))


def parsed(text: str | None) -> Asked | None:
    """Return the figure of an address, None where it names none."""
    parts = (text or "").split(SEPARATOR)
    if len(parts) not in (3, 4) or not parts[2].isdecimal() or len(parts[2]) != 4:
        return None
    return Asked(parts[0], parts[1], int(parts[2]), *parts[3:])


def address(path: str, indicator: str, area: str, year: int, language: str) -> str:
    """Return the address of the explanation of a figure of the release at `path`."""
    figure = named(indicator, area, year, Path(path).stem)
    return f"{PAGE}?{urlencode({'lang': language, NAME: figure}, safe=SEPARATOR)}"


def link(
    shown: str, path: str, indicator: str, area: str, year: int, language: str, mark: str = ""
) -> str:
    """Return a figure as HTML that leads to its explanation; `shown` is plain text.

    Where a release has no row (`mark` is `missing`) there is nothing to explain and no link.
    """
    if mark == "missing":
        return escape(shown)
    return anchor(shown, address(path, indicator, area, year, language), language)


def anchor(shown: str, where: str, language: str) -> str:
    """Return plain text as HTML that leads to an explanation at `where`."""
    href, says = escape(where), escape(Texts(language)("why.title"))
    return f'<a class="sm-why" href="{href}" target="_self" title="{says}">{escape(shown)}</a>'
