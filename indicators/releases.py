"""What changed between two releases: figures added, revised, withdrawn, and by how much.

In come two releases, opened read-only; out go rows per figure and per official file. The same
comparison serves the page and the change log of the build.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import duckdb
import numpy as np
import pandas as pd

from indicators.store import HARDENED

Kind = Literal["added", "revised", "withdrawn"]
KINDS: tuple[Kind, ...] = ("added", "revised", "withdrawn")
KEY = ["indicator", "area_id", "year"]
# What a reader sees of a figure; ranks follow from the figures and are no change of their own.
SEEN = ["value", "lower", "upper", "mark", "qualifier"]
NUMBERS = SEEN[:3]
# Two builds of the same figures may differ in the last digits of a sum.
SAME = 1e-9

FIGURES = """
SELECT indicator, area_id, year, value, lower, upper, mark, qualifier FROM indicator_value
WHERE sector = '' AND occupation = ''
"""
FILES = "SELECT dataset, path, sha256, vintage, status FROM source_file"


@dataclass(frozen=True)
class Comparison:
    """Two releases, old and new.

    `figures` has indicator, area_id, year, kind and each of value, lower, upper, mark, qualifier
    as `_old` and `_new`; `files` has dataset, path, kind, vintage.
    """

    figures: pd.DataFrame
    files: pd.DataFrame

    def counts(self) -> dict[str, int]:
        """Return kind -> number of figures, every kind listed."""
        found = self.figures["kind"].value_counts()
        return {kind: int(found.get(kind, 0)) for kind in KINDS}


def compare(old: str | Path, new: str | Path) -> Comparison:
    """Return what changed from one release to another.

    A figure is revised where value, bounds, mark or qualifier differ; it is withdrawn where the
    new release has no row, or none with a figure, where the old one had one.
    """
    return Comparison(
        _figures(_read(old, FIGURES), _read(new, FIGURES)),
        _files(_read(old, FILES), _read(new, FILES)),
    )


def _read(path: str | Path, query: str) -> pd.DataFrame:
    release = str(Path(path).resolve())
    with duckdb.connect(release, read_only=True, config=HARDENED) as connection:
        return connection.execute(query).df()


def _figures(old: pd.DataFrame, new: pd.DataFrame) -> pd.DataFrame:
    both = old.merge(new, on=KEY, how="outer", suffixes=("_old", "_new"), sort=True)
    before, after = _there(both, "old"), _there(both, "new")
    changed = _differs(both)
    kind = np.select(
        [~before & after, before & ~after, before & after & changed],
        ["added", "withdrawn", "revised"],
        default="",
    )
    result = both.assign(kind=kind)
    return result[result["kind"] != ""].reset_index(drop=True)


def _there(both: pd.DataFrame, side: str) -> np.ndarray:
    """True where a release has a figure: a value, or an interval, or a mark that says why not.

    A row that only says `missing` is no figure.
    """
    mark = both[f"mark_{side}"]
    return (mark.notna() & (mark != "missing")).to_numpy()


def _differs(both: pd.DataFrame) -> np.ndarray:
    result = np.zeros(len(both), dtype=bool)
    for name in NUMBERS:
        old, new = (both[f"{name}_{side}"].to_numpy(dtype=float) for side in ("old", "new"))
        result |= ~np.isclose(old, new, rtol=SAME, atol=SAME, equal_nan=True)
    for name in ("mark", "qualifier"):
        before, after = (both[f"{name}_{side}"].fillna("") for side in ("old", "new"))
        result |= (before != after).to_numpy()
    return result


def _files(old: pd.DataFrame, new: pd.DataFrame) -> pd.DataFrame:
    both = old.merge(new, on=["dataset", "path"], how="outer", suffixes=("_old", "_new"), sort=True)
    gone, came = both["sha256_new"].isna(), both["sha256_old"].isna()
    kind = np.select(
        [came, gone, both["sha256_old"] != both["sha256_new"]],
        ["added", "withdrawn", "revised"],
        default="",
    )
    vintage = both["vintage_new"].fillna(both["vintage_old"])
    result = both.assign(kind=kind, vintage=vintage)
    return result.loc[result["kind"] != "", ["dataset", "path", "kind", "vintage"]].reset_index(
        drop=True
    )
