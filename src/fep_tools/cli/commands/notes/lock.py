"""``fep notes lock``"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import click

from ... import options
from ...terminal import report

if TYPE_CHECKING:
    from ....repository import Repository


@click.command()
@click.argument("frameworks", nargs=-1, metavar="[FRAMEWORK]...")
@click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="Use releases up to the end of DATE (default: today).",
)
@options.pass_repository
def command(repository: Repository, frameworks: tuple[str, ...], as_of: datetime | None) -> None:
    """Lock the versions of packages that snippets run with.

    It writes a lock file with hashes for each FRAMEWORK, or for all in frameworks.toml. Only
    wheels are used, because installing a source distribution would run its code.

    \b
    Examples:
      fep notes lock
      fep notes lock sanic --as-of 2026-11-20
    """
    from .... import _atomic
    from ....notes import lockfiles

    day: date = as_of.date() if as_of else options.today()
    notes = repository.note_store(repository.corpus(bodies=False))
    for framework in lockfiles.select_frameworks(notes, frameworks):
        report(f"resolving {framework.title}")
        lock = lockfiles.create_lock(framework, day)
        path = lockfiles.lockfile_path(notes, framework)
        _atomic.create_or_replace(repository.root, path, lock.encode("ascii"))
        click.echo(f"{path}: {lockfiles.describe_lock(framework, lock)}")
