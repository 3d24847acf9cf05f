"""The GENESIS web service (REST 2020) as the statistical offices run it.

In goes a table with its parameters; out comes the zip that the service made, at once or as a
job. Errors arrive as JSON with HTTP 200, so the status code inside decides.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from etl.errors import PullError
from etl.http import Answer, Session
from etl.sources.answers import as_json, kind, unexpected
from etl.sources.settings import Settings

DONE, ADJUSTED, NOTHING_NEWER, UNKNOWN = 0, 22, 50, 90
TOO_BIG, JOB, NO_OBJECT, NO_CUBE = 98, 99, 104, -1
DENIED = (2, 15)
NO_SLICE = re.compile("Datenquader|Zeitscheibe", re.IGNORECASE)
JOB_NAME = re.compile(r"(\S+_\d+)\.?\s*$")
Kind = Literal["file", "unchanged", "not_published", "too_big", "job"]


@dataclass(frozen=True)
class Reply:
    """What the service said: a file, or a status with its text."""

    kind: Kind
    answer: Answer
    text: str = ""


@dataclass(frozen=True)
class Genesis:
    """One GENESIS service."""

    settings: Settings
    session: Session

    def table(self, request: Mapping[str, str]) -> Reply:
        """Return the table of a request: the zip, or that there is nothing (newer).

        Raises:
            PullError: anything that is not documented, in the words of the service.
        """
        reply = self._ask("data/tablefile", {**request, "job": "false"})
        if reply.kind == "too_big":
            if not self._may_start_jobs():
                raise unexpected(
                    self.settings.name,
                    "a table that is answered at once, because a token may not start jobs; set "
                    "user name and password instead",
                    reply.answer,
                )
            reply = self._ask("data/tablefile", {**request, "job": "true"})
            if reply.kind == "too_big":
                raise unexpected(self.settings.name, "a job for a large table", reply.answer)
        return self._finish(reply, request) if reply.kind == "job" else reply

    def _may_start_jobs(self) -> bool:
        return bool(self.settings.secrets.headers().get("password"))

    def _ask(self, method: str, form: Mapping[str, str]) -> Reply:
        answer = self.session.post(self.settings.site.base + method, form)
        what = kind(answer)
        if what == "zip" and answer.status == 200:
            return Reply("file", answer)
        if what != "json":
            raise unexpected(self.settings.name, "a zip or a JSON status", answer)
        return self._status(answer)

    def _status(self, answer: Answer) -> Reply:
        code, text = status_of(as_json(self.settings.name, answer))
        if code in DENIED or answer.status in (401, 403):
            raise unexpected(
                self.settings.name,
                "to be admitted with the user name and password of the environment",
                answer,
                final=True,
            )
        known: dict[int | None, Kind] = {
            NOTHING_NEWER: "unchanged",
            NO_OBJECT: "not_published",
            TOO_BIG: "too_big",
            JOB: "job",
        }
        if code == NO_CUBE and NO_SLICE.search(text):
            return Reply("not_published", answer, text)
        if code in known and answer.status == 200:
            return Reply(known[code], answer, text)
        if code == UNKNOWN:
            expected = "a table that the service knows (see its catalogue for a new name)"
        else:
            expected = "a zip with the table"
        raise unexpected(self.settings.name, f"{expected}, got status {code}", answer)

    def _finish(self, reply: Reply, request: Mapping[str, str]) -> Reply:
        """Wait for a job and return its result."""
        found = JOB_NAME.search(reply.text)
        if not found or not found.group(1).startswith(request["name"]):
            raise unexpected(
                self.settings.name, f"the name of a job for {request['name']}", reply.answer
            )
        job = found.group(1)
        site = self.settings.site
        for _ in range(site.polls):
            if self._ready(job):
                result = self._ask("data/resultfile", {**request, "name": job})
                if result.kind != "file":
                    raise unexpected(self.settings.name, f"the result of job {job}", result.answer)
                return result
            self.session.wait(site.poll)
        raise PullError(
            self.settings.name,
            f"expected job {job} to be ready after {site.polls} looks, {site.poll:g} s apart; "
            "it is not. The next pull asks again",
        )

    def _ready(self, job: str) -> bool:
        form = {"selection": job, "area": "user", "pagelength": "1"}
        answer = self.session.post(self.settings.site.base + "catalogue/results", form)
        if kind(answer) != "json":
            raise unexpected(self.settings.name, f"the state of job {job}", answer)
        content = as_json(self.settings.name, answer)
        code, _ = status_of(content)
        if code == NO_OBJECT:
            return False
        entries = content.get("List")
        names = [
            entry.get("Code")
            for entry in (entries if isinstance(entries, list) else [])
            if isinstance(entry, dict)
        ]
        if code != DONE or names != [job]:
            raise unexpected(self.settings.name, f"job {job} in the list of results", answer)
        return True


def status_of(content: Mapping[str, Any]) -> tuple[int | None, str]:
    """Return status code and text of an answer, from `Status` or, flat, from its top level."""
    nested = content.get("Status")
    status = nested if isinstance(nested, dict) else content
    code, text = status.get("Code"), status.get("Content")
    try:
        number = int(str(code))
    except ValueError:
        number = None
    return number, str(text if text is not None else nested or "")
