"""Rules over proposals: findings in, diagnostics out, always in the same order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ..diagnostic import Diagnostic
from ..diagnostic import Finding
from ..diagnostic import fingerprint
from ..diagnostic import Severity
from ..process import Exempt
from ..process import Process
from ..proposal import Corpus
from ..proposal import Proposal
from .rule import Rule


@dataclass(frozen=True)
class Outcome:
    """What a run has used up: the exemptions that matched something."""

    exemptions: frozenset[Exempt]


def select(
    rules: Iterable[Rule], chosen: Sequence[str] = (), ignored: Sequence[str] = ()
) -> tuple[Rule, ...]:
    """The rules whose code or name is *chosen*, less those *ignored*.

    ``H`` and ``H10`` stand for all codes that begin so, ``ALL`` for every rule. With nothing
    chosen, every rule but those of level ``style``.
    """

    def named(rule: Rule, names: Sequence[str]) -> bool:
        return any(
            name == "ALL" or rule.code.startswith(name) or rule.name == name.lower()
            for name in names
        )

    return tuple(
        rule
        for rule in rules
        if (named(rule, chosen) if chosen else rule.severity is not Severity.STYLE)
        and not named(rule, ignored)
    )


def check(
    corpus: Corpus,
    process: Process,
    rules: Iterable[Rule],
    *,
    today: date,
    paths: frozenset[str] | None = None,
) -> list[Diagnostic]:
    """What *rules* find in *corpus*; with *paths*, only what is about those files."""
    told: list[Diagnostic] = []
    used: set[Exempt] = set()
    late = []
    given: dict[type, Any] = {Process: process, Corpus: corpus, date: today}
    for rule in rules:
        if Outcome in rule.wants:
            late.append(rule)
            continue
        told += _judge(rule, corpus, given, used, paths)
    given[Outcome] = Outcome(frozenset(used))
    for rule in late:
        told += _judge(rule, corpus, given, used, paths)
    return _numbered(sorted(told, key=lambda diagnostic: diagnostic.key), process)


def _judge(
    rule: Rule, corpus: Corpus, given: Any, used: set[Exempt], paths: frozenset[str] | None
) -> Iterator[Diagnostic]:
    for subject, finding in _findings(rule, corpus, given, paths):
        path = finding.path if finding.path is not None else subject.path
        if paths is not None and path not in paths:
            continue
        proposal = corpus.by_path.get(path)
        exempt = _exemption(rule, proposal, given[Process], given[date])
        if exempt is not None:
            used.add(exempt)
            continue
        yield _addressed(rule, finding, path, proposal, given[Process])


def _findings(
    rule: Rule, corpus: Corpus, given: Any, paths: frozenset[str] | None
) -> Iterator[tuple[Any, Finding]]:
    others = [given[wanted] for wanted in rule.wants[1:]]
    if rule.subject is Corpus:
        yield from ((corpus, finding) for finding in rule.check(corpus, *others))
        return
    for proposal in corpus:
        if paths is not None and proposal.path not in paths:
            continue
        if rule.family.body and proposal.body is None:
            continue
        if proposal.refusal is not None and not rule.code.startswith("C"):
            continue
        yield from ((proposal, finding) for finding in rule.check(proposal, *others))


def _exemption(
    rule: Rule, proposal: Proposal | None, process: Process, today: date
) -> Exempt | None:
    if proposal is None:
        return None
    matching = (
        exempt
        for exempt in process.exemptions
        if exempt.number == proposal.number
        and exempt.code in (rule.code, rule.name)
        and (not exempt.until or today <= date.fromisoformat(exempt.until))
    )
    return next(matching, None)


def _addressed(
    rule: Rule, finding: Finding, path: str, proposal: Proposal | None, process: Process
) -> Diagnostic:
    return Diagnostic(
        path=path,
        span=finding.span,
        code=rule.code,
        name=rule.name,
        severity=_severity(rule, proposal, process),
        message=finding.message,
        help=finding.help,
        number=proposal.number if proposal else None,
        excerpt=_excerpt(finding, proposal),
        edits=finding.edits,
        related=finding.related,
    )


def _severity(rule: Rule, proposal: Proposal | None, process: Process) -> Severity:
    """A rule's own level; less where the proposal is settled, and its text is history."""
    if rule.severity is Severity.ERROR and proposal is not None:
        status = process.status(proposal.status)
        if status is not None and status.settled:
            return Severity.WARNING
    return rule.severity


def _excerpt(finding: Finding, proposal: Proposal | None) -> tuple[str, ...]:
    if proposal is None or not proposal.text:
        return ()
    return tuple(proposal.lines[finding.span.line - 1 : finding.span.end_line])


def _numbered(diagnostics: list[Diagnostic], process: Process) -> list[Diagnostic]:
    """*diagnostics*, each with the fingerprint by which it is known again."""
    from dataclasses import replace

    seen: Counter[tuple[str, str, str]] = Counter()
    known = []
    for told in diagnostics:
        subject = told.path if told.number is None else process.label(told.number)
        line = told.excerpt[0] if told.excerpt else ""
        place = (subject, told.code, " ".join(line.split()))
        known.append(replace(told, fingerprint=fingerprint(*place, seen[place])))
        seen[place] += 1
    return known
