"""``fep new``"""

from __future__ import annotations

import os
from pathlib import Path

import click

from .. import options


@click.command()
@click.argument("title")
@click.option("--type", "type_", metavar="T", help="Its type; the first of the process if absent.")
@click.option("--author", metavar="NAME", help="Its author; FEP_AUTHOR if absent.")
@options.repository
def command(
    title: str,
    type_: str | None,
    author: str | None,
    root: Path | None,
    process: str | None,
    no_cache: bool,
) -> None:
    """Start a proposal called TITLE under the next number, in a file that `fep check` accepts.

    \b
    Examples:
      fep new "Typed views" --author "Ada Lovelace"
      fep new "How we vote" --type Process --author "Ada Lovelace"
    """
    from ...editing.create import NewProposal
    from ...editing.operations import create_proposal

    repository = options.open_repository(root, process, no_cache)
    name = author or os.environ.get("FEP_AUTHOR")
    if not name:
        raise click.UsageError('say who writes it, with --author "Ada Lovelace" or FEP_AUTHOR')
    wanted = NewProposal(title, type_ or repository.process.types[0].name, name, options.today())
    path = create_proposal(repository, wanted)
    click.echo(path)
    click.echo(f"Write it, then run: fep check {path}", err=True)
