"""The controls of the page of strengths and how they stand in the address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import streamlit as st

from indicators.store import Extent
from indicators.strengths_store import Kind
from pages._ui import benchmark, choices, strength_data
from pages._ui.benchmark import Benchmark
from pages._ui.controls import EXTENTS
from pages._ui.rungs import REGION
from pages._ui.shell import Page

KINDS: tuple[Kind, ...] = (
    "occupation",
    "industry",
    "division",
    "activity",
    "cluster_occupation",
    "cluster_division",
)
# Germany is the sum of what its districts publish, not an official total of its own.
PUBLISHED: tuple[Kind, ...] = ("occupation", "cluster_occupation")
Measure = Literal["lq", "size"]
MEASURES: tuple[Measure, ...] = ("lq", "size")
AREA = "14523"  # its makers of musical instruments stand out among all districts


@dataclass(frozen=True)
class StrengthView:
    """What a reader has chosen; `bench` is what quotients are measured against."""

    area: str
    kind: Kind
    code: str
    year: int
    measure: Measure
    extent: Extent
    bench: Benchmark

    def address(self) -> dict[str, object]:
        """Return what a link must carry to show the same view."""
        return {
            "area": self.area,
            "kind": self.kind,
            "code": self.code,
            "syear": self.year,
            "measure": self.measure,
            "ext": self.extent,
        }


def read(page: Page) -> StrengthView:
    """Draw the controls above the sections and return what they say."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        label, hint = page.t("staerken.area"), page.t("staerken.area.help")
        area = choices.area(page, (REGION,), AREA, label, hint, width=330)
        kind = _kind(page)
        year = choices.year(page, "syear", strength_data.years(page.path, kind))
    left, right = st.columns([2, 1])
    with left:
        code = _code(page, area, kind, year)
    with right:
        bench = benchmark.read(page, area)
    bench = usable(page, bench, kind, year)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        measure = choices.segmented(
            "measure",
            MEASURES,
            MEASURES[0],
            page.t("staerken.measure"),
            lambda option: page.t(f"staerken.measure.{option}"),
        )
        extent = choices.segmented(
            "ext",
            EXTENTS,
            "country",
            page.t("controls.extent"),
            lambda option: page.t(f"extent.{option}"),
        )
    return StrengthView(area, kind, code, year, measure, extent, bench)


def explain(page: Page, view: StrengthView) -> None:
    """Say what the quotient is, what it is measured against, and what is secret in that."""
    t, bench = page.t, view.bench
    st.markdown(t("staerken.lq", label=bench.label))
    codes = len(strength_data.codes(page.path, view.kind))
    hidden = strength_data.hidden_codes(page.path, view.kind, view.year, bench.areas)
    if hidden:
        said = {"n": len(hidden), "all": codes, "label": bench.label}
        st.markdown(t("staerken.bench.hidden", **said))
    elif bench.name == "country" and view.kind in PUBLISHED:
        frame = strength_data.coverage(page.path, view.kind)
        gaps = frame[(frame["year"] == view.year) & (frame["secret"] > 0)]
        st.caption(t("staerken.bench.published", n=len(gaps), all=codes))


def usable(page: Page, bench: Benchmark, kind: Kind, year: int) -> Benchmark:
    """Return the benchmark, or Germany with a sentence where it has no figures in that year."""
    if strength_data.hidden_codes(page.path, kind, year, bench.areas) is not None:
        return bench
    kinds = page.t(f"staerken.kind.{kind}")
    st.info(page.t("staerken.bench.without", label=bench.label, kind=kinds, year=year))
    return benchmark.of(page.path, "country", "", (), page.language)


def strongest(path: str, area: str, kind: Kind, year: int) -> str:
    """Return the code with the highest quotient against Germany that rests on enough persons."""
    frame = strength_data.area(path, area, kind, year)
    sure = frame[frame["lq"].notna() & ~frame["few"].astype("boolean").fillna(False)]
    if sure.empty:
        return str(strength_data.codes(path, kind)["code"].iloc[0])
    return str(sure.sort_values(["lq", "code"], ascending=[False, True])["code"].iloc[0])


def _kind(page: Page) -> Kind:
    return choices.select(
        "kind",
        KINDS,
        KINDS[0],
        page.t("staerken.kind"),
        lambda kind: page.t(f"staerken.kind.{kind}"),
        clears=("code", "syear"),
        hint=page.t("staerken.kind.help"),
        width=330,
    )


def _code(page: Page, area: str, kind: Kind, year: int) -> str:
    frame = strength_data.codes(page.path, kind)
    names: dict[str, str] = dict(zip(frame["code"], frame[f"name_{page.language}"], strict=True))
    bare = kind.startswith("cluster")
    return choices.select(
        "code",
        list(names),
        strongest(page.path, area, kind, year),
        page.t("staerken.code"),
        lambda code: names[code] if bare else f"{code} {names[code]}",
        hint=page.t("staerken.code.help"),
    )
