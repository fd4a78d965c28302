"""Differences between two versions of a text, word by word."""

from __future__ import annotations

import pytest

from fep_tools.editorial import textdiff
from fep_tools.editorial.textdiff import compare_texts, TextChange, Words

TITLED = "Abstract\n========\n\n{0}\n"


def shown(change: TextChange) -> str:
    """Return the pieces of a change with the marks of ``git diff --word-diff``."""
    marks = {"equal": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}
    return "".join(marks[piece.kind].format(piece.text) for piece in change.pieces)


CASES = [
    ("a word", "Views may be typed.", "Views must be typed.", "Views [-may-]{+must+} be typed."),
    ("an addition", "Views are typed.", "Views are always typed.", "Views are {+always +}typed."),
    ("a removal", "Views are always typed.", "Views are typed.", "Views are [-always -]typed."),
    ("a mark", "Views are typed.", "Views are typed!", "Views are typed[-.-]{+!+}"),
    (
        "neighbours are one change",
        "Use one two three now.",
        "Use four five six now.",
        "Use [-one two three-]{+four five six+} now.",
    ),
    ("a new paragraph", "One.", "One.\n\nTwo.", "{+Two.+}"),
    ("a removed paragraph", "One.\n\nTwo.", "One.", "[-Two.-]"),
    ("a version", "Since 3.12 it is.", "Since 3.13 it is.", "Since [-3.12-]{+3.13+} it is."),
    ("code", "    a = 1\n    b = 2", "    a = 1\n    b = 3", "    a = 1\n    b = [-2-]{+3+}"),
    ("an item", "- one\n- two\n- three", "- one\n- three", "- one\n- [-two\n- -]three"),
    ("a line break in code", "    a b", "    a\n    b", "    a[- -]{+\n    +}b"),
]


@pytest.mark.parametrize(
    ("before", "after", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_changes(before: str, after: str, expected: str) -> None:
    (change,) = compare_texts(TITLED.format(before), TITLED.format(after))
    assert shown(change) == expected


SAME = [
    ("wrapped in another way", "One two\nthree.", "One\ntwo three."),
    ("blanks at the ends of lines", "One.  \n\nTwo.", "One.\n\nTwo."),
    ("an item wrapped in another way", "- one two\n  three\n- four", "- one\n  two three\n- four"),
    ("more blank lines", "One.\n\nTwo.", "One.\n\n\n\nTwo."),
]


@pytest.mark.parametrize(
    ("before", "after"), [case[1:] for case in SAME], ids=[case[0] for case in SAME]
)
def test_texts_that_are_the_same(before: str, after: str) -> None:
    assert compare_texts(TITLED.format(before), TITLED.format(after)) == []


def test_the_underline_of_a_title_is_no_text() -> None:
    assert compare_texts("Goal\n====\n", "Goal\n----\n") == []


def test_each_change_has_its_section_and_line() -> None:
    text = "Abstract\n========\n\nOne.\n\n=====\nGoals\n=====\n\n{0}\n"
    (change,) = compare_texts(text.format("Two."), text.format("Three."))
    assert (change.section, change.line) == ("Goals", 10)


def test_of_a_removed_end_the_last_line_is_given() -> None:
    (change,) = compare_texts("Goal\n====\n\nOne.\n\nTwo.\n", "Goal\n====\n\nOne.\n")
    assert (change.section, change.line) == ("Goal", 4)


def test_the_whole_text_is_removed_or_added() -> None:
    (removed,) = compare_texts("One.", "")
    (added,) = compare_texts("", "One.")
    assert (shown(removed), shown(added)) == ("[-One.-]", "{+One.+}")


def test_words_are_counted() -> None:
    (change,) = compare_texts("Views may not be typed.", "Views must be typed, always.")
    assert change.counts == (2, 2)


def test_a_large_change_is_shown_as_a_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(textdiff, "MAX_WORD_PAIRS", 8)
    (change,) = compare_texts("One two three.", "One two four.")
    assert shown(change) == "[-One two three.-]{+One two four.+}"


@pytest.mark.parametrize(
    ("added", "is_typography"),
    [
        ("Local Variables: coding: utf-8 End:", True),
        ("  Local Variables:\n" + "  fill-column: 70\n" * 19 + "  End:", True),
        ("  Local Variables:\n" + "  fill-column: 70\n" * 20 + "  End:", False),
        ("Local Variables: coding: utf-8", False),
        (":py:func:`", True),
        (f":{'a' * 81}:`", True),
        (f":{'a' * 82}:`", False),
    ],
)
def test_what_readers_do_not_see_has_a_limit(added: str, is_typography: bool) -> None:
    """Without one, a text that begins it again and again would take hours."""
    pieces = Words("equal", "One. "), Words("added", f"\n{added}")
    assert TextChange("", 1, pieces).is_typography is is_typography
