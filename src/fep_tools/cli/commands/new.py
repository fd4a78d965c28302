"""``fep new``"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from .. import options

if TYPE_CHECKING:
    from ...repository import Repository


@click.command()
@click.argument("title")
@click.option(
    "--type",
    "type_",
    metavar="T",
    help="Type of the proposal (default: the first type of the process).",
)
@options.author
@options.pass_repository
def command(repository: Repository, title: str, type_: str | None, author: str | None) -> None:
    """Create a proposal called TITLE under the next free number.

    The new file passes `fep check`. Its author is that of your commits in git, unless --author or
    FEP_AUTHOR names another, and its date is today's date where you are.

    \b
    Examples:
      fep new "Typed views"
      fep new "How we vote" --type Process --author "Ada Lovelace"
    """
    from ...editing.create import create_proposal, format_author, NewProposal

    name, email = options.required_author(author, repository.root)
    new_proposal = NewProposal(
        title=title,
        type=type_ or repository.process.types[0].name,
        author=format_author(name, email, repository.process),
        created=options.author_day(),
    )
    path = create_proposal(repository, new_proposal)
    click.echo(path)
    click.echo(f"Next: edit it, then run fep check {path}", err=True)
