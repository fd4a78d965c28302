"""Options that mean the same in every command, and the values that they stand for."""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Callable, Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any, TYPE_CHECKING

import click

from .._clock import today as today
from . import completions
from .repositories import find_root as find_root
from .repositories import open_repository as open_repository

if TYPE_CHECKING:
    from ..lint.rule import Rule
    from ..repository import Repository

Decorated = Callable[..., Any]


def repository_options(command: Decorated) -> Decorated:
    """Add ``--root``, ``--process`` and ``--no-cache``, for :func:`open_repository`."""
    for name, settings in _REPOSITORY_OPTIONS.items():
        command = click.option(name, **settings)(command)
    return command


# click shows options in the reverse order of their decorators. They are eager because the number
# of a proposal is read in the repository that they name.
_REPOSITORY_OPTIONS: dict[str, dict[str, Any]] = {
    "--no-cache": {"is_flag": True, "is_eager": True, "help": "Do not read or write .fep_cache."},
    "--process": {
        "is_eager": True,
        "metavar": "FILE|NAME",
        "shell_complete": completions.process,
        "help": "Process file, or the name of a built-in process such as pep.",
    },
    "--root": {
        "is_eager": True,
        "type": click.Path(path_type=Path),
        "help": "Repository root (default: the nearest parent that has fep/process.toml).",
    },
}


def pass_repository(command: Decorated) -> Decorated:
    """Add the repository options, and pass the opened repository as the first argument."""

    @functools.wraps(command)
    def with_repository(
        *args: Any, root: Path | None, process: str | None, no_cache: bool, **kwargs: Any
    ) -> Any:
        return command(open_repository(root, process, no_cache), *args, **kwargs)

    return repository_options(with_repository)


def pass_rules(command: Decorated) -> Decorated:
    """Add the repository options, and pass every rule as the first argument.

    The rules have the levels of the repository; outside of one, those of the tool.
    """

    @functools.wraps(command)
    def with_rules(
        *args: Any, root: Path | None, process: str | None, no_cache: bool, **kwargs: Any
    ) -> Any:
        return command(_rules(root, process), *args, **kwargs)

    return repository_options(with_rules)


def _rules(root: Path | None, process: str | None) -> tuple[Rule, ...]:
    from .._text import safe
    from ..errors import FepError, RepositoryError
    from ..lint.registry import all_rules

    try:
        return open_repository(root, process, no_cache=True).rules()
    except FepError as problem:
        if root is not None or process is not None:
            raise
        # A rule can be looked up while the process is being corrected.
        if not isinstance(problem, RepositoryError):
            click.echo(
                f"fep: the levels are those of the tool: {safe(str(problem), None)}", err=True
            )
        return all_rules()


def base(command: Decorated) -> Decorated:
    """Add ``--base``."""
    text = "Report and fail only on findings introduced since REF."
    complete = completions.revision
    return click.option("--base", metavar="REF", help=text, shell_complete=complete)(command)


def strict(command: Decorated) -> Decorated:
    """Add ``--strict``."""
    return click.option("--strict", is_flag=True, help="Treat warnings as errors.")(command)


def conf(command: Decorated) -> Decorated:
    """Add ``--conf``."""
    text = "Run the repository's conf.py even if it does not name fep_tools.site."
    return click.option("--conf", is_flag=True, help=text)(command)


def jobs(command: Decorated) -> Decorated:
    """Add ``--jobs``; commands replace 0 by the number of cores."""
    return click.option(
        "--jobs",
        type=click.IntRange(min=0),
        default=0,
        metavar="N",
        help="Number of worker processes (0: one per core).",
    )(command)


def dry_run(command: Decorated) -> Decorated:
    """Add ``--dry-run``."""
    text = "Show what would change, and change nothing."
    return click.option("--dry-run", is_flag=True, help=text)(command)


def report_changes(paths: Iterable[str], *, dry_run: bool) -> None:
    """Print which files were changed to standard error.

    The diff on standard output is the same with ``--dry-run`` and without.
    """
    from .._text import safe

    for path in paths if not dry_run else ():
        click.echo(f"fep: {safe(path, None)}: changed", err=True)
    if dry_run:
        click.echo("fep: nothing was changed (dry run)", err=True)


def report_unknown_numbers(repository: Repository) -> None:
    """Say on standard error that the history does not show all numbers that were used before."""
    if repository.is_shallow:
        click.echo(
            "fep: the clone is shallow, so numbers of removed proposals are not known; "
            "run: git fetch --unshallow",
            err=True,
        )


def author(command: Decorated) -> Decorated:
    """Add ``--author``, for :func:`required_author`."""
    text = "Author of the proposal (default: $FEP_AUTHOR, or the author of your commits in git)."
    return click.option("--author", metavar="NAME", help=text)(command)


def color(command: Decorated) -> Decorated:
    """Add ``--color``, which overrides NO_COLOR, FORCE_COLOR and the terminal."""
    return click.option(
        "--color",
        type=click.Choice(["auto", "always", "never"]),
        default="auto",
        help="Colour the output (default: on a terminal).",
    )(command)


def output_format(*choices: str) -> Callable[[Decorated], Decorated]:
    """Add ``--format``, passed as *format_*; the first of *choices* is the default."""
    return click.option(
        "--format",
        "format_",
        type=click.Choice(choices),
        default=choices[0],
        help=f"Output format (default: {choices[0]}).",
    )


def path_inside(root: Path, path: str) -> str:
    """Return *path*, as typed, relative to *root* and with ``/`` between its parts.

    :raises click.UsageError: if it is not below *root*
    """
    from .._files import path_below

    inside = path_below(root, Path(path))
    if inside is None:
        raise click.UsageError(f"{path} is not inside {root}; name a file in the repository")
    return inside


def relative_to_cwd(path: Path) -> Path:
    """Return *path*, as typed, relative to the current directory if it is below it, or absolute.

    Files are written through no link below the current directory, which
    :func:`fep_tools._atomic.write_output` can only see in a relative path. A shell does not
    replace the ``~`` of ``--output=~/site``.
    """
    here = Path.cwd()
    named = Path(os.path.normpath(here / os.path.expanduser(path)))
    return named.relative_to(here) if named.is_relative_to(here) else named


def split_codes(values: tuple[str, ...]) -> tuple[str, ...]:
    """Return the codes of a repeatable option whose values may hold commas.

    >>> split_codes(("H,S", "header-date"))
    ('H', 'S', 'header-date')
    """
    return tuple(code.strip() for value in values for code in value.split(",") if code.strip())


def author_day() -> date:
    """Return today's date where the author is, or the one that ``SOURCE_DATE_EPOCH`` sets."""
    is_set = os.environ.get("SOURCE_DATE_EPOCH", "").strip()
    return today() if is_set else datetime.now().astimezone().date()


def required_author(value: str | None, directory: Path) -> tuple[str, str]:
    """Return the author: ``--author``, ``FEP_AUTHOR``, or the author of commits in *directory*.

    :return: the name, and the e-mail address if git has one
    :raises click.UsageError: if none of them is set
    """
    name, email = default_author(value, directory)
    if not name:
        raise click.UsageError(
            'no author; use --author "Ada Lovelace", set FEP_AUTHOR, '
            'or run git config --global user.name "Ada Lovelace"'
        )
    return name, email


def default_author(value: str | None, directory: Path) -> tuple[str, str]:
    """Return the author as :func:`required_author` does; empty texts if there is none."""
    if name := value or os.environ.get("FEP_AUTHOR"):
        return name, ""
    from ..history.identity import author_identity

    return author_identity(directory)


def use_color(choice: str) -> bool:
    """Return whether to colour standard output, given the value of ``--color``."""
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb"
