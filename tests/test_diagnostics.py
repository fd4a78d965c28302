"""Spans, edits, verdicts: what is said, and where."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fep_tools.diagnostics import (
    apply_edits,
    CheckResult,
    Diagnostic,
    Edit,
    fingerprint,
    Severity,
    Span,
)


def told(severity: Severity, introduced: bool | None = None) -> Diagnostic:
    return Diagnostic("a.rst", Span(1, 1), "H001", "x", severity, "m", introduced=introduced)


def test_a_span_without_an_end_is_a_point() -> None:
    assert Span(3, 4) == Span(3, 4, 3, 4)


def test_edits_are_applied_whatever_their_order() -> None:
    edits = [Edit(Span(2, 1, 2, 4), "TWO"), Edit(Span(1, 1, 1, 4), "ONE")]
    assert apply_edits("one\ntwo\n", edits) == "ONE\nTWO\n"


def test_of_two_edits_that_overlap_the_first_wins() -> None:
    edits = [Edit(Span(1, 1, 1, 4), "A"), Edit(Span(1, 2, 1, 3), "B")]
    assert apply_edits("one", edits) == "A"


def test_an_edit_may_span_lines_and_insert() -> None:
    assert apply_edits("a\nb\nc\n", [Edit(Span(1, 2, 3, 1), "-")]) == "a-c\n"
    assert apply_edits("a\n", [Edit(Span(2, 1), "b\n")]) == "a\nb\n"


@given(st.text(), st.integers(1, 5), st.integers(1, 5))
def test_an_edit_that_changes_nothing_changes_nothing(text: str, line: int, column: int) -> None:
    line = min(line, text.count("\n") + 1)
    assert apply_edits(text, [Edit(Span(line, column), "")]) == text


def test_a_fingerprint_survives_blanks_but_not_another_repeat() -> None:
    first = fingerprint("FEP 1", "H001", "a  b", 0)
    assert first == fingerprint("FEP 1", "H001", " a b ", 0)
    assert first != fingerprint("FEP 1", "H001", "a b", 1)
    assert len(first) == 16


@pytest.mark.parametrize(
    ("severity", "introduced", "fails", "strictly"),
    [
        (Severity.ERROR, None, True, True),
        (Severity.ERROR, True, True, True),
        (Severity.ERROR, False, False, False),
        (Severity.WARNING, None, False, True),
        (Severity.STYLE, None, False, True),
    ],
)
def test_what_fails_a_run(
    severity: Severity, introduced: bool | None, fails: bool, strictly: bool
) -> None:
    verdict = CheckResult("FEP", 1, (told(severity, introduced),))
    assert verdict.fails() is fails
    assert verdict.fails(strict=True) is strictly


def test_a_verdict_counts() -> None:
    found = (told(Severity.ERROR, False), told(Severity.WARNING), told(Severity.WARNING))
    verdict = CheckResult("FEP", 3, found)
    assert verdict.count(Severity.WARNING) == 2
    assert len(verdict.relevant) == 2
