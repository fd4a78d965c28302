"""Results of checks that are compared."""

from __future__ import annotations

import json
from typing import Any

import pytest

from fep_tools.editorial.finding_records import (
    compare_results,
    parse_result,
    RecordedFinding,
    RecordedResult,
)
from fep_tools.errors import ConfigError


def finding(fingerprint: str, severity: str = "error", **values: Any) -> dict[str, Any]:
    return {
        "code": "H103", "name": "header-date", "severity": severity, "message": "m", "help": None,
        "url": None, "path": "proposals/fep-0012.rst", "line": 1, "column": 1, "end_line": 1,
        "end_column": 2, "number": 12, "introduced": None, "fixable": False,
        "fingerprint": fingerprint, "related": [], **values,
    }  # fmt: skip


def document(*findings: dict[str, Any], **values: Any) -> dict[str, Any]:
    return {
        "schema_version": 1, "tool": "1.0", "process": "FEP", "complete": True, "notes": [],
        "diagnostics": findings, "summary": {}, **values,
    }  # fmt: skip


def result(*findings: dict[str, Any]) -> RecordedResult:
    return parse_result(json.dumps(document(*findings)).encode(), "a.json")


def names(findings: tuple[RecordedFinding, ...]) -> list[str]:
    return [each.fingerprint for each in findings]


def test_findings_are_the_same_by_their_fingerprints() -> None:
    before = result(finding("a"), finding("b"))
    after = result(finding("b", line=9, message="other"), finding("c"))
    comparison = compare_results(before, after)
    assert (names(comparison.new), names(comparison.fixed)) == (["c"], ["a"])
    assert names(comparison.kept) == ["b"]
    assert comparison.kept[0].line == 9
    assert comparison.new_errors == 1


@pytest.mark.parametrize(
    ("before", "after", "new"),
    [
        ("warning", "error", ["a"]),
        ("style", "error", ["a"]),
        ("error", "warning", []),
        ("style", "warning", []),
        ("error", "error", []),
    ],
)
def test_a_finding_that_becomes_an_error_is_new(before: str, after: str, new: list[str]) -> None:
    comparison = compare_results(result(finding("a", before)), result(finding("a", after)))
    assert names(comparison.new) == new
    assert names(comparison.fixed) == []
    assert len(comparison.new) + len(comparison.kept) == 1


@pytest.mark.parametrize(("severity", "errors"), [("error", 1), ("warning", 0), ("style", 0)])
def test_only_errors_are_counted(severity: str, errors: int) -> None:
    assert compare_results(result(), result(finding("a", severity))).new_errors == errors


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no JSON",
        b"[]",
        b"\xff\xfe",
        b'{"a":' * 10_000,
        json.dumps(document(schema_version=2)).encode(),
        json.dumps(document(finding(""))).encode(),
        json.dumps(document({"code": "H103"})).encode(),
        json.dumps(document(finding("a", "fatal"))).encode(),
        json.dumps(document(finding("a", line="one"))).encode(),
    ],
)
def test_other_files_are_refused(data: bytes) -> None:
    with pytest.raises(ConfigError, match=r"a\.json is not the result of a check; write one with"):
        parse_result(data, "a.json")
