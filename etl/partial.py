"""Partial releases: a publisher's table in which the Kreise are not there yet.

In such a file every Kreis shows `-` while the Länder and the country have figures. Those dashes
are neither zeros nor dissolved Kreise, and the Kreise of that file are refused.
"""

from __future__ import annotations

import pandas as pd

from etl.areas import load_areas
from etl.formats import Source
from indicators.model import Text

DASH = "-"


def refuse_partial_release(rows: pd.DataFrame, source: Source) -> tuple[pd.DataFrame, Text | None]:
    """Return the rows with unpublished Kreise marked `not_yet`, and the reason, if any.

    Only tables that print `-` can be partial in this way. A year is partial when no existing
    Kreis has a figure other than zero in a measure whose superior areas have one.
    """
    if DASH not in source.dataset.signs:
        return rows, None
    areas = load_areas().set_index("area_id")
    level = rows["area_id"].map(areas["level"])
    exists = rows["mark"] != "dissolved"
    positive = rows["value"].fillna(0) != 0
    keys = [rows["measure"], rows["year"]]
    kreis = (level == "kreis") & exists & ~rows["area_id"].isin(["02000", "11000"])
    kreis_known = (positive & kreis).groupby(keys).transform("any")
    above_known = (positive & level.isin(["region", "country"])).groupby(keys).transform("any")
    partial = kreis & ~kreis_known & above_known
    if not partial.any():
        return rows, None
    rows = rows.assign(
        mark=rows["mark"].mask(partial, "not_yet"), value=rows["value"].mask(partial)
    )
    years = ", ".join(str(year) for year in sorted(rows.loc[partial, "year"].unique()))
    region = rows[(rows["area_id"] == "145") & positive]["value"].max()
    return rows, Text(
        de=f"Tabelle {source.dataset.table}, Datei {source.name}: Teilveröffentlichung. "
        f"Für {years} steht bei allen "
        f"{rows.loc[partial, 'area_id'].nunique()} Kreisen „-“, während die übergeordneten "
        f"Gebiete Werte haben (Region 145: {region:.0f}). Die Kreise wurden zurückgewiesen und "
        "gelten als noch nicht veröffentlicht. Die Tabelle später erneut abrufen.",
        en=f"{source.place()}: partial release. For {years} all "
        f"{rows.loc[partial, 'area_id'].nunique()} Kreise show '-' while the areas above have "
        f"figures (region 145: {region:.0f}). The Kreise were refused and count as not yet "
        "published. Fetch the table again later.",
    )
