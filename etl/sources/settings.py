"""What a pull goes by: `sources.yml`, the clock, and the account, all given from outside."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import yaml
from pydantic import model_validator

from etl.http import Manners, Service
from etl.model import Catalogue, load_catalogue
from etl.secrets import Secrets
from indicators.model import Strict

SOURCES = Path(__file__).with_name("sources.yml")
CLOCK = "SOURCE_DATE_EPOCH"


class Wire(Strict):
    """How a table is asked for.

    `code` is the service's name of the table (default: the dataset's table). `folder` is where
    its files lie below the raw folder; the layout of datasets.yml whose glob fits reads them.
    `first` and `last` are the years (`last: null`: the current one), `slice` says whether a
    file holds one year or all. `size` is the expected size of a file in bytes. `options` belong
    to the publisher's module and are checked there.
    """

    code: str = ""
    folder: str
    slice: str = "year"
    first: int = 2008
    last: int | None = None
    size: int = 0
    options: dict[str, Any] = {}


class Site(Manners):
    """A publisher's service: where it is, which hosts are its own, and how it may be asked.

    Times are seconds. `secrets` maps header names to environment variables; `account` says how
    to get an account. `options` belong to the publisher's module.
    """

    base: str
    hosts: list[str]
    poll: float = 5.0
    polls: int = 720
    secrets: dict[str, str] = {}
    account: str = ""
    options: dict[str, Any] = {}
    tables: dict[str, Wire]


class Sources(Strict):
    """All services, and the datasets that none of them delivers, with the reason."""

    sites: dict[str, Site]
    by_hand: dict[str, str] = {}

    @model_validator(mode="after")
    def _datasets_known(self) -> Sources:
        catalogue = load_catalogue()
        named = [name for site in self.sites.values() for name in site.tables]
        for name in [*named, *self.by_hand]:
            if name not in catalogue.datasets:
                raise ValueError(f"{name} is no dataset of datasets.yml")
        return self


def load_sources(path: Path = SOURCES) -> Sources:
    """Read and check `sources.yml`; a wrong entry raises with the entry's name."""
    return Sources.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))


@dataclass(frozen=True)
class Settings:
    """One publisher's side of a pull."""

    name: str
    site: Site
    catalogue: Catalogue
    today: date
    secrets: Secrets = field(default_factory=Secrets)

    def service(self) -> Service:
        """Return what the session needs to know."""
        manners = {name: getattr(self.site, name) for name in Manners.model_fields}
        return Service(name=self.name, hosts=tuple(self.site.hosts), **manners)

    def code(self, dataset: str) -> str:
        """Return the service's name of a dataset's table."""
        return self.site.tables[dataset].code or self.catalogue.datasets[dataset].table

    def years(self, dataset: str) -> range:
        """Return the years to ask for."""
        wire = self.site.tables[dataset]
        return range(wire.first, (wire.last or self.today.year) + 1)


def settings_of(name: str, site: Site, day: date) -> Settings:
    """Return the settings of a publisher, with its account from the environment, if any."""
    headers = {
        header: os.environ[variable]
        for header, variable in site.secrets.items()
        if variable in os.environ
    }
    return Settings(name, site, load_catalogue(), day, Secrets(headers))


def today() -> date:
    """Return the current day in UTC, or that of SOURCE_DATE_EPOCH, where it is set.

    The variable is the convention of reproducible builds: with it, two pulls of the same
    answers write the same bytes.
    """
    stated = os.environ.get(CLOCK, "")
    return (datetime.fromtimestamp(int(stated), UTC) if stated else datetime.now(UTC)).date()
