"""``fep process``"""

from __future__ import annotations

from pathlib import Path

import click

from .. import options


@click.command()
@options.repository
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json", "dot", "mermaid", "svg"]),
    default="text",
)
def command(root: Path | None, process: str | None, no_cache: bool, format_: str) -> None:
    """Show the process: types, statuses, and which step needs which headers.

    \b
    Examples:
      fep process
      fep process --process pep --format mermaid
    """
    chosen = options.open_repository(root, process, no_cache).process
    if format_ == "svg":
        from ...catalog.charts.statechart import svg

        click.echo(svg(chosen))
        return
    from ..render import process as report

    click.echo(report.FORMATS[format_](chosen), nl=False)
