"""Read files of a repository as they were at a commit, or on a day."""

from __future__ import annotations

import posixpath
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from .._files import MAX_FILE_BYTES, plain
from ..errors import RepositoryError
from ..proposals.discovery import matches
from .git import _LINE_BYTES, GitRepository, read_start
from .gitcmd import incomplete, stream_git
from .log_format import FILE_MODES
from .merges import main_line


def read_sources(
    git: GitRepository, commit: str, include: Sequence[str], exclude: Sequence[str]
) -> dict[str, bytes]:
    """Return the bytes of every proposal in *commit*, by path."""
    tree = git.tree(commit)
    blobs = {path: tree[path] for path in sorted(tree) if matches(path, include, exclude)}
    return _read(git, blobs)


def read_paths(git: GitRepository, commit: str, paths: Iterable[str]) -> dict[str, bytes]:
    """Return the bytes of those of *paths* that exist in *commit*."""
    tree = git.tree(commit)
    blobs = {path: tree[path] for path in sorted(paths) if path in tree}
    return _read(git, blobs)


def read_files(
    git: GitRepository, files: Iterable[tuple[str, str]], limit: int = MAX_FILE_BYTES + 1
) -> Iterator[tuple[str, str, bytes]]:
    """Yield commit, path and bytes of those of *files*, given as commit and path, that exist.

    One process of git reads all of them, however many commits they are in.

    :param limit: How much is read of a file, in bytes.
    """
    # A name with a line feed would be two for git.
    wanted = [(commit, path) for commit, path in files if "\n" not in git.prefix + path]
    with tempfile.TemporaryFile() as names:
        for commit, path in wanted:
            # Git does not resolve "sub/../other.rst", a file beside the root.
            name = f"{commit}:{posixpath.normpath(git.prefix + path)}\n"
            names.write(name.encode("utf-8", "surrogateescape"))
        names.seek(0)
        with stream_git(git.root, "cat-file", "--batch", "--buffer", stdin=names) as output:
            for commit, path in wanted:
                # "<id> blob <size>\n<content>\n", or "<commit>:<path> missing\n"
                line = output.readline(_LINE_BYTES)
                if not line.endswith(b"\n"):
                    raise incomplete(git.root, "cat-file")
                if match := re.fullmatch(rb"[0-9a-f]+ ([a-z]+) ([0-9]+)\n", line):
                    data = read_start(output, int(match[2]), limit)
                    if match[1] == b"blob":
                        yield commit, path, data


def read_settings(git: GitRepository, commit: str, paths: Sequence[str]) -> dict[str, str]:
    """Return the texts of those settings files that exist in *commit*.

    They are as if they were read from disk: with LF, and without a byte order mark.

    :param paths: The paths from the root. One may be outside of it, such as ``../process.toml``.
    """
    entries = git.entries(commit, outside=True)
    found = ((path, *entries[path]) for path in sorted(paths) if path in entries)
    contents = _read(git, {path: blob for path, mode, blob in found if mode in FILE_MODES})
    return {path: plain(data).decode("utf-8", "replace") for path, data in contents.items()}


def _read(git: GitRepository, blobs: dict[str, str]) -> dict[str, bytes]:
    """Return the contents of *blobs*; of one that is too large, one byte more than is allowed."""
    contents = dict(git.read_blobs(dict.fromkeys(blobs.values()), MAX_FILE_BYTES + 1))
    return {path: contents[blob] for path, blob in blobs.items()}


def resolve_commit(git: GitRepository, revision_or_day: str) -> str:
    """Return the id of a commit: of a revision, or of the last one on a day like 2024-01-31."""
    day = parse_day(revision_or_day)
    return git.resolve(revision_or_day) if day is None else last_commit_on(git, day)


def parse_day(text: str) -> date | None:
    """Return the day that *text* names; ``None`` for a revision."""
    try:
        # Python 3.11 and later also take "20240131" and "2024-W05-3", which may be revisions.
        return date.fromisoformat(text) if len(text) == len("2024-01-31") else None
    except ValueError:
        return None


def last_commit_on(git: GitRepository, day: date) -> str:
    """Return the id of the last commit of the main line on *day*, or before.

    A commit with an earlier date than one of its ancestors counts as made on the same day as
    that: some clock was wrong.

    :raises RepositoryError: There is none.
    """
    head = git.resolve("HEAD")
    last, latest_day = None, date.min
    for commit, _merged in main_line([*git.commits(head)], head):
        latest_day = max(latest_day, commit.date or date.min)
        if latest_day <= day:
            last = commit.id
    if last is None:
        hint = "; the clone is shallow: run git fetch --unshallow" if git.shallow else ""
        raise RepositoryError(f"there is no commit on {day} or earlier{hint}")
    return last
