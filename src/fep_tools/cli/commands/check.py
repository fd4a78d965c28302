"""``fep check``"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import click

from ..._progress import observed
from .. import completions, options, output, streams, terminal

if TYPE_CHECKING:
    from ..._files import FileContent
    from ...diagnostics import CheckOptions
    from ...lint.reporters.context import ReportContext
    from ...repository import Repository


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH|-]...")
@options.pass_repository
@options.base
@click.option(
    "--select",
    multiple=True,
    metavar="CODES",
    shell_complete=completions.rules,
    help="Run only these rules: codes, prefixes or names, such as H103,L,header-date, or ALL.",
)
@click.option(
    "--ignore",
    multiple=True,
    metavar="CODES",
    shell_complete=completions.rules,
    help="Do not run these rules.",
)
@output.format_option
@click.option("--fix", is_flag=True, help="Apply fixes, then report the remaining findings.")
@click.option("--diff", is_flag=True, help="Show what --fix would change, and change nothing.")
@click.option("--exit-zero", is_flag=True, help="Exit with 0 even if there are findings.")
@options.strict
@click.option("--no-baseline", is_flag=True, help="Report the findings in the baseline as well.")
@click.option(
    "--stdin-filename",
    metavar="NAME",
    default="<stdin>",
    help="Path of the proposal on standard input, from the current directory.",
)
@options.jobs
@options.color
def command(
    repository: Repository, paths: tuple[str, ...], base: str | None, select: tuple[str, ...],
    ignore: tuple[str, ...], formats: tuple[str, ...], fix: bool, diff: bool, exit_zero: bool,
    strict: bool, no_baseline: bool, stdin_filename: str, jobs: int, color: str,
) -> int:  # fmt: skip
    """Check all proposals, or the files at PATH.

    PATH may be a directory, or - for a proposal on standard input. The exit status is 1 if
    there are errors; with --strict, also if there are warnings.

    \b
    Examples:
      fep check
      fep check proposals/fep-0011.rst --format json
      fep check --base origin/main
      fep check --select H,S,L --ignore header-order
    """
    from ...diagnostics import CheckOptions

    if base is not None:
        repository = repository.with_plugins_of(base)
    targets = output.parse_targets(formats, repository.reporters)
    output.require_other_files(targets, repository)
    if not paths and base is None:
        repository.require_proposals()
    stdin_filename = _path_of_stdin(repository, stdin_filename)
    removed = _removed_paths(repository, base) if base is not None and paths else set()
    extra_sources = _extra_sources(repository, paths, stdin_filename, removed)
    sources = repository.tree.as_stored(extra_sources)
    check_options = CheckOptions(
        today=options.today(),
        paths=_selected_paths(repository, paths, sources, removed),
        select=options.split_codes(select),
        ignore=options.split_codes(ignore),
        jobs=jobs,
        baseline=not no_baseline,
    )
    if diff:
        return _print_fixes(repository, check_options, sources, base)
    fixes_stdin = fix and "-" in paths
    if fix:
        from ...repository.rewriting import rewrite

        # The text on standard input is written to standard output, not to a file.
        streamed = {stdin_filename} if fixes_stdin else ()
        fixed = repository.fixed_texts(check_options, sources, base)
        accepting = repository.with_fixed_baseline(check_options, fixed, sources)
        texts = {path: text for path, text in fixed.items() if path not in streamed}
        before = {path: _current_text(repository, sources, path) for path in texts}
        if accepting is not repository and not fixes_stdin:
            baseline = repository.settings.baseline
            texts[baseline], before[baseline] = accepting.baseline_text, repository.baseline_text
        rewrite(repository.tree, texts, before)
        repository = accepting
        sources |= {path: text.encode() for path, text in fixed.items()}
    if fixes_stdin:
        # Standard output carries the fixed proposal, so the report goes to standard error.
        fixed_stdin = _as_bytes(sources[stdin_filename])
        if (
            extra_sources[stdin_filename]
            != repository.tree.as_stored(extra_sources)[stdin_filename]
        ):
            fixed_stdin = fixed_stdin.replace(b"\n", b"\r\n")
        sys.stdout.buffer.write(fixed_stdin)
    status = check_and_report(
        repository, check_options, sources, base=base, targets=targets, strict=strict,
        color=color, to_stderr=fixes_stdin,
    )  # fmt: skip
    if not paths and base is None:
        _name_unread_files(repository)
    return 0 if exit_zero else status


def _name_unread_files(repository: Repository) -> None:
    from ..._text import safe
    from ...repository.unread_files import note_on_unread

    for note in note_on_unread(repository):
        click.echo(f"fep: {safe(note, None)}", err=True)


def check_and_report(
    repository: Repository,
    check_options: CheckOptions,
    sources: Mapping[str, FileContent],
    *,
    base: str | None,
    targets: list[output.ReportTarget],
    strict: bool,
    color: str,
    to_stderr: bool = False,
) -> int:
    """Check, write the reports and return the exit status.

    :param sources: files to check that the repository does not have or has differently, by path
    :param to_stderr: see :func:`fep_tools.cli.output.write_reports`
    """
    from ..._text import safe

    progress = terminal.Progress()
    with observed(progress.count):
        result = repository.check(check_options, base=base, overrides=sources)
    progress.clear()
    repository.require_templates()
    for note in result.notes:
        click.echo(f"fep: {safe(note, None)}", err=True)
    context = _report_context(repository, sources)
    output.write_reports(
        result, targets, context, color=options.use_color(color), to_stderr=to_stderr
    )
    if result.notes and _misses_parser(result.notes):
        return 2  # nothing is known about these texts
    return int(result.fails(strict=strict or repository.settings.strict))


def _misses_parser(notes: Iterable[str]) -> bool:
    """Return whether texts were not checked because the extra for Markdown is not installed."""
    from ...proposals.body import MARKDOWN_MISSING

    return any(note.endswith(MARKDOWN_MISSING) for note in notes)


def _path_of_stdin(repository: Repository, name: str) -> str:
    """Return the path of the proposal on standard input, from the repository root.

    :param name: the value of ``--stdin-filename``. A name such as ``<buffer>`` is no path.
    :raises click.UsageError: if it is not in the repository
    """
    if name.startswith("<"):
        return name
    path = options.path_inside(repository.root, name)
    # Reports name files from the root, wherever the command runs.
    return name if path not in repository.paths and name in repository.paths else path


def _removed_paths(repository: Repository, base: str) -> set[str]:
    """Return the paths of the proposals of a base that are no longer there."""
    before = repository.paths_at(repository.git.merge_base(base))
    return before.difference(repository.paths)


def _extra_sources(
    repository: Repository, paths: tuple[str, ...], stdin_filename: str, removed: set[str]
) -> dict[str, FileContent]:
    """Read the files to check that are not among the repository's proposals, by path.

    :param removed: paths of files that were removed, so that they need not exist
    :raises click.UsageError: if a file does not exist
    """
    from ..._files import read_file

    sources: dict[str, FileContent] = {}
    for path in paths:
        if path == "-":
            sources[stdin_filename] = streams.read_proposal()
            continue
        name = options.path_inside(repository.root, path)
        if name in repository.paths or (repository.root / name).is_dir() or name in removed:
            continue
        if not os.path.lexists(repository.root / name):
            raise click.UsageError(f"{path} does not exist")
        sources[name] = read_file(repository.root, name)
    return sources


def _selected_paths(
    repository: Repository,
    paths: tuple[str, ...],
    sources: Mapping[str, FileContent],
    removed: set[str],
) -> tuple[str, ...]:
    """Return the paths to check; a directory stands for the proposals in it.

    :param removed: paths of proposals that were in the base
    :raises click.UsageError: if *paths* hold no proposal
    """
    selected = dict.fromkeys(sources)
    for path in paths:
        name = options.path_inside(repository.root, path) if path != "-" else ""
        directory = "" if name == "." else f"{name}/"
        selected |= dict.fromkeys(
            proposal
            for proposal in (*repository.paths, *sorted(removed))
            if proposal == name or proposal.startswith(directory)
        )
    if paths and not selected:
        raise click.UsageError(f"there are no proposals in {', '.join(paths)}")
    return tuple(selected)


def _print_fixes(
    repository: Repository,
    check_options: CheckOptions,
    sources: Mapping[str, FileContent],
    base: str | None,
) -> int:
    """Print a diff of what fixes would change, and return 1 if there is anything."""
    fixed = repository.fixed_texts(check_options, sources, base)
    for path, text in fixed.items():
        output.write_diff(path, _current_text(repository, sources, path), text)
    accepting = repository.with_fixed_baseline(check_options, fixed, sources)
    if accepting is not repository:
        name = repository.settings.baseline
        output.write_diff(name, repository.baseline_text, accepting.baseline_text)
    if not fixed:
        click.echo("fep: nothing to fix automatically", err=True)
    return int(bool(fixed))


def _current_text(repository: Repository, sources: Mapping[str, FileContent], path: str) -> str:
    if path in sources:
        return _as_bytes(sources[path]).decode("utf-8", "replace")
    return repository.text(path)


def _as_bytes(source: FileContent) -> bytes:
    return source if isinstance(source, bytes) else b""


def _report_context(repository: Repository, sources: Mapping[str, FileContent]) -> ReportContext:
    from ..._version import __version__
    from ...lint.reporters.context import ReportContext

    return ReportContext(
        __version__,
        repository.settings.rules_url,
        output.prefix_from_git_root(repository.root),
        lambda path: _current_text(repository, sources, path),
        _command_line(),
        repository.rules,
    )


def _command_line() -> str:
    """Return the ``fep check`` command that checks the same repository again."""
    from shlex import quote

    params = click.get_current_context().params
    names = [name for name in ("root", "process") if params.get(name)]
    return " ".join(["fep check", *(f"--{name} {quote(str(params[name]))}" for name in names)])
