"""What stands around every page: title, language, links to the pages, and the footer."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

import streamlit as st

from pages._ui import data, state, text
from pages._ui.i18n import DEFAULT_LANGUAGE, LANGUAGES, Texts
from pages._ui.numbers import date
from pages._ui.styles import CSS

PAGES = (
    "app.py",
    "pages/karte.py",
    "pages/automobil.py",
    "pages/staerken.py",
    "pages/wandel.py",
    "pages/pendeln.py",
    "pages/vergleich.py",
    "pages/steckbrief.py",
    "pages/masterplan.py",
    "pages/daten.py",
    "pages/methodik.py",
)
LANGUAGE_NAMES = {"de": "Deutsch", "en": "English"}
NARROW = 700  # pixels

# Streamlit writes lang="en" into every page, and a server does not know how wide a window is.
_BROWSER = f"""
export default function({{ data, setStateValue }}) {{
  document.documentElement.lang = data.language;
  const width = window.innerWidth < {NARROW} ? "narrow" : "wide";
  if (width !== data.width) setStateValue("width", width);
}}
"""


@dataclass(frozen=True)
class Page:
    """What a page works with: the release it shows, its texts, and how wide the window is."""

    path: str
    name: str
    t: Texts
    narrow: bool
    dark: bool

    @property
    def language(self) -> str:
        """Return `de` or `en`."""
        return self.t.language

    @property
    def key(self) -> str:
        """Return what texts and files of the page begin with: `app`, `karte`, `methodik`."""
        return _key(self.name)


def start(name: str) -> Page:
    """Set up a page, draw what stands above its content, and return what it works with.

    Without a release the page says how to build one and stops there.
    """
    t = Texts(state.choice("lang", LANGUAGES, DEFAULT_LANGUAGE))
    key = _key(name)
    st.set_page_config(
        page_title=f"{t(f'{key}.title')} · {t('product')}", page_icon="🗺️", layout="wide"
    )
    st.html(f"<style>{CSS}</style>")
    width = _browser(t.language)
    _sidebar(name, t)
    st.title(t(f"{key}.title"))
    st.markdown(t(f"{key}.lead"))
    path = _release(t)
    return Page(path, name, t, width == "narrow", st.context.theme.type == "dark")


def finish(page: Page) -> None:
    """Draw the footer: release, boundary vintage, licences."""
    t = page.t
    release = data.release(page.path)
    lines = [
        text.release_line(release, page.language),
        t("footer.boundaries", vintage=date(text.day_of(release.boundaries), page.language)),
        t("footer.grid", grid=text.GRID),
        t("footer.licences"),
    ]
    st.html(
        '<footer class="sm-footer">' + "".join(f"<p>{escape(x)}</p>" for x in lines) + "</footer>"
    )


def ways(page: Page) -> None:
    """List the other pages with what each is for."""
    for name in PAGES:
        if name != page.name:
            st.page_link(
                name,
                label=page.t(f"{_key(name)}.link"),
                query_params=state.link_params(name),
            )
            st.caption(page.t(f"{_key(name)}.way"))


def _key(name: str) -> str:
    """Return the part of message ids that belongs to a page: `app`, `karte`, `methodik`."""
    return name.removeprefix("pages/").removesuffix(".py")


def _browser(language: str) -> str:
    """Tell the browser the language, and return whether its window is `narrow` or `wide`."""
    component = st.components.v2.component("browser", js=_BROWSER)
    known = st.session_state.get("browser", {}).get("width", "wide")
    result = component(
        key="browser",
        data={"language": language, "width": known},
        default={"width": known},
        on_width_change=lambda: None,
        height=1,
    )
    return str(result.width or known)


def _sidebar(name: str, t: Texts) -> None:
    with st.sidebar:
        st.markdown(f"**{t('product')}**")
        st.segmented_control(
            t("shell.language"),
            LANGUAGES,
            format_func=LANGUAGE_NAMES.__getitem__,
            required=True,
            **state.bind("lang", t.language),
        )
        st.subheader(t("shell.pages"))
        for page in PAGES:
            st.page_link(
                page,
                label=t(f"{_key(page)}.link"),
                query_params=state.link_params(page),
                disabled=page == name,
                width="stretch",
            )


def _release(t: Texts) -> str:
    """Return the release to show: the one the address names, else the current one."""
    current = data.current()
    wanted = state.text("release")
    path = _pinned(wanted, current, t) if wanted else current
    path = path or current
    if path is None:
        st.error(t("shell.no_release"))
        st.stop()
    return path


def _pinned(wanted: str, current: str | None, t: Texts) -> str | None:
    """Return the release that the address names, None where it cannot be shown; say which it is."""
    path = data.pinned(wanted)
    if path is None or not data.shown(path):
        if current:
            kind = "not_kept" if path is None else "other_format"
            st.warning(t(f"shell.{kind}", release=wanted))
        return None
    if path == current:
        st.info(t("shell.pinned.newest", release=wanted))
        return path
    st.info(t("shell.pinned", release=wanted))
    if current:
        st.page_link(
            "pages/daten.py",
            label=t("shell.pinned.changes"),
            query_params={"lang": t.language, "old": wanted, "new": data.release(current).id},
        )
    return path
