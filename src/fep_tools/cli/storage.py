"""Directories for caches, which make the next run faster.

None of them may be writable by somebody whose branch is being checked: Sphinx unpickles its
doctrees, and snippets run in the environments that are found here. See docs/security.rst,
*sec-cache*.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from .._text import digest

CI_VARIABLES = ("CI", "TF_BUILD", "TEAMCITY_VERSION", "CODEBUILD_BUILD_ID")
"""Variables of CI services. Azure Pipelines, TeamCity and AWS CodeBuild do not set ``CI``."""


BUILD_SECONDS = 600
"""How long a build waits for another one of the same site, which then has done its work."""


def is_ci() -> bool:
    """Return whether a CI service runs this command, perhaps for a pull request."""
    return any(os.environ.get(name) for name in CI_VARIABLES)


def cache_directory(root: Path) -> Path | None:
    """Return the directory of the cache of facts about proposals, ``None`` for no cache.

    In CI the working tree comes from a pull request, so only ``FEP_CACHE_DIR`` is trusted.
    """
    from .._cache import CACHE_DIRECTORY

    if os.environ.get("FEP_CACHE_DIR"):
        return Path(os.environ["FEP_CACHE_DIR"])
    return None if is_ci() else root / CACHE_DIRECTORY


def environments_directory(stack: ExitStack) -> Path:
    """Return the directory of the environments that snippets run in."""
    return _private_directory(stack, "environments")


def index_directory() -> Path | None:
    """Return the directory of the answers of the package index, ``None`` for no cache.

    It is outside of every repository: an answer says from which servers files are downloaded.
    """
    if chosen := os.environ.get("FEP_CACHE_DIR"):
        return Path(chosen).absolute() / "index"
    directory = None if is_ci() else _user_directory()
    return directory / "index" if directory else None


def doctrees_directory(stack: ExitStack, output: Path) -> Path:
    """Return the directory of Sphinx's pickled doctrees for the site in *output*."""
    name = digest(os.fsencode(output.resolve()), 8).hex()
    return _private_directory(stack, f"site-{name}")


def wait_for_other_builds(
    stack: ExitStack, doctrees: Path, output: Path, report: Callable[[str], None]
) -> None:
    """Keep other builds of the site in *output* out until *stack* ends.

    Two at once would write the same doctrees, pages and index of the search.

    :param doctrees: see :func:`doctrees_directory`
    :param report: called with a message if there is one to wait for
    """
    from .. import _atomic
    from ..errors import RepositoryError

    doctrees.mkdir(parents=True, exist_ok=True)
    try:
        stack.enter_context(_atomic.exclusive(doctrees, 0, str(output)))
    except RepositoryError:
        report("waiting for another build of this site")
        stack.enter_context(_atomic.exclusive(doctrees, BUILD_SECONDS, str(output)))


def _private_directory(stack: ExitStack, name: str) -> Path:
    """Return a directory outside of every repository.

    In CI, where nothing is kept between runs unless ``FEP_CACHE_DIR`` says where, and where the
    user has no such directory, it is a temporary one that *stack* deletes.
    """
    from tempfile import TemporaryDirectory  # imports OpenSSL, which costs every command 5 ms

    chosen = os.environ.get("FEP_CACHE_DIR")
    if chosen:
        return (Path(chosen) / name).absolute()
    directory = None if is_ci() else _user_directory()
    if directory is None:
        # After an interrupt, a thread may still write a file there while it is deleted.
        temporary = TemporaryDirectory(prefix="fep-", ignore_cleanup_errors=True)
        return Path(stack.enter_context(temporary))
    return (directory / name).absolute()


def _user_directory() -> Path | None:
    """Return the user's directory for caches; ``None`` if nothing can be written there.

    A service may have no home directory, and a container one that is read-only.
    """
    try:
        home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
        directory = home / "fep-tools"
        directory.mkdir(parents=True, exist_ok=True)
    except (OSError, RuntimeError):  # Path.home() knows none
        return None
    return directory if os.access(directory, os.W_OK) else None
