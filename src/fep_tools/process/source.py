"""Find the process that a repository follows: its own file, another file or a built-in one.

Imports nothing that parses it, so that a check that needs no more starts fast.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from .._files import decode_settings, find_git_root, read_text
from .._text import closest_match
from ..errors import NoProcessError, ProcessError, RepositoryError

BUILTIN_DIRECTORY = Path(__file__).parent / "builtin"
"""The processes of other communities, as ``NAME.toml``."""


def find_process(
    root: Path,
    requested: str | None,
    configured: str,
    setting: str | None = None,
    read: Callable[[str], str | None] | None = None,
) -> tuple[str, str]:
    """Return the name and the text of a repository's process file.

    :param requested: a file or the name of a built-in process, from the command line.
    :param configured: the path in the repository that is used otherwise.
    :param setting: the file and line of the setting that names *configured*; by default, it is
        not a setting.
    :param read: returns the text of a file of the repository, ``None`` if there is none; by
        default, from disk.
    :raises RepositoryError: if there is no such process.
    :raises ProcessError: if the file cannot be read.
    """
    if requested is None:
        text = read(configured) if read else read_text(root, configured, ProcessError)
        if text is None and setting:
            raise RepositoryError(
                f"{setting}: 'process' names {configured}, which does not exist; "
                "write the path of a process file, such as fep/process.toml"
            )
        if text is None:
            raise NoProcessError(
                f"{root}: no {configured}; name a repository of proposals with --root, or a "
                f"process with --process FILE or --process NAME ({', '.join(builtin_names())})"
            )
        return str(root / configured), text
    if is_builtin(requested):
        builtin = BUILTIN_DIRECTORY / f"{requested}.toml"
        return builtin.name, builtin.read_text("utf-8")
    path = Path(requested)
    if not path.exists() and (match := closest_match(requested, builtin_names())):
        raise RepositoryError(f"there is no process {requested}; did you mean {match}?")
    return str(path), _read_named(root, path)


def _read_named(root: Path, path: Path) -> str:
    """Return the text of a process file that the operator names.

    In the repository of git, a change may have put a link in its place. It is not followed.
    """
    top = find_git_root(root) or root
    for directory in (os.path.abspath(top), os.path.realpath(top)):
        file = Path(os.path.abspath(path))
        if file.is_relative_to(directory):
            text = read_text(Path(directory), file.relative_to(directory).as_posix(), ProcessError)
            if text is not None:
                return text
    return read_process_file(path)


def is_builtin(requested: str) -> bool:
    """Return whether a name on the command line is that of a built-in process, and no file."""
    return (BUILTIN_DIRECTORY / f"{requested}.toml").is_file()


def builtin_names() -> list[str]:
    """Return the names of the built-in processes."""
    return sorted(path.stem for path in BUILTIN_DIRECTORY.glob("*.toml"))


def read_process_file(path: Path) -> str:
    """Return the text of a process file that the operator names.

    :raises ProcessError: if it cannot be read.
    """
    try:
        data = path.read_bytes()
    except (OSError, ValueError) as problem:
        reason = getattr(problem, "strerror", None) or problem
        raise ProcessError(f"{path}: cannot be read: {str(reason).lower()}") from None
    return decode_settings(data, str(path), ProcessError)
