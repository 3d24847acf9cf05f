"""Eurostat: SDMX-CSV of every declared table, compressed, without an account.

In come the tables of `sources.yml`; out go the files of the dissemination service, which
answers large questions later: with a job to look after, or by asking to come again. Where
SDMX does not answer at all, the statistics service gives the same figures as JSON-stat.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from etl.errors import PullError
from etl.http import Answer, Session
from etl.sources import Fetched, Item, Known
from etl.sources.answers import as_json, fingerprint, gzipped_text, kind, unexpected
from etl.sources.settings import Settings, Wire

LATER, TOO_BIG = "ASYNCHRONOUS_RESPONSE", "EXTRACTION_TOO_BIG"
NO_FIGURE = "The service knows no figure for this question."
NO_RESULTS, NOT_AVAILABLE = "ERR_NO_RESULTS", "is not available for dissemination"
JOB = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE)
STATE = re.compile(r"\b(SUBMITTED|PROCESSING|AVAILABLE|EXPIRED|UNKNOWN)\b")
WAITING = {"SUBMITTED", "PROCESSING"}
FAULT = re.compile(r"<faultstring>(.*?)</faultstring>", re.DOTALL)
UPDATED = re.compile(rb",\d\d/\d\d/\d\d \d\d:\d\d:\d\d,")


def plan(settings: Settings, session: Session) -> list[Item]:
    """Return the files of every table: one a year, newest first, or one with all years."""
    items: list[Item] = []
    for dataset, wire in settings.site.tables.items():
        years = settings.years(dataset)
        if wire.slice == "all":
            items.append(_item(settings, dataset, wire, "all", years))
        else:
            items += [
                _item(settings, dataset, wire, str(year), range(year, year + 1))
                for year in reversed(years)
            ]
    return items


def fetch(item: Item, known: Known, settings: Settings, session: Session) -> Fetched:
    """Fetch one file, now or, where the service works on it, when it is ready.

    Raises:
        PullError: an unknown table, a question that is too big, or anything undocumented.
    """
    second = settings.site.tables[item.dataset].options.get("statistics")
    try:
        return _sdmx(item, known, settings, session)
    except PullError as error:
        if not error.unreachable or second is None:
            raise
    return _statistics(item, second, settings, session)


def _sdmx(item: Item, known: Known, settings: Settings, session: Session) -> Fetched:
    unless = {"If_None_Match": known.etag, "If_Modified_Since": known.modified}
    answer = _patient(
        item, lambda: session.get(item.url, item.request, **unless), settings, session
    )
    if answer is None or answer.status == 304:
        return Fetched("unchanged" if answer else "not_published")
    if answer.status != 200 or kind(answer) not in {"gzip", "text"}:
        raise unexpected(settings.name, f"SDMX-CSV of {item.table}", answer)
    text = gzipped_text(settings.name, answer, settings.site.limit)
    if not text.startswith(b"DATAFLOW,"):
        raise unexpected(settings.name, f"the head line of SDMX-CSV for {item.table}", answer)
    if not text.strip().count(b"\n"):
        return Fetched("not_published", note=NO_FIGURE)
    return Fetched("file", answer.body, fingerprint(text, _counts), answer.etag, answer.modified)


def _statistics(item: Item, narrowed: Any, settings: Settings, session: Session) -> Fetched:
    """Fetch the same figures as JSON-stat; unknown codes are answered with no value."""
    url = f"{settings.site.base}statistics/1.0/data/{item.table}"
    parameters = {
        "format": "JSON",
        "lang": "EN",
        "sinceTimePeriod": item.request["startPeriod"],
        "untilTimePeriod": item.request["endPeriod"],
        **narrowed,
    }
    answer = _patient(item, lambda: session.get(url, parameters), settings, session)
    if answer is None:
        return Fetched("not_published")
    if answer.status != 200 or kind(answer) != "json":
        raise unexpected(settings.name, f"JSON-stat of {item.table}", answer)
    content = as_json(settings.name, answer, settings.site.limit)
    if not content.get("value"):
        return Fetched("not_published", note=NO_FIGURE)
    content.pop("updated", None)
    text = json.dumps(content, sort_keys=True).encode()
    return Fetched("file", answer.body, fingerprint(text), suffix=".json")


def _counts(line: bytes) -> bytes:
    """Leave out the date of the last update, which changes without the figures."""
    return UPDATED.sub(b",,", line, count=1)


def _item(settings: Settings, dataset: str, wire: Wire, name: str, years: range) -> Item:
    code = settings.code(dataset)
    key = str(wire.options.get("key", ""))
    parameters = {
        "format": "SDMX-CSV",
        "compressed": "true",
        "startPeriod": str(years[0]),
        "endPeriod": str(years[-1]),
    }
    return Item(
        publisher=settings.name,
        dataset=dataset,
        table=code,
        folder=wire.folder,
        name=name,
        suffix=".csv.gz",
        url=f"{settings.site.base}sdmx/2.1/data/{code}" + (f"/{key}" if key else ""),
        request=parameters,
        years=tuple(years),
        size=wire.size,
    )


def _patient(
    item: Item, ask: Callable[[], Answer], settings: Settings, session: Session
) -> Answer | None:
    """Return the answer with the file; None where nothing is published for the question."""
    site = settings.site
    for _ in range(site.polls):
        answer = ask()
        what = kind(answer)
        if what == "xml" and answer.status < 500:
            return _job(answer, settings, session)
        if what != "json" or answer.status >= 500:
            return answer
        content = as_json(settings.name, answer, site.limit)
        if content.get("class") == "dataset":
            return answer
        if not _come_again(content, answer, settings):
            return None
        session.wait(site.poll)
    raise _never(f"{item.table} to be ready", settings)


def _come_again(content: dict[str, Any], answer: Answer, settings: Settings) -> bool:
    """True if the service asks to come again, False if it has no results.

    Raises:
        PullError: the service refuses the question.
    """
    entries = content.get("error") or content.get("warning")
    first = entries[0] if isinstance(entries, list) and entries else entries
    label = str(first.get("label", "")) if isinstance(first, dict) else ""
    if LATER in label:
        return True
    if NO_RESULTS in label:
        return False
    if NOT_AVAILABLE in label:
        raise unexpected(settings.name, "a table that the service knows", answer)
    if TOO_BIG in label:
        raise unexpected(settings.name, "a question that is not too big", answer)
    raise unexpected(settings.name, "SDMX-CSV", answer)


def _job(answer: Answer, settings: Settings, session: Session) -> Answer | None:
    """Look after a job and return its file.

    Raises:
        PullError: a fault instead of a job, an expired job, or one that never ends.
    """
    site = settings.site
    text = answer.start(1 << 16).decode("utf-8", "replace")
    fault = FAULT.search(text)
    if fault:
        if "100" in text and "no results" in fault.group(1).lower():
            return None
        expected = "a question that is not too big" if TOO_BIG in text else "SDMX-CSV"
        raise unexpected(settings.name, expected, answer)
    job, state = JOB.search(text), STATE.search(text)
    if not job or not state:
        raise unexpected(settings.name, "SDMX-CSV or a job with its state", answer)
    base = f"{site.base}1.0/async"
    for _ in range(site.polls):
        if state.group(1) == "AVAILABLE":
            return session.get(f"{base}/data/{job.group()}")
        if state.group(1) not in WAITING:
            raise unexpected(settings.name, f"job {job.group()} to become available", answer)
        session.wait(site.poll)
        answer = session.get(f"{base}/status/{job.group()}")
        state = STATE.search(answer.start(1 << 16).decode("utf-8", "replace"))
        if not state:
            raise unexpected(settings.name, f"the state of job {job.group()}", answer)
    raise _never(f"job {job.group()} to be ready", settings)


def _never(what: str, settings: Settings) -> PullError:
    site = settings.site
    return PullError(
        settings.name,
        f"expected {what} after {site.polls} looks, {site.poll:g} s apart; it is not. "
        "The next pull asks again",
    )
