"""Start git. This is the only module that does (see docs/security.rst, *sec-git*).

A repository is untrusted, and so is its ``.git/config``, which may come in an archive or on a
shared disk. It may name programs that git runs by itself: hooks, file system monitors, filters,
aliases, pagers, signature checkers, transports. So git gets fixed commands that need none of
them, options that override the settings, and an environment that forbids the rest. A process
never outlives the block that started it, and never lets it wait for longer than
:data:`.git_process.SECONDS` without an answer. What git has not printed whole is an error, whatever
status it ends with.

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
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any, IO

from .._files import find_git_root
from ..errors import RepositoryError
from .git_errors import (
    describe_failure,
    GitError,
    GitTimeout,
    INIT,
    MissingGitError,
    NO_REPOSITORY,
    NoGitError,
    NOT_INSTALLED,
)
from .git_process import GitOutput, InputPipe, limit_memory

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
    # Attributes come from the repository. This setting would name another file, such as a pipe.
    "-c", f"core.attributesFile={os.devnull}",
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

MAX_OUTPUT = 1 << 28
"""The most bytes that :func:`run_git` reads; the paths of 736 PEPs take 60 kB."""


def run_git(root: Path, *arguments: str) -> bytes:
    """Return the output of git.

    :raises GitError: It failed. The message says what to do about it.
    :raises GitTimeout: It does not answer.
    :raises NoGitError: There is no git repository.
    """
    with stream_git(root, *arguments) as output:
        content = output.read(MAX_OUTPUT + 1)
        if len(content) > MAX_OUTPUT:
            raise GitError(f"{root}: git printed more than {MAX_OUTPUT >> 20} MiB")
        return content


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
    root: Path, *arguments: str, stdin: IO[bytes] | InputPipe | None = None
) -> Iterator[IO[bytes]]:
    """Open the output of git, to be read to its end; leaving the block ends git.

    :param stdin: A file to read from, or the pipe of :func:`open_input`.
    :raises GitError: It failed. That is known only at the end of the block.
    :raises GitTimeout: It does not answer.
    :raises NoGitError: There is no git repository.
    """
    command = ["git", "-C", str(root), *OPTIONS, *_location_options(root), *arguments]
    source, pipe = (stdin.stream, stdin) if isinstance(stdin, InputPipe) else (stdin, None)
    output = GitOutput(_start(root, command, source), pipe)
    try:
        yield io.BufferedReader(output, 1 << 16)
        output.wait()
    except GitError:
        # The reader could not make sense of the output. It ends there if git has failed.
        output.wait(seconds=1)
        if not output.is_late and not output.status:
            raise
    finally:
        output.stop()
    if output.is_late:
        raise GitTimeout(
            f"{root}: git {_name(arguments)} did not answer for {output.waited:.0f} seconds and "
            f"was stopped; see if git -C {root} status answers, and run this command again"
        )
    if output.status:
        text = output.stderr.decode("utf-8", "replace").strip()
        if NO_REPOSITORY in text and find_git_root(root) is None:
            raise NoGitError(f"{root}: {INIT}")
        raise GitError(f"{root}: {describe_failure(text, output.status)}", text)


def _name(arguments: tuple[str, ...]) -> str:
    """Return the command in ``("-c", "mailmap.blob=", "log", "-z")``: ``log``."""
    return next(word for word in arguments if re.fullmatch("[a-z][a-z-]+", word))


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
            raise NoGitError(f"{root}: {INIT}") from None
        raise MissingGitError(NOT_INSTALLED) from None
    except OSError as problem:
        reason = os.strerror(problem.errno or 0).lower()
        raise GitError(f"git cannot be started: {reason}; install it again") from None
    process, wrapper.proc = wrapper.proc, None
    limit_memory(process.pid)
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
