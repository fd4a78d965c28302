"""``fep baseline``"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from .. import options

if TYPE_CHECKING:
    from ...lint.baseline import BaselineEntry
    from ...repository import Repository


@click.group()
def command() -> None:
    """Keep what is known to be wrong in a file, so that only what is new is told.

    \b
    Examples:
      fep baseline write
      fep baseline prune
    """


@command.command()
@options.repository
def write(root: Path | None, process: str | None, no_cache: bool) -> int:
    """Write everything that is found now into the file.

    \b
    Example:
      fep baseline write
    """
    from ...lint import runner

    repository = options.open_repository(root, process, no_cache)
    repository.require_proposals()
    found = runner.baseline_entries(repository, options.today())
    _put(repository, found)
    click.echo(f"{repository.settings['baseline']}: {_told(len(found))}")
    return 0


@command.command()
@options.repository
def prune(root: Path | None, process: str | None, no_cache: bool) -> int:
    """Take out of the file what is not found any more; nothing is added.

    \b
    Example:
      fep baseline prune
    """
    from ...lint import baseline, runner

    repository = options.open_repository(root, process, no_cache)
    name = repository.settings["baseline"]
    if not repository.baseline:
        click.echo(f"fep: there is no {name}; `fep baseline write` makes it", err=True)
        return 0
    before = baseline.parse(repository.baseline, name)
    found = {entry.fingerprint for entry in runner.baseline_entries(repository, options.today())}
    left = [entry for entry in before.entries if entry.fingerprint in found]
    _put(repository, left)
    click.echo(f"{name}: {_told(len(left))}, {len(before.entries) - len(left)} removed")
    return 0


def _put(repository: Repository, known: list[BaselineEntry]) -> None:
    from ... import _atomic
    from ...lint import baseline

    name, data = repository.settings["baseline"], baseline.dump(known).encode()
    if not _atomic.create(repository.root, name, data):
        _atomic.replace(repository.root, name, data)


def _told(number: int) -> str:
    from ..._text import plural

    return plural(number, "known finding")
