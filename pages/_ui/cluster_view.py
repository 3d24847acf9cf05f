"""What the region says of itself, cluster by cluster, beside what the figures say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import streamlit as st

from pages._ui import cluster_reading, places, strength_data
from pages._ui.cluster_reading import Row
from pages._ui.i18n import Texts
from pages._ui.rungs import REGION
from pages._ui.shell import Page
from pages._ui.strength_state import StrengthView

KINDS = ("cluster_occupation", "cluster_division")
FIELDS = {"cluster_occupation": "occupations", "cluster_division": "divisions"}


@dataclass(frozen=True)
class Profile:
    """A cluster as the page shows it; tables are HTML."""

    name: str
    claim: str
    sentence: str
    reasons: tuple[str, ...]
    tables: tuple[str, ...]


def show(page: Page, view: StrengthView) -> None:
    """Draw all cluster profiles: claim, verdict, reasons, and the figures behind it."""
    t = page.t
    st.markdown(t("staerken.cluster.lead"))
    profiles = build(page.path, view.area, page.language)
    if not profiles:
        st.info(t("staerken.cluster.nothing"))
    for profile in profiles:
        with st.container(border=True):
            st.markdown(f"#### {profile.name}")
            st.markdown(t("staerken.cluster.claim", claim=profile.claim))
            st.markdown(f"**{profile.sentence}**")
            st.markdown("\n".join(f"- {reason}" for reason in profile.reasons))
            with st.expander(t("staerken.cluster.figures", name=profile.name)):
                for table in profile.tables:
                    st.html(table)
    st.markdown(t("staerken.cluster.note"))


@st.cache_resource(max_entries=64, show_spinner=False)
def build(path: str, area: str, language: str) -> tuple[Profile, ...]:
    """Return the profiles of all clusters for a chosen area, beside claimed areas and region."""
    years = strength_data.years(path, "cluster_occupation")
    if not years:
        return ()
    clusters = strength_data.clusters(path).to_dict("records")
    return tuple(_profile(path, row, area, years[-1], Texts(language)) for row in clusters)


def _profile(path: str, cluster: Row, area: str, year: int, t: Texts) -> Profile:
    members = strength_data.cluster_members(path)
    own = members[members["cluster"] == cluster["id"]]
    claimed = [str(code) for code in own.loc[own["field"] == "areas", "code"]]
    areas = list(dict.fromkeys([*claimed, REGION, area]))
    frame = strength_data.cluster_profiles(path, tuple(areas), year)
    frame = frame[frame["cluster"] == cluster["id"]]
    rows = {kind: frame[frame["kind"] == kind].to_dict("records") for kind in KINDS}
    short, full = places.names(path, t.language), places.names(path, t.language, "name")
    tables = []
    for kind in KINDS:
        html = cluster_reading.table(kind, rows[kind], areas, full, claimed, area, t)
        listed = own[own["field"] == FIELDS[kind]].to_dict("records")
        tables.append(html + members_line(kind, listed, t))
    return Profile(
        str(cluster[f"name_{t.language}"]),
        str(cluster[f"claim_{t.language}"]),
        cluster_reading.sentence(rows, claimed, t),
        tuple(cluster_reading.why(kind, rows[kind], claimed, short, t) for kind in KINDS),
        tuple(tables),
    )


def members_line(kind: str, members: Sequence[Row], t: Texts) -> str:
    """Return which occupations or divisions a cluster is counted by, as HTML."""
    named = "; ".join(f"{row['code']} {row[f'name_{t.language}']}" for row in members)
    return f"<p>{escape(t(f'staerken.cluster.members.{kind}', members=named))}</p>"
