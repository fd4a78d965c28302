"""``fep baseline``"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from .. import options
from ..lazy_group import Group

if TYPE_CHECKING:
    from ...lint.baseline import BaselineEntry
    from ...repository import Repository


@click.group(cls=Group)
def command() -> None:
    """Record existing findings, so that only new ones are reported.

    The baseline is a file in the repository. `fep check` counts the findings in it, but does
    not list them or fail because of them.

    \b
    Examples:
      fep baseline write
      fep baseline prune
    """


@command.command()
@options.pass_repository
def write(repository: Repository) -> None:
    """Write all current findings to the baseline.

    \b
    Example:
      fep baseline write
    """
    repository.require_proposals()
    entries = repository.baseline_entries(options.today())
    _save(repository, entries)
    click.echo(f"{repository.settings.baseline}: {_count(len(entries))}")


@command.command()
@options.pass_repository
def prune(repository: Repository) -> None:
    """Remove findings that no longer occur from the baseline.

    New findings are not added.

    \b
    Example:
      fep baseline prune
    """
    from ...lint import baseline

    name = repository.settings.baseline
    if not repository.baseline_text:
        click.echo(f"fep: there is no {name}; create it with `fep baseline write`", err=True)
        return
    before = baseline.parse(repository.baseline_text, name).entries
    current = {entry.fingerprint for entry in repository.baseline_entries(options.today())}
    kept = [entry for entry in before if entry.fingerprint in current]
    _save(repository, kept)
    click.echo(f"{name}: {_count(len(kept))}, {len(before) - len(kept)} removed")


def _save(repository: Repository, entries: list[BaselineEntry]) -> None:
    from ... import _atomic
    from ...lint import baseline

    name, data = repository.settings.baseline, baseline.dump(entries).encode()
    _atomic.create_or_replace(repository.root, name, data)


def _count(number: int) -> str:
    from ..._text import plural

    return plural(number, "known finding")
