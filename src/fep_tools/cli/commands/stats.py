"""``fep stats``"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from .. import options

if TYPE_CHECKING:
    from ...repository import Repository


@click.command()
@click.option("--format", "format_", type=click.Choice(["text", "json", "svg"]), default="text")
@options.pass_repository
def command(repository: Repository, format_: str) -> None:
    """Count steps, and tell how long proposals stay in a status and wait for a decision.

    \b
    Examples:
      fep stats
      fep stats --format json
      fep stats --format svg > stats.svg
    """
    from ..render import stats

    found = repository.statistics(options.today())
    if format_ == "svg":
        from ...catalog.charts.stats import statistics_chart

        click.echo(statistics_chart(found, repository.process.acronym))
        return
    told = stats.as_json(found) if format_ == "json" else stats.text(found)
    click.echo(told, nl=False)
