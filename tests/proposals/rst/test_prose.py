"""The prose of a paragraph, and where it is in the file."""

from __future__ import annotations

from typing import Any

import pytest
from docutils import nodes, utils
from docutils.parsers.rst import Parser

from fep_tools.proposals.rst.locator import Locator
from fep_tools.proposals.rst.parser import _settings
from fep_tools.proposals.rst.prose import DELIMITER, ESCAPED, LINK, LITERAL, Prose, Spans

D, E, K, L = DELIMITER, ESCAPED, LINK, LITERAL


def prose(text: str) -> Prose:
    document: Any = utils.new_document("<body>", _settings())
    Parser().parse(text, document)
    node = next(iter(document.findall(nodes.paragraph)))
    return Prose(node, node.line)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Plain text.", "Plain text."),
        ("a ``b`` c", f"a {L * 5} c"),
        ("*a* and **b**", f"{D}a{D} and {D * 2}b{D * 2}"),
        ("\\*a\\*", f"{E * 2}a{E * 2}"),
        ("a\\", f"a{E}"),
        ("see `a <https://a.org/>`__ a", f"see {K * 22} a"),
        (
            "`a <https://a.org/>`_ and `b <https://a.org/>`_",
            f"{K * 21} and {K * 21}",
        ),
        ("https://a.org/ a", f"{K * 14} a"),
    ],
)
def test_markup_is_masked(text: str, expected: str) -> None:
    assert prose(text).text == expected
    assert len(prose(text).text) == len(prose(text).source)


def test_text_in_marks() -> None:
    found = prose("a **b ``c`` d** e")
    inside = [found.is_in_marks(found.source.index(letter)) for letter in "abcde"]
    assert inside == [False, True, True, True, False]


@pytest.mark.parametrize(
    ("text", "words", "location"),
    [
        ("One two.", "two", (1, 5, 1, 8)),
        ("One\ntwo three\n", "three", (2, 5, 2, 10)),
        ("- One\n\n  - Two\n    three\n", "One", (1, 3, 1, 6)),
        ("One\ntwo", "One\ntwo", (1, 1, 2, 4)),
    ],
)
def test_location(text: str, words: str, location: tuple[int, ...]) -> None:
    found = prose(text)
    start = found.source.index(words)
    assert found.locate(start, start + len(words), Locator(text)) == location


def test_location_in_a_file_with_tabs() -> None:
    text = ".. note::\n\n\tOne two\n"
    found = prose(text)
    start = found.source.index("two")
    assert found.locate(start, start + 3, Locator(text))[:2] == (3, 6)


def test_spans_do_not_overlap() -> None:
    spans = Spans()
    added = [spans.add(*span) for span in ((5, 8), (0, 5), (8, 9), (7, 10), (4, 6), (9, 12))]
    assert added == [True, True, True, False, False, True]
