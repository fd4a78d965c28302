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
from ..errors import ConfigError
from ..notes.evidence import Evidence
from ..process import Exempt
from ..process import Process
from ..proposal import Corpus
from ..proposal import Proposal
from .change import Change
from .change import Changes
from .rule import Rule

_NOTHING = Changes()


@dataclass(frozen=True)
class Outcome:
    """What a run did: the codes of its rules, and the exemptions that matched something."""

    codes: frozenset[str] = frozenset()
    exemptions: frozenset[Exempt] = frozenset()


def select(
    rules: Iterable[Rule], chosen: Sequence[str] = (), ignored: Sequence[str] = ()
) -> tuple[Rule, ...]:
    """The rules whose code or name is *chosen*, less those *ignored*.

    Raises :class:`ConfigError` for a name that no rule has.

    ``H`` and ``H10`` stand for all codes that begin so, ``ALL`` for every rule. With nothing
    chosen, every rule but those of level ``style``.
    """

    known = tuple(rules)
    for name in (*chosen, *ignored):
        if not any(_named(rule, name) for rule in known):
            raise ConfigError(f"there is no rule {name}; `fep rules` lists them all")
    return tuple(
        rule
        for rule in known
        if (_any(rule, chosen) if chosen else rule.severity is not Severity.STYLE)
        and not _any(rule, ignored)
    )


def _named(rule: Rule, name: str) -> bool:
    return name == "ALL" or rule.code.startswith(name) or rule.name == name.lower()


def _any(rule: Rule, names: Sequence[str]) -> bool:
    return any(_named(rule, name) for name in names)


def check(
    corpus: Corpus,
    process: Process,
    rules: Iterable[Rule],
    *,
    today: date,
    paths: frozenset[str] | None = None,
    changes: Changes = _NOTHING,
) -> list[Diagnostic]:
    """What *rules* find in *corpus*; with *paths*, only what is about those files.

    Rules about changes judge *changes*, the others what is there now.
    """
    told: list[Diagnostic] = []
    used: set[Exempt] = set()
    codes: set[str] = set()
    late = []
    given: dict[type, Any] = {
        Process: process,
        Corpus: corpus,
        Evidence: corpus.evidence,
        date: today,
        Changes: changes,
    }
    for rule in rules:
        codes.add(rule.code)
        if Outcome in rule.wants:
            late.append(rule)
            continue
        told += _judge(rule, corpus, given, used, paths)
    given[Outcome] = Outcome(frozenset(codes), frozenset(used))
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
        fresh = path in given[Changes].stepped
        yield _addressed(rule, finding, path, proposal, given[Process], fresh=fresh)


def _findings(
    rule: Rule, corpus: Corpus, given: Any, paths: frozenset[str] | None
) -> Iterator[tuple[Any, Finding]]:
    others = [given[wanted] for wanted in rule.wants[1:]]
    if rule.subject in (Corpus, Changes):
        whole = given[rule.subject]
        yield from ((whole, finding) for finding in rule.check(whole, *others))
        return
    if rule.subject is Change:
        for change in given[Changes]:
            yield from ((change, finding) for finding in rule.check(change, *others))
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
        and (exempt.until is None or today <= exempt.until)
    )
    return next(matching, None)


def _addressed(
    rule: Rule,
    finding: Finding,
    path: str,
    proposal: Proposal | None,
    process: Process,
    *,
    fresh: bool,
) -> Diagnostic:
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
