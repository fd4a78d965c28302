"""Read one file of an untrusted repository: never through a link, and never more than a limit.

:func:`read_file` returns bytes, :func:`decode_text` looks at them before any parser does. Both
return a :class:`Refusal` instead of raising (see docs/security.rst, *sec-reading*).
"""

from __future__ import annotations

import os
import re
import stat
from dataclasses import dataclass
from pathlib import Path

from ._text import safe
from .diagnostics import Span
from .errors import FepError

MAX_FILE_BYTES = 1024 * 1024
"""The largest file that is read; the largest of 736 PEPs has 121 KB."""

MAX_LINE_CHARACTERS = 5000
"""The longest line that is parsed; the longest of the PEPs has 1005 characters."""

# O_NOFOLLOW: a file may turn into a link after lstat() has looked at it. O_NONBLOCK: opening a
# pipe would otherwise wait for somebody to write into it. Windows has neither.
_OPEN_FLAGS = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)

_REFUSED_KINDS = (
    (stat.S_ISLNK, "is a link", "put the file itself here"),
    (stat.S_ISDIR, "is a directory", "a proposal is a file"),
    (stat.S_ISFIFO, "is a pipe", "a proposal is a file"),
    (stat.S_ISSOCK, "is a socket", "a proposal is a file"),
)

# C0 and C1 control characters, DEL and Unicode's own line ends. A tab, a line feed and the
# carriage return of "\r\n" are fine.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029]|\r(?!\n)")

_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_PLAIN_BYTES = bytes({*range(0x20, 0x100), *b"\t\n"} - {0x7F})
_CONTROL_PREFIXES = (b"\xc2", b"\xe2\x80\xa8", b"\xe2\x80\xa9")
"""First bytes, in UTF-8, of the control characters beyond ASCII."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """The reason why a file is not read any further, and what to do about it.

    *message* continues a sentence that begins with the file's path.
    """

    message: str
    help: str = ""
    span: Span = Span(1, 1)


def read_file(root: Path, path: str) -> bytes | Refusal:
    """Return the bytes of the regular file at *path*, or why it was not opened."""
    full_path = root / path
    try:
        mode = full_path.lstat().st_mode
        for is_kind, message, help_ in _REFUSED_KINDS:
            if is_kind(mode):
                return Refusal(message, help_)
        return _read_regular(full_path)
    except OSError as problem:
        return Refusal(f"cannot be read: {os.strerror(problem.errno or 0).lower()}")


def _read_regular(full_path: Path) -> bytes | Refusal:
    descriptor = os.open(full_path, _OPEN_FLAGS)
    with open(descriptor, "rb") as file:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            return Refusal("is not a regular file", "a proposal is a file")
        if status.st_size > MAX_FILE_BYTES:
            return _too_large(status.st_size)
        return file.read(MAX_FILE_BYTES + 1)


def _too_large(size: int) -> Refusal:
    message = f"is {size / MAX_FILE_BYTES:.1f} MiB large; a proposal has at most 1 MiB"
    return Refusal(message, "split the proposal")


def path_below(root: Path, file: Path) -> str | None:
    """Return the path of *file* from *root*, with ``/``; ``None`` if it is not below it.

    Shells and editors name a file by the way that they came: ``/tmp/r/a.rst`` is
    ``/private/tmp/r/a.rst`` on macOS. So links on the way are resolved, on both sides, but not
    the file itself: a proposal that is a link is reported as one.
    """
    # realpath() and not resolve(), which raises RuntimeError for links that lead in a circle
    # until Python 3.13.
    real_root, real_file = Path(os.path.realpath(root)), Path(os.path.realpath(file))
    located = Path(os.path.realpath(file.parent)) / file.name
    is_directory = file.name == ".." or real_file.is_dir()
    for candidate in (real_file,) if is_directory else (located, real_file):
        if candidate.is_relative_to(real_root):
            return candidate.relative_to(real_root).as_posix()
    return None


def read_text(root: Path, path: str, error: type[FepError]) -> str | None:
    """Return the text of a settings file of the repository, or ``None`` if it does not exist.

    :param error: the exception for a file that cannot be read, or is outside of *root*.
    """
    if not os.path.lexists(root / path):
        return None
    if not (root / path).parent.resolve().is_relative_to(root.resolve()):
        raise error(f"{path}: is outside of {root}")
    data = read_file(root, path)
    if isinstance(data, Refusal):
        raise error(f"{path}: {data.message}")
    return decode_settings(data, path, error)


def decode_settings(data: bytes, name: str, error: type[FepError]) -> str:
    """Return the text of a settings file, with LF at the end of its lines.

    Editors on Windows write a byte order mark, and git may have written CR LF.

    :param name: the name of the file in messages.
    """
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise error(f"{name}: cannot be read: it is not UTF-8") from None


def decode_text(data: bytes) -> tuple[str, Refusal | None]:
    """Decode *data*; return the text, and the reason if it must not be parsed.

    Takes linear time and never raises.
    """
    if len(data) > MAX_FILE_BYTES:
        return "", _too_large(len(data))
    if data.startswith(_UTF16_MARKS):
        return "", Refusal("is UTF-16; write UTF-8", "save the file again as UTF-8")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as problem:
        return "", _not_utf8(data, problem.start)
    if not text.strip():
        return text, Refusal("is empty", "write the headers; `fep new` makes a file to start from")
    return text, _control_character(text, data) or _long_line(text)


def _not_utf8(data: bytes, offset: int) -> Refusal:
    if b"\0" in data[:1024]:
        return Refusal("is not text", "a proposal is reStructuredText in UTF-8")
    line = data.count(b"\n", 0, offset) + 1
    before = data[data.rfind(b"\n", 0, offset) + 1 : offset]
    column = len(before.decode("utf-8", "replace")) + 1
    message = f"is not UTF-8: byte 0x{data[offset]:02X} on line {line}"
    return Refusal(message, "save the file again as UTF-8", Span(line, column))


def _control_character(text: str, data: bytes) -> Refusal | None:
    # Looking at bytes first is several times faster than the regular expression, and nearly
    # every file ends here.
    if not data.translate(None, _PLAIN_BYTES) and not any(p in data for p in _CONTROL_PREFIXES):
        return None
    match = _CONTROL.search(text)
    if match is None:
        return None
    start = match.start()
    span = Span(text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start))
    code = f"U+{ord(match[0]):04X}"
    message = f"has the control character {code} ({safe(match[0])}) on line {span.line}"
    return Refusal(message, "remove it", span)


def _long_line(text: str) -> Refusal | None:
    """Refuse a line that is too long.

    Jumps from line end to line end in steps of the limit, so that most lines are never looked at.
    """
    start = 0
    while len(text) - start > MAX_LINE_CHARACTERS:
        end = text.rfind("\n", start, start + MAX_LINE_CHARACTERS + 1)
        if end < 0:
            message = f"has a line of more than {MAX_LINE_CHARACTERS} characters"
            return Refusal(message, "break it", Span(text.count("\n", 0, start) + 1))
        start = end + 1
    return None
