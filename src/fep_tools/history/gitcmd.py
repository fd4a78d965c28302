"""Start git. This is the only module that does (see docs/security.rst, *sec-git*).

A repository is untrusted, and so is its ``.git/config``, which may come in an archive or on a
shared disk. It may name programs that git runs by itself: hooks, file system monitors, filters,
aliases, pagers, signature checkers, transports. So git gets fixed commands that need none of
them, options that override the settings, and an environment that forbids the rest. A process
never outlives the block that started it, and never runs longer than :data:`SECONDS`.

GitPython starts the process, and is used for nothing else. Its ``Repo`` offers to open a
repository, resolve revisions, find merge bases and read trees, but (3.2.1, with git 2.39):

- ``Repo(path)`` parses ``.git/config`` in this process and follows ``include.path`` there. An
  include that names a pipe blocks it forever; nothing limits its time.
- Objects are read by ``git cat-file`` processes without our options. In a partial clone they
  fetch what is missing, which runs the ``core.sshCommand`` or ``remote.*.uploadpack`` of that
  configuration. They stay until the object is collected.
- ``@{-1}`` and ``main@{yesterday}`` are not understood: revisions are parsed in Python.

It is no faster either: a tree of the 736 PEPs takes 5 ms, against 2 ms of ``git ls-tree``.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain, islice
from pathlib import Path
from threading import Event, Thread, Timer
from types import ModuleType
from typing import Any, IO

from .._text import quote, safe
from ..errors import RepositoryError

OPTIONS = (
    # A program that git asks which files have changed, since 2.16. It runs for any command that
    # refreshes the index; ours do not, so this is a second safeguard.
    "-c", "core.fsmonitor=false",
    # Hooks are looked for in .git/hooks, or where core.hooksPath says, since 2.9.
    "-c", f"core.hooksPath={os.devnull}",
    # How many files are compared when git looks for renames. The default has changed with
    # versions of git, and the history of a repository must not depend on it.
    "-c", "diff.renameLimit=1000",
    # Names of authors come from the repository's .mailmap alone, see mailmap.py, and only where
    # a format says so. The settings would name files anywhere, or let a site depend on the
    # person who builds it.
    "-c", "log.mailmap=false", "-c", "mailmap.file=", "-c", "mailmap.blob=",
    # Or gpg.program is run for every signed commit.
    "-c", "log.showSignature=false",
    # No transport, so no program of one. See also GIT_ALLOW_PROTOCOL.
    "-c", "protocol.allow=never",
)  # fmt: skip

ENVIRONMENT = {
    # The list of allowed transports, which goes before protocol.<name>.allow of the repository.
    "GIT_ALLOW_PROTOCOL": "",
    # .git/info/grafts gives commits other parents than they have.
    "GIT_GRAFT_FILE": "",
    # A path is a path, even if it looks like ":(exclude)" or has a "*".
    "GIT_LITERAL_PATHSPECS": "1",
    # In a partial clone a missing object is fetched when it is read. Older versions of
    # git do not know this variable; there the lack of a transport ends the attempt.
    "GIT_NO_LAZY_FETCH": "1",
    # refs/replace/ puts other objects in the place of those that were committed.
    "GIT_NO_REPLACE_OBJECTS": "1",
    # Write nothing as a side effect of reading, such as a refreshed index. Since 2.15.
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_PAGER": "cat",
    # Do not ask for a password.
    "GIT_TERMINAL_PROMPT": "0",
}

UNSET_VARIABLES = (
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
"""Variables that lead git to another repository than the directory it runs in.

Git sets some of them for its hooks. A pre-commit hook that runs ``fep check`` on a second
repository would get the history of the first. Identity, ``HOME``, ``PATH`` and the settings
of the user stay.
"""

SECONDS = 120.0
"""The longest time that one answer may take. The whole log of the PEPs takes 2 seconds."""

_NOT_INSTALLED = "git is not installed, or not on the PATH"
_MISSING = "objects are missing: the clone is partial or damaged; clone it again, without --filter"

# Patterns of what git prints on standard error, and what to do about it.
_REASONS = {
    # fatal: detected dubious ownership in repository at '/srv/peps' ...
    #         git config --global --add safe.directory /srv/peps
    r"safe\.directory (.+)": (
        "belongs to another user; if you trust it, git config --global --add safe.directory {}"
    ),
    r"not a git repository": (
        "not a git repository; fep reads the history from git, so run git init and commit the files"
    ),
    # fatal: cannot use bare repository '/srv/peps/x' (safe.bareRepository is 'explicit')
    r"cannot use bare repository": "a bare repository lies inside the repository; remove it",
    r"unable to read|bad object|missing|not a tree object|could not fetch": _MISSING,
}


class GitError(RepositoryError):
    """Git has failed.

    :param stderr: What it printed on standard error, which may be nothing.
    """

    def __init__(self, message: str, stderr: str = "") -> None:
        super().__init__(message)
        self.stderr = stderr


def run_git(root: Path, *arguments: str) -> bytes:
    """Return the output of git.

    :raises GitError: It failed. The message says what to do about it.
    :raises RepositoryError: Git is not installed.
    """
    with stream_git(root, *arguments) as output:
        return output.read()


@contextmanager
def stream_git(root: Path, *arguments: str, stdin: IO[bytes] | None = None) -> Iterator[IO[bytes]]:
    """Open the output of git, to be read to its end; leaving the block ends git.

    :param stdin: A file to read from, or the pipe of :func:`feed`.
    :raises GitError: It failed. That is known only at the end of the block.
    :raises RepositoryError: Git is not installed.
    """
    command = ["git", "-C", str(root), *OPTIONS, *_location_options(root), *arguments]
    process = _start(command, stdin)
    stderr: list[bytes] = []
    # Read at the same time: git waits once one of the pipes is full.
    stderr_reader = Thread(target=lambda: stderr.append(process.stderr.read()))
    expired = Event()

    def expire() -> None:
        expired.set()
        process.kill()

    timer = Timer(SECONDS, expire)
    stderr_reader.start()
    timer.start()
    try:
        yield process.stdout
        status = process.wait()
    finally:
        timer.cancel()
        process.kill()
        process.stdout.close()
        process.wait()
        timer.join()
        stderr_reader.join()
        process.stderr.close()
    if expired.is_set():
        raise GitError(f"{root}: git took more than {SECONDS:.0f} seconds and was stopped")
    if status:
        text = b"".join(stderr).decode("utf-8", "replace").strip()
        raise GitError(f"{root}: {_reason(text, status)}", text)


@contextmanager
def feed(lines: Iterator[bytes]) -> Iterator[IO[bytes]]:
    """Open a pipe into which a thread writes *lines*, as they are computed.

    The block has to close the pipe once another process reads it, or the thread would wait forever
    for one that has ended.

    :raises Exception: What the computation has raised.
    """
    failures: list[BaseException] = []
    # If git computes them, it starts here: starting a process changes the environment for a moment.
    first = [*islice(lines, 1)]
    source, target = os.pipe()

    def write() -> None:
        try:
            with open(target, "wb") as stream:
                stream.writelines(chain(first, lines))
        except BrokenPipeError:  # the reader has failed, and its own error is raised
            pass
        except BaseException as failure:
            failures.append(failure)

    thread = Thread(target=write)
    thread.start()
    try:
        with open(source, "rb") as stream:
            yield stream
    finally:
        thread.join()
    if failures:
        raise failures[0]


def _start(command: list[str], stdin: IO[bytes] | None) -> Any:
    """Start git through GitPython, and return the :class:`subprocess.Popen`.

    GitPython wraps it in an object that ends the process when the object is garbage collected,
    which may be at any time; so the process is taken out of it.
    """
    git = _import_gitpython()
    try:
        with _without_pointers():
            wrapper = git.Git().execute(command, stdin, as_process=True, env=ENVIRONMENT)
    except (git.GitCommandNotFound, PermissionError):
        raise RepositoryError(_NOT_INSTALLED) from None
    process, wrapper.proc = wrapper.proc, None
    return process


def _import_gitpython() -> ModuleType:
    # GitPython runs "git version" when it is imported, and by default prints a page of text, or
    # raises ImportError, if there is no git. "quiet" leaves that to the first real command.
    os.environ.setdefault("GIT_PYTHON_REFRESH", "quiet")
    try:
        import git
    except ImportError:  # GIT_PYTHON_REFRESH=raise, set by the user
        raise RepositoryError(_NOT_INSTALLED) from None
    return git


@contextmanager
def _without_pointers() -> Iterator[None]:
    """Unset :data:`UNSET_VARIABLES`; GitPython can only add to the environment of a process."""
    before = {name: os.environ.pop(name) for name in UNSET_VARIABLES if name in os.environ}
    try:
        yield
    finally:
        os.environ.update(before)


def _location_options(root: Path) -> list[str]:
    """Return options that tell git which repository *root* is in.

    That is the one whose ``.git`` is nearest above *root*, or else *root* itself as a bare
    repository. ``core.worktree`` and ``core.bare`` in its configuration may not say otherwise,
    so ``--work-tree`` goes before them.

    Without ``safe.bareRepository=explicit`` (since git 2.38) git would take any directory on the
    way up that has ``HEAD``, ``objects/`` and ``refs/`` for a repository, and apply its ``config``.
    Anybody can commit such files, say as ``proposals/HEAD``.
    """
    resolved = root.resolve()
    for directory in (resolved, *resolved.parents):
        if os.path.lexists(directory / ".git"):
            return ["-c", "safe.bareRepository=explicit", f"--work-tree={directory}"]
    return ["-c", "safe.bareRepository=all"]


def _reason(stderr: str, status: int) -> str:
    """Return a message about a failure of git."""
    for pattern, message in _REASONS.items():
        if match := re.search(pattern, stderr):
            return message.format(*(safe(part, None) for part in match.groups()))
    if status < 0:
        # The process that git starts to fetch an object has failed, and git dies of SIGPIPE
        # without a message.
        return _MISSING
    line = re.search(r"^(?:fatal|error): (.*)", stderr, re.MULTILINE)
    return f"git ended with {status}: {quote(line[1] if line else stderr)}"
