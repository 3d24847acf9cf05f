"""Texts that no spreadsheet takes for a formula, and file names that stay in their folder."""

from __future__ import annotations

import re

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
# A lone sign and a number are what they look like in every spreadsheet.
PLAIN = re.compile(r"[-+]?(\d[\d.,\N{NO-BREAK SPACE} ]*)?%?")
UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
LONGEST = 120


def harmless(text: str) -> str:
    """Return a text that no spreadsheet runs: what begins like a formula gets an apostrophe."""
    if text.startswith(FORMULA) and not PLAIN.fullmatch(text):
        return f"'{text}"
    return text


def file_name(*parts: str, ending: str) -> str:
    """Return a file name of the parts: letters, digits, dots and hyphens, never a path."""
    words = [UNSAFE.sub("-", part).strip(".-") for part in parts]
    return "_".join(word for word in words if word)[:LONGEST] + f".{ending}"
