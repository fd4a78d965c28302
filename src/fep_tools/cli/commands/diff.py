"""``fep diff``"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from .. import completions, options, params, terminal

if TYPE_CHECKING:
    from ...repository import Repository


@click.command()
@click.argument("number", type=params.NUMBER)
@click.option(
    "--since",
    metavar="STATUS|DATE|REV",
    shell_complete=completions.status_or_revision,
    help="The text to compare with (default: that of the decision, or the first one).",
)
@options.output_format("text", "markdown", "json")
@options.color
@options.pass_repository
def command(
    repository: Repository, number: int, since: str | None, format_: str, color: str
) -> None:
    """Show what changed in the text of a proposal.

    Words that were removed are [-red-], words that were added are {+green+}. Lines that are only
    wrapped in another way are equal. For changes of headers, see fep log.

    \b
    Examples:
      fep diff 11
      fep diff 11 --since Draft
      fep diff 11 --since 2026-11-01 --format markdown
    """
    from ...editorial.former_text import find_former_text
    from ...editorial.textdiff import compare_texts
    from ..render import diff

    proposal = repository.corpus(bodies=False).get(number)
    label = repository.process.label(number)
    if proposal is None:
        raise click.UsageError(f"there is no {label}")
    former = find_former_text(repository, number, since)
    texts = [p.body_text for p in (former.proposal, proposal)]
    changes = compare_texts(*texts)
    if format_ == "json":
        click.echo(diff.as_json(changes, former, number), nl=False)
    elif format_ == "markdown":
        click.echo(diff.as_markdown(changes, former, label), nl=False)
    else:
        use_color = options.use_color(color)
        terminal.echo(diff.as_text(changes, former, label, color=use_color), color=use_color)
