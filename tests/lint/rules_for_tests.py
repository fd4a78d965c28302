"""Rules and proposals for tests of the engine, smaller than real ones."""

from __future__ import annotations

from collections.abc import Iterator

from fep_tools.diagnostics import Finding, Severity, Span
from fep_tools.lint.changes import ProposalChange
from fep_tools.lint.rule import CheckFunction, Rule
from fep_tools.proposals.model import Corpus, Proposal


def make_rule(
    code: str,
    check: CheckFunction,
    *parameters: type,
    severity: Severity = Severity.ERROR,
    name: str = "",
) -> Rule:
    """Return a rule without documentation.

    :param parameters: The types that *check* takes. Default: a proposal.
    """
    return Rule(
        code=code,
        name=name or f"rule-{code.lower()}",
        severity=severity,
        fixable=False,
        blocking=False,
        summary="",
        why="",
        bad="",
        good="",
        check=check,
        parameters=parameters or (Proposal,),
    )


def line_rule(code: str, word: str, severity: Severity = Severity.ERROR) -> Rule:
    """Return a rule that reports every line with a word."""

    def check(proposal: Proposal) -> Iterator[Finding]:
        for number, line in enumerate(proposal.lines, start=1):
            if word in line:
                yield Finding(Span(number, 1, number, len(line) + 1), f"{word} on a line")

    return make_rule(code, check, severity=severity)


def every_proposal(code: str, severity: Severity = Severity.ERROR) -> Rule:
    """Return a rule that reports every proposal once."""

    def check(proposal: Proposal) -> Iterator[Finding]:
        yield Finding(Span(1, 1), "reported")

    return make_rule(code, check, severity=severity)


def every_change(code: str, severity: Severity = Severity.ERROR) -> Rule:
    """Return a rule that reports every changed proposal once."""

    def check(change: ProposalChange) -> Iterator[Finding]:
        yield Finding(Span(1, 1), "changed")

    return make_rule(code, check, ProposalChange, severity=severity)


def every_path(code: str) -> Rule:
    """Return a rule about all files that reports each of them."""

    def check(corpus: Corpus) -> Iterator[Finding]:
        for proposal in corpus:
            yield Finding(Span(1, 1), "listed", path=proposal.path)

    return make_rule(code, check, Corpus)
