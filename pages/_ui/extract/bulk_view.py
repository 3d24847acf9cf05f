"""The files by address: what there is, how long, and how a script reads it."""

from __future__ import annotations

from html import escape
from typing import Any

import streamlit as st

from pages._ui import data, tables
from pages._ui.extract import readers
from pages._ui.i18n import Texts
from pages._ui.numbers import file_size, number
from pages._ui.shell import Page
from pages._ui.tables import Column

ADDRESS = "app/static/daten"
LATEST = "latest"
EXAMPLE = "indicators/unemployment_rate.csv"
FEEDS = {"de": "changes.de.atom", "en": "changes.en.atom"}


def show(page: Page) -> None:
    """Draw the index of files, or say that this release has none here."""
    release = data.release(page.path).id
    resources = readers.package(release)
    if not resources:
        st.info(page.t("daten.bulk.none"))
        return
    st.markdown(page.t("daten.bulk.lead", release=release))
    base = _base()
    st.code(
        f'import pandas as pd\n\npd.read_csv(\n    "{base}/{LATEST}/{EXAMPLE}",\n'
        f'    dtype={{"area_id": str}},\n)',
        language="python",
    )
    for kind in ("indicators", "datasets", ""):
        chosen = [entry for entry in resources if _folder(entry) == kind]
        with st.expander(
            page.t.count(f"daten.bulk.{kind or 'lists'}", len(chosen), str(len(chosen)))
        ):
            st.html(index(chosen, release, page.t))
    names = {"package": f"{ADDRESS}/{release}/datapackage.json",
             "feed": f"{ADDRESS}/{FEEDS[page.language]}"}  # fmt: skip
    links = " · ".join(
        f'<a href="{escape(where)}" target="_blank">{escape(page.t(f"daten.bulk.{name}"))}</a>'
        for name, where in names.items()
    )
    st.html(f"<p>{links}</p>")


def index(resources: list[dict[str, Any]], release: str, t: Texts) -> str:
    """Return the files as a table: address, title, rows, size, checksum."""
    columns = [
        Column(t("daten.bulk.file")),
        Column(t("daten.bulk.title")),
        Column(t("daten.bulk.rows"), number=True),
        Column(t("daten.bulk.size"), number=True),
        Column(t("daten.bulk.checksum")),
    ]
    rows = [
        [
            f'<a href="{ADDRESS}/{escape(release)}/{escape(entry["path"])}" download>'
            f"{escape(entry['path'])}</a>",
            escape(entry["title"]),
            number(entry["rows"], 0, t.language),
            escape(file_size(entry["bytes"], t.language)),
            f'<code title="{escape(entry["hash"])}">{escape(entry["hash"][7:19])}…</code>',
        ]
        for entry in resources
    ]
    return tables.html_table(columns, rows, t("daten.bulk.caption"), tall=True)


def _folder(entry: dict[str, Any]) -> str:
    folder, _, name = str(entry["path"]).rpartition("/")
    return folder if name else ""


def _base() -> str:
    """Return the address of the folder of files, as a script would ask for it."""
    here = (st.context.url or "").split("?")[0].rstrip("/").removesuffix("/daten")
    return f"{here}/{ADDRESS}"
