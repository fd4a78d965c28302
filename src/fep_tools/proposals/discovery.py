"""Find the files of a repository that matter: proposals, and what is beside them.

Links are never followed. Paths are relative to the root, with ``/``, and sorted.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from fnmatch import fnmatchcase, translate
from functools import cache
from itertools import islice
from pathlib import Path

from ..errors import RepositoryError
from ..process.attachments import CODEOWNERS_PATHS

IMAGES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg")
"""The suffixes of images."""

IMAGE_DEPTH = 2
"""How many directories below the proposal's own are searched for images."""

SETTLE_SECONDS = 2.0
"""How old a change must be for the times of a file to be reliable.

Some file systems count in steps of two seconds: a file can change twice in one of them.
"""

_WILDCARDS = frozenset("*?[")


def discover(root: Path, include: Sequence[str], exclude: Sequence[str] = ()) -> list[str]:
    """Return the paths that match one of the globs *include* and none of *exclude*.

    A ``*`` does not match ``/``: ``proposals/*.rst`` finds nothing in deeper directories.

    :raises RepositoryError: A directory cannot be read, so its proposals would be missing.
    """
    excluded = [_matcher(glob) for glob in exclude]
    paths = _expand_all(root, include)
    return sorted(path for path in paths if not any(match(path) for match in excluded))


DOCUMENTS = (".md", ".rst")
"""Extensions of texts that may mention proposals."""

MAX_DOCUMENTS = 20_000
"""How many files are looked at for mentions of a proposal."""

_GENERATED = frozenset({"_build", "build", "dist", "node_modules", "site-packages", "venv"})


def find_documents(root: Path) -> list[str]:
    """Return the paths of texts that may mention proposals, without those that are generated.

    These are the pages of a handbook, templates, and the lists of who owns which file.
    """
    texts = (path for path in _walk(root, "") if path.endswith(DOCUMENTS))
    return sorted({*islice(texts, MAX_DOCUMENTS), *find_codeowners(root)})


def find_codeowners(root: Path) -> list[str]:
    """Return the paths of the lists of who owns which file, of which hosts read one."""
    return [path for path in CODEOWNERS_PATHS if os.path.lexists(root / path)]


def find_pictures_of(root: Path, stem: str) -> list[str]:
    """Return the paths of the images that are named after a proposal, next to it.

    :param stem: The path of the proposal without its ending. Of ``proposals/fep-0007``, the image
        ``proposals/fep-0007-views.png`` is one, and ``proposals/fep-00071.png`` is none.
    """
    directory, _, name = stem.rpartition("/")
    prefix = f"{directory}/" if directory else ""
    return sorted(
        prefix + entry.name
        for entry in visible_entries(root / directory)
        if entry.name.startswith(name)
        and not entry.name.removeprefix(name)[:1].isalnum()
        and entry.name.lower().endswith(IMAGES)
        and entry.is_file(follow_symlinks=False)
    )


def find_below(root: Path, directory: str, *, links: bool = False) -> list[str]:
    """Return the paths of the files in a directory and below it, without hidden ones.

    :param links: Whether to return symbolic links, too; they are never followed.
    """
    if is_link(root, directory):
        return []
    return sorted(islice(_walk(root / directory, f"{directory}/", links=links), MAX_DOCUMENTS))


def find_page_files(root: Path, directories: Sequence[str]) -> list[str]:
    """Return the paths of the files in directories of pages, links included.

    :param directories: The globs of these directories.
    """
    links, files = [], []
    for path, entry in sorted(_expand_all(root, directories).items()):
        if entry.is_symlink() if entry else is_link(root, path):
            links.append(path)
        elif _is_directory(root, path, entry):
            files += find_below(root, path, links=True)
    return [*links, *files]


def is_link(root: Path, path: str) -> bool:
    """Return whether a path is a symbolic link."""
    return os.path.islink(os.path.join(root, path))


def _walk(directory: Path, prefix: str, *, links: bool = False) -> Iterator[str]:
    waiting = [(os.fspath(directory), prefix)]
    while waiting:
        where, prefix = waiting.pop()
        for entry in visible_entries(where):
            if entry.is_file(follow_symlinks=False) or (links and entry.is_symlink()):
                yield prefix + entry.name
            elif entry.is_dir(follow_symlinks=False) and entry.name not in _GENERATED:
                waiting.append((entry.path, f"{prefix}{entry.name}/"))


def _expand_all(root: Path, globs: Iterable[str]) -> dict[str, os.DirEntry[str] | None]:
    """Return the paths that match one of *globs*, and what their directory knows about them."""
    entries = cache(_readable_entries)  # globs such as "a/*.rst" and "a/*.md" have a directory
    return {
        path: entry for glob in globs for path, entry in _expand(root, glob.split("/"), entries)
    }


def _expand(
    directory: Path,
    parts: list[str],
    entries: Callable[[Path], list[os.DirEntry[str]]],
    prefix: str = "",
) -> Iterator[tuple[str, os.DirEntry[str] | None]]:
    """Yield the paths in *directory* that match *parts*, the parts of a glob, and their entries.

    A name without wildcards is not looked for among all entries, and comes without its own.
    """
    first, *rest = parts
    if not rest and not _WILDCARDS.intersection(first):
        if os.path.lexists(directory / first):
            yield prefix + first, None
        return
    match = _matcher(first)
    for entry in entries(directory):
        if not match(entry.name):
            continue
        if not rest:
            yield prefix + entry.name, entry
        elif entry.is_dir(follow_symlinks=False):
            yield from _expand(directory / entry.name, rest, entries, f"{prefix}{entry.name}/")


@cache
def _matcher(glob: str) -> Callable[[str], re.Match[str] | None]:
    """Return a function that matches names as :func:`~fnmatch.fnmatchcase` does, but faster."""
    return re.compile(translate(glob)).match


def visible_entries(directory: Path | str) -> list[os.DirEntry[str]]:
    """Return the entries of a directory, without hidden files and temporary files of editors."""
    try:
        entries = os.scandir(directory)
    except OSError:
        return []
    with entries:
        return [entry for entry in entries if not _is_hidden(entry.name)]


def _readable_entries(directory: Path) -> list[os.DirEntry[str]]:
    """Return the entries of a directory as :func:`visible_entries` does.

    :raises RepositoryError: It cannot be read.
    """
    try:
        os.scandir(directory).close()
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as problem:  # permissions, or a disk or a network share that fails
        reason = os.strerror(problem.errno or 0).lower()
        raise RepositoryError(f"{directory}: cannot be read: {reason}") from None
    return visible_entries(directory)


def is_hidden_path(path: str) -> bool:
    """Return whether a file or one of its directories is hidden."""
    return any(map(_is_hidden, path.split("/")))


def _is_hidden(name: str) -> bool:
    # ".fep-0007.rst.swp" (Vim), "#fep-0007.rst#" and "fep-0007.rst~" (Emacs)
    return name.startswith((".", "#")) or name.endswith("~")


def matches(path: str, include: Sequence[str], exclude: Sequence[str] = ()) -> bool:
    """Return whether :func:`discover` would find *path*, if it existed."""
    if is_hidden_path(path) or any(fnmatchcase(path, glob) for glob in exclude):
        return False
    parts = path.split("/")
    return any(_matches_parts(parts, glob.split("/")) for glob in include)


def _matches_parts(parts: Sequence[str], globs: Sequence[str]) -> bool:
    return len(parts) == len(globs) and all(map(fnmatchcase, parts, globs))


def proposal_directories(root: Path, include: Iterable[str]) -> list[str]:
    """Return the directories of proposals, ``""`` for the root; none is a link or behind one."""
    globs = {glob.rpartition("/")[0] for glob in include}
    found = _expand_all(root, [glob for glob in globs if glob])
    directories = [p for p, entry in sorted(found.items()) if _is_directory(root, p, entry)]
    return ["", *directories] if "" in globs else directories


def _is_directory(root: Path, path: str, entry: os.DirEntry[str] | None) -> bool:
    """Return whether a path is a directory and no link to one.

    :param entry: What the directory above knows about it without looking again: of ``peps/pep-*``,
        most are files.
    """
    if entry is not None:
        return entry.is_dir(follow_symlinks=False)
    return (root / path).is_dir() and not is_link(root, path)


def depths(path: str, include: Iterable[str]) -> Iterator[int]:
    """Yield how deep a file is below each directory of proposals that it is in; 0 for beside one.

    ``proposals/fep-0007/view.png`` is at depth 1 for the glob ``proposals/*.rst``.
    """
    parts = path.split("/")[:-1]
    for glob in include:
        globs = glob.split("/")[:-1]
        if _matches_parts(parts[: len(globs)], globs):
            yield len(parts) - len(globs)


def stamp_files(root: Path, paths: Iterable[str], now: float) -> str | None:
    """Return a text that changes whenever one of the files does; no file is opened.

    A program can set the modification time of a file (``st_mtime``) to any value, but not the time
    of the last change of its inode (``st_ctime``), which every write updates.

    :param now: The present time, in seconds since the epoch.
    :return: ``None`` if a file does not exist, or was changed less than
        :data:`SETTLE_SECONDS` ago, so that a second change could leave the same times.
    """
    stamps = []
    directory = os.fspath(root)
    for path in paths:
        try:
            status = os.lstat(f"{directory}/{path}")
        except OSError:
            return None
        if status.st_ctime > now - SETTLE_SECONDS:
            return None
        numbers = (
            status.st_ino, status.st_mode, status.st_size, status.st_mtime_ns, status.st_ctime_ns,
        )  # fmt: skip
        stamps.append(f"{path}\0{numbers}")
    return "\n".join(stamps)
