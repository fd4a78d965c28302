"""The proposals as they stood at a commit, or on a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from .._files import MAX_FILE_BYTES
from ..errors import RepositoryError
from ..proposals.discovery import matches
from .first_parent import main_line
from .git import GitRepository


def read_sources(
    git: GitRepository, commit: str, include: Sequence[str], exclude: Sequence[str]
) -> dict[str, bytes]:
    """The bytes of every proposal in *commit*, by path; of one too large, just too many."""
    tree = git.tree(commit)
    wanted = {p: tree[p] for p in sorted(tree) if matches(p, include, exclude)}
    contents = dict(git.read_blobs(dict.fromkeys(wanted.values()), MAX_FILE_BYTES + 1))
    return {path: contents[blob] for path, blob in wanted.items() if blob in contents}


def read_texts(git: GitRepository, commit: str, paths: Sequence[str]) -> dict[str, str]:
    """What the files at *paths* said in *commit*; those that were not there are left out."""
    tree = git.tree(commit)
    wanted = {path: tree[path] for path in paths if path in tree}
    contents = dict(git.read_blobs(dict.fromkeys(wanted.values()), MAX_FILE_BYTES))
    return {p: contents[b].decode("utf-8", "replace") for p, b in wanted.items() if b in contents}


def resolve_commit(git: GitRepository, at: str) -> str:
    """The commit that *at* names: a revision, or the last one on a day such as 2024-01-31."""
    try:
        day = date.fromisoformat(at) if len(at) == len("2024-01-31") else None
    except ValueError:
        day = None
    return git.resolve(at) if day is None else last_commit_on(git, day)


def last_commit_on(git: GitRepository, day: date) -> str:
    """The last commit of the main line on *day*.

    Commits dated before one that they follow count as made with it: clocks go wrong.
    """
    head = git.resolve("HEAD")
    found, latest = None, date.min
    for commit, _brought in main_line(git.commits(head), head):
        latest = max(latest, commit.date or date.min)
        if latest <= day:
            found = commit.id
    if found is None:
        raise RepositoryError(f"nothing was committed on {day}, or before")
    return found
