"""Sentences written from the same figures that a map, chart or table shows; pure functions."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Hashable, Sequence
from html import escape
from typing import Any

import pandas as pd

from indicators.records import Indicator, Release
from pages._ui.i18n import Texts
from pages._ui.numbers import (
    Figure,
    cell,
    date,
    is_percent,
    known,
    number,
    rank,
    signed,
    with_unit,
)

Row = dict[Hashable, Any]
MANY = 1000  # percent from which a decimal says nothing
GRID = "© GeoBasis-DE / BKG (2022), dl-de/by-2-0"


def is_secret(figure: Figure) -> bool:
    """Return whether the figure exists but is kept secret by the publisher."""
    return figure.value is None and figure.mark == "secret"


def shown(indicator: Indicator, figure: Figure, language: str) -> str:
    """Return a figure with unit or its mark in words, and its qualifier in brackets."""
    words = cell(figure, indicator.decimals, indicator.unit, language)
    said = ", ".join(notes(figure, language))
    return f"{words} ({said})" if said else words


def notes(figure: Figure, language: str) -> list[str]:
    """Return the qualifiers of a figure in words."""
    t = Texts(language)
    return [t(f"qualifier.{name}") for name in figure.qualifier.split(";") if name]


def hover(indicator: Indicator, year: int, row: Row, language: str) -> str:
    """Return what a map says when the pointer rests on an area."""
    figure = Figure.of(row)
    lines = [
        f"<b>{escape(str(row[f'name_{language}']), quote=False)}</b>",
        f"{escape(indicator.short.get(language), quote=False)} {year}:",
        f"<b>{shown(indicator, figure, language)}</b>",
        rank(row.get("rank_low"), row.get("rank_high"), row.get("n"), language),
    ]
    return "<br>".join(line for line in lines if line)


def rank_interval(row: Row, language: str) -> str:
    """Return why the rank in a row is an interval; '' where it is one number or there is none."""
    low, high = known(row.get("rank_low")), known(row.get("rank_high"))
    if low is None or high is None or low == high:
        return ""
    own = Figure.of(row).value is None
    return Texts(language)("rank.interval_own" if own else "rank.interval_others")


def reading(
    indicator: Indicator, year: int, extent: str, rows: Sequence[Row], language: str
) -> str:
    """Return highest and lowest area, and how many areas have no figure and why.

    An end that a secret figure may lie beyond is called the highest or lowest known one.
    """
    t = Texts(language)
    figures = [(Figure.of(row), str(row[f"name_{language}"])) for row in rows]
    valued = [(figure.value, name) for figure, name in figures if figure.value is not None]
    marks = Counter(figure.mark for figure, _ in figures if figure.value is None)
    if not valued:
        return " ".join(
            [t("reading.none", year=year, extent=t(f"extent.{extent}")), *_gaps(marks, t)]
        )
    lowest, highest = min(valued), max(valued)

    def written(value: float) -> str:
        return with_unit(value, indicator.decimals, indicator.unit, language)

    if round(lowest[0], indicator.decimals) == round(highest[0], indicator.decimals):
        first = t("reading.equal", year=year, value=written(highest[0]))
    else:
        first = t(
            "reading.range",
            year=year,
            highest=t(_surely("highest", figures, highest[0])),
            lowest=t(_surely("lowest", figures, lowest[0])),
            high=_which(valued, highest[0], indicator.decimals, t),
            high_value=written(highest[0]),
            low=_which(valued, lowest[0], indicator.decimals, t),
            low_value=written(lowest[0]),
        )
    return " ".join([first, *_gaps(marks, t)])


def _surely(end: str, figures: Sequence[tuple[Figure, str]], value: float) -> str:
    """Return the message for an end of the range: known only, where a secret may lie beyond."""
    hidden = [figure for figure, _ in figures if is_secret(figure) or figure.mark == "range"]
    bounds = [figure.upper if end == "highest" else figure.lower for figure in hidden]
    sign = 1 if end == "highest" else -1
    beyond = any(bound is None or sign * bound > sign * value for bound in bounds)
    return f"reading.{end}_known" if beyond else f"reading.{end}"


def _which(valued: Sequence[tuple[float, str]], value: float, decimals: int, t: Texts) -> str:
    """Name the area with a value, or say how many share it."""
    same = [name for other, name in valued if round(other, decimals) == round(value, decimals)]
    return same[0] if len(same) == 1 else t("reading.several", n=len(same))


def _gaps(marks: Counter[str], t: Texts) -> list[str]:
    return [
        t.count("reading.gap", count, str(count)).replace("{mark}", t(f"mark.{mark}"))
        for mark, count in sorted(marks.items())
    ]


def gap(value: float, reference: float, indicator: Indicator) -> tuple[str, float]:
    """Return in what two figures differ, `points`, `percent` or `units`, and by how much.

    Percentages differ by percentage points, everything else by percent of the reference, or by
    units where that is not above zero. The gap is 0 where the figures look the same.
    """
    decimals = indicator.decimals
    apart = round(value, decimals) - round(reference, decimals)
    if is_percent(indicator.unit) or reference <= 0:
        return "points" if is_percent(indicator.unit) else "units", apart
    percent = (value / reference - 1) * 100
    return "percent", percent if apart and round(percent, 1) else 0.0


def difference(value: float, reference: float, indicator: Indicator, language: str) -> str:
    """Return by how much `value` lies above or below `reference`, or that they are equal."""
    t = Texts(language)
    kind, apart = gap(value, reference, indicator)
    if apart == 0:
        return t("difference.none")
    if kind == "units":
        amount = with_unit(abs(apart), indicator.decimals, indicator.unit, language)
    else:
        decimals = indicator.decimals if kind == "points" else 1
        amount = number(abs(apart), decimals, language)
    return t(f"difference.{kind}.{'more' if apart > 0 else 'less'}", amount=amount)


def signed_gap(value: float, reference: float, indicator: Indicator, language: str) -> str:
    """Return by how much `value` lies above or below `reference` with its sign."""
    kind, apart = gap(value, reference, indicator)
    if kind == "percent":
        percent = "" if language == "en" else "\N{NO-BREAK SPACE}"
        decimals = 1 if abs(apart) < MANY else 0
        return f"{signed(apart, decimals, language)}{percent}%"
    unit = Texts(language)("unit.points") if kind == "points" else ""
    return f"{signed(apart, indicator.decimals, language)} {unit}".strip()


def against(
    value: float, references: Sequence[tuple[str, float]], indicator: Indicator, language: str
) -> str:
    """Return one sentence that sets a value beside those of larger areas; '' without any."""
    t = Texts(language)
    parts = [
        t(
            "against.part",
            difference=difference(value, other, indicator, language),
            name=t(f"than.{name}"),
            value=with_unit(other, indicator.decimals, indicator.unit, language),
        )
        for name, other in references
    ]
    return t("against.sentence", parts=", ".join(parts)) if parts else ""


def base(
    values: Sequence[tuple[int, float]], breaks: Collection[int], years: int = 5
) -> tuple[tuple[int, float], int | None]:
    """Return the (year, value) about `years` before the last of `values`, at least two.

    `breaks` are the years from which on another method holds. Figures on either side of one are
    not compared: the base moves up to the first year since the last break, which is returned too,
    and may be the last year itself.
    """
    year = values[-1][0]
    first = min(values[:-1], key=lambda entry: (abs(entry[0] - (year - years)), entry[0]))
    broken = max((entry for entry in breaks if first[0] < entry <= year), default=None)
    if broken is not None:
        first = next(entry for entry in values if entry[0] >= broken)
    return first, broken


def development(
    values: Sequence[tuple[int, float]],
    breaks: Collection[int],
    indicator: Indicator,
    language: str,
    years: int = 5,
) -> str:
    """Return the change to the last of `values` from about `years` before; '' without one.

    Where a break lies in between (see `base`) and leaves nothing to compare, the sentence says so.
    """
    if len(values) < 2:
        return ""
    t = Texts(language)
    year, value = values[-1]
    first, broken = base(values, breaks, years)
    if first[0] == year:
        return t("development.broken")
    change = signed_gap(value, first[1], indicator, language)
    before = with_unit(first[1], indicator.decimals, indicator.unit, language)
    message = "development" if broken is None else "development.since_break"
    return t(message, first=first[0], last=year, change=change, before=before)


def file_source(row: Row, language: str) -> str:
    """Return one source with publisher, table, title, state of the file, and licence."""
    t = Texts(language)
    retrieved = date(day_of(row.get("retrieved")), language)
    fetched = t("source.retrieved", day=retrieved) if retrieved else ""
    state = t("source.vintage", vintage=row["vintage"]) if row["vintage"] else ""
    said = ", ".join(filter(None, (state, fetched)))
    return t(
        "source.file",
        publisher=row[f"publisher_name_{language}"],
        table=row["table_code"],
        title=row[f"title_{language}"],
        state=f" {said}." if said else "",
        licence=row["licence"],
    )


def table_name(row: Row, language: str) -> str:
    """Return publisher, code and title of an official table."""
    publisher, title = row[f"publisher_name_{language}"], row[f"title_{language}"]
    return f"{publisher}: {row['table_code']}, {title}"


def day_of(value: object) -> dt.date | None:
    """Return a day from what a release holds it as: date, timestamp or ISO text; None if none."""
    if value is None or value is pd.NaT:
        return None
    try:
        stamp = pd.Timestamp(str(value))
    except ValueError:
        return None
    return None if pd.isna(stamp) else stamp.date()


def picture_source(sources: pd.DataFrame, release: Release, language: str) -> str:
    """Return the source line inside a picture: publishers, tables, licences, boundaries."""
    t = Texts(language)
    tables = sources.drop_duplicates(["dataset"])
    named = "; ".join(
        t(
            "source.table",
            publisher=row[f"publisher_name_{language}"],
            table=row["table_code"],
            licence=row["licence"],
        )
        for row in tables.to_dict("records")
    )
    return t("source.picture", sources=named or t("source.unknown"), release=release.id, grid=GRID)


def release_line(release: Release, language: str) -> str:
    """Return which release of the figures a page shows."""
    t = Texts(language)
    return t("footer.release", release=release.id, built=date(release.built, language))
