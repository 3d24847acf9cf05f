"""Figures as the reader's language writes them, with unit, and marks in words."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Hashable
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from functools import cache

from babel.dates import format_date
from babel.numbers import format_decimal

from indicators.model import Unit
from indicators.registry import load_registry
from pages._ui.i18n import Texts

NBSP = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"
HYPHEN = "-"
EXACT = 9  # decimals up to which a computed figure is taken at its word
DATE_LOCALES = {"de": "de_DE", "en": "en_GB"}


@dataclass(frozen=True)
class Figure:
    """One value of an area with all that must be said about it; `None` where there is none."""

    value: float | None
    lower: float | None = None
    upper: float | None = None
    mark: str = "value"
    qualifier: str = ""

    @classmethod
    def of(cls, row: dict[Hashable, object]) -> Figure:
        """Return the figure in a row of the store (columns value, lower, upper, mark, ...)."""
        value, mark = known(row.get("value")), str(row.get("mark") or "missing")
        if value is None and mark in ("value", "zero"):
            mark = "missing"
        lower, upper = known(row.get("lower")), known(row.get("upper"))
        return cls(value, lower, upper, mark, str(row.get("qualifier") or ""))


def known(value: object) -> float | None:
    """Return `value` as a number, or None for NULL, NaN and NA."""
    try:
        number = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return None
    return None if math.isnan(number) else number


def number(value: float, decimals: int, language: str) -> str:
    """Return `value` rounded to `decimals` places, grouped, with a true minus sign."""
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    value = round(value, decimals) + 0.0  # + 0.0: no minus before a rounded zero
    return str(format_decimal(value, format=pattern, locale=language)).replace(HYPHEN, MINUS)


def signed(value: float, decimals: int, language: str) -> str:
    """Return `value` with its sign, plus included."""
    text = number(value, decimals, language)
    return f"+{text}" if round(value, decimals) > 0 else text


@cache
def _units() -> dict[str, Unit]:
    return load_registry().units


def unit_text(unit: str, language: str) -> str:
    """Return what follows a figure of `unit`; a unit that is not declared says itself."""
    declared = _units().get(unit)
    return declared.get(language) if declared else unit


def is_percent(unit: str) -> bool:
    """Return whether differences in `unit` are percentage points."""
    return unit in ("percent", "percentage_points")


def with_unit(value: float, decimals: int, unit: str, language: str) -> str:
    """Return the figure and its unit, held together by a no-break space."""
    suffix = unit_text(unit, language)
    shown = number(value, decimals, language)
    if suffix == "%" and language == "en":
        return f"{shown}%"
    return f"{shown}{NBSP}{suffix}" if suffix.strip() else shown


def cell(figure: Figure, decimals: int, unit: str, language: str) -> str:
    """Return a figure as a reader sees it: number, interval or the mark in words."""
    t = Texts(language)
    if figure.value is not None:
        return with_unit(figure.value, decimals, unit, language)
    words = t(f"mark.{figure.mark}")
    between = interval(figure, decimals, unit, language)
    return f"{words}, {between}" if between else words


def interval(figure: Figure, decimals: int, unit: str, language: str) -> str:
    """Return 'zwischen 0 und 34,6 %', or '' without bounds; ends are rounded outwards."""
    if figure.lower is None or figure.upper is None:
        return ""
    lower = outwards(figure.lower, decimals, ROUND_FLOOR)
    upper = outwards(figure.upper, decimals, ROUND_CEILING)
    return Texts(language)(
        "figure.between",
        lower=number(lower, decimals if lower else 0, language),
        upper=with_unit(upper, decimals, unit, language),
    )


def outwards(end: float, decimals: int, direction: str) -> float:
    """Return an end of an interval with `decimals` places, so that what is shown holds it."""
    exact = Decimal(repr(round(end, EXACT)))  # a last bit of a float is no reason to move the end
    return float(exact.quantize(Decimal(1).scaleb(-decimals), rounding=direction))


def rank(low: object, high: object, n: object, language: str, bare: bool = False) -> str:
    """Return 'Rang 12 von 400', or an interval of ranks, or '' where there is none.

    A `bare` rank leaves the word out, for a column that says it.
    """
    first, last, of = known(low), known(high), known(n)
    if first is None or last is None or of is None:
        return ""
    t = Texts(language)
    kind = "figure.bare_rank" if bare else "figure.rank"
    if first == last:
        return t(kind, rank=number(first, 0, language), n=number(of, 0, language))
    return t(
        f"{kind}_between",
        low=number(first, 0, language),
        high=number(last, 0, language),
        n=number(of, 0, language),
    )


def date(value: dt.date | dt.datetime | None, language: str) -> str:
    """Return a day as the language writes it in running text; '' for none."""
    return (
        format_date(value, format="long", locale=DATE_LOCALES[language])
        if value is not None
        else ""
    )


def file_size(size: float, language: str) -> str:
    """Return a number of bytes in kB or MB."""
    large = size >= 1e6
    scaled = size / (1e6 if large else 1e3)
    return f"{number(scaled, 1 if large else 0, language)}{NBSP}{'MB' if large else 'kB'}"
