"""``fep ready``"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from .. import due_options, options, params

if TYPE_CHECKING:
    from datetime import date

    from ...repository import Repository


@click.command()
@click.argument("number", type=params.NUMBER)
@click.argument("status", type=params.StatusName(), required=False)
@due_options.as_of_today
@options.output_format("text", "markdown", "json")
@options.pass_repository
def command(
    repository: Repository, number: int, status: str | None, today: date, format_: str
) -> int:
    """List what stands between proposal NUMBER and STATUS, done and not done.

    Without STATUS, it is the next one on the way. What is not done is what `fep check` would
    report about the transition. The list in Markdown is a text for a pull request. The exit
    status is 1 if an error stands against the transition.

    \b
    Examples:
      fep ready 12
      fep ready 12 Accepted --format markdown
    """
    from ...editorial.readiness import assess
    from ..render import readiness

    report = assess(repository, number, status, today)
    click.echo(readiness.render(report, repository.process, format_), nl=False)
    return 0 if report.is_ready else 1
