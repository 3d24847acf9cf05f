"""Which characters the fonts of a document have, and what stands for those that they lack."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

FAMILY = "fontpkg_source_sans_3"  # Source Sans 3, SIL Open Font License 1.1
FONTS = Path(str(files(FAMILY) / "files"))
UPRIGHT = "SourceSans3[wght].ttf"
UNKNOWN = "\N{WHITE SQUARE}"
SPACES = re.compile(r"[\s\x00-\x1f\x7f]+")
KEPT_SPACES = re.compile("[\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}]")


@cache
def known() -> frozenset[int]:
    """Return the code points of the font."""
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

    with TTFont(FONTS / UPRIGHT, lazy=True) as font:
        return frozenset(font.getBestCmap())


def text(words: str) -> str:
    """Return words with one space for line ends and control characters, and only known glyphs."""
    kept = (
        part if KEPT_SPACES.fullmatch(part) else SPACES.sub(" ", part)
        for part in re.split(f"({KEPT_SPACES.pattern})", words)
    )
    return "".join(sign if ord(sign) in known() else UNKNOWN for sign in "".join(kept))


def clean(content: Any) -> Any:
    """Return lists, dictionaries and strings with every string as `text` returns it."""
    if isinstance(content, str):
        return text(content)
    if isinstance(content, list):
        return [clean(entry) for entry in content]
    if isinstance(content, dict):
        return {key: clean(entry) for key, entry in content.items()}
    return content
