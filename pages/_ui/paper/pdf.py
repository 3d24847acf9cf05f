"""A document as a PDF: A4, real text, embedded fonts, tags for screen readers (PDF/UA-1).

The document goes to the typesetter as data, never as code: the only code is `template.typ`, so no
text can be markup. Nothing is read but that file and the fonts; nothing comes from a network.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pages._ui.i18n import Texts
from pages._ui.paper import drawing, glyphs
from pages._ui.paper.model import (
    Block,
    Chart,
    Document,
    Heading,
    Lead,
    Lines,
    Link,
    Note,
    Paragraph,
    Points,
    Side,
    Source,
    Table,
    shown,
)

TEMPLATE = Path(__file__).with_name("template.typ")
TYPESETTER = Path(__file__).with_name("typesetter.py")
SECONDS = 30  # more than enough on a busy machine; a document takes a quarter of a second
WEB = re.compile(r"https?://[^\s<>\"{}|\\^`]+", re.ASCII)
LONG_TABLE = 14  # rows from which a table may go on on the next page
Drawn = dict[str, Any]


class TypesettingError(RuntimeError):
    """A document that could not be made into a PDF."""


def write(document: Document) -> bytes:
    """Return the PDF of a document; characters that its fonts lack become a replacement sign.

    Raises:
        TypesettingError: the typesetter failed or took longer than it may.
    """
    content = json.dumps(data(document), ensure_ascii=False).encode()
    # -P: the folder of the script is no place to import from.
    command = [sys.executable, "-P", str(TYPESETTER), str(TEMPLATE), str(glyphs.FONTS)]
    try:
        run = subprocess.run(  # noqa: S603 - nothing of the command comes from a user
            command, input=content, capture_output=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise TypesettingError(f"No PDF after {SECONDS} seconds: {document.title}") from error
    if run.returncode or not run.stdout.startswith(b"%PDF"):
        raise TypesettingError(f"No PDF of {document.title!r}: {run.stderr.decode()[-500:]}")
    return run.stdout


def data(document: Document) -> Drawn:
    """Return a document as what the template reads; every string holds known characters only."""
    t = Texts(document.language)
    foot = document.foot
    content = {
        "title": document.title,
        "subtitle": document.subtitle,
        "language": document.language,
        "product": t("product"),
        "foot": {
            "sources": foot.sources,
            "release": f"{foot.release} {t('paper.made', day=foot.date)}",
            "page": t("paper.page").split("|"),
        },
        "blocks": [_block(block, document.language) for block in document.blocks],
    }
    cleaned: Drawn = glyphs.clean(content)
    return cleaned


def _block(block: Block, language: str) -> Drawn:
    drawn = WRITERS[type(block)](block, language)
    return {"is": type(block).__name__.lower()} | drawn


def _heading(block: Heading, language: str) -> Drawn:
    return {"text": block.text, "level": block.level}


def _text(block: Lead | Paragraph | Note | Source, language: str) -> Drawn:
    return {"text": block.text}


def _points(block: Points, language: str) -> Drawn:
    return {"items": [list(item) for item in block.items]}


def _link(block: Link, language: str) -> Drawn:
    return {"label": block.label, "url": block.url if WEB.fullmatch(block.url) else ""}


def _chart(block: Chart, language: str) -> Drawn:
    draw = block.drawing
    drawn = (
        drawing.lines(draw, language) if isinstance(draw, Lines) else drawing.rows(draw, language)
    )
    return {"caption": block.caption, "alt": block.alt, "drawing": drawn}


def _side(block: Side, language: str) -> Drawn:
    return {"charts": [_chart(chart, language) for chart in block.charts]}


def _table(block: Table, language: str) -> Drawn:
    strong = block.strong or (False,) * len(block.rows)
    return {
        "caption": block.caption,
        "header": list(block.header),
        "rows": [[shown(cell) for cell in row] for row in block.rows],
        "numeric": list(block.numeric),
        "strong": list(strong),
        "widths": list(block.widths),
        "long": len(block.rows) >= LONG_TABLE,
    }


WRITERS: dict[type, Callable[[Any, str], Drawn]] = {
    Heading: _heading,
    Lead: _text,
    Paragraph: _text,
    Note: _text,
    Source: _text,
    Points: _points,
    Link: _link,
    Chart: _chart,
    Side: _side,
    Table: _table,
}
