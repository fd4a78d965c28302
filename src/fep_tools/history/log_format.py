"""The format of git's log: the options that ask for it, and its parser."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from itertools import islice
from typing import IO

from .model import Commit, FileChange

_TOKEN_BYTES = 1 << 26
"""No part of a log is longer, not even the name of a hostile author."""

MAX_AUTHOR_LENGTH = 200
"""The longest name of an author, in characters. Git has no limit, and pages show the name."""

# The modes of files. 120000 is a symbolic link, and 160000 a submodule; 100664 was written by
# early versions of git.
FILE_MODES = frozenset({"100644", "100755", "100664"})

# Whatever the settings of the repository or the user say: no colour, no programs that make
# binary files readable, no signatures; paths relative to the directory git runs in, and nothing
# outside of it; zero bytes as separators.
_OPTIONS = (
    "-z", "--root", "--relative", "--no-color", "--no-ext-diff", "--no-textconv",
    "--no-show-signature",
    # diff.orderFile would name a file to read, which may be a pipe. An empty one overrides it.
    f"-O{os.devnull}",
)  # fmt: skip

COMMITS = (
    # Parents before children, whatever their dates say.
    "log", "--topo-order", "--reverse", *_OPTIONS,
    # Modes and full ids of blobs, with renames.
    "--raw", "--no-abbrev", "-M",
    # Compare a merge with its first parent only (git 2.31).
    "--diff-merges=first-parent",
    # Authors in UTF-8, whatever i18n.logOutputEncoding says.
    "--encoding=UTF-8",
)  # fmt: skip

COMMIT_FORMAT = "--format=%H%x00%P%x00%ct%x00{author}%x00"
"""The first tokens of a commit, see :func:`parse_log`. %ct: seconds of the committer."""

ADDED_PATHS = (
    # Every path that any commit has added: a merge only if none of its parents has it, such as a
    # proposal that somebody wrote while they resolved a conflict.
    "log", "--all", *_OPTIONS, "--diff-filter=A", "--no-renames", "--name-only",
    "--diff-merges=combined", "--format=", "--",
)  # fmt: skip


def parse_log(stream: IO[bytes]) -> Iterator[Commit]:
    r"""Parse the output of ``git log`` with :data:`COMMITS`.

    Every token ends with a zero byte. A commit with two changes is::

        <id> \0 <parents, with blanks> \0 <seconds> \0 <author> \0 \0
        \n:100644 100644 <old blob> <blob> M \0 fep-0001.rst \0
        :100644 100644 <old blob> <blob> R087 \0 fep-0002.txt \0 fep-0002.rst \0

    The next token is the id of the next commit.

    :raises ValueError: It is anything else.
    """
    tokens = _split_tokens(stream)
    commit_id = next(tokens, b"")
    while commit_id:
        parents, seconds, author, _end = islice(tokens, 4)
        changes: list[FileChange] = []
        token = next(tokens, b"")
        while token.startswith((b":", b"\n:")):
            changes.append(_parse_change(token, tokens))
            token = next(tokens, b"")
        yield Commit(
            commit_id.decode("ascii"),
            tuple(parents.decode("ascii").split()),
            # A damaged commit may have anything here, or nothing.
            int(seconds) if re.fullmatch(rb"-?[0-9]{1,18}", seconds) else 0,
            # Git leaves its placeholder where a damaged commit has no author.
            "" if author in (b"%aN", b"%an") else _one_line(author)[:MAX_AUTHOR_LENGTH],
            tuple(changes),
        )
        commit_id = token


def _one_line(text: bytes) -> str:
    return " ".join(text.decode("utf-8", "replace").split())


def _split_tokens(stream: IO[bytes]) -> Iterator[bytes]:
    """Yield the parts that end with a zero byte, without that byte."""
    rest = b""
    while chunk := stream.read(1 << 16):
        *tokens, rest = (rest + chunk).split(b"\0")
        yield from tokens
        if len(rest) > _TOKEN_BYTES:
            raise ValueError
    if rest:
        raise ValueError


def _parse_change(token: bytes, tokens: Iterator[bytes]) -> FileChange:
    """Parse the change that *token* begins; its path, or its two paths, are the next *tokens*."""
    old_mode, mode, old_blob, blob, kind = token.lstrip(b"\n:").decode("ascii").split(" ")
    path = next(tokens, b"").decode("utf-8", "surrogateescape")
    before = None
    if kind.startswith("R"):  # R087: renamed, and 87 % alike
        before, path = path, next(tokens, b"").decode("utf-8", "surrogateescape")
    return FileChange(
        path,
        blob if mode in FILE_MODES else None,
        before,
        old_blob if old_mode in FILE_MODES else None,
    )
