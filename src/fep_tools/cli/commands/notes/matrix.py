"""``fep notes matrix``"""

from __future__ import annotations

from pathlib import Path

import click

from ... import options


@click.command()
@click.option("--format", "format_", type=click.Choice(["table", "json", "csv"]), default="table")
@options.repository
def command(format_: str, root: Path | None, process: str | None, no_cache: bool) -> None:
    """Show how each framework stands to each proposal, and whether that was verified.

    \b
    Examples:
      fep notes matrix
      fep notes matrix --format csv
    """
    from ...render import matrix

    catalog = options.open_repository(root, process, no_cache).catalog(history=False)
    tell = {"table": matrix.table, "json": matrix.as_json, "csv": matrix.as_csv}
    click.echo(tell[format_](catalog), nl=False)
