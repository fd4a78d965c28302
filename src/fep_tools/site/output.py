"""The directory of the site: where a build must not write. See docs/security.rst, *sec-writing*."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from .._files import find_git_root
from ..errors import RepositoryError


def refuse_links(root: Path, output: Path) -> None:
    """Check that nothing is written through a link that a commit may have brought.

    :param root: The root of the repository. A link may also be beside it, in the same repository
        of git.
    :param output: A directory that a build writes to.
    :raises RepositoryError: If such a link leads to *output*, or is in it.
    """
    top = find_git_root(root) or Path(os.path.realpath(root))
    for link in (*_links_to(output.absolute(), top), *_links_in(output)):
        raise RepositoryError(f"{link}: is a link; remove it, or use another --output")


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
