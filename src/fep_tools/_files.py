"""Read one file of an untrusted repository: never through a link, and never more than a limit.

:func:`read_file` returns bytes, :func:`decode_text` looks at them before any parser does. Both
return a :class:`Refusal` instead of raising (see docs/security.rst, *sec-reading*).
"""

from __future__ import annotations

import codecs
import os
import re
import stat
from dataclasses import dataclass, replace
from pathlib import Path

from ._text import line_starts, safe
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

# C0 and C1 control characters and DEL, but not those that are white space to Python and docutils:
# U+0009 to U+000D, U+001C to U+001F and U+0085 (NEL). U+FFFE and U+FFFF are no characters, and no
# XML has them: one title with U+FFFE made the contents of a book unreadable.
_CONTROL = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ufffe\uffff]")

_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_PLAIN_BYTES = bytes({*range(0x1C, 0x100), *range(0x09, 0x0E)} - {0x7F})
_HIGH_CONTROLS = bytes(range(0x80, 0xA0))
_CONTROL_PREFIX = b"\xc2"
"""The first byte, in UTF-8, of the control characters beyond ASCII."""

_NO_CHARACTER_PREFIX = b"\xef\xbf"
"""The first bytes of U+FFFE and U+FFFF."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """The reason why a file is not read any further, and what to do about it.

    *message* continues a sentence that begins with the file's path.

    :param is_decoded: Whether its text could be read all the same: in another encoding, or with
        U+FFFD in place of control characters. Rules do not check it, but it is published.
    :param keeps_text: Whether its text was read as it is, so that it can be written again.
    """

    message: str
    help: str = ""
    span: Span = Span(1, 1)
    is_decoded: bool = False
    keeps_text: bool = False


EMPTY = Refusal(
    "is empty", "write the headers; `fep new` makes a file to start from", keeps_text=True
)
"""Why a file without text is not read."""


FileContent = bytes | Refusal
"""The bytes of a file, or why it was not read."""


def read_file(root: Path, path: str, limit: int = MAX_FILE_BYTES) -> FileContent:
    """Return the bytes of the regular file at *path*, or why it was not opened.

    :param path: Its path from *root*; neither it nor a directory on the way may be a link.
    :param limit: The largest size in bytes.
    """
    if os.path.isabs(path) or ".." in path.split("/"):
        return Refusal("is outside of the repository", "put the file into the repository")
    if _is_behind_link(root, path):
        return Refusal("is in a directory that is a link", "put the directory itself here")
    full_path = root / path
    try:
        mode = full_path.lstat().st_mode
        for is_kind, message, help_ in _REFUSED_KINDS:
            if is_kind(mode):
                return Refusal(message, help_)
        return _read_regular(full_path, limit)
    except OSError as problem:
        return Refusal(f"cannot be read: {os.strerror(problem.errno or 0).lower()}")


def _is_behind_link(root: Path, path: str) -> bool:
    """Return whether a directory between *root* and the file at *path* is a link."""
    directory = os.path.dirname(path)
    while directory:
        if os.path.islink(os.path.join(root, directory)):
            return True
        directory = os.path.dirname(directory)
    return False


def _read_regular(full_path: Path, limit: int) -> FileContent:
    descriptor = os.open(full_path, _OPEN_FLAGS)
    with open(descriptor, "rb") as file:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            return Refusal("is not a regular file", "a proposal is a file")
        if status.st_size > limit:
            return _too_large(status.st_size)
        return file.read(limit + 1)


def _too_large(size: int) -> Refusal:
    message = f"is {size / MAX_FILE_BYTES:.1f} MiB large; only 1 MiB is read"
    return Refusal(message, "split the proposal")


def as_text(source: FileContent) -> str:
    """Return what was read as text; empty if the file was not read."""
    return source.decode("utf-8", "replace") if isinstance(source, bytes) else ""


def is_text(source: FileContent) -> bool:
    """Return whether a file was read and is UTF-8, so that its text can be written again."""
    return isinstance(source, bytes) and as_text(source).encode() == source


def find_git_root(directory: Path) -> Path | None:
    """Return the nearest directory from *directory* upwards that has ``.git``."""
    real = Path(os.path.realpath(directory))
    return next((path for path in (real, *real.parents) if (path / ".git").exists()), None)


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
    # os.path.isdir(), since that of Path raises OSError for a name that no file can have.
    is_directory = file.name == ".." or os.path.isdir(real_file)
    for candidate in (real_file,) if is_directory else (located, real_file):
        if candidate.is_relative_to(real_root):
            return candidate.relative_to(real_root).as_posix()
    return None


def read_text(root: Path, path: str, error: type[FepError]) -> str | None:
    """Return the text of a settings file of the repository, or ``None`` if it does not exist.

    Its directory may be a link to another one of the repository.

    :param error: the exception for a file that cannot be read, or is outside of *root*.
    """
    if not os.path.lexists(root / path):
        return None
    located = path_below(root, root / path)
    if located is None:
        raise error(f"{path}: is outside of {root}")
    data = read_file(root, located)
    if isinstance(data, Refusal):
        raise error(f"{path}: {data.message}")
    return decode_settings(data, path, error)


def plain(data: bytes) -> bytes:
    """Return *data* without a byte order mark, and with LF at the end of its lines."""
    return data.removeprefix(codecs.BOM_UTF8).replace(b"\r\n", b"\n")


def decode_settings(data: bytes, name: str, error: type[FepError]) -> str:
    """Return the text of a settings file, with LF at the end of its lines.

    Editors on Windows write a byte order mark, and git may have written CR LF.

    :param name: the name of the file in messages.
    """
    try:
        return plain(data).decode("utf-8")
    except UnicodeDecodeError:
        raise error(f"{name}: cannot be read: it is not UTF-8") from None


def decode_text(data: bytes) -> tuple[str, Refusal | None]:
    """Decode *data*; return the text, and the reason if it must not be parsed.

    Takes linear time and never raises.
    """
    if len(data) > MAX_FILE_BYTES:
        return "", _too_large(len(data))
    if data.startswith(_UTF16_MARKS):
        return _decoded(
            data.decode("utf-16", "replace"), "is UTF-16; write UTF-8", "UTF-16", Span()
        )
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as problem:
        return _decode_otherwise(data, problem.start)
    return _judge(text)


# XEPs are XML, and CEPs begin with a table in HTML.
_OTHER_FORMAT = re.compile(
    r"\ufeff?\s*<(?:(?P<xml>\?xml\b)|!DOCTYPE\b|(?:html|head|table)\b[^<>]*>)", re.IGNORECASE
)
# BIPs have their headers in "<pre>", as XRPL's standards in Markdown do, and titles "==Views==".
_MEDIAWIKI = re.compile(r"\ufeff?\s*<pre>.*?^==+[^=\n]+==+[ \t]*$", re.DOTALL | re.MULTILINE)
_OTHER_FORMAT_HELP = "convert it, or leave it out with exclude in [files] of the process"


def _judge(text: str) -> tuple[str, Refusal | None]:
    """Return a text without control characters, and the reason why it must not be parsed."""
    if not text.strip():
        return text, EMPTY
    if match := _OTHER_FORMAT.match(text):
        kind = "XML" if match["xml"] else "HTML"
        return "", Refusal(f"is {kind}, and no reStructuredText", _OTHER_FORMAT_HELP)
    if _MEDIAWIKI.match(text):
        return "", Refusal("is MediaWiki, and no reStructuredText", _OTHER_FORMAT_HELP)
    long_line, control = _long_line(text), _control_character(text)
    if control is None:
        return text, long_line
    return _CONTROL.sub("\ufffd", text), replace(control, is_decoded=long_line is None)


def _decode_otherwise(data: bytes, offset: int) -> tuple[str, Refusal]:
    """Decode a file that is not UTF-8.

    :param offset: The first byte that is not.
    """
    if b"\0" in data[:1024]:
        return "", Refusal("is not text", "a proposal is reStructuredText in UTF-8")
    before = data[:offset].decode("utf-8")
    span = _span_at(before, len(before))
    encoding, text = _guess_encoding(data)
    byte = f"byte 0x{data[offset]:02X} at offset {offset} (line {span.line})"
    guess = f"; it is probably {encoding}" if encoding else ", but the rest is"
    return _decoded(text, f"is not UTF-8: {byte}{guess}", encoding, span)


def _guess_encoding(data: bytes) -> tuple[str, str]:
    """Return the encoding of text that is not UTF-8, and the text.

    The encoding is empty if most of it is UTF-8, as after a cut in the middle of a character.
    """
    text = data.decode("utf-8", "replace")
    if any(character > "\x7f" and character != "\ufffd" for character in text):
        return "", text
    # ISO-8859-1 has control characters from 0x80 to 0x9F, Windows-1252 has quotation marks there.
    if data.translate(None, _HIGH_CONTROLS) == data:
        return "ISO-8859-1", data.decode("iso-8859-1")
    return "Windows-1252", data.decode("cp1252", "replace")


def _decoded(text: str, message: str, encoding: str, span: Span) -> tuple[str, Refusal]:
    advice = "save the file again as UTF-8"
    if encoding:
        advice += f", for example with iconv -f {encoding} -t UTF-8"
    text, problem = _judge(text)
    return text, Refusal(message, advice, span, problem is None or problem.is_decoded)


def _control_character(text: str) -> Refusal | None:
    # Looking at bytes first is several times faster than the regular expression, and nearly
    # every file ends here.
    data = text.encode("utf-8", "surrogatepass")
    prefixes = () if text.isascii() else (_CONTROL_PREFIX, _NO_CHARACTER_PREFIX)
    has_none = not any(prefix in data for prefix in prefixes)
    if has_none and not data.translate(None, _PLAIN_BYTES):
        return None
    match = _CONTROL.search(text)
    if match is None:
        return None
    start = match.start()
    span = _span_at(text, start)
    code = f"U+{ord(match[0]):04X}"
    message = f"has the control character {code} ({safe(match[0])}) on line {span.line}"
    return Refusal(message, "remove it", span)


def _long_line(text: str) -> Refusal | None:
    """Refuse a line that is too long.

    Jumps from line end to line end in steps of the limit, so that most lines are never looked at.
    """
    start = 0
    while len(text) - start > MAX_LINE_CHARACTERS:
        limit = start + MAX_LINE_CHARACTERS + 1
        end = max(text.rfind("\n", start, limit), text.rfind("\r", start, limit))
        if end < 0:
            message = f"has a line of more than {MAX_LINE_CHARACTERS} characters"
            span = Span(_span_at(text, start).line)
            return Refusal(message, "break it", span, keeps_text=True)
        start = end + 1
    return None


def _span_at(text: str, offset: int) -> Span:
    starts = line_starts(text[:offset])
    return Span(len(starts), offset - starts[-1] + 1)
