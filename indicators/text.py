"""The formula of an indicator in words, generated from its declaration.

In comes a declared indicator; out goes one line per language, so that what is printed is what
is computed.
"""

from __future__ import annotations

from indicators.evaluate import children
from indicators.model import (
    Change,
    Difference,
    First,
    Formula,
    Growth,
    Indicator,
    Published,
    Ratio,
    StructuralChange,
    Total,
)

WORDS = {
    "de": {
        "year": "{of} im Jahr t",
        "before": "{of} im Jahr t−{years}",
        "or": "; ersatzweise: ",
        "nav": "½ × Σ |Anteil im Jahr t − Anteil im Jahr t−{years}|",
        "lilien": "√ Σ Anteil im Jahr t × (Δln x − Δln X)²",
        "modified_lilien": "√ Σ mittlerer Anteil beider Jahre × (Δln x − Δln X)²",
        "over": "{index}, über alle Gruppen x mit Summe X; {of}, Jahr t gegen t−{years}",
        "shares": "{index} aus den Anteilen an {before} und an {now}",
        "decimal": ",",
        "group": ".",
    },
    "en": {
        "year": "{of} in year t",
        "before": "{of} in year t−{years}",
        "or": "; otherwise: ",
        "nav": "½ × Σ |share in year t − share in year t−{years}|",
        "lilien": "√ Σ share in year t × (Δln x − Δln X)²",
        "modified_lilien": "√ Σ mean share of both years × (Δln x − Δln X)²",
        "over": "{index}, over all groups x with sum X; {of}, year t against t−{years}",
        "shares": "{index} from the shares in {before} and in {now}",
        "decimal": ".",
        "group": ",",
    },
}


def formula_text(indicator: Indicator, language: str) -> str:
    """Return the formula with the labels of the inputs, for instance `A ÷ B × 100`."""
    labels = {name: entry.label.get(language) for name, entry in indicator.inputs.items()}
    return _write(indicator.formula, labels, language)


def _write(formula: Formula, labels: dict[str, str], language: str) -> str:
    if isinstance(formula, str):
        return labels[formula]
    if isinstance(formula, StructuralChange):
        return _structure(formula, labels[formula.of], language)
    parts = [_write(part, labels, language) for part in children(formula)]
    if isinstance(formula, First):
        return WORDS[language]["or"].join(parts)
    parts = [
        f"({text})" if isinstance(child, Difference | Total | Ratio | First) else text
        for child, text in zip(children(formula), parts, strict=True)
    ]
    if isinstance(formula, Growth | Change):
        return _over_time(formula, parts[0], language)
    if isinstance(formula, Difference):
        return " − ".join(parts)
    if isinstance(formula, Total):
        return " + ".join(parts)
    return _scaled(formula, parts, language)


def _scaled(formula: Published | Ratio, parts: list[str], language: str) -> str:
    text = " ÷ ".join(parts)
    if formula.scale == 1:
        return text
    return f"{text} × {number(formula.scale, language)}"


def _structure(formula: StructuralChange, of: str, language: str) -> str:
    words = WORDS[language]
    index = words[formula.index].format(years=formula.years)
    if formula.scale != 1:
        index += f" × {number(formula.scale, language)}"
    return words["over"].format(index=index, of=of, years=formula.years)


def shares(formula: StructuralChange, before: str, now: str, language: str) -> str:
    """Return an index of structural change with its persons put in."""
    words = WORDS[language]
    index = words[formula.index].format(years=formula.years)
    return words["shares"].format(index=index, before=before, now=now)


def _over_time(formula: Growth | Change, of: str, language: str) -> str:
    words = WORDS[language]
    now = words["year"].format(of=of)
    before = words["before"].format(of=of, years=formula.years)
    return f"({now} ÷ {before} − 1) × 100" if isinstance(formula, Growth) else f"{now} − {before}"


def number(value: float, language: str) -> str:
    """Return a factor as the language writes it: `10.000` or `10,000`, `0,001` or `0.001`."""
    words = WORDS[language]
    text = f"{value:,.6f}".rstrip("0").rstrip(".")
    return text.translate(str.maketrans(",.", words["group"] + words["decimal"]))
