"""Places, as we and as editors count them."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies

from fep_tools.diagnostics import Span
from fep_tools.lsp.positions import Lines, UNITS

TEXT = "a\U0001f600e\u0301\n\u4e2d b\r\nc\rd\u2028e"


@pytest.mark.parametrize(
    ("encoding", "characters"),
    [("utf-16", [0, 1, 3, 4, 5]), ("utf-8", [0, 1, 5, 6, 8]), ("utf-32", [0, 1, 2, 3, 4])],
)
def test_characters_have_as_many_units_as_the_encoding_says(
    encoding: str, characters: list[int]
) -> None:
    lines = Lines(TEXT, encoding)
    found = [lines.position(1, column) for column in range(1, 6)]
    assert found == [(0, character) for character in characters]
    assert [lines.place(place) for place in found] == [(1, column) for column in range(1, 6)]


def test_a_lone_return_ends_a_line_of_the_editor_and_a_separator_does_not() -> None:
    lines = Lines(TEXT)
    assert lines.position(3, 3) == (3, 0)
    assert lines.position(3, 6) == (3, 3)
    assert lines.range(Span(2, 1, 3, 1)) == ((1, 0), (2, 0))


def test_what_is_beyond_the_text_is_its_end() -> None:
    lines = Lines("ab\ncd")
    assert lines.position(1, 99) == (0, 2)
    assert lines.position(9, 1) == (1, 2)
    assert lines.range(Span(2, 2, 2, 1)) == ((1, 1), (1, 1))


def test_a_place_within_a_character_is_before_it() -> None:
    assert Lines("\U0001f600b").place(Lines("ab").position(1, 2)) == (1, 1)


@given(strategies.text("ab\n\r\u4e2d\U0001f600\u0301\u2028"), strategies.sampled_from([*UNITS]))
def test_there_and_back(text: str, encoding: str) -> None:
    lines = Lines(text, encoding)
    for row, line in enumerate(text.split("\n"), start=1):
        for column in range(1, len(line.rstrip("\r")) + 2):
            assert lines.place(lines.position(row, column)) == (row, column)
