"""Titles and tables whose words get longer or shorter."""

from __future__ import annotations

import pytest
from docutils.core import publish_doctree

from fep_tools.proposals.layout import realign

TITLE = "Before\n------\n\nOn X\n====\n\nText.\n"
OVERLINED = "======\n On X\n======\n\nText.\n"
SIMPLE = """\
===  ==  ====
A    B   C
===  ==  ====
X    y   X
\\        X
b        text
===  ==  ====
"""
SPANNING = """\
===  ==  ===
A        C
-------  ---
X    b   c
===  ==  ===
"""
GRID = """\
+---+-----+
| X | a X |
+===+=====+
|X  | b   |
+---+-----+
| a span  |
+---+-----+
"""
LONG_SPAN = SPANNING.replace("A        C", "A span   C")
INDENTED = "* Item\n\n  +---+\n  | X |\n  +---+\n"


@pytest.mark.parametrize(
    "text",
    [TITLE, OVERLINED, SIMPLE, SPANNING, LONG_SPAN, GRID, INDENTED, GRID.replace("\n", "\r\n")],
)
@pytest.mark.parametrize("word", ["X", "XY", "longer", "\u4e2d\u6587"])
def test_docutils_reads_the_same_structure(text: str, word: str) -> None:
    """Only the word differs; docutils reports a line that is too short, and a table that breaks."""
    settings = {"report_level": 2, "halt_level": 2}
    before, after = (
        publish_doctree(source, settings_overrides=settings)
        for source in (text, realign(text, text.replace("X", word)))
    )
    assert after.astext().split() == before.astext().replace("X", word).split()
    tags = [[type(node) for node in document.findall()] for document in (before, after)]
    assert tags[0] == tags[1]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("FEP 3\n=====\n", "FEP 12\n=====\n", "FEP 12\n======\n"),
        ("FEP 12\n======\n", "FEP 3\n======\n", "FEP 3\n=====\n"),
        ("FEP 3\n========\n", "FEP 12\n========\n", "FEP 12\n========\n"),
        ("FEP 3\r\n=====\r\n", "FEP 12\r\n=====\r\n", "FEP 12\r\n======\r\n"),
        ("FEP 3 ...\n\n=====\n", "FEP 12 ...\n\n=====\n", "FEP 12 ...\n\n=====\n"),
    ],
)
def test_adornments(before: str, after: str, expected: str) -> None:
    assert realign(before, after) == expected


def test_a_simple_table() -> None:
    longer = SIMPLE.replace("X", "Xxxxx")
    assert realign(SIMPLE, longer) == (
        "=====  ==  ====\n"
        "A      B   C\n"
        "=====  ==  ====\n"
        "Xxxxx  y   Xxxxx\n"
        "\\          Xxxxx\n"
        "b          text\n"
        "=====  ==  ====\n"
    )


def test_a_grid_table() -> None:
    longer = GRID.replace("X", "Xxxx")
    assert realign(GRID, longer) == (
        "+-----+-------+\n"
        "| Xxxx| a Xxxx|\n"
        "+=====+=======+\n"
        "|Xxxx | b     |\n"
        "+-----+-------+\n"
        "| a span      |\n"
        "+-----+-------+\n"
    )
