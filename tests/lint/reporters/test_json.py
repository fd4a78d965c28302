"""The tool's own JSON: its keys, and its validity for any text in a proposal."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from fep_tools.diagnostics import CheckResult, Diagnostic, Edit, Related, Severity, Span
from fep_tools.lint.reporters.context import ReportContext
from fep_tools.lint.reporters.json import render

SPAN = Span(7, 10, 7, 22)
DIAGNOSTIC = Diagnostic(
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


def parsed(result: CheckResult, url: str = "") -> Any:
    return json.loads(render(result, ReportContext("1.0", url)))


def test_document_has_the_documented_keys() -> None:
    assert parsed(CheckResult("FEP", 3, (DIAGNOSTIC,)), url="https://example.org/rules") == {
        "schema_version": 1,
        "tool": "fep-tools 1.0",
        "process": "FEP",
        "complete": True,
        "notes": [],
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


def test_url_is_null_if_no_page_documents_the_rules() -> None:
    assert parsed(CheckResult("FEP", 3, (DIAGNOSTIC,)))["diagnostics"][0]["url"] is None


def test_summary_counts_the_findings_in_the_baseline() -> None:
    assert parsed(CheckResult("FEP", 3, baselined=2))["summary"]["baselined"] == 2


any_text = st.text(st.characters(), max_size=20)


@given(any_text, any_text)
def test_document_is_ascii_without_lone_surrogates(path: str, message: str) -> None:
    diagnostic = Diagnostic(path, SPAN, "H103", "x", Severity.WARNING, message)
    text = render(CheckResult("FEP", 1, (diagnostic,)), ReportContext())
    text.encode("ascii")
    json.dumps(json.loads(text), ensure_ascii=False).encode("utf-8")
