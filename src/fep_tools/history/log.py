"""What ``git log`` prints, as commits. Pure: bytes in, values out."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from itertools import islice
from typing import IO

from .model import Change, Commit

ARGUMENTS = (
    "log", "--topo-order", "--reverse", "--root", "--raw", "-z", "--no-abbrev", "-M",
    f"-O{os.devnull}", "--relative", "--no-color", "--no-ext-diff", "--no-textconv",
    "--no-show-signature", "--diff-merges=first-parent", "--encoding=UTF-8",
    "--format=%H%x00%P%x00%ct%x00%an%x00",
)  # fmt: skip
"""Paths are relative to the folder that git runs in, and nothing outside of it is told."""

ADDED = (
    "log", "--all", "--root", "--diff-filter=A", "--no-renames", "--name-only", "-z",
    "--relative", "--no-color", "--no-ext-diff", "--no-textconv", "--no-show-signature",
    "--diff-merges=off", "--format=", "--",
)  # fmt: skip
"""What came in, wherever, without what became of it."""

REGULAR = frozenset({"100644", "100755", "100664"})
"""The modes of files; links and submodules hold no text of a proposal."""

_CHUNK = 1 << 16


def read(stream: IO[bytes]) -> Iterator[Commit]:
    """The commits that *stream* tells of; raises :class:`ValueError` where it makes no sense."""
    tokens = _tokens(stream)
    name = next(tokens, b"")
    while name:
        parents, seconds, author, _end = islice(tokens, 4)
        changes: list[Change] = []
        following = next(tokens, b"")
        while following.startswith((b":", b"\n:")):
            changes.append(_change(following, tokens))
            following = next(tokens, b"")
        yield Commit(
            name.decode("ascii"),
            tuple(parents.decode("ascii").split()),
            int(seconds) if re.fullmatch(rb"-?[0-9]{1,18}", seconds) else 0,
            author.decode("utf-8", "replace"),
            tuple(changes),
        )
        name = following


def _tokens(stream: IO[bytes]) -> Iterator[bytes]:
    """What stands before each zero byte."""
    rest = b""
    while chunk := stream.read(_CHUNK):
        *whole, rest = (rest + chunk).split(b"\0")
        yield from whole


def _change(row: bytes, tokens: Iterator[bytes]) -> Change:
    """The change that *row* begins; its paths follow in *tokens*."""
    old_mode, mode, old, new, kind = row.lstrip(b"\n:").decode("ascii").split(" ")
    path = next(tokens, b"").decode("utf-8", "surrogateescape")
    before = None
    if kind.startswith("R"):
        before, path = path, next(tokens, b"").decode("utf-8", "surrogateescape")
    return Change(
        path, new if mode in REGULAR else None, before, old if old_mode in REGULAR else None
    )
