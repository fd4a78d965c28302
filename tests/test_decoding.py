"""Bytes of untrusted files become text, or a reason why not."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fep_tools._decoding import decode_text, MAX_LINE_CHARACTERS
from fep_tools._files import MAX_FILE_BYTES
from fep_tools._text import BLANKS
from fep_tools.diagnostics import Span

CONTROL = "has the control character"
GOOD = "FEP: 7\nTitle: Größe\n\n\tText.\n"


def test_decode_text_returns_sound_text_unchanged() -> None:
    assert decode_text(GOOD.encode()) == (GOOD, None)


@pytest.mark.parametrize(
    "text",
    [
        "FEP: 7\r\nTitle: x\r\n",
        "\ufeffFEP: 7\n",
        "FEP: 7",
        "<!-- FEP: 7 -->\n",
        "<Ada> wrote:\n",
        "<tables> are <pre>\n",
        "\u202e\n",
        "a\rb",
        *(f"a{blank}b\n{blank}\n" for blank in BLANKS),
        "a\u00a0\n\u00a0\n",
    ],
)
def test_decode_text_accepts_what_rules_report(text: str) -> None:
    assert decode_text(text.encode()) == (text, None)


@pytest.mark.parametrize(
    ("data", "message", "position"),
    [
        (b"", "is empty", (1, 1)),
        (b" \n\t\r\n", "is empty", (1, 1)),
        (b"\xff\xfeF\0", "is UTF-16; write UTF-8", (1, 1)),
        (b"<?xml version='1.0'?>\n<xep/>\n", "is XML, and no reStructuredText", (1, 1)),
        (b"\n<!DOCTYPE html>\n", "is HTML, and no reStructuredText", (1, 1)),
        (b"\xef\xbb\xbf<TABLE border='1'>\n", "is HTML, and no reStructuredText", (1, 1)),
        (b"<pre>\n  BIP: 7\n</pre>\n\n==A==\n", "is MediaWiki, and no reStructuredText", (1, 1)),
        (b"\xfe\xff\0F", "is UTF-16; write UTF-8", (1, 1)),
        (b"\x89PNG\r\n\x1a\n\0\0", "is not text", (1, 1)),
        (
            b"FEP: 7\nAuthor: Jos\xe9\n",
            "is not UTF-8: byte 0xE9 at offset 18 (line 2); it is probably ISO-8859-1",
            (2, 12),
        ),
        (
            b"FEP: 7\nTitle: \x93Views\x94\n",
            "is not UTF-8: byte 0x93 at offset 14 (line 2); it is probably Windows-1252",
            (2, 8),
        ),
        (
            "é\né".encode() + b"\x80",
            "is not UTF-8: byte 0x80 at offset 5 (line 2), but the rest is",
            (2, 2),
        ),
        (
            b"FEP: 7\nTitle: a\0b\n",
            f"{CONTROL} U+0000 (\\x00) on line 2",
            (2, 9),
        ),
        (b"a\n\x1b[31m\n", f"{CONTROL} U+001B (\\x1b) on line 2", (2, 1)),
        (b"a\rb\r\nc\n\x7f", f"{CONTROL} U+007F (\\x7f) on line 4", (4, 1)),
        ("a\x84b".encode(), f"{CONTROL} U+0084 (\\x84) on line 1", (1, 2)),
        ("a\x86b".encode(), f"{CONTROL} U+0086 (\\x86) on line 1", (1, 2)),
        (b"a\x1bb", f"{CONTROL} U+001B (\\x1b) on line 1", (1, 2)),
        ("a\ufffeb".encode(), f"{CONTROL} U+FFFE (\\ufffe) on line 1", (1, 2)),
        ("a\n\uffff".encode(), f"{CONTROL} U+FFFF (\\uffff) on line 2", (2, 1)),
    ],
)
def test_decode_text_refuses_with_a_reason_and_a_position(
    data: bytes, message: str, position: tuple[int, int]
) -> None:
    _text, refusal = decode_text(data)
    assert refusal is not None
    assert (refusal.message, refusal.span) == (message, Span(*position))
    assert refusal.help


@pytest.mark.parametrize(
    ("data", "text", "is_decoded"),
    [
        (b"Author: Jos\xe9\n", "Author: José\n", True),
        (b"Title: \x93Views\x94\n", "Title: “Views”\n", True),
        ("Autor: José, Ren".encode() + b"\xe9\n", "Autor: José, Ren\ufffd\n", True),
        ("\ufeffFEP: 7\n".encode("utf-16-le"), "FEP: 7\n", True),
        (b"Author: Jos\xe9\x1b\n", "Author: José\ufffd\n", True),
        (b"FEP: 7\x00\n\x08", "FEP: 7\ufffd\n\ufffd", True),
        ("FEP: 7\uffff\n\ufffe".encode(), "FEP: 7\ufffd\n\ufffd", True),
        (b"FEP: 7\x00\n" + b"a" * 5001, "FEP: 7\ufffd\n" + "a" * 5001, False),
        (b"a" * 5001, "a" * 5001, False),
        (b"", "", False),
        (b"\x89PNG\r\n\x1a\n\0\0", "", False),
    ],
)
def test_text_of_a_refused_file_is_used(data: bytes, text: str, is_decoded: bool) -> None:
    decoded, refusal = decode_text(data)
    assert refusal is not None
    assert (decoded, refusal.is_decoded) == (text, is_decoded)


def test_decode_text_limits_the_size() -> None:
    assert decode_text(b"a\n" * (MAX_FILE_BYTES // 2))[1] is None
    _text, refusal = decode_text(b"a\n" * MAX_FILE_BYTES)
    assert refusal is not None
    assert refusal.message == "is 2.0 MiB large; a file has at most 1 MiB"


def test_decode_text_limits_the_length_of_lines() -> None:
    assert decode_text(b"a" * MAX_LINE_CHARACTERS)[1] is None
    _text, refusal = decode_text(b"ok\n" + b"a" * (MAX_LINE_CHARACTERS + 1))
    assert refusal is not None
    assert (refusal.message, refusal.span.line) == ("has a line of more than 5000 characters", 2)


@given(st.binary(max_size=2000))
def test_decode_text_never_raises(data: bytes) -> None:
    text, refusal = decode_text(data)
    if refusal is None:
        assert text.encode() == data
        assert not set(text) & set(map(chr, range(32))) - set("\t\n\r" + BLANKS)
    else:
        assert 1 <= refusal.span.line <= data.count(b"\n") + data.count(b"\r") + 1
        assert refusal.message.isprintable()


@pytest.mark.parametrize("bait", [b"a", "é".encode(), b"\r\n", b"a\n", b" "])
def test_decode_text_takes_linear_time(bait: bytes) -> None:
    start = time.process_time()
    decode_text(bait * (MAX_FILE_BYTES // len(bait)))
    assert time.process_time() - start < 1
