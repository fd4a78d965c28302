"""``fep next``"""

from __future__ import annotations

from pathlib import Path

import click

from . import options


@click.command()
@options.repository
def command(root: Path | None, process: str | None, no_cache: bool) -> None:
    """Print the number that the next proposal gets: neither taken nor reserved.

    \b
    Example:
      fep next
    """
    from ..edit.new import free_numbers

    repository = options.open_repository(root, process, no_cache)
    numbers = free_numbers(repository.process, repository.corpus(bodies=False))
    click.echo(next(iter(numbers)))
