"""What git knows about the files of a working tree: what it would store, and what it left out.

A checkout is not always what was committed. Git for Windows writes CR LF for LF by default
(``core.autocrlf``), and a sparse checkout leaves files out. Nothing here runs git unless there is
a file with CR LF, or a sparse checkout.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from .._files import FileContent, MAX_FILE_BYTES, read_file
from ..errors import RepositoryError

# "i/lf    w/crlf  attr/text=auto eol=crlf \tproposals/fep-0001.rst": the line ends in the index,
# which is empty for a new file, those in the working tree, and the attributes. See the section
# "--eol" of git-ls-files(1).
_LINE_ENDS = re.compile(rb"i/(\S*) +w/\S* +attr/(.*?) *\t(.*)", re.DOTALL)

_SKIPPED = re.compile(rb"S 100(?:644|755) ([0-9a-f]+) 0\t(.*)", re.DOTALL)
"""A regular file that ``git ls-files -t --stage`` shows as left out of the working tree."""

_PATHS_PER_COMMAND = 200
"""Windows allows 32,767 characters in a command."""


@dataclass(frozen=True)
class WorkingTree:
    """The working tree at *root*, which need not be one of git."""

    root: Path

    # Sparse checkouts -----------------------------------------------------------------------

    @cached_property
    def skipped(self) -> dict[str, str]:
        """The blobs of files that a sparse checkout leaves out, by path."""
        directory = _git_directory(self.root)
        if directory is None or not (directory / "info" / "sparse-checkout").is_file():
            return {}
        from .gitcmd import read_records

        listed = read_records(self.root, "ls-files", "-z", "-t", "--stage")
        entries = filter(None, map(_SKIPPED.fullmatch, listed))
        blobs = {os.fsdecode(entry[2]): entry[1].decode("ascii") for entry in entries}
        return {p: blob for p, blob in blobs.items() if not os.path.lexists(self.root / p)}

    def read_skipped(self, paths: Iterable[str]) -> dict[str, bytes]:
        """Return the contents of those *paths* that a sparse checkout leaves out.

        One byte more than is allowed is read of a file that is too large, so that it is refused.

        :raises RepositoryError: A partial clone does not have them.
        """
        blobs = {path: self.skipped[path] for path in paths if path in self.skipped}
        if not blobs:
            return {}
        from .git import GitRepository

        git = GitRepository.open(self.root)
        try:
            contents = dict(git.read_blobs(dict.fromkeys(blobs.values()), MAX_FILE_BYTES + 1))
        except RepositoryError:
            raise RepositoryError(
                f"{self.root}: this sparse checkout leaves out files that the partial clone does "
                "not have; run git sparse-checkout disable"
            ) from None
        return {path: contents[blob] for path, blob in blobs.items()}

    # Line ends ------------------------------------------------------------------------------

    def as_stored(self, sources: Mapping[str, FileContent]) -> dict[str, FileContent]:
        """Return *sources*, files by path, with LF where git would turn CR LF into that."""
        stored = self.stored_with_line_feeds(p for p, s in sources.items() if has_crlf(s))
        converted = {
            path: source.replace(b"\r\n", b"\n")
            for path, source in sources.items()
            if path in stored and isinstance(source, bytes)
        }
        return {**sources, **converted}

    def as_on_disk(self, path: str, text: str) -> bytes:
        """Return the bytes of a new *text* of a file, with the line ends that the file has.

        :raises RepositoryError: A sparse checkout leaves the file out.
        """
        if path in self.skipped:
            directory = path.rpartition("/")[0]
            raise RepositoryError(
                f"{path}: is not in this sparse checkout; run git sparse-checkout add {directory}"
            )
        before = {path: read_file(self.root, path)}
        is_converted = self.as_stored(before) != before
        return (text.replace("\n", "\r\n") if is_converted else text).encode()

    def stored_with_line_feeds(self, paths: Iterable[str]) -> frozenset[str]:
        """Return those of *paths* whose CR LF git would turn into LF, and has not stored.

        A committed file that has CR LF is none of them, whatever would become of it now.
        """
        names = list(paths)
        if not names:
            return frozenset()
        from .git_errors import MissingGitError, NoGitError

        try:
            return frozenset(self._find_converted(names))
        except (MissingGitError, NoGitError):
            return frozenset()

    def _find_converted(self, names: Sequence[str]) -> Iterator[str]:
        from .gitcmd import read_records

        # --others: files that were not added yet.
        command = ("ls-files", "-z", "--eol", "--cached", "--others", "--")
        for start in range(0, len(names), _PATHS_PER_COMMAND):
            batch = names[start : start + _PATHS_PER_COMMAND]
            for entry in read_records(self.root, *command, *batch):
                found = _LINE_ENDS.fullmatch(entry)
                if found and found[1] in {b"", b"lf", b"none"} and self._converts(found[2]):
                    yield os.fsdecode(found[3])

    def _converts(self, attributes: bytes) -> bool:
        """Return whether a file with *attributes*, such as ``text eol=crlf``, is converted."""
        return attributes.startswith(b"text") or (not attributes and self._has_autocrlf)

    @cached_property
    def _has_autocrlf(self) -> bool:
        from .gitcmd import run_git

        # Not --type=bool: the value may be "input".
        value = run_git(self.root, "config", "--default", "false", "--get", "core.autocrlf")
        return value.strip().lower() in {b"true", b"yes", b"on", b"1", b"input"}


def has_crlf(source: FileContent) -> bool:
    """Return whether a line of a text ends with CR LF.

    A file with a zero byte is no text for git either. Every PNG has CR LF in its first 8 bytes.
    """
    return isinstance(source, bytes) and b"\r\n" in source and b"\0" not in source


def _git_directory(root: Path) -> Path | None:
    """Return the ``.git`` directory of the working tree, without running git."""
    real = Path(os.path.realpath(root))
    for directory in (real, *real.parents):
        if (directory / ".git").is_dir():
            return directory / ".git"
        # In a worktree or a submodule: "gitdir: /srv/peps/.git/worktrees/x".
        content = read_file(directory, ".git")
        if isinstance(content, bytes) and content.startswith(b"gitdir: "):
            return directory / os.fsdecode(content.removeprefix(b"gitdir: ").strip())
    return None
