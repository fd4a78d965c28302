"""Files that pages of the handbook include, and that have the rights of these pages.

``.. include:: common.rst`` in a page that may run code puts directives of ``common.rst`` there.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Collection

from .._decoding import decode_text
from ..history.git import GitRepository
from ..history.snapshot import read_files

MAX_LEVELS = 10
"""How deep files may include each other. Deeper ones are not looked at."""

# ".. include:: a.rst", also in a list or table and with the name on the next line,
# "```{literalinclude} a.py" and ":file: a.csv".
_INCLUDED = re.compile(
    r"(?:include(?:(?!include)[\w-])*+(?:::|\})|:file:)\s*+([^\s|][^\n|]*)", re.IGNORECASE
)


def included_files(
    git: GitRepository, commit: str, paths: Collection[str], is_handbook: Callable[[str], bool]
) -> set[str]:
    """Return the files that pages of the handbook include, directly or through others.

    A file counts if it has the name of one that is included, in whichever directory it is: a
    directive may be relative to either page.

    :param paths: All files of the commit, and those that it does not have yet.
    """
    by_name: dict[str, list[str]] = {}
    for path in paths:
        by_name.setdefault(posixpath.basename(path), []).append(path)
    found: set[str] = set()
    pages = [path for path in paths if is_handbook(path)]
    for _level in range(MAX_LEVELS if pages else 0):
        names: set[str] = set()
        for _commit, _path, data in read_files(git, [(commit, path) for path in pages]):
            written = _INCLUDED.findall(decode_text(data)[0] or "")
            names.update(posixpath.basename(name.strip()) for name in written)
        pages = [p for name in names for p in by_name.get(name, ()) if p not in found]
        if not pages:
            break
        found.update(pages)
    return found
