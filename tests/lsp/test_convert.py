"""Positions, as fep-tools and as editors count them."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies
from lsprotocol import types

from fep_tools._text import split_lines
from fep_tools.diagnostics import apply_edits, Edit, Span
from fep_tools.lsp.convert import Lines, UNITS

Pair = tuple[int, int]


def range_(start: Pair, end: Pair) -> types.Range:
    return types.Range(types.Position(*start), types.Position(*end))


TEXT = "a\U0001f600e\u0301\n\u4e2d b\r\nc\rd\u2028e"


@pytest.mark.parametrize(
    ("encoding", "characters"),
    [("utf-16", [0, 1, 3, 4, 5]), ("utf-8", [0, 1, 5, 6, 8]), ("utf-32", [0, 1, 2, 3, 4])],
)
def test_characters_count_in_the_units_of_the_encoding(
    encoding: str, characters: list[int]
) -> None:
    lines = Lines(TEXT, encoding)
    positions = [lines.to_position(1, column) for column in range(1, 6)]
    assert positions == [types.Position(0, character) for character in characters]
    assert [lines.from_position(position) for position in positions] == [
        (1, column) for column in range(1, 6)
    ]


def test_only_carriage_returns_and_line_feeds_end_lines() -> None:
    """An edit is made at the same position by ``fep check --fix`` and by an editor."""
    lines = Lines(TEXT)
    assert lines.to_position(3, 2) == types.Position(2, 1)
    assert lines.to_position(4, 1) == types.Position(3, 0)
    assert lines.to_position(4, 4) == types.Position(3, 3)
    assert apply_edits(TEXT, [Edit(Span(4, 1, 4, 2), "x")]) == TEXT.replace("\rd", "\rx")
    assert lines.to_range(Span(2, 1, 3, 1)) == range_((1, 0), (2, 0))


def test_positions_beyond_the_text_are_its_end() -> None:
    lines = Lines("ab\ncd")
    assert lines.to_position(1, 99) == types.Position(0, 2)
    assert lines.to_position(9, 1) == types.Position(1, 2)
    assert lines.to_range(Span(2, 2, 2, 1)) == range_((1, 1), (1, 1))


def test_a_position_within_a_character_is_before_it() -> None:
    assert Lines("\U0001f600b").from_position(Lines("ab").to_position(1, 2)) == (1, 1)


@given(strategies.text("ab\n\r\u4e2d\U0001f600\u0301\u2028"), strategies.sampled_from([*UNITS]))
def test_positions_survive_a_round_trip(text: str, encoding: str) -> None:
    lines = Lines(text, encoding)
    for row, line in enumerate(split_lines(text), start=1):
        for column in range(1, len(line) + 2):
            assert lines.from_position(lines.to_position(row, column)) == (row, column)
