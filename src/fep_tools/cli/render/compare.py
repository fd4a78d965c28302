"""Output of ``fep compare``: which findings are new, fixed and kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ..._text import plural, safe
from ...diagnostics import Severity
from ...editorial.finding_records import FindingComparison, RecordedFinding
from ...lint.reporters.json import dump, JsonValue

SCHEMA_VERSION = 1

_NOUNS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.STYLE: "style finding"}


def as_text(comparison: FindingComparison) -> str:
    """Return the new and the fixed findings, and how many were kept."""
    lines = [_heading("New", comparison.new), *map(_line, comparison.new)]
    lines += [_heading("Fixed", comparison.fixed), *map(_line, comparison.fixed)]
    return "\n".join([*lines, _heading("Kept", comparison.kept)]) + "\n"


def _heading(word: str, findings: Sequence[RecordedFinding]) -> str:
    counts = Counter(finding.severity for finding in findings)
    listed = [plural(counts[level], noun) for level, noun in _NOUNS.items() if counts[level]]
    return f"{word}: {', '.join(listed) or 'none'}"


def _line(finding: RecordedFinding) -> str:
    location = f"{safe(finding.path, None)}:{finding.line}:{finding.column}"
    rule = f"{finding.severity} {safe(finding.code)} [{safe(finding.name)}]"
    return f"  {location}: {rule}: {safe(finding.message, None)}"


def as_json(comparison: FindingComparison) -> str:
    """Return the findings as ``compare.schema.json`` describes, each as ``fep check`` wrote it."""
    groups = {"new": comparison.new, "fixed": comparison.fixed, "kept": comparison.kept}
    document: dict[str, JsonValue] = {"schema_version": SCHEMA_VERSION}
    for name, group in groups.items():
        document[name] = [finding.model_dump(mode="json") for finding in group]
    counts = {name: len(group) for name, group in groups.items()}
    document["summary"] = {"new_errors": comparison.new_errors, **counts}
    return f"{dump(document, indent=2)}\n"
