"""The frames as files, to be looked at: ``FEP_GOLDEN=write`` writes them again."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from fep_tools._text import width
from fep_tools.diagnostics import CheckResult, Diagnostic, Edit, Related, Severity, Span
from fep_tools.lint.reporters.text import render, WIDEST

FOLDER = Path(__file__).parent / "golden"


def told(line: int, before: str, about: str, after: str = "", **more: object) -> Diagnostic:
    """A finding about a part of a line."""
    start = len(before) + 1
    span = Span(line, start, line, start + len(about))
    text = f"{before}{about}{after}"
    made = Diagnostic(
        "proposals/fep-0012.rst", span, "H103", "header-date", Severity.ERROR,
        "'Created' is not a date; write 2025-03-03", excerpt=(text,),
    )  # fmt: skip
    return made._replace(**more)  # type: ignore[arg-type]


PLAIN = told(7, "Created: ", "3 March 2025", edits=(Edit(Span(7, 10, 7, 22), "2025-03-03"),))
LONG = "The view returns its type, and the type says what it returns; "
CASES: dict[str, list[Diagnostic]] = {
    "nothing": [],
    "plain": [PLAIN],
    "levels": [PLAIN._replace(severity=severity) for severity in Severity],
    "wide": [told(2, "Title: 日本語の", "型", " views"), told(3, "Title: \uff21", "\uff22\uff23")],
    "combining": [told(2, "Title: e\u0301te\u0301 ", "o\u0308\u0323k", " \u0e01\u0e31 x")],
    "emoji": [told(2, "Title: \U0001f600 ", "\U0001f468\u200d\U0001f469", " x")],
    "tabs": [told(9, "\t\tA ", "B\tC"), told(10, "日\t", "x", "\ty")],
    "invisible": [told(2, "Title: a\u202e ", "b\x1b[31m", " ::error::c ##[add-mask]d")],
    "lines": [
        told(9, "Author: ", "A B,")._replace(
            span=Span(9, 9, 11, 12),
            excerpt=("Author: A B,", "\tC D,", "        E F x"),
        ),
        told(98, "", "a")._replace(span=Span(98, 1, 105, 2), excerpt=tuple("abcdefgh")),
    ],
    "two-ends": [
        told(
            8, "Superseded-By: ", "12",
            related=(Related("proposals/fep-0010.rst", Span(9, 11, 9, 13), "says 7 here"),),
            help="change one of the two",
        )
    ],
    "long": [
        told(20, "", "The", LONG[3:] + LONG * 5),
        told(21, LONG * 3, "here", LONG * 3),
        told(22, LONG * 3, "at the end"),
        told(23, "日" * 101, "本", "語" * 101),
        told(24, LONG, "x" * 300, LONG),
    ],
    "known": [PLAIN._replace(introduced=True), PLAIN._replace(introduced=False)],
}  # fmt: skip


@pytest.mark.parametrize("color", [False, True], ids=["plain", "color"])
@pytest.mark.parametrize("name", CASES)
def test_frames_are_as_they_were(name: str, color: bool) -> None:
    text = render(
        CheckResult("FEP", 2, tuple(CASES[name]), baselined=int(name == "known")), color=color
    )
    file = FOLDER / f"{name}{'.color' * color}.txt"
    if os.environ.get("FEP_GOLDEN") == "write":
        file.write_text(text, "utf-8", newline="\n")
    assert text == file.read_bytes().decode()


def test_every_file_is_of_a_case() -> None:
    names = {file.name.partition(".")[0] for file in FOLDER.iterdir()}
    assert names == set(CASES)


@pytest.mark.parametrize("diagnostic", CASES["long"])
def test_of_a_long_line_what_it_is_about_is_shown(diagnostic: Diagnostic) -> None:
    source, mark = render(CheckResult("FEP", 1, (diagnostic,))).split("\n")[1:3]
    shown = source.partition(" | ")[2]
    start, end = mark.index("^"), mark.rindex("^") + 1
    about = diagnostic.excerpt[0][diagnostic.span.column - 1 : diagnostic.span.end_column - 1]
    columns = "".join(c * width(c) for c in source)
    assert width(shown) <= WIDEST
    assert len(mark.partition(" | ")[2]) <= WIDEST
    assert set(columns[start:end]) - {"\N{HORIZONTAL ELLIPSIS}"} <= set(about)
