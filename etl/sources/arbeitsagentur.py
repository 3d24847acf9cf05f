"""Federal Employment Agency: published booklets, found by the agency's own list of them.

In come the topics of `sources.yml`; out goes the newest booklet of each. The list is a web page
with links; it is asked for with the booklet, so that a list that cannot be read fails alone.
"""

from __future__ import annotations

import html
import re
from dataclasses import replace
from urllib.parse import urljoin

from etl.errors import PullError
from etl.http import Session
from etl.sources import Fetched, Item, Known, files
from etl.sources.answers import kind, unexpected
from etl.sources.settings import Settings, Wire

LINK = re.compile(r'href="([^"]+)"')
NEWEST = "newest"


def plan(settings: Settings, session: Session) -> list[Item]:
    """Return the newest booklet of each topic, whichever it is."""
    return [_item(settings, dataset, wire) for dataset, wire in settings.site.tables.items()]


def fetch(item: Item, known: Known, settings: Settings, session: Session) -> Fetched:
    """Fetch the newest booklet of a topic: a workbook, or a zip with workbooks.

    Raises:
        PullError: the list is not what was expected, or there is no whole booklet at the address.
    """
    url = newest(settings, session, settings.site.tables[item.dataset], item.url)
    found = replace(item, url=url)
    if item.suffix == ".xlsx":
        return replace(files.workbook(found, known, settings, session), url=url)
    answer = files.get(found, known, settings, session)
    if answer is None:
        return Fetched("unchanged")
    if kind(answer) != "zip":
        raise unexpected(settings.name, f"the zip of {item.table}", answer)
    parts = files.whole(answer, settings.name, f"the zip of {item.table}")
    same = files.fingerprint(parts)
    return Fetched("file", answer.body, same, answer.etag, answer.modified, url=url)


def _item(settings: Settings, dataset: str, wire: Wire) -> Item:
    listing = settings.site.base + str(wire.options["topic"])
    return files.item(settings, dataset, wire, listing, NEWEST, "." + str(wire.options["suffix"]))


def newest(settings: Settings, session: Session, wire: Wire, listing: str) -> str:
    """Return the address of the newest booklet in a list.

    Raises:
        PullError: no list, or none with a link of the declared form.
    """
    answer = session.get(listing)
    if answer.status != 200 or kind(answer) != "html":
        raise unexpected(settings.name, "the page with the list of booklets", answer)
    pattern = re.compile(str(wire.options["file"]))
    page = answer.body.read_text(encoding="utf-8", errors="replace")
    links = [html.unescape(link) for link in LINK.findall(page)]
    matches = [(match.group(1), link) for link in links if (match := pattern.search(link))]
    if not matches:
        raise PullError(
            settings.name,
            f"expected a link of the form {pattern.pattern} in the list of booklets, got "
            f"{len(links)} links without one",
            url=answer.url,
        )
    return urljoin(answer.url, max(matches)[1])
