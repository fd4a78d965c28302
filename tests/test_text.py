"""Text that strangers wrote, made harmless; and small things."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fep_tools import _text

HOSTILE = st.lists(
    st.one_of(
        st.text(max_size=8),
        st.sampled_from(
            ["::", "::set-output name=x::y", "##[add-mask]x", "\x1b]52;c;x\x07", "\r", "\u202e",
             "\u2028", "\x85", " ", "\ud800", "##[", "#", "["]
        ),
    ),
    max_size=12,
).map("".join)  # fmt: skip


def runner_obeys(line: str) -> bool:
    """Whether GitHub's runner takes *line* for a command, by its documented rules."""
    stripped = line.strip()
    return bool(re.match(r"::[^:]*::", stripped)) or bool(re.search(r"##\[[^\]]*\]", line))


@given(HOSTILE)
def test_safe_text_is_one_line_that_nothing_obeys(hostile: str) -> None:
    shown = _text.safe(hostile)
    assert not [c for c in shown if unicodedata.category(c) in {"Cc", "Cf", "Cs", "Zl", "Zp"}]
    assert not runner_obeys(shown)
    assert len(shown.split("\n")) == 1


@given(st.text(st.characters(categories=["L", "N", "P", "S"]), max_size=100))
def test_what_prints_stays_readable(plain: str) -> None:
    if "##[" not in plain and not plain.startswith("::"):
        assert _text.safe(plain) == plain


def test_long_text_is_cut() -> None:
    assert len(_text.safe("x" * 1000)) == _text.MAX_QUOTE_CHARACTERS
    assert _text.safe("x" * 1000, None) == "x" * 1000


def test_quote_is_on_one_line() -> None:
    assert _text.quote("a\n  b") == '"a b"'


@pytest.mark.parametrize(
    ("words", "sentence"), [(["a"], "a"), (["a", "b"], "a or b"), (["a", "b", "c"], "a, b or c")]
)
def test_listed(words: list[str], sentence: str) -> None:
    assert _text.join_words(words) == sentence


@pytest.mark.parametrize(
    ("word", "meant"),
    [("drfat", "Draft"), ("DRAFT", "Draft"), ("Standard Track", "Standards Track"), ("zzz", None)],
)
def test_nearest(word: str, meant: str | None) -> None:
    assert _text.closest_match(word, ["Draft", "Final", "Standards Track"]) == meant


def test_counted() -> None:
    assert _text.plural(1, "file") == "1 file"
    assert _text.plural(0, "file") == "0 files"


@pytest.mark.parametrize(("shown", "columns"), [("abc", 3), ("日本", 4), ("e\u0301", 1)])
def test_width(shown: str, columns: int) -> None:
    assert _text.width(shown) == columns
