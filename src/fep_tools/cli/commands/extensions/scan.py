"""``fep extensions scan``"""

from __future__ import annotations

from datetime import datetime, time, UTC
from typing import TYPE_CHECKING

import click

from ...._clock import add_days
from ... import options, params
from . import _scans
from ._engine import engine_options, open_engine

if TYPE_CHECKING:
    from ....repository import Repository


@click.command()
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option(
    "--symbol",
    "symbols",
    multiple=True,
    metavar="NAME",
    help="Look for this name, such as flask.Flask.env. Can be repeated.",
)
@click.option(
    "--proposal",
    "number",
    type=params.NUMBER,
    metavar="N",
    help="Look for the names that proposal N declares.",
)
@click.option(
    "--as-of",
    "day",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="Scan the releases that were newest at the end of that day (UTC).",
)
@click.option("--version", metavar="RELEASE", help="Scan RELEASE of the one distribution NAME.")
@engine_options
@options.output_format("text", "json")
@options.pass_repository
def command(
    repository: Repository, names: tuple[str, ...], symbols: tuple[str, ...], number: int | None,
    day: datetime | None, version: str | None, jobs: int,
    dask: str | None, format_: str,
) -> int:  # fmt: skip
    """Find the places in distributions that use a name of Flask.

    NAME is a distribution on the package index; without it, all extensions in
    fep/extensions.toml are scanned. Sources are read, never installed or run. The exit status is
    2 if a distribution could not be scanned.

    \b
    Examples:
      fep extensions scan --symbol flask.Flask.before_first_request
      fep extensions scan --proposal 35 --as-of 2023-09-29
      fep extensions scan Flask-Login --version 0.6.2 --symbol flask._request_ctx_stack
    """
    from ....extensions.affected import declared_symbols
    from ....extensions.selection import select_files
    from ....extensions.survey import survey
    from ...render import scans

    if bool(symbols) == (number is not None):
        raise click.UsageError("give either --symbol or --proposal")
    if version is not None and (len(names) != 1 or day is not None):
        raise click.UsageError("--version needs exactly one NAME, and no --as-of")
    if number is not None:
        symbols = declared_symbols(_scans.find_proposal(repository, number))
    chosen = names or tuple(e.name for e in _scans.watched_extensions(repository).extensions)
    before = datetime.combine(add_days(day.date(), 1), time(), UTC) if day else None
    cache, engine = repository.cache, open_engine(jobs, dask)
    source = _scans.open_source(_scans.index_cache(repository))
    with _scans.progress():
        selection = select_files(source, chosen, before=before, version=version)
        found = survey(source, selection, symbols, engine, cache)
    render = scans.as_json if format_ == "json" else scans.as_text
    click.echo(render(found, symbols), nl=False)
    return 2 if found.failures else 0
