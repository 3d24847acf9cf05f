"""Boundaries of the Kreise from the feature service (WFS) of the BKG, as GeoJSON.

Errors come as XML, sometimes with HTTP 200; they are refused in the service's own words. A
page of features is not the whole: what is announced must have come.
"""

from __future__ import annotations

import hashlib
import json
import re
from typing import Any

from etl.errors import PullError
from etl.http import Answer, Session
from etl.sources import Fetched, Item, Known
from etl.sources.answers import kind, unexpected
from etl.sources.settings import Settings, Wire

EXCEPTION = re.compile(
    r"<(?:\w+:)?(?:ExceptionText|ServiceException)\b[^>]*>(.*?)</(?:\w+:)?(?:ExceptionText|ServiceException)>",
    re.DOTALL,
)
CODE = re.compile(r'(?:exceptionCode|code)="([^"]+)"')
COUNTS = ("numberMatched", "totalFeatures")


def plan(settings: Settings, session: Session) -> list[Item]:
    """Return one file of boundaries per declared layer."""
    return [_item(settings, dataset, wire) for dataset, wire in settings.site.tables.items()]


def fetch(item: Item, known: Known, settings: Settings, session: Session) -> Fetched:
    """Fetch the boundaries of one layer.

    Raises:
        PullError: an exception of the service, quoted; GML or anything else instead of GeoJSON;
            fewer features than the service has.
    """
    answer = session.get(item.url, item.request)
    what = kind(answer)
    if what == "xml":
        raise _exception(answer, settings)
    if answer.status != 200 or what != "json":
        raise unexpected(settings.name, f"GeoJSON of {item.table}", answer)
    features = _features(answer, settings)
    return Fetched("file", answer.body, _print(features), answer.etag, answer.modified)


def _item(settings: Settings, dataset: str, wire: Wire) -> Item:
    layer = settings.code(dataset)
    return Item(
        publisher=settings.name,
        dataset=dataset,
        table=layer,
        folder=wire.folder,
        name=str(wire.options["name"]),
        suffix=".geojson",
        url=settings.site.base + str(wire.options["service"]),
        request={
            "service": "WFS",
            "version": "2.0.0",
            "request": "GetFeature",
            "typeNames": layer,
            "srsName": "EPSG:4326",
            "outputFormat": "application/json",
        },
        size=wire.size,
    )


def _exception(answer: Answer, settings: Settings) -> PullError:
    """Return the refusal with the words of the service, or with the beginning of the XML."""
    text = answer.start(1 << 16).decode("utf-8", "replace")
    said, code = EXCEPTION.search(text), CODE.search(text)
    if not said:
        gml = "GML" if "FeatureCollection" in text else "XML"
        return unexpected(settings.name, f"GeoJSON, not {gml}", answer)
    words = " ".join(said.group(1).split())[:300]
    named = f" {code.group(1)}" if code else ""
    return PullError(
        settings.name,
        f"expected GeoJSON, got HTTP {answer.status} with the exception{named}: {words!r}",
        url=answer.url,
        unreachable=answer.status >= 500,
        evidence=answer.body,
    )


def _features(answer: Answer, settings: Settings) -> list[Any]:
    try:
        content = json.loads(answer.body.read_bytes())
    except ValueError:
        content = None
    features = content.get("features") if isinstance(content, dict) else None
    if not isinstance(features, list):
        raise unexpected(settings.name, "a GeoJSON collection of features", answer)
    stated = next((content[name] for name in COUNTS if isinstance(content.get(name), int)), None)
    if not features or (stated is not None and stated != len(features)):
        raise PullError(
            settings.name,
            f"expected all {'' if stated is None else stated} features, got {len(features)}",
            url=answer.url,
            evidence=answer.body,
        )
    return features


def _print(features: list[Any]) -> str:
    """Return the SHA-256 of the features in any order; the answer states the time of asking."""
    texts = sorted(json.dumps(feature, sort_keys=True) for feature in features)
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()
