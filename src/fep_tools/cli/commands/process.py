"""``fep process``"""

from __future__ import annotations

from pathlib import Path

import click

from .. import options, terminal


@click.command()
@click.argument("name", required=False, metavar="[FILE|NAME]")
@options.repository_options
@options.output_format("text", "toml", "json", "dot", "mermaid", "svg")
def command(
    name: str | None, root: Path | None, process: str | None, no_cache: bool, format_: str
) -> None:
    """Show the process: types, statuses and transitions.

    FILE or NAME is the same as the value of --process.

    \b
    Examples:
      fep process
      fep process pep --format mermaid
      fep process dep --format toml > fep/process.toml
    """
    if name and process and name != process:
        raise click.UsageError(f"name one process: {name}, or --process {process}")
    repository = options.open_repository(root, name or process, no_cache)
    repository.require_templates()
    if format_ == "toml":
        click.echo(repository.process_text, nl=False)
        return
    if format_ == "svg":
        from ...catalog.charts.statechart import statechart

        click.echo(statechart(repository.process))
        return
    from ..render.process import FORMATS

    text = FORMATS[format_](repository.process)
    terminal.echo(text) if format_ == "text" else click.echo(text, nl=False)
