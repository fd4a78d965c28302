"""``fep overdue``"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from .. import due_options, options

if TYPE_CHECKING:
    from datetime import date

    from ...repository import Repository


@click.command()
@due_options.as_of_today
@due_options.released
@click.option("--fail", is_flag=True, help="Exit with 1 if anything is due.")
@options.output_format("text", "markdown", "json")
@options.pass_repository
def command(
    repository: Repository,
    today: date,
    released: str | None,
    fail: bool,
    format_: str,
) -> int:
    """List what is due: ended reviews, released versions, drafts without changes.

    Each reminder says since when, whose move it is, and the command that settles it. Nothing is
    changed. What is due for longest comes first.

    \b
    Examples:
      fep overdue
      fep overdue --released 3.2 --format markdown
      fep overdue --today 2027-01-31 --fail
    """
    from ...editorial.desk_files import read_desk_files
    from ...editorial.overdue import find_overdue
    from ..render import overdue

    catalog = repository.catalog(similar=False)
    files = read_desk_files(repository, catalog)
    report = find_overdue(catalog, repository.process, today, released, files)
    click.echo(overdue.render(report, repository.process, format_), nl=False)
    return 1 if fail and report.reminders else 0
