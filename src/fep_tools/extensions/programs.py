"""The Python files of a program in a directory."""

from __future__ import annotations

import io
import os
import tokenize
from collections.abc import Iterator
from pathlib import Path

from .._files import FileContent, read_file, Refusal
from .scan import Unread

MAX_FILES = 20_000
"""Files that are read. A large application has a tenth of that."""

_SKIPPED = frozenset(("__pycache__", "node_modules", "site-packages"))


def read_program(path: Path) -> tuple[dict[str, str], list[Unread]]:
    """Return the texts of the Python files at *path*, and what was not read.

    Hidden directories, virtual environments and links are left out. Paths begin with *path*.

    :param path: a directory or a file.
    """
    sources: dict[str, str] = {}
    unread: list[Unread] = []
    for file in [path] if path.is_file() else _find(path):
        name = file.as_posix()
        if len(sources) >= MAX_FILES:
            unread.append(Unread(path=name, reason=f"there are more than {MAX_FILES} files"))
            break
        data = read_file(file.parent, file.name)
        try:
            sources[name] = _decode(data)
        except ValueError as problem:
            unread.append(Unread(path=name, reason=str(problem)))
    return sources, unread


def _find(directory: Path) -> Iterator[Path]:
    for folder, names, files in os.walk(directory):
        is_environment = "pyvenv.cfg" in files
        names[:] = sorted(n for n in names if n not in _SKIPPED and not n.startswith("."))
        if is_environment:
            names.clear()
            continue
        for file in sorted(files):
            path = Path(folder, file)
            if file.endswith(".py") and not path.is_symlink():
                yield path


def _decode(data: FileContent) -> str:
    """Return a text in the encoding that it declares, as Python reads it.

    :raises ValueError: if it cannot be read.
    """
    if isinstance(data, Refusal):
        raise ValueError(data.message)
    try:
        encoding, _lines = tokenize.detect_encoding(io.BytesIO(data).readline)
        return data.decode(encoding)
    except (SyntaxError, UnicodeError, LookupError):
        raise ValueError("is not in the encoding that it declares") from None
