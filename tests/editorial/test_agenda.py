"""What is on an agenda, and why."""

from __future__ import annotations

from datetime import date
from typing import Any

from fep_tools.catalog.model import Author, Catalog, CatalogEntry
from fep_tools.editorial.agenda import draft_agenda
from fep_tools.history.model import Event
from fep_tools.process.model import Process

TODAY, LAST = date(2027, 6, 1), date(2027, 5, 4)


def entry(number: int, status: str, **values: Any) -> CatalogEntry:
    authors = (Author(name="Ada Lovelace"),)
    path = f"proposals/fep-{number:04}.rst"
    return CatalogEntry(number=number, path=path, status=status, authors=authors, **values)


def agenda(process: Process, *entries: CatalogEntry) -> dict[str, list[str]]:
    catalog = Catalog(tool="t", process="FEP", proposals=entries, history_complete=True)
    draft = draft_agenda(catalog, process, TODAY, LAST)
    return {s.title: [f"{i.number} {i.text}" for i in s.items] for s in draft.sections}


def test_reviews_by_the_day_on_which_they_end(process: Process) -> None:
    sponsor = (Author(name="Grace Hopper"),)
    rows = (
        entry(12, "Review", review_until=date(2027, 6, 10), sponsor=sponsor),
        entry(13, "Review", review_until=date(2027, 6, 2), sponsor=sponsor),
        entry(14, "Review", review_until=date(2027, 5, 30), sponsor=sponsor),
        entry(15, "Accepted", review_until=date(2027, 6, 10)),
    )
    assert agenda(process, *rows) == {
        "In review": [
            "14 the review ended on 2027-05-30",
            "13 comments until 2027-06-02, 1 day left",
            "12 comments until 2027-06-10, 9 days left",
        ]
    }


def test_what_moved_since_the_last_meeting_is_there_once(process: Process) -> None:
    def moved(day: date, before: str | None, after: str) -> Event:
        return Event("status", before, after, day, "a")

    rows = (
        entry(12, "Final", history=(moved(LAST, "Draft", "Final"),)),
        entry(
            13,
            "Accepted",
            history=(
                moved(date(2027, 5, 5), None, "Draft"),
                moved(date(2027, 5, 6), "Draft", "Review"),
                moved(TODAY, "Review", "Accepted"),
            ),
        ),
        entry(14, "Final", history=(moved(date(2027, 6, 2), "Draft", "Final"),)),
    )
    assert agenda(process, *rows) == {
        "Moved since the last meeting": ["13 new -> Draft -> Review -> Accepted (2027-06-01)"]
    }


def test_what_is_due_says_whose_move_it_is(process: Process) -> None:
    row = entry(12, "Deferred", review_by=date(2027, 5, 1))
    assert agenda(process, row) == {}
    row = entry(12, "Active", type="Process", review_by=date(2027, 5, 1))
    assert agenda(process, row) == {
        "Due": ["12 the review that was due by 2027-05-01 is not recorded (editor)"]
    }


def test_open_proposals_without_a_sponsor(process: Process) -> None:
    rows = (
        entry(12, "Draft"),
        entry(13, "Draft", sponsor=(Author(name="Grace Hopper"),)),
        entry(14, "Draft", retroactive=True),
        entry(15, "Final"),
    )
    assert agenda(process, *rows) == {"Looking for a sponsor": ["12 Draft, by Ada Lovelace"]}
