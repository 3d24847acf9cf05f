"""The one way to a publisher's service: polite, bounded, verified, and silent about credentials.

In go addresses and form fields; out come files on disk whose every byte arrived, or a refusal
in a sentence. What is in a header named secret never reaches a message, a file or a traceback.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.util import Retry

from etl.addresses import admit, plain
from etl.errors import PullError
from etl.secrets import Secrets
from indicators.model import Strict

VERSION = "1.0"
AGENT = (
    f"Strukturmonitor-Suedwestsachsen/{VERSION} (+open statistics for the Masterplan "
    "Suedwestsachsen; reads a few official tables, one at a time)"
)
FORM = "application/x-www-form-urlencoded; charset=UTF-8"
CHUNK = 1 << 16
REDIRECTS = (301, 302, 303, 307, 308)
MOST_REDIRECTS = 5
SHOWN = 300


class Manners(Strict):
    """How a service may be asked: pace, patience and largest answer.

    `pace`, `connect`, `read`, `deadline` and `backoff` are seconds; `limit` is bytes.
    """

    pace: float = 1.0
    connect: float = 15.0
    read: float = 120.0
    deadline: float = 1800.0
    limit: int = 500_000_000
    attempts: int = 4
    backoff: float = 1.0
    longest_wait: int = 300


class Service(Manners):
    """One publisher's service: its name, its own hosts, and how it may be asked."""

    name: str
    hosts: tuple[str, ...]


@dataclass(frozen=True)
class Answer:
    """An answer that arrived whole: status, the headers that matter, and the body on disk."""

    url: str
    status: int
    kind: str
    etag: str
    modified: str
    body: Path

    def start(self, size: int = 4096) -> bytes:
        """Return the first bytes of the body."""
        with self.body.open("rb") as file:
            return file.read(size)


def _no_auth(request: requests.PreparedRequest) -> requests.PreparedRequest:
    """Leave a request as it is: without this, requests would look for passwords in ~/.netrc."""
    return request


Progress = Callable[[int], None]
Parameters = Mapping[str, str | Sequence[str]]


@dataclass
class Session:
    """One conversation with one service; `work` is the folder of unfinished bodies.

    `learned` is what a publisher's module keeps of an answer, so that it asks only once.
    """

    service: Service
    work: Path
    secrets: Secrets = field(default_factory=Secrets)
    progress: Progress = field(default=lambda size: None, repr=False)
    learned: dict[str, Any] = field(default_factory=dict, repr=False)
    _last: float = field(default=float("-inf"), repr=False)
    _count: int = field(default=0, repr=False)

    def __post_init__(self) -> None:
        """Open the connections: retries of what may be repeated, with jitter and Retry-After."""
        retry = Retry(
            total=self.service.attempts,
            redirect=0,
            status_forcelist=(429, 500, 502, 503, 504),
            allowed_methods=None,
            backoff_factor=self.service.backoff,
            backoff_jitter=self.service.backoff,
            raise_on_status=False,
            raise_on_redirect=False,
            retry_after_max=self.service.longest_wait,
        )
        self._http = requests.Session()
        self._http.auth = _no_auth
        self._http.headers.update({"User-Agent": AGENT, "Accept-Encoding": "identity"})
        for scheme in ("https://", "http://"):
            self._http.mount(scheme, HTTPAdapter(max_retries=retry))

    def get(self, url: str, parameters: Parameters | None = None, **headers: str) -> Answer:
        """Return the answer to a GET; headers as keywords, `_` for `-`.

        Raises:
            PullError: no whole answer came; the sentence says what was expected and what came.
        """
        named = {name.replace("_", "-"): value for name, value in headers.items() if value}
        return self._ask("GET", url, parameters, None, named)

    def post(self, url: str, form: Mapping[str, str]) -> Answer:
        """Return the answer to a POST of form fields, with the service's secrets as headers.

        Raises:
            PullError: as for `get`.
        """
        body = urlencode(dict(form)).encode()
        return self._ask("POST", url, None, body, {"Content-Type": FORM, **self.secrets.headers()})

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def wait(self, seconds: float) -> None:
        """Pause between two looks at a job."""
        time.sleep(seconds)

    def _ask(
        self,
        method: str,
        url: str,
        parameters: Parameters | None,
        body: bytes | None,
        headers: Mapping[str, str],
    ) -> Answer:
        for attempt in range(1, self.service.attempts + 1):
            try:
                return self._once(method, url, parameters, body, headers)
            except _CutOffError as error:
                if attempt == self.service.attempts:
                    raise PullError(
                        self.service.name, f"{error} ({attempt} attempts)", url=plain(url)
                    ) from None
                jitter = random.random()  # noqa: S311 - a pause, no secret
                time.sleep(self.service.backoff * (2 ** (attempt - 1) + jitter))
        raise AssertionError

    def _once(
        self,
        method: str,
        url: str,
        parameters: Parameters | None,
        body: bytes | None,
        headers: Mapping[str, str],
    ) -> Answer:
        for _ in range(MOST_REDIRECTS):
            admit(self.service.name, self.service.hosts, url)
            self._pace()
            with self._opened(method, url, parameters, body, headers) as response:
                if response.status_code not in REDIRECTS:
                    return self._store(response, plain(url))
                target = urljoin(response.url, response.headers.get("Location", ""))
            url, parameters = target, None
        raise PullError(
            self.service.name, f"expected an answer, got more than {MOST_REDIRECTS} redirects"
        )

    def _pace(self) -> None:
        wait = self._last + self.service.pace - time.monotonic()
        if wait > 0:
            time.sleep(wait)
        self._last = time.monotonic()

    @contextmanager
    def _opened(
        self,
        method: str,
        url: str,
        parameters: Parameters | None,
        body: bytes | None,
        headers: Mapping[str, str],
    ) -> Iterator[requests.Response]:
        """Open a streamed answer; failures of the network become sentences without headers."""
        said = None
        try:
            response = self._http.request(
                method,
                url,
                params=parameters,
                data=body,
                headers=dict(headers),
                timeout=(self.service.connect, self.service.read),
                allow_redirects=False,
                stream=True,
            )
        except requests.RequestException as error:
            said = self.secrets.scrub(_reason(error))
        if said is not None:
            raise PullError(
                self.service.name,
                f"expected an answer of {urlsplit(url).hostname}, got none ({said})",
                url=plain(url),
                unreachable=True,
            )
        try:
            yield response
        finally:
            response.close()

    def _store(self, response: requests.Response, url: str) -> Answer:
        self._count += 1
        path = self.work / f"answer-{self._count:05d}"
        stated = response.headers.get("Content-Length", "")
        if stated.isdigit() and int(stated) > self.service.limit:
            raise self._too_big(f"{int(stated)} bytes announced", url)
        self._receive(response, path, url)
        arrived = response.raw.tell()
        if stated.isdigit() and arrived != int(stated):
            raise _CutOffError(f"expected {stated} bytes, got {arrived}")
        self.secrets.scrub_file(path)
        return Answer(
            url=url,
            status=response.status_code,
            kind=response.headers.get("Content-Type", ""),
            etag=response.headers.get("ETag", ""),
            modified=response.headers.get("Last-Modified", ""),
            body=path,
        )

    def _receive(self, response: requests.Response, path: Path, url: str) -> None:
        """Write the body to disk while it comes; stop at the limit and at the deadline."""
        size, end = 0, time.monotonic() + self.service.deadline
        said = None
        try:
            with path.open("wb") as file:
                for chunk in response.iter_content(CHUNK):
                    size += len(chunk)
                    if size > self.service.limit:
                        raise self._too_big(f"more than {self.service.limit} bytes", url)
                    if time.monotonic() > end:
                        raise PullError(
                            self.service.name,
                            f"expected the whole answer within {self.service.deadline:g} s, got "
                            f"{size} bytes",
                            url=url,
                        )
                    file.write(chunk)
                    self.progress(len(chunk))
        except requests.RequestException as error:
            said = f"expected the whole answer, got {size} bytes, then {_reason(error)}"
        if said is not None:
            raise _CutOffError(said)

    def _too_big(self, found: str, url: str) -> PullError:
        return PullError(
            self.service.name,
            f"expected at most {self.service.limit} bytes, got {found}; the answer was dropped",
            url=url,
        )


class _CutOffError(Exception):
    """A body that ended before its announced end; worth another attempt."""


def _reason(error: BaseException) -> str:
    """Return what happened in a few words: the innermost cause, without objects' addresses."""
    while error.args and isinstance(error.args[0], BaseException):
        error = error.args[0]
    inner = getattr(error, "reason", None)
    if isinstance(inner, BaseException):
        return _reason(inner)
    text = str(error.args[-1] if error.args else error).rpartition(">: ")[2]
    return f"{type(error).__name__}: {text[:SHOWN]}"
