"""Errors of git, and what to do about each."""

from __future__ import annotations

import re

from .._text import quote, safe
from ..errors import FepError, RepositoryError

_SIGPIPE = 13
"""``signal.SIGPIPE``, which Windows does not have."""

NO_REPOSITORY = "not a git repository"

INIT = f"{NO_REPOSITORY}; fep reads the history from git, so run git init and commit the files"

NOT_INSTALLED = "git is not installed, or not on the PATH"
_MISSING = "objects are missing: the clone is partial or damaged; clone it again, without --filter"

# Patterns of what git prints on standard error, and what to do about it.
_REASONS = {
    # fatal: detected dubious ownership in repository at '/srv/peps' ...
    #         git config --global --add safe.directory /srv/peps
    r"safe\.directory (.+)": (
        "belongs to another user; if you trust it, git config --global --add safe.directory {}"
    ),
    # There is a .git, but it has no HEAD, or leads elsewhere.
    NO_REPOSITORY: "its .git is not a git repository; HEAD or another file in it is damaged",
    # fatal: cannot use bare repository '/srv/peps/x' (safe.bareRepository is 'explicit')
    r"cannot use bare repository": "a bare repository lies inside the repository; remove it",
    # error: inflate: data stream error; fatal: loose object 53f5... is corrupt; fatal: index file
    # corrupt; error: file .git/objects/pack/pack-1.pack is far too short to be a packfile
    r"corrupt|inflate|far too short|too long, exceeds|packfile .* (?:cannot|index)|bad signature": (
        "the git repository is damaged; run git fsck to see what is, or clone it again"
    ),
    r"unable to read|bad object|missing|not a tree object|could not fetch": _MISSING,
}


class NoGitError(RepositoryError):
    """There is no git repository, or nothing was committed to it yet.

    Without a history, some commands can do less. All other errors of git end a command: what it
    cannot find out must not look like "nothing changed".
    """


class GitError(RepositoryError):
    """Git has failed.

    :param stderr: What it printed on standard error, which may be nothing.
    """

    def __init__(self, message: str, stderr: str = "") -> None:
        super().__init__(message)
        self.stderr = stderr


class MissingGitError(GitError):
    """There is a git repository, but no git."""


class GitTimeout(FepError):
    """Git does not answer. No other question is worth the same wait."""


def describe_failure(stderr: str, status: int) -> str:
    """Return a message about a failure of git."""
    for pattern, message in _REASONS.items():
        if match := re.search(pattern, stderr):
            return message.format(*(safe(part, None) for part in match.groups()))
    if status == -_SIGPIPE:
        # The process that git starts to fetch an object has failed, and git dies without a
        # message.
        return _MISSING
    if status < 0:
        return f"git was ended by signal {-status}, perhaps for lack of memory"
    line = re.search(r"^(?:fatal|error): (.*)", stderr, re.MULTILINE)
    return f"git ended with {status}: {quote(line[1] if line else stderr)}"
