"""``fep adopt``"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from .. import options

if TYPE_CHECKING:
    from ...diagnostics import CheckResult

PROCESS_FILE = "fep/process.toml"


@click.command()
@click.argument(
    "directory",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    default=".",
    metavar="[DIR]",
)
@options.dry_run
def command(directory: Path, dry_run: bool) -> None:
    """Write a process file for the proposals that DIR already has.

    It is inferred from the names and the headers of the files and from their history in git.
    Comments in it give the evidence. Nothing else is written, and no existing file is changed.

    \b
    Examples:
      fep adopt
      fep adopt ~/src/rep --dry-run
    """
    from ... import _atomic
    from ..._cache import Cache
    from ...diagnostics import CheckOptions
    from ...editing.adoption.infer import infer_process
    from ...editing.adoption.tables import process_text
    from ...errors import RepositoryError
    from ...repository import Repository

    if not dry_run and (directory / PROCESS_FILE).exists():
        raise RepositoryError(
            f"{directory / PROCESS_FILE} already exists; use --dry-run to print another one"
        )
    text = process_text(infer_process(directory, Cache(None)))
    if dry_run:
        click.echo(text, nl=False)
        return
    if not _atomic.create(directory, PROCESS_FILE, text.encode()):
        raise RepositoryError(f"{directory / PROCESS_FILE} already exists; nothing was written")
    click.echo(f"{directory / PROCESS_FILE} written")
    result = Repository.open(directory).check(CheckOptions(options.today()))
    click.echo(summary(result), nl=False)
    click.echo(next_steps(directory), nl=False, err=True)


def next_steps(directory: Path) -> str:
    """Return what to do with the process file that was written."""
    from ...editing.scaffold import missing_ignores

    steps = [
        "read its comments, correct it, and run: fep check; fep explain CODE explains a rule",
        "build the site and look at it: fep preview",
        "let CI check pull requests: fep init adds a workflow",
    ]
    lines = missing_ignores(directory) if (directory / ".gitignore").exists() else ()
    if lines:  # fep init writes the whole file if there is none
        steps.insert(1, f"add to .gitignore the lines {' and '.join(lines)}")
    return "Next:\n" + "".join(f"  {n}. {step}\n" for n, step in enumerate(steps, 1))


def summary(result: CheckResult) -> str:
    """Return how many findings there are of each rule, the most frequent first."""
    from collections import Counter

    from ...lint.registry import find_rule
    from ...lint.reporters import text

    counts = Counter(diagnostic.code for diagnostic in result.diagnostics)
    lines = [text.summary(result)]
    for code, count in counts.most_common():
        rule = find_rule(code)
        lines.append(f"{count:6}  {code}  {rule.plain_summary if rule else ''}".rstrip())
    return "\n".join(lines) + "\n"
