"""How a page looks on paper when a browser prints it: content only, over as many sheets."""

from __future__ import annotations

import streamlit as st

SCREEN_ONLY = "screen_only"  # key of a container that paper leaves out
# The file widget says in English how large a file may be; the page says it in its own language.
CSS = f"""
[data-testid="stFileUploaderDropzoneInstructions"] {{ display: none; }}
@media print {{
  [data-testid="stSidebar"], [data-testid="stHeader"], [data-testid="stToolbar"],
  [data-testid="stForm"], [data-testid="stDownloadButton"], [data-testid="stButton"],
  [data-testid="stSelectbox"], [data-testid="stExpander"], [data-testid="stElementToolbar"],
  .st-key-{SCREEN_ONLY} {{ display: none !important; }}
  html, body, #root, .stApp, [data-testid="stAppViewContainer"], [data-testid="stMain"] {{
    position: static !important; overflow: visible !important; height: auto !important;
    display: block !important; }}
  .stMainBlockContainer {{ padding: 0 !important; max-width: none !important; }}
  .stPlotlyChart, .sm-table tr {{ break-inside: avoid; }}
  .stPlotlyChart, .stPlotlyChart :is(.plot-container, .svg-container) {{
    width: 100% !important; }}
  .stPlotlyChart .main-svg {{ width: 100% !important; height: auto !important; }}
  h2, h3, h4 {{ break-after: avoid; }}
  .sm-table, .sm-table.sm-tall {{ overflow: visible; max-height: none; }}
}}
"""
# A chart has the width of the window and keeps it on paper, where it would be cut: with a view box
# it shrinks as a whole.
_FIT = """
export default function() {
  if (window.smFitsPaper) return;
  window.smFitsPaper = true;
  const charts = () => document.querySelectorAll(".stPlotlyChart svg.main-svg");
  window.addEventListener("beforeprint", () => charts().forEach((chart) =>
    chart.setAttribute("viewBox",
      `0 0 ${chart.getAttribute("width")} ${chart.getAttribute("height")}`)));
  window.addEventListener("afterprint", () => charts().forEach((chart) =>
    chart.removeAttribute("viewBox")));
}
"""


def style() -> None:
    """Add what fits the page to paper; it shows nothing."""
    st.html(f"<style>{CSS}</style>")
    st.components.v2.component("paper", js=_FIT)(key="paper", height=1)
