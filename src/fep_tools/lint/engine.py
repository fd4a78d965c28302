"""Rules over proposals: findings in, diagnostics out, always in the same order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ..diagnostics import Diagnostic, Finding, Severity
from ..errors import ConfigError
from ..notes.store import NoteStore
from ..process.model import Process
from ..proposals.model import Corpus
from .baseline import Baseline, BaselineEntry
from .changes import ChangeSet, ProposalChange
from .outcome import RunContext, runs_last
from .reporting import to_diagnostic, with_fingerprints
from .rule import matches_selector, Rule
from .suppressions import AcceptedFindings, Suppressions

_NOTHING = ChangeSet()
_NONE = AcceptedFindings()


@dataclass(frozen=True)
class Judgement:
    """What is told, in order, and how many findings the baseline knows."""

    told: list[Diagnostic]
    known: int = 0


def select(
    rules: Iterable[Rule], chosen: Sequence[str] = (), ignored: Sequence[str] = ()
) -> tuple[Rule, ...]:
    """The rules whose code or name is *chosen*, less those *ignored*.

    Raises :class:`ConfigError` for a name that no rule has.

    ``H`` and ``H10`` stand for all codes that begin so, ``ALL`` for every rule. With nothing
    chosen, every rule but those of level ``style``.
    """

    known = tuple(rules)
    require_known(known, (*chosen, *ignored))
    return tuple(
        rule
        for rule in known
        if (_any(rule, chosen) if chosen else rule.severity is not Severity.STYLE)
        and not _any(rule, ignored)
    )


def require_known(rules: Sequence[Rule], names: Iterable[str]) -> None:
    """Raise :class:`ConfigError` for one of *names* that stands for no rule."""
    for name in names:
        if not any(matches_selector(rule, name) for rule in rules):
            raise ConfigError(f"there is no rule {name}; `fep rules` lists them all")


def _any(rule: Rule, names: Sequence[str]) -> bool:
    return any(matches_selector(rule, name) for name in names)


def check(
    corpus: Corpus,
    process: Process,
    rules: Iterable[Rule],
    *,
    today: date,
    paths: frozenset[str] | None = None,
    changes: ChangeSet = _NOTHING,
    accepted: AcceptedFindings = _NONE,
    notes: NoteStore | None = None,
) -> Judgement:
    """What *rules* find in *corpus*; with *paths*, only what is about those files.

    Rules about changes judge *changes*, the others what is there now. What is *accepted* is
    not told. *notes* are those of the corpus, if not given.
    """
    given: dict[type, Any] = {
        Process: process,
        Corpus: corpus,
        NoteStore: notes or NoteStore(process.notes, corpus.attachments),
        date: today,
        ChangeSet: changes,
    }
    silence = Suppressions(process, today, accepted.per_file)
    early, late = _split(rules)
    first = _run(early, corpus, given, silence, paths)
    fresh = [told for told in first if not accepted.baseline.contains(told)]
    codes = frozenset(rule.code for rule in (*early, *late))
    given[RunContext] = RunContext(
        codes,
        frozenset(silence.used),
        accepted.per_file,
        accepted.baseline.name,
        tuple(_stale(first, accepted.baseline, codes, corpus)),
    )
    told = [*fresh, *_run(late, corpus, given, silence, paths)]
    return Judgement(sorted(told, key=lambda one: one.key), len(first) - len(fresh))


def _split(rules: Iterable[Rule]) -> tuple[list[Rule], list[Rule]]:
    """*rules*, and those that judge what the others did."""
    known = list(rules)
    late = [rule for rule in known if runs_last(rule)]
    return [rule for rule in known if not runs_last(rule)], late


def _stale(
    told: Iterable[Diagnostic], baseline: Baseline, codes: frozenset[str], corpus: Corpus
) -> Iterator[BaselineEntry]:
    """The entries of *baseline* that would have been found, and were not."""
    found = {one.fingerprint for one in told}
    for entry in baseline.entries:
        looked_for = entry.code in codes or entry.path not in corpus.by_path
        if looked_for and entry.fingerprint not in found:
            yield entry


def _run(
    rules: Iterable[Rule],
    corpus: Corpus,
    given: dict[type, Any],
    silence: Suppressions,
    paths: frozenset[str] | None,
) -> list[Diagnostic]:
    told = [one for rule in rules for one in _judge(rule, corpus, given, silence, paths)]
    return with_fingerprints(sorted(told, key=lambda one: one.key), given[Process])


def _judge(
    rule: Rule, corpus: Corpus, given: Any, silence: Suppressions, paths: frozenset[str] | None
) -> Iterator[Diagnostic]:
    for subject, finding in _findings(rule, corpus, given, paths):
        path = finding.path if finding.path is not None else subject.path
        if paths is not None and path not in paths:
            continue
        proposal = corpus.by_path.get(path)
        fresh = path in given[ChangeSet].transitioned_paths
        told = to_diagnostic(rule, finding, path, proposal, given[Process], fresh=fresh)
        binding = fresh and told.severity is Severity.ERROR
        if not silence.matches(rule, finding, path, proposal, binding=binding):
            yield told


def _findings(
    rule: Rule, corpus: Corpus, given: Any, paths: frozenset[str] | None
) -> Iterator[tuple[Any, Finding]]:
    others = [given[wanted] for wanted in rule.parameters[1:]]
    if rule.subject in (Corpus, ChangeSet):
        whole = given[rule.subject]
        yield from ((whole, finding) for finding in rule.check(whole, *others))
        return
    if rule.subject is ProposalChange:
        for change in given[ChangeSet]:
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
