"""The catalog: what is known of the proposals, as plain values."""

from __future__ import annotations

from datetime import date

import pytest

from fep_tools.body import Body
from fep_tools.body import Heading
from fep_tools.body import Place
from fep_tools.catalog import Author
from fep_tools.catalog import Catalog
from fep_tools.catalog import catalogue
from fep_tools.catalog import plain_title
from fep_tools.process import Process
from fep_tools.proposal import Corpus
from fep_tools.proposal import Proposal

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


def made(process: Process, *texts: str, body: Body | None = None) -> Catalog:
    proposals = [
        Proposal.parse(text, process, f"proposals/{at}.rst", body=body)
        for at, text in enumerate(texts)
    ]
    return catalogue(Corpus(tuple(proposals)), process, "fep-tools 1")


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
        ([], None),
    ],
)
def test_the_abstract(
    process: Process, titles: list[tuple[str, str]], abstract: str | None
) -> None:
    place = Place(1, 1, 1, 1)
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
