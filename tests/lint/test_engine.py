"""The engine: severities, subjects, order, fingerprints, and what is not reported."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from fep_tools._files import Refusal
from fep_tools.config import PerFileIgnore
from fep_tools.diagnostics import (
    CheckResult,
    Diagnostic,
    Edit,
    Finding,
    fingerprint,
    Related,
    Severity,
    Span,
)
from fep_tools.lint import listed, testing
from fep_tools.lint.baseline import Baseline, BaselineEntry
from fep_tools.lint.changes import ChangeSet, ProposalChange
from fep_tools.lint.engine import effective_severity, run_rules
from fep_tools.lint.rule import FAMILIES, Rule
from fep_tools.lint.suppressions import AcceptedFindings, RunContext
from fep_tools.notes.store import NoteStore
from fep_tools.process.model import Process
from fep_tools.process.schema import Exemption
from fep_tools.proposals.body import Body
from fep_tools.proposals.model import Corpus, Proposal

from .rules_for_tests import every_change, every_path, every_proposal, line_rule, make_rule

TODAY = date(2026, 11, 20)
ERROR, WARNING, STYLE = Severity.ERROR, Severity.WARNING, Severity.STYLE


def proposal(
    process: Process, number: int = 7, status: str = "Draft", more: str = "", **fields: object
) -> Proposal:
    text = f"FEP: {number}\nTitle: Typed views\nStatus: {status}\nType: Process\n{more}"
    return Proposal.parse(text, process, f"proposals/fep-{number:04}.rst", **fields)  # type: ignore[arg-type]


def run(
    process: Process, rules: list[Rule], *proposals: Proposal, **options: object
) -> CheckResult:
    return run_rules(Corpus(proposals), process, rules, today=TODAY, **options)  # type: ignore[arg-type]


# Severity -----------------------------------------------------------------------------------

LENIENT_FAMILIES = "HSLCBN"
"""Families whose errors are warnings in a settled proposal."""

LENIENT = [
    # level, settled, binding: severity
    (ERROR, False, False, ERROR),
    (ERROR, False, True, ERROR),
    (ERROR, True, False, WARNING),
    (ERROR, True, True, ERROR),
    (WARNING, False, False, WARNING),
    (WARNING, False, True, WARNING),
    (WARNING, True, False, WARNING),
    (WARNING, True, True, WARNING),
    (STYLE, False, False, STYLE),
    (STYLE, False, True, STYLE),
    (STYLE, True, False, STYLE),
    (STYLE, True, True, STYLE),
]
STRICT = [
    (ERROR, False, False, ERROR),
    (ERROR, False, True, ERROR),
    (ERROR, True, False, ERROR),
    (ERROR, True, True, ERROR),
    (WARNING, False, False, WARNING),
    (WARNING, False, True, WARNING),
    (WARNING, True, False, WARNING),
    (WARNING, True, True, WARNING),
    (STYLE, False, False, STYLE),
    (STYLE, False, True, STYLE),
    (STYLE, True, False, STYLE),
    (STYLE, True, True, STYLE),
]
SEVERITIES = [
    *((letter, *row) for letter in LENIENT_FAMILIES for row in LENIENT),
    *(("T", *row) for row in STRICT),
]


@pytest.mark.parametrize(("family", "level", "settled", "binding", "expected"), SEVERITIES)
def test_severity(
    family: str, level: Severity, settled: bool, binding: bool, expected: Severity
) -> None:
    rule = every_proposal(f"{family}999", level)
    severity = effective_severity(rule, is_settled=settled, is_binding=binding)
    assert severity is expected


def test_severities_of_all_families_are_in_the_table() -> None:
    assert set(FAMILIES) == {*LENIENT_FAMILIES, "T"}


@pytest.mark.parametrize(
    ("rule", "before", "after", "expected"),
    [
        (every_proposal("H999"), "Final", "Final", WARNING),
        (every_proposal("H999"), "Draft", "Draft", ERROR),
        (every_proposal("H999"), "Active", "Final", ERROR),
        (every_proposal("H999"), None, "Final", ERROR),
        (every_proposal("H999"), "Final", "Draft", ERROR),
        (every_change("T999"), "Final", "Final", ERROR),
        (every_change("T999"), "Draft", "Draft", ERROR),
        (every_change("T999", WARNING), "Final", "Final", WARNING),
    ],
)
def test_severity_of_a_finding_in_a_changed_proposal(
    process: Process, rule: Rule, before: str | None, after: str, expected: Severity
) -> None:
    """A rule about changes is never lenient: it protects the record of a settled proposal."""
    old = proposal(process, status=before) if before else None
    new = proposal(process, status=after, more="\nAnother text.\n")
    changes = ChangeSet((ProposalChange(old, new),))
    (diagnostic,) = run(process, [rule], new, changes=changes).diagnostics
    assert diagnostic.severity is expected


@pytest.mark.parametrize("code", ["C999", "L999"])
def test_file_that_is_no_proposal_has_the_severity_of_the_rule(process: Process, code: str) -> None:
    def check(corpus: Corpus) -> Iterator[Finding]:
        yield Finding(Span(4, 1), "not needed", path="pyproject.toml")

    (diagnostic,) = run(process, [make_rule(code, check, Corpus)]).diagnostics
    assert (diagnostic.severity, diagnostic.number, diagnostic.excerpt) == (ERROR, None, ())


# Subjects -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "has_body", "is_refused", "is_checked"),
    [
        ("H999", False, False, True),
        ("H999", True, False, True),
        ("H999", False, True, False),
        ("B999", True, False, True),
        ("B999", False, False, False),
        ("N999", True, False, True),
        ("N999", False, False, False),
        ("C999", False, False, True),
        ("C999", False, True, True),
    ],
)
def test_proposals_that_a_rule_checks(
    process: Process, code: str, has_body: bool, is_refused: bool, is_checked: bool
) -> None:
    body = Body() if has_body else None
    refusal = Refusal("is empty") if is_refused else None
    subject = proposal(process, body=body, refusal=refusal)
    result = run(process, [every_proposal(code)], subject)
    assert bool(result.diagnostics) is is_checked


@pytest.mark.parametrize("rule", [every_proposal("H999"), every_path("C999")])
def test_only_findings_in_selected_paths_are_reported(process: Process, rule: Rule) -> None:
    proposals = [proposal(process, number) for number in (7, 8, 9)]
    paths = frozenset({proposals[0].path, proposals[2].path})
    result = run(process, [rule], *proposals, paths=paths)
    assert {diagnostic.path for diagnostic in result.diagnostics} == paths
    assert result.files == 2


def test_rules_check_only_selected_proposals(process: Process) -> None:
    checked: list[Proposal] = []

    def check(proposal: Proposal) -> Iterator[Finding]:
        checked.append(proposal)
        return iter(())

    proposals = [proposal(process, number) for number in (7, 8)]
    paths = frozenset({proposals[0].path})
    run(process, [make_rule("H999", check)], *proposals, paths=paths)
    assert checked == proposals[:1]


def test_all_files_are_counted_without_paths(process: Process) -> None:
    assert run(process, [], proposal(process, 7), proposal(process, 8)).files == 2


@pytest.mark.parametrize("notes", [NoteStore(harness="0" * 64), None], ids=["given", "default"])
def test_rules_get_the_arguments_that_their_annotations_name(
    process: Process, notes: NoteStore | None
) -> None:
    seen: list[object] = []

    def check(*arguments: object) -> Iterator[Finding]:
        seen.extend(arguments)
        return iter(())

    subject = proposal(process)
    changes = ChangeSet((ProposalChange(None, subject),))
    corpus = Corpus((subject,), attachments={"notes/a.toml": b""})
    rule = make_rule("H999", check, Proposal, date, Process, ChangeSet, Corpus, NoteStore)
    run_rules(corpus, process, [rule], today=TODAY, changes=changes, notes=notes)
    expected = notes or NoteStore(process.notes, corpus.attachments)
    assert seen == [subject, TODAY, process, changes, corpus, expected]


def test_diagnostic_has_the_parts_of_the_finding_and_of_the_rule(process: Process) -> None:
    finding = Finding(
        Span(2, 8, 3, 7),
        "not good",
        "do this",
        (Edit(Span(2, 8, 2, 13), "Good"),),
        (Related("a.rst", Span(1, 1), "see"),),
    )
    subject, rule = proposal(process), make_rule("H999", lambda _: iter([finding]))
    (diagnostic,) = run(process, [rule], subject).diagnostics
    assert diagnostic._replace(fingerprint="") == Diagnostic(
        subject.path,
        finding.span,
        "H999",
        "rule-h999",
        ERROR,
        "not good",
        "do this",
        7,
        ("Title: Typed views", "Status: Draft"),
        finding.edits,
        finding.related,
    )


# Order and fingerprints ---------------------------------------------------------------------


def test_order_does_not_depend_on_the_order_of_the_rules(process: Process) -> None:
    def late(corpus: Corpus, context: RunContext) -> Iterator[Finding]:
        yield Finding(Span(1, 1), "last", path=corpus.proposals[0].path)

    rules = [
        line_rule("H998", "view"),
        line_rule("H999", "FEP"),
        every_path("C999"),
        make_rule("C998", late, Corpus, RunContext),
    ]
    proposals = [proposal(process, n, more="A view.\nA view.\n") for n in (7, 8)]
    expected = run(process, rules, *proposals).diagnostics
    positions = [(diagnostic.path, diagnostic.span, diagnostic.code) for diagnostic in expected]
    assert len(positions) == 2 * 5 + 1
    assert positions == sorted(positions)
    for seed in range(4):
        random.Random(seed).shuffle(rules)
        assert run(process, rules, *proposals).diagnostics == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("FEP: 7", [("FEP 7", "FEP: 7", 0)]),
        ("Title: T", [("proposals/a.rst", "Title: T", 0)]),
        ("", [("proposals/a.rst", "", 0)]),
        ("FEP: 7\nFEP:  7\nFEP: 7", [("FEP 7", "FEP: 7", number) for number in range(3)]),
    ],
    ids=["numbered", "without a number", "empty", "white space"],
)
def test_fingerprint_of_a_finding(
    process: Process, text: str, expected: list[tuple[str, str, int]]
) -> None:
    """The baselines of repositories hold fingerprints, so that these must not change."""

    def check(proposal: Proposal) -> Iterator[Finding]:
        for number, _line in enumerate(proposal.lines, start=1):
            yield Finding(Span(number, 1), "reported")

    subject = Proposal.parse(text, process, "proposals/a.rst")
    result = run(process, [make_rule("C999", check)], subject)
    assert [d.fingerprint for d in result.diagnostics] == [
        fingerprint(label, "C999", line, repeat) for label, line, repeat in expected
    ]


def fingerprints(process: Process, text: str) -> list[str]:
    result = run(process, [line_rule("H999", "view")], proposal(process, more=text))
    return [diagnostic.fingerprint for diagnostic in result.diagnostics[1:]]


def test_fingerprint_stays_when_lines_move(process: Process) -> None:
    before = fingerprints(process, "A view.\nAnother view.\n")
    assert len({*before}) == 2
    assert fingerprints(process, "\nMoved.\n\n  A view.\n\nAnother   view.\n") == before
    assert fingerprints(process, "Another view.\nA view.\n") == before[::-1]
    assert fingerprints(process, "A view!\nAnother view.\n")[0] != before[0]


def test_fingerprints_of_equal_lines_differ(process: Process) -> None:
    one = fingerprints(process, "A view.\n")
    three = fingerprints(process, "A view.\n" * 3)
    assert len({*three}) == 3
    assert three[0] == one[0]


def test_fingerprint_stays_when_a_file_is_renamed(process: Process) -> None:
    rule = line_rule("H999", "view")
    text = "FEP: 7\nTitle: Typed views\n"
    renamed = [Proposal.parse(text, process, f"proposals/{name}.rst") for name in ("a", "b")]
    first, second = (run(process, [rule], one).diagnostics[0] for one in renamed)
    assert first.fingerprint == second.fingerprint


# What is not reported -----------------------------------------------------------------------


# Many findings ------------------------------------------------------------------------------


def test_findings_beyond_the_limit_are_one_more_finding(
    process: Process, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listed, "MAX_FINDINGS", 3)
    rules = [line_rule("H001", "bad"), line_rule("H002", "worse")]

    def found(text: str) -> list[Diagnostic]:
        return list(run(process, rules, proposal(process, more=f"\n{text}")).diagnostics)

    assert len(found("bad\n" * 3)) == 3
    many = found("bad\n" * 5 + "worse\n")
    assert [d.code for d in many] == ["H001"] * 4 + ["H002"]
    assert many[3].message == (
        "3 findings of H001 are listed for this file, and there are 2 more from here on; "
        "fix the listed ones to see them"
    )
    # Something new among those that are not listed makes another finding of it.
    more = found("bad\n" * 5 + "very bad\n")
    assert more[3].fingerprint != many[3].fingerprint
    assert [d.fingerprint for d in more[:3]] == [d.fingerprint for d in many[:3]]


def test_suppressed_findings_count_for_no_limit(
    process: Process, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listed, "MAX_FINDINGS", 3)
    body = "bad\n" * 5
    text = f"FEP: 7\nTitle: Typed views\n\nText.\n\n.. fep: ignore[H001] x\n\n{body}\nbad end\n"
    parsed = testing.parse_proposal(text, process)
    (diagnostic,) = run(process, [line_rule("H001", "bad")], parsed).diagnostics
    assert diagnostic.excerpt == ("bad end",)


def test_findings_in_the_baseline_are_counted(process: Process) -> None:
    rule, subject = line_rule("H999", "view"), proposal(process, more="A view.\n")
    title, line = run(process, [rule], subject).diagnostics
    entry = BaselineEntry(line.path, line.code, line.fingerprint)
    accepted = AcceptedFindings(baseline=Baseline("x.json", (entry,)))
    result = run(process, [rule], subject, accepted=accepted)
    assert (result.diagnostics, result.baselined) == ((title,), 1)


@pytest.mark.parametrize(("days", "is_reported"), [(-1, True), (0, False), (1, False)])
def test_exemption_applies_until_its_last_day(
    process: Process, days: int, is_reported: bool
) -> None:
    until = TODAY + timedelta(days)
    exemption = Exemption(number=7, code="H999", reason="A reason.", until=until)
    process = process.model_copy(update={"exemptions": (exemption,)})
    result = run(process, [every_proposal("H999")], proposal(process))
    assert bool(result.diagnostics) is is_reported


COMMENTED = "FEP: 7\nTitle: T\nStatus: {}\nType: Process\n\n.. fep: ignore[H999] A reason.\n"


@pytest.mark.parametrize(
    ("before", "after", "level", "is_reported"),
    [
        (None, "Draft", ERROR, True),
        ("Draft", "Review", ERROR, True),
        ("Final", "Draft", ERROR, True),
        ("Draft", "Final", ERROR, True),
        ("Draft", "Draft", ERROR, False),
        ("Final", "Final", ERROR, False),
        (None, "Draft", WARNING, False),
        ("Draft", "Review", STYLE, False),
    ],
)
def test_comment_suppresses_no_error_in_a_proposal_with_another_status(
    process: Process, before: str | None, after: str, level: Severity, is_reported: bool
) -> None:
    old = proposal(process, status=before) if before else None
    new = testing.parse_proposal(COMMENTED.format(after), process)
    changes = ChangeSet((ProposalChange(old, new),))
    result = run(process, [every_proposal("H999", level)], new, changes=changes)
    assert bool(result.diagnostics) is is_reported


@pytest.mark.parametrize(
    ("code", "path", "recorded", "is_stale"),
    [
        ("H999", "proposals/fep-0007.rst", "found", False),
        ("H999", "proposals/fep-0007.rst", "gone", True),
        ("H111", "proposals/fep-0007.rst", "gone", False),
        ("H111", "proposals/fep-0099.rst", "gone", True),
    ],
    ids=["found", "gone", "the rule did not run", "the file is gone"],
)
def test_stale_entries_of_the_baseline(
    process: Process, code: str, path: str, recorded: str, is_stale: bool
) -> None:
    contexts: list[RunContext] = []

    def check(corpus: Corpus, context: RunContext) -> Iterator[Finding]:
        contexts.append(context)
        return iter(())

    rule, subject = every_proposal("H999"), proposal(process)
    (found,) = run(process, [rule], subject).diagnostics
    digest = found.fingerprint if recorded == "found" else "0" * 16
    entry = BaselineEntry(path, code, digest)
    accepted = AcceptedFindings(baseline=Baseline("x.json", (entry,)))
    run(process, [rule, make_rule("C999", check, Corpus, RunContext)], subject, accepted=accepted)
    (context,) = contexts
    assert context.stale_entries == ((entry,) if is_stale else ())
    assert (context.baseline, set(context.codes)) == ("x.json", {"H999", "C999"})


def test_rules_that_run_last_see_the_suppressions_that_matched(process: Process) -> None:
    contexts: list[RunContext] = []

    def check(corpus: Corpus, context: RunContext) -> Iterator[Finding]:
        contexts.append(context)
        return iter(())

    used, unused = PerFileIgnore("proposals/*", ("H9",), 1), PerFileIgnore("other/*", ("H9",), 2)
    rules = [make_rule("C999", check, Corpus, RunContext), every_proposal("H999")]
    accepted = AcceptedFindings((used, unused))
    assert not run(process, rules, proposal(process), accepted=accepted).diagnostics
    assert contexts[0].used_suppressions == {(used, "H999")}
    assert contexts[0].per_file == (used, unused)
