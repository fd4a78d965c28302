"""Statuses, their former names and their transitions, inferred from values and histories."""

from __future__ import annotations

import pytest

from fep_tools.editing.adoption.statuses import infer_statuses, InferredStatuses
from fep_tools.history.model import Event, Timeline


def infer(values: dict[str, int], *histories: str) -> InferredStatuses:
    """Infer from present values and from histories such as ``Draft > Final``."""
    timelines: list[Timeline] = []
    for history in histories:
        names = history.split(" > ")
        pairs = zip([None, *names], names, strict=False)
        commit = str(len(timelines))
        events = tuple(Event("status", before, after, None, commit) for before, after in pairs)
        timelines.append(Timeline(1, "tip-0001.rst", events))
    return infer_statuses(values, timelines)


def names(found: InferredStatuses) -> dict[str, tuple[str, ...]]:
    """Return the former names of each status, by name."""
    return {status.name: status.formerly for status in found.statuses}


CASES = [
    ("present values", {"Draft": 3, "Final": 2}, [], {"Draft": (), "Final": ()}),
    ("a misspelling", {"Draft": 12, "Drfat": 1}, [], {"Draft": ("Drfat",)}),
    ("other capitals", {"Draft": 12, "draft": 2}, [], {"Draft": ("draft",)}),
    ("a rare status", {"Draft": 12, "Final": 1}, [], {"Draft": (), "Final": ()}),
    (
        "renamed to a status that is as far along",
        {"Final": 3},
        ["Draft > Finished > Final"] * 2,
        {"Draft": (), "Final": ("Finished",)},
    ),
    (
        "half went to a status that is as far along",
        {"Draft": 2, "Final": 3},
        ["Incomplete > Draft", "Incomplete > Draft", "Incomplete > Final", "Incomplete > Final"],
        {"Draft": ("Incomplete",), "Final": ()},
    ),
    (
        "an unknown word that all left for the same status",
        {"Final": 3},
        ["Draft > Baked > Final"],
        {"Draft": (), "Final": ("Baked",)},
    ),
    (
        "similar words that follow each other",
        {"Preparing": 1, "Prepared": 9},
        ["Preparing > Prepared"] * 3,
        {"Preparing": (), "Prepared": ()},
    ),
    (
        "a spelling that two commits corrected",
        {"Prepared": 9},
        ["Preparde > Prepared"] * 2,
        {"Prepared": ("Preparde",)},
    ),
    (
        "a spelling that is known to mean the same",
        {"Completed": 9},
        ["Complete > Completed"] * 3,
        {"Completed": ("Complete",)},
    ),
    ("other capitals, one by one", {"Draft": 9}, ["draft > Draft"] * 3, {"Draft": ("draft",)}),
    ("an empty header", {"Draft": 2}, ["Draft >  > Draft"], {"Draft": ()}),
    ("a status that all have left", {"Final": 1}, ["Draft > Final"], {"Draft": (), "Final": ()}),
    (
        "a status of the past",
        {"Final": 4, "Rejected": 4},
        ["Review > Final"] * 2 + ["Review > Rejected"] * 2,
        {"Review": (), "Final": (), "Rejected": ()},
    ),
]


@pytest.mark.parametrize(
    ("values", "histories", "expected"), [c[1:] for c in CASES], ids=[c[0] for c in CASES]
)
def test_statuses(
    values: dict[str, int], histories: list[str], expected: dict[str, tuple[str, ...]]
) -> None:
    assert names(infer(values, *histories)) == expected


def test_the_initial_status_comes_first_and_closed_ones_last() -> None:
    found = infer({"Withdrawn": 9, "Final": 5, "Draft": 1, "Accepted": 2, "Deferred": 3})
    assert list(names(found)) == ["Draft", "Accepted", "Final", "Deferred", "Withdrawn"]


@pytest.mark.parametrize(
    ("history", "times", "rank"),
    [
        ("provisional > implementable > implemented", 3, 1),
        ("provisional > implementable > implemented", 2, 3),
        ("provisional > implemented", 3, 3),
    ],
)
def test_the_status_that_all_begin_with_is_no_decision(history: str, times: int, rank: int) -> None:
    first = infer({"provisional": 3, "implemented": 3}, *[history] * times).statuses[0]
    assert (first.name, first.rank) == ("provisional", rank)
    assert ("decision" in first.meaning.flags) == (rank == 3)


def test_transitions_are_counted_under_present_names() -> None:
    found = infer(
        {"Draft": 12, "Final": 3}, "Draft > Final", "Drfat > Draft > Final", "Draft > Draft"
    )
    assert found.transitions == {("Draft", "Final"): 2}


def test_nothing_is_inferred_from_nothing() -> None:
    assert infer({}) == InferredStatuses()
