"""This tool's own JSON, as one document (``json``) or one line per finding (``json-lines``).

``fep schema check`` prints the JSON Schema of the document. Keys may be added, and are never
renamed or removed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from ..._text import escape_json
from ...diagnostics import CheckResult, Diagnostic, Severity
from .context import ReportContext

SCHEMA_VERSION = 1

JsonValue: TypeAlias = "str | int | bool | Sequence[JsonValue] | Mapping[str, JsonValue] | None"

# A browser that shows the JSON as HTML finds no tag in it.
_HTML_ESCAPES = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})


def render(result: CheckResult, context: ReportContext) -> str:
    """Return the result as one JSON document."""
    table: JsonValue = {
        "schema_version": SCHEMA_VERSION,
        "tool": context.tool,
        "process": result.process,
        "complete": result.complete,
        "notes": list(result.notes),
        "diagnostics": [_row(diagnostic, context) for diagnostic in result.diagnostics],
        "summary": {
            "errors": result.count(Severity.ERROR),
            "warnings": result.count(Severity.WARNING),
            "introduced": len(result.relevant),
            "files": result.files,
            **({"baselined": result.baselined} if result.baselined else {}),
        },
    }
    return dump(table, indent=2) + "\n"


def render_lines(result: CheckResult, context: ReportContext) -> str:
    """Return one line per diagnostic, each an object of the list in :func:`render`."""
    return "".join(f"{dump(_row(d, context))}\n" for d in result.diagnostics)


def _row(diagnostic: Diagnostic, context: ReportContext) -> JsonValue:
    return {
        "code": diagnostic.code,
        "name": diagnostic.name,
        "severity": str(diagnostic.severity),
        "message": diagnostic.message,
        "help": diagnostic.help or None,
        "url": context.rule_url(diagnostic.name) or None,
        "path": diagnostic.path,
        "line": diagnostic.span.line,
        "column": diagnostic.span.column,
        "end_line": diagnostic.span.end_line,
        "end_column": diagnostic.span.end_column,
        "number": diagnostic.number,
        "introduced": diagnostic.introduced,
        "fixable": bool(diagnostic.edits),
        "fingerprint": diagnostic.fingerprint,
        "related": [
            {"path": related.path, "line": related.span.line, "message": related.message}
            for related in diagnostic.related
        ],
    }


def dump(value: JsonValue, indent: int | None = None) -> str:
    """Return JSON in ASCII that neither a browser nor a CI runner takes for commands."""
    return escape_json(json.dumps(_escape_surrogates(value), indent=indent)).translate(
        _HTML_ESCAPES
    )


def _escape_surrogates(value: JsonValue) -> JsonValue:
    r"""Write lone surrogates as ``\udc80``, because no JSON text may have them.

    They come from file names that are not UTF-8.
    """
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode("utf-8")
    if isinstance(value, Sequence):
        return [_escape_surrogates(item) for item in value]
    if isinstance(value, Mapping):
        return {name: _escape_surrogates(item) for name, item in value.items()}
    return value
