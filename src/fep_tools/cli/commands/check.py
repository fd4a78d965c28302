"""``fep check``"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..._files import read_file
from .. import options, output

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ...lint.reporters.context import ReportContext
    from ...proposals.loader import Source
    from ...repository import Repository

CODES = "CODES"


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH|-]...")
@options.repository
@click.option("--base", metavar="REF", help="Tell and fail only for what is new since REF.")
@click.option(
    "--select", multiple=True, metavar=CODES, help="Only these rules: H103,H,header-date,ALL."
)
@click.option("--ignore", multiple=True, metavar=CODES, help="Not these rules.")
@click.option(
    "--format",
    "formats",
    multiple=True,
    metavar="NAME[:FILE]",
    help=f"{', '.join(output.FORMATS)}; may be given again, each for its own file.",
)
@click.option("--fix", is_flag=True, help="Mend what can be mended, then tell what is left.")
@click.option("--diff", is_flag=True, help="Show what --fix would change, and change nothing.")
@click.option("--exit-zero", is_flag=True, help="Exit with 0 whatever was found.")
@click.option("--strict", is_flag=True, help="Let warnings fail the run as well.")
@click.option("--no-baseline", is_flag=True, help="Tell also what the baseline knows.")
@click.option(
    "--stdin-filename",
    metavar="NAME",
    default="<stdin>",
    help="What the proposal on standard input is called.",
)
@click.option(
    "--jobs",
    type=click.IntRange(min=0),
    default=0,
    metavar="N",
    help="Processes that read bodies; 0 for one a core.",
)
@options.color
def command(
    paths: tuple[str, ...], root: Path | None, process: str | None, no_cache: bool,
    base: str | None, select: tuple[str, ...], ignore: tuple[str, ...], formats: tuple[str, ...],
    fix: bool, diff: bool, exit_zero: bool, strict: bool, no_baseline: bool, stdin_filename: str,
    jobs: int, color: str,
) -> int:  # fmt: skip
    """Check all proposals, or those at PATH; - reads one from standard input.

    \b
    Examples:
      fep check
      fep check proposals/fep-0011.rst --format json
      fep check --base origin/main
      fep check --select H,S,L --ignore header-order
    """
    from ..._text import safe
    from ...lint import runner

    repository = options.open_repository(root, process, no_cache)
    wanted = output.parse(formats)
    if not paths and base is None:
        repository.require_proposals()
    given = _given(repository, paths, stdin_filename)
    stdin = stdin_filename if "-" in paths else None
    asked = runner.CheckOptions(
        today=options.today(),
        paths=_chosen(repository, paths, given),
        select=options.codes(select),
        ignore=options.codes(ignore),
        jobs=jobs,
        baseline=not no_baseline,
    )
    if diff:
        return _show(repository, runner.fixes(repository, asked, given), given)
    if fix:
        given |= _mended(repository, runner.fixes(repository, asked, given), stdin)
    if stdin and fix:
        sys.stdout.buffer.write(_bytes(given[stdin]))
    if base is None:
        verdict = runner.check(repository, asked, given)
    else:
        verdict = runner.check_against(repository, asked, base, given)
    for note in verdict.notes:
        click.echo(f"fep: {safe(note, None)}", err=True)
    about = _about(repository, given)
    color_wanted = options.wants_color(color)
    output.tell(verdict, wanted, about, color=color_wanted, err=bool(stdin and fix))
    strict = strict or repository.settings["strict"]
    return 0 if exit_zero else int(verdict.fails(strict=strict))


def _given(repository: Repository, paths: tuple[str, ...], stdin_name: str) -> dict[str, Source]:
    """What is to be checked and does not stand among the proposals, by path."""
    from ..._files import MAX_FILE_BYTES

    found: dict[str, Source] = {}
    for path in paths:
        if path == "-":
            found[stdin_name] = sys.stdin.buffer.read(MAX_FILE_BYTES + 1)
            continue
        name = options.inside(repository.root, path)
        known = name in repository.paths or (repository.root / name).is_dir()
        if not known and not os.path.lexists(repository.root / name):
            raise click.UsageError(f"{path}: there is no such file")
        if not known:
            found[name] = read_file(repository.root, name)
    return found


def _chosen(
    repository: Repository, paths: tuple[str, ...], given: dict[str, Source]
) -> tuple[str, ...]:
    """The paths that are to be checked; a folder stands for the proposals in it."""
    chosen = dict.fromkeys(given)
    for path in paths:
        name = options.inside(repository.root, path) if path != "-" else ""
        folder = "" if name == "." else f"{name}/"
        chosen |= dict.fromkeys(
            known for known in repository.paths if known == name or known.startswith(folder)
        )
    if paths and not chosen:
        raise click.UsageError("there is no proposal in what was named")
    return tuple(chosen)


def _show(repository: Repository, changed: dict[str, str], given: Mapping[str, Source]) -> int:
    """Show how *changed* texts differ from what was there, and whether any does."""
    from ... import _atomic

    for path, text in changed.items():
        click.echo(_atomic.unified_diff(path, _text(repository, given, path), text), nl=False)
    if not changed:
        click.echo("fep: nothing here can be mended by itself", err=True)
    return int(bool(changed))


def _mended(
    repository: Repository, changed: dict[str, str], stdin: str | None
) -> dict[str, Source]:
    """Write *changed* texts where they belong; what came from *stdin* is written by no one."""
    from ... import _atomic

    for path, text in changed.items():
        if path != stdin:
            _atomic.replace(repository.root, path, text.encode())
    return {path: text.encode() for path, text in changed.items()}


def _text(repository: Repository, given: Mapping[str, Source], path: str) -> str:
    """What the file at *path* holds, or what stands for it."""
    return (
        _bytes(given[path]).decode("utf-8", "replace") if path in given else repository.text(path)
    )


def _bytes(source: Source) -> bytes:
    return source if isinstance(source, bytes) else b""


def _again() -> str:
    """The command that judges the same repository again."""
    from shlex import quote

    given = click.get_current_context().params
    names = [name for name in ("root", "process") if given.get(name)]
    return " ".join(["fep check", *(f"--{name} {quote(str(given[name]))}" for name in names)])


def _about(repository: Repository, given: Mapping[str, Source]) -> ReportContext:
    from ... import __version__
    from ...lint.reporters.context import ReportContext

    url, folder = repository.settings["rules-url"], output.folder(repository.root)
    return ReportContext(
        __version__, url, folder, lambda path: _text(repository, given, path), _again()
    )
