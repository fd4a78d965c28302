"""``fep init``"""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..._text import join_words
from ...errors import FepError
from .. import completions, options

if TYPE_CHECKING:
    from ...editing.scaffold import Skipped


@click.command()
@click.argument(
    "directory", type=click.Path(path_type=Path, file_okay=False), default=".", metavar="[DIR]"
)
@click.option("--acronym", metavar="TIP", help="Acronym of the proposals.")
@click.option("--name", help="What the acronym stands for, such as Team Improvement Proposal.")
@options.author
@click.option(
    "--like",
    metavar="FILE|NAME",
    shell_complete=completions.process,
    default="",
    help="Start from this process file, or from a built-in process such as pep.",
)
@click.option("--no-build", is_flag=True, help="Do not build the site.")
@click.pass_context
def command(
    context: click.Context,
    directory: Path,
    acronym: str | None,
    name: str | None,
    author: str | None,
    like: str,
    no_build: bool,
) -> int:
    """Create a repository in DIR, check it, and build its site.

    Without DIR, the current directory is used. Files that exist are not changed, and the rest is
    created. On a terminal, the command asks for what is missing.

    In a repository that has a process file, such as one that fep adopt wrote, the command needs no
    options: it creates the workflow, the configuration of pre-commit and .gitignore.

    \b
    Examples:
      fep init tips --acronym TIP --name "Team Improvement Proposal" --author "Ada Lovelace"
      fep init tips --acronym TIP --name "Team Improvement Proposal" --like pep
    """
    from ..._files import find_git_root
    from ..._text import safe
    from ...editing import scaffold, starter
    from ...lint.reporters import text

    if not (acronym or name or like) and (directory / starter.PROCESS).is_file():
        result, skipped = scaffold.complete_repository(directory, options.author_day())
    else:
        acronym, name, author = _complete(directory, acronym, name, author)
        community = starter.Community(acronym, name, author, options.author_day(), like)
        result, skipped = scaffold.init_repository(directory, community)
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
    if find_git_root(directory) is None:
        click.echo(f"Next: {_enter(directory)}git init && git add -A && git commit", err=True)
    return status


def _complete(
    directory: Path, acronym: str | None, name: str | None, author: str | None
) -> tuple[str, str, str]:
    """Return acronym, name and author, after asking for those that are missing.

    :raises click.UsageError: if something is missing, without a terminal to ask on
    """
    from ...editing.starter import require_acronym, require_plain

    author, _email = options.default_author(author, directory)
    if not (sys.stdin and sys.stdin.isatty()):
        if acronym and name:
            return acronym, name, author or options.required_author(author, directory)[0]
        values = {"--acronym TIP": acronym, '--name "Team Improvement Proposal"': name}
        values['--author "Ada Lovelace"'] = author
        raise click.UsageError(
            f"nothing was created; add {join_words([k for k, v in values.items() if not v], 'and')}"
        )
    name = name or _ask("Name, such as Team Improvement Proposal", partial(require_plain, "name"))
    initials = "".join(word[0] for word in name.split() if word[0].isalpha()).upper()
    acronym = acronym or _ask("Acronym", require_acronym, initials)
    author = author or _ask("Author of the first proposal", partial(require_plain, "author"))
    return acronym, name, author


def _ask(label: str, require: Callable[[str], None], default: str | None = None) -> str:
    """Return an answer that is accepted; a question is repeated until it is."""

    def accept(text: str) -> str:
        try:
            require(text.strip())
        except FepError as problem:
            raise click.UsageError(str(problem)) from None
        return text.strip()

    answer: str = click.prompt(label, default=default, value_proc=accept, err=True)
    return answer


def _describe(skipped: Skipped) -> str:
    """Return what was not created, and what to add by hand."""
    if skipped.existing != skipped.path:
        return f"{skipped.existing} is there already, so {skipped.path} was not created"
    text = f"{skipped.path} is there already, and was not changed"
    if skipped.missing_lines:
        return f"{text}; add the lines {' and '.join(skipped.missing_lines)}"
    return text


def _enter(directory: Path) -> str:
    """Return the command that changes to *directory*, if that is not the current one."""
    from ..._text import safe

    if directory.resolve() == Path.cwd():
        return ""
    return f"cd {safe(shlex.quote(str(directory)), None)} && "
