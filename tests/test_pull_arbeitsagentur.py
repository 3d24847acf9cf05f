"""Booklets of the Federal Employment Agency: found in its list, read by pinned columns."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from etl.stage import stage
from tests.genesis import FIVE
from tests.publishers import HTML, answers, broken, declare, only, reason, workbook, zipped
from tests.pulling import kept, pull
from tests.replay import Replay, Reply, Request

SITE, PAY, MONTHS = "arbeitsagentur", "ba_median_pay", "ba_unemployment_months"
AREAS = {**FIVE, "01001": "Flensburg, Stadt"}
TOPIC = "beschaeftigung-entgelt-entgelt"


def pay(head: str = "Median-\nentgelt", merkmal: str = "Insgesamt", **values: Any) -> bytes:
    """Return the booklet of pay: sheet 8.1, median in column K, one row per area and feature."""
    rows: list[list[Any]] = [["Tabelle 8.1"], [], ["Stichtag: 31. Dezember 2024"], []]
    rows += [["Schlüssel", "Region", "Merkmale", "Insgesamt", "davon", "", "", "", "", "", head]]
    rows += [["1", "2", "3", *range(4, 12)], ["D", "Deutschland", merkmal, *[1] * 7, 4013]]
    for area, name in AREAS.items():
        rows.append([area, name, merkmal, 1000, *[10] * 6, values.get(f"k{area}", 3500.5)])
        rows.append([area, name, "Männer", 500, *[5] * 6, 3600])
    return workbook({"Inhalt": [["Inhalt"]], "8.1": rows})


def booklet(sheet: str = "Übersicht_Kreise", first: Any = datetime(2025, 11, 1)) -> bytes:
    """Return a booklet of unemployment: months across as dates."""
    days = [first, datetime(2025, 12, 1)]
    rows: list[list[Any]] = [["Arbeitslose"], [], ["Region", *days], ["", 1, 2]]
    rows += [["Deutschland", 1, 2], *([f"{key} {name}", 8000, "*"] for key, name in AREAS.items())]
    buffer = {sheet: rows}
    return workbook(buffer)


def booklets(data: bytes | None = None) -> bytes:
    name = "202512_Heft_pol_SGBI_Arbeitslose"
    data = booklet() if data is None else data
    return zipped({f"{name}.xlsx": data, f"{name}nQuoten.xlsx".replace("nnQ", "nQ"): data})


def page(*links: str) -> Reply:
    """Return the list of booklets."""
    text = "".join(f'<a class="x" href="{link}">Heft</a>' for link in links)
    return Reply(f"<!doctype html><html><body>{text}</body></html>".encode())


def link(month: str, name: str = "entgelt-dwolk-0-{}-xlsx.xlsx", topic: str = TOPIC) -> str:
    file = name.format(month)
    return f"/Statistikdaten/Detail/{month}/iiia6/{topic}/{file}?__blob=publicationFile&amp;v=2"


def service(listing: Reply, file: Reply) -> Any:
    def answer(request: Request) -> Reply:
        return listing if "Einzelheftsuche" in request.path else file

    return answer


LISTING = page("/DE/Impressum.html", link("202312"), link("202412"))
GOOD = pay()


@pytest.fixture
def replay() -> Iterator[Replay]:
    with Replay() as server:
        yield server


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    return tmp_path / "raw"


def test_the_newest_booklet_of_the_list_is_fetched(
    replay: Replay, raw: Path, tmp_path: Path
) -> None:
    answers(replay, service(LISTING, Reply(GOOD)))
    outcome = only(raw, declare(tmp_path, replay, SITE, PAY))
    assert (outcome.state, outcome.reason) == ("new", "")
    assert replay.service.requests[0].form["topic_f"] == TOPIC
    assert replay.service.requests[1].form == {"__blob": "publicationFile", "v": "2"}
    assert kept(raw) == ["arbeitsagentur/pay/newest_2026-11-24.xlsx"]
    (staged,) = stage(raw, [PAY])
    assert set(staged.observations["area_id"]) == set(AREAS)
    assert set(staged.observations["reference"]) == {"2024-12-31"}
    assert set(staged.observations["value"]) == {3500.5}


def test_a_new_saving_of_the_same_booklet_is_unchanged(
    replay: Replay, raw: Path, tmp_path: Path
) -> None:
    sources = declare(tmp_path, replay, SITE, PAY)
    answers(replay, service(LISTING, Reply(GOOD)))
    only(raw, sources)
    answers(replay, service(LISTING, Reply(pay())))
    (outcome,) = pull(raw, sources, day=date(2026, 12, 1))
    assert outcome.state == "unchanged"


@pytest.mark.parametrize(
    ("listing", "said"),
    [
        (Reply(b"", 200), "expected the page with the list of booklets, got HTTP 200, empty"),
        (Reply(b"<html>Wartung</html>", 503), "got HTTP 503"),
        (page("/DE/Impressum.html"), "in the list of booklets, got 1 links without one"),
        (page(link("202412", "entgelt-neu-0-{}.xlsx")), "got 1 links without one"),
    ],
    ids=["empty", "closed", "no booklet", "other names"],
)
def test_a_topic_whose_list_cannot_be_read_fails_alone(
    replay: Replay, raw: Path, tmp_path: Path, listing: Reply, said: str
) -> None:
    def answer(request: Request) -> Reply:
        if request.form.get("topic_f") == TOPIC:
            return listing
        other = link("202512", "arbeitslose-quoten-dlk-0-{}-zip.zip")
        return service(page(other), Reply(booklets()))(request)

    answers(replay, answer)
    found = {o.item.dataset: o for o in pull(raw, declare(tmp_path, replay, SITE, PAY, MONTHS))}
    assert found[PAY].state in {"failed", "refused"}
    assert said in found[PAY].reason
    assert found[MONTHS].state == "new"
    assert kept(raw) == ["arbeitsagentur/unemployment/newest_2026-11-24.zip"]


@pytest.mark.parametrize(("words", "reply"), broken(GOOD).items(), ids=broken(GOOD))
def test_what_is_no_workbook_is_refused(
    replay: Replay, raw: Path, tmp_path: Path, words: str, reply: Reply
) -> None:
    answers(replay, service(LISTING, reply))
    assert words in reason(raw, declare(tmp_path, replay, SITE, PAY))


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (pay(head="Anteil"), "the head of the column does not hold '(?i)median' (value '"),
        (pay(merkmal="Zusammen"), "a declared text does not occur (value 'Insgesamt')"),
        (pay(k14523="k. A."), "'k. A.'"),
        (workbook({"9.1": [["x"]]}), "none of the sheets 8.1 is there (value '9.1')"),
        (workbook({"8.1": [["x"], ["y"]]}), "no row of an area"),
        (zipped({"a.txt": b"x"}), "expected a workbook (xl/workbook.xml in it)"),
    ],
    ids=["other head", "other features", "no number", "no sheet", "no area", "no workbook"],
)
def test_another_form_is_refused_with_what_was_found(
    replay: Replay, raw: Path, tmp_path: Path, body: bytes, said: str
) -> None:
    answers(replay, service(LISTING, Reply(body)))
    assert said in reason(raw, declare(tmp_path, replay, SITE, PAY))


def test_both_booklets_of_a_month_are_read_month_by_month(
    replay: Replay, raw: Path, tmp_path: Path
) -> None:
    listing = page(link("202512", "arbeitslose-quoten-dlk-0-{}-zip.zip"))
    answers(replay, service(listing, Reply(booklets())))
    assert only(raw, declare(tmp_path, replay, SITE, MONTHS)).state == "new"
    (staged,) = stage(raw, [MONTHS])
    rows = staged.observations.set_index(["area_id", "measure", "breakdown"])
    assert rows.loc[("14511", "unemployed", "month=11"), "value"] == 8000
    assert rows.loc[("14511", "unemployment_rate", "month=12"), "mark"] == "secret"
    assert set(staged.observations["year"]) == {2025}


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (zipped({"a.xlsx": booklet()}), "not one file of the zip is named *_Arbeitslose.xlsx"),
        (booklets(booklet(sheet="Kreise")), "none of the sheets Übersicht_Kreise is there"),
        (booklets(b"no workbook"), "this is no workbook"),
    ],
    ids=["other files", "other sheet", "no workbook"],
)
def test_other_booklets_are_refused(
    replay: Replay, raw: Path, tmp_path: Path, body: bytes, said: str
) -> None:
    listing = page(link("202512", "arbeitslose-quoten-dlk-0-{}-zip.zip"))
    answers(replay, service(listing, Reply(body)))
    assert said in reason(raw, declare(tmp_path, replay, SITE, MONTHS))


def test_commuter_booklets_are_skipped_with_how_to_bring_them_in(
    replay: Replay, raw: Path, tmp_path: Path
) -> None:
    answers(replay, HTML)
    outcome = only(raw, declare(tmp_path, replay, SITE, "ba_commuters"))
    assert outcome.state == "skipped"
    assert "Export both directions in the Pendleratlas" in outcome.reason
    assert replay.service.requests == []
