"""The present names of authors: ``.mailmap`` at the top of a git repository, see gitmailmap(5).

People change their names, and do not want to read the former ones. Git applies the file: it is
data of an untrusted repository, and no second parser can disagree with git's.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from .._files import read_file, Refusal
from .._text import digest

MAILMAP = ".mailmap"


@dataclass(frozen=True)
class Mailmap:
    """The mailmap that git applies.

    :param options: Options of git that choose it.
    :param author: The placeholder for the name of an author in a format of git.
    :param identity: A text that changes whenever names may change, for keys of the cache.
    """

    options: tuple[str, ...] = ()
    author: str = "%aN"
    identity: str = ""


def read_mailmap(root: Path, prefix: str, committed: str) -> Mailmap:
    """Return the mailmap of the repository that contains *root*.

    That is the file in the working tree, as for ``git log``. A bare repository has none, nor has
    a sparse checkout that leaves it out: there it is the committed one.

    :param prefix: The path from the top of the repository to *root*, ``""`` or ending in ``/``.
    :param committed: The id of the blob of the committed file, or ``""``.
    """
    top = Path(os.path.realpath(root), *[".."] * prefix.count("/"))
    if not os.path.lexists(top / MAILMAP):
        return Mailmap(("-c", f"mailmap.blob={committed}"), identity=committed)
    content = read_file(top, MAILMAP)
    if isinstance(content, Refusal):
        # A link, which git does not follow, or a pipe, for whose other end it would wait.
        return Mailmap(author="%an", identity=content.message)
    return Mailmap(identity=digest(content, 16).hex())
