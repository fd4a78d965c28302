"""``fep notes check``"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ... import options, output, params
from ..check import check_and_report

if TYPE_CHECKING:
    from ....repository import Repository


@click.command()
@click.argument("numbers", nargs=-1, type=params.NUMBER, metavar="[NUMBER]...")
@options.pass_repository
@options.base
@output.format_option
@options.strict
@options.color
def command(
    repository: Repository, numbers: tuple[int, ...], base: str | None, formats: tuple[str, ...],
    strict: bool, color: str,
) -> int:  # fmt: skip
    """Check notes and the results of their snippets.

    Without NUMBER, the notes of all proposals are checked. No snippet is run: results that are
    missing or outdated are reported.

    \b
    Examples:
      fep notes check
      fep notes check 11 --strict
    """
    from ....diagnostics import CheckOptions

    targets = output.parse_targets(formats)
    output.require_other_files(targets, repository)
    paths = []
    for number in numbers:
        proposal = repository.corpus(bodies=False).get(number)
        if proposal is None:
            raise click.UsageError(f"there is no {repository.process.label(number)}")
        paths.append(proposal.path)
    if not paths and base is None:
        repository.require_proposals()
    check_options = CheckOptions(options.today(), tuple(paths), select=("N",))
    return check_and_report(
        repository, check_options, {}, base=base, targets=targets, strict=strict, color=color
    )
