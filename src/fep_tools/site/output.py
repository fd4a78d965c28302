"""The directory of the site: where a build must not write. See docs/security.rst, *sec-writing*."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from .._files import find_git_root
from .._text import plural
from ..errors import RepositoryError
from ..history.git_errors import GitError, MissingGitError, NoGitError
from ..repository import Repository

FACTS = "facts"
"""The directory of the cache of facts, if there is none elsewhere, among the doctrees."""


def refuse_links(root: Path, output: Path) -> None:
    """Check that nothing is written through a link that a commit may have brought.

    :param root: The root of the repository. A link may also be beside it, in the same repository
        of git.
    :param output: A directory that a build writes to.
    :raises RepositoryError: If such a link leads to *output*, or is in it.
    """
    top = find_git_root(root) or Path(os.path.realpath(root))
    for link in (*_links_to(output.absolute(), top), *_links_in(output)):
        raise RepositoryError(f"{link}: is a link; remove it, or use another directory")


def _links_to(path: Path, top: Path) -> Iterator[Path]:
    """Yield the links that *path* goes through and that are below *top*.

    Links elsewhere, such as ``/tmp`` on macOS, are those of the user.
    """
    for part in (path, *path.parents):
        # realpath() and not resolve(), which raises RuntimeError for links that lead in a circle
        # until Python 3.13.
        if part.is_symlink() and Path(os.path.realpath(part.parent)).is_relative_to(top):
            yield part


def _links_in(directory: Path) -> Iterator[Path]:
    for path, directories, names in os.walk(directory):
        for name in (*directories, *names):
            if os.path.islink(os.path.join(path, name)):
                yield Path(path, name)


def refuse_committed_files(
    repository: Repository, directory: Path, *, needs_git: bool = False
) -> None:
    """Check that no file in a directory that a build writes to was committed.

    Anybody can propose to add one. A page with a script would be published without any of our
    checks, ``make`` and ``latexmk`` run what a file of the right name says, and Sphinx unpickles
    its doctrees. The other way round, a build would replace sources. See docs/security.rst,
    *sec-site* and *sec-cache*.

    :param needs_git: Whether it is an error if git cannot say so, and the directory is not empty.
    :raises RepositoryError: If there is such a file, or git cannot say so.
    """
    root = find_git_root(repository.root) or Path(os.path.realpath(repository.root))
    if not directory.is_relative_to(root):
        return
    # This build has just made the cache of facts, from which nothing is unpickled.
    may_have_files = directory.is_dir() and bool({*os.listdir(directory)} - {FACTS})
    try:
        paths = list(_committed_files(repository, directory))
    except NoGitError:
        # An archive of a commit may have anything in it, also what Sphinx would unpickle.
        if needs_git and may_have_files:
            raise RepositoryError(
                f"{directory}: there is no history of git that says whether its files were "
                "committed; remove them, or use a directory elsewhere"
            ) from None
        return
    except GitError as problem:
        is_allowed = isinstance(problem, MissingGitError) and not needs_git
        if is_allowed or not may_have_files:
            return  # the missing history is reported
        raise
    if paths:
        raise RepositoryError(
            f"{directory}: has {plural(len(paths), 'committed file')}, such as {paths[0]}; "
            "remove them from git, or use another directory"
        )


def _committed_files(repository: Repository, directory: Path) -> Iterator[str]:
    """Yield what git has in a directory, and a submodule or a link that has the directory in it."""
    name = _comparable(Path(os.path.relpath(directory, repository.root)).as_posix())
    for path in repository.git.entries("HEAD", outside=True):
        other = _comparable(path)
        if f"{other}/".startswith(f"{name}/") or name.startswith(f"{other}/"):
            yield path


def _comparable(path: str) -> str:
    """Return what is the same for all names of one file on macOS and Windows."""
    return unicodedata.normalize("NFC", path).casefold()
