"""``fep notes matrix``"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ... import options, terminal

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
    if format_ == "table":
        terminal.echo(matrix.table(catalog, terminal.columns()))
        return
    render = matrix.as_json if format_ == "json" else matrix.as_csv
    click.echo(render(catalog), nl=False)
