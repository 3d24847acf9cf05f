"""What stands out of the commuters of an area, in sentences that figures choose."""

from __future__ import annotations

from collections.abc import Sequence

from babel import Locale

from pages._ui import charts, data
from pages._ui.commuting import commuter_data, flows
from pages._ui.commuting.flows import Partner
from pages._ui.commuting.view import View
from pages._ui.i18n import Texts
from pages._ui.numbers import date, number
from pages._ui.places import area_names, opening, place
from pages._ui.rungs import REGION

NAMED = 3  # partners and countries in a sentence
OUT_RATE, IN_RATE = "out_commuter_rate", "in_commuter_rate"


def sentences(path: str, view: View, language: str) -> list[str]:
    """Return the reading of an area: out, in, balance, abroad, and the last published shares."""
    t = Texts(language)
    here, counts = _at(path, view.area, language), commuter_data.together(path, view.members)
    partners = flows.partners(path, view.members)
    day = date(commuter_data.reference(path), language)
    outgoing = _most(path, partners, "outgoing", language)
    incoming = _most(path, partners, "incoming", language)
    said = [
        opening(
            t(
                "pendeln.read.out",
                here=here,
                day=day,
                persons=_n(counts.outgoing, t),
                most=outgoing,
            )
        ),
        t("pendeln.read.in", here=here, persons=_n(counts.incoming, t), most=incoming),
        _balance(counts.balance, t),
        _abroad(path, view, t),
        _within(counts.inner, t) if view.area == REGION else "",
        shares(path, view.area, here, t),
    ]
    return [sentence for sentence in said if sentence]


def shares(path: str, area: str, here: str, t: Texts) -> str:
    """Return the last year with both published rates, which is not the year of the flows."""
    found = {
        rate: dict(charts.values_of(data.series(path, rate, (area,)), area))
        for rate in (OUT_RATE, IN_RATE)
    }
    years = found[OUT_RATE].keys() & found[IN_RATE].keys()
    if not years:
        return t("pendeln.read.no_shares", here=here)
    year = max(years)
    leave, arrive = found[OUT_RATE][year], found[IN_RATE][year]
    return t(
        "pendeln.read.shares",
        year=year,
        here=here,
        leave=number(leave, 1, t.language),
        stay=number(100 - round(leave, 1), 1, t.language),
        arrive=number(arrive, 1, t.language),
    )


def _most(path: str, partners: Sequence[Partner], side: str, language: str) -> str:
    """Return the largest partners of one direction with their persons, 'and' before the last."""
    t = Texts(language)
    counted = [(partner.key, getattr(partner, side) or 0) for partner in partners]
    largest = sorted(counted, key=lambda entry: (-entry[1], entry[0]))[:NAMED]
    listed = [
        t("pendeln.read.part", place=_at(path, key, language), persons=_n(persons, t))
        for key, persons in largest
        if persons
    ]
    if len(listed) < 2:
        return "".join(listed)
    return t("pendeln.read.and", first=", ".join(listed[:-1]), last=listed[-1])


def _balance(balance: float, t: Texts) -> str:
    kind = "even" if balance == 0 else "more_in" if balance > 0 else "more_out"
    return t(f"pendeln.read.{kind}", persons=_n(abs(balance), t))


def _within(inner: float, t: Texts) -> str:
    return t("pendeln.read.inner", persons=_n(inner, t))


def _abroad(path: str, view: View, t: Texts) -> str:
    frame = commuter_data.abroad(path, view.members)
    if frame.empty:
        return t("pendeln.read.no_abroad")
    countries = frame.groupby("country")["persons"].sum().sort_values(ascending=False)
    listed = [
        t("pendeln.read.country", name=country(str(code), t.language), persons=_n(persons, t))
        for code, persons in countries.head(NAMED).items()
    ]
    return t("pendeln.read.abroad", persons=_n(countries.sum(), t), most=", ".join(listed))


def country(code: str, language: str) -> str:
    """Return the name of a country; a code that is not known says itself."""
    return str(Locale(language).territories.get(code, code))


def _at(path: str, area: str, language: str) -> str:
    full, short = area_names(path, language, "name"), area_names(path, language)
    return place(area, full[area], short[area], language)


def _n(persons: float, t: Texts) -> str:
    return number(persons, 0, t.language)
