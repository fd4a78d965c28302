"""``fep transition``"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from .. import options, params

if TYPE_CHECKING:
    from ...diagnostics import CheckResult


def _first_of_all(verdict: CheckResult) -> CheckResult:
    """What is wrong with the step itself, if it is; what it would need is told after that."""
    steps = tuple(told for told in verdict.diagnostics if told.code.startswith("T"))
    return verdict._replace(diagnostics=steps) if steps else verdict


@click.command()
@click.argument("number", type=params.NUMBER)
@click.argument("status", type=params.StatusName())
@click.option("--resolution", metavar="URL", help="Where it was decided.")
@click.option(
    "--by", type=params.NUMBER, metavar="N", help="The proposal that supersedes this one."
)
@click.option("--dry-run", is_flag=True, help="Show what would change, and change nothing.")
@options.repository
def command(
    number: int,
    status: str,
    resolution: str | None,
    by: int | None,
    dry_run: bool,
    root: Path | None,
    process: str | None,
    no_cache: bool,
) -> int:
    """Move proposal NUMBER to STATUS, with every edit that goes with the step.

    What the check of a pull request would refuse is refused here.

    \b
    Examples:
      fep transition 12 Review --dry-run
      fep transition 12 Accepted --resolution https://example.org/thread/7
      fep transition 12 Superseded --by 11
    """
    from ... import _atomic
    from ...editing import operations
    from ...editing.transition import StatusChange
    from ...lint.reporters import text

    repository = options.open_repository(root, process, no_cache)
    step = StatusChange(number, status, options.today(), resolution, by)
    texts, verdict = operations.plan_transition(repository, step)
    if verdict.fails():
        click.echo(text.render(_first_of_all(verdict), again=""), nl=False)
        click.echo("fep: nothing was changed", err=True)
        return 1
    for path, new in texts.items():
        click.echo(_atomic.unified_diff(path, repository.text(path), new), nl=False)
    if not dry_run:
        for path, new in texts.items():
            _atomic.replace(repository.root, path, new.encode())
    return 0
