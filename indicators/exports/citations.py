"""How a figure is cited: as a sentence, as BibTeX, as RIS.

In come plain texts; out go citations that name publisher, table, edition, the figure's place in
this monitor and its release. Formats: BibTeX (`@misc`), RIS (type DATA).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

MONITOR = "Strukturmonitor Südwestsachsen"
SPECIAL = str.maketrans({char: f"\\{char}" for char in "&%$#_{}"} | {"\\": r"\textbackslash{}"})


@dataclass(frozen=True)
class Cited:
    """What a citation says; `sources` are the publishers' own lines, `year` that of the release.

    `key` tells figures apart in a list of references.
    """

    key: str
    title: str
    release: str
    year: int
    link: str
    sources: tuple[str, ...]


def sentence(cited: Cited) -> str:
    """Return the citation as running text."""
    parts = [f"{MONITOR} ({cited.year}): {cited.title}", cited.release, cited.link]
    return ". ".join([*parts, *(line.rstrip(".") for line in cited.sources)]) + "."


def bibtex(cited: Cited) -> str:
    """Return the citation as BibTeX."""
    fields = {
        "title": cited.title,
        "author": MONITOR,
        "year": str(cited.year),
        "version": cited.release,
        "note": "; ".join(cited.sources),
    }
    lines = [f"  {name} = {{{text.translate(SPECIAL)}}}," for name, text in fields.items()]
    # An address is taken as it stands.
    lines.append(f"  url = {{{cited.link}}}")
    key = re.sub(r"[^a-z0-9]+", "-", f"strukturmonitor-{cited.key}".lower()).strip("-")
    return "\n".join([f"@misc{{{key},", *lines, "}"])


def ris(cited: Cited) -> str:
    """Return the citation as RIS; lines end as the format asks."""
    fields = [
        ("TY", "DATA"),
        ("TI", cited.title),
        ("AU", MONITOR),
        ("PY", str(cited.year)),
        ("ET", cited.release),
        ("UR", cited.link),
        *(("N1", line) for line in cited.sources),
        ("ER", ""),
    ]
    return "".join(f"{tag}  - {' '.join(text.split())}\r\n" for tag, text in fields)
