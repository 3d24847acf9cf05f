"""The map of commuter flows with its legend, and what it shows in words."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from pages._ui import places, text
from pages._ui.commuting import arcs, commuter_data, deck, flows
from pages._ui.commuting.flows import Flow
from pages._ui.commuting.view import View
from pages._ui.data import release
from pages._ui.i18n import Texts
from pages._ui.numbers import number
from pages._ui.shell import Page

HEIGHT, NARROW_HEIGHT = 620, 420
SAID = 3  # flows in the words under the map
SAMPLES = (1.0, 0.5, 0.1)  # of the largest flow


def show(page: Page, view: View) -> None:
    """Draw the map of a view, or say why there is nothing to draw."""
    drawn = flows.drawn(page.path, view)
    if not drawn:
        st.info(page.t("pendeln.map.none", smallest=number(view.smallest, 0, page.language)))
        return
    said = words(page.path, view, page.language)
    st.html(legend(drawn, page.dark, page.t))
    height = NARROW_HEIGHT if page.narrow else HEIGHT
    described = arcs.build(page.path, view, page.language, page.dark, page.narrow, height)
    st.pydeck_chart(
        deck.ReadyDeck(described, arcs.TOOLTIP), height=height, key="pendeln_map", alt=said
    )
    st.markdown(said)
    st.caption(page.t("pendeln.map.reach"))
    sources = commuter_data.sources(page.path)
    st.caption(text.picture_source(sources, release(page.path), page.language))


def words(path: str, view: View, language: str) -> str:
    """Return how many flows the map shows, the largest of them, and what is not drawn."""
    t = Texts(language)
    chosen = flows.chosen(path, view)
    drawn = [flow for flow in chosen if flow.persons >= view.smallest]
    short = places.names(path, language)
    first = t.count("pendeln.map.said", len(drawn), number(len(drawn), 0, language))
    listed = ", ".join(
        t(
            "pendeln.arc",
            residence=short[flow.residence],
            workplace=short[flow.workplace],
            persons=number(flow.persons, 0, language),
        )
        for flow in drawn[:SAID]
    )
    rest = chosen[len(drawn) :]
    left = t(
        "pendeln.map.left",
        flows=number(len(rest), 0, language),
        persons=number(sum(flow.persons for flow in rest), 0, language),
        smallest=number(view.smallest, 0, language),
    )
    total = number(sum(flow.persons for flow in drawn), 0, language)
    largest = t("pendeln.map.largest", persons=total, listed=listed)
    return " ".join([first, largest, left] if rest else [first, largest])


def legend(drawn: Sequence[Flow], dark: bool, t: Texts) -> str:
    """Return what colour and width of an arc mean."""
    colour, largest = arcs.look(dark), drawn[0].persons
    blend = f"linear-gradient(90deg,{colour.residence},{colour.workplace})"
    bar = f"display:inline-block;vertical-align:middle;width:5rem;background:{blend}"
    ends = (
        f'<span style="white-space:nowrap">{escape(t("pendeln.legend.residence"))} '
        f'<span style="{bar};height:8px"></span> {escape(t("pendeln.legend.workplace"))}</span>'
    )
    sizes = sorted({_round(largest * part) for part in SAMPLES if largest * part >= 10})
    samples = " ".join(_sample(persons, largest, colour.ink, t) for persons in reversed(sizes))
    return (
        f'<p style="font-size:.88rem;line-height:2;margin:0">{ends}<br>'
        f"{escape(t('pendeln.legend.width'))} {samples}</p>"
    )


def _sample(persons: int, largest: int, colour: str, t: Texts) -> str:
    thick = arcs.width(persons, largest)
    box = f"display:inline-block;vertical-align:middle;width:2.2rem;height:{thick}px"
    return (
        f'<span style="white-space:nowrap;margin-right:.9rem"><span style="{box};'
        f'background:{colour};opacity:.6"></span> {number(persons, 0, t.language)}</span>'
    )


def _round(persons: float) -> int:
    """Return a size of the legend to the ten, as the flows are."""
    return round(persons / 10) * 10
