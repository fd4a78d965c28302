"""``fep process``"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from .. import options

if TYPE_CHECKING:
    from ...repository import Repository


@click.command()
@options.pass_repository
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json", "dot", "mermaid", "svg"]),
    default="text",
)
def command(repository: Repository, format_: str) -> None:
    """Show the process: types, statuses, and which step needs which headers.

    \b
    Examples:
      fep process
      fep process --process pep --format mermaid
    """
    chosen = repository.process
    if format_ == "svg":
        from ...catalog.charts.statechart import statechart

        click.echo(statechart(chosen))
        return
    from ..render import process as report

    click.echo(report.FORMATS[format_](chosen), nl=False)
