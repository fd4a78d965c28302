"""What is asked of git: a handful of questions, each one process for a whole repository."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from .._text import quote
from ..errors import RepositoryError
from . import log
from .gitcmd import GitError, run_git, stream_git
from .model import Commit

HEAD_BYTES = 16 * 1024
"""How much of a blob is kept: far more than any block of headers."""

_REVISION = re.compile(r"[A-Za-z0-9@][A-Za-z0-9._/@{}^~:+-]{0,200}")
_CHUNK = 1 << 20


@dataclass(frozen=True)
class GitRepository:
    """The repository that holds *root*; *prefix* is the way from its top to there.

    What lies outside of *root* is not told, and paths begin there.
    """

    root: Path
    prefix: str
    shallow: bool

    @classmethod
    def open(cls, root: Path) -> GitRepository:
        """The repository that holds *root*; raises :class:`RepositoryError` without one."""
        answer = run_git(root, "rev-parse", "--is-shallow-repository", "--show-prefix")
        shallow, _, prefix = answer.decode("utf-8", "surrogateescape").partition("\n")
        return cls(root, prefix.removesuffix("\n"), shallow == "true")

    def resolve(self, revision: str) -> str:
        """The id of the commit that *revision* names; raises :class:`RepositoryError`."""
        if _REVISION.fullmatch(revision) is None:
            raise RepositoryError(f"{quote(revision)} is not the name of a revision")
        wanted = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
        try:
            return run_git(self.root, *wanted).decode("ascii").strip()
        except GitError as problem:
            if revision != "HEAD":
                told = f"there is no commit {quote(revision)}{self._hint('fetch it')}"
                raise RepositoryError(told) from None
            if problem.stderr:
                raise
            raise RepositoryError(f"{self.root}: nothing was committed yet") from None

    def _hint(self, cure: str) -> str:
        return f"; {cure}, in CI with fetch-depth: 0" if self.shallow else ""

    def commits(self, head: str) -> list[Commit]:
        """Every commit up to *head*, parents before children."""
        with stream_git(self.root, *log.ARGUMENTS, head, "--") as answer:
            try:
                return list(log.read(answer))
            except ValueError:
                raise GitError(f"{self.root}: the answer of git log makes no sense") from None

    def merge_base(self, base: str) -> str:
        """The commit at which HEAD went its own way from *base*, both being revisions."""
        mine, theirs = self.resolve("HEAD"), self.resolve(base)
        try:
            return run_git(self.root, "merge-base", mine, theirs).decode("ascii").strip()
        except GitError:
            raise RepositoryError(
                f"HEAD and {quote(base)} have no commit in common{self._hint('fetch more')}"
            ) from None

    def tree(self, commit: str) -> dict[str, str]:
        """The blob of every file below the root in *commit*, by path."""
        found = {}
        for row in run_git(self.root, "ls-tree", "-r", "-z", commit).split(b"\0")[:-1]:
            mode, _kind, blob, path = re.split(rb"[ \t]", row, maxsplit=3)
            if mode.decode("ascii") in log.REGULAR:
                found[path.decode("utf-8", "surrogateescape")] = blob.decode("ascii")
        return found

    def author_names(self, base: str, head: str) -> frozenset[str]:
        """The names of those who wrote the commits in *head* that are not in *base*."""
        wanted = ("log", "-z", "--no-show-signature", "--encoding=UTF-8", "--format=%an")
        told = run_git(self.root, *wanted, f"{base}..{head}", "--")
        return frozenset(name.decode("utf-8", "replace") for name in told.split(b"\0") if name)

    def all_paths(self) -> frozenset[str]:
        """The path of every file that any branch or tag that is here has ever had."""
        told = run_git(self.root, *log.ADDED)
        paths = (path.lstrip(b"\n") for path in told.split(b"\0"))
        return frozenset(path.decode("utf-8", "surrogateescape") for path in paths if path)

    def read_blobs(
        self, blobs: Iterable[str], limit: int = HEAD_BYTES
    ) -> Iterator[tuple[str, bytes]]:
        """The first *limit* bytes of each of *blobs*, in their order, from one process.

        Raises :class:`RepositoryError` where one of them is not here.
        """
        with tempfile.TemporaryFile() as names:
            names.writelines(f"{blob}\n".encode("ascii") for blob in blobs)
            names.seek(0)
            with stream_git(self.root, "cat-file", "--batch", "--buffer", stdin=names) as answer:
                while line := answer.readline():
                    name, *facts = line.decode("ascii").split()
                    if len(facts) != 2:
                        raise GitError(f"{self.root}: {_ABSENT.format(name)}")
                    yield name, _beginning(answer, int(facts[1]), limit)


_ABSENT = "the object {} is missing: the clone is partial or damaged; clone it again, whole"


def _beginning(stream: IO[bytes], size: int, limit: int) -> bytes:
    """The first *limit* bytes of the next *size*; the others, and the line end, are passed by."""
    kept = stream.read(min(size, limit))
    left = size - len(kept) + 1
    while left and (passed := stream.read(min(left, _CHUNK))):
        left -= len(passed)
    return kept
