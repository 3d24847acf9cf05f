"""How much of each division's output goes to motor vehicle manufacturing (WZ 29).

Derived from two input-output tables of Germany: one with domestic deliveries apart (WIOD 2014),
one with domestic and imported deliveries together (OECD 2019). The shares are national: no table
says what a district's plants sell. Motor vehicle manufacturing itself counts fully.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq

FILE = Path(__file__).resolve().parents[1] / "data" / "reference" / "deliveries.csv"
MOTOR = "29"
DIVISIONS = [f"{number:02d}" for number in range(5, 34)]
MINING = {f"{number:02d}" for number in range(5, 10)}
COLUMNS = [
    "division", "share_2014_domestic", "share_2019_lower", "share_2019_upper", "lower", "upper",
    "industry_2014", "industry_2019",
]  # fmt: skip


def derive_deliveries(snapshot: Path) -> pd.DataFrame:
    """Return one row per division 05–33: delivery shares to WZ 29, as fractions of output.

    `share_2014_domestic` is domestic deliveries ÷ output (WIOD). For 2019 (OECD) deliveries hold
    imports: `share_2019_upper` takes all as domestic, `share_2019_lower` spreads imports evenly
    over all uses, so deliveries ÷ (output + imports). `lower` and `upper` span all three.
    `industry_…` names the industry of the table; several divisions may share one.
    """
    wiod, oecd = (_read(snapshot / f"{name}.parquet") for name in ("wiod_io", "oecd_io"))
    oecd = oecd[oecd["year"] == 2019]
    domestic = _deliveries(wiod, f"origin=domestic;user={MOTOR}") / _output(wiod)
    used, output = _deliveries(oecd, f"user={MOTOR}"), _output(oecd)
    imports = -_deliveries(oecd, "user=imports")
    shares = {
        "share_2014_domestic": domestic,
        "share_2019_lower": used / (output + imports),
        "share_2019_upper": used / output,
    }
    rows = []
    for division in DIVISIONS:
        named = {
            "industry_2014": _industry(division, domestic.index),
            "industry_2019": _industry(division, output.index),
        }
        row = {
            name: 1.0 if division == MOTOR else float(share[named[f"industry_{name[6:10]}"]])
            for name, share in shares.items()
        }
        ends = {"lower": min(row.values()), "upper": max(row.values())}
        rows.append({"division": division, **row, **ends, **named})
    return pd.DataFrame(rows, columns=COLUMNS)


def write_deliveries(snapshot: Path, path: Path = FILE) -> None:
    """Write the shares with six decimals, the same bytes for the same snapshot."""
    derive_deliveries(snapshot).to_csv(
        path, index=False, float_format="%.6f", lineterminator="\n", encoding="utf-8"
    )


def _industry(division: str, industries: pd.Index) -> str:
    """Return the table's industry that holds a division: itself, a span, or section B."""
    for industry in industries:
        first, _, last = str(industry).partition("-")
        if first.isdigit() and first <= division <= (last or first):
            return str(industry)
    if division in MINING and "B" in industries:
        return "B"
    raise ValueError(f"The input-output table has no industry for division {division}.")


def _read(path: Path) -> pd.DataFrame:
    columns = ["measure", "year", "sector", "breakdown", "value"]
    frame: pd.DataFrame = pq.read_table(path, columns=columns).to_pandas()
    return frame


def _deliveries(frame: pd.DataFrame, use: str) -> pd.Series:
    rows = frame[(frame["measure"] == "deliveries") & (frame["breakdown"] == use)]
    return rows.set_index("sector")["value"]


def _output(frame: pd.DataFrame) -> pd.Series:
    rows = frame[(frame["measure"] == "output") & (frame["breakdown"] == "")]
    return rows.set_index("sector")["value"]
