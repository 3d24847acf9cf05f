"""A process that typesets one document: data on standard input, the PDF on standard output.

It ends with its document, and the memory of the typesetter (200 MB that it would keep) with it.
Run as `python typesetter.py TEMPLATE FONTS`; what goes wrong is said on standard error.
"""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import typst


def typeset(template: Path, fonts: Path, content: str) -> bytes:
    """Return the PDF that a template makes of `content`, a document as JSON.

    Nothing is read but the template and the fonts.

    Raises:
        typst.TypstError: the template cannot be typeset.
    """
    found = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[fonts]
    )
    compiler = typst.Compiler(
        str(template), root=template.parent, font_paths=found, ignore_system_fonts=True
    )
    result = compiler.compile(
        format="pdf",
        sys_inputs={"document": content},
        pdf_standards="ua-1",
        timestamp=dt.datetime.now(dt.UTC).replace(microsecond=0),
    )
    if not isinstance(result, bytes):
        raise TypeError("The typesetter did not return one PDF.")
    return result


if __name__ == "__main__":
    words = sys.stdin.buffer.read().decode("utf-8")
    sys.stdout.buffer.write(typeset(Path(sys.argv[1]), Path(sys.argv[2]), words))
