"""Federal Employment Agency: the pilot table service, key figures of one Kreis at a time.

In come the tables of `sources.yml`; out go its JSON rows. The service knows Kreise by the names
of the agency's own list, which is asked for first. An answer does not say for which area it is,
so figures beyond what a Kreis of this region can have are refused as those of another area.
"""

from __future__ import annotations

import json
import re
from typing import Any

from etl.areas import load_areas
from etl.errors import PullError
from etl.http import Answer, Session
from etl.sources import Fetched, Item, Known
from etl.sources.answers import fingerprint, kind, unexpected
from etl.sources.settings import Settings, Wire

LIST = re.compile(rb"^\s*var\s+persistListenfelderJSON\s*=\s*(\{.*\})\s*;?\s*$", re.DOTALL)
KREIS, NAMES = "Kreis", "names"


def plan(settings: Settings, session: Session) -> list[Item]:
    """Return one file per table and Kreis of the region."""
    areas = load_areas()
    ours = areas.loc[areas["in_region"] & (areas["level"] == "kreis"), "area_id"]
    return [
        _item(settings, dataset, wire, str(area))
        for dataset, wire in settings.site.tables.items()
        for area in ours
    ]


def fetch(item: Item, known: Known, settings: Settings, session: Session) -> Fetched:
    """Fetch the key figures of one Kreis, by the name that the agency's list gives it.

    Raises:
        PullError: the list or the answer is not what was expected, the Kreis is not in the
            list, or no Kreis of this region can have the figures.
    """
    names = session.learned.get(NAMES) or kreis_names(settings, session)
    session.learned[NAMES] = names
    if item.name not in names:
        raise PullError(
            settings.name,
            f"expected {item.name} in the list of Kreise, got {len(names)} Kreise without it",
            url=str(settings.site.options[NAMES]),
        )
    parameter = str(settings.site.tables[item.dataset].options["parameter"])
    answer = session.get(item.url, {parameter: names[item.name]})
    if answer.status != 200 or kind(answer) != "json":
        raise unexpected(settings.name, f"a list of rows of {item.table}", answer)
    rows = _rows(answer, item, settings)
    if not rows:
        return Fetched("not_published", note="The service knows no figure for this area.")
    _refuse_other_area(rows, answer, item, settings)
    text = "\n".join(sorted(json.dumps(row, sort_keys=True) for row in rows))
    return Fetched("file", answer.body, fingerprint(text.encode()))


def kreis_names(settings: Settings, session: Session) -> dict[str, str]:
    """Return AGS -> the name by which the service knows a Kreis.

    Raises:
        PullError: the list is not where it was, or of another form.
    """
    answer = session.get(str(settings.site.options[NAMES]))
    found = LIST.match(answer.body.read_bytes()) if answer.status == 200 else None
    if not found:
        raise unexpected(settings.name, "the list of Kreise (persistListenfelderJSON)", answer)
    try:
        content = json.loads(found.group(1))
    except ValueError:
        raise unexpected(settings.name, "a list of Kreise in JSON", answer) from None
    values = [entry for entries in content.values() for entry in _forms(entries)]
    names = {
        str(form.get("BA_SCHL", ""))[:5]: str(form.get("DESC", ""))
        for form in values
        if form.get("Filtername") == KREIS
    }
    if not names:
        raise unexpected(settings.name, f"entries with the Filtername {KREIS!r}", answer)
    return names


def _forms(entries: Any) -> list[dict[str, Any]]:
    listed = entries if isinstance(entries, list) else []
    forms = [entry.get("formValues") for entry in listed if isinstance(entry, dict)]
    return [form for form in forms if isinstance(form, dict)]


def _item(settings: Settings, dataset: str, wire: Wire, area: str) -> Item:
    table = settings.code(dataset)
    return Item(
        publisher=settings.name,
        dataset=dataset,
        table=table,
        folder=wire.folder,
        name=area,
        suffix=".json",
        url=settings.site.base + table,
        size=wire.size,
    )


def _rows(answer: Answer, item: Item, settings: Settings) -> list[dict[str, Any]]:
    try:
        rows = json.loads(answer.body.read_bytes())
    except ValueError:
        rows = None
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise unexpected(settings.name, f"a list of rows of {item.table}", answer)
    return rows


def _refuse_other_area(
    rows: list[dict[str, Any]], answer: Answer, item: Item, settings: Settings
) -> None:
    most = float(settings.site.tables[item.dataset].options["most"])
    for row in rows:
        value = row.get("value")
        if isinstance(value, int | float) and value > most:
            raise PullError(
                settings.name,
                f"expected figures of {item.name}, got "
                f"{row.get('metricName')} {value:g}: no Kreis of the region has more than "
                f"{most:g}, so this is another area",
                url=answer.url,
                evidence=answer.body,
            )
