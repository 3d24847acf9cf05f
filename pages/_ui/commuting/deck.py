"""A deck.gl map whose description is given: short, without a background map of anyone else.

The library writes its descriptions indented, six times as long, and stands accessors in for texts.
"""

from __future__ import annotations

import json
from typing import Any

from pydeck import Deck

# What the library writes for `map_provider=None`; with an empty word Streamlit asks a tile server.
NO_MAP = "__MAP_STYLE__"


class ReadyDeck(Deck):  # type: ignore[misc]
    """A map that is sent as it stands; it must not be changed."""

    def __init__(self, specification: str, tooltip: dict[str, Any]) -> None:
        # Not calling the base class is the point: it would ask for a background map.
        self.specification = specification
        self.layers: list[Any] = []
        self._tooltip = tooltip

    def to_json(self) -> str:
        """Return the description of the map in the words of deck.gl."""
        return self.specification


def written(layers: list[dict[str, Any]], camera: dict[str, float], moves: bool) -> str:
    """Return the description of a map; on a map that `moves` a reader may drag and zoom.

    The wheel scrolls the page, not the map.
    """
    controller = {"scrollZoom": False, "dragRotate": False, "touchRotate": False}
    view = {"@@type": "MapView", "controller": controller if moves else False}
    content = {"initialViewState": camera, "layers": layers, "mapStyle": NO_MAP, "views": [view]}
    return json.dumps(content, separators=(",", ":"))
