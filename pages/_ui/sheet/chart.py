"""Charts of a datasheet: lines over the years, beside the larger areas."""

from __future__ import annotations

from pages._ui import data
from pages._ui.charts import is_break
from pages._ui.numbers import Figure, unit_text
from pages._ui.paper.model import Chart, Line, Lines, Point
from pages._ui.rungs import has_figure
from pages._ui.sheet.subject import Party, Subject, drawn, figures
from pages._ui.timeline_table import course

LEAST = 2  # years with a figure that make a line
REACH = 20  # years that a chart goes back


def over_years(subject: Subject, indicator_id: str) -> Chart | None:
    """Return the lines of an indicator; None where the area has fewer than two figures.

    Counts stand alone: a Kreis and Germany do not fit on one scale.
    """
    indicator = data.indicators(subject.path)[indicator_id]
    everyone = drawn(subject)[:1] if indicator.display == "count" else drawn(subject)
    found = [(party, _recent(figures(subject, party, indicator_id))) for party in everyone]
    if sum(has_figure(figure) for figure in found[0][1].values()) < LEAST:
        return None
    t, language = subject.t, subject.language
    shown = [(party, entry) for party, entry in found if any(map(has_figure, entry.values()))]
    drawing = Lines(
        tuple(_line(party, entry) for party, entry in shown),
        unit_text(indicator.unit, language),
        tuple(year for year, figure in sorted(found[0][1].items()) if is_break(figure)),
        t("trend.break"),
        t("steckbrief.interval"),
        t("trend.cut_off"),
        indicator.decimals,
    )
    title = indicator.name.get(language)
    said = course(found[0][1], indicator, language)
    alt = t("trend.alt", indicator=title, area=subject.name, development=said)
    return Chart(drawing, title, alt)


def _recent(found: dict[int, Figure]) -> dict[int, Figure]:
    last = max(found, default=0)
    return {year: figure for year, figure in found.items() if year > last - REACH}


def _line(party: Party, found: dict[int, Figure]) -> Line:
    points = tuple(
        Point(year, figure.value, figure.lower, figure.upper, figure.mark)
        for year, figure in sorted(found.items())
    )
    return Line(party.name, points, party.look)
