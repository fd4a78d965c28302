"""``fep next``"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ..._text import safe
from .. import options

if TYPE_CHECKING:
    from ...repository import Repository


@click.command()
@options.pass_repository
def command(repository: Repository) -> None:
    """Print the number that the next proposal gets.

    It skips reserved numbers, and numbers that are or were used in the working tree or on any
    fetched branch.

    \b
    Example:
      fep next
    """
    from ...editing import numbering
    from ...history.git_errors import NoGitError

    present = repository.corpus(bodies=False).by_number
    used: frozenset[int] = frozenset()
    try:
        used = repository.numbers_used()
    except NoGitError as error:
        click.echo(f"fep: other branches were not searched: {safe(str(error), None)}", err=True)
    options.report_unknown_numbers(repository)
    click.echo(numbering.next_number(repository.process, present, used))
