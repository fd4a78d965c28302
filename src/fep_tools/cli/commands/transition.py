"""``fep transition``"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from .. import options, output, params

if TYPE_CHECKING:
    from ...diagnostics import CheckResult
    from ...repository import Repository


@click.command()
@click.argument("number", type=params.NUMBER)
@click.argument("status", type=params.StatusName())
@click.option("--resolution", metavar="URL", help="URL of the decision.")
@click.option("--by", type=params.NUMBER, metavar="N", help="Number of the superseding proposal.")
@options.dry_run
@options.pass_repository
def command(
    repository: Repository,
    number: int,
    status: str,
    resolution: str | None,
    by: int | None,
    dry_run: bool,
) -> int:
    """Move proposal NUMBER to STATUS and edit its headers.

    Nothing is changed if `fep check --base` would reject the change.

    \b
    Examples:
      fep transition 12 Review --dry-run
      fep transition 12 Accepted --resolution https://example.org/thread/7
      fep transition 12 Superseded --by 11
    """
    from ...editing.transition import plan_transition, StatusChange, write_transition
    from ...lint.reporters import text
    from ...lint.reporters.context import ReportContext

    change = StatusChange(number, status, options.today(), resolution, by)
    texts, result = plan_transition(repository, change)
    if result.fails():
        click.echo(
            text.render(_transition_findings_first(result), ReportContext(command="")), nl=False
        )
        click.echo("fep: nothing was changed", err=True)
        return 1
    for path, new_text in texts.items():
        output.write_diff(path, repository.text(path), new_text)
    if not dry_run:
        write_transition(repository, texts)
    options.report_changes(texts, dry_run=dry_run)
    return 0


def _transition_findings_first(result: CheckResult) -> CheckResult:
    """Return only the findings on the transition itself, if there are any.

    If it is not allowed, the headers that the new status would need do not matter yet.
    """
    findings = tuple(found for found in result.diagnostics if found.code.startswith("T"))
    return result._replace(diagnostics=findings) if findings else result
