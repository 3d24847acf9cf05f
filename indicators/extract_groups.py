"""Rows of areas that a reader takes together as one, in the shape of every other extract.

In come a connection to a release and the areas; out go figures of the group, see
`indicators.groups`. A group has a key of its own, made of those of its members, and no rank.
"""

from __future__ import annotations

from collections.abc import Sequence

import duckdb
import pandas as pd

from indicators import queries_extracts as questions
from indicators.groups import Groups

LEVEL, SIGN = "group", "+"
RANKS = ("rank", "rank_low", "rank_high", "n")


def group_rows(
    connection: duckdb.DuckDBPyConnection,
    indicators: Sequence[str],
    areas: Sequence[str],
    span: tuple[int | None, int | None],
    language: str,
) -> pd.DataFrame:
    """Return the figures of areas taken together; columns as those of an extract of figures.

    Raises:
        OverlapError: an area would be counted twice.
        UnknownAreaError: an area is not part of the boundary vintage.
    """
    groups, (first, last) = Groups(connection), span
    frames = [groups.series(name, areas).assign(indicator=name) for name in indicators]
    rows = pd.concat(frames, ignore_index=True)
    inside = rows["year"].between(first or rows["year"].min(), last or rows["year"].max())
    said = connection.cursor().execute(
        questions.SAID, {"indicators": list(indicators), "language": language}
    )
    names = connection.cursor().execute(
        questions.NAMED, {"areas": list(areas), "language": language}
    )
    called = f" {SIGN} ".join(str(name) for (name,) in names.fetchall())
    whole = rows[inside].merge(said.df(), on=["indicator", "year"], how="left", sort=False)
    return whole.assign(
        area_id=SIGN.join(areas), area_name=called, level=LEVEL, **dict.fromkeys(RANKS)
    )
