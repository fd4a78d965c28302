"""The catalog: what is known of the proposals, as plain values."""

from __future__ import annotations

from datetime import date

import pytest

from fep_tools.catalog.build import Author, build_catalog, Catalog, CatalogEvent, plain_title
from fep_tools.cli.render.log import as_row
from fep_tools.history.load import History
from fep_tools.history.model import Event as Told
from fep_tools.history.model import Timeline
from fep_tools.process.model import Process
from fep_tools.proposals.body import Body, Heading, Location
from fep_tools.proposals.model import Corpus, Proposal

TEXT = """\
FEP: 11
Title: ``Blueprint`` objects
Author: Ada Lovelace <ada@example.org>, Bob (@bob)
Discussions-To: https://example.org/t/1
Status: Draft
Type: Process
Topic: Core, Education
Requires: 12
Created: 2025-03-09
Flask-Version: 3.1
Superseded-By: 13
Resolution: 2025-04-01 https://example.org/t/2
"""


def made(
    process: Process, *texts: str, body: Body | None = None, past: History | None = None
) -> Catalog:
    proposals = [
        Proposal.parse(text, process, f"proposals/{at}.rst", body=body)
        for at, text in enumerate(texts)
    ]
    return build_catalog(Corpus(tuple(proposals)), process, "fep-tools 1", past)


def test_an_entry_says_what_the_headers_say(process: Process) -> None:
    entry = made(process, TEXT.replace(" <ada@example.org>", "")).proposals[0]
    assert entry.title == "Blueprint objects"
    assert entry.authors == (Author(name="Ada Lovelace"), Author(name="Bob", handle="bob"))
    assert entry.topics == ("Core", "Education")
    assert (entry.status, entry.type, entry.group) == ("Draft", "Process", "Drafts")
    assert entry.versions == ("3.1",)
    assert entry.created == date(2025, 3, 9)
    assert (entry.requires, entry.superseded_by, entry.replaces) == ((12,), (13,), ())
    assert entry.discussion == "https://example.org/t/1"
    assert entry.resolution is not None
    assert entry.resolution.date == date(2025, 4, 1)


def test_what_is_not_said_or_wrong_is_empty(process: Process) -> None:
    entry = made(process, "FEP: 7\nTitle: Views\nStatus: Drafty\nCreated: yesterday\n").proposals[0]
    assert (entry.status, entry.type, entry.group, entry.created) == (None, None, None, None)
    assert (entry.authors, entry.versions, entry.resolution) == ((), (), None)


def test_relations_are_seen_from_both_ends(process: Process) -> None:
    catalog = made(process, TEXT, TEXT.replace("FEP: 11", "FEP: 12").replace("Requires: 12\n", ""))
    required = catalog.get(12)
    assert required is not None
    assert required.required_by == (11,)


def test_entries_are_in_the_order_of_numbers(process: Process) -> None:
    catalog = made(process, "FEP: 9\n", "FEP: 10\n", "FEP: 9\n", "Title: none\n")
    assert [entry.number for entry in catalog.proposals] == [9, 10]
    assert [entry.path for entry in catalog.proposals] == ["proposals/0.rst", "proposals/1.rst"]
    assert catalog.get(11) is None


@pytest.mark.parametrize(
    ("titles", "abstract"),
    [
        ([("Motivation", "Why."), ("Abstract", "What.")], "What."),
        ([("Introduction", ""), ("Motivation", "Why.")], "Why."),
        ([("Abstract", "")], None),
        ([("Abstract", ""), ("Motivation", "Why.")], None),
        ([], None),
    ],
)
def test_the_abstract(
    process: Process, titles: list[tuple[str, str]], abstract: str | None
) -> None:
    place = Location(1, 1, 1, 1)
    headings = tuple(Heading(title, 1, place, not text, text) for title, text in titles)
    assert made(process, TEXT, body=Body(headings=headings)).proposals[0].abstract == abstract


@pytest.mark.parametrize(
    ("title", "plain"),
    [
        ("FEP 11: Blueprints", "Blueprints"),
        ("FEP 0011 - Blueprints", "Blueprints"),
        ("fep-11 Blueprints", "Blueprints"),
        ("FEP 11", "FEP 11"),
        ("FEPs and PEPs", "FEPs and PEPs"),
        ("``g`` and friends", "g and friends"),
    ],
)
def test_titles_are_plain(process: Process, title: str, plain: str) -> None:
    assert plain_title(Proposal.parse(f"Title: {title}\n", process), process) == plain


def test_groups_are_those_of_the_process(process: Process) -> None:
    grouped = made(process, TEXT, "FEP: 12\nStatus: Final\n").grouped(process)
    assert {title: len(entries) for title, entries in grouped.items()} == {"Drafts": 1, "Final": 1}


DAY = date(2025, 4, 1)


def told(*events: Told, number: int = 11, complete: bool = True) -> History:
    line = Timeline(number, "proposals/0.rst", events, complete, DAY)
    return History("c0ffee", (line,), complete)


def test_the_past_is_in_the_catalog(process: Process) -> None:
    happened = Told("status", None, "Draft", date(2025, 3, 9), "c0ffee", "Ada")
    catalog = made(process, TEXT, past=told(happened))
    assert (catalog.commit, catalog.history_complete) == ("c0ffee", True)
    (entry,) = catalog.proposals
    assert (entry.changed, entry.history_complete) == (DAY, True)
    assert [event.as_json() for event in entry.history] == [as_row(happened)]


def test_without_git_nothing_is_known_of_the_past(process: Process) -> None:
    catalog = made(process, TEXT)
    assert (catalog.commit, catalog.history_complete) == (None, False)
    (entry,) = catalog.proposals
    assert (entry.changed, entry.history, entry.history_complete) == (None, (), False)


def test_without_git_there_is_what_a_proposal_says_of_its_own_past(process: Process) -> None:
    declares = "Retroactive: yes\nStatus-History: 2011-06-28 Draft https://example.org/1\n"
    (entry,) = made(process, TEXT + declares).proposals
    day, link = date(2011, 6, 28), "https://example.org/1"
    assert entry.history == (
        CatalogEvent(kind="status", after="Draft", date=day, source="declared", link=link),
    )
    assert (entry.changed, entry.history_complete) == (None, False)


def test_a_history_that_begins_in_the_middle_says_so(process: Process) -> None:
    catalog = made(process, TEXT, TEXT.replace("11", "12"), past=told(complete=False))
    assert [entry.history_complete for entry in catalog.proposals] == [False, False]
    assert catalog.history_complete is False


def test_what_was_not_committed_yet_has_no_past(process: Process) -> None:
    catalog = made(process, "FEP: 9\n", past=History("c0ffee", ()))
    (entry,) = catalog.proposals
    assert (entry.changed, entry.history, entry.history_complete) == (None, (), True)


def test_addresses_of_e_mail_are_not_published(process: Process) -> None:
    moved = Told("authors", "Ada <a@example.org>", "Ada <b@example.org>", DAY)
    joined = Told("authors", "Ada <b@example.org>", "Ada, Bob <c@example.org>", DAY, "1", "d@e.org")
    (entry,) = made(process, TEXT, past=told(moved, joined)).proposals
    assert entry.history == (
        CatalogEvent(
            kind="authors", before="Ada", after="Ada, Bob", date=DAY, commit="1", author="(e-mail)"
        ),
    )
    assert "example.org" not in repr(entry.history)


def test_days_of_reviews_are_told(process: Process) -> None:
    (entry,) = made(process, "FEP: 9\nReview-Until: 2025-03-09\nReview-By: 2026-03-09\n").proposals
    assert (entry.review_until, entry.review_by) == (date(2025, 3, 9), date(2026, 3, 9))
