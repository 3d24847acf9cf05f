"""One figure explained: formula with its numbers, every cell, licence, citation."""

from __future__ import annotations

from html import escape

import streamlit as st

from indicators.explanation import Explanation, Part, Quantity
from indicators.exports import citations
from pages._ui import data, state, tables, text, why
from pages._ui.extract import readers
from pages._ui.i18n import Texts
from pages._ui.numbers import Figure, cell, date, number, unit_text
from pages._ui.shell import Page
from pages._ui.tables import Column

EXACT = 10  # decimals of a cell that are shown at most
LISTED = 60  # cells of a quantity that are listed before the rest is counted


def show(page: Page) -> dict[str, object]:
    """Draw the explanation that the address asks for; return what a link to it must carry."""
    asked = why.parsed(state.text(why.NAME))
    if asked is None:
        if state.text(why.NAME) is not None:
            st.warning(page.t("why.unreadable"))
        return {}
    st.header(page.t("why.heading"))
    path = _release(page, asked.release)
    found = readers.explanation(path, asked.indicator, asked.area, asked.year)
    if found is None:
        words = {"indicator": asked.indicator, "area": asked.area, "year": asked.year}
        st.warning(page.t("why.unknown", **words))
        return {}
    st.html(summary(path, found, page.language))
    for quantity in found.quantities:
        st.html(cells(quantity, page.language))
    st.html(origins(found, page.language))
    _citation(page, path, found)
    return {why.NAME: state.text(why.NAME)}


def _release(page: Page, wanted: str) -> str:
    """Return the release of a figure; that of the page where it is not kept, and say so."""
    path = data.pinned(wanted) if wanted else page.path
    if path is None or not data.shown(path):
        st.warning(page.t("why.not_kept", release=wanted))
        return page.path
    if path != page.path:
        st.info(page.t("why.release", release=wanted))
    return path


def summary(path: str, found: Explanation, language: str) -> str:
    """Return the figure, its formula in words, and the formula with its numbers."""
    t = Texts(language)
    indicator = data.indicators(path)[found.indicator]
    shown = cell(_figure(found), indicator.decimals, indicator.unit, language)
    notes = [t(f"qualifier.{name}.explained") for name in found.qualifier.split(";") if name]
    if found.value is None:
        notes.insert(0, t(f"mark.{found.mark}.explained"))
    reference = indicator.reference.get(language)
    when = f"{found.year} ({reference})" if reference else str(found.year)
    head = (
        f'<div class="sm-card"><h3>{escape(indicator.name.get(language))}</h3>'
        f'<p class="when">{escape(found.area.get(language))}, {escape(when)}</p>'
        f'<div class="value">{escape(shown)}</div>'
        + "".join(f"<p>{escape(note)}</p>" for note in notes)
        + "</div>"
    )
    filled = found.filled(lambda quantity: _number(quantity, language), language)
    result = _result(found, indicator.decimals, indicator.unit, language)
    pairs = [
        (t("why.formula"), escape(found.formula.get(language))),
        (t("why.filled"), escape(f"{filled} = {result}")),
    ]
    return head + tables.definition(pairs)


def cells(quantity: Quantity, language: str) -> str:
    """Return the cells of one quantity as a table: where each stands and what is printed there."""
    t = Texts(language)
    caption = t(
        "why.quantity",
        label=quantity.label.get(language),
        year=quantity.year,
        value=_number(quantity, language),
    )
    if not quantity.parts:
        return f"<p><strong>{escape(caption)}</strong><br>{escape(t('why.no_cells'))}</p>"
    names = ("area", "table", "printed", "value", "file", "line", "column", "retrieved", "sha256")
    numbers = {"value", "line"}
    columns = [Column(t(f"why.column.{name}"), name in numbers) for name in names]
    listed = quantity.parts[:LISTED]
    rows = [_row(part, t) for part in listed]
    table = tables.html_table(columns, rows, caption, tall=len(rows) > 12)
    rest = len(quantity.parts) - len(listed)
    return table + (f"<p>{escape(t('why.more', n=number(rest, 0, language)))}</p>" if rest else "")


def origins(found: Explanation, language: str) -> str:
    """Return licence and attribution of every table, in the publishers' own words."""
    t = Texts(language)
    said = {
        (part.publisher.get(language), part.licence, part.licence_url, part.attribution)
        for quantity in found.quantities
        for part in quantity.parts
    }
    items = "".join(
        f"<li>{escape(publisher)}: {tables.link(url, licence)}. {escape(attribution)}</li>"
        for publisher, licence, url, attribution in sorted(said)
    )
    return f"<h4>{escape(t('why.licences'))}</h4><ul>{items}</ul>" if items else ""


def _citation(page: Page, path: str, found: Explanation) -> None:
    cited = _cited(page, path, found)
    st.subheader(page.t("why.cite"))
    st.code(citations.sentence(cited), language=None, wrap_lines=True)
    with st.container(horizontal=True):
        for kind, content in (("bib", citations.bibtex(cited)), ("ris", citations.ris(cited))):
            st.download_button(
                page.t(f"why.cite.{kind}"),
                data=content.encode("utf-8"),
                file_name=f"{found.indicator}_{found.area_id}_{found.year}.{kind}",
                mime="text/plain",
                on_click="ignore",
                key=f"cite_{kind}",
            )


def _cited(page: Page, path: str, found: Explanation) -> citations.Cited:
    release = data.release(path)
    name = data.indicators(path)[found.indicator].name.get(page.language)
    figure = why.named(found.indicator, found.area_id, found.year, release.id)
    parts = (part for quantity in found.quantities for part in quantity.parts)
    return citations.Cited(
        key=f"{found.indicator}-{found.area_id}-{found.year}",
        title=f"{name}, {found.area.get(page.language)}, {found.year}",
        release=release.id,
        year=release.built.year,
        link=state.permanent_link(release.id, lang=page.language, **{why.NAME: figure}),
        sources=tuple(dict.fromkeys(_source(part, page.language) for part in parts)),
    )


def _source(part: Part, language: str) -> str:
    return f"{part.publisher.get(language)}: {part.table}, {part.title.get(language)}"


def _row(part: Part, t: Texts) -> list[str]:
    codes = " · ".join(filter(None, (part.sector, part.occupation, part.breakdown)))
    figure = Figure(part.value, mark=part.mark if part.value is None else "value")
    area = " ".join(filter(None, (part.area.get(t.language), part.partner_id)))
    table = tables.link(part.url, part.table)
    printed = escape(part.published) if part.published else escape(t("why.typed"))
    return [
        escape(area),
        f"{table}<br>{escape(part.measure.get(t.language))} {escape(codes)}",
        printed,
        escape(_exact(figure, part.unit, t.language)),
        escape(part.path),
        str(part.line),
        escape(part.column),
        escape(_when(part, t)),
        f'<code title="{escape(part.sha256)}">{escape(part.sha256[:12])}…</code>',
    ]


def _when(part: Part, t: Texts) -> str:
    """Return the day on which the file was fetched, else its edition, else that it is not known."""
    day = part.retrieved or text.day_of(part.vintage)
    return date(day, t.language) or part.vintage or t("why.not_known")


def _exact(figure: Figure, unit: str, language: str) -> str:
    if figure.value is None:
        return cell(figure, 0, unit, language)
    return f"{_digits(figure.value, language)} {unit_text(unit, language)}".strip()


def _digits(value: float, language: str) -> str:
    text = f"{value:.{EXACT}f}".rstrip("0")
    return number(value, len(text.partition(".")[2]), language)


def _number(quantity: Quantity, language: str) -> str:
    if quantity.value is not None:
        return _digits(quantity.value, language)
    if quantity.lower is not None and quantity.upper is not None:
        ends = (_digits(end, language) for end in (quantity.lower, quantity.upper))
        return "[{} … {}]".format(*ends)
    return f"[{Texts(language)(f'mark.{quantity.mark}')}]"


def _result(found: Explanation, decimals: int, unit: str, language: str) -> str:
    return cell(_figure(found), decimals, unit, language)


def _figure(found: Explanation) -> Figure:
    return Figure(found.value, found.lower, found.upper, found.mark, found.qualifier)
