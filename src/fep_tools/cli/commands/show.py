"""``fep show``"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from .. import options, params

if TYPE_CHECKING:
    from ...repository import Repository


@click.command()
@click.argument("number", type=params.NUMBER)
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text")
@options.pass_repository
def command(repository: Repository, number: int, format_: str) -> None:
    """Show what is known of proposal NUMBER: its headers, its relations, its abstract.

    \b
    Examples:
      fep show 11
      fep show 11 --format json
    """
    from ...errors import RepositoryError
    from ..render import log, proposals

    catalog = repository.catalog(history=format_ == "json")
    entry = catalog.get(number)
    if entry is None:
        raise click.UsageError(f"there is no {repository.process.label(number)}")
    if format_ == "json":
        click.echo(proposals.one_as_json(entry), nl=False)
        return
    click.echo(proposals.show(entry, catalog, repository.process), nl=False)
    try:
        lines = repository.history().for_number(number)
    except RepositoryError:
        return
    click.echo("")
    click.echo(log.overview(lines, repository.process), nl=False)
