"""What the store hands out: plain, frozen records without any database behind them.

In come rows of a release; out go texts in two languages, themes, indicators and the release.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Text:
    """A text in the two languages of the product."""

    de: str
    en: str

    def get(self, lang: str) -> str:
        """Return the text in `lang` (`de` or `en`)."""
        return self.en if lang == "en" else self.de


@dataclass(frozen=True)
class Theme:
    """A theme under which indicators are listed."""

    id: str
    name: Text


@dataclass(frozen=True)
class Indicator:
    """What an indicator says about itself; see table `indicator` of a release.

    `midpoint` is the value around which a diverging indicator is shaded, None for others.
    """

    id: str
    theme: str
    position: int
    name: Text
    short: Text
    description: Text
    formula: Text
    unit: str
    decimals: int
    direction: str
    display: str
    scheme: str
    caveats: Text
    reference: Text
    midpoint: float | None = None


@dataclass(frozen=True)
class Release:
    """Which release the figures come from; `format` is that of its tables, see `store.FORMAT`."""

    id: str
    built: datetime
    boundaries: str
    newest_year: int
    snapshot_sha256: str
    format: int = 1
