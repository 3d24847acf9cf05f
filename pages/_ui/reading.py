"""The written reading of a rung: what it says for an area, as one would say it aloud."""

from __future__ import annotations

import math

import streamlit as st

from pages._ui import data, places, rungs, text
from pages._ui.charts import values_of
from pages._ui.i18n import Texts
from pages._ui.numbers import Figure, interval, number, rank, with_unit
from pages._ui.places import opening, place
from pages._ui.rung_view import View
from pages._ui.rungs import Step

EVEN = 0.05  # a share this close to a whole number is called by that number
WHY = {
    1: "automobil.reading.why",
    2: "automobil.reading.why.ranged",
    3: "automobil.reading.why",
    4: "automobil.reading.why.occupations",
}
SMALL = 10  # below, one decimal says more than "just over"


def about(value: float, language: str) -> str:
    """Return a share as one says it: 'gut 48', 'knapp 27', '2,4', 'keine' for none."""
    t = Texts(language)
    if round(value, 1) <= 0:
        return t("automobil.about.none" if value <= 0 else "automobil.about.least")
    whole = round(value)
    if abs(value - whole) < EVEN:
        return number(whole, 0, language)
    if value < SMALL:
        return number(value, 1, language)
    kind = "more" if value > whole else "less"
    return t(f"automobil.about.{kind}", n=number(whole, 0, language))


def between(lower: float, upper: float, language: str) -> tuple[str, str]:
    """Return both ends of an interval for a sentence, rounded outwards: ('0', '35')."""
    scale = 1 if upper >= SMALL else 10
    decimals = 0 if scale == 1 else 1
    low, high = math.floor(lower * scale) / scale, math.ceil(upper * scale) / scale
    low_shown = number(low, 0 if low in (0, SMALL) else decimals, language)
    return low_shown, number(high, decimals, language)


def share_sentence(step: Step, base: str, where: str, language: str) -> str:
    """Return what a share of rungs 1 to 4 says: a value, an interval, or that there is none."""
    t = Texts(language)
    name = f"automobil.reading.{step.rung}.{rungs.base_of(step.rung, base)}"
    limits = rungs.ends(step.figure)
    if step.year is None or limits is None:
        mark = t(f"mark.{step.figure.mark}")
        return opening(t("automobil.reading.none", place=where, year=step.year or "", mark=mark))
    if step.figure.value is not None:
        n = about(step.figure.value, language)
        return opening(t(f"{name}.value", place=where, year=step.year, n=n))
    lower, upper = between(*limits, language)
    return opening(t(f"{name}.interval", place=where, year=step.year, lower=lower, upper=upper))


def persons_sentence(
    figure: Figure, year: int, first: tuple[int, float] | None, where: str, t: Texts
) -> str:
    """Return what rung 5 says: persons, and the change since the first year with a value."""
    if figure.value is None:
        return t("automobil.reading.5.none", place=where, year=year, mark=t(f"mark.{figure.mark}"))
    shown = number(figure.value, 0, t.language)
    if first is None or first[0] >= year:
        return t("automobil.reading.5.value", place=where, year=year, n=shown)
    change = (figure.value / first[1] - 1) * 100
    kind = "more" if change >= 0 else "less"
    words = t(f"automobil.reading.5.{kind}", n=number(abs(change), 0, t.language))
    said = {"place": where, "year": year, "n": shown, "change": words, "first": first[0]}
    return t("automobil.reading.5.change", **said)


@st.cache_resource(max_entries=256, show_spinner=False)
def sentences(path: str, view: View, language: str) -> tuple[str, ...]:
    """Return the reading of the chosen view, the first sentence being the point."""
    t = Texts(language)
    if view.rung == 5:
        return (_over_time(path, view, t), t("automobil.reading.5.scope"))
    figure = rungs.figure_at(path, view.indicator, view.area, view.year)
    step = Step(view.rung, view.indicator, view.area, view.year, figure)
    said = [
        share_sentence(step, view.base, where(path, view.area, language), language),
        ranked(path, view, t),
        compared(path, view, t),
    ]
    if rungs.has_bounds(figure):
        said.append(t(WHY[view.rung]))
    return tuple(sentence for sentence in said if sentence)


def where(path: str, area: str, language: str) -> str:
    """Return an area of the release with its preposition."""
    full, short = places.names(path, language, "name")[area], places.names(path, language)[area]
    return place(area, full, short, language)


def _over_time(path: str, view: View, t: Texts) -> str:
    values = values_of(data.series(path, rungs.OVER_TIME, (view.subject,)), view.subject)
    figure = rungs.figure_at(path, rungs.OVER_TIME, view.subject, view.year)
    place_name = where(path, view.subject, t.language)
    first = values[0] if values else None
    return opening(persons_sentence(figure, view.year, first, place_name, t))


def ranked(path: str, view: View, t: Texts) -> str:
    """Return the rank of a Kreis in words; '' for larger areas and without a rank."""
    frame = data.cross_section(path, view.indicator, view.year, "country")
    for row in frame[frame["area_id"] == view.area].to_dict("records"):
        placed = rank(row["rank_low"], row["rank_high"], row["n"], t.language)
        if placed:
            why = text.rank_interval(row, t.language)
            return " ".join(filter(None, (t("automobil.reading.rank", rank=placed), why)))
    return ""


def compared(path: str, view: View, t: Texts) -> str:
    """Return the same figure for region, Saxony and Germany, with their intervals."""
    indicator = data.indicators(path)[view.indicator]
    names = places.names(path, t.language)
    parts = []
    for area in rungs.LARGER:
        figure = rungs.figure_at(path, view.indicator, area, view.year)
        if area == view.area or not rungs.has_figure(figure):
            continue
        parts.append(f"{names[area]} {shown(figure, indicator.decimals, '', t.language)}")
    return t("automobil.reading.compare", parts=", ".join(parts)) if parts else ""


def shown(figure: Figure, decimals: int, unit: str, language: str) -> str:
    """Return a value or an interval with its unit, without the mark."""
    if figure.value is not None:
        return with_unit(figure.value, decimals, unit, language)
    return interval(figure, decimals, unit, language)


@st.cache_resource(max_entries=256, show_spinner=False)
def current(path: str, area: str, language: str) -> str:
    """Return what rung 4, the current one, says for an area in its newest year."""
    year, figure = rungs.latest(path, rungs.OCCUPATIONS_SHARE, area)
    step = Step(4, rungs.OCCUPATIONS_SHARE, area, year, figure)
    sentence = share_sentence(step, "employees", where(path, area, language), language)
    return Texts(language)("automobil.reading.current", sentence=sentence)
