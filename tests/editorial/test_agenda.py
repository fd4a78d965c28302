"""What is on an agenda, and why."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from fep_tools.catalog.build import build_catalog
from fep_tools.catalog.listings import select_listings
from fep_tools.editorial.agenda import draft_agenda
from fep_tools.editorial.overdue import find_overdue
from fep_tools.history.model import Event
from fep_tools.process.model import Process
from fep_tools.proposals.model import Corpus, Proposal

TODAY, LAST = date(2027, 6, 1), date(2027, 5, 4)
SPONSOR = "Sponsor: Grace Hopper"


def text(number: int, status: str, *lines: str) -> str:
    rows = (f"FEP: {number}", "Title: T", "Author: Ada Lovelace", f"Status: {status}", *lines)
    return "\n".join((*rows, "", "Text.", ""))


def agenda(
    process: Process, *texts: str, history: Mapping[int, tuple[Event, ...]] | None = None
) -> dict[str, list[str]]:
    proposals = tuple(
        Proposal.parse(text, process, f"proposals/fep-{n:04}.rst") for n, text in enumerate(texts)
    )
    catalog = build_catalog(Corpus(proposals), process, "t")
    entries = tuple(
        entry.model_copy(update={"history": (history or {}).get(entry.number, ())})
        for entry in catalog.proposals
    )
    catalog = catalog.model_copy(update={"proposals": entries, "history_complete": True})
    listings = select_listings(catalog, process, proposals)
    report = find_overdue(catalog, process, TODAY)
    draft = draft_agenda(catalog, listings, process, report, LAST)
    return {s.title: [f"{i.number} {i.text}" for i in s.items] for s in draft.sections}


def test_reviews_by_the_day_on_which_they_end(process: Process) -> None:
    rows = (
        text(12, "Review", "Review-Until: 2027-06-10", SPONSOR),
        text(13, "Review", "Review-Until: 2027-06-02", SPONSOR),
        text(14, "Review", "Review-Until: 2027-05-30", SPONSOR),
        text(15, "Accepted", "Review-Until: 2027-06-10"),
        text(16, "Review", SPONSOR),
    )
    assert agenda(process, *rows) == {
        "In review": [
            "14 the review ended on 2027-05-30",
            "13 comments until 2027-06-02, 1 day left",
            "12 comments until 2027-06-10, 9 days left",
            "16 Review, without a last day for comments",
        ]
    }


def test_what_moved_since_the_last_meeting_is_there_once(process: Process) -> None:
    def moved(day: date, before: str | None, after: str) -> Event:
        return Event("status", before, after, day, "a")

    history = {
        12: (moved(LAST, "Draft", "Final"),),
        13: (
            moved(date(2027, 5, 5), None, "Draft"),
            moved(date(2027, 5, 6), "Draft", "Review"),
            moved(TODAY, "Review", "Accepted"),
        ),
        14: (moved(date(2027, 6, 2), "Draft", "Final"),),
        15: (moved(TODAY, "final", "Final"),),
    }
    rows = (text(12, "Final"), text(13, "Accepted"), text(14, "Final"), text(15, "Final"))
    assert agenda(process, *rows, history=history) == {
        "Moved since the last meeting": ["13 new -> Draft -> Review -> Accepted (2027-06-01)"]
    }


def test_what_is_due_says_whose_move_it_is(process: Process) -> None:
    lines = ("Type: Process", "Review-By: 2027-05-01")
    assert agenda(process, text(12, "Deferred", *lines)) == {}
    assert agenda(process, text(12, "Active", *lines)) == {
        "Due": ["12 the review that was due by 2027-05-01 is not recorded (editor)"]
    }


def test_what_is_due_for_review_before_the_next_meeting(process: Process) -> None:
    days = ("2027-06-01", "2027-06-29", "2027-06-30")
    rows = (text(12 + n, "Active", f"Review-By: {day}") for n, day in enumerate(days))
    assert agenda(process, *rows) == {
        "Due for review": ["12 due for review by 2027-06-01", "13 due for review by 2027-06-29"]
    }


def test_drafts_without_a_sponsor(process: Process) -> None:
    rows = (
        text(12, "Draft"),
        text(13, "Draft", SPONSOR),
        text(14, "Draft", "Retroactive: yes"),
        text(15, "Final"),
    )
    assert agenda(process, *rows) == {"Looking for a sponsor": ["12 Draft, by Ada Lovelace"]}


def test_without_a_list_of_reviews_an_ended_one_is_due(process: Process) -> None:
    bare = process.model_copy(update={"lists": ()})
    assert agenda(bare, text(12, "Review", "Review-Until: 2027-05-30", SPONSOR)) == {
        "Due": ["12 the review ended on 2027-05-30, and there is no decision (editor)"]
    }
