"""Rules that layouts of several formats share: area keys, rows to keep, numbers, heads."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fnmatch import fnmatchcase

import pandas as pd

from etl.errors import SourceError
from etl.formats import Source
from etl.model import Column

TIME = "{time}"
TIMES = r"(?P<time>(?:19|20)\d\d(?:-\d\d-\d\d)?)"
NO_HEAD = "(no head)"
CHANGED = "See whether the publisher changed the table and adapt datasets.yml."


def match_areas(keys: pd.Series, patterns: dict[str, str | None]) -> pd.Series:
    r"""Return one area key per row.

    `patterns` maps regular expressions to keys (`\1` stands for a group); the first one that
    matches a key in full counts. None there means: published, but no area of the monitor; such
    rows come back as NaN. A key that nothing matches comes back as it stands.
    """
    rules = [(re.compile(pattern), target) for pattern, target in patterns.items()]
    known = {key: _match_area(key, rules) for key in keys.unique()}
    return keys.map(known).astype("object")


def _match_area(key: str, rules: list[tuple[re.Pattern[str], str | None]]) -> str | None:
    for rule, target in rules:
        found = rule.fullmatch(key)
        if found:
            return None if target is None else found.expand(target)
    return key


def keep(frame: pd.DataFrame, where: dict[str, list[str]], source: Source) -> pd.Series:
    """Return which rows have one of the declared texts in every column of `where`.

    Raises:
        SourceError: a declared text that does not occur at all.
    """
    kept = pd.Series(True, index=frame.index)
    for name, texts in where.items():
        found = set(frame[name].unique())
        absent = [text for text in texts if text not in found]
        if absent:
            raise SourceError(
                source.place(column=name), "a declared text does not occur", CHANGED, absent[0]
            )
        kept &= frame[name].isin(texts)
    return kept


def refuse_wrong_groups(frame: pd.DataFrame, thousands: str, source: Source) -> None:
    """Refuse numbers whose thousands sign does not stand before three digits each time."""
    if not thousands:
        return
    sign = re.escape(thousands)
    texts = frame["text"].astype(str)
    wrong = texts.str.contains(sign) & ~texts.str.fullmatch(rf"-?\d{{1,3}}({sign}\d{{3}})+(,\d+)?")
    if wrong.any():
        row = frame[wrong].iloc[0]
        raise SourceError(
            source.place(int(row["line"]), str(row["column"])),
            f"{thousands!r} separates thousands in this file, but not here",
            "See whether the publisher changed how numbers are written.",
            row["text"],
        )


def bind_heads(
    heads: list[str], ignore: Iterable[str], taken: Iterable[str], source: Source, line: int
) -> list[tuple[int, Column, str]]:
    """Return position, declared column and time ('' where the head states none) of each figure.

    A head is declared with `{time}` where years or dates stand across. Heads in `ignore` are
    patterns with `*`; heads in `taken` are key columns.

    Raises:
        SourceError: a head that is neither declared nor ignored, or heads in another order.
    """
    taken, bound = set(taken), []
    for position, head in enumerate(heads):
        found = _declared(head, source.layout.columns)
        if found:
            bound.append((position, *found))
        elif head not in taken and not any(fnmatchcase(head, pattern) for pattern in ignore):
            raise SourceError(
                source.place(line, str(position + 1)), "this head is not declared", CHANGED, head
            )
    _refuse_other_order(bound, source, line)
    return bound


def refuse_absent_heads(found: Iterable[Column], source: Source, line: int) -> None:
    """Refuse a file in none of whose tables a declared head stands."""
    heads = {column.head for column in found}
    absent = [column.head for column in source.layout.columns if column.head not in heads]
    if absent:
        raise SourceError(source.place(line), "a declared head is absent", CHANGED, absent[0])


def _declared(head: str, columns: list[Column]) -> tuple[Column, str] | None:
    for column in columns:
        for template in (column.head, *column.also):
            pattern = re.escape(template).replace(re.escape(TIME), TIMES)
            found = re.fullmatch(pattern, head)
            if found:
                return column, found.groupdict().get("time") or ""
    return None


def _refuse_other_order(bound: list[tuple[int, Column, str]], source: Source, line: int) -> None:
    """Refuse swapped columns: within one time, figures must stand in the declared order."""
    declared = source.layout.columns
    last: dict[str, int] = {}
    for position, column, time in bound:
        here = declared.index(column)
        if here <= last.get(time, -1):
            raise SourceError(
                source.place(line, str(position + 1)),
                "the columns stand twice or in another order than declared",
                CHANGED,
                column.head,
            )
        last[time] = here
    for head in {column.head for _, column, _ in bound}:
        times = [time for _, column, time in bound if column.head == head]
        if times != sorted(times) and times != sorted(times, reverse=True):
            raise SourceError(
                source.place(line), "the years across are not in order", CHANGED, ", ".join(times)
            )
