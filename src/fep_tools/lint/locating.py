"""Diagnostics: findings with their files, their lines and their fingerprints."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from ..diagnostics import Diagnostic, Edit, Finding, fingerprint, Severity, Span
from ..process.model import Process
from ..proposals.inclusions import position_of
from ..proposals.model import Proposal
from .rule import Rule


def is_included(proposal: Proposal, finding: Finding) -> bool:
    """Return whether a finding is about a file that a proposal includes."""
    return bool(proposal.body and position_of(finding.span.line, proposal.body.inclusions))


def included_diagnostic(
    rule: Rule,
    finding: Finding,
    proposal: Proposal,
    severity: Severity,
    lines: Sequence[str],
) -> Diagnostic:
    """Return a finding in a file that a proposal includes, which no fix reaches.

    :param lines: The lines of the proposal with those of the files that it includes.
    """
    span, found = finding.span, proposal.body.inclusions if proposal.body else ()
    position = position_of(span.line, found)
    assert position is not None
    end = position.line + span.end_line - span.line
    moved = finding._replace(span=Span(position.line, span.column, end, span.end_column), edits=())
    excerpt = tuple(lines[span.line - 1 : span.end_line])
    return make_diagnostic(rule, moved, position.path, None, severity)._replace(excerpt=excerpt)


def changes_nothing(edits: Iterable[Edit], proposal: Proposal) -> bool:
    """Return whether edits write what is there, such as the title above an underline in a list."""

    def is_there(edit: Edit) -> bool:
        line, start, end_line, end = edit.span
        written = "".join(text[start - 1 : end - 1] for text in proposal.lines[line - 1 : line])
        return line == end_line and written == edit.text

    return all(map(is_there, edits))


def make_diagnostic(
    rule: Rule, finding: Finding, path: str, proposal: Proposal | None, severity: Severity
) -> Diagnostic:
    """Return a finding of a rule with its file and its severity."""
    lines = proposal.lines if proposal is not None and proposal.text else []
    return Diagnostic(
        path=path,
        span=finding.span,
        code=rule.code,
        name=rule.name,
        severity=severity,
        message=finding.message,
        help=finding.help,
        number=proposal.number if proposal else None,
        excerpt=tuple(lines[finding.span.line - 1 : finding.span.end_line]),
        edits=finding.edits,
        related=finding.related,
    )


def with_fingerprints(diagnostics: Iterable[Diagnostic], process: Process) -> list[Diagnostic]:
    """Return sorted diagnostics with their fingerprints.

    If two lines of a proposal with the same text have the same finding, the second is number 1.
    """
    repeats: Counter[tuple[str, str, str]] = Counter()
    result = []
    for diagnostic in diagnostics:
        number = diagnostic.number
        subject = diagnostic.path if number is None else process.label(number)
        line = diagnostic.excerpt[0] if diagnostic.excerpt else ""
        identity = (subject, diagnostic.code, " ".join(line.split()))
        # A summary of findings that are not listed has one already.
        own = diagnostic.fingerprint or fingerprint(*identity, repeats[identity])
        result.append(diagnostic._replace(fingerprint=own))
        repeats[identity] += 1
    return result
