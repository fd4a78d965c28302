"""The git program, through GitPython: the one place that starts it (SEC-E1).

It gets fixed arguments and an environment in which nothing that the checkout brings (hooks,
filters, monitors, aliases, pagers) is run, and nothing is fetched. It never outlives the
block that asked for it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread, Timer
from types import ModuleType
from typing import Any, IO

from .._text import quote, safe
from ..errors import RepositoryError

OPTIONS = (
    "-c", "core.fsmonitor=false",
    "-c", f"core.hooksPath={os.devnull}",
    "-c", "diff.renameLimit=1000",
    "-c", "log.mailmap=false",
    "-c", "log.showSignature=false",
    "-c", "protocol.allow=never",
)  # fmt: skip
ENVIRONMENT = {
    "GIT_ALLOW_PROTOCOL": "",
    "GIT_GRAFT_FILE": "",
    "GIT_LITERAL_PATHSPECS": "1",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_PAGER": "cat",
    "GIT_TERMINAL_PROMPT": "0",
}
POINTERS = (
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_COMMON_DIR",
    "GIT_DIR",
    "GIT_EXTERNAL_DIFF",
    "GIT_IMPLICIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_NAMESPACE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_PREFIX",
    "GIT_REPLACE_REF_BASE",
    "GIT_SHALLOW_FILE",
    "GIT_WORK_TREE",
)
"""What git sets for its hooks, and what would lead it to another repository."""

SECONDS = 120.0
"""How long one answer may take, so that no repository holds up a machine."""


_ABSENT = "git is not installed, or not on the PATH"


class GitError(RepositoryError):
    """Git says no; *complaint* is what it prints of the reason, if anything."""

    def __init__(self, message: str, complaint: str = "") -> None:
        super().__init__(message)
        self.stderr = complaint


def run_git(root: Path, *arguments: str) -> bytes:
    """What git answers; raises :class:`GitFailed` with a sentence that says what to do."""
    with stream_git(root, *arguments) as answer:
        return answer.read()


@contextmanager
def stream_git(root: Path, *arguments: str, stdin: IO[bytes] | None = None) -> Iterator[IO[bytes]]:
    """What git answers, while it answers; it has to be read to its end.

    Raises :class:`GitFailed` where git does not end well, and ends it where the block is left.
    """
    process = _started(["git", "-C", str(root), *OPTIONS, *_place(root), *arguments], stdin)
    complaints: list[bytes] = []
    listener = Thread(target=lambda: complaints.append(process.stderr.read()))
    late = Event()

    def stop() -> None:
        late.set()
        process.kill()

    limit = Timer(SECONDS, stop)
    listener.start()
    limit.start()
    try:
        yield process.stdout
        ended = process.wait()
    finally:
        limit.cancel()
        process.kill()
        process.stdout.close()
        process.wait()
        limit.join()
        listener.join()
        process.stderr.close()
    if ended:
        complaint = b"".join(complaints).decode("utf-8", "replace").strip()
        raise GitError(_reason(root, complaint, ended, late=late.is_set()), complaint)


def _started(command: list[str], stdin: IO[bytes] | None) -> Any:
    """A process; the wrapper that GitPython has for it would end it at a time of its own."""
    git = _gitpython()
    try:
        with _by_itself():
            wrapper = git.Git().execute(command, stdin, as_process=True, env=ENVIRONMENT)
    except (git.GitCommandNotFound, PermissionError):
        raise RepositoryError(_ABSENT) from None
    process, wrapper.proc = wrapper.proc, None
    return process


def _gitpython() -> ModuleType:
    """GitPython, which runs ``git version`` when it is imported."""
    os.environ.setdefault("GIT_PYTHON_REFRESH", "quiet")
    try:
        import git
    except ImportError:
        raise RepositoryError(_ABSENT) from None
    return git


@contextmanager
def _by_itself() -> Iterator[None]:
    """The environment without :data:`POINTERS`; GitPython can add to it, and take nothing."""
    kept = {name: os.environ.pop(name) for name in POINTERS if name in os.environ}
    try:
        yield
    finally:
        os.environ.update(kept)


def _place(root: Path) -> list[str]:
    """What tells git where it works: where the nearest ``.git`` upwards is, or at *root*, bare.

    The settings of the repository may not say otherwise, and a bare one inside a checkout is
    not used: anybody can commit the files of one.
    """
    real = root.resolve()
    for folder in (real, *real.parents):
        if os.path.lexists(folder / ".git"):
            return ["-c", "safe.bareRepository=explicit", f"--work-tree={folder}"]
    return ["-c", "safe.bareRepository=all"]


def _reason(root: Path, complaint: str, ended: int, *, late: bool) -> str:
    """What to do about what git complains of."""
    if late:
        return f"{root}: git was stopped, since it took more than {SECONDS:.0f} seconds"
    for pattern, message in _REASONS.items():
        if found := re.search(pattern, complaint):
            return f"{root}: {message.format(*(safe(part, None) for part in found.groups()))}"
    if ended < 0:
        # What git starts to fetch an object may end first, and take git with it: a signal,
        # and not a word.
        return f"{root}: {_MISSING}"
    told = re.search(r"^(?:fatal|error): (.*)", complaint, re.MULTILINE)
    return f"{root}: git ended with {ended}: {quote(told[1] if told else complaint)}"


_MISSING = "objects are missing: the clone is partial or damaged; clone it again, without --filter"

_REASONS = {
    r"safe\.directory (.+)": (
        "belongs to another user; if you trust it, git config --global --add safe.directory {}"
    ),
    r"not a git repository": "not in a git repository, and the past is asked for",
    r"cannot use bare repository": "a bare repository lies inside the checkout; take it away",
    r"unable to read|bad object|missing|not a tree object|could not fetch": _MISSING,
}
