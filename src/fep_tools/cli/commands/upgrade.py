"""``fep upgrade``"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .. import options, output, params

if TYPE_CHECKING:
    from ...diagnostics import CheckResult, Diagnostic
    from ...extensions.symbols import SymbolChange
    from ...extensions.upgrade import ChangesFile, UpgradeEffect


@click.command()
@click.argument(
    "paths", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True),
    metavar="PATH...",
)  # fmt: skip
@click.option(
    "--from",
    "before",
    required=True,
    metavar="V",
    type=params.VERSION,
    help="Version it works with.",
)
@click.option(
    "--to", "after", required=True, metavar="V", type=params.VERSION, help="Version to upgrade to."
)
@click.option(
    "--changes", "file", type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="FILE", help="The site's api/changes.json, in place of a repository.",
)  # fmt: skip
@options.jobs
@options.color
@output.format_option
@options.repository_options
def command(
    paths: tuple[Path, ...], before: str, after: str, file: Path | None, jobs: int, color: str,
    formats: tuple[str, ...], root: Path | None, process: str | None, no_cache: bool,
) -> int:  # fmt: skip
    """Find what breaks in your application when you upgrade Flask.

    PATH is a directory, a Python file, or a file of requirements such as requirements.txt, whose
    pinned distributions are downloaded and read. Code is read, never run. The exit status is 1
    if something breaks, and 2 if nothing breaks, but something could not be read.

    \b
    Examples:
      fep upgrade --from 2.2 --to 3.1 .
      fep upgrade --from 2.2 --to 3.1 --changes changes.json src requirements.txt
    """
    from ..._text import safe
    from ..._version import __version__
    from ...extensions.upgrade import relevant_changes
    from ...lint.reporters.context import ReportContext

    targets = output.parse_targets(formats)
    changes = _read_changes(file) if file else _own_changes(root, process, no_cache)
    states = relevant_changes((each.to_change() for each in changes.changes), before, after)
    result = _scan(paths, changes, states, (root, process, no_cache), jobs)
    for note in result.notes:
        click.echo(f"fep: {safe(note, None)}", err=True)
    context = ReportContext(__version__, command="", rules=list, explains=False)
    output.write_reports(result, targets, context, color=options.use_color(color))
    return 1 if result.fails() else 0 if result.complete else 2


def _read_changes(file: Path) -> ChangesFile:
    from ...errors import FepError
    from ...extensions.upgrade import ChangesFile

    try:
        return ChangesFile.parse(file.read_bytes())
    except ValueError as problem:
        raise FepError(f"{file}: {problem}") from None


def _own_changes(root: Path | None, process: str | None, no_cache: bool) -> ChangesFile:
    from ...catalog.build import plain_title
    from ...catalog.changes import changes_file
    from ...errors import NoProcessError

    try:
        repository = options.open_repository(root, process, no_cache)
    except NoProcessError as problem:
        where = str(problem).partition(";")[0]
        raise NoProcessError(
            f"{where}; name a repository of proposals with --root, or the file api/changes.json of "
            "its site with --changes"
        ) from None
    corpus = repository.corpus(bodies=False)
    process_ = repository.process
    titles = {p.number: plain_title(p, process_) for p in corpus if p.number is not None}
    return changes_file(corpus, process_, process_.url.format, titles)


def _scan(
    paths: tuple[Path, ...], changes: ChangesFile, states: Mapping[SymbolChange, UpgradeEffect],
    where: tuple[Path | None, str | None, bool], jobs: int,
) -> CheckResult:  # fmt: skip
    from ...diagnostics import CheckResult
    from ...extensions.programs import read_program
    from ...extensions.scan import scan_sources
    from ...extensions.upgrade import find_breaks

    symbols = sorted({change.symbol for change in states})
    helps = {
        each.number: f"read {changes.process} {each.number}"
        + (f", {each.title}" if each.title else "")
        + (f": {each.url}" if each.url else "")
        for each in changes.changes
    }
    diagnostics: list[Diagnostic] = []
    notes: list[str] = []
    files = 0
    for path in paths:
        if path.is_file() and path.suffix != ".py":
            from ._pins import scan_pins

            sources, found, problems = scan_pins(path, symbols, jobs)
        else:
            sources, unread = read_program(path)
            found = scan_sources(sources, symbols)
            problems = [f"{u.path}: not read: {u.reason}" for u in (*unread, *found.unread)]
        files += found.files
        notes += problems
        diagnostics += find_breaks(found, states, changes.process, helps, sources)
    return CheckResult(
        process=changes.process,
        files=files,
        diagnostics=tuple(sorted(diagnostics, key=lambda each: each.sort_key)),
        complete=not notes,
        notes=tuple(notes),
    )
