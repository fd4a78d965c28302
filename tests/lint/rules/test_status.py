"""The rules about status and history, where their own examples do not reach."""

from __future__ import annotations

from datetime import date

import pytest

from fep_tools.diagnostics import apply_edits, Diagnostic, Severity
from fep_tools.lint import testing
from fep_tools.lint.engine import run_rules
from fep_tools.lint.registry import all_rules
from fep_tools.process.loader import load_process
from fep_tools.process.model import Process
from fep_tools.process.source import BUILTIN_DIRECTORY
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


def made(
    *history: str, status: str = "Draft", type_: str = "Standards Track", more: str = ""
) -> str:
    """A proposal with that history, one entry each without its address."""
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


@pytest.mark.parametrize("name", ["fep", "pep", "dep"])
def test_every_pair_of_status_and_type(name: str, process: Process) -> None:
    process = process if name == "fep" else load(name)
    mark = ":" if process.dialect == "field-list" else ""
    for status in process.statuses:
        for kind in process.types:
            lines = f"{mark}Status: {status.name}\n{mark}Type: {kind.name}\n"
            diagnostics = lint(lines, process, "S001")
            fits = not status.types or kind.name in status.types
            assert [d.span.line for d in diagnostics] == ([] if fits else [1])


def test_status_for_another_type_says_which_would_do(process: Process) -> None:
    (diagnostic,) = lint(made(status="Accepted", type_="Process"), process)
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
def test_folder_and_status(path: str, message: str) -> None:
    dep = load("dep")
    proposal = testing.parse_proposal("V\n===\n\n:DEP: 7\n:Status: Draft\n", dep, path)
    diagnostics = run_rules(Corpus((proposal,)), dep, RULES, today=testing.TODAY).diagnostics
    assert [d.message for d in diagnostics] == [message][: bool(message)]


def test_an_old_name_of_a_status_is_one_finding() -> None:
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
def test_sound_histories(history: list[str], status: str, more: str, process: Process) -> None:
    assert lint(made(*history, status=status, more=more), process) == []


def test_every_step_is_judged_for_itself(process: Process) -> None:
    history = (
        "2018-03-26 Draft", "2018-03-25 Review", "2018-03-24 Final", "2018-03-27 Draft",
    )  # fmt: skip
    diagnostics = lint(made(*history), process, "S00")
    assert [(d.code, d.span.line) for d in diagnostics] == [
        ("S004", 8),
        ("S004", 9),
        ("S007", 9),
        ("S007", 10),
    ]


def test_a_step_that_only_a_record_may_make(process: Process) -> None:
    history = ("2018-03-26 Draft", "2018-03-27 Accepted")
    (diagnostic,) = lint(made(*history, status="Accepted"), process)
    assert diagnostic.message == (
        '"Accepted" cannot follow "Draft"; '
        "a Standards Track FEP can go from Draft to Review, Deferred or Withdrawn"
    )
    assert diagnostic.help == "if this records a decision made elsewhere, add 'Retroactive'"


def test_a_step_that_is_for_another_type(process: Process) -> None:
    history = ("2018-03-26 Draft", "2018-03-27 Review", "2018-04-27 Active")
    (diagnostic,) = lint(made(*history, status="Active"), process, "S007")
    assert (diagnostic.span.line, diagnostic.help) == (9, "")
    assert lint(made(*history, status="Active", type_="Process"), process) == []


def test_a_status_that_nothing_follows(process: Process) -> None:
    history = ("2018-03-26 Draft", "2018-03-27 Withdrawn", "2018-03-28 Draft")
    (diagnostic,) = lint(made(*history), process)
    assert diagnostic.message == (
        '"Draft" cannot follow "Withdrawn"; '
        "a Standards Track FEP stays Withdrawn, so continue in a new proposal"
    )


def test_without_a_type_no_step_is_judged(process: Process) -> None:
    text = made("2018-03-26 Draft", "2018-03-26 Final").replace("Type: Standards Track\n", "")
    assert lint(text, process, "S007") == []


def test_both_ends_of_a_history_name_the_other_place(process: Process) -> None:
    diagnostics = lint(made("2018-03-27 Review", "2018-04-27 Accepted", status="Final"), process)
    assert [(d.code, d.span.line, [r.span.line for r in d.related]) for d in diagnostics] == [
        ("S005", 7, []),
        ("S008", 7, [6]),
        ("S006", 8, [4]),
    ]


def test_a_history_that_cannot_be_read_is_not_judged(process: Process) -> None:
    assert lint(made("2018-03-27 Review", "soon Accepted", status="Final"), process) == []


def test_a_history_of_another_community_may_lack_parts() -> None:
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
def test_days_of_a_review(until: str, message: str, process: Process) -> None:
    text = made(*REVIEW, status="Review", more=f"Review-Until: {until}\n")
    diagnostics = lint(text, process, "S009")
    assert [d.message for d in diagnostics] == [message][: bool(message)]
    assert all(d.severity is Severity.WARNING for d in diagnostics)


def test_the_last_of_two_reviews_counts(process: Process) -> None:
    history = ("2026-01-02 Draft", "2026-01-12 Review", "2026-02-12 Draft", "2026-11-12 Review")
    text = made(*history, status="Review", more="Review-Until: 2026-11-20\n")
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
def test_a_day_that_has_passed(status: str, header: str, over: bool, process: Process) -> None:
    type_ = "Process" if status == "Active" else "Standards Track"
    diagnostics = lint(made(status=status, type_=type_, more=f"{header}\n"), process, "S011")
    assert bool(diagnostics) == over


def test_the_day_is_the_one_that_is_given(process: Process) -> None:
    proposal = testing.parse_proposal(
        made(status="Review", more="Review-Until: 2026-11-25\n"), process
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
def test_a_sponsor_is_no_author(sponsor: str, shared: str, process: Process) -> None:
    text = made().replace("Status:", f"Sponsor: {sponsor}\nStatus:")
    diagnostics = lint(text, process, "S010")
    assert [d.excerpt[0][d.span.column - 1 : d.span.end_column - 1] for d in diagnostics] == (
        [shared] if shared else []
    )


def test_roles_that_one_may_hold_at_once() -> None:
    text = ":DEP: 7\n:Author: Ada Lovelace\n:Shepherd: Ada Lovelace\n:Status: Draft\n"
    assert lint(text, load("dep"), "S010") == []
