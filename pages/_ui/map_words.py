"""What the page of strengths says about figures: sentences, hover texts, cells; pure functions."""

from __future__ import annotations

from html import escape

from pages._ui.benchmark import Benchmark
from pages._ui.i18n import Texts
from pages._ui.lq_classes import is_secret, persons, quotient
from pages._ui.numbers import Figure, cell, known, number, rank, signed
from pages._ui.places import opening
from pages._ui.tables import Column, Row

NONE = "–"


def columns(first: str, t: Texts) -> list[Column]:
    """Return the columns of a table of strengths; the first one names an area or a code."""
    return [
        Column(first),
        Column(t("staerken.column.lq"), number=True),
        Column(t("staerken.column.persons"), number=True),
        Column(t("staerken.column.share"), number=True),
        Column(t("staerken.column.growth"), number=True),
        Column(t("staerken.column.rank"), number=True),
        Column(t("staerken.column.note")),
    ]


def cells(row: Row, name: str, t: Texts) -> list[str]:
    """Return the cells of one row, in the order of `columns`."""
    share, growth = known(row.get("share")), known(row.get("growth"))
    return [
        escape(name),
        escape(figure(quotient(row), 2, t)),
        escape(figure(persons(row), 0, t)),
        NONE if share is None else percent(number(share, 2, t.language), t),
        NONE if growth is None else percent(signed(growth, 1, t.language), t),
        rank(row["rank_low"], row["rank_high"], row["n"], t.language, bare=True) or NONE,
        t("staerken.few") if row["few"] else "",
    ]


def percent(shown: str, t: Texts) -> str:
    """Return a number that is already written with a percent sign."""
    return t("staerken.percent", number=shown)


def figure(value: Figure, decimals: int, t: Texts) -> str:
    """Return a figure without a unit: number, 'geheim, zwischen 0 und 6,78', or its mark."""
    if value.value is not None:
        return number(value.value, decimals, t.language)
    return cell(value, decimals, "none", t.language).removesuffix("none").rstrip()


def hover(row: Row, against: str, t: Texts) -> str:
    """Return what the pointer shows; `against` is the benchmark as it stands in a sentence."""
    growth = known(row["growth"])
    lines = [
        f"<b>{escape(str(row[f'name_{t.language}']), quote=False)}</b>",
        t(
            "staerken.hover.lq",
            lq=figure(quotient(row), 2, t),
            against=escape(against, quote=False),
        ),
        t("staerken.hover.persons", persons=figure(persons(row), 0, t)),
        rank(row["rank_low"], row["rank_high"], row["n"], t.language),
        growth_words(growth, t),
        t("staerken.few") if row["few"] else "",
    ]
    return "<br>".join(line for line in lines if line)


def growth_words(growth: float | None, t: Texts) -> str:
    """Return the change in five years, '' without one."""
    if growth is None:
        return ""
    return t("staerken.hover.growth", growth=percent(signed(growth, 1, t.language), t))


def reading(row: Row, where: str, title: str, bench: Benchmark, t: Texts) -> str:
    """Return what the figures of the chosen area and code say, with the rank and how sure it is."""
    value, size = quotient(row), persons(row)
    number_of = figure(size, 0, t)
    counted = t(f"staerken.counted.{row['kind']}")
    said = {"title": title, "where": where, "against": bench.against}
    if value.value is None:
        shown = figure(value, 2, t)
        first = opening(t("staerken.reading.without", figure=shown, **said))
        if size.value is None or not is_secret(value):
            return first
        people = t("staerken.reading.persons", persons=number_of, counted=counted)
        why = t("staerken.reading.hidden", label=bench.label)
        return " ".join((first, people, why, ranked(row, t)))
    lq = number(value.value, 2 if value.value < 10 else 1, t.language)
    first = t("staerken.reading", persons=number_of, counted=counted, lq=lq, **said)
    few = t("staerken.reading.few") if row["few"] else ""
    return " ".join(filter(None, (opening(first), ranked(row, t), few)))


def ranked(row: Row, t: Texts) -> str:
    """Return the rank in a sentence; where secret figures may lie above, both numbers."""
    low, high, place = known(row["rank_low"]), known(row["rank_high"]), known(row["rank"])
    if low is None or high is None or place is None:
        return t("staerken.rank.none")
    language = t.language
    n = number(float(row["n"]), 0, language)
    if low == high:
        return t("staerken.rank.sure", rank=number(place, 0, language), n=n)
    return t(
        "staerken.rank.range",
        rank=number(place, 0, language),
        published=number(row["published"], 0, language),
        n=n,
        secret=number(row["secret"], 0, language),
        low=number(low, 0, language),
        high=number(high, 0, language),
    )


def summary(rows: list[Row], measure: str, t: Texts) -> str:
    """Return the map in words: highest area, and how many are secret, missing, or few."""
    take = quotient if measure == "lq" else persons
    sure = [
        (value, str(row[f"name_{t.language}"]))
        for row in rows
        if (value := take(row).value) is not None and not (measure == "lq" and row["few"])
    ]
    known_ones = sum(take(row).value is not None for row in rows)
    secret = sum(is_secret(take(row)) for row in rows)
    parts = []
    if sure and max(sure)[0] > 0:
        value, name = max(sure)
        shown = number(value, 2 if measure == "lq" else 0, t.language)
        parts.append(t(f"staerken.summary.highest.{measure}", name=name, value=shown))
    missing = len(rows) - known_ones - secret
    parts.append(t("staerken.summary.gaps", secret=secret, missing=missing))
    if measure == "lq" and (few := known_ones - len(sure)):
        parts.append(t("staerken.summary.few", few=few))
    return " ".join(parts)
