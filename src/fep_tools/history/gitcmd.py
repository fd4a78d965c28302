"""Start git. This is the only module that does (see docs/security.rst, *sec-git*).

A repository is untrusted, and so is its ``.git/config``, which may come in an archive or on a
shared disk. It may name programs that git runs by itself: hooks, file system monitors, filters,
aliases, pagers, signature checkers, transports. So git gets fixed commands that need none of
them, options that override the settings, and an environment that forbids the rest. A process
never outlives the block that started it, and never lets it wait for longer than :data:`SECONDS`
without an answer. What git has not printed whole is an error, whatever status it ends with.

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

import io
import os
import re
import signal
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from subprocess import TimeoutExpired
from threading import Event, Thread
from types import ModuleType
from typing import Any, IO

from .._files import find_git_root
from .._text import quote, safe
from ..errors import FepError, RepositoryError

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

SECONDS = 30.0
"""How long the reader of an answer may wait, and one second more for each 100 kB of it.

Only waiting counts, not what is done with the answer, so a large repository has more time than a
git that hangs. The whole log of the PEPs, 1.4 MB, takes 2 seconds.
"""

_BYTES_PER_SECOND = 100_000

_TICK = 0.1
"""Seconds between two looks at whether an answer has come."""

MAX_ANSWER = 1 << 28
"""The most bytes that :func:`run_git` reads; the paths of 736 PEPs take 60 kB."""

_MAX_STDERR = 1 << 16

_SIGPIPE = 13
"""``signal.SIGPIPE``, which Windows does not have."""

_NO_REPOSITORY = "not a git repository"

_INIT = f"{_NO_REPOSITORY}; fep reads the history from git, so run git init and commit the files"

_NOT_INSTALLED = "git is not installed, or not on the PATH"
_MISSING = "objects are missing: the clone is partial or damaged; clone it again, without --filter"

# Patterns of what git prints on standard error, and what to do about it.
_REASONS = {
    # fatal: detected dubious ownership in repository at '/srv/peps' ...
    #         git config --global --add safe.directory /srv/peps
    r"safe\.directory (.+)": (
        "belongs to another user; if you trust it, git config --global --add safe.directory {}"
    ),
    # There is a .git, but it has no HEAD, or leads elsewhere.
    _NO_REPOSITORY: "its .git is not a git repository; HEAD or another file in it is damaged",
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


def run_git(root: Path, *arguments: str) -> bytes:
    """Return the output of git.

    :raises GitError: It failed. The message says what to do about it.
    :raises GitTimeout: It does not answer.
    :raises NoGitError: There is no git repository.
    """
    with stream_git(root, *arguments) as output:
        answer = output.read(MAX_ANSWER + 1)
        if len(answer) > MAX_ANSWER:
            raise GitError(f"{root}: git printed more than {MAX_ANSWER >> 20} MiB")
        return answer


def read_records(root: Path, *arguments: str) -> list[bytes]:
    """Return the records of an output of git with ``-z``, each of which ends with a zero byte.

    :raises GitError: It failed, or the last record is cut off.
    """
    *records, rest = run_git(root, *arguments).split(b"\0")
    if rest:
        raise incomplete(root, *arguments)
    return records


def incomplete(root: Path, *arguments: str) -> GitError:
    """Return the error for an output that is not what git prints for *arguments*."""
    return GitError(
        f"{root}: the output of git {_name(arguments)} is incomplete or damaged; "
        f"see what git -C {root} fsck reports"
    )


@contextmanager
def stream_git(
    root: Path, *arguments: str, stdin: IO[bytes] | Feed | None = None
) -> Iterator[IO[bytes]]:
    """Open the output of git, to be read to its end; leaving the block ends git.

    :param stdin: A file to read from, or the pipe of :func:`feed`.
    :raises GitError: It failed. That is known only at the end of the block.
    :raises GitTimeout: It does not answer.
    :raises NoGitError: There is no git repository.
    """
    command = ["git", "-C", str(root), *OPTIONS, *_location_options(root), *arguments]
    source, pipe = (stdin.stream, stdin) if isinstance(stdin, Feed) else (stdin, None)
    answer = _Answer(_start(root, command, source), pipe)
    try:
        yield io.BufferedReader(answer, 1 << 16)
        answer.wait()
    except GitError:
        # The reader could not make sense of the output. It ends there if git has failed.
        answer.wait(seconds=1)
        if not answer.is_late and not answer.status:
            raise
    finally:
        answer.stop()
    if answer.is_late:
        raise GitTimeout(
            f"{root}: git {_name(arguments)} did not answer for {answer.waited:.0f} seconds and "
            f"was stopped; see if git -C {root} status answers, and run this command again"
        )
    if answer.status:
        text = answer.stderr.decode("utf-8", "replace").strip()
        if _NO_REPOSITORY in text and find_git_root(root) is None:
            raise NoGitError(f"{root}: {_INIT}")
        raise GitError(f"{root}: {_reason(text, answer.status)}", text)


@dataclass
class Feed:
    """A pipe from which git reads.

    :ivar is_filling: The next line is computed. Git cannot answer before it is there.
    """

    stream: IO[bytes]
    is_filling: bool = True

    def close(self) -> None:
        """Close it, once git reads from it."""
        self.stream.close()


@contextmanager
def feed(lines: Iterator[bytes]) -> Iterator[Feed]:
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
                for line in chain(first, lines):
                    pipe.is_filling = False
                    stream.write(line)
                    pipe.is_filling = True
        except BrokenPipeError:  # the reader has failed, and its own error is raised
            pass
        except BaseException as failure:
            failures.append(failure)
        finally:
            pipe.is_filling = False

    thread = Thread(target=write)
    try:
        with open(source, "rb") as stream:
            pipe = Feed(stream)
            thread.start()
            yield pipe
    finally:
        thread.join()
    if failures:
        raise failures[0]


def _name(arguments: tuple[str, ...]) -> str:
    """Return the command in ``("-c", "mailmap.blob=", "log", "-z")``: ``log``."""
    return next(word for word in arguments if re.fullmatch("[a-z][a-z-]+", word))


class _Answer(io.RawIOBase):
    """What git prints. If it does not answer, it is stopped, and the answer ends.

    :ivar is_late: It was stopped.
    :ivar status: The status it ended with; 0 while it runs.
    :ivar waited: How many seconds were spent waiting for it.
    """

    def __init__(self, process: Any, pipe: Feed | None) -> None:
        self._process = process
        self._pipe = pipe
        self._size = 0
        self._is_waiting = False
        self._is_over = Event()
        self.is_late = False
        self.waited = 0.0
        self.stderr = bytearray()
        # Read at the same time: git waits once one of the pipes is full.
        self._threads = Thread(target=self._read_stderr), Thread(target=self._stop_if_late)
        for thread in self._threads:
            thread.start()

    @property
    def status(self) -> int:
        return self._process.returncode or 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:
        self._is_waiting = True
        size: int = self._process.stdout.readinto1(buffer)
        self._is_waiting = False
        self._size += size
        return size

    def wait(self, seconds: float | None = None) -> None:
        """Wait until git ends, or for *seconds*."""
        self._is_waiting = True
        # A program that git has started may still write there.
        self._threads[0].join(seconds)
        with suppress(TimeoutExpired):
            self._process.wait(seconds)

    def stop(self) -> None:
        """End git, and close what belongs to it."""
        self._is_over.set()
        _kill(self._process)
        self._process.wait()
        for thread in self._threads:
            thread.join()
        self._process.stdout.close()
        self._process.stderr.close()

    def _read_stderr(self) -> None:
        while chunk := self._process.stderr.read1(1 << 16):
            self.stderr += chunk[: _MAX_STDERR - len(self.stderr)]

    def _stop_if_late(self) -> None:
        while not self._is_over.wait(_TICK):
            is_fed = self._pipe is None or not self._pipe.is_filling
            self.waited += _TICK if self._is_waiting and is_fed else 0
            if self.waited > SECONDS + self._size / _BYTES_PER_SECOND:
                self.is_late = True
                _kill(self._process)
                break


def _kill(process: Any) -> None:
    """End git and the programs it has started, which would keep its output open."""
    if process.returncode is not None:
        return
    with suppress(OSError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()


def _start(root: Path, command: list[str], stdin: IO[bytes] | None) -> Any:
    """Start git through GitPython, and return the :class:`subprocess.Popen`.

    GitPython wraps it in an object that ends the process when the object is garbage collected,
    which may be at any time; so the process is taken out of it.
    """
    git = _import_gitpython()
    group = {"process_group": 0} if hasattr(os, "killpg") else {}
    try:
        with _environment(dict.fromkeys(UNSET_VARIABLES)):
            wrapper = git.Git().execute(command, stdin, as_process=True, env=ENVIRONMENT, **group)
    except (git.GitCommandNotFound, PermissionError):
        # Whether there is a repository does not matter if no git could read it.
        if find_git_root(root) is None:
            raise NoGitError(f"{root}: {_INIT}") from None
        raise MissingGitError(_NOT_INSTALLED) from None
    except OSError as problem:
        reason = os.strerror(problem.errno or 0).lower()
        raise GitError(f"git cannot be started: {reason}; install it again") from None
    process, wrapper.proc = wrapper.proc, None
    return process


def _import_gitpython() -> ModuleType:
    # GitPython runs "git version" when it is imported, for which no time limit can be set. So
    # it gets a program that does not exist, and "quiet" makes that no error. Its functions take
    # "git" then, as without a setting.
    absent = {"GIT_PYTHON_GIT_EXECUTABLE": f"{__file__}.absent", "GIT_PYTHON_REFRESH": "quiet"}
    with _environment(absent):
        try:
            import git
        except ImportError:
            raise RepositoryError("GitPython cannot be imported; install fep-tools again") from None
    return git


@contextmanager
def _environment(changes: Mapping[str, str | None]) -> Iterator[None]:
    """Change variables of this process in the block; ``None`` removes one.

    GitPython reads its settings there, and can only add to the environment of a process.
    """
    before = {name: os.environ.get(name) for name in changes}
    _set_environment(changes)
    try:
        yield
    finally:
        _set_environment(before)


def _set_environment(values: Mapping[str, str | None]) -> None:
    for name, value in values.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value


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
    if status == -_SIGPIPE:
        # The process that git starts to fetch an object has failed, and git dies without a
        # message.
        return _MISSING
    if status < 0:
        return f"git was ended by signal {-status}, perhaps for lack of memory"
    line = re.search(r"^(?:fatal|error): (.*)", stderr, re.MULTILINE)
    return f"git ended with {status}: {quote(line[1] if line else stderr)}"
