"""``fep show``"""

from __future__ import annotations

from pathlib import Path

import click

from . import offers, options


@click.command()
@click.argument("number", type=offers.NUMBER)
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text")
@options.repository
def command(
    number: int, format_: str, root: Path | None, process: str | None, no_cache: bool
) -> None:
    """Show what is known of proposal NUMBER: its headers, its relations, its abstract.

    \b
    Examples:
      fep show 11
      fep show 11 --format json
    """
    from ..errors import RepositoryError
    from ..report import listing, timeline

    repository = options.open_repository(root, process, no_cache)
    catalog = repository.catalog(history=format_ == "json")
    entry = catalog.get(number)
    if entry is None:
        raise click.UsageError(f"there is no {repository.process.label(number)}")
    if format_ == "json":
        click.echo(listing.one_as_json(entry), nl=False)
        return
    click.echo(listing.show(entry, catalog, repository.process), nl=False)
    try:
        lines = repository.past().of(number)
    except RepositoryError:
        return
    click.echo("")
    click.echo(timeline.overview(lines, repository.process), nl=False)
