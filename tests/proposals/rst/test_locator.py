"""Positions in a text."""

from __future__ import annotations

import pytest

from fep_tools.proposals.rst.locator import Locator


def test_a_text_that_is_not_found_is_its_line() -> None:
    assert Locator("one\n  two  \n").find("three", 2) == (2, 3, 2, 6)


def test_a_line_that_does_not_exist_is_the_nearest() -> None:
    places = Locator("one\ntwo")
    assert places.line(99).line == 2
    assert places.line(None).line == 1


def test_a_carriage_return_is_not_part_of_a_line() -> None:
    assert Locator("one\r\n").line(1) == (1, 1, 1, 4)


def test_a_search_ends_after_some_lines() -> None:
    assert Locator("x\n" * 1000 + "end\n").find("end", 1).line == 1


@pytest.mark.parametrize(
    ("line", "row", "start", "columns"),
    [
        ("\\* \t7[1]_", "\\*      7[1]_", 9, (6, 10)),
        ("\t\tx y", "x y", 2, (5, 6)),
        ("  a\tb", "a     b", 6, (5, 6)),
    ],
)
def test_columns_behind_tabs_are_those_of_the_file(
    line: str, row: str, start: int, columns: tuple[int, int]
) -> None:
    """Docutils replaces tabs by blanks before it reads a line."""
    length = columns[1] - columns[0]
    found = Locator(f"One\n{line}\n").find_block(row, 2).locate(start, start + length)
    assert found == (2, columns[0], 2, columns[1])


COMMENTS = [
    # text with the comment "x", the line above it, its position
    (".. x", 0, (1, 1, 1, 5)),
    ("a\n\n  ..   x  ", 0, (3, 3, 3, 9)),
    ("..\n   x\n", 0, (1, 1, 2, 5)),
    ("- ..\n     x\n", 0, (1, 3, 2, 7)),
    (".. x\n\n.. x", 1, (3, 1, 3, 5)),
    # it begins an item
    ("- .. x", 0, (1, 3, 1, 7)),
    ("  * - .. x", 0, (1, 7, 1, 11)),
    ("12. .. x", 0, (1, 5, 1, 9)),
    ("#. .. x", 0, (1, 4, 1, 8)),
    ("(iv) .. x", 0, (1, 6, 1, 10)),
    ("b) .. x", 0, (1, 4, 1, 8)),
    (":a field: .. x", 0, (1, 11, 1, 15)),
    (".. note:: .. x", 0, (1, 11, 1, 15)),
    (".. [1] .. x", 0, (1, 8, 1, 12)),
    (".. [#a] - .. x", 0, (1, 11, 1, 15)),
    ("-a  .. x", 0, (1, 5, 1, 9)),
    ("- /V, --all=FILE  .. x", 0, (1, 19, 1, 23)),
    # these are no comments
    ("-a .. x\n\n.. x", 0, (3, 1, 3, 5)),
    (f"{'-a  ' * 2000}x", 0, (1, 1, 1, 1)),
    ("Text .. x\n\n.. x", 0, (3, 1, 3, 5)),
    ("x\n\n..\n\n   x", 0, (1, 1, 1, 1)),
    ("a\n| .. x |", 2, (2, 1, 2, 1)),
    (f"{'- ' * 2000}x", 0, (1, 1, 1, 1)),
    (f"{'i. ' * 2000}x", 0, (1, 1, 1, 1)),
    (f"{'.. [a]:: ' * 500}x", 0, (1, 1, 1, 1)),
]


@pytest.mark.parametrize(("text", "after", "location"), COMMENTS)
def test_position_of_a_comment(text: str, after: int, location: tuple[int, int, int, int]) -> None:
    assert Locator(text).find_comment("x", after) == location


def test_equal_comments_have_their_own_positions() -> None:
    locator = Locator("- .. x\n- .. x\n")
    assert [locator.find_comment("x", 0).line for _ in range(2)] == [1, 2]
    assert locator.find_comment("x", 0).is_empty


def test_comment_that_is_not_found_has_an_empty_position() -> None:
    locator = Locator(".. x\n")
    assert not locator.find_comment("x", 0).is_empty
    assert locator.find_comment("y", 0).is_empty


def test_lines_of_a_source_follow_each_other() -> None:
    places = Locator("See `PEP\n484 <a>`_ and `PEP\n544 <b>`_, x.\n")
    assert places.find("`PEP\n544 <b>`_", 1) == (2, 15, 3, 10)
    assert places.find("`PEP\n484 <a>`_", 1) == (1, 5, 2, 10)


def test_in_a_table_the_first_line_of_a_source_is_enough() -> None:
    places = Locator("| `PEP     | x |\n| 484`_    | y |\n")
    assert places.find("`PEP\n484`_", 1)[:2] == (1, 3)
