"""The look at a file's bytes before any parser sees them (SEC-D1): linear, and never surprised."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ._text import safe
from .diagnostics import Span

LARGEST = 1024 * 1024
"""Bytes; the largest of 736 PEPs has 121 KB."""

LONGEST_LINE = 5000
"""Characters; the longest of the PEPs has 1005."""

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029]|\r(?!\n)")
_WIDE = (b"\xff\xfe", b"\xfe\xff")
_PLAIN = bytes({*range(0x20, 0x100), *b"\t\n"} - {0x7F})
_MAYBE = (b"\xc2", b"\xe2\x80\xa8", b"\xe2\x80\xa9")
"""What the control characters beyond ASCII begin with in UTF-8."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a file goes no further than this, and what to do about it."""

    message: str
    help: str = ""
    span: Span = Span(1, 1)


def inspect(data: bytes) -> tuple[str, Refusal | None]:
    """The text of *data*, and the reason if no parser may have it."""
    if len(data) > LARGEST:
        size = f"{len(data) / LARGEST:.1f} MiB"
        return "", Refusal(f"is {size} large; a proposal has at most 1 MiB", "split the proposal")
    if data.startswith(_WIDE):
        return "", Refusal("is UTF-16; write UTF-8", "save the file again as UTF-8")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as problem:
        return "", _not_utf8(data, problem.start)
    if not text.strip():
        return text, Refusal("is empty", "write the headers; `fep new` makes a file to start from")
    return text, _control(text, data) or _long_line(text)


def _not_utf8(data: bytes, at: int) -> Refusal:
    if b"\0" in data[:1024]:
        return Refusal("is not text", "a proposal is reStructuredText in UTF-8")
    line = data.count(b"\n", 0, at) + 1
    column = len(data[data.rfind(b"\n", 0, at) + 1 : at].decode("utf-8", "replace")) + 1
    message = f"is not UTF-8: byte 0x{data[at]:02X} on line {line}"
    return Refusal(message, "save the file again as UTF-8", Span(line, column))


def _control(text: str, data: bytes) -> Refusal | None:
    if not data.translate(None, _PLAIN) and not any(begin in data for begin in _MAYBE):
        return None
    match = _CONTROL.search(text)
    if match is None:
        return None
    span = _place(text, match.start())
    code = f"U+{ord(match[0]):04X}"
    message = f"holds the control character {code} ({safe(match[0])}) on line {span.line}"
    return Refusal(message, "remove it", span)


def _long_line(text: str) -> Refusal | None:
    """Whether a line is too long, looked for in steps of the longest that may be."""
    start = 0
    while len(text) - start > LONGEST_LINE:
        end = text.rfind("\n", start, start + LONGEST_LINE + 1)
        if end < 0:
            message = f"has a line of more than {LONGEST_LINE} characters"
            return Refusal(message, "break it", Span(text.count("\n", 0, start) + 1))
        start = end + 1
    return None


def _place(text: str, at: int) -> Span:
    return Span(text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at))
