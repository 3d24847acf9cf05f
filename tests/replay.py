"""A server on the loopback that answers as the recorded services did, or misbehaves as told.

Real HTTP: what it does to a client, a network does. `Service` is a GENESIS service and a
Eurostat service in one; `faults` are answered first, one per request.
"""

from __future__ import annotations

import contextlib
import json
import ssl
import threading
import time
import zipfile
import zlib
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qsl, urlsplit

GENESIS, EUROSTAT = "/genesisws/rest/2020/", "/eurostat/api/dissemination/"
USER, WORD = "user-of-the-test", "word-of-the-test"
GIGABYTES_10 = 10 * 10**9
BLOCK = b"x" * (1 << 16)
PAGE = b"<!doctype html>\n<html lang='de'><title></title><h1>Ups, ein Fehler!</h1></html>"
JOB = "0a1b2c3d-0000-4000-8000-00112233aabb"


@dataclass(frozen=True)
class Reply:
    """One answer: `announced` is the Content-Length if it is not that of the body.

    `endless` goes on sending until the client hangs up or 10 GB are sent; `pause` is waited
    before anything is said.
    """

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    announced: int | None = None
    endless: bool = False
    pause: float = 0.0


@dataclass(frozen=True)
class Request:
    """One question as it came: path, query or form, and headers."""

    method: str
    path: str
    form: dict[str, str]
    headers: dict[str, str]


def status(code: int, text: str, flat: bool = False, http: int = 200, **more: Any) -> Reply:
    """Return a GENESIS status: JSON with HTTP 200, as documented and recorded."""
    said: dict[str, Any] = {"Code": code, "Content": text, "Type": "Information"}
    content = said if flat else {"Ident": {}, "Status": said, "Parameter": {}, **more}
    body = json.dumps(content, ensure_ascii=False).encode()
    return Reply(body, http, {"Content-Type": "application/json"})


def zipped(body: bytes) -> Reply:
    """Return a zip as GENESIS sends it."""
    return Reply(body, headers={"Content-Type": "application/zip"})


def busy(after: int) -> Reply:
    """Return "too many requests, come again after so many seconds"."""
    return Reply(b"too many", 429, {"Retry-After": str(after)})


def error_page(code: int = 500) -> Reply:
    """Return the page of a server error."""
    return Reply(PAGE, code, {"Content-Type": "text/html"})


def cut(body: bytes) -> Reply:
    """Return half of a body whose whole length was announced."""
    return Reply(body[: len(body) // 2], announced=len(body))


def elsewhere(url: str) -> Reply:
    """Return a redirect."""
    return Reply(status=302, headers={"Location": url})


class Service:
    """Both services: `tables[code, year]` are GENESIS zips, `flows[code, year]` Eurostat bodies.

    `statistics[code]` is what Eurostat's second service says, also while `sdmx_is_down`.

    A code in `big` is answered by a job that is ready after `looks` looks. A Eurostat code in
    `later` is answered by an asynchronous job, one in `again` by "come again", both that often.
    """

    def __init__(self) -> None:
        """Begin with nothing to offer."""
        self.tables: dict[tuple[str, str], bytes] = {}
        self.flows: dict[tuple[str, str], bytes] = {}
        self.statistics: dict[str, bytes] = {}
        self.sdmx_is_down = False
        self.faults: deque[Reply] = deque()
        self.always: Callable[[Request], Reply | None] = lambda request: None
        self.big: set[str] = set()
        self.looks = 2
        self.later: set[str] = set()
        self.again: dict[str, Reply] = {}
        self.requests: list[Request] = []
        self._seen: dict[str, int] = {}
        self._started: dict[str, dict[str, str]] = {}

    def answer(self, request: Request) -> Reply:
        """Return the answer to a question."""
        self.requests.append(request)
        if self.faults:
            return self.faults.popleft()
        if (always := self.always(request)) is not None:
            return always
        if request.path.startswith(GENESIS):
            return self._genesis(request)
        return self._eurostat(request)

    def asked(self, path: str) -> list[Request]:
        """Return the questions whose path ends so."""
        return [request for request in self.requests if request.path.endswith(path)]

    def _genesis(self, request: Request) -> Reply:
        if request.method != "POST":
            return Reply(b"", 405)
        given = (request.headers.get("username"), request.headers.get("password"))
        if given != (USER, WORD):
            return status(15, "Sie sind nicht berechtigt.", flat=True, http=401)
        method, form = request.path.removeprefix(GENESIS), request.form
        name = form.get("name", "")
        if method == "data/tablefile":
            big = name in self.big and (name, form["startyear"]) in self.tables
            if big and form["job"] != "true":
                return status(98, "Die Tabelle ist zu gross, um im Dialog abgerufen zu werden.")
            if big:
                self._started[f"{name}_{100 + len(self._started)}"] = form
                return status(99, f"Der Bearbeitungsauftrag wurde erstellt: {[*self._started][-1]}")
            return self._table(name, form)
        if method == "catalogue/results":
            return self._look(form["selection"])
        if method == "data/resultfile" and name in self._started:
            form = self._started[name]
            return self._table(form["name"], form)
        return status(104, "Es gibt keine Objekte zum angegebenen Selektionskriterium")

    def _table(self, name: str, form: dict[str, str]) -> Reply:
        body = self.tables.get((name, form["startyear"]))
        if body is None:
            return status(104, "Es gibt keine Objekte zum angegebenen Selektionskriterium")
        return zipped(body)

    def _look(self, job: str) -> Reply:
        self._seen[job] = self._seen.get(job, 0) + 1
        if self._seen[job] <= self.looks:
            return status(104, "Es gibt keine Objekte", List=None)
        return status(0, "erfolgreich", List=[{"Code": job, "Content": "", "Values": "1"}])

    def _eurostat(self, request: Request) -> Reply:
        path = request.path.removeprefix(EUROSTAT)
        if path.startswith("1.0/async/status/"):
            return self._state()
        if path.startswith("1.0/async/data/"):
            return Reply(self.flows[next(iter(self.later)), "async"])
        code = path.split("/")[3]
        if path.startswith("statistics/"):
            return Reply(self.statistics[code], headers={"Content-Type": "application/json"})
        if self.sdmx_is_down:
            return error_page(503)
        if code in self.again and self._count(code) <= self.looks:
            return self.again[code]
        if code in self.later:
            return state_of("SUBMITTED")
        body = self.flows.get((code, request.form.get("startPeriod", "")))
        if body is None:
            said = f"ERR_NOT_FOUND_4: {code} is not available for dissemination."
            return Reply(
                json.dumps({"error": [{"status": 404, "id": 100, "label": said}]}).encode(), 404
            )
        etag = f'"{zlib.crc32(body):x}"'
        if request.headers.get("if-none-match") == etag:
            return Reply(status=304)
        return Reply(body, headers={"ETag": etag})

    def _state(self) -> Reply:
        return state_of("PROCESSING" if self._count(JOB) <= self.looks else "AVAILABLE")

    def _count(self, what: str) -> int:
        self._seen[what] = self._seen.get(what, 0) + 1
        return self._seen[what]


def state_of(word: str) -> Reply:
    """Return the state of an asynchronous job; its form is documented, no answer is recorded."""
    text = f"<?xml version='1.0'?><r><queued><id>{JOB}</id><status>{word}</status></queued></r>"
    return Reply(text.encode(), headers={"Content-Type": "application/xml"})


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: clients that hang up or are killed are what is tested."""


class Replay:
    """The server: use it as a context; `url` is its address, `service` what it answers with."""

    def __init__(self, service: Service | None = None, certificate: Path | None = None) -> None:
        """Answer with `service`, encrypted with a certificate and its key in one file, if any."""
        self.service = service or Service()
        self._server = _Server(("127.0.0.1", 0), _handler(self.service))
        scheme = "https" if certificate else "http"
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        self.url = f"{scheme}://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Self:
        """Begin to serve."""
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End to serve."""
        self._server.shutdown()
        self._server.server_close()


def _handler(service: Service) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self._serve()

        def do_POST(self) -> None:
            self._serve()

        def _serve(self) -> None:
            parts = urlsplit(self.path)
            size = int(self.headers.get("Content-Length") or 0)
            text = self.rfile.read(size).decode() if size else parts.query
            headers = {name.lower(): value for name, value in self.headers.items()}
            form = dict(parse_qsl(text, keep_blank_values=True))
            reply = service.answer(Request(self.command, parts.path, form, headers))
            time.sleep(reply.pause)
            with contextlib.suppress(ConnectionError):
                self._send(reply)

        def _send(self, reply: Reply) -> None:
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            size = len(reply.body) if reply.announced is None else reply.announced
            if reply.endless:
                self.close_connection = True
            else:
                self.send_header("Content-Length", str(size))
            self.end_headers()
            self.wfile.write(reply.body)
            if size != len(reply.body):
                self.close_connection = True
            for _ in _blocks(reply.endless):
                self.wfile.write(BLOCK)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    return Handler


def _blocks(endless: bool) -> Iterator[int]:
    yield from range(GIGABYTES_10 // len(BLOCK) if endless else 0)


def recorded_tables(wire: Path) -> dict[tuple[str, str], bytes]:
    """Return the recorded zips of a folder `…/<table>/<date>-<n>.zip` by table and year.

    Of several of one year the first one counts; it is the German one.
    """
    found = {}
    for path in sorted(wire.glob("*/*.zip"), reverse=True):
        with zipfile.ZipFile(path) as archive:
            line = archive.read(archive.namelist()[0]).decode("utf-8-sig").splitlines()[1]
        found[path.parent.name, line.split(";")[4][:4]] = path.read_bytes()
    return found
