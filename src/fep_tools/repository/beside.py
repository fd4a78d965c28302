"""The files beside proposals that matter, on disk and at a commit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple, TYPE_CHECKING

from .._cache import Cache
from .._files import MAX_FILE_BYTES, read_file, Refusal
from ..proposals import discovery, image_files, interfering_files
from ..proposals.discovery import IMAGES

if TYPE_CHECKING:
    from ..history.git import GitRepository
    from ..history.worktree import WorkingTree
    from ..process.model import Process
    from .patterns import Patterns


class FilesBeside(NamedTuple):
    """The paths of files beside proposals that matter.

    :param interfering_files: Files that change how proposals are read: ``docutils.conf``.
    :param images: Images that proposals may show, and why they are not published, if so.
    :param page_files: The same for the files in directories of pages.
    """

    interfering_files: tuple[str, ...] = ()
    images: Mapping[str, str] = MappingProxyType({})
    page_files: Mapping[str, str] = MappingProxyType({})


def listing_on_disk(
    tree: WorkingTree, patterns: Patterns, parse_process: Callable[[], Process], cache: Cache
) -> FilesBeside:
    """Return the files beside proposals that are there now.

    :param parse_process: Parsing it takes longer than checking a file; only pages need it.
    :param cache: Where it is kept what is wrong with drawings.
    """
    root, globs = tree.root, patterns.image_globs
    skipped = image_files.select_images(tree.skipped, globs)
    found = image_files.find_images(root, globs, cache)
    images = image_files.JudgedFiles([*skipped, *found], lambda path: found.get(path, ""))
    interfering = tuple(
        interfering_files.find_interfering_files(root, patterns.include, patterns.attached)
    )
    if not patterns.pages:
        return FilesBeside(interfering, images)
    from ..proposals.page_files import judge_page_files

    pages = judge_page_files(
        discovery.find_page_files(root, patterns.pages),
        parse_process(),
        lambda path: discovery.is_link(root, path),
        lambda path: read_file(root, path),
    )
    return FilesBeside(interfering, images, pages)


def paths_on_disk(root: Path, patterns: Patterns) -> list[str]:
    """Return the paths of all files on disk that decide about :func:`listing_on_disk`."""
    return [
        *image_files.find_images(root, patterns.image_globs),
        *interfering_files.find_interfering_files(root, patterns.include, patterns.attached),
        *discovery.find_page_files(root, patterns.pages),
    ]


def read_decisive(root: Path, path: str) -> str | bytes:
    """Return what of such a file decides: of a picture in pixels, only whether it is one.

    A drawing is not parsed, which would take longer than a check of one file.
    """
    from ..proposals import pictures

    if path.lower().endswith(IMAGES) and not path.lower().endswith(pictures.SVG):
        return pictures.file_problem(root, path)
    source = read_file(root, path, pictures.MAX_SVG_BYTES)
    return source if isinstance(source, bytes) else repr(source)


def listing_at(
    git: GitRepository,
    commit: str,
    patterns: Patterns,
    parse_process: Callable[[], Process],
    present_images: Mapping[str, str],
) -> FilesBeside:
    """Return the files beside proposals at a commit.

    :param present_images: The images that are there now, and why they are not published.
    """
    from ..proposals import pictures

    entries = git.entries(commit)
    tree = git.tree(commit)

    def read(path: str, limit: int = MAX_FILE_BYTES) -> bytes:
        """Return the whole file, or one byte more than is allowed, like a file on disk."""
        return next(data for _blob, data in git.read_blobs([tree[path]], limit + 1))

    interfering = tuple(
        interfering_files.select_interfering_files(tree, patterns.include, read, patterns.attached)
    )
    images = image_files.JudgedFiles(
        image_files.select_images(tree, patterns.image_globs),
        # Only those are read that are not published as they are now: others have no finding.
        lambda path: (
            pictures.image_problem(path, read(path, pictures.MAX_SVG_BYTES))
            if present_images.get(path)
            else ""
        ),
    )
    if not patterns.pages:
        return FilesBeside(interfering, images)
    from ..proposals.page_files import judge_page_files, TOO_LARGE

    pages = judge_page_files(
        [path for path in entries if not discovery.is_hidden_path(path)],
        parse_process(),
        lambda path: path not in tree,
        lambda path: data if len(data := read(path)) <= MAX_FILE_BYTES else Refusal(TOO_LARGE),
    )
    return FilesBeside(interfering, images, pages)
