"""The only reader of a release: what pages ask for, as records and data frames.

In comes the file of a release, opened read-only and hardened; every query runs on a cursor of
its own, so that a store may be shared by threads. Pages cache what it returns.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from datetime import date
from pathlib import Path
from typing import Any, Literal

import duckdb
import pandas as pd

from indicators import queries
from indicators.derived import OCCUPATIONS
from indicators.errors import UnknownIndicatorError
from indicators.records import Indicator, Release, Text, Theme

Extent = Literal["region", "land", "country"]
Row = dict[Hashable, Any]
# The tables of a release as readers expect them; raised when they change so that older releases
# can no longer be shown.
FORMAT = 2
HARDENED: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "memory_limit": "1GB",
    "threads": "2",
    "lock_configuration": "true",
}


def open_store(path: str | Path = "data/current") -> Store:
    """Return a store of the release that `path` is or links to.

    Raises:
        FileNotFoundError: there is no release yet; the sentence says how to build one.
    """
    return Store(open_release(path))


def open_release(path: str | Path) -> duckdb.DuckDBPyConnection:
    """Return a connection to a release, read-only and hardened; raises as `open_store`."""
    release = Path(path).resolve()
    if not release.is_file():
        raise FileNotFoundError(
            f"There is no release at {path}. Build one with `python -m etl build` (`make data`)."
        )
    return duckdb.connect(str(release), read_only=True, config=HARDENED)


class Store:
    """Questions to one release."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Read from `connection`, which the store from now on owns."""
        self._connection = connection

    def close(self) -> None:
        """Close the file of the release."""
        self._connection.close()

    def release(self) -> Release:
        """Return which release this is."""
        row = self._frame(queries.RELEASE).iloc[0]
        return Release(
            str(row["id"]),
            row["built"].to_pydatetime(),
            str(row["boundaries"]),
            int(row["newest_year"]),
            str(row["snapshot_sha256"]),
            int(row.get("format", 1)),  # the first releases did not say
        )

    def themes(self) -> list[Theme]:
        """Return the themes in registry order."""
        return [
            Theme(row["id"], Text(row["name_de"], row["name_en"]))
            for row in self._records(queries.THEMES)
        ]

    def indicators(self) -> list[Indicator]:
        """Return all indicators in registry order."""
        return [_indicator(row) for row in self._records(queries.INDICATORS)]

    def indicator(self, indicator_id: str) -> Indicator:
        """Return one indicator.

        Raises:
            UnknownIndicatorError: this release has no indicator of that id.
        """
        known = {indicator.id: indicator for indicator in self.indicators()}
        if indicator_id not in known:
            raise UnknownIndicatorError(indicator_id, list(known))
        return known[indicator_id]

    def areas(self, level: str = "kreis", within: Extent | None = None) -> pd.DataFrame:
        """Return the areas of a level in the boundary vintage, ordered by key.

        Columns: area_id, level, name_de, name_en, short_de, short_en, in_region, parent.
        `within` narrows districts to the five (`region`) or to Saxony (`land`).
        """
        query = queries.fill(queries.AREAS, within or "country")
        return self._frame(query, {"level": level})

    def years(self, indicator_id: str) -> list[int]:
        """Return the years in which at least one district has a value, ascending.

        An indicator without any value for districts returns the years of its larger areas.
        """
        frame = self._frame(queries.fill(queries.YEARS), {"indicator": indicator_id})
        return [int(year) for year in frame["year"]]

    def cross_section(
        self, indicator_id: str, year: int, within: Extent = "country"
    ) -> pd.DataFrame:
        """Return one row per district of the extent, ordered by key.

        Columns: area_id, name_de, name_en, short_de, short_en, in_region, value, lower, upper,
        mark, qualifier, rank, rank_low, rank_high, n. A district without a row comes with the
        mark `missing`. Values are in the indicator's unit, NaN without a value; ranks are whole
        numbers, NA without a rank.
        """
        frame = self._frame(
            queries.fill(queries.CROSS_SECTION, within),
            {"indicator": indicator_id, "year": year},
        )
        return frame.astype(dict.fromkeys(("rank", "rank_low", "rank_high", "n"), "Int32"))

    def series(self, indicator_id: str, area_ids: Iterable[str]) -> pd.DataFrame:
        """Return all years of the areas, ordered by area and year.

        Columns: area_id, year, value, lower, upper, mark, qualifier.
        """
        return self._frame(queries.SERIES, {"indicator": indicator_id, "areas": list(area_ids)})

    def everything(self, area_ids: Iterable[str]) -> pd.DataFrame:
        """Return all years of all indicators of the areas: indicator, and columns as `series`."""
        return self._frame(queries.EVERYTHING, {"areas": list(area_ids)})

    def reference_marks(self, indicator_id: str, year: int) -> dict[str, float]:
        """Return area -> reference mark of the areas whose figure is secret in that year.

        The mark is "Richtwert bei gleicher Betriebsgröße": it says where in its interval a figure
        would lie if secret plants were of equal size. It is no value and must be labelled so.
        """
        frame = self._frame(queries.REFERENCE_MARKS, {"indicator": indicator_id, "year": year})
        return dict(zip(frame["area_id"], frame["value"].astype(float), strict=True))

    def corrections(self, indicator_id: str) -> pd.DataFrame:
        """Return the corrected cells that an indicator is made of, of all areas, by year.

        Columns: area_id, name_de, name_en, year, value (what holds), published (the text of the
        cell that holds it), path, line, column (where that cell stands).
        """
        return self._frame(queries.CORRECTIONS, {"indicator": indicator_id})

    def secret_parts(self, area_ids: Iterable[str], breakdown: str = "") -> pd.DataFrame:
        """Return per area and year how many cells of the supplier occupations are secret.

        Columns: area_id, year, secret, parts (all cells).

        Employees at the workplace; a larger area has the cells of its districts.
        """
        return self._frame(
            queries.PARTS,
            {
                "dataset": "ba_occupations_workplace",
                "breakdown": breakdown,
                "occupations": list(OCCUPATIONS),
                "areas": list(area_ids),
            },
        )

    def deliveries(self) -> pd.DataFrame:
        """Return the delivery shares to WZ 29 per division, as fractions, with division names."""
        return self._frame(queries.DELIVERIES)

    def press_figures(self) -> pd.DataFrame:
        """Return figures in public use, with what they count and where they stand; no data."""
        return self._frame("SELECT * FROM press_figure ORDER BY rowid")

    def powertrain(self) -> pd.DataFrame:
        """Return the published powertrain groups: group_id, dependence (percent), names."""
        return self._frame("SELECT * FROM powertrain ORDER BY rowid")

    def sources(self, indicator_id: str, year: int | None = None) -> pd.DataFrame:
        """Return the official files behind an indicator, or behind its figures of one year.

        Columns: dataset, table_code, publisher_name_de, publisher_name_en, title_de, title_en,
        licence, licence_url, attribution, reference_de, reference_en, vintage, retrieved, url.
        """
        return self._frame(queries.SOURCES, {"indicator": indicator_id, "year": year})

    def lineage(self, indicator_id: str) -> pd.DataFrame:
        """Return the inputs of an indicator: table, measure, codes, and the years used."""
        return self._frame(queries.LINEAGE, {"indicator": indicator_id})

    def datasets(self) -> pd.DataFrame:
        """Return all official tables with publisher and licence."""
        return self._frame(queries.DATASETS)

    def files(self) -> pd.DataFrame:
        """Return all official files, used or not, with the reason where not."""
        return self._frame(queries.FILES)

    def freshness(self, on: date) -> pd.DataFrame:
        """Return how current every table with figures is on a day, ordered by table.

        Columns: dataset, table_code, title_de, title_en, publisher, publisher_name_de,
        publisher_name_en, newest_year, retrieved (day of the newest fetch, NaT where files came
        without one), edition (the publisher's own newest date, ISO text or ''), expected (first
        day on which the next year should be there, NaT where the table is not continued), stale
        (whether that day has passed). Empty for releases from before this was recorded.
        """
        if self._frame(queries.HAS_FRESHNESS).empty:
            return pd.DataFrame(columns=list(queries.FRESHNESS_COLUMNS))
        return self._frame(queries.FRESHNESS, {"on": on})

    def checks(self) -> pd.DataFrame:
        """Return the results of all checks of the build."""
        return self._frame(queries.CHECKS)

    def latest(self, n: int = 5) -> pd.DataFrame:
        """Return the `n` indicators with the newest district figures: indicator, year."""
        return self._frame(queries.LATEST, {"n": n})

    def _frame(self, query: str, parameters: dict[str, object] | None = None) -> pd.DataFrame:
        return self._connection.cursor().execute(query, parameters or {}).df()

    def _records(self, query: str) -> list[Row]:
        return [dict(row) for row in self._frame(query).to_dict("records")]


def _indicator(row: Row) -> Indicator:
    def text(name: str) -> Text:
        return Text(row[f"{name}_de"], row[f"{name}_en"])

    return Indicator(
        id=row["id"],
        theme=row["theme"],
        position=int(row["position"]),
        name=text("name"),
        short=text("short"),
        description=text("description"),
        formula=text("formula"),
        unit=row["unit"],
        decimals=int(row["decimals"]),
        direction=row["direction"],
        display=row["display"],
        scheme=row["scheme"],
        caveats=text("caveats"),
        reference=text("reference"),
        # Releases built before this column existed can still be pinned.
        midpoint=None if pd.isna(row.get("midpoint")) else float(row["midpoint"]),
    )
