"""Queries to git. Each starts one process for the whole repository."""

from __future__ import annotations

import posixpath
import re
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import IO

from .._text import quote
from ..errors import RepositoryError
from .git_errors import GitError, NoGitError
from .git_process import open_input
from .gitcmd import incomplete, read_records, run_git, stream_git
from .log_format import ADDED_PATHS, COMMIT_FORMAT, COMMITS, FILE_MODES, parse_log
from .mailmap import MAILMAP, Mailmap, read_mailmap
from .model import Commit
from .revisions import require_one_meaning, REVISION

HEADER_BYTES = 16 * 1024
"""How much of a blob is read for its headers; the longest headers of a PEP take 2 KB."""

MAX_ARGUMENTS = 500
"""How many paths a command of git gets; 32,000 characters are the limit of Windows."""

_CHUNK_BYTES = 1 << 20

_LINE_BYTES = 1 << 16
"""No line that git prints above an object is longer; the longest has a path in it."""

_ABSENT = "object {} is missing: the clone is partial or damaged; clone it again, without --filter"


@dataclass(frozen=True)
class GitRepository:
    """The git repository that contains *root*.

    Paths are relative to *root*, and what lies outside of it does not exist here.

    :param prefix: The path from the top of the repository to *root*, ``""`` or ending in ``/``.
    :param shallow: The clone does not have the whole history.
    :param mailmap: The present names of authors.
    """

    root: Path
    prefix: str
    shallow: bool
    mailmap: Mailmap = Mailmap()

    @classmethod
    def open(cls, root: Path) -> GitRepository:
        """Open the repository that contains *root*.

        :raises RepositoryError: There is none, or git is not installed.
        """
        # Prints "false\nproposals/\n8c7e5a6...\n"; --revs-only leaves out a blob that does not
        # exist. A name may have line feeds, but a slash is after the prefix, and in no id.
        command = ("--is-shallow-repository", "--show-prefix", "--revs-only", f"HEAD:{MAILMAP}")
        output = run_git(root, "rev-parse", *command).decode("utf-8", "surrogateescape")
        found = re.fullmatch(r"(true|false)\n((?:.*/)?)\n(?:([0-9a-f]+)\n)?", output, re.DOTALL)
        if found is None:
            raise incomplete(root, "rev-parse")
        shallow, prefix, blob = found.groups("")
        mailmap = read_mailmap(root, prefix, blob)
        return cls(root, prefix, shallow == "true", mailmap)

    def resolve(self, revision: str) -> str:
        """Return the id of the commit that *revision* names.

        :raises RepositoryError: There is no such commit.
        """
        if REVISION.fullmatch(revision) is None:
            raise RepositoryError(f"{quote(revision)} is not the name of a revision")
        # "^{commit}" follows tags, and refuses trees and blobs.
        command = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
        try:
            return self._one_id(*command)
        except GitError as error:
            # With --quiet, a name that does not exist prints no error, nor does a HEAD without
            # a commit; a damaged object does.
            is_other_type = "expected commit type" in error.stderr
            if error.stderr.startswith("error: ") and not is_other_type:
                raise
            if revision == "HEAD" and error.stderr:
                raise
            if revision == "HEAD":
                raise self._no_head() from None
            message = f"there is no commit {quote(revision)}{self._shallow_hint('fetch it')}"
            raise RepositoryError(message) from None

    def _no_head(self) -> RepositoryError:
        """Return the error for a HEAD that is no commit: none was made, or its object is gone."""
        try:
            head = self._one_id("rev-parse", "--verify", "--quiet", "HEAD")
        except GitError:
            return NoGitError(f"{self.root}: nothing was committed to this branch yet")
        return GitError(f"{self.root}: {_ABSENT.format(head)}")

    def _one_id(self, *command: str) -> str:
        """Return the id of a commit, which is all that *command* prints."""
        output = run_git(self.root, *command)
        if re.fullmatch(rb"([0-9a-f]{40}|[0-9a-f]{64})\n", output) is None:
            raise incomplete(self.root, *command)
        return output.decode("ascii").strip()

    def _shallow_hint(self, cure: str) -> str:
        return f"; {cure}, in CI with fetch-depth: 0" if self.shallow else ""

    def commits(self, head: str, base: str = "") -> Generator[Commit, None, None]:
        """Yield every commit up to *head*, parents before children, while git writes them.

        :param base: A commit. It and those before it are left out; there has to be a later one.
        """
        log = (*COMMITS, COMMIT_FORMAT.format(author=self.mailmap.author))
        last = ""
        commits = f"{base}..{head}" if base else head
        with stream_git(self.root, *self.mailmap.options, *log, commits, "--") as output:
            try:
                for commit in parse_log(output):
                    last = commit.id
                    yield commit
            except ValueError:
                raise incomplete(self.root, "log") from None
            # The last one is that which nothing comes after.
            if last != head:
                raise incomplete(self.root, "log")

    def day_of(self, commit: str) -> date | None:
        """Return the day of a commit as :attr:`Commit.date` has it."""
        command = ("log", "-1", "--no-show-signature", "--format=%ct", commit, "--")
        output = run_git(self.root, *command)
        if re.fullmatch(rb"-?[0-9]{1,18}\n", output) is None:
            raise incomplete(self.root, *command)
        return Commit(commit, (), int(output), "", ()).date

    def merge_base(self, base: str) -> str:
        """Return the last commit that HEAD and the revision *base* have in common.

        There can be several if each was merged into the other. Git sorts them by their dates, which
        the author of a change can choose.

        :raises RepositoryError: There is none, or more than one, or *base* has several meanings.
        """
        require_one_meaning(self.root, base)
        head, other = self.resolve("HEAD"), self.resolve(base)
        command = ("merge-base", "--all", head, other)
        try:
            output = run_git(self.root, *command)
        except GitError as error:
            if error.stderr:
                raise
            raise RepositoryError(
                f"HEAD and {quote(base)} have no commit in common{self._shallow_hint('fetch more')}"
            ) from None
        if re.fullmatch(rb"(?:(?:[0-9a-f]{40}|[0-9a-f]{64})\n)+", output) is None:
            raise incomplete(self.root, *command)
        found = output.decode("ascii").split()
        if len(found) > 1:
            raise RepositoryError(
                f"HEAD and {quote(base)} have {len(found)} last commits in common, so what this "
                f"change began with is not clear; merge {quote(base)} and check again"
            )
        return found[0]

    def tree(self, commit: str) -> dict[str, str]:
        """Return the id of the blob of every file in *commit*, by path."""
        entries = self.entries(commit).items()
        return {path: blob for path, (mode, blob) in entries if mode in FILE_MODES}

    def entries(self, commit: str, *, outside: bool = False) -> dict[str, tuple[str, str]]:
        """Return mode and id of every file, link and submodule in *commit*, by path.

        :param outside: Whether to return those outside of *root* as well, as ``../Makefile``.
        """
        entries = {}
        # "100644 blob 8c7e5a6...\tfep-0001.rst\0". Git runs in root and prints what is below it.
        tree = ("--full-tree",) if outside else ()
        for entry in read_records(self.root, "ls-tree", "-r", "-z", *tree, commit):
            found = re.fullmatch(rb"([0-9]{6}) [a-z]+ ([0-9a-f]+)\t(.+)", entry, re.DOTALL)
            if found is None:
                raise incomplete(self.root, "ls-tree")
            mode, blob, path = found.groups()
            name = path.decode("utf-8", "surrogateescape")
            if outside and self.prefix:
                name = posixpath.relpath(name, self.prefix)
            entries[name] = (mode.decode("ascii"), blob.decode("ascii"))
        return entries

    def author_names(self, base: str, head: str) -> frozenset[str]:
        """Return the authors of the commits that are in *head* and not in *base*."""
        author = f"--format={self.mailmap.author}"
        log = ("log", "-z", "--no-show-signature", "--encoding=UTF-8", author)
        names = read_records(self.root, *self.mailmap.options, *log, f"{base}..{head}", "--")
        return frozenset(name.decode("utf-8", "replace") for name in names if name)

    def is_cut(self, base: str, head: str) -> bool:
        """Return whether a shallow clone lacks commits between *base* and *head*.

        In the range, a commit without parents is one at which the clone ends.
        """
        if not self.shallow:
            return False
        ends = run_git(self.root, "rev-list", "--max-parents=0", f"{base}..{head}", "--")
        return bool(ends)

    def all_paths(self) -> frozenset[str]:
        """Return the path of every file that was ever committed to any branch or tag."""
        # The names of each commit begin with a line feed: "\na.rst\0b.rst\0\nc.rst\0".
        paths = (path.lstrip(b"\n") for path in read_records(self.root, *ADDED_PATHS))
        return frozenset(path.decode("utf-8", "surrogateescape") for path in paths if path)

    def names(self) -> list[str]:
        """Return the names of branches and tags."""
        output = run_git(self.root, "for-each-ref", "--format=%(refname:short)", "--count=2000")
        return output.decode("utf-8", "replace").splitlines()

    def remote_url(self) -> str | None:
        """Return the web page of the repository that this one was cloned from, if git knows it.

        ``git@example.org:flask/feps.git`` gives ``https://example.org/flask/feps``.
        """
        try:
            output = run_git(self.root, "config", "--get", "remote.origin.url")
        except GitError:
            return None
        url = output.decode("utf-8", "replace").strip().removesuffix(".git")
        # "https://user:token@host/path", "ssh://git@host:22/path" or "git@host:path"
        match = re.fullmatch(
            r"(?:(?:https?|ssh|git)://)(?:[^@/]*@)?([\w.-]+)(?::[0-9]+)?/([\w./~-]+)"
            r"|(?:[\w.-]+@)([\w.-]+):([\w./~-]+)",
            url,
        )
        if match is None:
            return None
        return f"https://{match[1] or match[3]}/{match[2] or match[4]}"

    def read_blobs(
        self, blobs: Iterable[str], limit: int = HEADER_BYTES
    ) -> Iterator[tuple[str, bytes]]:
        """Yield the id and the first *limit* bytes of each blob, in the order of *blobs*.

        They may come from :meth:`commits`: git reads blobs while it still writes the log.

        :raises RepositoryError: One of them is missing.
        """
        # --buffer: do not flush after each object, since many are asked for beforehand.
        command = ("cat-file", "--batch", "--buffer")
        asked: deque[str] = deque()

        def lines() -> Iterator[bytes]:
            for blob in blobs:
                asked.append(blob)
                yield f"{blob}\n".encode("ascii")

        with open_input(lines()) as ids, stream_git(self.root, *command, stdin=ids) as output:
            ids.close()
            # "<id> blob <size>\n<content>\n", or "<id> missing\n".
            while line := output.readline(_LINE_BYTES):
                blob = asked.popleft() if asked else ""
                if line == f"{blob} missing\n".encode("ascii"):
                    raise GitError(f"{self.root}: {_ABSENT.format(blob)}")
                found = re.fullmatch(rb"([0-9a-f]+) [a-z]+ ([0-9]{1,18})\n", line)
                if found is None or found[1] != blob.encode("ascii"):
                    raise incomplete(self.root, *command)
                yield blob, read_start(output, int(found[2]), limit)
            if asked:
                raise incomplete(self.root, *command)


def read_start(stream: IO[bytes], size: int, limit: int) -> bytes:
    """Read *size* bytes and the line end after them; return the first *limit* of them.

    :raises GitError: They end too early.
    """
    start = stream.read(min(size, limit))
    rest = size - len(start) + 1
    while rest:
        skipped = stream.read(min(rest, _CHUNK_BYTES))
        if not skipped:
            raise GitError("an object in the output of git cat-file is cut off; run git fsck")
        rest -= len(skipped)
    return start
