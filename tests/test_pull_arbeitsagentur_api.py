"""The pilot table service of the Federal Employment Agency: one Kreis at a time, by its name."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from etl.stage import stage
from tests.genesis import FIVE
from tests.publishers import HTML, answers, declare
from tests.pulling import kept, pull
from tests.replay import Replay, Reply, Request, cut

SITE, ALO = "arbeitsagentur_api", "ba_api_unemployment"
NAMES = {**FIVE, "14511": "Chemnitz, Stadt", "14713": "Leipzig, Stadt"}
METRICS = {
    "EckwerteTabelleALOKr": {"Arbeitslose": 9000, "Arbeitslosenquote": 7.1, "Neues": 1},
    "EckwerteTabelleBST": {"Beschäftigte": 117000},
    "EckwerteTabelleSTEA": {"Bestand Arbeitsstellen": 2100, "STEA_VJV_rel": -4.5},
}


def listed(names: dict[str, str] = NAMES, kind: str = "Kreis") -> bytes:
    """Return the agency's list: a script with one variable."""
    entries = [
        {"formValues": {"Filtername": kind, "BA_SCHL": f"{area}000", "DESC": name}}
        for area, name in names.items()
    ]
    land = [{"formValues": {"Filtername": "Land", "BA_SCHL": "14", "DESC": "Sachsen"}}]
    content = {"a": "text", "b": land, "c": entries}
    return b"var persistListenfelderJSON = " + json.dumps(content).encode() + b";\n"


def row(name: str, value: Any, month: str = "Oktober 2026", index: int = 0) -> dict[str, Any]:
    return {
        "index": index,
        "attributes": {"0": {"DESC": month}},
        "value": value,
        "showValue": str(value),
        "metricName": name,
    }


def figures(table: str = "EckwerteTabelleALOKr", **changed: Any) -> bytes:
    """Return the key figures of one Kreis for two months."""
    values = METRICS[table] | changed
    rows = [row(name, value) for name, value in values.items()]
    rows += [row(name, value, "September 2026", 1) for name, value in values.items()]
    return json.dumps(rows, ensure_ascii=False).encode()


def service(names: bytes | Reply, table: Reply | None = None) -> Any:
    """Return a service that answers the list with `names` and every table with its figures."""
    given = names if isinstance(names, Reply) else Reply(names)

    def answer(request: Request) -> Reply:
        if request.path.endswith("JSON.js"):
            return given
        return table or Reply(figures(request.path.rpartition("/")[2]))

    return answer


@pytest.fixture
def replay() -> Iterator[Replay]:
    with Replay() as server:
        yield server


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    return tmp_path / "raw"


def test_five_kreise_are_asked_for_by_the_names_of_the_list(
    replay: Replay, raw: Path, tmp_path: Path
) -> None:
    answers(replay, service(listed()))
    outcomes = pull(raw, declare(tmp_path, replay, SITE))
    assert [outcome.state for outcome in outcomes] == ["new"] * 15
    tables = [request for request in replay.service.requests if "tableFetch" in request.path]
    assert {request.form.get("Kreis", request.form.get("Kreis AO")) for request in tables} == {
        *FIVE.values()
    }
    assert len([request for request in tables if "Kreis AO" in request.form]) == 5
    assert "arbeitsagentur/api/EckwerteTabelleALOKr/14511_2026-11-24.json" in kept(raw)
    (staged,) = stage(raw, [ALO])
    assert [report.status for report in staged.files] == ["used"] * 5
    rows = staged.observations.set_index(["area_id", "measure", "breakdown"])
    assert rows.loc[("14511", "unemployed", "month=10"), "value"] == 9000
    assert rows.loc[("14524", "unemployment_rate", "month=09"), "value"] == 7.1
    assert set(staged.observations["year"]) == {2026}


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (HTML, "expected the list of Kreise (persistListenfelderJSON), got HTTP 200, html"),
        (Reply(b"", 404), "expected the list of Kreise"),
        (Reply(b"var persistListenfelderJSON = {a: 1};"), "expected a list of Kreise in JSON"),
        (Reply(listed(kind="Bezirk")), "expected entries with the Filtername 'Kreis'"),
        (Reply(listed({"14713": "Leipzig"})), "expected 14511 in the list of Kreise, got 1 Kreise"),
    ],
    ids=["page", "gone", "no JSON", "other kinds", "an area is absent"],
)
def test_without_the_list_nothing_is_asked(
    replay: Replay, raw: Path, tmp_path: Path, names: Reply, said: str
) -> None:
    answers(replay, service(names))
    outcomes = pull(raw, declare(tmp_path, replay, SITE, ALO))
    assert kept(raw) == []
    assert said in next(outcome.reason for outcome in outcomes if outcome.reason)
    assert not [request for request in replay.service.requests if request.form]


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        (HTML, "expected a list of rows of EckwerteTabelleALOKr, got HTTP 200, html"),
        (Reply(b""), "got HTTP 200, empty"),
        (Reply(b'{"error": "Invalid parameter"}'), "got HTTP 200, json"),
        (Reply(b'{"error": "Invalid parameter"}', 400), "got HTTP 400, json"),
        (Reply(b'[{"index": 0}]'), "no list of rows with metricName, value and attributes"),
        (cut(figures()), "expected the whole answer"),
        (Reply(figures()[:-40]), "expected a list of rows"),
        (Reply(figures(Arbeitslose=2_950_460)), "so this is another area"),
        (Reply(json.dumps([row("Beschäftigte", 1)]).encode()), "a declared figure does not occur"),
        (Reply(figures(Arbeitslose="viele")), "the value is no number"),
        (Reply(json.dumps([row("Arbeitslose", 1)] * 2).encode()), "Arbeitslosenquote"),
        (
            Reply(json.dumps([row("Arbeitslosenquote", 1), *[row("Arbeitslose", 1)] * 2]).encode()),
            "Arbeitslose stands 2 times for 2026-10",
        ),
        (
            Reply(json.dumps([row("Arbeitslose", 1, "2026")]).encode()),
            "the row does not state a month and nothing else",
        ),
    ],
    ids=[
        "page", "empty", "error", "error 400", "other rows", "cut", "half", "another area",
        "other figures", "no number", "a figure is absent", "twice", "no month",
    ],
)  # fmt: skip
def test_another_answer_is_refused_and_the_others_go_on(
    replay: Replay, raw: Path, tmp_path: Path, reply: Reply, said: str
) -> None:
    def answer(request: Request) -> Reply:
        wrong = request.form.get("Kreis") == FIVE["14522"]
        return service(listed(), reply if wrong else None)(request)

    answers(replay, answer)
    outcomes = pull(raw, declare(tmp_path, replay, SITE, ALO))
    bad = [outcome for outcome in outcomes if outcome.state in {"failed", "refused"}]
    assert [outcome.item.name for outcome in bad] == ["14522"]
    assert said in bad[0].reason
    assert len(kept(raw)) == 4


def test_an_empty_list_of_rows_is_not_published(replay: Replay, raw: Path, tmp_path: Path) -> None:
    answers(replay, service(listed(), Reply(b"[]")))
    outcomes = pull(raw, declare(tmp_path, replay, SITE, ALO))
    assert [outcome.state for outcome in outcomes] == ["not_published"] * 5 + ["failed"]
    assert "The service knows no figure for this area." in outcomes[-1].reason
