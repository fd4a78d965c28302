"""SARIF 2.1.0, which GitHub's code scanning and many editors read.

Columns are code points, and ``columnKind`` says so (section 3.14.17).

Sources: OASIS, "Static Analysis Results Interchange Format (SARIF) Version 2.1.0", to which
the section numbers in this module refer; GitHub Docs, "SARIF support for code scanning", for
the properties that GitHub requires.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import quote

from ...diagnostics import CheckResult, Diagnostic, Related, Severity, Span
from ..rule import Rule
from .context import ReportContext
from .json import dump, JsonValue

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"

MAX_TEXT_CHARACTERS = 1024
"""The longest description that GitHub accepts."""

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.STYLE: "note"}
_BASELINE_STATES = {True: "new", False: "unchanged"}

# In a message, [text](url) is a link (section 3.11.6) and {0} a placeholder (section 3.11.5).
_MESSAGE_ESCAPES = str.maketrans({"{": "{{", "}": "}}", "[": r"\[", "]": r"\]", "\\": r"\\"})


def render(result: CheckResult, context: ReportContext) -> str:
    """Return a log with one run (section 3.13)."""
    codes = {diagnostic.code for diagnostic in result.diagnostics}
    rules = [rule for rule in context.rules() if rule.code in codes]
    indexes = {rule.code: index for index, rule in enumerate(rules)}
    run: JsonValue = {
        "tool": {"driver": _driver(rules, context)},
        "columnKind": "unicodeCodePoints",
        "results": [_result(diagnostic, indexes, context) for diagnostic in result.diagnostics],
    }
    return dump({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _driver(rules: Sequence[Rule], context: ReportContext) -> JsonValue:
    """Return the toolComponent of this tool (section 3.19)."""
    driver: dict[str, JsonValue] = {"name": "fep-tools"}
    if context.version:
        driver["semanticVersion"] = context.version
    return {**driver, "rules": [_rule(rule, context) for rule in rules]}


def _rule(rule: Rule, context: ReportContext) -> JsonValue:
    """Return the reportingDescriptor of a rule (section 3.49)."""
    descriptor: dict[str, JsonValue] = {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": _message_text(rule.summary)},
        "fullDescription": {"text": _message_text(rule.why)},
        "help": {
            "text": _help(rule).translate(_MESSAGE_ESCAPES),
            "markdown": _help(rule, fence="```\n"),
        },
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"tags": [rule.family.name.lower()], "precision": "very-high"},
    }
    if url := context.rule_url(rule.name):
        descriptor["helpUri"] = url
    return descriptor


def _help(rule: Rule, fence: str = "") -> str:
    """Return the reasons for a rule and its examples, each between two fences."""
    bad, good = f"{fence}{rule.bad}{fence}", f"{fence}{rule.good}{fence}"
    return f"{rule.why}\n\nBad:\n\n{bad}\nGood:\n\n{good}"


def _result(
    diagnostic: Diagnostic, indexes: Mapping[str, int], context: ReportContext
) -> JsonValue:
    """Return a result (section 3.27).

    :param indexes: The index of each rule in the list of the driver, by code.
    """
    result: dict[str, JsonValue] = {
        "ruleId": diagnostic.code,
        "level": _LEVELS[diagnostic.severity],
        "message": {"text": _message_text(diagnostic.message)},
        "locations": [_location(diagnostic.path, diagnostic.span, context)],
        "partialFingerprints": {
            "fep/v1": diagnostic.fingerprint,
            # The one that GitHub compares.
            "primaryLocationLineHash": diagnostic.fingerprint,
        },
    }
    if diagnostic.code in indexes:
        result["ruleIndex"] = indexes[diagnostic.code]
    if diagnostic.introduced is not None:
        result["baselineState"] = _BASELINE_STATES[diagnostic.introduced]
    if diagnostic.related:
        result["relatedLocations"] = [_related(r, context) for r in diagnostic.related]
    if diagnostic.edits:
        result["fixes"] = [_fix(diagnostic, context)]
    return result


def _location(path: str, span: Span, context: ReportContext) -> dict[str, JsonValue]:
    """Return a location (section 3.28)."""
    physical: JsonValue = {"artifactLocation": _artifact(path, context), "region": _region(span)}
    return {"physicalLocation": physical}


def _related(related: Related, context: ReportContext) -> JsonValue:
    location = _location(related.path, related.span, context)
    return {**location, "message": {"text": _message_text(related.message)}}


def _fix(diagnostic: Diagnostic, context: ReportContext) -> JsonValue:
    """Return a fix (section 3.55)."""
    change: JsonValue = {
        "artifactLocation": _artifact(diagnostic.path, context),
        "replacements": [
            {"deletedRegion": _region(edit.span), "insertedContent": {"text": edit.text}}
            for edit in diagnostic.edits
        ],
    }
    return {"description": {"text": f"Fix {diagnostic.name}."}, "artifactChanges": [change]}


def _artifact(path: str, context: ReportContext) -> JsonValue:
    """Return an artifactLocation: a relative URI reference, percent-encoded (section 3.4.3)."""
    data = context.path(path).encode("utf-8", "surrogateescape")
    return {"uri": quote(data, safe="/"), "uriBaseId": "%SRCROOT%"}


def _region(span: Span) -> JsonValue:
    """Return a region, whose end is exclusive (section 3.30.8)."""
    return {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }


def _message_text(text: str) -> str:
    return text.translate(_MESSAGE_ESCAPES)[:MAX_TEXT_CHARACTERS]
