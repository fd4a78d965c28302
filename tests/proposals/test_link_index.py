from __future__ import annotations

import pytest

from fep_tools.proposals.link_index import LinkIndex


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("See\nMotivation_.", 2),
        ("See `Motivation`_ and `why <Motivation_>`_", 1),
        ("See `Two\n  words`_", 0),
        ("MOTIVATION_", 1),
        ("`Motivation`__, Motivation__", 0),
        ("xMotivation_, Motivation_x, Motivation_", 1),
        ("xMotivation_", 0),
        ("Motivation", 0),
    ],
)
def test_links_to_a_title(text: str, line: int) -> None:
    assert LinkIndex(text).line_of_title("Motivation") == line


def test_links_to_a_title_may_be_broken_into_lines() -> None:
    links = LinkIndex("A\n\n`Two\n  words\nmore`_")
    assert links.line_of_title("Two  Words more") == 3
    assert links.line_of_title("") == 0


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("x\n<#motivation>", 2),
        ("#Motivation-2", 1),
        ("#motivation-two", 0),
        ("#motivations", 0),
        ("motivation", 0),
    ],
)
def test_links_to_an_anchor(text: str, line: int) -> None:
    assert LinkIndex(text).line_of_anchor("motivation") == line


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (":fep:`7#motivation`", True),
        ("fep-0007.rst#motivation", True),
        ("https://feps.example/fep-0007/#motivation", True),
        ("fep-0007.rst#goals fep-8#motivation", False),
        ("fep-0007#goals#motivation", False),
        ("fep-0008#motivation <fep-0007#motivation-3>", True),
        ("fep-0007 #motivation", False),
        ("fep-00070#motivation", False),
    ],
)
def test_links_to_an_anchor_of_another_proposal(text: str, expected: bool) -> None:
    assert LinkIndex(text).links_to(7, "motivation") is expected


@pytest.mark.parametrize("part", ["7.", "#a", "7#a-1", "x_ ", "a_", "`", "a`_b "])
def test_a_text_is_searched_once(part: str) -> None:
    """1,000 labels and 100 kB of "2.2.2." took minutes."""
    links = LinkIndex(part * 100_000)
    for number in range(1000):
        assert links.line_of_anchor(f"x{number}") == 0
        assert not links.links_to(number, "b")
    assert LinkIndex(part * 100_000).line_of_title("a b") == 0
