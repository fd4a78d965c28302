"""``fep show``"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from .. import options, params, terminal

if TYPE_CHECKING:
    from ...repository import Repository


@click.command()
@click.argument("number", type=params.NUMBER)
@options.output_format("text", "json")
@options.color
@options.pass_repository
def command(repository: Repository, number: int, format_: str, color: str) -> None:
    """Show headers, relations, history and abstract of a proposal.

    \b
    Examples:
      fep show 11
      fep show 11 --format json
    """
    from ...history.git_errors import NoGitError
    from ..render import log, proposals

    is_whole = format_ == "json"
    catalog = repository.catalog(history=is_whole, similar=is_whole)
    entry = catalog.get(number)
    if entry is None:
        raise click.UsageError(f"there is no {repository.process.label(number)}")
    if format_ == "json":
        click.echo(proposals.one_as_json(entry), nl=False)
        return
    use_color = options.use_color(color)
    paint = terminal.painter(repository.process, color=use_color)
    text = proposals.one_as_text(entry, catalog, repository.process, paint)
    terminal.echo(text, color=use_color)
    try:
        timelines = repository.history().for_number(number)
    except NoGitError:  # the rest is still worth showing
        return
    overview = log.as_overview(timelines, repository.process, paint)
    terminal.echo(f"\n{overview}", color=use_color)
