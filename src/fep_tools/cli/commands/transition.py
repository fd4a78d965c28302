"""``fep transition``"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from .. import options, output, params

if TYPE_CHECKING:
    from ...diagnostics import CheckResult
    from ...process.schema import Role
    from ...repository import Repository


FORBIDDING = frozenset({"T001", "T005"})
"""Rules that report a transition that no header makes possible."""


@click.command()
@click.argument("number", type=params.NUMBER)
@click.argument("status", type=params.StatusName())
@click.option("--resolution", metavar="URL", help="URL of the decision.")
@click.option("--discussions-to", metavar="URL", help="URL of the discussion.")
@click.option("--upstream", metavar="URL", help="URL of the change that implements it.")
@click.option("--on", metavar="DATE", help="Date of the decision (default: today).")
@click.option("--why", metavar="TEXT", help="Why it is given up or put off, in a sentence.")
@click.option(
    "--by",
    type=params.NUMBER,
    multiple=True,
    metavar="N",
    help="Number of the superseding proposal. Repeat it for several.",
)
@options.dry_run
@options.pass_repository
def command(
    repository: Repository,
    number: int,
    status: str,
    resolution: str | None,
    discussions_to: str | None,
    upstream: str | None,
    on: str | None,
    why: str | None,
    by: tuple[int, ...],
    dry_run: bool,
) -> int:
    """Move proposal NUMBER to STATUS and edit its headers.

    If directories stand for statuses, the file moves, with its results and pictures.
    Nothing is changed if `fep check --base` would reject the change since the last commit. All
    obstacles are listed.

    \b
    Examples:
      fep transition 12 Review --dry-run
      fep transition 12 Accepted --resolution https://example.org/thread/7
      fep transition 12 Superseded --by 11
      fep transition 12 Withdrawn --why "The authors have no more time for it."
    """
    from ...editing.file_changes import write_changes
    from ...editing.transition import StatusChange
    from ...editing.transition_plan import plan_transition
    from ...lint.reporters import text
    from ...lint.reporters.context import ReportContext

    today = options.today()
    given: dict[Role, str | None] = {"discussion": discussions_to, "upstream": upstream}
    urls = {role: url for role, url in given.items() if url}
    day = _parse_day(on, today)
    change = StatusChange(number, status, today, resolution, by, urls, day, why)
    changes, result = plan_transition(repository, change)
    if result.fails():
        click.echo(text.render(_obstacles(result), ReportContext(command="")), nl=False)
        click.echo("fep: nothing was changed", err=True)
        return 1
    output.write_diffs(changes)
    if not dry_run:
        write_changes(repository, changes)
    options.report_changes(changes.texts, dry_run=dry_run)
    return 0


def _obstacles(result: CheckResult) -> CheckResult:
    """Return the findings that have to be settled.

    If the transition is not allowed, the headers that its status would need do not matter yet.
    """
    is_allowed = not any(found.code in FORBIDDING for found in result.diagnostics)
    findings = tuple(d for d in result.diagnostics if is_allowed or d.code.startswith("T"))
    return result._replace(diagnostics=findings)


def _parse_day(text: str | None, today: date) -> date:
    """Return the day of ``--on``, or today.

    :raises click.UsageError: if *text* is no date, or is in the future
    """
    if text is None:
        return today
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise click.UsageError(f"--on {text} is not a date; write it like {today}") from None
    if day > today:
        raise click.UsageError(f"--on {text} is in the future; use {today} or an earlier date")
    return day
