"""Data: any extract as a file, files by address, releases, and the explanation of a figure."""

import streamlit as st

from pages._ui import share, shell
from pages._ui.extract import bulk_view, explain_view, files, preview, releases_view, selection

page = shell.start("pages/daten.py")
explained = explain_view.show(page)

st.header(page.t("daten.extract"))
chosen = selection.read(page)
rows = preview.show(page, chosen)
files.buttons(page, chosen, rows)

st.header(page.t("daten.bulk"))
bulk_view.show(page)

st.header(page.t("daten.releases"))
compared = releases_view.show(page)

share.link(page, explained | selection.address() | compared)
shell.finish(page)
