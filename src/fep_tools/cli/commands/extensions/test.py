"""``fep extensions test``"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING

import click

from ... import options, params
from ...terminal import report
from ..notes import allow_unsandboxed
from . import _scans
from ._engine import engine_options, open_engine

if TYPE_CHECKING:
    from ....extensions.model import Extension, ExtensionList
    from ....extensions.tests import Target
    from ....repository import Repository


@click.command()
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option(
    "--flask",
    required=True,
    metavar="V",
    type=params.VERSION,
    help="Version of Flask to test with.",
)
@click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="Use releases up to the end of DATE (default: today).",
)
@click.option(
    "--against",
    metavar="V[@DATE]",
    help="Compare with version V of Flask, and with the releases up to DATE.",
)
@click.option("--save", is_flag=True, help="Save the results in fep/extensions/.")
@allow_unsandboxed
@engine_options
@options.output_format("text", "json")
@options.pass_repository
def command(
    repository: Repository, names: tuple[str, ...], flask: str, as_of: datetime | None,
    against: str | None, save: bool, allow_unsandboxed: bool, jobs: int, dask: str | None,
    format_: str,
) -> int:  # fmt: skip
    """Import extensions and make an application with each, in a sandbox.

    NAME is an extension of fep/extensions.toml, such as Flask-Login, or a version of one, such as
    Flask-Login==0.6.2. Without NAME, all are tested. Each has an environment of its own, with
    wheels only. With --against, the exit status is 1 if the newer Flask broke something;
    without, if something breaks. It is 2 if an extension could not be tried.

    \b
    Examples:
      fep extensions test --flask 3.1.2
      fep extensions test --flask 3.0.0 --as-of 2023-09-30 Flask-Login==0.6.2
      fep extensions test --flask 3.0.0 --against 2.3.3@2023-09-29 --as-of 2023-09-30
    """
    from .... import _atomic
    from ....extensions import locks, tests
    from ....extensions.results import report_path
    from ....sandbox import isolation
    from ...render import extension_tests

    if save and names:
        raise click.UsageError("--save is for the results of all extensions; leave out NAME")
    selected = _select(_scans.watched_extensions(repository), names)
    day = as_of.date() if as_of else options.today()
    target = tests.Target(flask, day)
    older = _parse_against(against, day) if against else None
    if not dask:
        sandbox = isolation.find(unsandboxed=allow_unsandboxed)
        report(f"sandbox: {sandbox.name} ({sandbox.guarantee})")
    plan = tests.Plan(
        extensions=[extension for extension, _version in selected],
        versions={extension.key: version for extension, version in selected},
        target=target,
        python=locks.choose_python(min(day, older.day) if older else day),
        against=older,
        is_past=day < options.today(),
        unsandboxed=allow_unsandboxed,
    )
    engine = open_engine(jobs, dask, threads=True)
    with _scans.progress():
        results = tests.run_tests(plan, engine=engine, cache=repository.cache)
    if save:
        path = report_path(day)
        _atomic.create_or_replace(repository.root, path, results.dump().encode("ascii"))
        report(f"{path}: written")
    click.echo(results.dump() if format_ == "json" else extension_tests.text(results), nl=False)
    return extension_tests.exit_status(results)


def _parse_against(text: str, day: date) -> Target:
    """Return the target that ``2.3.3`` or ``2.3.3@2023-09-29`` names."""
    from ....extensions.tests import Target

    version, at, written = text.partition("@")
    try:
        return Target(version, date.fromisoformat(written) if at else day)
    except ValueError:
        raise click.BadParameter(
            f"{written} is not a date; write it like 2.3.3@2023-09-29", param_hint="--against"
        ) from None


def _select(watched: ExtensionList, names: Iterable[str]) -> list[tuple[Extension, str | None]]:
    """Return the extensions called *names*, or all without names, with the version of each.

    :param names: ``Flask-Login``, or ``Flask-Login==0.6.2``. The version is ``None`` if none is
        given.
    :raises FepError: if one is not watched.
    """
    from ...._text import closest_match, quote, safe
    from ....errors import FepError
    from ....extensions.model import EXTENSIONS_FILE, normalize

    selected: dict[str, tuple[Extension, str | None]] = {}
    for name in names:
        distribution, _, version = name.partition("==")
        extension = watched.by_key.get(normalize(distribution.strip()))
        if extension is None:
            likely = closest_match(normalize(distribution), watched.by_key)
            hint = f"; did you mean {safe(watched.by_key[likely].name)}?" if likely else ""
            raise FepError(f"{EXTENSIONS_FILE} does not list {quote(distribution)}{hint}")
        selected[extension.key] = extension, version.strip() or None
    return list(selected.values()) or [(each, None) for each in watched.extensions]
