"""The parser of headers: lenient, in every dialect, with correct positions."""

from __future__ import annotations

import re

import pytest
from docutils.statemachine import string2lines
from hypothesis import given
from hypothesis import strategies as st

from fep_tools._text import BLANKS, split_lines
from fep_tools.diagnostics import Span
from fep_tools.process.dialects import FORMS
from fep_tools.process.schema import Dialect
from fep_tools.proposals.header_field import Field, Line
from fep_tools.proposals.preamble import MAX_LINES, Preamble

DIALECTS: tuple[Dialect, ...] = ("rfc2822", "field-list")
BODY = "\n\nAbstract\n========\n\nNot: a header.\n"


def pairs(text: str, dialect: Dialect = "rfc2822") -> list[tuple[str, str]]:
    """The names and values of the headers of *text*."""
    return [(field.name, field.value) for field in Preamble.parse(text, dialect).fields]


def slice_of(text: str, span: Span) -> str:
    """What *span* covers in *text*, its lines joined as in a value."""
    lines = split_lines(text)[span.line - 1 : span.end_line]
    if len(lines) == 1:
        return lines[0][span.column - 1 : span.end_column - 1]
    first, *middle, last = lines
    parts = [first[span.column - 1 :], *middle, last[: span.end_column - 1]]
    return "\n".join(part.strip() for part in parts)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("FEP: 7\nTitle: Views" + BODY, [("FEP", "7"), ("Title", "Views")]),
        ("FEP: 7", [("FEP", "7")]),
        ("FEP:7\nTitle :  Views \n", [("FEP", "7"), ("Title", "Views")]),
        ("Author:\nTitle:\n", [("Author", ""), ("Title", "")]),
        ("Author:\n    Ada\n    Bea\n", [("Author", "\nAda\nBea")]),
        ("At: https://a.org\n\thttps://b.org: c\n", [("At", "https://a.org\nhttps://b.org: c")]),
        ("FEP: 7\r\nTitle: A\r\n  b\r\n\r\nFEP: 8\r\n", [("FEP", "7"), ("Title", "A\nb")]),
        ("\ufeffFEP: 7\nTitle: Views\n", [("FEP", "7"), ("Title", "Views")]),
        ("\n \nFEP: 7\n\nTitle: Views\n", [("FEP", "7")]),
        ("---\nFEP: 7\nTitle: Views\n---\nStatus: Draft\n", [("FEP", "7"), ("Title", "Views")]),
        ("---\nFEP: 7\n\nTitle: Views\n", [("FEP", "7")]),
        ("---\nFEP: 7\n \t\nTitle: Views\n---\n", [("FEP", "7")]),
        ("Discussions-To: list\nType\t:\tA\n", [("Discussions-To", "list"), ("Type", "A")]),
        ("On Three Words: 7\nNot On Four Words: 7\n", [("On Three Words", "7")]),
        ("Superseded By: 7\nstatus_of: Draft\n", [("Superseded By", "7"), ("status_of", "Draft")]),
        ("\u0410uthor: Ada\n", [("\u0410uthor", "Ada")]),
        ("Views\nFEP: 7\n", [("FEP", "7")]),
        ("---\r\nFEP: 7\r\n--- \r\nStatus: Draft\r\n", [("FEP", "7")]),
        ("---\nFEP: 7\n---\nStatus: Draft\n---\nText\n", [("FEP", "7"), ("Status", "Draft")]),
        ("---\n---\n", []),
        ("---\nText\n---\n", []),
        ("Title: Views\u00a0\n", [("Title", "Views")]),
        ("Title:\u00a0Views\n", [("Title", "Views")]),
        ("FEP: 7\n\u00a0\nTitle: Views\n", [("FEP", "7")]),
        ("FEP: 7\n\u00a0more\n", [("FEP", "7\nmore")]),
        ("\f\nFEP: 7\n\f\nTitle: Views\n", [("FEP", "7")]),
        ("FEP: 7\x85\nTitle: A\u2028b\n", [("FEP", "7"), ("Title", "A\u2028b")]),
        ("FEP: 7\rTitle: Views\r\rStatus: Draft\r", [("FEP", "7"), ("Title", "Views")]),
        ("Views\n=====\n\nFEP: 7\n", []),
        (" FEP: 7\n", []),
        ("https://example.org/\n", []),
        ("", []),
        ("\n\n", []),
    ],
)  # fmt: skip
def test_rfc2822(text: str, expected: list[tuple[str, str]]) -> None:
    assert pairs(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Views\n=====\n\n:DEP: 7\n:Type: A" + BODY, [("DEP", "7"), ("Type", "A")]),
        ("=====\nViews\n=====\n\n:DEP: 7\n", [("DEP", "7")]),
        (":DEP: 7\n:Our Team: Ada,\n  Bea: x\n", [("DEP", "7"), ("Our Team", "Ada,\nBea: x")]),
        (":DEP: 7\n\n:Status: Draft\n\n  A quotation.\n", [("DEP", "7"), ("Status", "Draft")]),
        (":DEP: 7\n\tand 8\n:Status: Draft\n", [("DEP", "7\nand 8"), ("Status", "Draft")]),
        (":DEP:7\n:Status:\n:Type: Process\n", [("DEP", "7"), ("Status", ""), ("Type", "Process")]),
        (":DEP: 7\n \n  A quotation.\n", [("DEP", "7")]),
        (":DEP: 7\nText\n:Status: Draft\n", [("DEP", "7")]),
        (":DEP:\t7\n:a: b\n", [("DEP", "7"), ("a", "b")]),
        (":DEP: 7\n:Literal::\n", [("DEP", "7")]),
        (":DEP: 7\n: Blank: before\n", [("DEP", "7")]),
        (":DEP: 7\n:Blank : after\n", [("DEP", "7")]),
        (":DEP: 7\n:c:func:`b`\n", [("DEP", "7")]),
        ("Views\r\n~~~~~\r\n\r\n:DEP: 7\r\n", [("DEP", "7")]),
        ("Views\n---more\n\n:DEP: 7\n", []),
        ("Up\n==\n\n:DEP: 7\n", [("DEP", "7")]),
        ("==\nUp\n==\n\n:DEP: 7\n", [("DEP", "7")]),
        ("X\n=\n\n:DEP: 7\n", [("DEP", "7")]),
        (".. _views:\n\nViews\n=====\n\n:DEP: 7\n", [("DEP", "7")]),
        (".. |a| replace:: b\n.. A comment\n   of two lines\n\nA\n=\n\n:DEP: 7\n", [("DEP", "7")]),
        (".. contents::\n   :local:\n\n   more\n\n:DEP: 7\n", [("DEP", "7")]),
        ("Views\n=====\n\n.. A comment\n\nText.\n\n:DEP: 7\n", []),
        (":DEP: 7\nAbstract\n========\n", [("DEP", "7")]),
        ("Views\n=====\n\n:class:`a` and :c:func:`b` are\n:DEP: 7\n", []),
        ("Views\n=====\n\nText.\n\n:DEP: 7\n", []),
        ("::\n\n:DEP: 7\n", [("DEP", "7")]),
        ("\ufeff:DEP: 7\r\n:Status: Draft\r\n", [("DEP", "7"), ("Status", "Draft")]),
        ("---\n:DEP: 7\n---\n", [("DEP", "7")]),
        (":orphan:\n\n.. _views:\n\nViews\n=====\n\n:DEP: 7\n", [("DEP", "7")]),
        (":tocdepth: 2\n:orphan:\n\nViews\n=====\n\nText.\n\n:DEP: 7\n", []),
        (":orphan:\n:DEP: 7\n", [("orphan", ""), ("DEP", "7")]),
        ("", []),
    ],
)  # fmt: skip
def test_field_list(text: str, expected: list[tuple[str, str]]) -> None:
    assert pairs(text, "field-list") == expected


@pytest.mark.parametrize(
    ("text", "dialect", "stray_lines"),
    [
        (
            "FEP: 7\nhttps://example.org/\nTitle: Views\n=====\n\n", "rfc2822",
            [(2, 1, "https://example.org/"), (4, 1, "=====")],
        ),
        (" X\nFEP: 7\nX\nTitle: Views\n", "rfc2822", [(1, 2, "X"), (3, 1, "X")]),
        ("\u00a0\nFEP: 7\n\u00a0more\n", "rfc2822", []),
        ("---\nFEP: 7\n\nText\n", "rfc2822", [(1, 1, "---")]),
        ("FEP: 7\n---\nTitle: A\n", "rfc2822", [(2, 1, "---")]),
        ("---\nFEP: 7\n---\nTitle: A\n---\n", "rfc2822", [(3, 1, "---")]),
        ("FEP: 7\n---\n", "rfc2822", [(2, 1, "---")]),
        ("\ufeffViews\nFEP: 7\n", "rfc2822", [(1, 2, "Views")]),
        ("---\nFEP: 7\n---\n", "rfc2822", []),
        (":DEP: 7\n\n:Status: Draft\n", "field-list", []),
    ],
)  # fmt: skip
def test_stray_lines(text: str, dialect: Dialect, stray_lines: list[tuple[int, int, str]]) -> None:
    preamble = Preamble.parse(text, dialect)
    assert list(preamble.stray_lines) == [Line(*line) for line in stray_lines]


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("text", ["", "\n\n", "Text\n====\n\nText\n", "Text\n\nText\n\nText"])
def test_text_without_headers(text: str, dialect: Dialect) -> None:
    assert Preamble.parse(text, dialect) == Preamble(first_line=0, last_line=0)
    assert Preamble().line_count == 0


def test_headers_are_kept_as_they_were_written() -> None:
    preamble = Preamble.parse("\ufeffFEP: 7\nAuthor :  Ada,\n  Bea", "rfc2822")
    assert preamble.fields == (
        Field("FEP", 2, ": ", (Line(1, 7, "7"),)),
        Field("Author", 1, " :  ", (Line(2, 11, "Ada,"), Line(3, 3, "Bea"))),
    )
    assert Preamble.parse(":DEP:  7", "field-list").fields == (
        Field("DEP", 2, ":", (Line(1, 8, "7"),)),
    )


def test_get_returns_the_first_of_two() -> None:
    field = Preamble.parse("Status: Draft\nStatus: Final\n", "rfc2822").get("Status")
    assert field is not None
    assert field.value == "Draft"


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_positions(mark: str, ending: str) -> None:
    text = mark + ending.join(["FEP:  7", "Author: Ada,", "        Bea", "", "Text"])
    number, author = Preamble.parse(text, "rfc2822").fields
    assert slice_of(text, number.name_span) == "FEP"
    assert slice_of(text, number.span()) == "7"
    assert slice_of(text, author.span(5, 8)) == "Bea"
    assert slice_of(text, author.span()).replace("\r", "") == "Ada,\nBea"
    assert author.span(5) == Span(3, 9, 3, 12)
    assert (author.first_line, author.last_line) == (2, 3)


@pytest.mark.parametrize(
    ("start", "end", "span"),
    [
        (0, None, Span(1, 9, 3, 6)),
        (0, 4, Span(1, 9, 1, 13)),
        (1, 2, Span(1, 10, 1, 11)),
        (4, 5, Span(1, 13, 2, 3)),
        (5, 6, Span(2, 3, 2, 4)),
        (5, 8, Span(2, 3, 2, 6)),
        (9, 10, Span(3, 4, 3, 5)),
        (11, 11, Span(3, 6, 3, 6)),
    ],
)
def test_span_of_a_part(start: int, end: int | None, span: Span) -> None:
    (field,) = Preamble.parse("Author: Ada,\n  Bea\n   Al", "rfc2822").fields
    assert field.value == "Ada,\nBea\nAl"
    assert field.span(start, end) == span


def test_the_span_of_no_value_is_that_of_the_name() -> None:
    (field,) = Preamble.parse("Author: \n", "rfc2822").fields
    assert field.span() == field.name_span == Span(1, 1, 1, 7)


def test_positions_in_a_field_list() -> None:
    text = "T\n===\n\n:DEP: 7\n:Type:\n"
    number, kind = Preamble.parse(text, "field-list").fields
    assert slice_of(text, number.name_span) == "DEP"
    assert slice_of(text, number.span()) == "7"
    assert slice_of(text, kind.span()) == "Type"


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("FEP: 7\nTitle: x\n\nText\n", "\n\n\nText\n"),
        ("\n\nFEP: 7\n\nText", "\n\n\n\nText"),
        ("---\nFEP: 7\n---\nText", "\n\n\nText"),
        ("FEP: 7", ""),
        ("Text\n\nText", "Text\n\nText"),
        ("", ""),
    ],
)
def test_blanked_keeps_line_numbers(text: str, body: str) -> None:
    assert Preamble.parse(text, "rfc2822").blanked(text) == body


def test_fields_for_sphinx_are_blanked() -> None:
    text = ":orphan:\n\n.. _views:\n\nViews\n=====\n\n:DEP: 7\n"
    blanked = Preamble.parse(text, "field-list").blanked(text)
    assert blanked == "\n\n.. _views:\n\nViews\n=====\n\n\n"
    text = "Views\n=====\n\n:orphan:\n"
    assert Preamble.parse(text, "field-list").blanked(text) == text


def test_a_block_without_end() -> None:
    text = "FEP: 7\n" + " more\n" * (2 * MAX_LINES)
    preamble = Preamble.parse(text, "rfc2822")
    assert preamble.last_line == MAX_LINES
    assert preamble.fields[0].value == "7" + "\nmore" * (MAX_LINES - 1)
    assert preamble.blanked(text).count("\n") == text.count("\n")


PIECES = st.sampled_from(
    ["FEP", "Title", ":", ": ", " ", "\n", "\r\n", "---", "\t", "https://", "é", "\ufeff", "=====",
     ":DEP:", "`", "7", ",", "\n\n", "\n  "]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=25).map("".join))


@given(TEXTS, st.sampled_from(DIALECTS))
def test_parsing_never_raises_and_positions_are_in_the_text(text: str, dialect: Dialect) -> None:
    preamble = Preamble.parse(text, dialect)
    lines = split_lines(text)
    assert 0 <= preamble.first_line <= preamble.last_line <= len(lines)
    assert preamble.blanked(text).count("\n") + 1 == len(lines)
    for line in preamble.stray_lines:
        assert lines[line.number - 1][line.column - 1 :].startswith(line.text)
    for field in preamble.fields:
        assert slice_of(text, field.name_span) == field.name
        assert preamble.first_line <= field.first_line <= field.last_line <= preamble.last_line
        for line in field.lines:
            assert lines[line.number - 1][line.column - 1 :].startswith(line.text)


@pytest.mark.parametrize("blank", [*BLANKS, "\u00a0", "\u3000", "\t", "\r", "\r\n"])
def test_docutils_has_the_same_lines(blank: str) -> None:
    text = f"FEP: 7{blank}\n{blank}\nOne{blank}two{blank}\n{blank}\nThree\n"
    preamble = Preamble.parse(text, "rfc2822")
    assert preamble.fields[0].value == "7"
    lines = string2lines(preamble.blanked(text), tab_width=1, convert_whitespace=True)
    written = [re.sub(f"[{BLANKS}\t]", " ", line).rstrip() for line in split_lines(text)]
    assert lines == ["", *written[1:-1]]


@given(TEXTS, st.sampled_from(DIALECTS))
def test_blanked_text_has_no_headers(text: str, dialect: Dialect) -> None:
    preamble = Preamble.parse(text, dialect)
    assert len(preamble.fields) + len(preamble.stray_lines) <= max(preamble.line_count, 0)


NAMES = st.sampled_from(["FEP", "Title", "Author", "Status-History", "X1", "Implementation Team"])
VALUES = st.lists(
    st.text(st.characters(codec="ascii", categories=["L", "N", "P", "S"]), min_size=1, max_size=12),
    min_size=1,
    max_size=3,
)


@given(st.dictionaries(NAMES, VALUES, min_size=1), st.data(), st.sampled_from(DIALECTS))
def test_the_order_of_headers_does_not_matter(
    headers: dict[str, list[str]], data: st.DataObject, dialect: Dialect
) -> None:
    form = FORMS[dialect]
    headers = {name.replace(" ", "-"): value for name, value in headers.items()}
    blocks = [form.line(name, "\n    ".join(headers[name])) for name in headers]
    blocks = [block + "\n" * form.blank_lines for block in blocks]
    shuffled = data.draw(st.permutations(blocks))
    before = {
        field.name: field.value for field in Preamble.parse("\n".join(blocks), dialect).fields
    }
    after = {f.name: f.value for f in Preamble.parse("\n".join(shuffled), dialect).fields}
    assert before == after == {name: "\n".join(lines) for name, lines in headers.items()}
