"""``fep notes matrix``"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ... import options

if TYPE_CHECKING:
    from ....repository import Repository


@click.command()
@options.output_format("table", "json", "csv")
@options.pass_repository
def command(repository: Repository, format_: str) -> None:
    """Show the stance of each framework on each proposal.

    \b
    Examples:
      fep notes matrix
      fep notes matrix --format csv
    """
    from ...render import matrix

    catalog = repository.catalog(history=False, similar=False)
    renderers = {"table": matrix.table, "json": matrix.as_json, "csv": matrix.as_csv}
    click.echo(renderers[format_](catalog), nl=False)
