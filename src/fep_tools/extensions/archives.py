"""Read the sources in a wheel or an sdist, in memory.

Archives are untrusted. Nothing is unpacked to a disk, built, imported or run. A member that could
mean harm, or that cannot be read for certain, is left out and reported, so that an archive without
problems was read completely.
"""

from __future__ import annotations

import codecs
import io
import tarfile
import tokenize
import zipfile
import zlib
from dataclasses import dataclass, field

from .._text import safe
from .containers import format_size, Limits, Member, read_members, Refused, SMALL, Stopped

MAX_PROBLEMS = 1000
"""Members that are reported one by one. Real archives have a few at most."""

MAX_NAME = 500
"""Characters of the name of a member."""


@dataclass(frozen=True)
class ArchiveProblem:
    """Something that was not read: the *member*, ``""`` for the archive, and the *reason*."""

    member: str
    reason: str

    def __str__(self) -> str:
        return f"{safe(self.member)}: {self.reason}" if self.member else f"archive {self.reason}"


@dataclass
class Archive:
    """What was read of an archive.

    :param sources: the text of each Python file, by its path in the archive.
    :param metadata: the text of ``METADATA`` or ``PKG-INFO``; ``""`` without one.
    :param problems: what was not read; if there is none, everything was.
    """

    sources: dict[str, str] = field(default_factory=dict)
    metadata: str = ""
    problems: list[ArchiveProblem] = field(default_factory=list)


def read_archive(data: bytes, filename: str, limits: Limits | None = None) -> Archive:
    """Read the Python files and the metadata of a wheel or an sdist.

    :param data: the bytes of the archive.
    :param filename: its name, which says what it is: ``.whl``, ``.zip``, ``.tar.gz`` or ``.tgz``.
    :param limits: by default, those of :class:`Limits`.
    """
    limits = limits or Limits()
    collector = _Collector(limits)
    try:
        if len(data) > limits.data:
            raise Refused(f"is larger than {format_size(limits.data)}")
        for member in read_members(data, filename.lower(), limits):
            collector.add(member)
    except Refused as refused:
        collector.refuse("", str(refused))
    except (tarfile.TarError, zipfile.BadZipFile, EOFError, OSError, zlib.error) as problem:
        collector.refuse("", f"is damaged or cut off: {_in_words(problem)}")
    except (ValueError, NotImplementedError, RecursionError, OverflowError) as problem:
        # UnicodeDecodeError for a name that is not UTF-8; RecursionError for a chain of headers.
        collector.refuse("", f"is not a valid archive: {_in_words(problem)}")
    return collector.archive


class _Collector:
    """Decides about members, and keeps what they hold."""

    def __init__(self, limits: Limits) -> None:
        self.archive = Archive()
        self._limits = limits
        self._seen: set[str] = set()
        self._count = 0
        self._total = 0

    def refuse(self, name: str, reason: str) -> None:
        """Record that a member, or the archive, is not read."""
        self.archive.problems.append(ArchiveProblem(_shorten(name), _shorten(reason)))

    def add(self, member: Member) -> None:
        """Read *member*, if it holds Python or the metadata and does no harm."""
        self._count += 1
        if self._count > self._limits.members:
            raise Stopped(f"has more than {self._limits.members} members")
        if len(self.archive.problems) >= MAX_PROBLEMS:
            raise Stopped(f"has at least {MAX_PROBLEMS} members that are not read")
        try:
            self._add(member)
        except Stopped:
            raise
        except Refused as refused:
            self.refuse(member.name, str(refused))
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as problem:
            # A zip file has a checksum for each member. The others can still be read.
            self.refuse(member.name, f"is damaged or cannot be read: {_in_words(problem)}")
        except RuntimeError:  # zipfile: "File 'x.py' is encrypted, password required"
            self.refuse(member.name, "is encrypted")

    def _add(self, member: Member) -> None:
        path = _checked_path(member.name)
        if member.oddity:
            raise Refused(member.oddity)
        if path in self._seen:
            self.archive.sources.pop(path, None)
            raise Refused("is in the archive twice; neither was read")
        self._seen.add(path)
        if path.lower().endswith(_ARCHIVES):
            raise Refused("is an archive itself; it was not opened")
        is_metadata = _is_metadata(path)
        if not (path.endswith(".py") or is_metadata):
            return
        text = _decode(self._content(member), is_python=not is_metadata)
        if is_metadata:
            self.archive.metadata = self.archive.metadata or text
        else:
            self.archive.sources[path] = text

    def _content(self, member: Member) -> bytes:
        """Return the content of *member*.

        Checking the size that the archive states is enough: not more is read, and of a zip file
        with a wrong size, the checksum does not fit.
        """
        if member.size > self._limits.source:
            raise Refused(f"is larger than {format_size(self._limits.source)}")
        if member.size > SMALL and member.size > self._limits.ratio * member.packed > 0:
            raise Refused(f"is compressed more than {self._limits.ratio} times")
        content = member.read()
        self._total += len(content)
        if self._total > self._limits.total:
            raise Stopped(f"has more than {format_size(self._limits.total)} of Python files")
        return content


_ARCHIVES = (".zip", ".whl", ".egg", ".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tar.xz", ".jar")


def _checked_path(name: str) -> str:
    """Return the path of a member, without a leading ``./``.

    :raises Refused: if it leads out of the directory that it would be unpacked into, or if it
        reads differently on another system.
    """
    path = name.removeprefix("./")
    if not path:
        raise Refused("has a member without a name")
    if len(path) > MAX_NAME:
        raise Refused(f"has a name of more than {MAX_NAME} characters")
    if not path.isprintable():  # includes the surrogates that stand for bytes that are not UTF-8
        raise Refused("has a name with invisible characters, or not in UTF-8")
    if path.startswith("/"):
        raise Refused("has an absolute name")
    if "\\" in path or ":" in path:
        raise Refused("has a name that Windows takes for another one")
    if ".." in path.split("/"):
        raise Refused("leads out of the archive")
    if any(part in ("", ".") for part in path.rstrip("/").split("/")):
        raise Refused("has a name that is written in an odd way")
    return path


def _is_metadata(path: str) -> bool:
    """Return whether this is ``x.dist-info/METADATA`` of a wheel, or ``x-1.0/PKG-INFO``."""
    directory, _, name = path.rpartition("/")
    if name == "METADATA":
        return directory.endswith(".dist-info") and "/" not in directory
    return name == "PKG-INFO" and "/" not in directory


# Texts --------------------------------------------------------------------------------------------

_ENCODINGS = frozenset(
    """ascii big5 cp1250 cp1251 cp1252 euc_jp euc_kr gb18030 gb2312 gbk iso8859-1 iso8859-2
    iso8859-15 koi8-r shift_jis utf-8 utf-8-sig""".split()  # noqa: SIM905 - easier to read
)
"""Encodings that sources have. Others, such as UTF-7, can hide code from a reader."""


def _decode(content: bytes, *, is_python: bool) -> str:
    """Return the text of a file.

    :param is_python: whether it may declare its encoding in a comment (PEP 263).
    """
    encoding = "utf-8"
    if is_python:
        try:
            encoding, _lines = tokenize.detect_encoding(io.BytesIO(content).readline)
        except SyntaxError:  # unknown, or a byte order mark with another encoding
            raise Refused("declares an encoding that does not exist or does not fit") from None
        if codecs.lookup(encoding).name not in _ENCODINGS:
            raise Refused(f"declares the encoding {safe(encoding)}, which sources do not have")
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as problem:
        message = f"is not in {encoding}, as it should be: byte {problem.start + 1} does not fit"
        raise Refused(message) from None
    if "\0" in text:
        raise Refused("has null bytes")
    return text


def _shorten(text: str) -> str:
    return text if len(text) <= MAX_NAME else text[: MAX_NAME - 3] + "..."


def _in_words(problem: Exception) -> str:
    """Return the message of an error of the standard library, as part of a sentence."""
    if isinstance(problem, UnicodeDecodeError):
        return "a name is not in UTF-8"
    if isinstance(problem, RecursionError):
        return "too many headers follow each other"
    return safe(str(problem).split("\n")[0] or "unexpected end")
