"""Helpers of rules about files: compare file names, and suggest one."""

from __future__ import annotations

import re
import unicodedata

from ....process.model import Process


def fold_path(path: str) -> str:
    """Return *path* as file systems compare it that ignore case or normalise letters.

    Windows and macOS ignore case, and macOS does not distinguish ``é`` as one character from
    ``e`` with a combining accent.
    """
    return unicodedata.normalize("NFC", path).casefold()


def is_standard_input(path: str) -> bool:
    """Return whether *path* stands for a text from standard input, such as ``<stdin>``."""
    return path.startswith("<")


def suggest_path(path: str, number: int, process: Process) -> str:
    """Return a valid path for the proposal of that number, close to its current one.

    If names contain a status and words, ``draft/views.rst`` becomes ``draft/0007-views.rst``.
    """
    directory, _, name = path.rpartition("/")
    words = re.findall(r"[a-z]+[a-z0-9]*", name.rpartition(".")[0].lower())
    status = directory.rpartition("/")[2] or process.initial_status.name.lower()
    return process.files.path(number, status=status, slug="-".join(words) or "untitled")
