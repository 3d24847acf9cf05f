"""What the registry promises: complete in two languages, and wrong entries named."""

from __future__ import annotations

import re

import pytest

from etl.model import load_catalogue
from indicators.catalogue import catalogue
from indicators.errors import RegistryError
from indicators.model import Indicator
from indicators.registry import load_registry, parse
from indicators.text import formula_text, number
from tests.indicator_world import TEXT, UNITS, complete

INDICATORS = [indicator for _, _, indicator in load_registry().entries()]
UNPAIRED = {"inputs": {"a": {"sources": [{}, {}]}, "b": {"sources": [{}, {}, {}]}}}


def entry(**fields: object) -> dict[str, object]:
    return complete(
        {
            "formula": {"kind": "published", "of": "people"},
            "inputs": {"people": {"sources": [{}]}},
            **fields,
        }
    )


def test_an_unknown_field_is_refused_with_its_name() -> None:
    with pytest.raises(RegistryError, match=r"Indicator share .*colour: Extra inputs"):
        parse(entry(colour="red"), UNITS)


def test_an_unknown_field_of_a_source_is_refused_with_its_place() -> None:
    with pytest.raises(RegistryError, match=r"inputs.people.sources.0.brakdown"):
        parse(entry(inputs={"people": {"sources": [{"brakdown": "x"}]}}), UNITS)


def test_an_unknown_formula_is_refused() -> None:
    with pytest.raises(RegistryError, match="kind"):
        parse(entry(formula={"kind": "magic", "of": "people"}), UNITS)


def test_a_missing_language_is_refused() -> None:
    with pytest.raises(RegistryError, match=r"name.en: Field required"):
        parse(entry(name={"de": "Nur deutsch"}), UNITS)


def test_an_unknown_unit_is_refused() -> None:
    with pytest.raises(RegistryError, match="furlongs"):
        parse(entry(unit="furlongs"), UNITS)


def test_a_formula_must_name_its_inputs() -> None:
    with pytest.raises(RegistryError, match=r"the formula names \['workers'\]"):
        parse(entry(formula={"kind": "published", "of": "workers"}), UNITS)


def test_a_diverging_scheme_needs_its_midpoint() -> None:
    with pytest.raises(RegistryError, match="midpoint"):
        parse(entry(scheme="diverging"), UNITS)


def test_paired_inputs_must_list_sources_of_the_same_number() -> None:
    formula = {"kind": "difference", "minuend": "a", "subtrahend": "b"}
    with pytest.raises(RegistryError, match="paired"):
        parse(entry(formula=formula, **UNPAIRED), UNITS)
    assert parse(entry(formula=formula, paired=False, **UNPAIRED), UNITS).paired is False


def test_the_registry_has_at_least_thirty_indicators_and_none_of_its_themes_is_empty() -> None:
    registry = load_registry()
    assert len(INDICATORS) >= 30
    assert len(registry.themes) == 10
    assert all(registry.indicators[theme.id] for theme in registry.themes)


@pytest.mark.parametrize("indicator", INDICATORS, ids=lambda indicator: indicator.id)
def test_every_indicator_says_itself_in_both_languages(indicator: Indicator) -> None:
    for name in ("name", "short", "description", "caveats", "reference"):
        text = getattr(indicator, name)
        assert text.de.strip()
        assert text.en.strip()
    assert indicator.description.de != indicator.description.en
    assert indicator.caveats.de != indicator.caveats.en


@pytest.mark.parametrize("indicator", INDICATORS, ids=lambda indicator: indicator.id)
def test_every_description_is_one_sentence_and_every_short_name_is_short(
    indicator: Indicator,
) -> None:
    for language in ("de", "en"):
        sentence = " ".join(indicator.description.get(language).split())
        assert re.fullmatch(r"[^.!?]*(?:\d\.\d{3}[^.!?]*)*\.", sentence), sentence
        assert len(indicator.short.get(language)) <= 34


@pytest.mark.parametrize("indicator", INDICATORS, ids=lambda indicator: indicator.id)
def test_counts_are_drawn_as_symbols_and_rates_are_not(indicator: Indicator) -> None:
    counted = indicator.unit in {"persons", "plants", "cars"}
    assert (indicator.display == "count") == counted


def test_a_formula_is_written_as_it_is_declared() -> None:
    share = next(indicator for indicator in INDICATORS if indicator.id == "unemployed")
    assert formula_text(share, "de") == "Arbeitslose"
    net = next(item for item in INDICATORS if item.id == "net_registrations_per_10000")
    assert formula_text(net, "de") == (
        "(Gewerbeanmeldungen − Gewerbeabmeldungen) ÷ Einwohner × 10.000"
    )
    assert formula_text(net, "en") == (
        "(Business registrations − Business deregistrations) ÷ Inhabitants × 10,000"
    )
    growth = next(item for item in INDICATORS if item.id == "persons_employed_growth")
    assert formula_text(growth, "en") == (
        "(Persons employed in year t ÷ Persons employed in year t−5 − 1) × 100"
    )


def test_factors_are_written_as_the_language_writes_them() -> None:
    assert (number(10000, "de"), number(10000, "en")) == ("10.000", "10,000")
    assert (number(0.001, "de"), number(0.001, "en")) == ("0,001", "0.001")


def test_the_catalogue_lists_every_indicator_in_both_languages() -> None:
    for language in ("de", "en"):
        printed = catalogue(language)
        assert all(f"(`{indicator.id}`)" in printed for indicator in INDICATORS)
    assert TEXT["de"] not in catalogue("de")


def test_every_unit_of_an_official_table_is_worded() -> None:
    measures = [m for table in load_catalogue().datasets.values() for m in table.measures.values()]
    assert {measure.unit for measure in measures} <= set(load_registry().units)
