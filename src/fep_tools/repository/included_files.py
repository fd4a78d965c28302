"""Files that pages of the handbook include, and that have the rights of these pages.

``.. include:: common.rst`` in a page that may run code puts directives of ``common.rst`` there.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from ..history.git import GitRepository
from ..history.snapshot import read_files

MAX_LEVELS = 10
"""How deep files may include each other. Deeper ones are not looked at."""

MAX_PAGE_BYTES = 64 * 1024 * 1024
"""How much of a page is looked at."""

LINK_MODE = "120000"

# ".. include:: a.rst", in any language, "{literalinclude} a.py", ":file: a.csv" and "file: a.csv"
_DIRECTIVE = re.compile(
    r"(?<![^\s:{])(?P<name>[^\s:{]+) ?::(?!\S)|\{(?P<role>[^\s{}]+)\}|^\s*:?file:", re.IGNORECASE
)

# These have a text or a picture, which does not run.
_NO_FILE = frozenset(
    ("admonition", "attention", "caution", "danger", "deprecated", "error", "figure", "hint",
     "image", "important", "note", "rubric", "seealso", "sidebar", "tip", "todo", "topic",
     "versionadded", "versionchanged", "warning")
)  # fmt: skip

_AUTODOC = re.compile(r"^ *(?:\.\. |`{3,}\{)auto", re.MULTILINE)


def included_files(
    git: GitRepository,
    commit: str,
    entries: Mapping[str, tuple[str, str]],
    is_handbook: Callable[[str], bool],
) -> set[str]:
    """Return the files that pages of the handbook include, directly or through others.

    A file counts if it has the name of one that is included, in whichever directory it is: a
    directive may be relative to either page. ``conf.py`` may have a text that is on every page,
    and if a page documents code, so may each module.

    :param entries: The mode and the blob of all files of the commit, and of those that it does not
        have yet.
    """
    by_name: dict[str, list[str]] = {}
    for path in entries:
        by_name.setdefault(posixpath.basename(path), []).append(path)
    pages = {path for path in entries if is_handbook(path)}
    if not pages:
        return set()
    pages.update(by_name.get("conf.py", ()))
    found: set[str] = set()
    looked_at: set[str] = set()
    for _level in range(MAX_LEVELS):
        looked_at |= pages
        names: set[str] = set()
        modules: set[str] = set()
        wanted = [(commit, path) for path in sorted(pages)]
        for _commit, path, data in read_files(git, wanted, MAX_PAGE_BYTES):
            text = data.decode("utf-8", "replace")
            if entries[path][0] == LINK_MODE:
                names.add(posixpath.basename(text))
                continue
            names.update(posixpath.basename(name) for name in _included(text.splitlines()))
            if _AUTODOC.search(text) and not modules:
                modules = {path for path in entries if path.endswith(".py")}
        included = {path for name in names for path in by_name.get(name, ())}
        found |= included
        pages = (included | modules) - looked_at
        if not pages:
            break
    return found


def _included(lines: Iterable[str]) -> Iterator[str]:
    """Yield what may be the path of a file that is included, and more."""
    joined: list[str] = []  # a path that is broken into lines
    for line in lines:
        directive = _DIRECTIVE.search(line)
        text = line[directive.end() :].strip() if directive else line.strip()
        if directive:
            joined = []
        elif not joined or not text or text.startswith(":"):
            joined = []
            continue
        if directive and (directive["name"] or directive["role"]) in _NO_FILE:
            continue
        joined = [*joined, text][:4]
        yield "".join(joined)
        # In a table, other cells follow; a name may have a blank.
        yield from re.split(r"[\s|\"'`]+", text)
        yield from re.split(r"\s{2,}|\s*\|", text)
