"""What is said of a goal: figures with unit, the sentence of its status, and what qualifies it."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR

from indicators.goals import Ends
from indicators.records import Indicator
from pages._ui.goals.standing import Standing
from pages._ui.i18n import Texts
from pages._ui.numbers import cell, number, outwards, with_unit

NEAR = ("reached", "on_path", "behind", "missed", "unjudged")  # a share of the way says something
SAID = ("provisional", "estimated", "corrected")
MOST_PLACES = 4


def typed(value: float, indicator: Indicator, language: str) -> str:
    """Return a value as a person entered it: with its own decimals where it has more."""
    own = f"{value:.{MOST_PLACES}f}".rstrip("0").partition(".")[2]
    places = max(indicator.decimals, len(own))
    return with_unit(value, places, indicator.unit, language)


def ends(pair: Ends, indicator: Indicator, language: str) -> str:
    """Return a value, or both ends of an interval, rounded outwards."""
    unit, places = indicator.unit, indicator.decimals
    if pair[0] == pair[1]:
        return with_unit(pair[0], places, unit, language)
    low = number(outwards(pair[0], places, ROUND_FLOOR), places, language)
    high = with_unit(outwards(pair[1], places, ROUND_CEILING), places, unit, language)
    return Texts(language)("masterplan.from_to", low=low, high=high)


def newest(entry: Standing, t: Texts) -> str:
    """Return the figure that a goal is judged by, or that there is none yet."""
    if entry.newest is None:
        return t("masterplan.none_yet")
    return cell(entry.newest, entry.indicator.decimals, entry.indicator.unit, t.language)


def measured(entry: Standing, t: Texts) -> str:
    """Return the figure that a goal is judged by as a sentence says it."""
    figure = entry.newest
    if figure is None or figure.value is not None or figure.lower is None or figure.upper is None:
        return newest(entry, t)
    return t(
        "masterplan.secret", ends=ends((figure.lower, figure.upper), entry.indicator, t.language)
    )


def baseline(entry: Standing, t: Texts) -> str:
    """Return where a goal starts, or why that is not known."""
    start = entry.held.baseline
    if start is None:
        secret = entry.held.judgement.reason == "baseline_secret"
        return t("mark.secret" if secret else "mark.missing")
    if entry.held.given:
        return typed(start[0], entry.indicator, t.language)
    return ends(start, entry.indicator, t.language)


def verdict(entry: Standing, t: Texts) -> str:
    """Return the sentence that says how a goal stands."""
    judged, goal = entry.held.judgement, entry.goal
    reason = f".{judged.reason}" if judged.reason else ""
    said = {
        "year": judged.year,
        "figure": measured(entry, t),
        "start_year": goal.baseline.year,
        "start": baseline(entry, t),
        "end_year": goal.target.year,
        "target": typed(goal.target.value, entry.indicator, t.language),
        "asked": ends(judged.expected, entry.indicator, t.language) if judged.expected else "",
        "broken": judged.broken,
        "worst": t(f"masterplan.status.{judged.worst}") if judged.worst else "",
        "best": t(f"masterplan.status.{judged.best}") if judged.best else "",
    }
    return t(f"masterplan.said.{judged.status}{reason}", **said)


def more(entry: Standing, t: Texts) -> str:
    """Return how much of the way is behind, milestones, and what a reader must know of figures."""
    sentences = [_share(entry, t), *_milestones(entry, t), _start(entry, t), *_qualified(entry, t)]
    return " ".join(sentence for sentence in sentences if sentence)


def _share(entry: Standing, t: Texts) -> str:
    judged = entry.held.judgement
    if judged.share is None or judged.year is None or judged.status not in NEAR:
        return ""
    goal = entry.goal
    length = goal.target.year - goal.baseline.year
    asked = min((judged.year - goal.baseline.year) / length, 1.0) * 100
    low, high = (percent(end * 100, t.language) for end in judged.share)
    part = low if low == high else t("masterplan.from_to", low=low, high=high)
    return t("masterplan.share", part=part, asked=percent(asked, t.language))


def percent(value: float, language: str) -> str:
    """Return a share as a whole percentage."""
    return with_unit(value, 0, "percent", language)


def _milestones(entry: Standing, t: Texts) -> list[str]:
    results = {True: "met", False: "not_met", None: "unknown"}
    return [
        t(
            f"masterplan.milestone.{results[entry.held.milestones[mark.year]]}",
            year=mark.year,
            value=typed(mark.value, entry.indicator, t.language),
        )
        for mark in entry.goal.milestones
        if mark.year in entry.held.milestones
    ]


def _start(entry: Standing, t: Texts) -> str:
    held, year = entry.held, entry.goal.baseline.year
    if held.baseline is None:
        return ""
    if not held.given:
        return t("masterplan.baseline.release", year=year)
    if held.differs is None:
        return ""
    there = ends(held.differs, entry.indicator, t.language)
    return t("masterplan.baseline.differs", year=year, given=baseline(entry, t), release=there)


def _qualified(entry: Standing, t: Texts) -> list[str]:
    figure = entry.newest
    names = figure.qualifier.split(";") if figure is not None else []
    return [t(f"qualifier.{name}.explained") for name in SAID if name in names]


def about(entry: Standing, t: Texts) -> str:
    """Return indicator, area, span and who is responsible, in one line."""
    goal, language = entry.goal, t.language
    parts = [
        entry.indicator.name.get(language),
        entry.area,
        t("masterplan.span", start=goal.baseline.year, end=goal.target.year),
    ]
    if goal.responsible is not None:
        parts.append(t("masterplan.responsible", name=goal.responsible.get(language)))
    return " · ".join(parts)
