"""What stands between a proposal and a status."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from fep_tools import Repository
from fep_tools.editorial.readiness import assess, former_lines, Readiness
from fep_tools.errors import FepError

TODAY = date(2027, 2, 1)
REVIEWED = """\
FEP: 12
Title: Chats
Author: Ada Lovelace
Delegate: Grace Hopper
Discussions-To: https://example.org/thread/12
Status: Review
Type: Process
Created: 2027-01-02
Review-Until: 2027-01-31

Abstract
========

People meet.

Motivation
==========

They are far apart.

Specification
=============

They meet.

Review and Expiry
=================

Next year.

Open Issues
===========

Where?

Copyright
=========

This document is placed in the public domain or under the CC0-1.0-Universal license, whichever is
more permissive.
"""
Checkout = Callable[..., Path]


def ready(checkout: Checkout, text: str, target: str | None = None) -> Readiness:
    root = checkout({"fep-0012.rst": text})
    return assess(Repository.open(root), 12, target, TODAY)


def lines(report: Readiness) -> list[str]:
    return [f"{'x' if item.done else '-'} {item.topic}: {item.text}" for item in report.items]


def test_everything_between_review_and_a_decision(checkout: Checkout) -> None:
    report = ready(checkout, REVIEWED)
    assert (report.status, report.target, report.is_ready) == ("Review", "Active", False)
    assert report.deciders == ("Grace Hopper",)
    shown = lines(report)
    assert [re.sub(";.*", "", line) for line in shown if line.startswith("-")] == [
        "- header: an Active FEP needs 'Resolution'",
        "- question: the proposal is Active, and 'Open Issues' still has text",
    ]
    assert [line for line in shown if line.startswith("x")] == [
        "x header: 'Discussions-To' is https://example.org/thread/12",
        "x header: 'Review-By' is 2028-02-01; fep transition writes it",
        "x section: 'Abstract' is there",
        "x section: 'Motivation' is there",
        "x section: 'Specification' is there",
        "x section: 'Review and Expiry' is there",
        "x review: the review ended on 2027-01-31",
    ]


def test_a_review_that_is_open_stands_against_a_decision(checkout: Checkout) -> None:
    report = ready(checkout, REVIEWED.replace("2027-01-31", "2027-02-01"), "rejected")
    assert "- review: the review is open until 2027-02-01; decide after that day" in lines(report)
    assert not any("the review ended" in line for line in lines(report))


def test_a_draft_that_lacks_nothing_is_ready(checkout: Checkout) -> None:
    text = REVIEWED.replace("Review-Until: 2027-01-31\n", "").replace(
        "Status: Review", "Status: Draft"
    )
    report = ready(checkout, text)
    assert (report.target, report.is_ready) == ("Review", True)
    assert all(item.done for item in report.items)
    assert report.deciders == ()


def test_proposals_that_require_it_are_named(checkout: Checkout) -> None:
    requiring = REVIEWED.replace("FEP: 12", "FEP: 13").replace("Created:", "Requires: 12\nCreated:")
    root = checkout({"fep-0012.rst": REVIEWED, "fep-0013.rst": requiring})
    report = assess(Repository.open(root), 12, "withdrawn", TODAY)
    assert [item.path for item in report.items if item.topic == "relation"] == [
        "proposals/fep-0013.rst"
    ]


@pytest.mark.parametrize(
    ("status", "target", "is_offered"), [("Review", "rejected", True), ("Final", "rejected", False)]
)
def test_the_command_is_offered_for_allowed_transitions(
    checkout: Checkout, status: str, target: str, is_offered: bool
) -> None:
    report = ready(checkout, REVIEWED.replace("Status: Review", f"Status: {status}"), target)
    assert any("fep transition" in (item.help or "") for item in report.items) == is_offered


def test_nothing_is_written(checkout: Checkout) -> None:
    root = checkout({"fep-0012.rst": REVIEWED})
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    assess(Repository.open(root), 12, None, TODAY)
    assert {path: path.read_bytes() for path in root.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize(
    ("number", "target", "message"),
    [
        (99, None, "there is no FEP 99"),
        (12, "Fnal", 'there is no status "Fnal"'),
    ],
)
def test_refusals(checkout: Checkout, number: int, target: str | None, message: str) -> None:
    root = checkout({"fep-0012.rst": REVIEWED})
    with pytest.raises(FepError, match=message):
        assess(Repository.open(root), number, target, TODAY)


def test_no_transition_leads_on(checkout: Checkout) -> None:
    text = REVIEWED.replace("Status: Review", "Status: Withdrawn")
    with pytest.raises(FepError, match="no transition leads from Withdrawn of FEP 12"):
        ready(checkout, text)


@pytest.mark.parametrize(
    ("line", "expected"),
    [(1, 1), (2, 2), (3, 2), (4, 3), (5, 3), (6, 4), (7, 5), (8, 6), (9, 7)],
    ids=["same", "replaced", "added", "same", "added below", "moved", "moved", "moved", "last"],
)
def test_positions_are_those_in_the_file(line: int, expected: int) -> None:
    before = "Title: A\nStatus: Draft\nType: B\n\nAbstract\n========\n"
    after = "Title: A\nThread: X\nStatus: Review\nType: B\nUntil: Y\n\nAbstract\n========\n"
    assert former_lines(before, after)[line - 1] == expected


def test_positions_in_a_long_text_take_linear_time() -> None:
    text = "\n" * 20_000
    start = time.process_time()
    lines = former_lines(f"A: 1{text}", f"A: 2\nB: 3{text}")
    assert time.process_time() - start < 5
    assert lines[:4] == [1, 1, 2, 3]
    assert lines[-1] == 20_001


def test_a_section_is_reported_where_it_is_in_the_file(checkout: Checkout) -> None:
    text = REVIEWED.replace("Status: Review", "Status: Draft").replace("Review-Until", "X-Until")
    text = text.replace("X-Until: 2027-01-31\n", "").replace("People meet.", "")
    items = ready(checkout, text, "Review").items
    empty = next(item for item in items if item.code == "B012")
    assert empty.line
    assert text.split("\n")[empty.line - 1] == "Abstract"
