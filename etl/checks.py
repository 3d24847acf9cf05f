"""What must hold in every build, and what was found.

Each check is one query over the observations; its result is stored with the release, one row
per table. A failed check refuses the release.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import astuple, dataclass

import duckdb

from etl.model import Dataset, Deviation, load_catalogue
from etl.stage import Finding
from indicators.model import Text

KNOWN = "mark IN ('value', 'zero')"
HIDDEN = "mark IN ('secret', 'unreliable', 'missing', 'not_yet', 'not_applicable')"

SUMS = {
    "region": Text(
        de="Die fünf Gebiete ergeben zusammen die veröffentlichte Region 145.",
        en="The five areas add up to the published region 145.",
    ),
    "land": Text(
        de="Die Kreise ergeben zusammen ihr Land.", en="The districts add up to their Land."
    ),
}


@dataclass(frozen=True)
class Comparison:
    """How often a sum was compared, how often it was off, and the worst case in words."""

    compared: int
    off: int
    largest: float
    worst: str

    def counts(self) -> tuple[str, str]:
        """Return how many comparisons should hold, and how many do."""
        return str(self.compared), str(self.compared - self.off)

    def largest_de(self) -> str:
        """Return the largest gap, in German; '' where there is none."""
        return f"Größte Abweichung: {self.largest:g} ({self.worst})." if self.largest else ""

    def largest_en(self) -> str:
        """Return the largest gap, in English; '' where there is none."""
        return f"Largest gap: {self.largest:g} ({self.worst})." if self.largest else ""


def run(connection: duckdb.DuckDBPyConnection, findings: list[Finding]) -> None:
    """Run all checks and store their results together with those of the reading."""
    results = list(findings)
    present = {
        name
        for (name,) in connection.execute("SELECT DISTINCT dataset FROM observation").fetchall()
    }
    for name, dataset in load_catalogue().datasets.items():
        if name in present:
            results += _checks(connection, name, dataset)
    connection.executemany(
        "INSERT INTO check_result VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [astuple(finding) for finding in results],
    )


def _checks(
    connection: duckdb.DuckDBPyConnection, name: str, dataset: Dataset
) -> Iterator[Finding]:
    yield from five_areas(connection, name)
    yield from sums(connection, name, dataset, "region")
    yield from sums(connection, name, dataset, "land")
    yield from identities(connection, name, dataset)
    yield from ranges(connection, name, dataset)


def five_areas(connection: duckdb.DuckDBPyConnection, name: str) -> Iterator[Finding]:
    """All five areas have a row in every year since they exist in which any Kreis has one."""
    rows = connection.execute(
        """
        WITH kreis AS (
            SELECT o.measure, o.year, a.in_region, o.area_id
            FROM observation o JOIN area a USING (area_id)
            WHERE o.dataset = ? AND a.level = 'kreis' AND o.mark != 'dissolved' AND o.year > 2008)
        SELECT measure, year, count(DISTINCT area_id) FILTER (in_region) FROM kreis
        GROUP BY ALL HAVING count(DISTINCT area_id) > 2 ORDER BY ALL
        """,
        [name],
    ).fetchall()
    if not rows:
        return
    short = [f"{measure} {year}: {n}" for measure, year, n in rows if n != 5]
    yield Finding(
        name,
        "five_areas",
        f"{rows[0][1]}–{max(year for _, year, _ in rows)}",
        "failed" if short else "passed",
        f"5 × {len(rows)}",
        "; ".join(short[:5]) if short else f"5 × {len(rows)}",
        "Alle fünf Gebiete haben in jedem Jahr seit 2009 eine Zeile.",
        "All five areas have a row in every year since 2009.",
    )


def sums(
    connection: duckdb.DuckDBPyConnection, name: str, dataset: Dataset, level: str
) -> Iterator[Finding]:
    """Published Kreise add up to the published region 145, or to their Land.

    Compared is only what can be: additive measures, every Kreis of the boundary vintage there
    (with those that it has absorbed since), and no part unknown. The tolerance is half of the
    last printed digit per Kreis plus the table's stated residual.
    """
    additive = [key for key, measure in dataset.measures.items() if measure.additive]
    if not additive:
        return
    group = "'145'" if level == "region" else "a.parent"
    inside = "a.in_region" if level == "region" else "a.parent IS NOT NULL"
    known = [item for item in dataset.deviations if item.level == level]
    rows = connection.execute(
        f"""
        WITH kreis AS (
            SELECT a.area_id, {group} AS above, c.kind AS absorbed FROM area a
            LEFT JOIN area_change c ON c.area_id = a.area_id AND c.kind = 'absorbed'
            WHERE a.level = 'kreis' AND {inside} AND (a.valid_to IS NULL OR c.kind IS NOT NULL)),
        whole AS (SELECT above, count(*) AS kreise FROM kreis WHERE absorbed IS NULL GROUP BY 1),
        part AS (
            SELECT above, measure, year, sector, occupation, breakdown, partner_id,
                   sum(value) AS total, count(*) AS n,
                   count(*) FILTER (absorbed IS NULL AND {KNOWN}) AS known,
                   count(*) FILTER ({HIDDEN}) AS hidden
            FROM observation JOIN kreis USING (area_id)
            WHERE dataset = $name AND mark != 'dissolved' AND list_contains($additive, measure)
            GROUP BY ALL),
        pair AS (
            SELECT p.*, abs(p.total - o.value) AS apart, {_deviation_sql(known)} AS deviation,
                   $digit * p.n + $residual * abs(o.value) AS allowed,
                   concat_ws(' ', p.above, p.measure, p.year, p.sector, p.breakdown)
                   || printf(': %.12g ~ %.12g', p.total, o.value) AS shown
            FROM part p JOIN whole w ON w.above = p.above AND w.kreise = p.known
            JOIN observation o ON o.dataset = $name AND o.area_id = p.above
             AND o.measure = p.measure AND o.year = p.year AND o.sector = p.sector
             AND o.occupation = p.occupation AND o.breakdown = p.breakdown
             AND o.partner_id = p.partner_id AND o.{KNOWN}
            WHERE p.hidden = 0)
        SELECT deviation, count(*), count(*) FILTER (apart > allowed), max(apart),
               arg_max(shown, apart)
        FROM pair GROUP BY ALL ORDER BY deviation
        """,
        {
            "name": name,
            "additive": additive,
            "digit": dataset.digit,
            "residual": dataset.residual,
        },
    ).fetchall()
    for deviation, *numbers in rows:
        reason = known[deviation].reason if deviation >= 0 else None
        yield _sum_finding(name, level, Comparison(*numbers), reason)


def _deviation_sql(known: list[Deviation]) -> str:
    """Return an SQL expression: the number of the declared deviation of a sum, or -1.

    Only keys from datasets.yml enter it, and they are quoted.
    """
    cases = [
        f"WHEN p.year BETWEEN {item.year_from} AND {item.year_to}"
        + _within("p.measure", item.measures)
        + _within("p.above", item.areas)
        + f" THEN {number}"
        for number, item in enumerate(known)
    ]
    return f"CASE {' '.join(cases)} ELSE -1 END" if cases else "-1"


def _within(column: str, keys: list[str]) -> str:
    quoted = ", ".join("'" + key.replace("'", "''") + "'" for key in keys)
    return f" AND {column} IN ({quoted})" if keys else ""


def _sum_finding(name: str, level: str, comparison: Comparison, reason: Text | None) -> Finding:
    claim = reason or SUMS[level]
    return Finding(
        name,
        f"sum_{level}",
        "145" if level == "region" else "Land",
        "noted" if reason else "failed" if comparison.off else "passed",
        *comparison.counts(),
        f"{claim.de} {comparison.largest_de()}",
        f"{claim.en} {comparison.largest_en()}",
    )


def identities(
    connection: duckdb.DuckDBPyConnection, name: str, dataset: Dataset
) -> Iterator[Finding]:
    """Declared totals equal the sum of their parts (men and women, opened and rejected …)."""
    for identity in dataset.identities:
        for whole, parts in identity.items():
            row = connection.execute(
                f"""
                WITH part AS (
                    SELECT area_id, measure, year, sector, occupation, partner_id,
                           sum(value) FILTER (list_contains($parts, breakdown)) AS total,
                           count(*) FILTER (list_contains($parts, breakdown) AND {KNOWN}) AS n,
                           max(value) FILTER (breakdown = $whole AND {KNOWN}) AS whole
                    FROM observation WHERE dataset = $name GROUP BY ALL)
                SELECT count(*), count(*) FILTER (abs(total - whole) > $allowed),
                       coalesce(max(abs(total - whole)), 0),
                       arg_max(area_id || ' ' || measure || ' ' || year || ' ' || sector
                               || printf(': %.12g ~ %.12g', total, whole), abs(total - whole))
                FROM part WHERE n = len($parts) AND whole IS NOT NULL
                """,
                {
                    "name": name,
                    "parts": parts,
                    "whole": whole,
                    "allowed": dataset.digit * (len(parts) + 1),
                },
            ).fetchone()
            if row and row[0]:
                comparison = Comparison(*row)
                yield Finding(
                    name,
                    "identity",
                    f"{whole or 'total'} = {' + '.join(parts)}",
                    "failed" if comparison.off else "passed",
                    *comparison.counts(),
                    f"Die Teile ergeben zusammen die Summe. {comparison.largest_de()}",
                    f"The parts add up to the total. {comparison.largest_en()}",
                )


def ranges(connection: duckdb.DuckDBPyConnection, name: str, dataset: Dataset) -> Iterator[Finding]:
    """No total lies outside its declared range."""
    for key, measure in dataset.measures.items():
        if measure.low is None and measure.high is None:
            continue
        row = connection.execute(
            """
            SELECT count(*), count(*) FILTER (value < $low OR value > $high), min(value),
                   max(value), arg_min(area_id || ' ' || year || ': ' || value, value)
            FROM observation WHERE dataset = $name AND measure = $measure AND value IS NOT NULL
              AND breakdown = '' AND sector = '' AND occupation = '' AND qualifier != 'corrected'
            """,
            {
                "name": name,
                "measure": key,
                "low": measure.low if measure.low is not None else float("-inf"),
                "high": measure.high if measure.high is not None else float("inf"),
            },
        ).fetchone()
        if row and row[0]:
            count, off, lowest, highest, worst = row
            yield Finding(
                name,
                "range",
                key,
                "failed" if off else "passed",
                f"{measure.low}…{'' if measure.high is None else measure.high}",
                f"{lowest:g}…{highest:g}" + (f" ({off}: {worst})" if off else ""),
                f"Alle {count} Summenwerte liegen im erwarteten Bereich.",
                f"All {count} totals lie in the expected range.",
            )
