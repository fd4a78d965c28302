"""``fep init``"""

from __future__ import annotations

from pathlib import Path

import click

from .. import options


@click.command()
@click.argument(
    "directory", type=click.Path(path_type=Path, file_okay=False), default=".", metavar="[DIR]"
)
@click.option("--acronym", required=True, metavar="TIP", help="Acronym of the proposals.")
@click.option(
    "--name", required=True, help="What the acronym stands for, such as Team Improvement Proposal."
)
@options.author
@click.option("--no-build", is_flag=True, help="Do not build the site.")
@click.pass_context
def command(
    context: click.Context,
    directory: Path,
    acronym: str,
    name: str,
    author: str | None,
    no_build: bool,
) -> int:
    """Create a repository in DIR, check it, and build its site.

    Without DIR, the current directory is used. Existing files are not changed.

    \b
    Example:
      fep init tips --acronym TIP --name "Team Improvement Proposal" --author "Ada Lovelace"
    """
    from ...editing.scaffold import Community, init_repository
    from ...lint.reporters import text

    community = Community(acronym, name, options.required_author(author), options.today())
    result = init_repository(directory, community)
    click.echo(text.summary(result))
    if not no_build:
        from .build import command as build

        return int(context.invoke(build, root=directory, local=True) or 0)
    return int(result.fails())
