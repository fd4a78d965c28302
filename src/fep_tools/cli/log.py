"""``fep log``"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from . import options

if TYPE_CHECKING:
    from ..history.timeline import Timeline


def _title(line: Timeline) -> str:
    """The title that a proposal had last."""
    titles = [event.after for event in line.events if event.kind == "title" and event.after]
    return titles[-1] if titles else ""


@click.command()
@click.argument("number", type=int, required=False)
@click.option("--all", "every", is_flag=True, help="All proposals, a line each.")
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text")
@options.repository
def command(
    number: int | None,
    every: bool,
    format_: str,
    root: Path | None,
    process: str | None,
    no_cache: bool,
) -> None:
    """Tell what happened to proposal NUMBER: its statuses and headers, from git.

    \b
    Examples:
      fep log 11
      fep log --all --format json
    """
    from ..report import timeline

    if (number is None) is not every:
        raise click.UsageError("name one proposal, or all of them with --all")
    repository = options.open_repository(root, process, no_cache)
    past = repository.past()
    lines = past.timelines if number is None else past.of(number)
    if not lines:
        raise click.UsageError(f"{repository.process.label(number)} was never here")
    if format_ == "json":
        click.echo(timeline.as_json(lines, complete=past.complete), nl=False)
    elif every:
        click.echo(timeline.overview(lines, repository.process), nl=False)
    else:
        titles = {line.path: _title(line) for line in lines}
        click.echo(timeline.text(lines, repository.process, titles), nl=False)
    if not past.complete:
        click.echo("fep: the clone is shallow; git fetch --unshallow brings the rest", err=True)
