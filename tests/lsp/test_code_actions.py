"""Fixes that an editor offers."""

from __future__ import annotations

from fep_tools.diagnostics import Diagnostic, Edit, Severity, Span
from fep_tools.lsp.code_actions import combine_fixes, find_fixes


def diagnostic(span: Span, *edits: Edit) -> Diagnostic:
    return Diagnostic("a.rst", span, "H103", "header-date", Severity.ERROR, "wrong", edits=edits)


def test_the_title_of_a_fix_has_a_short_new_text() -> None:
    short = diagnostic(Span(2, 1, 2, 5), Edit(Span(2, 1, 2, 5), "\n new\x1b "))
    long = diagnostic(Span(2, 5, 2, 6), Edit(Span(2, 5), "a" * 99))
    none = diagnostic(Span(2, 1, 2, 9))
    found = find_fixes([short, long, none], Span(2, 5))
    assert [fix.title for fix in found] == [
        "Fix H103 header-date: new\\x1b",
        "Fix H103 header-date",
    ]
    assert find_fixes([short], Span(1, 1, 1, 9)) == []
    assert find_fixes([short], Span(1, 1, 3, 1)) != []


def test_combined_fixes_do_not_overlap() -> None:
    first = diagnostic(Span(1, 1), Edit(Span(1, 1, 1, 3), "x"))
    second = diagnostic(Span(1, 1), Edit(Span(1, 2, 1, 4), "y"))
    fix = combine_fixes([first, second])
    assert fix is not None
    assert fix.edits == first.edits
    assert combine_fixes([diagnostic(Span(1, 1))]) is None
