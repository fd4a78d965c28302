"""Run rules over proposals, and turn their findings into diagnostics.

The engine is pure: everything a rule can see is passed in. The diagnostics are always in the
same order, so that two runs over the same proposals give the same result.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from heapq import merge
from operator import attrgetter
from typing import Any

from .._text import plural
from ..diagnostics import CheckResult, Diagnostic, Severity
from ..notes.store import NoteStore
from ..process.model import Process
from ..proposals.body import MARKDOWN_MISSING
from ..proposals.includes import with_included
from ..proposals.model import Corpus, Proposal
from .baseline import Baseline, BaselineEntry
from .changes import ChangeSet, ProposalChange
from .listed import listed
from .locating import (
    changes_nothing,
    included_diagnostic,
    is_included,
    make_diagnostic,
    with_fingerprints,
)
from .registry import own_rules, RuleSet
from .remembered import Memory
from .rule import Rule
from .suppressions import AcceptedFindings, RunContext, runs_last, Suppressions
from .yaml_edits import YamlEdits

_NO_CHANGES = ChangeSet()
_NOTHING_ACCEPTED = AcceptedFindings()


def run_rules(
    corpus: Corpus,
    process: Process,
    rules: Iterable[Rule],
    *,
    today: date,
    paths: frozenset[str] | None = None,
    changes: ChangeSet = _NO_CHANGES,
    accepted: AcceptedFindings = _NOTHING_ACCEPTED,
    notes: NoteStore | None = None,
    known: RuleSet | None = None,
    memory: Memory | None = None,
) -> CheckResult:
    """Return what the rules find in a corpus.

    :param rules: The rules to run. Rules about changes check *changes*; the others check the
        corpus as it is.
    :param today: The day of the run. Some rules compare it with dates of the proposals.
    :param paths: Report only findings in these files. ``None`` stands for all files.
    :param changes: The proposals that differ from the base, if there is one.
    :param accepted: Findings that are not reported.
    :param notes: Default: made of the attachments of the corpus.
    :param known: The rules that a suppression may name. Default: those of the tool.
    :param memory: What is remembered of the proposals. Default: nothing.
    """
    rules = list(rules)
    suppressions = Suppressions(process, today, accepted.per_file)
    notes = notes or NoteStore(process.notes, corpus.attachments)
    known = known or own_rules()
    memory = memory or Memory(corpus)
    run = _Run(corpus, process, suppressions, changes, notes, known, paths, today, memory)
    diagnostics = run.diagnostics(rule for rule in rules if not runs_last(rule))
    reported = [d for d in diagnostics if not accepted.baseline.contains(d)]
    codes = frozenset(rule.code for rule in rules)
    context = RunContext(
        codes,
        frozenset(suppressions.used),
        accepted.per_file,
        accepted.baseline.name,
        tuple(_stale_entries(diagnostics, accepted.baseline, codes, corpus)),
    )
    # Rules about suppressions need to know which findings the others had.
    last = run.diagnostics((rule for rule in rules if runs_last(rule)), context)
    memory.learn(rules, run.selected_proposals)
    unjudged = [p for p in run.selected_proposals if _is_unjudged(p, rules)]
    return CheckResult(
        process.acronym,
        len(corpus) if paths is None else len(paths.intersection(corpus.by_path)),
        tuple(merge(reported, last, key=attrgetter("sort_key"))),
        complete=not unjudged,
        notes=tuple(_unreported_obstacles(unjudged, rules, reported)),
        baselined=len(diagnostics) - len(reported),
    )


def _is_unjudged(proposal: Proposal, rules: Iterable[Rule]) -> bool:
    """Return whether some rules could not judge a proposal."""
    if proposal.refusal is not None:
        return any(not rule.blocking for rule in rules)
    return bool(proposal.obstacle) and any(r.family.body and not r.blocking for r in rules)


def _unreported_obstacles(
    unjudged: Iterable[Proposal], rules: Iterable[Rule], reported: Iterable[Diagnostic]
) -> Iterator[str]:
    """Yield a note for each proposal that was not judged, unless a finding says so.

    The finding may be in the baseline, or its rule may not be selected.
    """
    blocking = {rule.code for rule in rules if rule.blocking}
    explained = {diagnostic.path for diagnostic in reported if diagnostic.code in blocking}
    unread = [p for p in unjudged if p.obstacle.endswith(MARKDOWN_MISSING)]
    if unread:
        count = plural(len(unread), "text")
        yield f"{count} not checked, only headers: each {MARKDOWN_MISSING}"
    for proposal in unjudged:
        if proposal.path not in explained and proposal not in unread:
            yield f"{proposal.path} was not checked: {proposal.obstacle}"


def _stale_entries(
    diagnostics: Iterable[Diagnostic], baseline: Baseline, codes: frozenset[str], corpus: Corpus
) -> Iterator[BaselineEntry]:
    """Yield the entries of a baseline that should have matched a finding, and did not.

    An entry of a rule that did not run is not stale, unless its file is gone.
    """
    fingerprints = {diagnostic.fingerprint for diagnostic in diagnostics}
    for entry in baseline.entries:
        was_checked = entry.code in codes or entry.path not in corpus.by_path
        if was_checked and entry.fingerprint not in fingerprints:
            yield entry


@dataclass(frozen=True)
class _Run:
    """The arguments of one run, and the rules that are called with them."""

    corpus: Corpus
    process: Process
    suppressions: Suppressions
    changes: ChangeSet
    notes: NoteStore
    known: RuleSet
    paths: frozenset[str] | None
    today: date
    memory: Memory

    @cached_property
    def yaml_edits(self) -> YamlEdits:
        """The guard that keeps fixes from breaking headers in YAML."""
        return YamlEdits(self.process)

    @cached_property
    def binding_paths(self) -> frozenset[str]:
        """The paths of proposals in which no error is tolerated."""
        return self.changes.binding_paths(self.process)

    def diagnostics(
        self, rules: Iterable[Rule], context: RunContext | None = None
    ) -> list[Diagnostic]:
        """Return the diagnostics of some rules, sorted, with fingerprints."""
        # A rule asks for an argument by the annotation of its parameter.
        arguments: dict[type, Any] = {
            Process: self.process,
            Corpus: self.corpus,
            NoteStore: self.notes,
            date: self.today,
            ChangeSet: self.changes,
            RuleSet: self.known,
            RunContext: context,
        }
        diagnostics = [d for rule in rules for d in listed(self._unsuppressed(rule, arguments))]
        diagnostics.sort(key=attrgetter("sort_key"))
        return with_fingerprints(diagnostics, self.process)

    def _unsuppressed(self, rule: Rule, arguments: dict[type, Any]) -> Iterator[Diagnostic]:
        others = [arguments[parameter] for parameter in rule.parameters[1:]]
        find = self.memory.finder(rule, others)
        found = ((s, finding) for s in self._subjects(rule) for finding in find(s))
        whole: Proposal | None = None
        for subject, finding in found:
            path = finding.path if finding.path is not None else subject.path
            if self.paths is not None and path not in self.paths:
                continue
            proposal = self.corpus.by_path.get(path)
            is_binding = path in self.binding_paths
            status = self.process.status(proposal.status) if proposal else None
            severity = effective_severity(
                rule, is_settled=status is not None and status.settled, is_binding=is_binding
            )
            binding = is_binding and severity is Severity.ERROR
            if not self.suppressions.matches(rule, finding, path, proposal, binding=binding):
                if proposal is not None and is_included(proposal, finding):
                    if whole is None or whole.path != path:  # the last one had others
                        whole = with_included(proposal, self.corpus.attachments)
                    yield included_diagnostic(rule, finding, proposal, severity, whole.lines)
                    continue
                if finding.edits and proposal is not None:
                    is_fixed = not proposal.is_markdown or rule.markdown == "fixed"
                    if not (is_fixed and proposal.keeps_text):
                        finding = finding._replace(edits=())
                    edits = self.yaml_edits.valid(finding.edits, proposal)
                    edits = () if changes_nothing(edits, proposal) else edits
                    finding = finding._replace(edits=edits)
                yield make_diagnostic(rule, finding, path, proposal, severity)

    def _subjects(self, rule: Rule) -> Iterator[Any]:
        """Yield the values that a rule checks, one after the other."""
        if rule.subject is Corpus:
            yield self.corpus
        elif rule.subject is ChangeSet:
            yield self.changes
        elif rule.subject is ProposalChange:
            yield from self.changes
        else:
            yield from self._proposals(rule)

    def _proposals(self, rule: Rule) -> Iterator[Proposal]:
        """Yield the proposals that a rule checks."""
        needs_body, skips_markdown = rule.family.body, rule.markdown == "off"
        # A file that could not be read has no headers; only rules about files apply to it.
        is_about_files, files = rule.code.startswith("C"), self.corpus.attachments
        for proposal in self.memory.candidates(rule, self.selected_proposals):
            if proposal.refusal is not None and not is_about_files:
                continue
            if skips_markdown and proposal.is_markdown:
                continue
            if not needs_body:
                yield proposal
            elif proposal.body is not None:
                yield with_included(proposal, files)

    @cached_property
    def selected_proposals(self) -> tuple[Proposal, ...]:
        """The proposals in the paths to report on."""
        paths = self.paths
        return tuple(p for p in self.corpus if paths is None or p.path in paths)


def effective_severity(rule: Rule, *, is_settled: bool, is_binding: bool) -> Severity:
    """Return the severity of a finding: the rule's own, or less in a settled proposal.

    The text of a settled proposal is a record, so errors in it are reported as warnings. That
    does not apply to rules about changes (they protect the record), nor to what a change
    introduces (see :func:`~fep_tools.lint.gate.mark_introduced`).

    :param is_settled: Whether the status of the proposal is settled, such as Final.
    :param is_binding: Whether the proposal is new in this change, becomes settled in it, or
        otherwise gets another status.
    """
    is_lenient = rule.family.lenient and is_settled and not is_binding
    is_lowered = is_lenient and rule.severity is Severity.ERROR
    return Severity.WARNING if is_lowered else rule.severity
