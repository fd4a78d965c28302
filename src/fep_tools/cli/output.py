"""The report formats of a check, and the files that reports are written to."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from typing import NamedTuple, TextIO, TYPE_CHECKING

import click

from .._text import did_you_mean, safe
from . import completions, options, terminal
from .storage import is_ci

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from ..diagnostics import CheckResult
    from ..editing.file_changes import FileChanges
    from ..lint.reporters.context import ReportContext
    from ..repository import Repository

Reporter = Callable[["CheckResult", "ReportContext"], str]


class ReportTarget(NamedTuple):
    """A report to write, and a file or ``None`` for standard output.

    :param format: a key of :data:`FORMATS`, or a format of a plugin
    """

    format: str
    file: Path | None
    reporter: Reporter


def _reporter(module: str, function: str = "render") -> Reporter:
    """Return a reporter that imports its module when it is called."""

    def render(result: CheckResult, context: ReportContext) -> str:
        reporter = import_module(f"..lint.reporters.{module}", __package__)
        text: str = getattr(reporter, function)(result, context)
        return text

    return render


FORMATS: dict[str, Reporter] = {
    "text": _reporter("text"),
    "concise": _reporter("concise"),
    "github": _reporter("github"),
    "gitlab": _reporter("gitlab"),
    "json": _reporter("json"),
    "json-lines": _reporter("json", "render_lines"),
    "junit": _reporter("junit"),
    "markdown": _reporter("markdown"),
    "rdjson": _reporter("rdjson"),
    "rdjsonl": _reporter("rdjson", "render_lines"),
    "sarif": _reporter("sarif"),
}
"""The formats that ``--format`` accepts."""


def write_diff(path: str, before: str, after: str, old_path: str | None = None) -> None:
    """Write the diff of a file to standard output, for ``git apply``.

    On a terminal, and in the log of a CI run, what these would obey is shown as an escape.

    :param old_path: the path before the change, if the file is renamed
    """
    from .._diff import printable, unified_diff

    diff = unified_diff(path, before, after, old_path)
    if _is_log(sys.stdout):
        diff = printable(diff)
    sys.stdout.flush()
    sys.stdout.buffer.write(diff.encode("utf-8", "backslashreplace"))
    sys.stdout.buffer.flush()


def write_diffs(changes: FileChanges) -> None:
    """Write the diffs of all files, then a line for each that moves."""
    for path, text in changes.texts.items():
        old_path = changes.old_paths.get(path, path)
        write_diff(path, changes.before[old_path], text, old_path)
    for before, after in changes.moved.items():
        click.echo(f"{safe(before, None)} -> {safe(after, None)}")


def _is_log(stream: TextIO) -> bool:
    """Return whether what is written to *stream* is shown, and not only stored."""
    try:
        if stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
            return False
    except (OSError, ValueError):  # a stream in memory
        pass
    return stream.isatty() or is_ci()


def _complete_format(
    _context: click.Context, _parameter: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    return completions.matching(((name, "") for name in FORMATS), incomplete)


def format_option(command: Callable[..., object]) -> Callable[..., object]:
    """Add ``--format NAME[:FILE]``, passed as *formats*, for :func:`parse_targets`."""
    return click.option(
        "--format",
        "formats",
        multiple=True,
        metavar="NAME[:FILE]",
        shell_complete=_complete_format,
        help=f"Report format: {', '.join(FORMATS)}. Repeat it to write several, each to a FILE.",
    )(command)


def parse_targets(
    values: tuple[str, ...], own: Callable[[], Mapping[str, Reporter]] = dict
) -> list[ReportTarget]:
    """Parse values such as ``text`` and ``sarif:fep.sarif``; none of them means ``text``.

    :param own: returns the formats of the repository's plugins
    :raises click.UsageError: if a format is unknown or two want standard output
    """
    targets = [_parse_target(value, own) for value in values or ("text",)]
    if sum(target.file is None for target in targets) > 1:
        raise click.UsageError(
            "only one format can go to standard output; "
            "give the others a file, such as json:fep.json"
        )
    return targets


def require_other_files(targets: list[ReportTarget], repository: Repository) -> None:
    """Check that no report takes the place of a proposal, or of another file that is checked.

    :raises click.UsageError: if one would
    """
    root = Path(os.path.realpath(repository.root))
    for file in (Path(os.path.realpath(target.file)) for target in targets if target.file):
        path = file.relative_to(root).as_posix() if file.is_relative_to(root) else ""
        if path in repository.sources or file == Path(os.path.realpath(repository.process_name)):
            name = safe(path or str(file))
            raise click.UsageError(f"{name} is checked; write the report to another file")


def _parse_target(value: str, own: Callable[[], Mapping[str, Reporter]]) -> ReportTarget:
    name, _, file = value.partition(":")
    formats = FORMATS if name in FORMATS else {**own(), **FORMATS}
    if name not in formats:
        hint = did_you_mean(name, formats)
        raise click.UsageError(f"there is no format {name}; {hint}")
    return ReportTarget(name, options.relative_to_cwd(Path(file)) if file else None, formats[name])


def write_reports(
    result: CheckResult,
    targets: list[ReportTarget],
    context: ReportContext,
    *,
    color: bool,
    to_stderr: bool = False,
) -> None:
    """Write *result* to every target.

    :param color: colour what goes to a stream; files never have colours
    :param to_stderr: use standard error for standard output, which carries something else
    """
    for target in targets:
        is_shown = target.file is None
        target_context = context._replace(
            color=color and is_shown,
            columns=terminal.columns(err=to_stderr) if is_shown else None,
        )
        report = target.reporter(result, target_context)
        if target.file is None:
            click.echo(report, nl=False, color=True, err=to_stderr)
        else:
            from .. import _atomic

            _atomic.write_output(target.file, report.encode())
        if target.format == "github":
            _append_job_summary(FORMATS["markdown"](result, context))


def _append_job_summary(markdown: str) -> None:
    """Append *markdown* to the job summary of GitHub Actions, if this is a job there.

    See https://docs.github.com/actions/reference/workflow-commands-for-github-actions.
    """
    file = os.environ.get("GITHUB_STEP_SUMMARY")
    if file:
        with open(file, "a", encoding="utf-8", newline="\n") as summary:
            summary.write(markdown)


def prefix_from_git_root(root: Path) -> str:
    """Return the path from the root of the git repository to *root*.

    CI systems expect paths from the git root. The result is empty or ends with ``/``.
    """
    from .._files import find_git_root

    real_root = Path(os.path.realpath(root))
    path = real_root.relative_to(find_git_root(root) or real_root).as_posix()
    return "" if path == "." else f"{path}/"
