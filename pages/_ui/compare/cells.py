"""One cell of the comparison: figure with year, small trend, rank, distance, direction."""

from __future__ import annotations

from html import escape

from indicators.records import Indicator
from pages._ui import charts, rungs, text, why
from pages._ui.bench_card import KEY as BENCH
from pages._ui.compare import spans
from pages._ui.compare.entries import Entry, Figures
from pages._ui.i18n import Texts
from pages._ui.numbers import cell, rank, unit_text
from pages._ui.spark import spark

ARROWS = {1: "▲", -1: "▼", 0: "■"}  # a word always stands beside them
SHORT_UNIT = 2  # signs: %, €


def html(
    path: str,
    indicator: Indicator,
    entry: Entry,
    figures: Figures,
    language: str,
) -> str:
    """Return a cell as HTML; every line says one thing."""
    t = Texts(language)
    lines = [
        _trend(indicator, figures, t),
        _line(", ".join(text.notes(entry.figure, language))),
        _line(rank(*entry.rank, language)),
        _line(distance(indicator, entry, t)),
        _line(direction(indicator, entry, t)),
    ]
    return _figure(path, indicator, entry, t) + "".join(lines)


def _figure(path: str, indicator: Indicator, entry: Entry, t: Texts) -> str:
    short = len(unit_text(indicator.unit, t.language)) <= SHORT_UNIT
    unit = indicator.unit if short else ""  # stands beside the name of the indicator
    shown = cell(entry.figure, indicator.decimals, unit, t.language)
    if entry.year is None:
        return f'<span class="figure">{escape(shown)}</span>'
    linked = escape(shown)
    if not entry.key.startswith("g") and entry.key != BENCH:
        linked = why.link(
            shown, path, indicator.id, entry.key, entry.year, t.language, entry.figure.mark
        )
    year = t("vergleich.cell.odd", year=entry.year) if entry.odd else str(entry.year)
    kind = "year odd" if entry.odd else "year"
    return f'<span class="figure">{linked}</span> <span class="{kind}">{escape(year)}</span>'


def _line(said: str) -> str:
    return f'<span class="line">{escape(said)}</span>' if said else ""


def _trend(indicator: Indicator, figures: Figures, t: Texts) -> str:
    values = [(year, one.value) for year, one in sorted(figures.items()) if one.value is not None]
    bars = [
        (year, *ends)
        for year, one in sorted(figures.items())
        if rungs.has_bounds(one) and (ends := rungs.ends(one))
    ]
    if len(values) + len(bars) < 2:
        return ""
    years = sorted(year for year, *_ in (*values, *bars))
    breaks = {year for year, one in figures.items() if charts.is_break(one)}
    broken = [year for year in sorted(breaks) if years[0] < year <= years[-1]]
    message = "vergleich.spark.broken" if broken else "vergleich.spark"
    said = {"years": ", ".join(map(str, broken))} if broken else {}
    alt = t(message, indicator=indicator.short.get(t.language), first=years[0], last=years[-1],
            **said)  # fmt: skip
    return spark(values, alt, breaks, bars)


def distance(indicator: Indicator, entry: Entry, t: Texts) -> str:
    """Return by how much the figure differs from that of the benchmark in the same year."""
    if entry.key == BENCH:
        return ""
    apart = spans.apart(entry.figure, entry.reference, indicator, t.language)
    return t("vergleich.cell.distance", apart=apart) if apart else ""


def direction(indicator: Indicator, entry: Entry, t: Texts) -> str:
    """Return the change over about five years, with a word for what it means."""
    if entry.broken:
        return t("vergleich.cell.broken")
    change, value = entry.change, entry.figure.value
    if change is None or value is None:
        return ""
    apart = text.gap(value, change.before, indicator)[1]
    return t(
        f"vergleich.cell.change.{change.kind}",
        arrow=ARROWS[(apart > 0) - (apart < 0)],
        change=text.signed_gap(value, change.before, indicator, t.language),
        since=change.since,
    )
