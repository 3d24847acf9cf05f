"""Which addresses a publisher's module may ask, and how an address is shown."""

from __future__ import annotations

from collections.abc import Collection
from urllib.parse import urlsplit

from etl.errors import PullError

LOOPBACK = {"127.0.0.1", "localhost", "::1"}


def admit(publisher: str, hosts: Collection[str], url: str) -> None:
    """Return if the address is one of the publisher's hosts, and encrypted (or the loopback).

    Raises:
        PullError: it is not; nothing was sent.
    """
    parts = urlsplit(url)
    if parts.hostname not in hosts:
        raise PullError(
            publisher,
            f"expected a host of this publisher ({', '.join(hosts)}), got {parts.hostname!r}; "
            "nothing was sent there",
            url=plain(url),
        )
    if parts.scheme != "https" and parts.hostname not in LOOPBACK:
        raise PullError(
            publisher,
            f"expected an encrypted address (https), got {parts.scheme!r}; nothing was sent",
            url=plain(url),
        )


def plain(url: str) -> str:
    """Return an address without user, password and query."""
    parts = urlsplit(url)
    port = f":{parts.port}" if parts.port else ""
    return f"{parts.scheme}://{parts.hostname}{port}{parts.path}"
