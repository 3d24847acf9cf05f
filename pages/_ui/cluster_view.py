"""What the region says of itself, cluster by cluster, beside what the figures say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from html import escape

import pandas as pd
import streamlit as st

from indicators.strengths_store import Kind
from pages._ui import cluster_reading, places, strength_data, strength_files, table_files
from pages._ui.benchmark import Benchmark
from pages._ui.cluster_reading import Row
from pages._ui.i18n import Texts
from pages._ui.numbers import known
from pages._ui.rungs import REGION
from pages._ui.shell import Page
from pages._ui.strength_state import StrengthView, usable

KINDS: tuple[Kind, ...] = ("cluster_occupation", "cluster_division")
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
    bench = _bench(page, view)
    profiles = build(page.path, view.area, bench, page.language)
    if not profiles:
        st.info(t("staerken.cluster.nothing"))
        return
    if bench.name != "country":
        st.markdown(t("staerken.cluster.bench", against=bench.against))
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
    make = partial(_file, page.path, view.area, bench, page.language)
    table_files.buttons(page, make, f"cluster_{view.area}")


def _bench(page: Page, view: StrengthView) -> Benchmark:
    """Return the benchmark that has figures of both kinds, else Germany with a sentence."""
    bench = view.bench
    for kind in KINDS:
        if years := strength_data.years(page.path, kind):
            bench = usable(page, bench, kind, years[-1])
    return bench


@st.cache_resource(max_entries=64, show_spinner=False)
def build(path: str, area: str, bench: Benchmark, language: str) -> tuple[Profile, ...]:
    """Return the profiles of all clusters for a chosen area, beside claimed areas and region.

    Claims are judged against Germany, whatever the benchmark of the tables.
    """
    t = Texts(language)
    return tuple(_profile(path, row, area, bench, t) for row in _clusters(path))


def _clusters(path: str) -> list[Row]:
    if not strength_data.years(path, KINDS[0]):
        return []
    rows: list[Row] = strength_data.clusters(path).to_dict("records")
    return rows


def _frame(path: str, cluster: Row, area: str, against: tuple[str, ...]) -> pd.DataFrame:
    """Return the figures of a cluster: claimed areas, region, chosen area, both kinds."""
    areas = tuple(_areas(path, cluster, area))
    year = strength_data.years(path, KINDS[0])[-1]
    frame = strength_data.cluster_profiles(path, areas, year, against)
    found: pd.DataFrame = frame[frame["cluster"] == cluster["id"]]
    return found


def _members(path: str, cluster: Row, field: str) -> list[Row]:
    members = strength_data.cluster_members(path)
    own = members[(members["cluster"] == cluster["id"]) & (members["field"] == field)]
    rows: list[Row] = own.to_dict("records")
    return rows


def _claimed(path: str, cluster: Row) -> list[str]:
    return [str(row["code"]) for row in _members(path, cluster, "areas")]


def _areas(path: str, cluster: Row, area: str) -> list[str]:
    return list(dict.fromkeys([*_claimed(path, cluster), REGION, area]))


def _profile(path: str, cluster: Row, area: str, bench: Benchmark, t: Texts) -> Profile:
    claimed, areas = _claimed(path, cluster), _areas(path, cluster, area)
    judged, shown = (
        _by_kind(_frame(path, cluster, area, against))
        for against in (strength_data.COUNTRY, bench.areas)
    )
    short, full = places.names(path, t.language), places.names(path, t.language, "name")
    tables = []
    for kind in KINDS:
        html = cluster_reading.table(
            kind, shown[kind], areas, full, claimed, area, bench.against, t
        )
        tables.append(html + members_line(kind, _members(path, cluster, FIELDS[kind]), t))
    return Profile(
        str(cluster[f"name_{t.language}"]),
        str(cluster[f"claim_{t.language}"]),
        cluster_reading.sentence(judged, claimed, t),
        tuple(cluster_reading.why(kind, judged[kind], claimed, short, t) for kind in KINDS),
        tuple(tables),
    )


def _by_kind(frame: pd.DataFrame) -> dict[str, list[Row]]:
    return {kind: frame[frame["kind"] == kind].to_dict("records") for kind in KINDS}


def members_line(kind: str, members: Sequence[Row], t: Texts) -> str:
    """Return which occupations or divisions a cluster is counted by, as HTML."""
    named = "; ".join(f"{row['code']} {row[f'name_{t.language}']}" for row in members)
    return f"<p>{escape(t(f'staerken.cluster.members.{kind}', members=named))}</p>"


def _file(path: str, area: str, bench: Benchmark, language: str) -> table_files.Content:
    """Return the figures of all profiles, one line per cluster, kind and area."""
    t = Texts(language)
    names = places.names(path, language, "name")
    rows: list[Row] = []
    for cluster in _clusters(path):
        frame = _frame(path, cluster, area, bench.areas)
        name = str(cluster[f"name_{language}"])
        rows += [{**row, "name": name} for row in frame.to_dict("records")]
    first = [
        (
            str(row["name"]),
            t(f"staerken.kind.{row['kind']}"),
            str(row["year"]),
            str(row["area_id"]),
            names[str(row["area_id"])],
            known(row["vacancies"]),
        )
        for row in rows
    ]
    titles = [t(f"staerken.file.{name}") for name in ("cluster", "kind")]
    titles += [t("file.year"), t("file.key"), t("file.area"), t("staerken.file.vacancies")]
    head = [t("staerken.cluster.file", against=bench.against)]
    for kind in KINDS:
        head += strength_files.head(path, kind, strength_data.years(path, kind)[-1], "", t)[1:]
    return strength_files.content(head, titles, first, rows, t)
