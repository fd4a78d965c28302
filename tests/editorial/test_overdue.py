"""What is due on a day: a table of proposals, each with the reminders that it gives."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from fep_tools.catalog.history import Interval
from fep_tools.catalog.model import Author, Catalog, CatalogEntry, NoteEntry, Resolution
from fep_tools.editorial.overdue import find_overdue
from fep_tools.editorial.reminders import Reminder
from fep_tools.history.model import Event
from fep_tools.process.model import Process

TODAY = date(2027, 6, 1)
ADA = (Author(name="Ada Lovelace"),)
GRACE = (Author(name="Grace Hopper"),)


def entry(status: str, **values: Any) -> CatalogEntry:
    values = {"type": "Standards Track", "authors": ADA, "sponsor": GRACE, **values}
    return CatalogEntry(number=12, path="proposals/fep-0012.rst", status=status, **values)


def note(state: str) -> NoteEntry:
    return NoteEntry.model_validate({"framework": "sanic", "state": state})


def due(process: Process, row: CatalogEntry, released: str | None = "3.2") -> list[Reminder]:
    catalog = Catalog(tool="t", process="FEP", proposals=(row,), history_complete=True)
    return list(find_overdue(catalog, process, TODAY, released).reminders)


CASES: list[tuple[str, CatalogEntry, list[str]]] = [
    ("a review on its last day", entry("Review", review_until=TODAY), []),
    (
        "a review that ended",
        entry("Review", review_until=date(2027, 5, 31), delegate=GRACE),
        ["review-ended 2027-06-01 delegate Grace Hopper: fep ready 12"],
    ),
    (
        "a review that ended, without a delegate",
        entry("Review", review_until=date(2027, 5, 20)),
        ["review-ended 2027-05-21 editor : fep ready 12"],
    ),
    ("a review that was decided", entry("Rejected", review_until=date(2027, 5, 20)), []),
    (
        "a review without a sponsor",
        entry("Review", review_until=TODAY, sponsor=()),
        ["no-sponsor None author Ada Lovelace: None"],
    ),
    (
        "a record without a sponsor",
        entry("Review", review_until=TODAY, sponsor=(), retroactive=True),
        [],
    ),
    ("a draft without a sponsor", entry("Draft", sponsor=()), []),
    ("due for review today", entry("Active", type="Process", review_by=TODAY), []),
    (
        "due for review yesterday",
        entry("Active", type="Process", review_by=date(2027, 5, 31)),
        ["review-due 2027-06-01 editor : fep transition 12 Withdrawn"],
    ),
    ("planned for the next version", entry("Accepted", versions=("3.3",)), []),
    (
        "planned for a version that is out",
        entry("Accepted", versions=("3.2",)),
        ["not-finished None author Ada Lovelace: fep transition 12 Final"],
    ),
    (
        "planned for 3.2.0",
        entry("Accepted", versions=("3.2.0",)),
        ["not-finished None author Ada Lovelace: fep transition 12 Final"],
    ),
    ("planned for 3.2.1", entry("Accepted", versions=("3.2.1",)), []),
    ("partly planned for later", entry("Accepted", versions=("3.1", "3.10")), []),
    (
        "a draft for a version that is out",
        entry("Draft", versions=("3.1",)),
        ["version-passed None author Ada Lovelace: fep transition 12 Deferred"],
    ),
    ("deferred", entry("Deferred", versions=("3.1",)), []),
    ("final", entry("Final", versions=("3.1",)), []),
    (
        "to be removed in this version",
        entry("Final", removed=("3.2",)),
        ["removal-due None author Ada Lovelace: None"],
    ),
    ("removed long ago", entry("Final", removed=("2.0",)), []),
    ("to be removed later", entry("Final", removed=("4.0",)), []),
    ("never to be removed", entry("Rejected", removed=("3.2",)), []),
    (
        "a removal that was missed",
        entry("Accepted", removed=("3.1",)),
        ["removal-due None author Ada Lovelace: None"],
    ),
    ("unchanged for the limit", entry("Draft", changed=date(2026, 6, 1)), []),
    (
        "unchanged for longer",
        entry("Draft", changed=date(2026, 5, 31)),
        ["unchanged 2027-05-31 author Ada Lovelace: fep transition 12 Deferred"],
    ),
    ("a record is not changed", entry("Final", changed=date(2011, 5, 31)), []),
    (
        "outdated notes",
        entry("Final", notes=(note("stale"), note("verified"))),
        ["notes-outdated None author Ada Lovelace: fep notes run proposals/fep-0012.rst --update"],
    ),
    ("notes that were not run", entry("Final", notes=(note("not-run"),)), []),
]


@pytest.mark.parametrize(("row", "expected"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_reminders(process: Process, row: CatalogEntry, expected: list[str]) -> None:
    assert [
        f"{r.kind} {r.since} {r.role} {', '.join(r.names)}: {r.command}" for r in due(process, row)
    ] == expected


def test_versions_are_not_compared_unless_one_is_named(process: Process) -> None:
    row = entry("Accepted", versions=("3.1",), removed=("3.2",))
    assert due(process, row, None) == []
    report = find_overdue(Catalog(tool="t", process="FEP"), process, TODAY)
    assert report.omissions == (
        "versions were not compared; name the newest one that is released with --released",
        "the history in git is not complete, so some days are not known",
    )


def test_a_proposal_without_a_valid_status_is_not_passed_over_in_silence(process: Process) -> None:
    catalog = Catalog(tool="t", process="FEP", history_complete=True, proposals=(entry("Fnal"),))
    report = find_overdue(catalog, process, TODAY, "3.2")
    assert report.omissions == ("1 FEP without a valid status or number; run fep check",)


def test_since_and_commit_are_those_of_the_status(process: Process) -> None:
    day = date(2027, 2, 4)
    row = entry(
        "Accepted",
        versions=("3.2",),
        history=(
            Event("status", None, "Review", date(2027, 1, 1), "aaaa"),
            Event("status", "Review", "Accepted", day, "bbbb"),
        ),
        intervals=(Interval("Accepted", "agreed", day),),
        resolution=Resolution(date=day),
    )
    (reminder,) = due(process, row)
    assert (reminder.since, reminder.commit) == (day, "bbbb")


def test_what_is_due_for_longest_is_first(process: Process) -> None:
    rows = (
        entry("Draft", versions=("3.1",)),
        entry("Review", review_until=date(2027, 5, 20)).model_copy(update={"number": 14}),
        entry("Draft", changed=date(2026, 1, 1)).model_copy(update={"number": 13}),
    )
    catalog = Catalog(tool="t", process="FEP", proposals=rows, history_complete=True)
    report = find_overdue(catalog, process, TODAY, "3.2")
    assert [r.number for r in report.reminders] == [13, 14, 12]
