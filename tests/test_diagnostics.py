"""Spans, edits, fingerprints, and the result of a check."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fep_tools.diagnostics import (
    apply_edits,
    CheckResult,
    Diagnostic,
    Edit,
    fingerprint,
    Related,
    Severity,
    Span,
)

ERROR, WARNING, STYLE = Severity.ERROR, Severity.WARNING, Severity.STYLE


def diagnostic(severity: Severity = ERROR, introduced: bool | None = None) -> Diagnostic:
    return Diagnostic("a.rst", Span(1, 1), "H001", "x", severity, "m", introduced=introduced)


# Spans and edits ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        (Span(), (1, 1, 1, 1)),
        (Span(3), (3, 1, 3, 1)),
        (Span(3, 4), (3, 4, 3, 4)),
        (Span(3, 4, 5), (3, 4, 5, 4)),
        (Span(3, 4, end_column=6), (3, 4, 3, 6)),
        (Span(3, 4, 5, 6), (3, 4, 5, 6)),
    ],
)
def test_span_without_end_is_empty(span: Span, expected: tuple[int, int, int, int]) -> None:
    assert tuple(span) == expected
    assert (span.line, span.column, span.end_line, span.end_column) == expected


@pytest.mark.parametrize(
    ("text", "edits", "expected"),
    [
        ("a\n", [], "a\n"),
        ("one\n", [Edit(Span(1, 1, 1, 4), "ONE")], "ONE\n"),
        ("one", [Edit(Span(1, 4), "s")], "ones"),
        ("a\nb\nc\n", [Edit(Span(1, 2, 3, 1), "-")], "a-c\n"),
        ("a\n", [Edit(Span(2, 1), "b\n")], "a\nb\n"),
        ("a\nb", [Edit(Span(2, 1, 3, 1), "")], "a\n"),
        (
            "one\ntwo\n",
            [Edit(Span(2, 1, 2, 4), "TWO"), Edit(Span(1, 1, 1, 4), "ONE")],
            "ONE\nTWO\n",
        ),
        ("one", [Edit(Span(1, 1, 1, 4), "A"), Edit(Span(1, 2, 1, 3), "B")], "A"),
        ("one", [Edit(Span(1, 1, 1, 2), "A"), Edit(Span(1, 2, 1, 3), "B")], "ABe"),
        (
            "abcdef",
            [Edit(Span(1, 1, 1, 3), "A"), Edit(Span(1, 2, 1, 5), "B"), Edit(Span(1, 4, 1, 5), "D")],
            "AcDef",
        ),
        ("a\u2028\r\n\U0001f40db", [Edit(Span(2, 2, 2, 3), "c")], "a\u2028\r\n\U0001f40dc"),
    ],
    ids=[
        "none", "replace", "insert", "several lines", "at the end", "last line", "any order",
        "overlapping", "adjacent", "overlapping one that is not applied", "code points",
    ],
)  # fmt: skip
def test_edits_are_applied(text: str, edits: list[Edit], expected: str) -> None:
    assert apply_edits(text, edits) == expected


def test_insertions_at_one_position_keep_their_order() -> None:
    edits = [Edit(Span(1, 2), text) for text in ("z", "y", "x")]
    assert apply_edits("ab", edits) == "azyxb"


@given(st.text(), st.integers(1, 5), st.integers(1, 5))
def test_empty_edit_changes_nothing(text: str, line: int, column: int) -> None:
    line = min(line, text.count("\n") + 1)
    assert apply_edits(text, [Edit(Span(line, column), "")]) == text


@pytest.mark.parametrize(
    ("identity", "is_same"),
    [
        (("FEP 1", "H001", "a  b", 0), True),
        (("FEP 1", "H001", "  a b ", 0), True),
        (("FEP 1", "H001", "a\tb\r", 0), True),
        (("FEP 1", "H001", "ab", 0), False),
        (("FEP 2", "H001", "a b", 0), False),
        (("FEP 1", "H002", "a b", 0), False),
        (("FEP 1", "H001", "a b", 1), False),
    ],
)
def test_fingerprint_depends_on_everything_but_white_space(
    identity: tuple[str, str, str, int], is_same: bool
) -> None:
    expected = fingerprint("FEP 1", "H001", "a b", 0)
    assert len(expected) == 16
    assert (fingerprint(*identity) == expected) is is_same


@pytest.mark.parametrize(
    ("identity", "expected"),
    [
        (("FEP 1", "H001", "a b", 0), "8c306ad337036f68"),
        (("docs/\udce9.rst", "F001", "", 2), "ab924b27994846bf"),
    ],
)
def test_fingerprint_does_not_change(identity: tuple[str, str, str, int], expected: str) -> None:
    """The baselines of repositories hold fingerprints."""
    assert fingerprint(*identity) == expected


# Results ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("severity", "introduced", "fails", "fails_strictly"),
    [
        (ERROR, None, True, True),
        (ERROR, True, True, True),
        (ERROR, False, False, False),
        (WARNING, None, False, True),
        (WARNING, True, False, True),
        (WARNING, False, False, False),
        (STYLE, None, False, True),
        (STYLE, True, False, True),
        (STYLE, False, False, False),
    ],
)
def test_result_fails(
    severity: Severity, introduced: bool | None, fails: bool, fails_strictly: bool
) -> None:
    result = CheckResult("FEP", 1, (diagnostic(severity, introduced),))
    assert result.fails() is fails
    assert result.fails(strict=True) is fails_strictly


def test_result_without_diagnostics_does_not_fail() -> None:
    assert not CheckResult("FEP", 0).fails(strict=True)


@pytest.mark.parametrize(
    ("introduced", "relevant", "preexisting", "has_base"),
    [
        ([], 0, 0, False),
        ([None, None], 2, 0, False),
        ([True, False, False], 1, 2, True),
        ([False], 0, 1, True),
    ],
)
def test_result_separates_relevant_and_preexisting_diagnostics(
    introduced: list[bool | None], relevant: int, preexisting: int, has_base: bool
) -> None:
    result = CheckResult("FEP", 1, tuple(diagnostic(introduced=i) for i in introduced))
    assert (len(result.relevant), len(result.preexisting)) == (relevant, preexisting)
    assert result.has_base is has_base


def test_result_counts_severities() -> None:
    found = (diagnostic(ERROR, False), diagnostic(WARNING), diagnostic(WARNING))
    result = CheckResult("FEP", 3, found)
    assert [result.count(severity) for severity in Severity] == [1, 2, 0]


@pytest.mark.parametrize(
    "change",
    [
        {"path": "b.rst", "span": Span(1, 1), "code": "A001"},
        {"span": Span(3, 5), "code": "A001"},
        {"code": "H002"},
    ],
    ids=["path", "span", "code"],
)
def test_diagnostics_are_sorted_by_path_span_and_code(change: dict[str, Any]) -> None:
    first = diagnostic()._replace(span=Span(3, 4))
    second = first._replace(**change)
    assert first.sort_key < second.sort_key


# Serialization ------------------------------------------------------------------------------

any_text = st.text(st.characters(), max_size=20)
spans = st.builds(Span, *[st.integers(1, 100)] * 4)
diagnostics = st.builds(
    Diagnostic,
    path=any_text,
    span=spans,
    code=st.just("H103"),
    name=st.just("header-date"),
    severity=st.sampled_from(Severity),
    message=any_text,
    help=any_text,
    number=st.none() | st.integers(),
    excerpt=st.lists(any_text, max_size=2).map(tuple),
    edits=st.lists(st.builds(Edit, spans, any_text), max_size=2).map(tuple),
    related=st.lists(st.builds(Related, any_text, spans, any_text), max_size=2).map(tuple),
    fingerprint=st.just("0123456789abcdef"),
    introduced=st.none() | st.booleans(),
)
results = st.builds(
    CheckResult,
    process=any_text,
    files=st.integers(0),
    diagnostics=st.lists(diagnostics, max_size=2).map(tuple),
    complete=st.booleans(),
    notes=st.lists(any_text, max_size=2).map(tuple),
    baselined=st.integers(0),
)

WITH_EVERYTHING = Diagnostic(
    "proposals/fep-0007.rst",
    Span(3, 7, 4, 2),
    "H103",
    "header-date",
    STYLE,
    "wrong",
    help="or this",
    number=7,
    excerpt=("Created: 3", " March"),
    edits=(Edit(Span(3, 7, 4, 2), "2027-03-03"), Edit(Span(5, 1), "")),
    related=(Related("proposals/fep-0008.rst", Span(1, 2, 3, 4), "see there"),),
    fingerprint="0123456789abcdef",
    introduced=False,
)


@example(CheckResult("FEP", 2, (WITH_EVERYTHING, diagnostic()), False, ("one", "two"), 3))
@given(results)
def test_result_is_read_as_it_was_written(result: CheckResult) -> None:
    read = CheckResult.from_json(result.to_json())
    assert read == result
    assert repr(read) == repr(result)


SOUND = json.loads(CheckResult("FEP", 1, (diagnostic(),)).to_json())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "nul",
        "1",
        "[]",
        "{}",
        '{"diagnostics": {}}',
        '{"diagnostics": [[1]], "notes": []}',
        json.dumps({**SOUND, "more": 1}),
        json.dumps({**SOUND, "diagnostics": [{**SOUND["diagnostics"][0], "severity": "fatal"}]}),
        json.dumps({**SOUND, "diagnostics": [{**SOUND["diagnostics"][0], "span": [1, 1]}]}),
        json.dumps({**SOUND, "notes": None}),
    ],
)
def test_anything_else_is_no_result(text: str) -> None:
    with pytest.raises(ValueError):
        CheckResult.from_json(text)
