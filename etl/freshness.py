"""How current each table is: its newest year here, its edition, and when the next is expected.

In come the observations and files of a release and the declared rhythm of datasets.yml; out go
one row per table, for the release, the command `status` and the page on methods.
"""

from __future__ import annotations

from datetime import date

import duckdb

from etl.model import load_catalogue

# A partial release has its Land already; where a table has the five Kreise, they count.
NEWEST = """
SELECT dataset, coalesce(max(year) FILTER (a.in_region AND a.level = 'kreis'), max(year))
FROM observation JOIN area a USING (area_id) WHERE value IS NOT NULL GROUP BY dataset
"""
EDITIONS = """
SELECT dataset, max(retrieved), max(vintage) FROM source_file
WHERE status IN ('used', 'partly_used', 'superseded') GROUP BY dataset
"""


def expected(newest_year: int, published_after: int) -> date:
    """Return the first day on which the figures of the year after `newest_year` should be there.

    `published_after` counts months after the end of the year described.
    """
    months = 12 * (newest_year + 2) + published_after
    return date(months // 12, months % 12 + 1, 1)


def load_freshness(connection: duckdb.DuckDBPyConnection) -> None:
    """Fill `freshness` of a release: one row per table with figures.

    `retrieved` is NULL where files came without a sidecar; `edition` is the publisher's own
    newest date, '' where it states none; `expected` is NULL for a table that is not continued.
    """
    editions = {name: found for name, *found in connection.execute(EDITIONS).fetchall()}
    newest = dict(connection.execute(NEWEST).fetchall())
    rows = []
    for name, dataset in load_catalogue().datasets.items():
        if name not in newest:
            continue
        retrieved, edition = editions.get(name, (None, ""))
        after = dataset.published_after
        due = None if after is None else expected(newest[name], after)
        rows.append((name, newest[name], retrieved, edition or "", after, due))
    if rows:
        connection.executemany("INSERT INTO freshness VALUES (?, ?, ?, ?, ?, ?)", rows)
