"""``fep init``"""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .. import options

if TYPE_CHECKING:
    from ...editing.scaffold import Skipped


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

    Without DIR, the current directory is used. Files that exist are not changed, and the rest is
    created.

    \b
    Example:
      fep init tips --acronym TIP --name "Team Improvement Proposal" --author "Ada Lovelace"
    """
    from ..._text import safe
    from ...editing.scaffold import Community, init_repository
    from ...lint.reporters import text

    author_name, _email = options.required_author(author, directory)
    community = Community(acronym, name, author_name, options.author_day())
    result, skipped = init_repository(directory, community)
    for one in skipped:
        click.echo(f"fep: {safe(_describe(one), None)}", err=True)
    click.echo(text.summary(result))
    if result.fails():
        click.echo("fep: run fep check to see the findings in the files that were there", err=True)
    if no_build:
        status = int(result.fails())
    else:
        from .build import command as build

        status = int(context.invoke(build, root=directory, local=True) or 0)
    if not _is_in_git(directory):
        click.echo(f"Next: {_enter(directory)}git init && git add -A && git commit", err=True)
    return status


def _describe(skipped: Skipped) -> str:
    """Return what was not created, and what to add by hand."""
    if skipped.existing != skipped.path:
        return f"{skipped.existing} is there already, so {skipped.path} was not created"
    text = f"{skipped.path} is there already, and was not changed"
    if skipped.missing_lines:
        return f"{text}; add the lines {' and '.join(skipped.missing_lines)}"
    return text


def _is_in_git(directory: Path) -> bool:
    root = directory.resolve()
    return any((ancestor / ".git").exists() for ancestor in (root, *root.parents))


def _enter(directory: Path) -> str:
    """Return the command that changes to *directory*, if that is not the current one."""
    from ..._text import safe

    if directory.resolve() == Path.cwd():
        return ""
    return f"cd {safe(shlex.quote(str(directory)), None)} && "
