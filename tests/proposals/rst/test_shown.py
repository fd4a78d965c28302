"""The text that readers see."""

from __future__ import annotations

import pytest

from fep_tools.proposals.rst.parser import parse_body
from fep_tools.proposals.vocabulary import Markup, Vocabulary


def shown(text: str, markup: Markup) -> list[str]:
    """Return the lines of the text that readers see, without blank ones."""
    vocabulary = Vocabulary("fep", objects=("py:func",), markup=markup, shown_text=True)
    body = parse_body(text, vocabulary)
    return [line for line in body.shown_text.split("\n") if line]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A *b* ``c`` `d <e>`_.", ["A b c d."]),
        ("A\n==\n\nb\n\n* c\n* d\n", ["A", "b", "c", "d"]),
        ("=== ===\na   b\n=== ===\n", ["a", "b"]),
        ("A\n\n.. b\n\n.. _c: https://d.org\n\n.. |e| replace:: f\n", ["A"]),
        (".. note:: A\n\n   b\n", ["A", "b"]),
        ("A [1]_.\n\n.. [1] b", ["A 1.", "1", "b"]),
        (":fep:`7` and :fep:`views <7>`", ["FEP 7 and views"]),
        (":py:func:`views <a.b>` and :py:func:`a.b`", ["views and a.b"]),
        ("A::\n\n   b\n", ["A:", "b"]),
        ("A *b", ["A *b"]),  # without the message of docutils
    ],
)
def test_text_in_restructuredtext(text: str, expected: list[str]) -> None:
    assert shown(text, "rst") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("## A\n\nb *c* `d` [e](https://f.org)", ["A", "b c d e"]),
        ("A ~~b~~ c", ["A  c"]),
        ("A <!-- b --> c", ["A  c"]),
        ("A\n\n[b]: https://c.org", ["A"]),
        ("|a|b|\n|-|-|\n|c|d|e|", ["a", "b", "c", "d"]),
        ("```python\na\n```", ["a"]),
        ("![a](b.png) c", [" c"]),
    ],
)
def test_text_in_markdown(text: str, expected: list[str]) -> None:
    assert shown(text, "markdown") == expected


def test_it_is_no_fact_unless_it_is_asked_for() -> None:
    assert parse_body("A", Vocabulary("fep")).shown_text == ""
