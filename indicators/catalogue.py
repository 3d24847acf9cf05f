"""The catalogue of indicators as Markdown, generated from the registry.

In comes the registry; out goes one section per theme and one entry per indicator, so that the
documentation cannot differ from what is computed.
"""

from __future__ import annotations

from indicators.model import Codes, Indicator, Source
from indicators.registry import Registry, load_registry
from indicators.text import formula_text

WORDS = {
    "de": {
        "title": "Indikatoren",
        "formula": "Formel",
        "unit": "Einheit",
        "reference": "Stichtag oder Zeitraum",
        "levels": "Ebenen",
        "sources": "Tabellen",
        "caveats": "Zu beachten",
        "direction": "Richtung",
        "kreis": "Kreise",
        "region": "Region",
        "land": "Länder",
        "country": "Deutschland",
        "up_is_good": "mehr ist günstig",
        "down_is_good": "weniger ist günstig",
        "neutral": "ohne Wertung",
        "then": "ersatzweise",
    },
    "en": {
        "title": "Indicators",
        "formula": "Formula",
        "unit": "Unit",
        "reference": "Reference date or period",
        "levels": "Levels",
        "sources": "Tables",
        "caveats": "Caveats",
        "direction": "Direction",
        "kreis": "Districts",
        "region": "Region",
        "land": "Länder",
        "country": "Germany",
        "up_is_good": "more is favourable",
        "down_is_good": "less is favourable",
        "neutral": "no judgement",
        "then": "otherwise",
    },
}


def catalogue(language: str, registry: Registry | None = None) -> str:
    """Return the catalogue in `language` (`de` or `en`) as Markdown."""
    registry = registry or load_registry()
    lines = [f"# {WORDS[language]['title']}", ""]
    for theme in registry.themes:
        lines += [f"## {theme.name.get(language)}", ""]
        for indicator in registry.indicators[theme.id]:
            lines += _entry(indicator, registry, language)
    return "\n".join(lines)


def _entry(indicator: Indicator, registry: Registry, language: str) -> list[str]:
    words = WORDS[language]
    facts = {
        "formula": formula_text(indicator, language),
        "unit": registry.units[indicator.unit].get(language),
        "reference": indicator.reference.get(language),
        "levels": ", ".join(words[level] for level in indicator.levels),
        "direction": words[indicator.direction],
        "sources": _sources(indicator, language),
        "caveats": " ".join(indicator.caveats.get(language).split()),
    }
    return [
        f"### {indicator.name.get(language)} (`{indicator.id}`)",
        "",
        " ".join(indicator.description.get(language).split()),
        "",
        *(f"- {words[name]}: {fact}" for name, fact in facts.items()),
        "",
    ]


def _sources(indicator: Indicator, language: str) -> str:
    then = f", {WORDS[language]['then']} "
    return "; ".join(
        f"{entry.label.get(language)}: " + then.join(_source(source) for source in entry.sources)
        for entry in indicator.inputs.values()
    )


def _source(source: Source) -> str:
    codes = [_codes(source.sector), _codes(source.occupation), _codes(source.breakdown)]
    return " ".join([f"`{source.dataset}` {source.measure}", *(code for code in codes if code)])


def _codes(codes: Codes) -> str:
    return codes if isinstance(codes, str) else " + ".join(codes)
