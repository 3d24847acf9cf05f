"""What official files say about areas: keys, names, designations, km² and NUTS keys."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

KREISE_FILE = "destatis/04_KreiseVorjahr_2021.xlsx"
BOUNDARIES_FILE = "bkg/vg2500_kreise_2022-12-31.geojson"
NUTS_FILE = "vgrdl/vgrdl_r2b3_bs2023.xlsx"
_CODE = re.compile(r"\d{2,3}|\d{5}|\d{8}")


def read_register(raw: Path) -> pd.DataFrame:
    """Return the Kreise and Länder of the municipality register [key, kind, name, nuts, km2]."""
    frame = pd.read_excel(
        raw / KREISE_FILE, sheet_name=1, header=None, dtype="str", engine="calamine"
    )
    frame = frame[frame[0].str.fullmatch(r"\d{2}|\d{5}", na=False)].iloc[:, :5]
    frame.columns = pd.Index(["key", "kind", "name", "nuts", "km2"])
    frame["km2"] = pd.to_numeric(frame["km2"])
    return frame.set_index("key")


def check_same_kreise(register: pd.DataFrame, raw: Path) -> None:
    """Raise ValueError where the boundaries hold other Kreise than the register."""
    shapes = json.loads((raw / BOUNDARIES_FILE).read_text(encoding="utf-8"))["features"]
    drawn = {shape["properties"]["AGS"] for shape in shapes}
    listed = {key for key in register.index if len(key) == 5}
    if drawn != listed:
        raise ValueError(
            f"{BOUNDARIES_FILE} and {KREISE_FILE} hold different Kreise: {sorted(drawn ^ listed)}"
        )


def codes_in_tables(raw: Path) -> Iterator[tuple[str, str]]:
    """Yield (code, name) of the areas in the tables of the regional database, oldest first."""
    for path in sorted((raw / "regionalstatistik").glob("*/*.csv")):
        data = path.read_bytes()
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            text = data.decode("iso-8859-1")
        for code, name in re.findall(r"(?m)^(?:[\d.]+;)?(\d{2,8}); *([^\W\d][^;\r\n]*);", text):
            if _CODE.fullmatch(code):
                yield code, name
    for path in sorted((raw / "regionalstatistik_api").glob("*-*-*-4/*-0.zip")):
        yield from _codes_in_zip(path)


def _codes_in_zip(path: Path) -> Iterator[tuple[str, str]]:
    with zipfile.ZipFile(path) as archive:
        text = archive.read(archive.namelist()[0]).decode("utf-8-sig")
    for row in csv.DictReader(io.StringIO(text), delimiter=";"):
        code = row["1_variable_attribute_code"]
        if _CODE.fullmatch(code):
            yield code, row["1_variable_attribute_label"]


def nuts_of_regions(raw: Path) -> dict[str, str]:
    """Return region code -> NUTS 2 key, from the accounts of the Länder."""
    frame = pd.read_excel(
        raw / NUTS_FILE, sheet_name="1.1", header=None, dtype="str", engine="calamine"
    )
    rows = frame[frame[2].str.fullmatch(r"\d{3}", na=False)]
    return dict(zip(rows[2], rows[1], strict=True))
