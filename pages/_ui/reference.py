"""Reference marks on a map: where in its interval a secret figure would lie, if plants were equal.

A mark is no value: it gives a secret area a paler tone under the hatch and stands nowhere else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pages._ui import data

if TYPE_CHECKING:
    from pages._ui.maps import MapRequest


def marks(request: MapRequest) -> dict[str, float]:
    """Return area -> mark for the extent of a map; nothing unless the map asks for marks."""
    if not request.marks:
        return {}
    frame = data.cross_section(request.path, request.indicator, request.year, request.extent)
    shown = set(frame["area_id"])
    found = data.reference_marks(request.path, request.indicator, request.year)
    return {area: mark for area, mark in found.items() if area in shown}
