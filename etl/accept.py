"""Whether a fetched file may become raw material: read it whole, exactly as the build will.

In goes a file that is not yet in the raw folder; out comes nothing, or the refusal that says
what was expected and what came.
"""

from __future__ import annotations

from fnmatch import fnmatch
from pathlib import Path

import pandas as pd

from etl.areas import load_areas
from etl.conform import conform
from etl.errors import PullError, SourceError
from etl.formats import Source, parser
from etl.model import Catalogue, Layout
from etl.partial import refuse_partial_release
from etl.sources import Item


def accept(path: Path, item: Item, catalogue: Catalogue, day: str) -> None:
    """Return if the file, fetched on `day`, is whole and holds what was asked for.

    Raises:
        PullError: another form, an unknown code, other years, a partial release, areas that
            are absent, or no figure at all.
    """
    dataset = catalogue.datasets[item.dataset]
    for layout in layouts_of(item, catalogue):
        name = f"{item.folder}/{item.name}_{day}{item.suffix}"
        _read(Source(path, name, dataset, layout), item, catalogue)


def _read(source: Source, item: Item, catalogue: Catalogue) -> None:
    path = source.path
    try:
        rows = conform(parser(source.layout.format)(source), source, catalogue)
        _, partial = refuse_partial_release(rows, source)
    except SourceError as error:
        raise PullError(item.publisher, str(error), evidence=path) from error
    if partial:
        raise PullError(item.publisher, partial.en, evidence=path)
    for problem in (_years(rows, item), _five_areas(rows), _figures(rows)):
        if problem:
            raise PullError(item.publisher, f"{source.place()}: {problem}", evidence=path)


def layouts_of(item: Item, catalogue: Catalogue) -> list[Layout]:
    """Return the layouts of datasets.yml that read an item's files, one per table in them.

    Raises:
        PullError: there is none.
    """
    name = f"{item.folder}/{item.name}_2000-01-01{item.suffix}"
    layouts = catalogue.datasets[item.dataset].files
    found = [layout for layout in layouts if fnmatch(name, layout.glob)]
    if found:
        return found
    raise PullError(item.publisher, f"no layout of {item.dataset} in datasets.yml reads {name}")


def _years(rows: pd.DataFrame, item: Item) -> str:
    found = {int(year) for year in rows["year"].unique()}
    if not item.years or found <= set(item.years):
        return ""
    return f"expected {_span(set(item.years))}, got {_span(found)}"


def _span(years: set[int]) -> str:
    first, last = min(years), max(years)
    return f"year {first}" if first == last else f"years {first} to {last}"


def _five_areas(rows: pd.DataFrame) -> str:
    areas = load_areas()
    level = rows["area_id"].map(areas.set_index("area_id")["level"])
    known = rows["mark"] != "dissolved"
    here = set(rows.loc[(level == "kreis") & known & (rows["year"] > 2008), "area_id"])
    missing = set(areas.loc[areas["in_region"] & (areas["level"] == "kreis"), "area_id"]) - here
    if len(here) < 3 or not missing:
        return ""
    return f"expected rows of all five areas, got none of {', '.join(sorted(missing))}"


def _figures(rows: pd.DataFrame) -> str:
    """Kreise without any figure are not published yet, whatever the areas above them have."""
    level = rows["area_id"].map(load_areas().set_index("area_id")["level"])
    kreise = rows[level == "kreis"]
    cells = kreise if len(kreise) else rows
    if (cells["value"].fillna(0) != 0).any():
        return ""
    what = "Kreise" if len(kreise) else "areas"
    return f"expected figures of {what}, got {len(cells)} cells without any"
