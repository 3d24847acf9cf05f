"""What marks and qualifiers mean, once for the application, the files and the catalogue."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml

from indicators.formulas.cells import MARKS, QUALIFIERS
from indicators.model import Strict, Text

FILE = Path(__file__).parent / "legend.yml"


class Entry(Strict):
    """A mark or qualifier: its name, and a sentence that explains it."""

    id: str
    name: Text
    explained: Text


class Legend(Strict):
    """All marks and qualifiers, in the order in which a legend lists them."""

    marks: tuple[Entry, ...]
    qualifiers: tuple[Entry, ...]


@cache
def load_legend(path: Path = FILE) -> Legend:
    """Return the legend.

    Raises:
        ValueError: a mark or qualifier of a release is not explained, or one is that no figure has.
    """
    legend = Legend.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    for entries, known in (
        (legend.marks, set(MARKS) - {"absent"}),
        (legend.qualifiers, set(QUALIFIERS) - {""}),
    ):
        explained = {entry.id for entry in entries}
        if explained != known:
            raise ValueError(f"{path.name} explains {sorted(explained)}, not {sorted(known)}.")
    return legend


def texts(language: str) -> dict[str, str]:
    """Return message id -> text, for instance `mark.secret` and `qualifier.break.explained`."""
    legend = load_legend()
    found = {}
    for kind, entries in (("mark", legend.marks), ("qualifier", legend.qualifiers)):
        for entry in entries:
            found[f"{kind}.{entry.id}"] = entry.name.get(language)
            found[f"{kind}.{entry.id}.explained"] = entry.explained.get(language)
    return found
