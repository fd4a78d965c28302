"""``fep log``"""

from __future__ import annotations

from typing import Literal, TYPE_CHECKING

import click

from .. import options, params

if TYPE_CHECKING:
    from ...repository import Repository


@click.command()
@click.argument("number", type=params.NUMBER, required=False)
@click.option("--all", "every", is_flag=True, help="All proposals, a line each.")
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text")
@options.pass_repository
def command(
    repository: Repository, number: int | None, every: bool, format_: Literal["text", "json"]
) -> None:
    """Tell what happened to proposal NUMBER: its statuses and headers, from git.

    \b
    Examples:
      fep log 11
      fep log --all --format json
    """
    from ..render import log_cache

    if (number is None) is not every:
        raise click.UsageError("name one proposal, or all of them with --all")
    told = log_cache.log(repository, number, format_)
    if told is None:
        raise click.UsageError(f"nothing is known of {repository.process.label(number)}")
    click.echo(told.text, nl=False)
    if not told.complete:
        click.echo("fep: the clone is shallow; git fetch --unshallow brings the rest", err=True)
