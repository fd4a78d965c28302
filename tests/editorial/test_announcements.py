"""What is announced of two states of a repository."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from fep_tools.catalog.model import Catalog, CatalogEntry
from fep_tools.editorial.announcements import (
    Announcement,
    CatalogSnapshot,
    compute_announcements,
    KINDS,
)
from fep_tools.history.model import Event
from fep_tools.process.model import Process

BASE_DAY, HEAD_DAY = date(2025, 3, 1), date(2025, 3, 31)
TEXT = "Abstract\n========\n\nViews may be typed.\n"


def entry(number: int = 11, status: str | None = "Draft", **values: Any) -> CatalogEntry:
    return CatalogEntry(number=number, path=f"{number}.rst", status=status, **values)


def change(
    before: str | None, after: str | None, commit: str = "c1", kind: str = "status"
) -> Event:
    return Event(kind, before, after, date(2025, 3, 9), commit)


def snapshot(
    process: Process, day: date, *entries: CatalogEntry, text: str = TEXT
) -> CatalogSnapshot:
    catalog = Catalog(tool="t", process="FEP", proposals=entries)
    return CatalogSnapshot(process, catalog, {each.number: text for each in entries}, day)


def announce(
    process: Process,
    old: CatalogEntry | None,
    new: CatalogEntry | None,
    texts: tuple[str, str] = (TEXT, TEXT),
) -> list[Announcement]:
    before = snapshot(process, BASE_DAY, *filter(None, [old]), text=texts[0])
    after = snapshot(process, HEAD_DAY, *filter(None, [new]), text=texts[1])
    return compute_announcements(before, after)


def kinds(announcements: list[Announcement]) -> list[str]:
    return [each.kind for each in announcements]


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ("Draft", "Review", "review"),
        ("Deferred", "Review", "review"),
        ("Review", "Draft", "status"),
        ("Review", "Deferred", "status"),
        ("Deferred", "Draft", "status"),
        ("Review", "Accepted", "decided"),
        ("Review", "Active", "decided"),
        ("Review", "Rejected", "decided"),
        ("Review", "Final", "decided"),
        ("Accepted", "Rejected", "decided"),
        ("Accepted", "Final", "completed"),
        ("Active", "Final", "completed"),
        ("Review", "Withdrawn", "withdrawn"),
        ("Accepted", "Withdrawn", "withdrawn"),
        ("Active", "Withdrawn", "superseded"),
        ("Final", "Superseded", "superseded"),
    ],
)
def test_changes_of_status(process: Process, before: str, after: str, kind: str) -> None:
    replaced: dict[str, Any] = {"superseded_by": (12,)} if after == "Superseded" else {}
    history = (change(None, before, "c0"), change(before, after))
    new = entry(status=after, history=history, **replaced)
    (found,) = announce(process, entry(status=before, history=history[:1]), new)
    assert (found.kind, found.before, found.after) == (kind, before, (after,))
    assert (found.date, found.commit) == (date(2025, 3, 9), "c1")


def test_statuses_in_between_are_named(process: Process) -> None:
    history = (
        change(None, "Draft", "c0"),
        change("Draft", "Review", "c1"),
        change("Review", "Accepted", "c2"),
    )
    old = entry(history=history[:1])
    (found,) = announce(process, old, entry(status="Accepted", history=history))
    assert (found.kind, found.before, found.after) == ("decided", "Draft", ("Review", "Accepted"))


def test_what_was_final_in_between_is_retired(process: Process) -> None:
    history = (
        change(None, "Accepted", "c0"),
        change("Accepted", "Final", "c1"),
        change("Final", "Withdrawn", "c2"),
    )
    old = entry(status="Accepted", history=history[:1])
    assert kinds(announce(process, old, entry(status="Withdrawn", history=history))) == [
        "superseded"
    ]


def test_a_change_that_was_undone_is_none(process: Process) -> None:
    history = (change(None, "Draft", "c0"), change("Draft", "Review"), change("Review", "Draft"))
    assert announce(process, entry(history=history[:1]), entry(history=history)) == []


def test_a_former_name_of_the_same_status_is_no_change(process: Process) -> None:
    formerly = {"Final": ("Implemented",)}
    statuses = [
        status.model_copy(update={"formerly": formerly.get(status.name, ())})
        for status in process.statuses
    ]
    renamed = process.model_copy(update={"statuses": tuple(statuses)})
    assert announce(renamed, entry(status="Implemented"), entry(status="Final")) == []


def test_a_status_that_cannot_be_read_is_not_announced(process: Process) -> None:
    assert announce(process, entry(), entry(status=None)) == []


def test_a_new_proposal(process: Process) -> None:
    history = (change(None, "Draft"),)
    (found,) = announce(process, None, entry(history=history))
    assert (found.kind, found.after, found.commit) == ("new", ("Draft",), "c1")


def test_a_new_proposal_that_was_decided_at_once(process: Process) -> None:
    history = (change(None, "Draft"), change("Draft", "Rejected", "c2"))
    found = announce(process, None, entry(status="Rejected", history=history))
    assert kinds(found) == ["new", "decided"]
    assert (found[1].before, found[1].after) == ("Draft", ("Rejected",))


def test_declared_statuses_are_older_than_the_repository(process: Process) -> None:
    declared = [Event("status", None, name, None, source="declared") for name in ("Draft", "Final")]
    assert kinds(announce(process, None, entry(status="Final", history=declared))) == ["new"]


def test_a_removed_proposal(process: Process) -> None:
    (found,) = announce(process, entry(), None)
    assert (found.kind, found.entry.number, found.date) == ("removed", 11, HEAD_DAY)


def test_a_draft_that_got_its_number(process: Process) -> None:
    history = (change(None, "Draft", "c0"), change("9999", "12", "c1", "number"))
    (found,) = announce(process, entry(9999, history=history[:1]), entry(12, history=history))
    assert (found.kind, found.before, found.after) == ("number", "9999", ("12",))


def test_a_number_that_another_draft_has_now(process: Process) -> None:
    renumbered = entry(12, history=(change("9999", "12", "c1", "number"),))
    before = snapshot(process, BASE_DAY, entry(9999))
    after = snapshot(process, HEAD_DAY, renumbered, entry(9999))
    found = compute_announcements(before, after)
    assert [(each.kind, each.entry.number) for each in found] == [("new", 12)]


REVIEW: dict[str, Any] = {"status": "Review", "review_until": date(2025, 4, 3)}


@pytest.mark.parametrize(
    ("base", "head", "expected"),
    [
        (date(2025, 3, 1), date(2025, 3, 26), []),
        (date(2025, 3, 1), date(2025, 3, 27), ["last_days"]),
        (date(2025, 3, 26), date(2025, 4, 3), ["last_days"]),
        (date(2025, 3, 27), date(2025, 3, 28), []),  # it was announced before
        (date(2025, 3, 1), date(2025, 4, 4), []),  # it is over
    ],
)
def test_last_days_are_announced_once(
    process: Process, base: date, head: date, expected: list[str]
) -> None:
    before, after = (snapshot(process, day, entry(**REVIEW)) for day in (base, head))
    assert kinds(compute_announcements(before, after)) == expected


def test_last_days_of_a_decided_proposal_are_none(process: Process) -> None:
    old = entry(**{**REVIEW, "status": "Accepted"})
    assert announce(process, old, old) == []


def test_a_review_that_goes_on_longer(process: Process) -> None:
    new = entry(**{**REVIEW, "review_until": date(2025, 4, 20)})
    (found,) = announce(process, entry(**REVIEW), new)
    assert (found.kind, found.before, found.after) == ("review", "2025-04-03", ("2025-04-20",))


def test_a_replacement_without_a_new_status(process: Process) -> None:
    (found,) = announce(process, entry(status="Final"), entry(status="Final", superseded_by=(12,)))
    assert (found.kind, found.before, found.after) == ("superseded", None, ("FEP 12",))


@pytest.mark.parametrize(
    ("status", "text", "expected"),
    [
        ("Accepted", TEXT.replace("may", "must"), [(1, 1)]),
        ("Final", f"{TEXT}\nAnd more.\n", [(0, 2)]),
        ("Accepted", TEXT.replace("typed", "*typed*"), []),
        ("Accepted", TEXT.replace("may be", "may\nbe"), []),
        ("Accepted", TEXT.replace("typed", "typde"), []),
        ("Accepted", f"{TEXT}\n..\n   Local Variables:\n   End:\n", []),
        ("Draft", TEXT.replace("may", "must"), []),
        ("Rejected", TEXT.replace("may", "must"), []),
    ],
)
def test_texts_after_the_decision(
    process: Process, status: str, text: str, expected: list[tuple[int, int]]
) -> None:
    found = announce(process, entry(status=status), entry(status=status), (TEXT, text))
    assert [each.words for each in found] == expected
    assert set(kinds(found)) <= {"text"}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ({"versions": ("3.1",)}, {"versions": ("3.2",)}, ("version", "3.1", ("3.2",))),
        ({}, {"versions": ("3.2",)}, ("version", None, ("3.2",))),
        ({"versions": ("3.1", "3.2")}, {}, ("version", "3.1, 3.2", ())),
        ({}, {"removed": ("4.0",)}, ("removal", None, ("4.0",))),
    ],
)
def test_versions(
    process: Process, old: dict[str, Any], new: dict[str, Any], expected: tuple[object, ...]
) -> None:
    (found,) = announce(process, entry(**old), entry(**new))
    assert (found.kind, found.before, found.after) == expected


def test_a_decision_says_for_which_version_it_is(process: Process) -> None:
    new = entry(status="Accepted", versions=("3.2",))
    assert kinds(announce(process, entry(status="Review"), new)) == ["decided"]
    old = entry(status="Review", versions=("3.1",))
    assert kinds(announce(process, old, new)) == ["decided", "version"]


def test_the_order_is_by_kind_and_number(process: Process) -> None:
    before = snapshot(process, BASE_DAY, entry(12, "Review"), entry(10, "Review"))
    after = snapshot(
        process, HEAD_DAY, entry(10, "Accepted"), entry(12, "Accepted"), entry(9, "Draft")
    )
    found = compute_announcements(before, after)
    assert [(each.kind, each.entry.number) for each in found] == [
        ("new", 9), ("decided", 10), ("decided", 12),
    ]  # fmt: skip
    assert KINDS.index("new") < KINDS.index("decided")


def test_a_change_has_the_same_id_in_a_longer_range(process: Process) -> None:
    history = (change(None, "Review", "c0"), change("Review", "Accepted"))
    old, new = (
        entry(status="Review", history=history[:1]),
        entry(status="Accepted", history=history),
    )
    ids = set()
    for day in (date(2025, 3, 10), date(2025, 3, 31)):
        before, after = snapshot(process, BASE_DAY, old), snapshot(process, day, new)
        ids |= {each.stable_id(process) for each in compute_announcements(before, after)}
    assert len(ids) == 1


@pytest.mark.parametrize("until", [date.min, date.max])
def test_a_review_at_an_end_of_the_calendar(process: Process, until: date) -> None:
    proposal = entry(status="Review", review_until=until)
    days = snapshot(process, date(2025, 3, 1), proposal), snapshot(process, HEAD_DAY, proposal)
    assert compute_announcements(*days) == []
