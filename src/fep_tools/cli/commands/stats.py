"""``fep stats``"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from .. import options, terminal

if TYPE_CHECKING:
    from ...repository import Repository


@click.command()
@options.output_format("text", "json", "svg")
@options.pass_repository
def command(repository: Repository, format_: str) -> None:
    """Show status changes, days in each status and new proposals.

    \b
    Examples:
      fep stats
      fep stats --format json
      fep stats --format svg > stats.svg
    """
    from ..render import stats

    statistics = repository.statistics(options.today())
    if format_ == "svg":
        from ...catalog.charts.bars import statistics_chart

        click.echo(statistics_chart(statistics, repository.process.acronym))
        return
    if format_ == "json":
        click.echo(stats.as_json(statistics), nl=False)
    else:
        terminal.echo(stats.as_text(statistics))
