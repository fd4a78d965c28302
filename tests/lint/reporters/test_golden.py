"""The text report as files, to be reviewed by eye. ``FEP_GOLDEN=write`` writes them again."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from fep_tools._text import width
from fep_tools.diagnostics import CheckResult, Diagnostic, Edit, Related, Severity, Span
from fep_tools.lint.reporters.context import ReportContext
from fep_tools.lint.reporters.text import MAX_EXCERPT_COLUMNS, render

DIRECTORY = Path(__file__).parent / "golden"


def diagnostic(
    line: int, before: str, marked: str, after: str = "", **fields: object
) -> Diagnostic:
    """Return a diagnostic about a part of a line."""
    start = len(before) + 1
    span = Span(line, start, line, start + len(marked))
    text = f"{before}{marked}{after}"
    result = Diagnostic(
        "proposals/fep-0012.rst", span, "H103", "header-date", Severity.ERROR,
        "'Created' is not a date; write 2025-03-03", excerpt=(text,),
    )  # fmt: skip
    return result._replace(**fields)  # type: ignore[arg-type]


PLAIN = diagnostic(7, "Created: ", "3 March 2025", edits=(Edit(Span(7, 10, 7, 22), "2025-03-03"),))
LONG = "The view returns its type, and the type says what it returns; "
CASES: dict[str, list[Diagnostic]] = {
    "nothing": [],
    "plain": [PLAIN],
    "levels": [PLAIN._replace(severity=severity) for severity in Severity],
    "wide": [
        diagnostic(2, "Title: 日本語の", "型", " views"),
        diagnostic(3, "Title: \uff21", "\uff22\uff23"),
    ],
    "combining": [diagnostic(2, "Title: e\u0301te\u0301 ", "o\u0308\u0323k", " \u0e01\u0e31 x")],
    "emoji": [diagnostic(2, "Title: \U0001f600 ", "\U0001f468\u200d\U0001f469", " x")],
    "tabs": [diagnostic(9, "\t\tA ", "B\tC"), diagnostic(10, "日\t", "x", "\ty")],
    "invisible": [diagnostic(2, "Title: a\u202e ", "b\x1b[31m", " ::error::c ##[add-mask]d")],
    "lines": [
        diagnostic(9, "Author: ", "A B,")._replace(
            span=Span(9, 9, 11, 12),
            excerpt=("Author: A B,", "\tC D,", "        E F x"),
        ),
        diagnostic(98, "", "a")._replace(span=Span(98, 1, 105, 2), excerpt=tuple("abcdefgh")),
    ],
    "two-ends": [
        diagnostic(
            8, "Superseded-By: ", "12",
            related=(Related("proposals/fep-0010.rst", Span(9, 11, 9, 13), "says 7 here"),),
            help="change one of the two",
        )
    ],
    "long": [
        diagnostic(20, "", "The", LONG[3:] + LONG * 5),
        diagnostic(21, LONG * 3, "here", LONG * 3),
        diagnostic(22, LONG * 3, "at the end"),
        diagnostic(23, "日" * 101, "本", "語" * 101),
        diagnostic(24, LONG, "x" * 300, LONG),
    ],
    "baseline": [PLAIN._replace(introduced=True), PLAIN._replace(introduced=False)],
}  # fmt: skip


@pytest.mark.parametrize("color", [False, True], ids=["plain", "color"])
@pytest.mark.parametrize("name", CASES)
def test_report_is_the_golden_file(name: str, color: bool) -> None:
    result = CheckResult("FEP", 2, tuple(CASES[name]), baselined=int(name == "baseline"))
    text = render(result, ReportContext(color=color))
    file = DIRECTORY / f"{name}{'.color' * color}.txt"
    if os.environ.get("FEP_GOLDEN") == "write":
        file.write_text(text, "utf-8", newline="\n")
    assert text == file.read_bytes().decode()


def test_golden_files_are_those_of_the_cases() -> None:
    names = {file.name.partition(".")[0] for file in DIRECTORY.iterdir()}
    assert names == set(CASES)


@pytest.mark.parametrize("long_line", CASES["long"])
def test_long_line_is_cut_around_its_mark(long_line: Diagnostic) -> None:
    source, mark = render(CheckResult("FEP", 1, (long_line,)), ReportContext()).split("\n")[1:3]
    shown = source.partition(" | ")[2]
    start, end = mark.index("^"), mark.rindex("^") + 1
    span = long_line.span
    marked = long_line.excerpt[0][span.column - 1 : span.end_column - 1]
    columns = "".join(c * width(c) for c in source)
    assert width(shown) <= MAX_EXCERPT_COLUMNS
    assert len(mark.partition(" | ")[2]) <= MAX_EXCERPT_COLUMNS
    assert set(columns[start:end]) - {"\N{HORIZONTAL ELLIPSIS}"} <= set(marked)
