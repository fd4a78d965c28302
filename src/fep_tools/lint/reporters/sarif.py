"""A verdict as SARIF 2.1.0, which GitHub's code scanning and many editors read.

Columns are code points, and the file says so. Source: OASIS, "Static Analysis Results
Interchange Format (SARIF) Version 2.1.0", by section; GitHub, "SARIF support for code
scanning", for what has to be there.
"""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote

from ...diagnostics import CheckResult, Diagnostic, Edit, Related, Severity, Span
from ..rule import Rule
from .context import ReportContext
from .json import dumped, Value

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
LONGEST = 1024
"""How many characters GitHub takes for a description."""

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.STYLE: "note"}
_STATES = {True: "new", False: "unchanged"}
_WORDS = str.maketrans({"{": "{{", "}": "}}", "[": r"\[", "]": r"\]", "\\": r"\\"})


def render(verdict: CheckResult, about: ReportContext, rules: Iterable[Rule]) -> str:
    """*verdict* as JSON in ASCII, with a line end; *rules* are all that there are."""
    codes = {told.code for told in verdict.diagnostics}
    used = [rule for rule in rules if rule.code in codes]
    places = {rule.code: at for at, rule in enumerate(used)}
    run: Value = {
        "tool": {"driver": _driver(used, about)},
        "columnKind": "unicodeCodePoints",
        "results": [_result(told, places, about) for told in verdict.diagnostics],
    }
    return dumped({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _driver(rules: list[Rule], about: ReportContext) -> Value:
    found: Value = [_rule(rule, about) for rule in rules]
    driver = {"name": "fep-tools", "semanticVersion": about.version, "rules": found}
    return {name: value for name, value in driver.items() if value != ""}


def _rule(rule: Rule, about: ReportContext) -> Value:
    found: dict[str, Value] = {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": _text(rule.summary)},
        "fullDescription": {"text": _text(rule.why)},
        "help": {"text": _help(rule).translate(_WORDS), "markdown": _help(rule, "```\n")},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"tags": [rule.family.name.lower()], "precision": "very-high"},
    }
    if page := about.page(rule.name):
        found["helpUri"] = page
    return found


def _help(rule: Rule, fence: str = "") -> str:
    """Why the rule is there, and its examples, between lines of *fence*."""
    bad, good = f"{fence}{rule.bad}{fence}", f"{fence}{rule.good}{fence}"
    return f"{rule.why}\n\nBad:\n\n{bad}\nGood:\n\n{good}"


def _result(told: Diagnostic, places: dict[str, int], about: ReportContext) -> Value:
    found: dict[str, Value] = {
        "ruleId": told.code,
        "level": _LEVELS[told.severity],
        "message": {"text": _text(told.message)},
        "locations": [_location(told.path, told.span, about)],
        "partialFingerprints": {
            "fep/v1": told.fingerprint,
            "primaryLocationLineHash": told.fingerprint,
        },
    }
    if told.code in places:
        found["ruleIndex"] = places[told.code]
    if told.introduced is not None:
        found["baselineState"] = _STATES[told.introduced]
    if told.related:
        found["relatedLocations"] = [_related(other, about) for other in told.related]
    if told.edits:
        found["fixes"] = [_fix(told, about)]
    return found


def _location(path: str, span: Span, about: ReportContext) -> dict[str, Value]:
    return {"physicalLocation": {"artifactLocation": _file(path, about), "region": _region(span)}}


def _related(other: Related, about: ReportContext) -> Value:
    return {
        **_location(other.path, other.span, about),
        "message": {"text": _text(other.message)},
    }


def _fix(told: Diagnostic, about: ReportContext) -> Value:
    change: Value = {
        "artifactLocation": _file(told.path, about),
        "replacements": [_replacement(edit) for edit in told.edits],
    }
    return {"description": {"text": f"Mend {told.name}."}, "artifactChanges": [change]}


def _replacement(edit: Edit) -> Value:
    return {"deletedRegion": _region(edit.span), "insertedContent": {"text": edit.text}}


def _file(path: str, about: ReportContext) -> Value:
    """Where a file is: a relative reference, every odd byte of it encoded (section 3.4.3)."""
    written = about.path(path).encode("utf-8", "surrogateescape")
    return {"uri": quote(written, safe="/"), "uriBaseId": "%SRCROOT%"}


def _region(span: Span) -> Value:
    return {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }


def _text(text: str) -> str:
    """*text* in which nothing is a link or is to be filled in (sections 3.11.5 and 3.11.6)."""
    return text.translate(_WORDS)[:LONGEST]
