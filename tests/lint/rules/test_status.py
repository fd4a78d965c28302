"""Rules about status and history: cases beyond the examples in their docstrings."""

from __future__ import annotations

from datetime import date

import pytest

from fep_tools.diagnostics import apply_edits, Diagnostic, Severity
from fep_tools.lint import testing
from fep_tools.lint.engine import run_rules
from fep_tools.lint.registry import all_rules
from fep_tools.process.loader import load_process
from fep_tools.process.model import Process
from fep_tools.process.source import BUILTIN_DIRECTORY, builtin_names
from fep_tools.proposals.model import Corpus

RULES = [rule for rule in all_rules() if rule.code[0] == "S"]
HEADERS = """\
FEP: 17
Title: Typed views
Author: Ada Lovelace (@ada), Grace Hopper
Status: {status}
Type: {type}
Created: 2018-03-26
"""


def proposal_text(
    *history: str, status: str = "Draft", type_: str = "Standards Track", more: str = ""
) -> str:
    """Return a proposal with that history; the URL is added to each entry."""
    text = HEADERS.format(status=status, type=type_) + more
    entries = "\n    ".join(f"{entry} https://example.org/" for entry in history)
    return f"{text}Status-History: {entries}\n" if history else text


def lint(text: str, process: Process, code: str = "S") -> list[Diagnostic]:
    """Return what the rules of the family report whose codes begin with *code*."""
    return testing.check_example(
        [rule for rule in RULES if rule.code.startswith(code)], text, process
    )


def load(name: str) -> Process:
    return load_process(BUILTIN_DIRECTORY / f"{name}.toml")


# Status ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["fep", *builtin_names()])
def test_every_status_is_allowed_for_its_types_only(name: str, process: Process) -> None:
    process = process if name == "fep" else load(name)
    mark = ":" if process.dialect == "field-list" else ""
    for status in process.statuses:
        for kind in process.types:
            lines = f"{mark}Status: {status.name}\n{mark}Type: {kind.name}\n"
            diagnostics = lint(lines, process, "S001")
            fits = not status.types or kind.name in status.types
            assert [d.span.line for d in diagnostics] == ([] if fits else [1])


def test_status_of_another_type_lists_the_allowed_ones(process: Process) -> None:
    (diagnostic,) = lint(proposal_text(status="Accepted", type_="Process"), process)
    assert diagnostic.message == (
        "'Status' is \"Accepted\", which is for Standards Track FEPs; for a Process FEP use "
        "Draft, Review, Active, Final, Deferred, Rejected, Withdrawn or Superseded"
    )
    assert [(there.span.line, there.message) for there in diagnostic.related] == [
        (5, "the type is Process")
    ]


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("draft/0007-views.rst", ""),
        ("DRAFT/0007-views.rst", ""),
        (
            "final/0007-views.rst",
            (
                '\'Status\' is "Draft", but the file is in "final"; '
                'write Final, or move the file to "draft"'
            ),
        ),
        (
            "old/0007-views.rst",
            '\'Status\' is "Draft", but the file is in "old"; move the file to "draft"',
        ),
        ("0007-views.rst", ""),
    ],
)
def test_directory_must_match_the_status(path: str, message: str) -> None:
    dep = load("dep")
    proposal = testing.parse_proposal("V\n===\n\n:DEP: 7\n:Status: Draft\n", dep, path)
    diagnostics = run_rules(Corpus((proposal,)), dep, RULES, today=testing.TODAY).diagnostics
    assert [d.message for d in diagnostics] == [message][: bool(message)]


def test_former_status_is_one_finding() -> None:
    pep = load("pep")
    text = "PEP: 7\nStatus: complete\n"
    rules = [rule for rule in all_rules() if rule.code in {"S003", "H104"}]
    (diagnostic,) = testing.check_example(rules, text, pep)
    assert diagnostic.message == "'Status' is \"complete\", which is now called Final"
    assert apply_edits(text, diagnostic.edits) == "PEP: 7\nStatus: Final\n"


# History -----------------------------------------------------------------------------------

RETROACTIVE = "Retroactive: yes\n"


@pytest.mark.parametrize(
    ("history", "status", "more"),
    [
        (["2018-03-26 Draft"], "Draft", ""),
        (["2018-03-26 Draft", "2018-03-26 Review"], "Review", ""),
        (["2018-03-26 Draft", "2018-03-26 Final"], "Final", RETROACTIVE),
        (
            ["2018-03-26 Draft", "2018-03-27 Deferred", "2021-02-24 Draft", "2021-04-14 Accepted"],
            "Accepted",
            RETROACTIVE,
        ),
    ],
)
def test_valid_histories_have_no_findings(
    history: list[str], status: str, more: str, process: Process
) -> None:
    assert lint(proposal_text(*history, status=status, more=more), process) == []


def test_every_transition_in_a_history_is_checked(process: Process) -> None:
    history = (
        "2018-03-26 Draft", "2018-03-25 Review", "2018-03-24 Final", "2018-03-27 Draft",
    )  # fmt: skip
    diagnostics = lint(proposal_text(*history), process, "S00")
    assert [(d.code, d.span.line) for d in diagnostics] == [
        ("S004", 8),
        ("S004", 9),
        ("S007", 9),
        ("S007", 10),
    ]


def test_transition_for_retroactive_proposals_only_has_a_hint(process: Process) -> None:
    history = ("2018-03-26 Draft", "2018-03-27 Accepted")
    (diagnostic,) = lint(proposal_text(*history, status="Accepted"), process)
    assert diagnostic.message == (
        '"Accepted" cannot follow "Draft"; '
        "a Standards Track FEP can go from Draft to Review, Deferred or Withdrawn"
    )
    assert diagnostic.help == "if this records a decision made elsewhere, add 'Retroactive'"


def test_transition_of_another_type_is_reported(process: Process) -> None:
    history = ("2018-03-26 Draft", "2018-03-27 Review", "2018-04-27 Active")
    (diagnostic,) = lint(proposal_text(*history, status="Active"), process, "S007")
    assert (diagnostic.span.line, diagnostic.help) == (9, "")
    assert lint(proposal_text(*history, status="Active", type_="Process"), process) == []


def test_transition_from_a_final_status_is_reported(process: Process) -> None:
    history = ("2018-03-26 Draft", "2018-03-27 Withdrawn", "2018-03-28 Draft")
    (diagnostic,) = lint(proposal_text(*history), process)
    assert diagnostic.message == (
        '"Draft" cannot follow "Withdrawn"; '
        "a Standards Track FEP stays Withdrawn, so continue in a new proposal"
    )


def test_transitions_are_not_checked_without_a_type(process: Process) -> None:
    text = proposal_text("2018-03-26 Draft", "2018-03-26 Final").replace(
        "Type: Standards Track\n", ""
    )
    assert lint(text, process, "S007") == []


def test_history_findings_refer_to_the_related_header(process: Process) -> None:
    diagnostics = lint(
        proposal_text("2018-03-27 Review", "2018-04-27 Accepted", status="Final"), process
    )
    assert [(d.code, d.span.line, [r.span.line for r in d.related]) for d in diagnostics] == [
        ("S005", 7, []),
        ("S008", 7, [6]),
        ("S006", 8, [4]),
    ]


def test_unreadable_history_is_not_checked(process: Process) -> None:
    assert lint(proposal_text("2018-03-27 Review", "soon Accepted", status="Final"), process) == []


def test_history_without_statuses_is_not_checked() -> None:
    pep = load("pep")
    text = "PEP: 7\nStatus: Draft\nType: Process\nPost-History: 01-Mar-2025, 01-Feb-2025\n"
    assert lint(text, pep) == []


# Reviews -----------------------------------------------------------------------------------

REVIEW = ("2026-11-02 Draft", "2026-11-12 Review")


@pytest.mark.parametrize(
    ("until", "message"),
    [
        (
            "2026-11-25",
            (
                "'Review-Until' is 2026-11-25, 13 days after the review began; "
                "write 2026-11-26 or later"
            ),
        ),
        ("2026-11-26", ""),
    ],
)
def test_review_has_a_minimum_number_of_days(until: str, message: str, process: Process) -> None:
    text = proposal_text(*REVIEW, status="Review", more=f"Review-Until: {until}\n")
    diagnostics = lint(text, process, "S009")
    assert [d.message for d in diagnostics] == [message][: bool(message)]
    assert all(d.severity is Severity.WARNING for d in diagnostics)


def test_last_of_two_reviews_counts(process: Process) -> None:
    history = ("2026-01-02 Draft", "2026-01-12 Review", "2026-02-12 Draft", "2026-11-12 Review")
    text = proposal_text(*history, status="Review", more="Review-Until: 2026-11-20\n")
    assert [d.code for d in lint(text, process, "S009")] == ["S009"]


@pytest.mark.parametrize(
    ("status", "header", "over"),
    [
        ("Review", "Review-Until: 2026-11-19", True),
        ("Review", "Review-Until: 2026-11-20", False),
        ("Accepted", "Review-Until: 2026-11-19", False),
        ("Active", "Review-By: 2026-11-19", True),
        ("Final", "Review-By: 2026-11-19", False),
    ],
)
def test_deadline_that_has_passed_is_reported(
    status: str, header: str, over: bool, process: Process
) -> None:
    type_ = "Process" if status == "Active" else "Standards Track"
    diagnostics = lint(
        proposal_text(status=status, type_=type_, more=f"{header}\n"), process, "S011"
    )
    assert bool(diagnostics) == over


def test_deadline_is_compared_with_the_given_date(process: Process) -> None:
    proposal = testing.parse_proposal(
        proposal_text(status="Review", more="Review-Until: 2026-11-25\n"), process
    )
    rules = [rule for rule in RULES if rule.code == "S011"]
    days = (date(2026, 11, 25), date(2026, 11, 26))
    counts = [
        len(run_rules(Corpus((proposal,)), process, rules, today=day).diagnostics) for day in days
    ]
    assert counts == [0, 1]


# People ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sponsor", "shared"),
    [
        ("Ada Lovelace", "Ada Lovelace"),
        ("ada lovelace", "ada lovelace"),
        ("A. Lovelace (@ADA)", "A. Lovelace"),
        ("Barbara Liskov,\n    Grace\n", ""),
        ("Barbara Liskov,\n    Grace Hopper", "Grace Hopper"),
        ("Grace Murray Hopper (@grace)", ""),
    ],
)
def test_sponsor_must_not_be_an_author(sponsor: str, shared: str, process: Process) -> None:
    text = proposal_text().replace("Status:", f"Sponsor: {sponsor}\nStatus:")
    diagnostics = lint(text, process, "S010")
    assert [d.excerpt[0][d.span.column - 1 : d.span.end_column - 1] for d in diagnostics] == (
        [shared] if shared else []
    )


def test_roles_without_a_restriction_may_be_shared() -> None:
    text = ":DEP: 7\n:Author: Ada Lovelace\n:Shepherd: Ada Lovelace\n:Status: Draft\n"
    assert lint(text, load("dep"), "S010") == []


# Removal -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("version", "removed", "code"),
    [
        ("1.0", "2.3", ""),
        ("2.9", "2.10", ""),
        ("2.10", "2.9", "S012"),
        ("2.3", "2.3", "S012"),
        ("", "2.3", ""),
    ],
)
def test_removal_is_later_than_the_release(
    version: str, removed: str, code: str, process: Process
) -> None:
    more = f"Flask-Version: {version}\n" * bool(version) + f"Removed-In: {removed}\n"
    found = lint(proposal_text(status="Final", more=more), process, "S012")
    assert [d.code for d in found] == [code][: bool(code)]


@pytest.mark.parametrize("status", ["Draft", "Accepted", "Final", "Superseded", "Rejected"])
def test_only_what_was_released_was_removed(status: str, process: Process) -> None:
    found = lint(proposal_text(status=status, more="Removed-In: 2.3\n"), process, "S013")
    expected = f"'Status' is {status}, but the proposal has 'Removed-In'; "
    expected += "write Final or Superseded, or remove 'Removed-In'"
    assert [d.message for d in found] == [expected] * (status not in ("Final", "Superseded"))
