"""Strengths: where an activity stands out, what an area is strong in, and what lies close to it."""

import streamlit as st

from pages._ui import (
    bubbles,
    close_view,
    cluster_view,
    heat,
    share,
    shell,
    strength_map,
    strength_state,
    twin_view,
)

page = shell.start("pages/staerken.py")
view = strength_state.read(page)
strength_state.explain(page, view)

st.header(page.t("staerken.map"))
st.markdown(page.t(f"staerken.about.{view.kind}"))
strength_map.show(page, view)
st.caption(page.t("staerken.map.note"))

st.header(page.t("staerken.bubbles"))
bubbles.show(page, view)

st.header(page.t("staerken.heat"))
rows = heat.show(page, view)

st.header(page.t("staerken.cluster.title"))
cluster_view.show(page, view)
st.header(page.t("staerken.close.title"))
close_view.show(page, view)
st.header(page.t("staerken.twin.title"))
twin_view.show(page, view)

share.link(page, view.address() | {"heat": rows})
shell.finish(page)
