"""Find the images beside proposals, and say which of them are published."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from .discovery import (
    depths,
    IMAGE_DEPTH,
    IMAGES,
    is_hidden_path,
    proposal_directories,
    visible_entries,
)

if TYPE_CHECKING:
    from .._cache import Cache


class JudgedFiles(Mapping[str, str]):
    """The paths of files, and why each is not published; empty if it is.

    A file is judged when its path is looked up: a check of headers looks up none, and to parse the
    drawings of the PEPs takes longer than to check their headers.

    :param judge: Judges the file at a path.
    """

    def __init__(self, paths: Iterable[str], judge: Callable[[str], str]) -> None:
        self._paths = dict.fromkeys(paths)
        self._judge = cache(judge)

    def __getitem__(self, path: str) -> str:
        if path not in self._paths:
            raise KeyError(path)
        return self._judge(path)

    def __contains__(self, path: object) -> bool:
        return path in self._paths

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)


def find_images(root: Path, include: Sequence[str], svg_cache: Cache | None = None) -> JudgedFiles:
    """Return the paths of images next to proposals, or in directories there.

    :param include: The globs of proposals.
    :param svg_cache: See :func:`~fep_tools.proposals.pictures.file_problem`.
    """
    found = {
        path
        for directory in proposal_directories(root, include)
        for path in _find_images(root / directory, f"{directory}/".lstrip("/"))
    }

    def judge(path: str) -> str:
        from .pictures import file_problem  # not at the top: few repositories have images

        return file_problem(root, path, svg_cache)

    return JudgedFiles(sorted(found), judge)


def select_images(paths: Iterable[str], include: Sequence[str]) -> list[str]:
    """Return those of *paths* that :func:`find_images` would find, if they existed."""
    return sorted(
        path
        for path in paths
        if path.lower().endswith(IMAGES)
        and not is_hidden_path(path)
        and any(0 <= depth <= IMAGE_DEPTH for depth in depths(path, include))
    )


def _find_images(directory: Path, prefix: str, depth: int = IMAGE_DEPTH) -> Iterator[str]:
    for entry in visible_entries(directory):
        if entry.name.lower().endswith(IMAGES):
            yield prefix + entry.name
        elif depth and entry.is_dir(follow_symlinks=False):
            yield from _find_images(directory / entry.name, f"{prefix}{entry.name}/", depth - 1)
