"""``fep renumber``"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from .. import options, output, params

if TYPE_CHECKING:
    from ...repository import Repository


@click.command()
@click.argument("old", type=params.NUMBER)
@click.argument("new", type=params.NUMBER, required=False)
@click.option("--path", metavar="FILE", help="File of the proposal, if two have the number OLD.")
@options.dry_run
@options.pass_repository
def command(
    repository: Repository, old: int, new: int | None, path: str | None, dry_run: bool
) -> None:
    """Renumber proposal OLD to NEW, or to the next free number.

    The file is renamed, with its results and the directory of its pictures. Every mention of it is
    updated: in proposals, on pages of the handbook, in templates, exemptions, settings and in the
    baseline. The diff shows every change.

    \b
    Examples:
      fep renumber 12
      fep renumber 12 14 --dry-run
    """
    from ...editing.file_changes import write_changes
    from ...editing.renumber import plan_renumbering

    path = options.path_inside(repository.root, path) if path else None
    renumbering = plan_renumbering(repository, old, new, path, today=options.today())
    options.report_unknown_numbers(repository)
    output.write_diffs(renumbering)
    if not dry_run:
        write_changes(repository, renumbering)
    options.report_changes(renumbering.texts, dry_run=dry_run)
