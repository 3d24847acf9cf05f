"""From cells to observations: our area keys, periods, codes, marks.

What leaves has the columns of the warehouse's observation table, one row per cell. An unknown
area, code, time or sign is an error that names file, line and value.
"""

from __future__ import annotations

import datetime
import re

import pandas as pd

from etl.areas import load_areas, nuts_to_area
from etl.errors import SourceError
from etl.formats import Cells, Source
from etl.marks import read_values
from etl.model import Catalogue

KEY = ["measure", "area_id", "partner_id", "year", "sector", "occupation", "breakdown"]
OWN = {"line", "column", "measure", "time", "area", "text", "number", "flag", "partner"}
CITY_STATES = {"02": "02000", "11": "11000"}
DATES = (
    (re.compile(r"(\d{4})-(\d{2})-(\d{2})"), (1, 2, 3)),
    (re.compile(r"(\d{2})\.(\d{2})\.(\d{4})"), (3, 2, 1)),
)
MONTH_DAY = re.compile(r"\d{2}-\d{2}")


def conform(cells: Cells, source: Source, catalogue: Catalogue) -> pd.DataFrame:
    """Return the observations of one file.

    Columns: measure, area_id, partner_id, year, reference (ISO date or ''), sector, occupation,
    breakdown, value, mark, qualifier, published, line, column. `published` is the text of the
    cell with its flag; '' where the file holds a number, which has no text.

    Raises:
        SourceError: an unknown area, code, time, sign or flag.
    """
    frame = cells.frame.copy()
    dimensions = [name for name in frame.columns if name not in OWN]
    for name in dimensions:
        frame = _codes(frame, name, source, catalogue)
    result = pd.DataFrame(
        {
            "measure": frame["measure"].astype(str),
            "area_id": _areas(frame, "area", source),
            "partner_id": _areas(frame, "partner", source) if "partner" in frame else "",
        }
    )
    result[["year", "reference"]] = _periods(frame, source)
    for name in ("sector", "occupation"):
        result[name] = frame[name].astype(str) if name in frame else ""
    parts = sorted(set(dimensions) - {"sector", "occupation"})
    result["breakdown"] = _breakdown(frame, parts)
    result[["value", "mark", "qualifier"]] = read_values(frame, source)
    result["published"] = _printed(frame) if "text" in frame else ""
    result["line"], result["column"] = frame["line"], frame["column"].astype(str)
    dash = frame["text"] == "-" if "text" in frame else pd.Series(False, index=frame.index)
    result = _not_the_areas_time(result, dash, source)
    for name in dimensions:
        result = _nothing_of_something(result, frame, name, dimensions)
    return _city_states(result[result["area_id"] != ""]).reset_index(drop=True)


def published_text(frame: pd.DataFrame, rows: pd.Index) -> pd.Series:
    """Return the cells' text as published, for the rows of the same index."""
    if "text" in frame:
        texts: pd.Series = frame.loc[rows, "text"].astype(str)
    else:
        texts = frame.loc[rows, "number"].map(lambda n: "" if pd.isna(n) else f"{n:.10g}")
    return texts


def _printed(frame: pd.DataFrame) -> pd.Series:
    """Return text and flag of the cells, as they stand side by side in the file."""
    texts = frame["text"].astype(str)
    if "flag" not in frame:
        return texts
    printed: pd.Series = (texts + " " + frame["flag"].fillna("").astype(str)).str.strip()
    return printed


def _codes(frame: pd.DataFrame, name: str, source: Source, catalogue: Catalogue) -> pd.DataFrame:
    """Replace a dimension's texts by our codes, drop declared rows, refuse unknown texts."""
    texts = frame[name].astype("object").fillna("")
    dropped = texts.isin(source.layout.drop.get(name, []))
    frame, texts = frame[~dropped], texts[~dropped]
    codes = catalogue.codes(source.layout, name)
    if codes is None:
        return frame.assign(**{name: texts})
    unknown = ~texts.isin(list(codes))
    if unknown.any():
        row = frame[unknown].iloc[0]
        raise SourceError(
            source.place(int(row["line"])),
            f"the {name} is not in the code list of this table",
            "See whether the publisher changed the classification and add it to datasets.yml.",
            texts[unknown].iloc[0],
        )
    return frame.assign(**{name: texts.map(codes)})


def _areas(frame: pd.DataFrame, name: str, source: Source) -> pd.Series:
    """Return AGS keys; '' for parts of a Kreis, which the monitor does not show."""
    if source.layout.area == "none":
        return pd.Series("DG", index=frame.index)
    texts = frame[name].astype(str).str.strip()
    areas = load_areas()
    if source.layout.area == "nuts":
        known = nuts_to_area(areas)
    else:
        known = {area: area for area in areas["area_id"]}
        if source.layout.area == "ags8":
            known = {f"{area}000" if len(area) == 5 else area: area for area in known}
    if name == "partner":
        known[""] = ""
    unknown = ~texts.isin(list(known))
    if unknown.any():
        row = frame[unknown].iloc[0]
        raise SourceError(
            source.place(int(row["line"])),
            "the area is not known",
            "If it is a new Kreis, add it to data/reference/areas.csv with its dates.",
            texts[unknown].iloc[0],
        )
    parts = set(areas.loc[areas["level"] == "part", "area_id"])
    return texts.map({text: "" if area in parts else area for text, area in known.items()})


def _periods(frame: pd.DataFrame, source: Source) -> pd.DataFrame:
    """Return year (int) and reference date (ISO text, '' for averages and sums)."""
    times = frame["time"].astype(str)
    known = {text: _period(text, source) for text in times.unique()}
    wrong = [text for text, period in known.items() if period is None]
    if wrong:
        row = frame[times == wrong[0]].iloc[0]
        raise SourceError(
            source.place(int(row["line"])),
            "this is no year and no date",
            "See whether the publisher changed the head or the first column.",
            wrong[0],
        )
    found = times.map(known)
    return pd.DataFrame({"year": found.str[0].astype(int), "reference": found.str[1]})


def _period(text: str, source: Source) -> tuple[int, str] | None:
    shift, day = source.layout.year_shift, source.dataset.reference_date
    if re.fullmatch(r"(19|20)\d\d", text):
        year = int(text) + shift
        return year, f"{year}-{day}" if MONTH_DAY.fullmatch(day) else ""
    for pattern, groups in DATES:
        found = pattern.fullmatch(text)
        if found:
            year, month, date = (int(found.group(group)) for group in groups)
            return year + shift, f"{year + shift}-{month:02d}-{date:02d}"
    return None


def _breakdown(frame: pd.DataFrame, parts: list[str]) -> pd.Series:
    """Return the canonical breakdown: sorted `key=value` pairs joined by ';', totals left out."""
    if not parts:
        return pd.Series("", index=frame.index)
    unique = frame[parts].astype(str).drop_duplicates()
    texts = [
        ";".join(f"{name}={code}" for name, code in zip(parts, row, strict=True) if code)
        for row in unique.itertuples(index=False)
    ]
    unique = unique.assign(breakdown=texts)
    merged = frame[parts].astype(str).merge(unique, on=parts, how="left")
    return merged["breakdown"].set_axis(frame.index)


def _not_the_areas_time(result: pd.DataFrame, dash: pd.Series, source: Source) -> pd.DataFrame:
    """`-` is dissolved where the area did not exist, and missing where nothing is impossible.

    Nothing is impossible for a total or a rate with a lower limit, and for an area whose every
    cell of the year is empty: then the table simply does not cover it. An area outside its time
    that has figures all the same was recast by the publisher and is read like any other.
    """
    areas = load_areas().set_index("area_id")
    reference = result["reference"].where(
        result["reference"] != "", result["year"].astype(str) + "-12-31"
    )
    begin = result["area_id"].map(areas["valid_from"].astype("object")).map(_iso)
    end = result["area_id"].map(areas["valid_to"].astype("object")).map(_iso)
    end = end.mask(end == "", "9999")
    outside = (begin > reference) | (end < reference)
    nothing = result["mark"] == "zero"
    place = [result["area_id"], result["year"]]
    recast = (result["value"].fillna(0) != 0).groupby(place).transform("any")
    gone = outside & ~recast & result["mark"].isin(["zero", "missing", "secret"])
    lowest = result["measure"].map(
        {name: measure.low or 0 for name, measure in source.dataset.measures.items()}
    )
    rates = [name for name, measure in source.dataset.measures.items() if not measure.additive]
    total = (result["sector"] == "") & (result["breakdown"] == "")
    total |= result["measure"].isin(rates)
    empty = (nothing & dash).groupby(place).transform("all")
    impossible = nothing & ~gone & ((total & (lowest > 0)) | empty)
    result["mark"] = result["mark"].mask(gone, "dissolved").mask(impossible, "missing")
    result["value"] = result["value"].mask(gone | impossible)
    return result


def _nothing_of_something(
    result: pd.DataFrame, frame: pd.DataFrame, name: str, dimensions: list[str]
) -> pd.DataFrame:
    """Parts that are all `-` while their total is not nothing are missing, not zero."""
    if "text" not in frame or not (frame["text"] == "-").any():
        return result
    keys = [frame[other].astype(str) for other in dimensions if other != name]
    keys += [result["measure"], result["area_id"], result["year"]]
    part = frame[name] != ""
    dash = (frame["text"] == "-") & (result["mark"] == "zero")
    only_dashes = (dash | ~part).groupby(keys).transform("all")
    parts = part.groupby(keys).transform("sum")
    something = (result["value"].where(~part, 0).fillna(0) > 0).groupby(keys).transform("any")
    missing = part & dash & only_dashes & something & (parts > 1)
    return result.assign(
        mark=result["mark"].mask(missing, "missing"), value=result["value"].mask(missing)
    )


def _iso(date: object) -> str:
    return date.isoformat() if isinstance(date, datetime.date) else ""


def _city_states(result: pd.DataFrame) -> pd.DataFrame:
    """Hamburg and Berlin are Land and Kreis at once; tables print only one of the two rows."""
    rows = result[result["area_id"].isin(list(CITY_STATES))]
    twins = rows.assign(area_id=rows["area_id"].map(CITY_STATES))
    both = pd.concat([result, twins], ignore_index=True)
    own = ~both.duplicated([*KEY, "line", "column"]) & both["area_id"].ne("")
    both = both[own]
    return both[~both.duplicated(KEY, keep="first")] if len(twins) else both
