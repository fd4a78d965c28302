"""``fep new``"""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

import click

from ..._text import quote, safe
from .. import completions, options

if TYPE_CHECKING:
    from ...editing.drafts import Draft
    from ...process.model import Process
    from ...repository import Repository


@click.command()
@click.argument("title", required=False)
@click.option(
    "--from",
    "source",
    metavar="FILE",
    type=click.File("rb"),
    help="Draft in Markdown (.md) or reStructuredText (.rst); - is standard input.",
)
@click.option(
    "--type",
    "type_",
    metavar="T",
    shell_complete=completions.proposal_type,
    help="Type of the proposal (default: the first type of the process).",
)
@options.author
@options.pass_repository
def command(
    repository: Repository,
    title: str | None,
    source: IO[bytes] | None,
    type_: str | None,
    author: str | None,
) -> None:
    """Create a proposal called TITLE under the next free number.

    The new file passes `fep check`. Its author is that of your commits in git, unless --author or
    FEP_AUTHOR names another, and its date is today's date where you are.

    With --from, its text is that of a draft, converted from Markdown. TITLE is then that of the
    draft by default. What is left to do is printed, and `fep check` lists it.

    \b
    Examples:
      fep new "Typed views"
      fep new "How we vote" --type Process --author "Ada Lovelace"
      fep new --from draft.md
    """
    from ...editing.create import create_proposal, format_author, NewProposal

    draft = read_draft(source, repository.process) if source else None
    if title is None:
        title = draft.title if draft else ""
        if not title:
            if draft:
                raise click.UsageError("the draft has no title; add one: fep new TITLE --from FILE")
            raise click.UsageError(
                'give a title, as in fep new "Typed views", or a draft: fep new --from draft.md'
            )
    elif draft and draft.title not in ("", title):
        draft.losses.append(f"the draft is called {quote(draft.title)}")
    name = author or (draft.author if draft else "")
    email = ""
    if repository.process.header_for("authors"):
        name, email = options.required_author(name or None, repository.root)
    elif author:
        raise click.UsageError("no header of a proposal is for its authors; leave --author out")
    elif draft and name:
        draft.losses.append(f"no header is for authors, and the draft is by {quote(name)}")
    new_proposal = NewProposal(
        title=title,
        type=type_ or draft_type(draft, repository.process),
        author=format_author(name, email, repository.process),
        created=options.author_day(),
    )
    path = create_proposal(repository, new_proposal, draft)
    options.report_unknown_numbers(repository)
    click.echo(path)
    for loss in draft.losses if draft else ():
        click.echo(f"Note: {safe(loss, None)}", err=True)
    click.echo(f"Next: edit it, then run fep check {path}", err=True)


def read_draft(source: IO[bytes], process: Process) -> Draft:
    """Read the draft in the file that --from names."""
    from ..._files import MAX_FILE_BYTES
    from ...editing import draft_files

    name = "-" if source.name in ("<stdin>", 0) else str(source.name)
    return draft_files.read_draft(source.read(MAX_FILE_BYTES + 1), name, process)


def draft_type(draft: Draft | None, process: Process) -> str:
    """Return the type that a draft names, if the process has it, or the first one.

    In a community without types, it is empty.
    """
    names = [known.name for known in process.types]
    if not names:
        return ""
    wanted = draft.type.casefold() if draft else ""
    for name in names:
        if name.casefold() == wanted:
            return name
    if draft and wanted:
        draft.losses.append(f"the type {quote(draft.type)} is unknown; {names[0]} was used")
    return names[0]
