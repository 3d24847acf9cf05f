"""Texts of the application in German and English, kept in Babel catalogues.

`messages.po` holds what pages share; a page with many texts of its own has a catalogue beside it.
Marks and qualifiers come from `indicators.legend`, which files are written from as well.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from babel.messages import pofile

from indicators import legend

LANGUAGES = ("de", "en")
DEFAULT_LANGUAGE = "de"
LOCALE = Path(__file__).parent / "locale"


class MissingTextError(KeyError):
    """A message id that the catalogue of a language does not hold."""


@cache
def catalogue(language: str) -> dict[str, str]:
    """Return message id -> text of `language`; read once per process."""
    texts = legend.texts(language)
    for path in sorted((LOCALE / language / "LC_MESSAGES").glob("*.po")):
        with path.open("rb") as file:
            messages = pofile.read_po(file, locale=language)
        texts |= {str(entry.id): str(entry.string) for entry in messages if entry.id}
    return texts


@dataclass(frozen=True)
class Texts:
    """The texts of one language; call it with a message id and what to fill in."""

    language: str = DEFAULT_LANGUAGE

    def __call__(self, message: str, /, **parts: object) -> str:
        """Return the text of `message` with `parts` filled in.

        Raises:
            MissingTextError: the catalogue does not hold the id, or holds an empty text.
        """
        text = catalogue(self.language).get(message)
        if not text:
            raise MissingTextError(f"{self.language}: no text for '{message}' in {LOCALE}")
        return text.format(**parts) if parts else text

    def known(self, message: str) -> bool:
        """Return whether there is a text for `message`: names that come from a release may grow."""
        return message in catalogue(self.language)

    def count(self, message: str, number: int, shown: str) -> str:
        """Return `message` in the form for one (`.one`) or for any other number (`.many`)."""
        return self(f"{message}.{'one' if number == 1 else 'many'}", n=shown)
