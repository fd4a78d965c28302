"""Changes: which proposals differ, which are new, and which got another status."""

from __future__ import annotations

import pytest

from fep_tools.lint.changes import ChangeSet, compute_changes, ProposalChange
from fep_tools.process.model import Process
from fep_tools.proposals.model import Corpus, Proposal
from fep_tools.proposals.preamble import Preamble


def proposal(
    process: Process, name: str, number: int | None, status: str = "Draft", body: str = "Text."
) -> Proposal:
    """Return a proposal in the file ``proposals/NAME.rst``."""
    text = f"FEP: {number or ''}\nTitle: T\nStatus: {status}\n\n{body}\n"
    return Proposal.parse(text, process, f"proposals/{name}.rst")


Files = dict[str, tuple[int | None, str]]
"""Number and body of proposals, by the names of their files."""


def corpus(process: Process, files: Files) -> Corpus:
    return Corpus(tuple(proposal(process, n, number, body=b) for n, (number, b) in files.items()))


def names(changes: ChangeSet) -> list[tuple[str | None, str | None]]:
    return [
        (
            change.before.path[10:-4] if change.before else None,
            change.after.path[10:-4] if change.after else None,
        )
        for change in changes
    ]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ({"a": (1, "A")}, {"a": (1, "A")}, []),
        ({"a": (1, "A")}, {"a": (1, "B")}, [("a", "a")]),
        ({}, {"a": (1, "A")}, [(None, "a")]),
        ({"a": (1, "A")}, {}, [("a", None)]),
        ({"a": (1, "A")}, {"b": (1, "B")}, [("a", "b")]),
        ({"a": (1, "A")}, {"b": (2, "A")}, [("a", "b")]),
        ({"a": (1, "A")}, {"b": (2, "B")}, [("a", None), (None, "b")]),
        ({"a": (1, "A")}, {"a": (1, "A"), "b": (1, "A")}, [(None, "b")]),
        ({"a": (1, "A"), "b": (2, "B")}, {"b": (1, "A")}, [("a", None), ("b", "b")]),
        ({"a": (1, "A")}, {"b": (1, "A"), "c": (1, "A")}, [("a", "b"), (None, "c")]),
        ({"a": (1, "A"), "b": (2, "B")}, {"c": (2, "A")}, [("b", None), ("a", "c")]),
        (
            {"a": (1, "A"), "b": (2, "A")},
            {"c": (2, "A"), "d": (1, "C"), "e": (2, "C")},
            [("a", "c"), (None, "d"), ("b", "e")],
        ),
    ],
    ids=[
        "same", "edited", "added", "removed", "moved, same number", "moved, same text",
        "replaced", "copied", "over another", "moved and copied", "first of two",
        "second of one text",
    ],
)  # fmt: skip
def test_changed_proposals(
    process: Process,
    before: Files,
    after: Files,
    expected: list[tuple[str | None, str | None]],
) -> None:
    changes = compute_changes(corpus(process, before), corpus(process, after))
    assert names(changes) == expected


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ({}, {"a": (7, "A")}, "proposals/other.rst"),
        ({}, {"a": (8, "A")}, None),
        ({"a": (7, "A")}, {"a": (7, "B")}, None),
        ({"a": (7, "A")}, {"b": (7, "A")}, None),
        ({"a": (1, "A")}, {"b": (7, "A")}, None),
        ({}, {"a": (None, "A")}, None),
    ],
    ids=["new", "another number", "edited", "moved", "renumbered", "no number"],
)
def test_only_a_new_proposal_conflicts_with_a_taken_number(
    process: Process, before: Files, after: Files, expected: str | None
) -> None:
    base, head = corpus(process, before), corpus(process, after)
    taken = dict.fromkeys((0, 1, 7), "proposals/other.rst")
    (change,) = compute_changes(base, head, taken_numbers=taken)
    assert change.conflicting_path == expected


def test_authors_are_those_of_every_change(process: Process) -> None:
    base, head = corpus(process, {"a": (1, "A")}), corpus(process, {"b": (2, "B")})
    changes = compute_changes(base, head, frozenset({"Ada"}))
    assert [change.authors for change in changes] == [{"Ada"}, {"Ada"}]


STATUSES = [
    # status before and after (None: no proposal): arrival, status change, binding
    (None, "Draft", True, None, True),
    (None, "Drfat", False, None, True),
    ("Draft", "Draft", False, None, False),
    ("Draft", "Review", False, ("Draft", "Review"), True),
    ("Draft", "Final", False, ("Draft", "Final"), True),
    ("Final", "Draft", False, ("Final", "Draft"), True),
    ("Final", "Final", False, None, False),
    ("Final", "Superseded", False, ("Final", "Superseded"), False),
    ("Deferred", "Rejected", False, ("Deferred", "Rejected"), False),
    ("Drfat", "Draft", True, None, True),
    ("Draft", "Drfat", False, None, False),
    ("Draft", None, False, None, False),
]


@pytest.mark.parametrize(("before", "after", "is_arrival", "status_change", "is_binding"), STATUSES)
def test_status_of_a_change(
    process: Process,
    before: str | None,
    after: str | None,
    is_arrival: bool,
    status_change: tuple[str, str] | None,
    is_binding: bool,
) -> None:
    old, new = (proposal(process, "a", 7, s) if s else None for s in (before, after))
    change = ProposalChange(old, new)
    assert change.is_arrival is is_arrival
    assert change.status_change == status_change
    assert ChangeSet((change,)).binding_paths(process) == ({change.path} if is_binding else set())


def test_changes_by_number_are_those_that_exist_afterwards(process: Process) -> None:
    edited = ProposalChange(proposal(process, "a", 1), proposal(process, "a", 2))
    removed = ProposalChange(proposal(process, "b", 3), None)
    assert ChangeSet((edited, removed)).by_number == {2: edited}


def test_files_with_other_paths_are_compared_in_linear_time(
    process: Process, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A pull request of a few kilobytes can remove each proposal, and add as many others."""
    calls = []
    blanked = Preamble.blanked

    def count(preamble: Preamble, text: str) -> str:
        calls.append(text)
        return blanked(preamble, text)

    monkeypatch.setattr(Preamble, "blanked", count)
    before, after = (
        corpus(process, {f"{kind}{n}": (None, f"{kind}{n}") for n in range(40)}) for kind in "ab"
    )
    assert len(names(compute_changes(before, after))) == 80
    assert len(calls) == 80
