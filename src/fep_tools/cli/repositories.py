"""Open the repository that the options of a command name."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

from . import storage

if TYPE_CHECKING:
    from ..repository import Repository


def open_repository(
    root: Path | None = None, process: str | None = None, no_cache: bool = False
) -> Repository:
    """Open the repository that the options name.

    :param root: the root; ``None`` for the one that holds the current directory
    :param process: a process file or the name of a built-in process; ``None`` for the
        repository's own
    :raises RepositoryError: if there is no such directory or process
    :raises ConfigError: if the settings in ``pyproject.toml`` cannot be used
    """
    from ..repository import Repository

    root = root or find_root(Path.cwd(), process)
    return Repository.open(root, process, None if no_cache else storage.cache_directory(root))


def find_root(start: Path, process: str | None) -> Path:
    """Return the repository root that holds *start*, or *start* if there is none.

    :param process: the value of ``--process``. A repository whose process is named on the
        command line need not have ``fep/process.toml``, so its root is where ``.git`` is.
    """
    markers = (".git",) if process is not None else ("fep/process.toml", ".git")
    # An editor may have opened a link to the directory of proposals, from anywhere.
    real = Path(os.path.realpath(start))
    for directory in (start, *start.parents, real, *real.parents):
        if directory not in (start, real) and _is_shared(directory):
            continue
        if any((directory / marker).exists() for marker in markers):
            return directory
    return start


def _is_shared(directory: Path) -> bool:
    """Return whether any user may write there, as in ``/tmp``: a process file, or a ``conf.py``."""
    try:
        mode = directory.stat().st_mode
    except OSError:
        return False
    return bool(mode & stat.S_IWOTH and mode & stat.S_ISVTX)
