"""The map of an indicator on a page, with the sentence that says what it shows."""

from __future__ import annotations

import streamlit as st

from pages._ui import map_chart, reference
from pages._ui.i18n import Texts
from pages._ui.maps import MapRequest, draw


def show(request: MapRequest, slot: str) -> None:
    """Draw one map with its reading sentence; say why where no area has a colour."""
    drawing = draw(request)
    if drawing.empty and not reference.marks(request):
        kind = "range" if request.ranged else drawing.empty
        st.info(Texts(request.language)(f"map.empty.{kind}", year=request.year))
    map_chart.show(
        drawing.figure,
        key=f"map_{slot}",
        alt=drawing.alt,
        name=f"{request.indicator}_{request.year}_{request.extent}",
        language=request.language,
    )
    st.markdown(drawing.reading)
