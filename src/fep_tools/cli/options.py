"""Options that mean the same in every command, and what they stand for."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import ExitStack
from datetime import date, datetime, UTC
from pathlib import Path
from typing import Any, TYPE_CHECKING

import click

if TYPE_CHECKING:
    from ..repository import Repository

Decorated = Callable[..., Any]


def repository(command: Decorated) -> Decorated:
    """``--root``, ``--process`` and ``--no-cache``; for :func:`open_repository`."""
    for name, settings in _REPOSITORY.items():
        command = click.option(name, **settings)(command)
    return command


_REPOSITORY: dict[str, dict[str, Any]] = {
    "--no-cache": {"is_flag": True, "help": "Do not use or write .fep_cache."},
    "--process": {
        "metavar": "FILE|NAME",
        "help": "The process, or the name of a shipped one, such as pep.",
    },
    "--root": {
        "type": click.Path(path_type=Path),
        "help": "The checkout; without it, found from here upwards.",
    },
}


def open_repository(root: Path | None, process: str | None, no_cache: bool) -> Repository:
    """The repository that the options name, or the one that holds this folder."""
    from .._cache import FOLDER
    from ..repository import Repository

    root = root or found(Path.cwd(), process)
    folder = None if no_cache else _cache(root / FOLDER)
    return Repository.open(root, process, folder)


def _cache(default: Path) -> Path | None:
    """Where to remember things; not in a checkout that CI got from a stranger."""
    if os.environ.get("FEP_CACHE_DIR"):
        return Path(os.environ["FEP_CACHE_DIR"])
    return None if os.environ.get("CI") else default


def store(stack: ExitStack) -> Path:
    """The folder of the environments that snippets run in, where no stranger can write.

    In CI, where there is no next run unless somebody names a folder, one for this run.
    """
    from tempfile import TemporaryDirectory

    chosen = os.environ.get("FEP_CACHE_DIR")
    if not chosen and os.environ.get("CI"):
        return Path(stack.enter_context(TemporaryDirectory(prefix="fep-")))
    home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return (Path(chosen or home / "fep-tools") / "environments").absolute()


def found(here: Path, process: str | None) -> Path:
    """The nearest folder upwards that holds a process, or a ``.git`` where one is named."""
    marks = (".git",) if process is not None else ("fep/process.toml", ".git")
    for folder in (here, *here.parents):
        if any((folder / mark).exists() for mark in marks):
            return folder
    return here


def inside(root: Path, path: str) -> str:
    """*path*, as typed, relative to *root* and with ``/``; outside of it is a usage error."""
    full = Path(os.path.normpath(Path.cwd() / path))
    try:
        return full.relative_to(os.path.normpath(Path.cwd() / root)).as_posix()
    except ValueError:
        raise click.UsageError(f"{path}: not inside {root}") from None


def from_here(path: Path) -> Path:
    """*path* as seen from here, if it is below: no link that is on the way is to be followed."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path


def codes(given: tuple[str, ...]) -> tuple[str, ...]:
    """The codes in options that may be given again and may hold commas."""
    return tuple(code.strip() for some in given for code in some.split(",") if code.strip())


def today() -> date:
    """The day that rules about dates go by; ``SOURCE_DATE_EPOCH`` (seconds) may set it."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isascii() and epoch.isdigit():
        return datetime.fromtimestamp(int(epoch), UTC).date()
    return datetime.now(UTC).date()


def color(command: Decorated) -> Decorated:
    """``--color``, which goes before NO_COLOR, FORCE_COLOR and what the terminal is."""
    return click.option(
        "--color", type=click.Choice(["auto", "always", "never"]), default="auto", help="Colours."
    )(command)


def wants_color(choice: str) -> bool:
    """Whether to write colours to standard output."""
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb"
