"""The rules about relations, where their own examples do not reach."""

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
    """Files of proposals: ``fep7="Status: Final, Requires: 5"`` has two more headers."""
    return "\n".join(
        f"# proposals/fep-{number:04}.rst\nFEP: {number}\nTitle: On {number}\n"
        + "".join(f"{line}\n" for line in some.split("; ") if line)
        for number, some in ((int(name[3:]), some) for name, some in headers.items())
    )


def lint(process: Process, **headers: str) -> list[tuple[str, str]]:
    """The codes and the numbers of the proposals that the rules find something in."""
    diagnostics = testing.check_example(RULES, feps(**headers), process)
    return [(d.code, f"fep{d.number}") for d in diagnostics]


def only_diagnostic(process: Process, **headers: str) -> Diagnostic:
    (diagnostic,) = testing.check_example(RULES, feps(**headers), process)
    return diagnostic


def test_what_agrees_is_left_alone(process: Process) -> None:
    diagnostics = lint(
        process,
        fep5="Status: Superseded; Superseded-By: 7",
        fep7="Status: Final; Requires: 8; Replaces: 5",
        fep8="Status: Final",
    )
    assert diagnostics == []


@pytest.mark.parametrize("header", ["Requires", "Replaces", "Superseded-By"])
def test_every_header_is_looked_at(header: str, process: Process) -> None:
    assert ("L001", "fep7") in lint(process, fep7=f"Status: Superseded; {header}: 99")
    assert ("L002", "fep7") in lint(process, fep7=f"Status: Superseded; {header}: 7")


def test_each_number_has_its_own_place(process: Process) -> None:
    diagnostics = testing.check_example(RULES, feps(fep7="Requires: 5, 98,\n 99", fep5=""), process)
    assert [(d.span.line, d.span.column, d.span.end_column) for d in diagnostics] == [
        (3, 14, 16), (4, 2, 4),
    ]  # fmt: skip


def test_a_swapped_pair_of_digits_is_guessed(process: Process) -> None:
    diagnostic = only_diagnostic(process, fep7="Requires: 31", fep13="", fep14="")
    assert (
        diagnostic.message == "'Requires' names FEP 31, which does not exist; did you mean FEP 13?"
    )


def test_a_list_that_cannot_be_read_names_nothing(process: Process) -> None:
    assert lint(process, fep7="Requires: 5, x", fep5="Replaces: 7 8") == []


# One side ----------------------------------------------------------------------------------


def test_a_draft_replaces_nothing_yet(process: Process) -> None:
    assert lint(process, fep5="Status: Final", fep7="Status: Draft; Replaces: 5") == []


def test_what_is_in_force_has_replaced_the_other(process: Process) -> None:
    diagnostic = only_diagnostic(
        process, fep5="Status: Accepted", fep7="Status: Final; Replaces: 5"
    )
    assert (diagnostic.code, diagnostic.path) == ("L003", "proposals/fep-0005.rst")
    assert (
        "'Superseded-By' does not name FEP 7, whose 'Replaces' names this FEP" in diagnostic.message
    )
    assert diagnostic.related[0].path == "proposals/fep-0007.rst"


def test_what_was_rejected_needs_no_successor(process: Process) -> None:
    assert lint(process, fep5="Status: Rejected", fep7="Status: Final; Replaces: 5") == []


def test_the_silent_side_is_told_once_for_all(process: Process) -> None:
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


def test_a_header_is_added_where_it_belongs(process: Process) -> None:
    headers = "Status: Final; Created: 2025-03-03; Resolution: 2025-03-04 https://example.org/"
    diagnostic = only_diagnostic(process, fep5="Status: Superseded; Superseded-By: 7", fep7=headers)
    before = testing.parse_corpus(feps(fep7=headers), process).proposals[0].text
    lines = apply_edits(before, diagnostic.edits).split("\n")
    assert lines[3:6] == ["Created: 2025-03-03", "Replaces: 5", lines[5]]
    assert lines[5].startswith("Resolution")


def test_numbers_are_added_as_the_community_writes_them() -> None:
    dep = load_process(BUILTIN_DIRECTORY / "dep.toml")
    old = "DEP 5: Old\n==========\n\n:DEP: 0005\n:Status: Superseded\n:Superseded-By: 0007\n"
    new = "DEP 7: New\n==========\n\n:DEP: 0007\n:Status: Final\n"
    example = f"# superseded/0005-old.rst\n{old}\n# final/0007-new.rst\n{new}"
    (diagnostic,) = testing.check_example(RULES, example, dep)
    assert apply_edits(new, diagnostic.edits) == f"{new}:Replaces: 0005\n"


def test_a_header_with_a_mistake_is_not_called_silent(process: Process) -> None:
    old = "Status: Superseded; Superseded-By: 7"
    assert lint(process, fep5=old, fep7="Status: Final; Replaces: five") == []


# Circles -----------------------------------------------------------------------------------


def test_a_circle_is_told_once_from_its_lowest_number(process: Process) -> None:
    diagnostic = only_diagnostic(
        process, fep9="Requires: 5", fep5="Requires: 7", fep7="Requires: 9"
    )
    assert (diagnostic.code, diagnostic.number) == ("L004", 5)
    assert diagnostic.message.endswith("this FEP; remove one of these references")
    assert [other.path[-8:] for other in diagnostic.related] == ["0007.rst", "0009.rst"]


def test_two_circles_are_two_findings(process: Process) -> None:
    diagnostics = lint(
        process, fep1="Requires: 2", fep2="Requires: 1", fep3="Requires: 4", fep4="Requires: 3"
    )
    assert diagnostics == [("L004", "fep1"), ("L004", "fep3")]


def test_a_way_into_a_circle_is_no_part_of_it(process: Process) -> None:
    diagnostics = lint(process, fep1="Requires: 2", fep2="Requires: 3", fep3="Requires: 2")
    assert diagnostics == [("L004", "fep2")]


def test_successors_may_not_go_round_either(process: Process) -> None:
    diagnostics = lint(
        process,
        fep1="Status: Superseded; Replaces: 2; Superseded-By: 2",
        fep2="Status: Superseded; Replaces: 1; Superseded-By: 1",
    )
    assert diagnostics == [("L004", "fep1")]


def test_long_chains_and_many_circles_take_no_time(process: Process) -> None:
    chain = {f"fep{n}": f"Requires: {n + 1}" for n in range(1, 500)}
    pairs = {f"fep{n}": f"Requires: {n + 1 if n % 2 else n - 1}" for n in range(1001, 1501)}
    example = testing.parse_corpus(feps(**chain, **pairs), process)
    start = time.process_time()
    assert len(list(relation_cycle.check(example, process))) == 250
    assert time.process_time() - start < 2


# Successors --------------------------------------------------------------------------------


def test_the_end_of_a_chain_is_named(process: Process) -> None:
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
def test_a_successor_has_to_be_something(status: str, process: Process) -> None:
    diagnostics = lint(
        process,
        fep5="Status: Superseded; Superseded-By: 7",
        fep7=f"Status: {status}; Replaces: 5",
    )
    assert diagnostics == [("L006", "fep5")]


@pytest.mark.parametrize(("status", "codes"), [("Final", ["L007"]), ("Withdrawn", [])])
def test_who_has_a_successor_says_so(status: str, codes: list[str], process: Process) -> None:
    diagnostics = lint(
        process, fep5=f"Status: {status}; Superseded-By: 7", fep7="Status: Final; Replaces: 5"
    )
    assert [code for code, _number in diagnostics] == codes


# What is required --------------------------------------------------------------------------


def test_the_successor_is_required_instead(process: Process) -> None:
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


def test_settled_proposals_may_require_what_is_gone(process: Process) -> None:
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
def test_nothing_rests_on_less(mine: str, theirs: str, codes: list[str], process: Process) -> None:
    diagnostics = lint(process, fep5=f"Status: {theirs}", fep7=f"Status: {mine}; Requires: 5")
    assert [code for code, _number in diagnostics] == codes
