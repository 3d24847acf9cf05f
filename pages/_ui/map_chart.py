"""A finished map on a page: the chart, its toolbar, and the click that chooses an area."""

from __future__ import annotations

from typing import Any

import streamlit as st

from pages._ui import state
from pages._ui.i18n import Texts
from pages._ui.ready import ReadyFigure


def show(
    figure: dict[str, Any], *, key: str, alt: str, name: str, language: str, **also: object
) -> None:
    """Draw a map from `area_map.draw`; a click writes `area` into the address, and `also`.

    Args:
        figure: the figure, which must not be changed.
        key: of the chart, once per page.
        alt: the map in words, for those who do not see it.
        name: of the picture when a reader saves it, without its ending.
        language: of the toolbar.
        also: what else a click keeps in the address, such as what the map shows.
    """
    st.plotly_chart(
        ReadyFigure(figure),
        key=key,
        theme=None,
        on_select=lambda: _clicked(key, also),
        selection_mode="points",
        config=config(name, language),
        alt=alt,
    )


def _clicked(key: str, also: dict[str, object]) -> None:
    selection: dict[str, Any] = st.session_state.get(key, {}).get("selection", {})
    for point in selection.get("points", []):
        area = point.get("customdata") or point.get("location")
        area = area[0] if isinstance(area, list) else area
        if area:
            state.put(**{**also, "area": area})


def config(name: str, language: str) -> dict[str, Any]:
    """Return the settings of the toolbar: picture, zoom, and their names in the language."""
    t = Texts(language)
    words = {
        "Download plot as a PNG": t("map.picture"),
        "Zoom in": t("map.zoom_in"),
        "Zoom out": t("map.zoom_out"),
        "Reset view": t("map.reset"),
    }
    return {
        "displaylogo": False,
        "displayModeBar": True,
        "scrollZoom": False,
        "locale": language,
        "locales": {language: {"dictionary": words, "format": {}}},
        "modeBarButtonsToRemove": ["pan2d", "select2d", "lasso2d"],
        "toImageButtonOptions": {"format": "png", "filename": name, "scale": 2},
    }
