"""Untrusted text made harmless, and small functions on text."""

from __future__ import annotations

import json
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from fep_tools import _text

HOSTILE = st.lists(
    st.one_of(
        st.text(max_size=8),
        st.sampled_from(
            ["::", "::set-output name=x::y", "##[add-mask]x", "##vso[", "]", "\x1b]52;c;x\x07",
             "\r", "\u202e", "\u2028", "\x85", " ", "\ud800", "##[", "#", "["]
        ),
    ),
    max_size=12,
).map("".join)  # fmt: skip


def runner_obeys(line: str) -> bool:
    """Whether GitHub's runner takes *line* for a command, or Azure's, by documented rules."""
    stripped = line.strip()
    return bool(re.match(r"::[^:]*::", stripped)) or bool(re.search(r"##(?:vso)?\[[^\]]*\]", line))


@given(HOSTILE)
def test_safe_text_is_one_harmless_line(hostile: str) -> None:
    shown = _text.safe(hostile)
    assert not [c for c in shown if unicodedata.category(c) in {"Cc", "Cf", "Cs", "Zl", "Zp"}]
    assert not runner_obeys(shown)
    assert len(shown.split("\n")) == 1


@given(st.text(st.characters(categories=["L", "N", "P", "S"]), max_size=100))
def test_safe_keeps_printable_text(plain: str) -> None:
    if "##" not in plain and not plain.startswith("::"):
        assert _text.safe(plain) == plain


def test_safe_cuts_long_text() -> None:
    assert len(_text.safe("x" * 1000)) == _text.MAX_QUOTE_CHARACTERS
    assert _text.safe("x" * 1000, None) == "x" * 1000


def test_quote_is_on_one_line() -> None:
    assert _text.quote("a\n  b") == '"a b"'


@pytest.mark.parametrize(
    ("words", "sentence"), [(["a"], "a"), (["a", "b"], "a or b"), (["a", "b", "c"], "a, b or c")]
)
def test_join_words(words: list[str], sentence: str) -> None:
    assert _text.join_words(words) == sentence


@pytest.mark.parametrize(
    ("word", "meant"),
    [("drfat", "Draft"), ("DRAFT", "Draft"), ("Standard Track", "Standards Track"), ("zzz", None)],
)
def test_closest_match(word: str, meant: str | None) -> None:
    assert _text.closest_match(word, ["Draft", "Final", "Standards Track"]) == meant


def test_plural() -> None:
    assert _text.plural(1, "file") == "1 file"
    assert _text.plural(0, "file") == "0 files"


@pytest.mark.parametrize(("shown", "columns"), [("abc", 3), ("日本", 4), ("e\u0301", 1)])
def test_width(shown: str, columns: int) -> None:
    assert _text.width(shown) == columns


@pytest.mark.parametrize(
    ("word", "otherwise", "hint"),
    [
        ("drfat", "", "did you mean Draft?"),
        ("zzz", "", "use Draft or Final"),
        ("zzz", "remove it", "remove it"),
    ],
)
def test_did_you_mean(word: str, otherwise: str, hint: str) -> None:
    assert _text.did_you_mean(word, ["Draft", "Final"], otherwise) == hint


@pytest.mark.parametrize(
    ("text", "slug"),
    [("Async  Django!", "async-django"), ("--a--", "a"), ("日本", ""), ("x" * 60, "x" * 50)],
)
def test_slugify(text: str, slug: str) -> None:
    assert _text.slugify(text) == slug


def test_slugify_keeps_characters_that_it_is_given() -> None:
    assert _text.slugify("Flask 3.1.", keep=".") == "flask-3.1"


@pytest.mark.parametrize(
    "text",
    [
        "a_b `c` *d* __e__ ~~f~~",
        "[a](http://e.org) ![b](c) [d]: e",
        "<img src=x> &amp; \\*",
        "# Title",
        "- item",
        "> quote",
        "https://example.org www.example.org",
        "a | b $x$",
    ],
)
def test_escaped_markdown_shows_the_text(text: str) -> None:
    (_start, inline, _end) = MarkdownIt("gfm-like").parse(_text.escape_markdown(text))
    assert {token.type for token in inline.children or ()} <= {"text", "text_special"}
    assert "".join(token.content for token in inline.children or ()) == text


@pytest.mark.parametrize("text", ["  > quote", "   >>> x", " # Title", "a\n > b", "a\n  - b"])
def test_escaped_markdown_is_a_paragraph_behind_blanks_as_well(text: str) -> None:
    escaped = "\n".join(_text.escape_markdown(line) for line in text.split("\n"))
    tokens = MarkdownIt("gfm-like").parse(escaped)
    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("https://example.org/", "https://example.org/"),
        ("java\tscript:x", "javascript:x"),
        (" java\u00a0\u2003script\n:x ", "javascript:x"),
        ("java\x00\x01script:x", "javascript:x"),
        ("java\u200bscript\x7f:\x1fx", "javascript:x"),
    ],
)
def test_bare_text_is_what_browsers_compare(text: str, bare: str) -> None:
    assert _text.bare_text(text) == bare


@given(HOSTILE)
def test_json_shows_everything_and_keeps_its_value(hostile: str) -> None:
    text = _text.dump_json({"title": hostile})
    assert text.isascii()
    assert "##[" not in text
    assert all(map(str.isprintable, text.splitlines()))
    assert json.loads(text) == {"title": hostile}


@pytest.mark.parametrize("text", ["", "a", "a\nb\nc\n", "a\r\nb\rc", "\n\n", "a\x0bb\nc"])
def test_first_lines_are_those_of_all_lines(text: str) -> None:
    lines = _text.split_lines(text)
    for count in range(1, len(lines) + 2):
        assert _text.first_lines(text, count) == lines[:count]
