"""``fep show``"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from .. import options, params

if TYPE_CHECKING:
    from ...repository import Repository


@click.command()
@click.argument("number", type=params.NUMBER)
@options.output_format("text", "json")
@options.pass_repository
def command(repository: Repository, number: int, format_: str) -> None:
    """Show headers, relations, history and abstract of a proposal.

    \b
    Examples:
      fep show 11
      fep show 11 --format json
    """
    from ...errors import RepositoryError
    from ..render import log, proposals

    is_whole = format_ == "json"
    catalog = repository.catalog(history=is_whole, similar=is_whole)
    entry = catalog.get(number)
    if entry is None:
        raise click.UsageError(f"there is no {repository.process.label(number)}")
    if format_ == "json":
        click.echo(proposals.one_as_json(entry), nl=False)
        return
    click.echo(proposals.one_as_text(entry, catalog, repository.process), nl=False)
    try:
        timelines = repository.history().for_number(number)
    except RepositoryError:  # without git, the rest is still worth showing
        return
    click.echo("")
    click.echo(log.as_overview(timelines, repository.process), nl=False)
