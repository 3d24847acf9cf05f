"""Boundaries: GeoJSON whose every Kreis is as large as the register says, or the reason why not."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from etl.snapshot import FOLDER
from etl.stage import stage
from tests.publishers import HTML, answers, declare, only, reason
from tests.pulling import kept, pull
from tests.replay import Replay, Reply, cut

EXCEPTION = (
    b'<?xml version="1.0"?><ows:ExceptionReport xmlns:ows="http://www.opengis.net/ows/1.1">'
    b'<ows:Exception exceptionCode="InvalidParameterValue"><ows:ExceptionText>Feature type '
    b"vg2500:vg2500_krs unknown</ows:ExceptionText></ows:Exception></ows:ExceptionReport>"
)
SERVICE_EXCEPTION = (
    b'<ServiceExceptionReport><ServiceException code="NoApplicableCode">database is down'
    b"</ServiceException></ServiceExceptionReport>"
)
GML = b'<?xml version="1.0"?><wfs:FeatureCollection numberMatched="400"></wfs:FeatureCollection>'


def shapes(**changed: Any) -> bytes:
    """Return the boundaries of our maps as the service would send them; one Kreis has a lake."""
    content = json.loads((FOLDER / "kreise_2022-12-31.geojson").read_text(encoding="utf-8"))
    features = [
        {
            "type": "Feature",
            "properties": {"ags": f["properties"]["AGS"], "gen": f["properties"]["GEN"], "gf": 9},
            "geometry": f["geometry"],
        }
        for f in content["features"]
    ]
    lake = {"type": "Polygon", "coordinates": [[[9, 47.6], [9.2, 47.6], [9.2, 47.5], [9, 47.6]]]}
    water = {"ags": "08435", "gen": "Bodensee", "gf": 8}
    features.append({"type": "Feature", "properties": water, "geometry": lake})
    return collection(features, **changed)


def collection(features: list[Any], **changed: Any) -> bytes:
    whole = {"type": "FeatureCollection", "features": features, "numberMatched": len(features)}
    return json.dumps({**whole, "timeStamp": "2026-11-24T10:00:00Z", **changed}).encode()


GOOD = shapes()


def without(ags: str) -> bytes:
    features = json.loads(GOOD)["features"]
    return collection([f for f in features if f["properties"]["ags"] != ags])


def shrunk(ags: str) -> bytes:
    """Return the boundaries with one Kreis drawn as a square of 78 km²."""
    features = json.loads(GOOD)["features"]
    (one,) = [f for f in features if f["properties"]["ags"] == ags]
    one["geometry"] = {
        "type": "Polygon",
        "coordinates": [[[12.8, 50.8], [12.9, 50.8], [12.9, 50.9], [12.8, 50.9], [12.8, 50.8]]],
    }
    return collection(features)


def renamed() -> bytes:
    return GOOD.replace(b'"ags"', b'"AGS_0"')


@pytest.fixture
def replay() -> Iterator[Replay]:
    with Replay() as server:
        yield server


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    return tmp_path / "raw"


def test_boundaries_are_kept_and_measured(replay: Replay, raw: Path, tmp_path: Path) -> None:
    answers(replay, Reply(GOOD))
    assert only(raw, declare(tmp_path, replay, "bkg")).state == "new"
    (request,) = replay.service.requests
    assert request.path == "/wfs_vg2500"
    assert request.form["typeNames"] == "vg2500:vg2500_krs"
    assert kept(raw) == ["bkg/vg2500_krs/vg2500_krs_2026-11-24.geojson"]
    (staged,) = stage(raw, ["bkg_kreise"])
    drawn = staged.observations.set_index("area_id")["value"]
    assert len(drawn) == 400
    assert drawn["14511"] == pytest.approx(221, rel=0.03)  # Chemnitz has 221.03 km²


def test_the_same_boundaries_at_another_time_are_unchanged(
    replay: Replay, raw: Path, tmp_path: Path
) -> None:
    sources = declare(tmp_path, replay, "bkg")
    answers(replay, Reply(GOOD))
    only(raw, sources)
    answers(replay, Reply(shapes(timeStamp="2026-12-01T08:00:00Z")))
    (outcome,) = pull(raw, sources, day=date(2026, 12, 1))
    assert outcome.state == "unchanged"


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        (Reply(EXCEPTION), "InvalidParameterValue: 'Feature type vg2500:vg2500_krs unknown'"),
        (Reply(SERVICE_EXCEPTION, 500), "exception NoApplicableCode: 'database is down'"),
        (Reply(GML), "expected GeoJSON, not GML"),
        (HTML, "got HTTP 200, html"),
        (Reply(b""), "got HTTP 200, empty"),
        (cut(GOOD), "expected the whole answer"),
        (Reply(GOOD[:-900]), "expected a GeoJSON collection of features"),
        (Reply(b'{"type": "FeatureCollection", "features": []}'), "expected all  features, got 0"),
        (Reply(shapes(numberMatched=500)), "expected all 500 features, got 401"),
        (Reply(without("14511")), "'14511'"),
        (Reply(shrunk("14511")), "14511 78"),
        (Reply(renamed()), "the property is absent"),
        (Reply(GOOD.replace(b'"gf": 9', b'"gf": 1')), "no part is land"),
    ],
    ids=[
        "exception with 200", "service exception", "GML", "page", "empty", "cut", "half",
        "no feature", "a page of features", "a Kreis is absent", "a Kreis is too small",
        "other properties", "other kinds",
    ],
)  # fmt: skip
def test_anything_else_is_refused_in_a_sentence(
    replay: Replay, raw: Path, tmp_path: Path, reply: Reply, said: str
) -> None:
    answers(replay, reply)
    assert said in reason(raw, declare(tmp_path, replay, "bkg"))


@pytest.mark.recorded
def test_the_recorded_boundaries_agree_with_the_register(
    replay: Replay, raw: Path, tmp_path: Path, recordings: Path
) -> None:
    text = (recordings / "bkg" / "vg2500_kreise_2022-12-31.geojson").read_text(encoding="utf-8")
    text = text.replace('"AGS"', '"gf": 9, "ags"').replace('"GEN"', '"gen"')
    answers(replay, Reply(text.encode()))
    assert only(raw, declare(tmp_path, replay, "bkg")).state == "new"
