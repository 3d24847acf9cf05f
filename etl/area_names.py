"""Names of areas as people write them, from the designations in official tables."""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

LAND_EN = {
    "Bayern": "Bavaria",
    "Hessen": "Hesse",
    "Mecklenburg-Vorpommern": "Mecklenburg-Western Pomerania",
    "Niedersachsen": "Lower Saxony",
    "Nordrhein-Westfalen": "North Rhine-Westphalia",
    "Rheinland-Pfalz": "Rhineland-Palatinate",
    "Sachsen": "Saxony",
    "Sachsen-Anhalt": "Saxony-Anhalt",
    "Thüringen": "Thuringia",
}
_WORDS_EN = {
    "München": "Munich",
    "Köln": "Cologne",
    "Nürnberg": "Nuremberg",
    "Hannover": "Hanover",
    "Oberbayern": "Upper Bavaria",
    "Niederbayern": "Lower Bavaria",
    "Oberpfalz": "Upper Palatinate",
    "Oberfranken": "Upper Franconia",
    "Mittelfranken": "Middle Franconia",
    "Unterfranken": "Lower Franconia",
    "(Stadt)": "(city)",
    "(Landkreis)": "(district)",
    "(bis ": "(until ",
}
# A name that says itself what it is ("Ilm-Kreis", "Region Hannover") takes no designation.
_SPEAKS = re.compile(r"kreis|Kreis|[Rr]egion")
_FREE_CITY = re.compile(r"kreisfreie stadt|krsfr\. stadt|krfr\. stadt|stadtkreis", re.IGNORECASE)


class Designation(NamedTuple):
    """What a Kreis is called (`base`) and what it is (`kind`, e.g. `Landkreis`, `Hansestadt`)."""

    base: str
    kind: str

    @property
    def is_city(self) -> bool:
        """Tell whether the Kreis is a town of its own."""
        return self.kind not in ("Landkreis", "Kreis", "Regionalverband")


def parse_designation(text: str, kind: str = "") -> Designation:
    """Take "Annaberg, Landkreis" or "Wismar, Hansestadt" apart.

    `kind` is the designation where a table gives it in a column of its own. Without any the
    Kreis is a Landkreis, as names such as "Vogtlandkreis" stand alone in official tables.
    """
    text = re.sub(r" \(alt\)$", "", text.strip())
    head = re.match(r"(Landkreis|Kreisfreie Stadt) ", text)
    if head:
        kind, text = head.group(1), text[head.end() :]
    base, *rest = [part.strip() for part in text.split(",")]
    titles = [part for part in rest if part and not _FREE_CITY.fullmatch(part)]
    if titles:
        return Designation(base, titles[0])
    if _FREE_CITY.fullmatch(kind) or any(_FREE_CITY.fullmatch(part) for part in rest):
        return Designation(base, "Stadt")
    return Designation(base, kind or "Landkreis")


def official_name(name: Designation) -> str:
    """Return the German name with its designation, e.g. `Landkreis Zwickau`."""
    if _SPEAKS.search(name.base):
        return name.base
    if name.kind.startswith("Stadt der"):
        return f"Stadt {name.base}"
    return f"{name.kind} {name.base}"


def english_name(name: Designation) -> str:
    """Return the English name with its designation, e.g. `District of Zwickau`."""
    base = english_words(name.base)
    special = re.match(r"(Region|Städteregion|Regionalverband) (.+)", base)
    if special:
        noun = {"Region": "Region", "Städteregion": "City Region"}
        return f"{special[2]} {noun.get(special[1], 'Regional Association')}"
    if _SPEAKS.search(name.base):
        return base
    return f"{'City' if name.is_city else 'District'} of {base}"


def english_words(text: str) -> str:
    """Return `text` with the words that have a common English form replaced."""
    for german, english in _WORDS_EN.items():
        end = r"(?!\w)" if german[-1].isalpha() else ""
        text = re.sub(rf"{re.escape(german)}{end}", english, text)
    return text


def short_names(names: dict[str, Designation], until: dict[str, str]) -> dict[str, str]:
    """Return one unique short German name per key, for labels.

    A dissolved Kreis (`until`: key -> last year) says so; a town and the Landkreis around it that
    share a name are told apart. Raises ValueError where a name is still used twice.
    """
    bases = {key: name.base for key, name in names.items()}
    # "Oldenburg (Oldenburg)" is the town in the Landkreis Oldenburg.
    bases = {key: re.sub(r"^Oldenburg \(.+\)$", "Oldenburg", base) for key, base in bases.items()}
    living = Counter(base for key, base in bases.items() if key not in until)
    short = {}
    for key, base in bases.items():
        if key in until:
            short[key] = f"{base} ({_kind_word(names[key])}bis {until[key]})"
        elif living[base] > 1:
            short[key] = f"{base} ({'Stadt' if names[key].is_city else 'Landkreis'})"
        else:
            short[key] = base
    twice = [name for name, count in Counter(short.values()).items() if count > 1]
    if twice:
        raise ValueError(f"short names of areas are used twice: {', '.join(sorted(twice))}")
    return short


def _kind_word(name: Designation) -> str:
    """Return the word that tells two dissolved Kreise of one name apart (Aachen, Zwickau)."""
    return "Stadt, " if name.base == "Aachen" and name.is_city else ""
