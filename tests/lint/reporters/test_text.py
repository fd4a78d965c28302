"""The text report."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fep_tools.diagnostics import CheckResult, Diagnostic, Edit, Related, Severity, Span
from fep_tools.lint.reporters.context import ReportContext
from fep_tools.lint.reporters.text import render, summary


def diagnostic(span: Span, excerpt: tuple[str, ...] = (), **fields: object) -> Diagnostic:
    result = Diagnostic(
        path="proposals/fep-0012.rst",
        span=span,
        code="H103",
        name="header-date",
        severity=Severity.ERROR,
        message="'Created' is \"3 March 2025\"; write 2025-03-03",
        number=12,
        excerpt=excerpt,
    )
    return result._replace(**fields)  # type: ignore[arg-type]


def report(*diagnostics: Diagnostic, color: bool = False) -> str:
    return render(CheckResult("FEP", 1, diagnostics), ReportContext(color=color))


# Frames -------------------------------------------------------------------------------------


def test_frame_has_location_rule_message_source_and_hints() -> None:
    span = Span(7, 10, 7, 22)
    found = diagnostic(span, ("Created: 3 March 2025",), edits=(Edit(span, "2025-03-03"),))
    assert report(found) == (
        "proposals/fep-0012.rst:7:10: error H103 [header-date]: "
        "'Created' is \"3 March 2025\"; write 2025-03-03\n"
        " 7 | Created: 3 March 2025\n"
        "   |          ^^^^^^^^^^^^\n"
        "   = fix: fep check --fix proposals/fep-0012.rst\n"
        "   = why: fep explain H103\n"
        "\n"
        "1 file checked: 1 error\n"
    )


def test_frame_has_related_positions_and_help() -> None:
    related = Related("proposals/fep-0010.rst", Span(9, 1), "says so here")
    frame = report(diagnostic(Span(1, 1, 1, 4), ("FEP: 1",), help="change one", related=(related,)))
    assert "   = see: proposals/fep-0010.rst:9:1: says so here\n   = help: change one\n" in frame


def test_marks_are_below_wide_and_combining_characters() -> None:
    line = "Title: 日本 e\u0301x"
    frame = report(diagnostic(Span(2, 13, 2, 14), (line,))).split("\n")
    assert frame[1] == f" 2 | {line}"
    assert frame[2] == "   | " + " " * 13 + "^"


def test_tabs_are_shown_as_blanks() -> None:
    frame = report(diagnostic(Span(2, 9, 2, 10), ("Title:\t\tX",))).split("\n")
    assert frame[1] == " 2 | Title:      X"
    assert frame[2] == "   |             ^"


def test_span_over_several_lines_is_marked_line_by_line() -> None:
    frame = report(diagnostic(Span(9, 9, 10, 14), ("Author: A B,", "        C D <x>"))).split("\n")
    assert frame[1:5] == [
        "  9 | Author: A B,",
        "    |         ^^^^",
        " 10 |         C D <x>",
        "    |         ^^^^^",
    ]


def test_excerpt_of_many_lines_is_cut() -> None:
    frame = report(diagnostic(Span(1, 1, 9, 2), tuple("abcdefghi")))
    assert " 4 | d\n" in frame
    assert " 5 | e" not in frame
    assert "\n...\n" in frame


def test_frame_without_excerpt_has_no_source_lines() -> None:
    assert " | " not in report(diagnostic(Span(1, 1)))


def test_colors_are_added_to_the_same_text() -> None:
    found = diagnostic(Span(1, 1, 1, 4), ("FEP: 1",))
    colored = report(found, color=True)
    assert "\x1b[1;31m^^^\x1b[0m" in colored
    assert re.sub(r"\x1b\[[0-9;]*m", "", colored) == report(found)


def test_hint_repeats_the_command() -> None:
    found = diagnostic(Span(1, 1), path="a b.rst", edits=(Edit(Span(1, 1), "x"),))
    result = CheckResult("FEP", 1, (found,))
    with_process = ReportContext(command="fep check --process dep")
    assert "= fix: fep check --process dep --fix 'a b.rst'\n" in render(result, with_process)
    assert "= fix" not in render(result, ReportContext(command=""))


hostile = st.text(st.one_of(st.characters(), st.sampled_from("\x1b\r\x07\u202e:#[")), max_size=30)


@given(hostile, hostile, hostile, st.integers(1, 40), st.integers(1, 40))
def test_no_line_is_a_command_to_a_terminal_or_a_ci(
    path: str, message: str, line: str, start: int, end: int
) -> None:
    excerpt = (line.replace("\n", " "),)
    text = report(diagnostic(Span(1, start, 1, end), excerpt, path=path, message=message))
    for row in text.split("\n"):
        assert not [c for c in row if unicodedata.category(c) in {"Cc", "Cf", "Cs", "Zl", "Zp"}]
        assert not re.match(r"\s*::[^:]*::", row)
        assert not re.search(r"##\[[^\]]*\]", row)


def test_many_findings_are_cut_per_file_and_all_are_counted() -> None:
    found = tuple(diagnostic(Span(n, 1), path=f"{n % 2}.rst") for n in range(1, 401))
    text = render(CheckResult("FEP", 2, found), ReportContext())
    assert text.count("[header-date]") == 200
    assert "\nand 200 more; to see all findings, use --format json\n" in text
    assert text.endswith("2 files checked: 400 errors\n")


def test_an_error_is_shown_before_many_warnings() -> None:
    found = [diagnostic(Span(n, 1), severity=Severity.WARNING) for n in range(1, 201)]
    found.append(diagnostic(Span(201, 1), severity=Severity.ERROR))
    text = report(*found)
    assert ":201:1: error" in text
    assert "and 101 more" in text


# The summary --------------------------------------------------------------------------------


def of_severity(severity: Severity, introduced: bool | None = None) -> Diagnostic:
    return diagnostic(Span(1, 1), severity=severity, introduced=introduced)


@pytest.mark.parametrize(
    ("diagnostics", "baselined", "expected"),
    [
        ([], 0, "2 files checked: no findings"),
        ([], 3, "2 files checked: no findings; 3 in the baseline"),
        (
            [Severity.ERROR, Severity.ERROR, Severity.WARNING, Severity.STYLE],
            0,
            "2 files checked: 2 errors, 1 warning, 1 style finding",
        ),
    ],
)
def test_summary_counts_each_severity(
    diagnostics: list[Severity], baselined: int, expected: str
) -> None:
    found = tuple(of_severity(severity) for severity in diagnostics)
    assert summary(CheckResult("FEP", 2, found, baselined=baselined)) == expected


def test_summary_separates_preexisting_findings() -> None:
    old, new = of_severity(Severity.ERROR, False), of_severity(Severity.WARNING, True)
    before = "1 error before this change (to list all: fep check)"
    assert summary(CheckResult("FEP", 2, (old, new))) == f"2 files checked: 1 warning; {before}"
    assert summary(CheckResult("FEP", 2, (old,))) == f"2 files checked: no new findings; {before}"
