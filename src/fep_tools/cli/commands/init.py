"""``fep init``"""

from __future__ import annotations

import os
from pathlib import Path

import click

from .. import options


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), default=".")
@click.option("--acronym", required=True, metavar="TIP", help="How proposals are called for short.")
@click.option("--name", required=True, help="What that stands for: Team Improvement Proposal.")
@click.option("--author", metavar="NAME", help="Who writes the first; FEP_AUTHOR if absent.")
@click.option("--no-build", is_flag=True, help="Make and check the files, and build no site.")
@click.pass_context
def command(
    context: click.Context,
    folder: Path,
    acronym: str,
    name: str,
    author: str | None,
    no_build: bool,
) -> int:
    """Make a repository of proposals in FOLDER, check it, and build its site.

    \b
    Example:
      fep init tips --acronym TIP --name "Team Improvement Proposal" --author "Ada Lovelace"
    """
    from ...editing import operations
    from ...editing.scaffold import Community
    from ...lint.reporters import text

    writer = author or os.environ.get("FEP_AUTHOR")
    if not writer:
        raise click.UsageError('say who writes it, with --author "Ada Lovelace" or FEP_AUTHOR')
    verdict = operations.init_repository(folder, Community(acronym, name, writer, options.today()))
    click.echo(text.summary(verdict))
    if not no_build:
        from .build import command as build

        return int(context.invoke(build, root=folder, local=True) or 0)
    return int(verdict.fails())
