"""The reader of strengths: what a page asks about sectors, occupations, clusters and twins.

In comes a release, opened read-only; every question runs on a cursor of its own, so that a reader
may be shared by threads. Pages cache what it returns. Kinds are `industry`, `division`,
`occupation`, `activity`, `cluster_occupation` and `cluster_division`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import duckdb
import pandas as pd

from indicators import benchmark, queries
from indicators import queries_strengths as questions
from indicators.records import Text
from indicators.store import Extent, open_release

Kind = Literal[
    "industry", "division", "occupation", "activity", "cluster_occupation", "cluster_division"
]
BenchmarkName = benchmark.Name
compared = benchmark.compared
# Official tables behind the kinds: of the persons first, then of the totals or vacancies.
DATASETS: dict[str, tuple[str, ...]] = {
    "industry": ("13111-07-05-4",),
    "division": ("42111-02-03-4", "13111-07-05-4"),
    "occupation": ("ba_occupations_workplace",),
    "activity": ("13312-01-05-4",),
    "cluster_occupation": ("ba_occupations_workplace", "ba_occupations_vacancies"),
    "cluster_division": ("42111-02-03-4", "13111-07-05-4"),
}
# Kinds whose totals are official, see `benchmark.quotients`.
OFFICIAL = frozenset({"industry", "division", "activity", "cluster_division"})
WHOLE = ("rank", "rank_low", "rank_high", "n", "stars")


@dataclass(frozen=True)
class Likeness:
    """A feature that two areas have in common, and how far both are from the mean of all districts.

    `deviation` is in standard deviations, that of the area nearer to the mean.
    """

    kind: str
    code: str
    name: Text
    deviation: float


def open_strengths(path: str | Path = "data/current") -> Strengths:
    """Return a reader of the release that `path` is or links to.

    Raises:
        FileNotFoundError: there is no release yet.
    """
    return Strengths(open_release(path))


class Strengths:
    """Questions about strengths to one release."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Read from `connection`, which may be shared with a `Store`."""
        self._connection = connection

    def codes(self, kind: Kind) -> pd.DataFrame:
        """Return the sectors, occupations or clusters of a kind: code, name_de, name_en, parent."""
        return self._frame(questions.CODES, {"kind": kind})

    def years(self, kind: Kind, code: str | None = None) -> list[int]:
        """Return the years in which a kind, or one code of it, has figures, ascending."""
        frame = self._frame(questions.YEARS, {"kind": kind})
        wanted = frame if code is None else frame[frame["code"] == code]
        return sorted({int(year) for year in wanted["year"]})

    def coverage(self, kind: Kind) -> pd.DataFrame:
        """Return per code and year: published and secret districts, persons of the reference."""
        return self._frame(questions.YEARS, {"kind": kind})

    def sources(self, kind: Kind, year: int) -> pd.DataFrame:
        """Return the official files behind a kind in a year; columns as `Store.sources`."""
        return self._frame(questions.SOURCES, {"datasets": list(DATASETS[kind]), "year": year})

    def map_values(
        self, kind: Kind, code: str, year: int, within: Extent = "country"
    ) -> pd.DataFrame:
        """Return one row per district of the extent, ordered by key.

        Columns: area_id, name_de, name_en, short_de, short_en, in_region, persons, lower, upper,
        share (percent), lq, lq_low, lq_high, symmetric_lq, growth (percent in five years), rank,
        rank_low, rank_high, n, mark, few, stars. Intervals are given where the figure is secret;
        `rank` is among published figures, `rank_low` and `rank_high` among all. `few` is True where
        the index rests on few persons. A district without a row has the mark `missing`.
        """
        query = queries.fill(questions.MAP, within)
        frame = self._frame(query, {"kind": kind, "code": code, "year": year})
        frame["mark"] = frame["mark"].fillna("missing")
        frame["few"] = frame["few"].astype("boolean").fillna(False).astype(bool)
        return _whole(frame)

    def area(self, area_id: str, kind: Kind, year: int) -> pd.DataFrame:
        """Return all codes of an area: code, name_de, name_en and the figures of `map_values`."""
        parameters = {"kind": kind, "area": area_id, "year": year}
        return _whole(self._frame(questions.AREA, parameters))

    def bubbles(
        self, area_id: str, kind: Kind, year: int, n: int = 20, by: str = "lq", few: bool = False
    ) -> pd.DataFrame:
        """Return the `n` codes of an area with the highest `by` (`lq` or `persons`).

        Only those with lq, growth and persons, which a bubble needs; with `few` also those that
        rest on few persons. Columns as `area`.
        """
        frame = self.area(area_id, kind, year).dropna(subset=["lq", "growth", "persons"])
        shown = frame if few else frame[~frame["few"]]
        return shown.sort_values([by, "code"], ascending=[False, True]).head(n)

    def cells(
        self, kind: Kind, year: int, area_ids: Sequence[str], codes: Sequence[str] = ()
    ) -> pd.DataFrame:
        """Return areas × codes (all unless named), long: area_id, code and the figures."""
        parameters = {"kind": kind, "year": year, "areas": list(area_ids), "codes": list(codes)}
        return _whole(self._frame(questions.CELLS, parameters))

    def series(self, kind: Kind, code: str, area_ids: Sequence[str]) -> pd.DataFrame:
        """Return all years of one code in some areas: area_id, year and the figures."""
        parameters = {"kind": kind, "code": code, "areas": list(area_ids)}
        return _whole(self._frame(questions.SERIES, parameters))

    def clusters(self) -> pd.DataFrame:
        """Return the clusters: id, position, names and claims in both languages."""
        return self._frame(questions.CLUSTERS)

    def cluster_members(self) -> pd.DataFrame:
        """Return cluster, field (`areas`, `divisions`, `occupations`), code and names."""
        return self._frame(questions.MEMBERS)

    def cluster_profiles(self, area_ids: Sequence[str], year: int) -> pd.DataFrame:
        """Return size, share, LQ, growth, ranks and vacancies of all clusters in some areas.

        One row per cluster, area and kind: occupations in `year` with registered vacancies (mean
        of twelve months), divisions in the only year that they have.
        """
        parameters = {"areas": list(area_ids), "year": year}
        return _whole(self._frame(questions.PROFILES, parameters))

    def closest(self, area_id: str, n: int = 15) -> pd.DataFrame:
        """Return the occupations nearest to what a district is specialised in, latest year.

        Columns: position, occupation, name_de, name_en, year, density, stability, recurrence,
        persons, lower, upper, lq, mark, few; `relations.relatedness_rows` says what they mean.
        """
        return self._frame(questions.CLOSEST, {"area": area_id, "n": n})

    def complexity(self, area_ids: Sequence[str]) -> pd.DataFrame:
        """Return complexity, concentration and variety of areas in all years."""
        return self._frame(questions.COMPLEXITY, {"areas": list(area_ids)})

    def twins(self, area_id: str, n: int = 10) -> pd.DataFrame:
        """Return the structural twins of a district, nearest first.

        Columns: position, twin_id, names, Land, distance (mean deviation in standard deviations),
        and `likeness`, a list of `Likeness` with the strongest first.
        """
        frame = self._frame(questions.TWINS, {"area": area_id, "n": n})
        features = self._frame(questions.FEATURES)
        names = {
            (str(kind), str(code)): Text(str(german), str(english))
            for kind, code, german, english in features.itertuples(index=False)
        }
        reasons = [_likeness(str(reason), names) for reason in frame["reason"]]
        frame["likeness"] = pd.Series(reasons, index=frame.index, dtype=object)
        return frame.drop(columns="reason")

    def benchmark_areas(
        self, name: benchmark.Name, area_id: str = "", own: Sequence[str] = ()
    ) -> list[str]:
        """Return the areas that a benchmark adds up; `twins` are those of `area_id`.

        Raises:
            ValueError: an own choice without any area, or an area without twins.
        """
        if name in benchmark.FIXED:
            return list(benchmark.FIXED[name])
        twins = () if name == "own" else self.twins(area_id)["twin_id"]
        chosen = list(own) if name == "own" else [str(twin) for twin in twins]
        if not chosen:
            raise ValueError(f"The benchmark {name!r} has no area.")
        return chosen

    def against(
        self,
        kind: Kind,
        year: int,
        area_ids: Sequence[str],
        benchmark_ids: Sequence[str],
        codes: Sequence[str] = (),
    ) -> pd.DataFrame:
        """Return quotients of some areas against a benchmark, recomputed from persons.

        Columns: area_id, code, lq, lq_low, lq_high, symmetric_lq, few, hidden. Intervals where the
        area or the benchmark is secret. Germany is taken as published under totals that are not
        official, as the release does it. `codes` restricts the result, all unless named.

        Raises:
            ValueError: an area of the benchmark has no figures of this kind in this year.
        """
        wanted = list(codes) or [str(code) for code in self.codes(kind)["code"]]
        return benchmark.quotients(
            self.cells(kind, year, area_ids, wanted), self._totals(kind, year, area_ids),
            self._reference(kind, year, benchmark_ids, wanted), wanted, official=kind in OFFICIAL,
        )  # fmt: skip

    def krugman(
        self, kind: Kind, year: int, area_ids: Sequence[str], benchmark_ids: Sequence[str]
    ) -> pd.Series[float]:
        """Return the Krugman index (0 to 2) of areas against a benchmark, indexed by area."""
        codes = [str(code) for code in self.codes(kind)["code"]]
        of = self._reference(kind, year, benchmark_ids, codes)
        return benchmark.distances(self.cells(kind, year, area_ids), of, codes)

    def _reference(
        self, kind: Kind, year: int, area_ids: Sequence[str], codes: Sequence[str]
    ) -> benchmark.Reference:
        return benchmark.reference(
            self.cells(kind, year, area_ids, codes), self._totals(kind, year, area_ids), codes,
            official=kind in OFFICIAL,
            as_published=kind not in OFFICIAL and tuple(area_ids) == benchmark.FIXED["country"],
        )  # fmt: skip

    def _totals(self, kind: Kind, year: int, area_ids: Sequence[str]) -> pd.DataFrame:
        parameters = {"kind": kind, "year": year, "areas": list(area_ids)}
        return self._frame(questions.TOTALS, parameters)

    def _frame(self, query: str, parameters: Mapping[str, object] | None = None) -> pd.DataFrame:
        return self._connection.cursor().execute(query, parameters or {}).df()


def _whole(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the frame with ranks as whole numbers that may be missing."""
    return frame.astype(dict.fromkeys(WHOLE, "Int32"))


def _likeness(reason: str, names: dict[tuple[str, str], Text]) -> list[Likeness]:
    parts = (part.split(":") for part in reason.split(";") if part)
    return [
        Likeness(kind, code, names[kind, code], float(far))
        for kind, code, far in parts
        if (kind, code) in names
    ]
