"""`areas.csv`, derived from official files.

What the files do not say stands here (dates of the reforms, old NUTS keys) and in
`area_changes.csv` (mergers).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from etl import area_sources
from etl.area_names import (
    LAND_EN,
    Designation,
    english_name,
    english_words,
    official_name,
    parse_designation,
    short_names,
)
from etl.areas import COLUMNS, REFERENCE, REGION, load_area_changes

# Last day of the Kreise and regions of a Land that no longer exist.
_UNTIL = {
    "03": "2016-10-31",
    "05": "2009-10-20",
    "13": "2011-09-03",
    "14": "2008-07-31",
    "15": "2007-06-30",
    "16": "2021-06-30",
}
# First day, by prefix, of Kreise and regions that a reform made and `area_changes.csv` leaves out.
_SINCE = {
    "1307": "2011-09-04",
    "145": "2008-08-01",
    "146": "2008-08-01",
    "147": "2008-08-01",
    "15": "2007-07-01",
}
_LATER = {"06415": "2026-01-01"}  # after the boundary vintage
_OLD_REGIONS = ("141", "142", "143", "151", "152", "153")
# NUTS keys of areas that the AGS-NUTS tables of today no longer hold.
_OLD_NUTS = {
    "03152": "DE915",
    "03156": "DE919",
    "16056": "DEG0N",
    "141": "DED1",
    "143": "DED3",
    "151": "DEE1",
    "152": "DEE2",
    "153": "DEE3",
}


def derive(raw: Path) -> pd.DataFrame:
    """Return all areas that occur in the official folder `raw`, as texts in `COLUMNS`.

    Raises ValueError where the Kreise of the boundaries and of the register differ.
    """
    register = area_sources.read_register(raw)
    area_sources.check_same_kreise(register, raw)
    seen = dict(area_sources.codes_in_tables(raw))
    nuts2 = area_sources.nuts_of_regions(raw)
    areas = [
        *_country_and_laender(register),
        *_regions(seen, register, nuts2),
        *_kreise(seen, register),
        *_parts(seen, register),
    ]
    frame = pd.DataFrame(areas).reindex(columns=COLUMNS).fillna("")
    order = {"country": 0, "land": 1, "region": 2, "kreis": 3, "part": 4}
    return frame.sort_values(["level", "area_id"], key=lambda s: s.map(order).fillna(s))


def _country_and_laender(register: pd.DataFrame) -> Iterator[dict[str, str]]:
    laender = register[register.index.str.len() == 2]
    kreise = register[register.index.str.len() == 5]
    total = f"{kreise['km2'].sum():.2f}"
    yield _area("DG", "country", ("Deutschland", "Germany"), nuts="DE", area_km2=total)
    for key, name in laender["kind"].items():
        own = kreise[kreise.index.str.startswith(str(key))]
        yield _area(
            str(key),
            "land",
            (name, LAND_EN.get(name, name)),
            nuts=own["nuts"].iloc[0][:3],
            parent="DG",
            area_km2=f"{own['km2'].sum():.2f}",
        )


def _regions(
    seen: dict[str, str], register: pd.DataFrame, nuts2: dict[str, str]
) -> Iterator[dict[str, str]]:
    for code in sorted(code for code in seen if len(code) == 3):
        own = register[register.index.str.startswith(code[:2] if code[2] == "0" else code)]
        own = own[own.index.str.len() == 5]
        old = code in _OLD_REGIONS
        yield _area(
            code,
            "region",
            *_region_names(code, seen[code], str(register["kind"][code[:2]])),
            nuts=_OLD_NUTS.get(code) or nuts2.get(code) or _whole_land_nuts(code, own),
            parent=code[:2],
            area_km2="" if old else f"{own['km2'].sum():.2f}",
            valid_from="" if old or code[2] == "0" else _since(code),
            valid_to=_UNTIL[code[:2]] if old else "",
        )


def _whole_land_nuts(code: str, own: pd.DataFrame) -> str:
    """Return the NUTS 2 key of a Land that is one region; none for the dissolved 142."""
    return str(own["nuts"].iloc[0])[:3] + "0" if code[2] == "0" else ""


def _region_names(code: str, text: str, land: str) -> tuple[tuple[str, str], tuple[str, str]]:
    """Return the long and the short name of a region, each German and English."""
    if code == REGION:
        long = ("Region Chemnitz (Südwestsachsen)", "Chemnitz region (Southwest Saxony)")
        return long, ("Region Südwestsachsen", "Southwest Saxony")
    if code[2] == "0":
        english = LAND_EN.get(land, land)
        return (f"Region {land}", f"{english} region"), (f"Region {land}", f"{english} region")
    base, _, kind = text.partition(", ")
    kind = "Regierungsbezirk" if kind.startswith("Regierungsb") else "Statistische Region"
    noun = "administrative region" if kind == "Regierungsbezirk" else "statistical region"
    base_en, year = english_words(base), _UNTIL[code[:2]][:4] if code in _OLD_REGIONS else ""
    until = (f" (bis {year})", f" (until {year})") if year else ("", "")
    abbreviated = "Reg.-Bez." if kind == "Regierungsbezirk" else "Stat. Region"
    short = (f"{abbreviated} {base}{until[0]}", f"{base_en} region{until[1]}")
    return (f"{kind} {base}", f"{base_en} {noun}"), short


def _kreise(seen: dict[str, str], register: pd.DataFrame) -> Iterator[dict[str, str]]:
    current = register[register.index.str.len() == 5]
    names = {
        str(key): parse_designation(row["name"].removeprefix("Landkreis "), row["kind"])
        for key, row in current.iterrows()
    }
    old = [code for code in seen if len(code) == 5 and code not in names and code[:2] in _UNTIL]
    names |= {code: _old_designation(code, seen[code]) for code in old}
    names |= {code: parse_designation(seen[code]) for code in _LATER}
    short = short_names(names, {code: _UNTIL[code[:2]][:4] for code in old})
    began = {
        row.successor: str(row.date)
        for row in load_area_changes().itertuples()
        if row.kind == "merged_into_new"
    }
    for key in sorted(names):
        row = current.loc[key] if key in current.index else None
        yield _area(
            key,
            "kreis",
            (official_name(names[key]), english_name(names[key])),
            (short[key], english_words(short[key])),
            nuts=_OLD_NUTS.get(key, "") if row is None else str(row["nuts"]),
            parent=key[:2],
            in_region="true" if key.startswith(REGION) else "false",
            area_km2="" if row is None else f"{row['km2']:.2f}",
            valid_from=_LATER.get(key) or began.get(key) or ("" if key in old else _since(key)),
            valid_to=_UNTIL[key[:2]] if key in old else "",
        )


def _since(code: str) -> str:
    return next((day for prefix, day in _SINCE.items() if code.startswith(prefix)), "")


def _old_designation(code: str, text: str) -> Designation:
    name = parse_designation(text)
    # The tables call the former Landkreise of Sachsen-Anhalt just "Kreis".
    return name._replace(kind="Landkreis") if code[:2] == "15" and not name.is_city else name


def _parts(seen: dict[str, str], register: pd.DataFrame) -> Iterator[dict[str, str]]:
    for code in sorted(code for code in seen if len(code) == 8):
        parent = code[:5] if code[:5] in register.index else f"{code[:2]}000"
        name = parse_designation(seen[code])
        long = (
            (name.base, name.base)
            if parent == "11000"
            else (official_name(name), english_name(name))
        )
        short = (
            (long[0], long[1])
            if parent == "11000"
            else (f"{name.base} (Stadt)", english_words(f"{name.base} (Stadt)"))
        )
        if parent in register.index:
            yield _area(code, "part", long, short, parent=parent)


def _area(
    area_id: str,
    level: str,
    name: tuple[str, str],
    short: tuple[str, str] | None = None,
    in_region: str = "false",
    **more: str,
) -> dict[str, str]:
    short = short or name
    return {
        "area_id": area_id,
        "level": level,
        "name_de": name[0],
        "name_en": name[1],
        "short_de": short[0],
        "short_en": short[1],
        "in_region": in_region,
        **more,
    }


def main(raw: Path, out: Path = REFERENCE / "areas.csv") -> None:
    """Write `areas.csv` anew from the official folder `raw`."""
    derive(raw).to_csv(out, index=False, lineterminator="\n")
