"""The controls of the comparison: areas, groups of one's own, indicators, year, benchmark."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from pages._ui import choices, data, places, printing, state
from pages._ui.compare import group_form, offer
from pages._ui.compare import view as views
from pages._ui.compare.subjects import KEY, MOST_AREAS, MOST_INDICATORS, NOBODY, plain
from pages._ui.compare.view import COMMON, NEWEST, Asked, View
from pages._ui.shell import Page


def read(page: Page) -> View:
    """Draw the controls, say what the address asks for in vain, and return what is shown."""
    printing.style()
    wanted = views.asked(page)
    with st.container(key=printing.SCREEN_ONLY):
        _areas(page, wanted)
        group_form.show(page, wanted.groups)
        _indicators(page, wanted)
        left, middle, right = st.columns([2, 2, 2])
        with left:
            year = _year(page, wanted)
        with middle:
            bench = views.read_bench(page, wanted)
        with right:
            turned = choices.segmented(
                "turn", (0, 1), 0, page.t("vergleich.turn"),
                lambda side: page.t(f"vergleich.turn.{side}"),
            )  # fmt: skip
    view = views.shown(page, wanted, year, bool(turned), bench)
    _limits(page, wanted)
    return view


def _areas(page: Page, wanted: Asked) -> None:
    names = places.names(page.path, page.language, "name")
    _several(
        "cmp", offer.areas(page), wanted.areas, page.t("vergleich.areas"),
        lambda key: offer.named(page, key, names), page.t("vergleich.areas.placeholder"),
    )  # fmt: skip


def _indicators(page: Page, wanted: Asked) -> None:
    known = data.indicators(page.path)
    themes = {theme.id: theme.name.get(page.language) for theme in data.themes(page.path)}
    order = list(themes)
    options = sorted(known, key=lambda name: (order.index(known[name].theme), known[name].position))
    _several(
        "cind", options, wanted.indicators, page.t("vergleich.indicators"),
        lambda name: f"{themes[known[name].theme]}: {known[name].short.get(page.language)}",
        page.t("vergleich.indicators.placeholder"),
    )  # fmt: skip


def _several(
    name: str,
    options: Sequence[str],
    chosen: Sequence[str],
    label: str,
    wording: Callable[[str], str],
    placeholder: str,
) -> None:
    key = f"w_{name}"
    st.session_state[key] = list(chosen)
    st.multiselect(
        label,
        options,
        format_func=wording,
        placeholder=placeholder,
        key=key,
        on_change=_changed,
        args=(name, key),
    )


def _changed(name: str, key: str) -> None:
    state.put(**{name: KEY.join(st.session_state[key]) or NOBODY})


def _year(page: Page, wanted: Asked) -> str:
    options = views.years(page.path, wanted.indicators)

    def wording(option: str) -> str:
        return page.t(f"vergleich.year.{option}") if option in (COMMON, NEWEST) else option

    return choices.select("cyear", options, COMMON, page.t("controls.year"), wording)


def _limits(page: Page, wanted: Asked) -> None:
    """Say what is not shown and why: nothing is cut off silently."""
    names = places.names(page.path, page.language)
    asked = [names[key] for key in wanted.areas] + [group.name for group in wanted.groups]
    if more := asked[MOST_AREAS:]:
        _warn(page.t("vergleich.limit.areas", most=MOST_AREAS, n=len(asked), names=", ".join(more)))
    if over := wanted.indicators[MOST_INDICATORS:]:
        known = data.indicators(page.path)
        left = ", ".join(known[name].short.get(page.language) for name in over)
        _warn(
            page.t(
                "vergleich.limit.indicators",
                most=MOST_INDICATORS,
                n=len(wanted.indicators),
                names=left,
            )
        )
    if wanted.unknown:
        _warn(page.t.count("vergleich.unknown", wanted.unknown, str(wanted.unknown)))
    for fault in wanted.faults:
        about = ", ".join(names.get(key, key) for key in fault.about) or page.t("vergleich.nothing")
        _warn(page.t(f"vergleich.fault.{fault.reason}", name=fault.name, about=about))


def _warn(said: str) -> None:
    """Show a warning that may hold text of a user: no markup in it is carried out."""
    st.warning(plain(said))
