"""``fep next``"""

from __future__ import annotations

from pathlib import Path

import click

from .. import options


@click.command()
@options.repository
def command(root: Path | None, process: str | None, no_cache: bool) -> None:
    """Print the number that the next proposal gets.

    It is not reserved, and no proposal has it or had it once: not here, and not on any branch
    that was fetched.

    \b
    Example:
      fep next
    """
    from ...editing import numbering
    from ...errors import RepositoryError

    repository = options.open_repository(root, process, no_cache)
    present = repository.corpus(bodies=False).by_number
    used: frozenset[int] = frozenset()
    try:
        used = repository.numbers_used()
    except RepositoryError as problem:
        click.echo(f"fep: {problem}; other branches were not looked at", err=True)
    number = next(numbering.free_numbers(repository.process, present, used), None)
    if number is None:
        raise RepositoryError(f"every number up to {numbering.LAST} is taken")
    click.echo(number)
