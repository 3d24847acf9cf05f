"""A map on a page: the figure, its reading sentence, and the click that opens an area card."""

from __future__ import annotations

from typing import Any

import streamlit as st

from pages._ui import reference, state
from pages._ui.i18n import Texts
from pages._ui.maps import MapRequest, draw
from pages._ui.ready import ReadyFigure


def show(request: MapRequest, slot: str) -> None:
    """Draw one map with the sentence that says what it shows."""
    drawing = draw(request)
    key = f"map_{slot}"
    if drawing.empty and not reference.marks(request):
        kind = "range" if request.ranged else drawing.empty
        st.info(Texts(request.language)(f"map.empty.{kind}", year=request.year))
    st.plotly_chart(
        ReadyFigure(drawing.figure),
        key=key,
        theme=None,
        on_select=lambda: _clicked(key),
        selection_mode="points",
        config=config(request),
        alt=drawing.alt,
    )
    st.markdown(drawing.reading)


def _clicked(key: str) -> None:
    selection: dict[str, Any] = st.session_state.get(key, {}).get("selection", {})
    for point in selection.get("points", []):
        area = point.get("customdata") or point.get("location")
        area = area[0] if isinstance(area, list) else area
        if area:
            state.put(area=area)


def config(request: MapRequest) -> dict[str, Any]:
    """Return the settings of the toolbar: picture, zoom, and their names in the language."""
    t = Texts(request.language)
    words = {
        "Download plot as a PNG": t("map.picture"),
        "Zoom in": t("map.zoom_in"),
        "Zoom out": t("map.zoom_out"),
        "Reset view": t("map.reset"),
    }
    name = f"{request.indicator}_{request.year}_{request.extent}"
    return {
        "displaylogo": False,
        "displayModeBar": True,
        "scrollZoom": False,
        "locale": request.language,
        "locales": {request.language: {"dictionary": words, "format": {}}},
        "modeBarButtonsToRemove": ["pan2d", "select2d", "lasso2d"],
        "toImageButtonOptions": {"format": "png", "filename": name, "scale": 2},
    }
