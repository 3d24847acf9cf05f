"""Regionaldatenbank Deutschland: every declared table, year by year, with or without an account.

In come the tables of `sources.yml`; out go zips of the GENESIS service (with an account), or
the single current files that the publisher offers to everybody.
"""

from __future__ import annotations

from collections.abc import Mapping

from etl.errors import PullError
from etl.http import Session
from etl.sources import Fetched, Item, Known
from etl.sources.answers import as_json, fingerprint, kind, unexpected, zipped_text
from etl.sources.genesis import Genesis, status_of
from etl.sources.settings import Settings, Wire

FLAT, PRINTED = "ffcsv", "datencsv"
# The order and the fields of the recorded requests of March 2026.
FORM = {
    "area": "all",
    "compress": "false",
    "endyear": "",
    "format": "",
    "language": "de",
    "name": "",
    "quality": "off",
    "regionalkey": "",
    "regionalvariable": "",
    "stand": "",
    "startyear": "",
    "timeslices": "",
}


def plan(settings: Settings, session: Session) -> list[Item]:
    """Return the files of every table: one a year with an account, else the current one."""
    items: list[Item] = []
    for dataset, wire in settings.site.tables.items():
        if settings.secrets:
            items += [
                _year(settings, dataset, wire, year) for year in reversed(settings.years(dataset))
            ]
        else:
            items.append(_open(settings, dataset, wire))
    return items


def fetch(item: Item, known: Known, settings: Settings, session: Session) -> Fetched:
    """Fetch one file.

    Raises:
        PullError: see `Genesis`, and for anything but a table in the open files.
    """
    if "form" not in item.request:
        return _fetch_open(item, known, settings, session)
    form = {**FORM, **{name: item.request[name] for name in FORM if name in item.request}}
    if known.retrieved:
        form["stand"] = ".".join(reversed(known.retrieved.split("-")))
    reply = Genesis(settings, session).table(form)
    if reply.kind != "file":
        return Fetched(
            "unchanged" if reply.kind == "unchanged" else "not_published", note=reply.text
        )
    text = zipped_text(settings.name, reply.answer, settings.site.limit)
    return Fetched("file", reply.answer.body, fingerprint(text, _counts))


def _counts(line: bytes) -> bytes | None:
    """Leave out the line that states the minute of printing."""
    return None if line.startswith(b"Stand: ") else line


def _year(settings: Settings, dataset: str, wire: Wire, year: int) -> Item:
    request = {
        "form": "yes",
        "name": settings.code(dataset),
        "format": _format(settings, dataset, wire),
        "startyear": str(year),
        "endyear": str(year),
    }
    return Item(
        publisher=settings.name,
        dataset=dataset,
        table=settings.code(dataset),
        folder=wire.folder,
        name=str(year),
        suffix=".zip",
        url=settings.site.base + "data/tablefile",
        request=request,
        years=(year,),
        size=wire.size,
    )


def _format(settings: Settings, dataset: str, wire: Wire) -> str:
    """Return the form that a layout of datasets.yml can read in the table's folder."""
    for layout in settings.catalogue.datasets[dataset].files:
        if layout.glob.startswith(f"{wire.folder}/"):
            return FLAT if layout.format == "genesis_ffcsv" else PRINTED
    raise PullError(settings.name, f"no layout of datasets.yml reads {wire.folder} ({dataset})")


def _open(settings: Settings, dataset: str, wire: Wire) -> Item:
    """Return the current file that needs no account, or why there is none."""
    how = str(wire.options.get("open", "csv"))
    code = settings.code(dataset)
    pattern = str(settings.site.options.get(f"open_{how}", ""))
    skip = "" if pattern else _needs_account(settings)
    flat = how == FLAT
    return Item(
        publisher=settings.name,
        dataset=dataset,
        table=code,
        folder=wire.folder if flat else f"regionalstatistik/{dataset}",
        name="current",
        suffix=".zip" if flat else ".csv",
        url=pattern.format(table=code),
        size=wire.size,
        skip=skip,
    )


def _needs_account(settings: Settings) -> str:
    variables = " and ".join(settings.site.secrets.values())
    return f"Only with an account ({variables}). {settings.site.account}"


def _fetch_open(item: Item, known: Known, settings: Settings, session: Session) -> Fetched:
    answer = session.get(item.url, If_None_Match=known.etag, If_Modified_Since=known.modified)
    if answer.status == 304:
        return Fetched("unchanged")
    if answer.status == 404:
        return Fetched("not_published", note="The publisher offers no open file of this table.")
    what = kind(answer)
    if what == "json":
        _refuse_status(as_json(settings.name, answer), settings)
    if answer.status != 200 or what != ("zip" if item.suffix == ".zip" else "text"):
        raise unexpected(settings.name, f"the open file of table {item.table}", answer)
    if what == "zip":
        text = zipped_text(settings.name, answer, settings.site.limit)
    else:
        text = answer.body.read_bytes()
    return Fetched("file", answer.body, fingerprint(text, _counts), answer.etag, answer.modified)


def _refuse_status(content: Mapping[str, object], settings: Settings) -> None:
    code, text = status_of(content)
    raise PullError(settings.name, f"expected an open file, got status {code}: {text}")
