"""A finding as a diagnostic: with its address, its level, and what it is known by."""

from __future__ import annotations

from collections import Counter

from ..diagnostics import Diagnostic, Finding, fingerprint, Severity
from ..process.model import Process
from ..proposals.model import Proposal
from .rule import Rule


def to_diagnostic(
    rule: Rule,
    finding: Finding,
    path: str,
    proposal: Proposal | None,
    process: Process,
    *,
    fresh: bool,
) -> Diagnostic:
    """*finding* of *rule* in the file at *path*; *fresh* where nothing excuses it."""
    return Diagnostic(
        path=path,
        span=finding.span,
        code=rule.code,
        name=rule.name,
        severity=rule.severity if fresh else _severity(rule, proposal, process),
        message=finding.message,
        help=finding.help,
        number=proposal.number if proposal else None,
        excerpt=_excerpt(finding, proposal),
        edits=finding.edits,
        related=finding.related,
    )


def _severity(rule: Rule, proposal: Proposal | None, process: Process) -> Severity:
    """A rule's own level; less where the proposal is settled, and its text is history."""
    if rule.severity is Severity.ERROR and rule.family.lenient and proposal is not None:
        status = process.status(proposal.status)
        if status is not None and status.settled:
            return Severity.WARNING
    return rule.severity


def _excerpt(finding: Finding, proposal: Proposal | None) -> tuple[str, ...]:
    if proposal is None or not proposal.text:
        return ()
    return tuple(proposal.lines[finding.span.line - 1 : finding.span.end_line])


def with_fingerprints(diagnostics: list[Diagnostic], process: Process) -> list[Diagnostic]:
    """*diagnostics*, each with the fingerprint by which it is known again."""
    seen: Counter[tuple[str, str, str]] = Counter()
    known = []
    for told in diagnostics:
        subject = told.path if told.number is None else process.label(told.number)
        line = told.excerpt[0] if told.excerpt else ""
        place = (subject, told.code, " ".join(line.split()))
        known.append(told._replace(fingerprint=fingerprint(*place, seen[place])))
        seen[place] += 1
    return known
