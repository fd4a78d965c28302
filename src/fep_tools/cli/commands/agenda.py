"""``fep agenda``"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import click

from ..._clock import add_days
from .. import due_options, options

if TYPE_CHECKING:
    from ...repository import Repository

INTERVAL_DAYS = 30
"""How many days ago the last meeting was, if --since does not say."""


@click.command()
@due_options.as_of_today
@click.option(
    "--since",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="Day of the last meeting (default: 30 days before the day of this one).",
)
@due_options.released
@click.option("--minutes", is_flag=True, help="Draft the minutes: the same items, to be filled in.")
@options.output_format("markdown", "rst", "json")
@options.pass_repository
def command(
    repository: Repository,
    today: date,
    since: datetime | None,
    released: str | None,
    minutes: bool,
    format_: str,
) -> None:
    """Draft the agenda of the next meeting.

    It has what moved since the last meeting, what is due and whose move it is, and the lists of
    the process, such as what is in review and until when, and who looks for a sponsor.

    \b
    Examples:
      fep agenda --since 2027-01-05
      fep agenda --minutes --format rst
    """
    from ...catalog.listings import select_listings
    from ...editorial.agenda import draft_agenda
    from ...editorial.desk_files import read_desk_files
    from ...editorial.overdue import find_overdue
    from ..render import agenda

    last = since.date() if since else add_days(today, -INTERVAL_DAYS)
    process, catalog = repository.process, repository.catalog(similar=False)
    listings = select_listings(catalog, process, repository.corpus(bodies=False))
    files = read_desk_files(repository, catalog)
    report = find_overdue(catalog, process, today, released, files)
    draft = draft_agenda(catalog, listings, process, report, last)
    click.echo(agenda.render(draft, process, format_, minutes=minutes), nl=False)
    if not catalog.history_complete:
        note = f"the history in git is not complete; what moved since {last} may be missing"
        click.echo(f"fep: {note}", err=True)
