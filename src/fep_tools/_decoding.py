"""Make text of the bytes of an untrusted file, before any parser looks at it.

:func:`decode_text` returns a :class:`~._files.Refusal` instead of raising (see docs/security.rst,
*sec-reading*).
"""

from __future__ import annotations

import re
from dataclasses import replace

from ._files import MAX_FILE_BYTES, Refusal, too_large
from ._text import line_starts, safe
from .diagnostics import Span

MAX_LINE_CHARACTERS = 5000
"""The longest line that is parsed; the longest of the PEPs has 1005 characters."""

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

EMPTY = Refusal(
    "is empty", "write the headers; `fep new` makes a file to start from", keeps_text=True
)
"""Why a file without text is not read."""


def decode_text(data: bytes) -> tuple[str, Refusal | None]:
    """Decode *data*; return the text, and the reason if it must not be parsed.

    Takes linear time and never raises.
    """
    if len(data) > MAX_FILE_BYTES:
        return "", too_large(len(data))
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
