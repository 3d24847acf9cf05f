"""What the tests of the pull share: small bodies, a declared service, a pull, what came of it."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from etl.pull import Outcome, Pull
from etl.raw import Raw
from etl.sources import Item
from etl.sources.settings import SOURCES, load_sources
from tests.genesis import FIVE, FLAT_HEAD, FOOTER, employees_flat
from tests.replay import EUROSTAT, GENESIS, USER, WORD, Replay

DAY = date(2026, 11, 24)
EPOCH = "1795516200"  # 24 November 2026
VALUES = {"145": "500", "14": "900", **dict.fromkeys(FIVE, "100")}
EMPLOYEES, TURNOVER, GDP = "13111-01-03-4", "42111-04-02-4", "nama_10r_3gdp"
ACCOUNT = {"GENESIS_USERNAME": USER, "GENESIS_PASSWORD": WORD}
NUTS = ("DE", "DED", "DED4", "DED41", "DED42", "DED43", "DED44", "DED45")


class Silent:
    """A watch that says nothing."""

    def planned(self, items: list[Item]) -> None:
        """Say nothing."""

    def begins(self, item: Item) -> None:
        """Say nothing."""

    def received(self, size: int) -> None:
        """Say nothing."""

    def ended(self, outcome: Outcome) -> None:
        """Say nothing."""


def employees(
    values: Mapping[str, str] = VALUES, year: int = 2025, head: str = FLAT_HEAD, minute: int = 0
) -> bytes:
    """Return table 13111-01-03-4 as a zipped ffcsv: total employees per area."""
    rows = employees_flat(values, f"{year}-06-30")
    return packed(f"{EMPLOYEES}_{minute}_de_flat.csv", "\ufeff" + "\r\n".join([head, *rows, ""]))


def turnover(values: Mapping[str, str] = FIVE, year: int = 2025, minute: int = 0) -> bytes:
    """Return table 42111-04-02-4 as a zipped datencsv: turnover and foreign turnover."""
    rows = [f"{year};{area};      Name;100;40" for area in values]
    lines = [
        f"Tabelle: {TURNOVER}",
        "Verarbeitendes Gewerbe: Umsatz, Auslandsumsatz - Jahressumme -;;;;",
        ";;;Umsatz;Auslandsumsatz",
        ";;;Tsd. EUR;Tsd. EUR",
        *rows,
        *FOOTER[:-1],
        f"Stand: 24.11.2026 / 10:{minute:02d}:00",
    ]
    return packed(f"{TURNOVER}.csv", "\r\n".join([*lines, ""]))


def packed(name: str, text: str) -> bytes:
    """Return a zip with one text file, the same bytes for the same text."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        entry = zipfile.ZipInfo(name, (2026, 11, 24, 10, 0, 0))
        archive.writestr(entry, text.encode(), zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def gdp(years: range = range(2022, 2024), geo: tuple[str, ...] = NUTS, conf: bool = True) -> bytes:
    """Return nama_10r_3gdp as gzipped SDMX-CSV with two units."""
    last = ",CONF_STATUS" if conf else ""
    lines = [f"DATAFLOW,LAST UPDATE,freq,unit,geo,TIME_PERIOD,OBS_VALUE,OBS_FLAG{last}"]
    for unit in ("MIO_EUR", "EUR_HAB"):
        for code in geo:
            for year in years:
                end = "," if conf else ""
                lines.append(
                    f"ESTAT:NAMA_10R_3GDP(1.0),20/02/26 23:00:00,A,{unit},{code},{year},12.5,{end}"
                )
    return gzip.compress(("\r\n".join(lines) + "\r\n").encode(), mtime=0)


def gdp_as_jsonstat(dense: bool = False, **changed: Any) -> bytes:
    """Return nama_10r_3gdp as JSON-stat: 12.5 in every cell, `p` in the first; synthetic."""
    units, times = ["EUR_HAB", "MIO_EUR"], ["2022", "2023"]
    dimensions = {"freq": ["A"], "unit": units, "geo": list(NUTS), "time": times}
    count = len(units) * len(NUTS) * len(times)
    values = [12.5] * count
    said = {
        "version": "2.0", "class": "dataset", "label": "GDP", "source": "ESTAT",
        "updated": "2026-02-20T23:00:00+0100",
        "value": values if dense else {str(n): value for n, value in enumerate(values)},
        "status": {"0": "p"},
        "id": list(dimensions),
        "size": [len(codes) for codes in dimensions.values()],
        "dimension": {
            name: {"category": {"index": {code: n for n, code in enumerate(codes)}}}
            for name, codes in dimensions.items()
        },
    }  # fmt: skip
    return json.dumps({**said, **changed}).encode()


def declare(folder: Path, replay: Replay, tables: Mapping[str, Any], **site: Any) -> Path:
    """Write a `sources.yml` whose services are the replay's; returns its path.

    `tables` maps datasets to changes of their entry (years, for example); other datasets are
    not declared. `site` changes every service.
    """
    content = yaml.safe_load(SOURCES.read_text(encoding="utf-8"))
    hurry = {"pace": 0, "attempts": 2, "backoff": 0.01, "poll": 0.01, "polls": 4, "read": 0.5}
    bases = {"regionalstatistik": GENESIS, "eurostat": EUROSTAT}
    sites = {}
    for name, base in bases.items():
        entry = content["sites"][name]
        known = entry["tables"]
        entry |= {"base": replay.url + base, "hosts": ["127.0.0.1"], **hurry, **site}
        entry["tables"] = {key: {**known[key], **tables[key]} for key in tables if key in known}
        for option, pattern in entry.get("options", {}).items():
            rest = pattern.partition("statistik.de")[2]
            entry["options"][option] = replay.url + rest
        if entry["tables"]:
            sites[name] = entry
    path = folder / "sources.yml"
    path.write_text(yaml.safe_dump({"sites": sites}, sort_keys=False), encoding="utf-8")
    return path


def years(first: int, last: int) -> dict[str, int]:
    """Return the change of a table's entry that asks for these years."""
    return {"first": first, "last": last}


def pull(raw: Path, sources: Path, again: bool = False, day: date = DAY) -> list[Outcome]:
    """Pull everything that is declared."""
    return Pull(Raw(raw), load_sources(sources), day, Silent(), again).run()


def kept(raw: Path) -> list[str]:
    """Return the files that became raw material, without sidecars."""
    return sorted(
        path.relative_to(raw).as_posix()
        for path in raw.rglob("*")
        if path.is_file()
        and not any(part.startswith(".") for part in path.relative_to(raw).parts)
        and not path.name.endswith(".meta.json")
    )


def refused(raw: Path) -> list[dict[str, Any]]:
    """Return what the sidecars of refused answers say."""
    return [
        json.loads(path.read_text(encoding="utf-8"))
        for path in sorted((raw / ".refused").rglob("*.meta.json"))
    ]


def content(folder: Path) -> dict[str, bytes]:
    """Return every file of a folder with its bytes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
