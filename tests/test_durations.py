"""The tables of FEP 27 contain the dates and durations that the headers of the proposals give."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from statistics import median

import pytest

from fep_tools import Proposal, Repository

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "proposals" / "fep-0027.rst").read_text("utf-8")
ROW = re.compile(r":fep:`(\d+)`  .+?  (\S{10})\s+(\S{10})\s+(\S{10}|not yet)")
Dates = tuple[date | None, ...]


def first_dates(proposal: Proposal) -> Dates:
    """Return the dates of the first record, of the decision and of the release."""
    entries = proposal.value("history") or ()
    return tuple(
        next((entry.date for entry in entries if entry.status in statuses), None)
        for statuses in (("Draft",), ("Accepted", "Active"), ("Final",))
    )


@pytest.fixture(scope="module")
def changes() -> dict[int | None, Dates]:
    """Return the dates of every change to Flask that is recorded, by number."""
    return {
        proposal.number: first_dates(proposal)
        for proposal in Repository.open(ROOT).corpus(bodies=False)
        if proposal.value("retroactive") and proposal.value("version")
    }


def test_the_table_of_dates(changes: dict[int | None, Dates]) -> None:
    rows = {int(number): dates for number, *dates in ROW.findall(TEXT)}
    assert rows == {n: [str(d or "not yet") for d in dates] for n, dates in changes.items()}
    assert [*rows] == sorted(rows, key=lambda number: (rows[number][0], number))


@pytest.mark.parametrize(
    ("name", "start", "end"),
    [
        ("first record to decision", 0, 1),
        ("decision to release", 1, 2),
        ("first record to release", 0, 2),
    ],
)
def test_the_table_of_days(
    changes: dict[int | None, Dates], name: str, start: int, end: int
) -> None:
    pairs = [(dates[start], dates[end]) for dates in changes.values()]
    days = [(last - first).days for first, last in pairs if first and last]
    row = next(line for line in TEXT.splitlines() if line.startswith(name))
    figures = [len(days), min(days), median(days), max(days)]
    assert [float(cell) for cell in row.removeprefix(name).split()] == figures
