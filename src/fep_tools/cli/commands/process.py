"""``fep process``"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from .. import options

if TYPE_CHECKING:
    from ...repository import Repository


@click.command()
@options.pass_repository
@options.output_format("text", "toml", "json", "dot", "mermaid", "svg")
def command(repository: Repository, format_: str) -> None:
    """Show the process: types, statuses and transitions.

    \b
    Examples:
      fep process
      fep process --process pep --format mermaid
      fep process --process dep --format toml > fep/process.toml
    """
    repository.require_templates()
    if format_ == "toml":
        click.echo(repository.process_text, nl=False)
        return
    if format_ == "svg":
        from ...catalog.charts.statechart import statechart

        click.echo(statechart(repository.process))
        return
    from ..render.process import FORMATS

    click.echo(FORMATS[format_](repository.process), nl=False)
