"""The look at bytes before any parser has them."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fep_tools._preflight import inspect, LARGEST, LONGEST_LINE
from fep_tools.diagnostics import Span

GOOD = "FEP: 7\nTitle: Größe\n\n\tText.\n"


def test_sound_text_passes_as_it_is() -> None:
    assert inspect(GOOD.encode()) == (GOOD, None)


@pytest.mark.parametrize("text", ["FEP: 7\r\nTitle: x\r\n", "\ufeffFEP: 7\n", "FEP: 7", "\u202e\n"])
def test_what_rules_judge_passes(text: str) -> None:
    assert inspect(text.encode()) == (text, None)


@pytest.mark.parametrize(
    ("data", "message", "place"),
    [
        (b"", "is empty", (1, 1)),
        (b" \n\t\r\n", "is empty", (1, 1)),
        (b"\xff\xfeF\0", "is UTF-16; write UTF-8", (1, 1)),
        (b"\xfe\xff\0F", "is UTF-16; write UTF-8", (1, 1)),
        (b"\x89PNG\r\n\x1a\n\0\0", "is not text", (1, 1)),
        (b"FEP: 7\nAuthor: Jos\xe9\n", "is not UTF-8: byte 0xE9 on line 2", (2, 12)),
        ("é\né".encode() + b"\x80", "is not UTF-8: byte 0x80 on line 2", (2, 2)),
        (b"FEP: 7\nTitle: a\0b\n", "holds the control character U+0000 (\\x00) on line 2", (2, 9)),
        (b"a\n\x1b[31m\n", "holds the control character U+001B (\\x1b) on line 2", (2, 1)),
        (b"a\rb\n", "holds the control character U+000D (\\r) on line 1", (1, 2)),
        ("a\u2028b".encode(), "holds the control character U+2028 (\\u2028) on line 1", (1, 2)),
        ("a\x85b".encode(), "holds the control character U+0085 (\\x85) on line 1", (1, 2)),
        (b"a\x0cb", "holds the control character U+000C (\\x0c) on line 1", (1, 2)),
    ],
)
def test_each_trouble_has_its_words_and_place(
    data: bytes, message: str, place: tuple[int, int]
) -> None:
    _text, refusal = inspect(data)
    assert refusal is not None
    assert (refusal.message, refusal.span) == (message, Span(*place))
    assert refusal.help


def test_size_is_bounded() -> None:
    assert inspect(b"a\n" * (LARGEST // 2))[1] is None
    _text, refusal = inspect(b"a\n" * LARGEST)
    assert refusal is not None
    assert refusal.message == "is 2.0 MiB large; a proposal has at most 1 MiB"


def test_lines_are_bounded() -> None:
    assert inspect(b"a" * LONGEST_LINE)[1] is None
    _text, refusal = inspect(b"ok\n" + b"a" * (LONGEST_LINE + 1))
    assert refusal is not None
    assert (refusal.message, refusal.span.line) == ("has a line of more than 5000 characters", 2)


@given(st.binary(max_size=2000))
def test_nothing_surprises_it(data: bytes) -> None:
    text, refusal = inspect(data)
    if refusal is None:
        assert text.encode() == data
        assert not set(text) & set(map(chr, range(32))) - set("\t\n\r")
    else:
        assert 1 <= refusal.span.line <= data.count(b"\n") + 1
        assert refusal.message.isprintable()


@pytest.mark.parametrize("bait", [b"a", "é".encode(), b"\r\n", b"a\n", b" "])
def test_it_takes_time_by_size_alone(bait: bytes) -> None:
    start = time.process_time()
    inspect(bait * (LARGEST // len(bait)))
    assert time.process_time() - start < 1
