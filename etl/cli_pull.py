"""The commands that look outwards: fetch current figures, and say how current they are.

Exit codes of `pull`: 0 everything that could be asked for is here, 1 something failed or was
refused (the rest is here), 2 the command was used wrongly, 3 another pull is at work.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Annotated

import typer
import yaml
from pydantic import ValidationError
from rich.console import Console

from etl import cli_pull_view as view
from etl.errors import PullError
from etl.pull import BAD, Pull, plan
from etl.raw import LockedError, Raw
from etl.sources.settings import SOURCES, Sources, load_sources, today
from etl.status import rows as status_rows

ROOT = Path(__file__).resolve().parents[1]
RAW = ROOT / "data" / "raw"
CURRENT = ROOT / "data" / "current"
FAILED, USAGE, LOCKED = 1, 2, 3
console = Console(width=None if sys.stdout.isatty() else 160, highlight=False)


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.command("pull")(pull_command)
    app.command("status")(status_command)


def pull_command(
    only: Annotated[
        list[str] | None, typer.Argument(help="Publishers or tables; none: all of them.")
    ] = None,
    planned: Annotated[
        bool, typer.Option("--plan", help="Only say what would be fetched.")
    ] = False,
    again: Annotated[bool, typer.Option(help="Ask also for what came today.")] = False,
    raw: Annotated[Path, typer.Option(help="The raw folder.")] = RAW,
    sources: Annotated[Path, typer.Option(help="Another sources.yml (a mirror).")] = SOURCES,
) -> None:
    """Fetch current figures into data/raw: new editions only, each checked before it is kept.

    Exit code 0: all is here. 1: something failed or was refused, the rest is here. 2: wrong
    usage. 3: another pull is at work.
    """
    declared, names = _declared(sources), only or []
    known = {*declared.sites, *(t for site in declared.sites.values() for t in site.tables)}
    unknown = sorted(set(names) - known)
    if unknown:
        console.print(f"No service delivers {', '.join(unknown)}. Known: {_list(known)}.")
        raise typer.Exit(USAGE)
    if planned:
        _plan(declared, names, Raw(raw))
        return
    watch = view.progress(console)
    try:
        with watch:
            outcomes = Pull(Raw(raw), declared, today(), watch, again).run(names)
    except LockedError as error:
        console.print(str(error), markup=False)
        raise typer.Exit(LOCKED) from None
    view.summary(console, outcomes, declared)
    if any(outcome.state in BAD for outcome in outcomes):
        raise typer.Exit(FAILED)


def status_command(
    raw: Annotated[Path, typer.Option(help="The raw folder.")] = RAW,
    release: Annotated[Path, typer.Option(help="The release to look into.")] = CURRENT,
    sources: Annotated[Path, typer.Option(help="Another sources.yml.")] = SOURCES,
) -> None:
    """Say of every table how current it is, when it was fetched, and when news is expected."""
    if not release.exists():
        console.print("There is no release yet. Build one with `python -m etl build`.")
        raise typer.Exit(FAILED)
    view.status(console, status_rows(release.resolve(), Raw(raw), _declared(sources), today()))


def _declared(path: Path) -> Sources:
    try:
        return load_sources(path)
    except (OSError, ValidationError, yaml.YAMLError) as error:
        console.print(f"{path} cannot be used: {error}", markup=False)
        raise typer.Exit(USAGE) from None


def _plan(declared: Sources, names: list[str], raw: Raw) -> None:
    with tempfile.TemporaryDirectory() as folder:
        try:
            items = plan(declared, today(), Path(folder), names)
        except PullError as error:
            console.print(str(error), markup=False)
            raise typer.Exit(FAILED) from None
    view.plan(console, items, raw, declared, today())


def _list(names: set[str]) -> str:
    return ", ".join(sorted(names))
