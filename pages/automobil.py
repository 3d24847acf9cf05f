"""Automotive dependence: the ladder of five rungs for any area, and a powertrain scenario."""

import streamlit as st

from pages._ui import (
    distribution,
    downloads,
    ladder_view,
    mapview,
    over_time,
    press,
    reading,
    rung_card,
    rung_notes,
    rung_view,
    scenario_view,
    share,
    shell,
    state,
    timeline,
)

page = shell.start("pages/automobil.py")
view = rung_view.read(page)

said = reading.sentences(page.path, view, page.language)
st.markdown(f"#### {said[0]}")
st.markdown(" ".join(said[1:]))
if view.rung != 4:
    st.markdown(reading.current(page.path, view.area, page.language))
    st.button(page.t("automobil.to_rung_4"), on_click=state.put, kwargs={"rung": 4, "ryear": None})

st.header(page.t("automobil.map"))
if view.rung == 5:
    st.info(page.t("automobil.map.none"))
    rung_card.show(page, view)
else:
    rung_view.map_controls(page, view)
    left, right = st.columns([3, 2])
    with left:
        mapview.show(view.request(page), "rung")
        if view.marks:
            st.markdown(page.t("automobil.map.marks"))
    with right:
        rung_card.show(page, view)

st.header(page.t("automobil.ladder"))
st.markdown(page.t("automobil.ladder.lead"))
ladder_view.show(page, view)

st.header(page.t("automobil.distribution"))
distribution.show(page, view)

st.header(page.t("automobil.timeline"))
st.markdown(page.t("automobil.timeline.lead"))
lines = timeline.show(page, view)
st.subheader(page.t("automobil.over_time"))
over_time.show(page)

st.header(page.t("automobil.counts"))
st.html(rung_notes.counts(page.language))
with st.expander(page.t("automobil.deliveries.title")):
    st.markdown(page.t("automobil.deliveries.lead"))
    st.html(rung_notes.deliveries(page.path, page.language))

st.header(page.t("automobil.press"))
st.info(page.t("automobil.press.label"))
for sentence in press.reconciled(page.path, page.language):
    st.markdown(sentence)
with st.expander(page.t("automobil.press.table")):
    st.html(press.table(page.path, page.language))

st.header(page.t("automobil.scenario"))
assumed = scenario_view.show(page, view.area)

st.header(page.t("automobil.data"))
if view.rung == 5:
    st.markdown(page.t("automobil.data.none"))
else:
    extract = downloads.Extract(page.path, view.indicator, view.year, view.extent, page.language)
    downloads.buttons(extract)
share.link(page, view.address() | lines | assumed)
shell.finish(page)
