"""A verdict for machines: the JSON of the design, section 10."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from ..._text import inert
from ...diagnostics import CheckResult, Diagnostic, Severity

SCHEMA_VERSION = 1

Value: TypeAlias = "str | int | bool | Sequence[Value] | Mapping[str, Value] | None"

_MARKUP = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})


def render(verdict: CheckResult, *, tool: str, url: str = "") -> str:
    """*verdict* as JSON in ASCII, with a line end; *url* is the address of the rules' pages."""
    table: Value = {
        "schema_version": SCHEMA_VERSION,
        "tool": tool,
        "process": verdict.process,
        "complete": verdict.complete,
        "diagnostics": [row(told, url) for told in verdict.diagnostics],
        "summary": {
            "errors": verdict.count(Severity.ERROR),
            "warnings": verdict.count(Severity.WARNING),
            "introduced": len(verdict.relevant),
            "files": verdict.files,
            **({"known": verdict.baselined} if verdict.baselined else {}),
        },
    }
    return dumped(table, indent=2) + "\n"


def row(told: Diagnostic, url: str) -> Value:
    """*told* as an object of the list of diagnostics."""
    return {
        "code": told.code,
        "name": told.name,
        "severity": str(told.severity),
        "message": told.message,
        "help": told.help or None,
        "url": f"{url}#{told.name}" if url else None,
        "path": told.path,
        "line": told.span.line,
        "column": told.span.column,
        "end_line": told.span.end_line,
        "end_column": told.span.end_column,
        "number": told.number,
        "introduced": told.introduced,
        "fixable": bool(told.edits),
        "fingerprint": told.fingerprint,
        "related": [
            {"path": other.path, "line": other.span.line, "message": other.message}
            for other in told.related
        ],
    }


def dumped(value: Value, indent: int | None = None) -> str:
    """*value* as JSON in ASCII that neither a browser nor a runner finds an order in."""
    return inert(json.dumps(_printable(value), indent=indent)).translate(_MARKUP)


def _printable(value: Value) -> Value:
    """*value* without lone surrogates, which are no valid JSON text (SEC-C4)."""
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode("utf-8")
    if isinstance(value, Sequence):
        return [_printable(item) for item in value]
    if isinstance(value, Mapping):
        return {name: _printable(item) for name, item in value.items()}
    return value
