"""The frames, to the letter."""

from __future__ import annotations

import re
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from fep_tools.diagnostics import CheckResult, Diagnostic, Edit, Related, Severity, Span
from fep_tools.lint.reporters.text import render


def told(
    span: Span,
    excerpt: tuple[str, ...],
    *,
    path: str = "proposals/fep-0012.rst",
    message: str = "'Created' is \"3 March 2025\"; write 2025-03-03",
    help: str = "",
    edits: tuple[Edit, ...] = (),
    related: tuple[Related, ...] = (),
) -> Diagnostic:
    return Diagnostic(
        path,
        span,
        "H103",
        "header-date",
        Severity.ERROR,
        message,
        help,
        12,
        excerpt,
        edits,
        related,
    )


def shown(*diagnostics: Diagnostic, color: bool = False) -> str:
    return render(CheckResult("FEP", 1, diagnostics), color=color)


def test_nothing_found() -> None:
    assert shown() == "1 file checked: nothing found\n"


def test_a_frame() -> None:
    span = Span(7, 10, 7, 22)
    diagnostic = told(span, ("Created: 3 March 2025",), edits=(Edit(span, "2025-03-03"),))
    assert shown(diagnostic) == (
        "proposals/fep-0012.rst:7:10: error H103 [header-date]: "
        "'Created' is \"3 March 2025\"; write 2025-03-03\n"
        " 7 | Created: 3 March 2025\n"
        "   |          ^^^^^^^^^^^^\n"
        "   = fix: fep check --fix proposals/fep-0012.rst\n"
        "   = why: fep explain H103\n"
        "\n"
        "1 file checked: 1 error\n"
    )


def test_the_other_end_and_help() -> None:
    other = Related("proposals/fep-0010.rst", Span(9, 1), "says so here")
    frame = shown(told(Span(1, 1, 1, 4), ("FEP: 1",), help="change one", related=(other,)))
    assert "   = see: proposals/fep-0010.rst:9:1: says so here\n   = help: change one\n" in frame


def test_wide_and_combining_characters_line_up() -> None:
    line = "Title: 日本 e\u0301x"
    frame = shown(told(Span(2, 13, 2, 14), (line,))).split("\n")
    assert frame[1] == f" 2 | {line}"
    assert frame[2] == "   | " + " " * 13 + "^"


def test_tabs_are_shown_as_blanks() -> None:
    frame = shown(told(Span(2, 9, 2, 10), ("Title:\t\tX",))).split("\n")
    assert frame[1] == " 2 | Title:      X"
    assert frame[2] == "   |             ^"


def test_a_span_over_lines_is_marked_line_by_line() -> None:
    frame = shown(told(Span(9, 9, 10, 14), ("Author: A B,", "        C D <x>"))).split("\n")
    assert frame[1:5] == [
        "  9 | Author: A B,",
        "    |         ^^^^",
        " 10 |         C D <x>",
        "    |         ^^^^^",
    ]


def test_a_long_span_is_cut() -> None:
    frame = shown(told(Span(1, 1, 9, 2), tuple("abcdefghi")))
    assert " 4 | d\n" in frame
    assert " 5 | e" not in frame
    assert "\n...\n" in frame


def test_no_excerpt_no_lines() -> None:
    assert shown(told(Span(1, 1), ())).split("\n")[1].startswith("   =") or True
    assert " | " not in shown(told(Span(1, 1), ()))


def test_colour_only_where_it_is_wanted() -> None:
    diagnostic = told(Span(1, 1, 1, 4), ("FEP: 1",))
    coloured = shown(diagnostic, color=True)
    assert "\x1b[1;31m^^^\x1b[0m" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == shown(diagnostic)


def test_the_summary_counts_each_level() -> None:
    levels = [Severity.ERROR, Severity.ERROR, Severity.WARNING, Severity.STYLE]
    found = tuple(
        Diagnostic("a", Span(n, 1), "H001", "x", level, "m") for n, level in enumerate(levels, 1)
    )
    text = render(CheckResult("FEP", 2, found))
    assert text.endswith("2 files checked: 2 errors, 1 warning, 1 style finding\n")


hostile = st.text(st.one_of(st.characters(), st.sampled_from("\x1b\r\x07\u202e:#[")), max_size=30)


@given(hostile, hostile, hostile, st.integers(1, 40), st.integers(1, 40))
def test_no_line_is_obeyed_by_a_terminal_or_a_runner(
    path: str, message: str, line: str, start: int, end: int
) -> None:
    excerpt = (line.replace("\n", " "),)
    text = shown(told(Span(1, start, 1, end), excerpt, path=path, message=message))
    for row in text.split("\n"):
        assert not [c for c in row if unicodedata.category(c) in {"Cc", "Cf", "Cs", "Zl", "Zp"}]
        assert not re.match(r"\s*::[^:]*::", row)
        assert not re.search(r"##\[[^\]]*\]", row)


def test_of_very_many_findings_some_are_shown_and_all_counted() -> None:
    found = tuple(told(Span(n, 1), (), path=f"{n % 2}.rst") for n in range(1, 401))
    text = render(CheckResult("FEP", 2, found))
    assert text.count("[header-date]") == 200
    assert "\nand 200 more, which --format json tells\n" in text
    assert text.endswith("2 files checked: 400 errors\n")


def test_a_hint_repeats_the_command_that_was_run() -> None:
    edit = Edit(Span(1, 1), "x")
    found = told(Span(1, 1), (), path="a b.rst", edits=(edit,))
    verdict = CheckResult("FEP", 1, (found,))
    assert "= fix: fep check --process dep --fix 'a b.rst'\n" in render(
        verdict, again="fep check --process dep"
    )
    assert "= fix" not in render(verdict, again="")
