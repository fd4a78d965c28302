"""Find files that change how proposals are read: configurations and attributes.

Paths are relative to the root, with ``/``, and sorted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from .._files import FileContent, read_file
from .discovery import depths, discover, proposal_directories

ATTRIBUTES = ".gitattributes"
"""Git can convert files on checkout, so that they differ from the reviewed files."""

MAX_ATTRIBUTES_BYTES = 100 * 1024 * 1024
"""Git ignores a larger file of attributes; it is no proposal, which has 1 MiB."""

CONFIGURATION = "docutils.conf"
"""Docutils and Sphinx read this file wherever it is next to a source."""

# A line ends with LF alone: the pattern "[!\r#]*" has the other one in it, and a "#" after it.
_ENCODING = re.compile(rb"^(?!#)[^\n]*working-tree-encoding=", re.MULTILINE)


def find_interfering_files(
    root: Path, include: Sequence[str], attached: Sequence[str] = ()
) -> list[str]:
    """Return the paths of files that change how proposals are read.

    That is any ``docutils.conf`` at the root or beside proposals, and any ``.gitattributes`` there,
    in between or beside attached files, that converts files.

    :param include: The globs of proposals.
    :param attached: The globs of other files that belong to their texts, such as included ones.
    """
    globs = {"", *(glob.rpartition("/")[0] for glob in include)}
    configurations = discover(root, [f"{glob}/{CONFIGURATION}".lstrip("/") for glob in globs])
    directories = proposal_directories(root, _globs_on_the_way([*include, *attached]))
    attributes = [f"{directory}/{ATTRIBUTES}".lstrip("/") for directory in directories]
    converting = (
        path for path in attributes if _converts(read_file(root, path, MAX_ATTRIBUTES_BYTES))
    )
    return [*configurations, *converting]


def select_interfering_files(
    paths: Iterable[str],
    include: Sequence[str],
    read: Callable[[str, int], FileContent],
    attached: Sequence[str] = (),
) -> list[str]:
    """Return those of *paths* that :func:`find_interfering_files` would find, if they existed.

    :param read: Returns the content of one of the paths, of which no more than a limit is needed.
    """
    on_the_way = _globs_on_the_way([*include, *attached])

    def interferes(path: str) -> bool:
        name = path.rpartition("/")[2]
        if name == CONFIGURATION:
            return 0 in depths(path, ["", *include])
        is_read = name == ATTRIBUTES and 0 in depths(path, on_the_way)
        return is_read and _converts(read(path, MAX_ATTRIBUTES_BYTES))

    return sorted(filter(interferes, paths))


def _globs_on_the_way(globs: Iterable[str]) -> list[str]:
    """Return globs of the files in all directories from the root to those of *globs*.

    ``doc/*/*.rst`` gives ``*``, ``doc/*`` and ``doc/*/*``: git reads attributes in each of them.
    """
    parts = (glob.split("/")[:-1] for glob in globs)
    return sorted({"/".join([*part[:n], "*"]) for part in parts for n in range(len(part) + 1)})


def _converts(attributes: FileContent) -> bool:
    """Return whether git would convert files: ``*.rst working-tree-encoding=UTF-16``."""
    return isinstance(attributes, bytes) and _ENCODING.search(attributes) is not None
