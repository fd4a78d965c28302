"""The JSON of the design, valid whatever strangers wrote."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fep_tools.diagnostics import CheckResult, Diagnostic, Edit, Related, Severity, Span
from fep_tools.lint.reporters.json import render

SPAN = Span(7, 10, 7, 22)
TOLD = Diagnostic(
    path="proposals/fep-0012.rst",
    span=SPAN,
    code="H103",
    name="header-date",
    severity=Severity.ERROR,
    message="m",
    number=12,
    excerpt=("Created: 3 March 2025",),
    edits=(Edit(SPAN, "2025-03-03"),),
    related=(Related("b.rst", Span(3, 1), "there"),),
    fingerprint="0123456789abcdef",
)


def parsed(*found: Diagnostic, url: str = "") -> Any:
    return json.loads(render(CheckResult("FEP", 3, found), tool="fep-tools 1.0", url=url))


def test_the_shape_of_the_design() -> None:
    assert parsed(TOLD, url="https://example.org/rules") == {
        "schema_version": 1,
        "tool": "fep-tools 1.0",
        "process": "FEP",
        "complete": True,
        "diagnostics": [
            {
                "code": "H103",
                "name": "header-date",
                "severity": "error",
                "message": "m",
                "help": None,
                "url": "https://example.org/rules#header-date",
                "path": "proposals/fep-0012.rst",
                "line": 7,
                "column": 10,
                "end_line": 7,
                "end_column": 22,
                "number": 12,
                "introduced": None,
                "fixable": True,
                "fingerprint": "0123456789abcdef",
                "related": [{"path": "b.rst", "line": 3, "message": "there"}],
            }
        ],
        "summary": {"errors": 1, "warnings": 0, "introduced": 1, "files": 3},
    }


def test_without_an_address_there_is_none() -> None:
    assert parsed(TOLD)["diagnostics"][0]["url"] is None


any_text = st.text(st.characters(), max_size=20)


@given(any_text, any_text)
def test_it_is_ascii_without_lone_surrogates(path: str, message: str) -> None:
    diagnostic = Diagnostic(path, SPAN, "H103", "x", Severity.WARNING, message)
    text = render(CheckResult("FEP", 1, (diagnostic,)), tool="t")
    text.encode("ascii")
    json.dumps(json.loads(text), ensure_ascii=False).encode("utf-8")


@given(any_text, any_text)
def test_what_was_dumped_is_loaded(path: str, message: str) -> None:

    verdict = CheckResult(
        "FEP", 1, (TOLD._replace(path=path, message=message), TOLD), complete=False
    )
    assert CheckResult.from_json(verdict.to_json()) == verdict


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"diagnostics": [[1]], "notes": []}', '{"diagnostics": {}}', "nul"]
)
def test_nothing_else_is(text: str) -> None:
    with pytest.raises(ValueError):
        CheckResult.from_json(text)
