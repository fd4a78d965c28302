"""Rules about relations: cases beyond the examples in their docstrings."""

from __future__ import annotations

import time

import pytest

from fep_tools.diagnostics import apply_edits, Diagnostic, Severity
from fep_tools.lint import testing
from fep_tools.lint.registry import all_rules
from fep_tools.lint.rules.relations.relation_cycle import relation_cycle
from fep_tools.process.loader import load_process
from fep_tools.process.model import Process
from fep_tools.process.source import BUILTIN_DIRECTORY

RULES = [rule for rule in all_rules() if rule.code.startswith("L")]


def feps(**headers: str) -> str:
    """Return several files; ``fep7="Status: Final; Requires: 5"`` has two more headers."""
    return "\n".join(
        f"# proposals/fep-{number:04}.rst\nFEP: {number}\nTitle: On {number}\n"
        + "".join(f"{line}\n" for line in some.split("; ") if line)
        for number, some in ((int(name[3:]), some) for name, some in headers.items())
    )


def lint(process: Process, **headers: str) -> list[tuple[str, str]]:
    """Return the codes of the findings and the proposals that they are in."""
    diagnostics = testing.check_example(RULES, feps(**headers), process)
    return [(d.code, f"fep{d.number}") for d in diagnostics]


def only_diagnostic(process: Process, **headers: str) -> Diagnostic:
    (diagnostic,) = testing.check_example(RULES, feps(**headers), process)
    return diagnostic


def test_consistent_relations_have_no_findings(process: Process) -> None:
    diagnostics = lint(
        process,
        fep5="Status: Superseded; Superseded-By: 7",
        fep7="Status: Final; Requires: 8; Replaces: 5",
        fep8="Status: Final",
    )
    assert diagnostics == []


@pytest.mark.parametrize("header", ["Requires", "Replaces", "Superseded-By"])
def test_every_relation_header_is_checked(header: str, process: Process) -> None:
    assert ("L001", "fep7") in lint(process, fep7=f"Status: Superseded; {header}: 99")
    assert ("L002", "fep7") in lint(process, fep7=f"Status: Superseded; {header}: 7")


def test_each_number_has_its_own_position(process: Process) -> None:
    diagnostics = testing.check_example(RULES, feps(fep7="Requires: 5, 98,\n 99", fep5=""), process)
    assert [(d.span.line, d.span.column, d.span.end_column) for d in diagnostics] == [
        (3, 14, 16), (4, 2, 4),
    ]  # fmt: skip


def test_swapped_digits_are_guessed(process: Process) -> None:
    diagnostic = only_diagnostic(process, fep7="Requires: 31", fep13="", fep14="")
    assert (
        diagnostic.message == "'Requires' names FEP 31, which does not exist; did you mean FEP 13?"
    )


def test_unreadable_list_names_no_proposals(process: Process) -> None:
    assert lint(process, fep7="Requires: 5, x", fep5="Replaces: 7 8") == []


# One side ----------------------------------------------------------------------------------


def test_draft_does_not_replace_anything_yet(process: Process) -> None:
    assert lint(process, fep5="Status: Final", fep7="Status: Draft; Replaces: 5") == []


def test_proposal_replaced_by_a_final_one_must_name_it(process: Process) -> None:
    diagnostic = only_diagnostic(
        process, fep5="Status: Accepted", fep7="Status: Final; Replaces: 5"
    )
    assert (diagnostic.code, diagnostic.path) == ("L003", "proposals/fep-0005.rst")
    assert (
        "'Superseded-By' does not name FEP 7, whose 'Replaces' names this FEP" in diagnostic.message
    )
    assert diagnostic.related[0].path == "proposals/fep-0007.rst"


def test_rejected_proposal_needs_no_successor(process: Process) -> None:
    assert lint(process, fep5="Status: Rejected", fep7="Status: Final; Replaces: 5") == []


def test_several_missing_numbers_are_one_finding(process: Process) -> None:
    diagnostic = only_diagnostic(
        process,
        fep5="Status: Superseded; Superseded-By: 7",
        fep6="Status: Superseded; Superseded-By: 7",
        fep7="Status: Final; Created: 2025-03-03; Replaces: 4",
        fep4="Status: Superseded; Superseded-By: 7",
    )
    assert diagnostic.message.endswith("; add 5 and 6")
    text = testing.parse_corpus(
        feps(fep7="Status: Final; Created: 2025-03-03; Replaces: 4"), process
    )
    assert apply_edits(text.proposals[0].text, diagnostic.edits).endswith("Replaces: 4, 5, 6\n")


def test_missing_header_is_added_at_its_position(process: Process) -> None:
    headers = "Status: Final; Created: 2025-03-03; Resolution: 2025-03-04 https://example.org/"
    diagnostic = only_diagnostic(process, fep5="Status: Superseded; Superseded-By: 7", fep7=headers)
    before = testing.parse_corpus(feps(fep7=headers), process).proposals[0].text
    lines = apply_edits(before, diagnostic.edits).split("\n")
    assert lines[3:6] == ["Created: 2025-03-03", "Replaces: 5", lines[5]]
    assert lines[5].startswith("Resolution")


def test_numbers_are_added_with_leading_zeros_if_the_process_has_them() -> None:
    dep = load_process(BUILTIN_DIRECTORY / "dep.toml")
    old = "DEP 5: Old\n==========\n\n:DEP: 0005\n:Status: Superseded\n:Superseded-By: 0007\n"
    new = "DEP 7: New\n==========\n\n:DEP: 0007\n:Status: Final\n"
    example = f"# superseded/0005-old.rst\n{old}\n# final/0007-new.rst\n{new}"
    (diagnostic,) = testing.check_example(RULES, example, dep)
    assert apply_edits(new, diagnostic.edits) == f"{new}:Replaces: 0005\n"


def test_header_with_a_mistake_is_not_reported_as_incomplete(process: Process) -> None:
    old = "Status: Superseded; Superseded-By: 7"
    assert lint(process, fep5=old, fep7="Status: Final; Replaces: five") == []


# Circles -----------------------------------------------------------------------------------


def test_some_successors_are_followed(process: Process) -> None:
    """A thousand proposals, each with 20 successors, took two minutes."""
    rule = "L005"
    chain = {f"fep{n}": f"Status: Superseded; Superseded-By: {n + 1}" for n in range(1, 54)}
    codes = [code for code, _message in lint(process, **chain, fep54="Status: Final")]
    # The first two lead to the last one by more than 50, and the last two to itself.
    assert codes.count(rule) == 50


def test_cycle_is_reported_once_at_its_lowest_number(process: Process) -> None:
    diagnostic = only_diagnostic(
        process, fep9="Requires: 5", fep5="Requires: 7", fep7="Requires: 9"
    )
    assert (diagnostic.code, diagnostic.number) == ("L004", 5)
    assert diagnostic.message.endswith("this FEP; remove one of these references")
    assert [other.path[-8:] for other in diagnostic.related] == ["0007.rst", "0009.rst"]


def test_two_cycles_are_two_findings(process: Process) -> None:
    diagnostics = lint(
        process, fep1="Requires: 2", fep2="Requires: 1", fep3="Requires: 4", fep4="Requires: 3"
    )
    assert diagnostics == [("L004", "fep1"), ("L004", "fep3")]


def test_path_into_a_cycle_is_not_part_of_it(process: Process) -> None:
    diagnostics = lint(process, fep1="Requires: 2", fep2="Requires: 3", fep3="Requires: 2")
    assert diagnostics == [("L004", "fep2")]


def test_cycle_of_successors_is_reported(process: Process) -> None:
    diagnostics = lint(
        process,
        fep1="Status: Superseded; Replaces: 2; Superseded-By: 2",
        fep2="Status: Superseded; Replaces: 1; Superseded-By: 1",
    )
    assert diagnostics == [("L004", "fep1")]


def test_long_chains_and_many_cycles_are_fast(process: Process) -> None:
    chain = {f"fep{n}": f"Requires: {n + 1}" for n in range(1, 500)}
    pairs = {f"fep{n}": f"Requires: {n + 1 if n % 2 else n - 1}" for n in range(1001, 1501)}
    example = testing.parse_corpus(feps(**chain, **pairs), process)
    start = time.process_time()
    assert len(list(relation_cycle.check(example, process))) == 250
    assert time.process_time() - start < 2


# Successors --------------------------------------------------------------------------------


def test_latest_successor_is_suggested(process: Process) -> None:
    diagnostics = testing.check_example(
        RULES,
        feps(
            fep1="Status: Superseded; Superseded-By: 2",
            fep2="Status: Superseded; Replaces: 1; Superseded-By: 3",
            fep3="Status: Superseded; Replaces: 2; Superseded-By: 4",
            fep4="Status: Final; Replaces: 3",
        ),
        process,
    )
    assert [(d.code, d.number) for d in diagnostics] == [
        ("L005", 1),
        ("L005", 2),
    ]
    assert all(d.message.endswith("; add FEP 4") for d in diagnostics)


@pytest.mark.parametrize("status", ["Draft", "Rejected", "Withdrawn"])
def test_successor_must_not_be_a_draft_or_dead(status: str, process: Process) -> None:
    diagnostics = lint(
        process,
        fep5="Status: Superseded; Superseded-By: 7",
        fep7=f"Status: {status}; Replaces: 5",
    )
    assert diagnostics == [("L006", "fep5")]


@pytest.mark.parametrize(("status", "codes"), [("Final", ["L007"]), ("Withdrawn", [])])
def test_status_must_say_that_there_is_a_successor(
    status: str, codes: list[str], process: Process
) -> None:
    diagnostics = lint(
        process, fep5=f"Status: {status}; Superseded-By: 7", fep7="Status: Final; Replaces: 5"
    )
    assert [code for code, _number in diagnostics] == codes


# What is required --------------------------------------------------------------------------


def test_successor_of_a_required_proposal_is_suggested(process: Process) -> None:
    diagnostic = only_diagnostic(
        process,
        fep5="Status: Superseded; Superseded-By: 8",
        fep7="Status: Draft; Requires: 5",
        fep8="Status: Final; Replaces: 5",
    )
    assert (diagnostic.code, diagnostic.severity) == ("L008", Severity.ERROR)
    assert (
        diagnostic.message == "'Requires' names FEP 5, which is Superseded; require FEP 8 instead"
    )


def test_settled_proposals_may_require_a_withdrawn_one(process: Process) -> None:
    assert lint(process, fep5="Status: Withdrawn", fep7="Status: Final; Requires: 5") == []


@pytest.mark.parametrize(
    ("mine", "theirs", "codes"),
    [
        ("Accepted", "Draft", ["L009"]),
        ("Final", "Accepted", ["L009"]),
        ("Review", "Review", []),
        ("Draft", "Final", []),
        ("Rejected", "Draft", []),
    ],
)
def test_required_proposals_must_be_as_far_along(
    mine: str, theirs: str, codes: list[str], process: Process
) -> None:
    diagnostics = lint(process, fep5=f"Status: {theirs}", fep7=f"Status: {mine}; Requires: 5")
    assert [code for code, _number in diagnostics] == codes
