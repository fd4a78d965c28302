"""Positions in a text."""

from __future__ import annotations

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
