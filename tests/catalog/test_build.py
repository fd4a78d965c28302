"""The catalog: headers, relations, history and notes as plain values."""

from __future__ import annotations

import json
from datetime import date

import pytest

from fep_tools.catalog.build import build_catalog, catalog_statistics, plain_title
from fep_tools.catalog.history import Interval, publish_timeline
from fep_tools.catalog.model import Author, Catalog
from fep_tools.history.model import Event, History, Timeline
from fep_tools.process.loader import load_process, parse_process
from fep_tools.process.model import Process
from fep_tools.process.source import BUILTIN_DIRECTORY
from fep_tools.proposals.body import Body, Heading, Location
from fep_tools.proposals.model import Corpus, Proposal

from ..conftest import ROOT

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


def catalog_of(
    process: Process, *texts: str, body: Body | None = None, history: History | None = None
) -> Catalog:
    proposals = [
        Proposal.parse(text, process, f"proposals/{index}.rst", body=body)
        for index, text in enumerate(texts)
    ]
    return build_catalog(Corpus(tuple(proposals)), process, "fep-tools 1", history)


def test_headers_become_values(process: Process) -> None:
    entry = catalog_of(process, TEXT.replace(" <ada@example.org>", "")).proposals[0]
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


def test_missing_and_invalid_headers_are_empty(process: Process) -> None:
    text = "FEP: 7\nTitle: Views\nStatus: Drafty\nCreated: yesterday\n"
    entry = catalog_of(process, text).proposals[0]
    assert (entry.status, entry.type, entry.group, entry.created) == (None, None, None, None)
    assert (entry.authors, entry.versions, entry.resolution) == ((), (), None)


PEP = """\
PEP: 7
Title: Views
Author: Ada Lovelace <ada@example.org>
Sponsor: Grace Hopper <grace at example.org>
BDFL-Delegate: The Python Council
Discussions-To: ada@example.org
Post-History: 09-Mar-2025,
              `10-Mar-2025 <https://discuss.python.org/t/1>`__
"""


def with_header(process: Process, name: str, kind: str, more: str = "") -> Process:
    """Return the process with another header."""
    table = f'\n[[header]]\nname = "{name}"\nkind = "{kind}"\n{more}\n'
    return parse_process(process.source[1] + table)


def test_headers_of_every_kind_are_published() -> None:
    """Those of a role have a key of their own, and others that of their name."""
    pep = load_process(BUILTIN_DIRECTORY / "pep.toml")
    values = catalog_of(pep, PEP).proposals[0].as_json()
    person = {"handle": None, "is_group": False}
    assert values["url"] == "https://peps.python.org/pep-0007/"
    assert values["sponsor"] == [{"name": "Grace Hopper", **person}]
    assert (values["delegate"], values["resolution"]) == ([], None)
    assert values["bdfl_delegate"] == [
        {"name": "The Python Council", "handle": None, "is_group": True}
    ]
    assert values["posts"] == [
        {"date": "2025-03-09", "url": None},
        {"date": "2025-03-10", "url": "https://discuss.python.org/t/1"},
    ]
    assert "example.org" not in json.dumps(values)


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("text", "some <ada@example.org> words", "some words"),
        ("text", "", None),
        ("number", "12", 12),
        ("numbers", "12, 13", [12, 13]),
        ("numbers", "", []),
        ("flag", "yes", True),
        ("date", "2025-03-09", "2025-03-09"),
        ("version", "3.1", "3.1"),
        ("urls", "https://example.org/1", ["https://example.org/1"]),
        ("record", "https://example.org/1", {"date": None, "url": "https://example.org/1"}),
    ],
)
def test_a_header_without_a_role(process: Process, kind: str, text: str, value: object) -> None:
    longer = with_header(process, "Release-Note", kind)
    entry = catalog_of(longer, f"FEP: 7\nTitle: Views\nRelease-Note: {text}\n").proposals[0]
    assert entry.as_json()["release_note"] == value


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("date", "2025-03-09", [{"date": "2025-03-09", "url": None}]),
        ("url", "https://example.org/1", [{"date": None, "url": "https://example.org/1"}]),
        ("text", "in March", ["in March"]),
    ],
)
def test_posts_are_events(process: Process, kind: str, text: str, value: object) -> None:
    longer = with_header(process, "Posts", kind, 'role = "posts"')
    entry = catalog_of(longer, f"FEP: 7\nTitle: Views\nPosts: {text}\n").proposals[0]
    assert entry.as_json()["posts"] == value


@pytest.mark.parametrize(
    ("requires", "required_by"),
    [
        pytest.param({11: "12", 12: ""}, {11: (), 12: (11,)}, id="one"),
        pytest.param({11: "12", 12: "11"}, {11: (12,), 12: (11,)}, id="each other"),
        pytest.param({11: "13", 9: "13", 13: ""}, {13: (9, 11)}, id="several, sorted"),
        pytest.param({11: "11"}, {11: ()}, id="itself"),
        pytest.param({11: "11, 12", 12: "12"}, {11: (), 12: (11,)}, id="itself and another"),
        pytest.param({11: "404"}, {11: ()}, id="missing proposal"),
    ],
)
def test_required_by(
    process: Process, requires: dict[int, str], required_by: dict[int, tuple[int, ...]]
) -> None:
    texts = [
        f"FEP: {n}\n{f'Requires: {some}' if some else 'T: t'}\n" for n, some in requires.items()
    ]
    catalog = catalog_of(process, *texts)
    for number, expected in required_by.items():
        entry = catalog.get(number)
        assert entry is not None
        assert entry.required_by == expected
        assert number not in entry.related


def test_entries_are_sorted_by_number_and_have_one(process: Process) -> None:
    catalog = catalog_of(process, "FEP: 9\n", "FEP: 10\n", "FEP: 9\n", "Title: none\n")
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
def test_abstract(process: Process, titles: list[tuple[str, str]], abstract: str | None) -> None:
    location = Location(1, 1, 1, 1)
    headings = tuple(Heading(title, 1, location, not text, text) for title, text in titles)
    entry = catalog_of(process, TEXT, body=Body(headings=headings)).proposals[0]
    assert entry.abstract == abstract


@pytest.mark.parametrize(
    ("title", "plain"),
    [
        ("FEP 11: Blueprints", "Blueprints"),
        ("FEP 0011 - Blueprints", "Blueprints"),
        ("fep-11 Blueprints", "Blueprints"),
        ("FEP 11", "FEP 11"),
        ("FEP 12: Blueprints", "FEP 12: Blueprints"),
        ("FEP 1: Blueprints", "FEP 1: Blueprints"),
        ("FEP 12 and others", "FEP 12 and others"),
        (f"FEP {'1' * 40}: Blueprints", f"FEP {'1' * 40}: Blueprints"),
        ("a" * 90, "a" * 90),
        ("", ""),
        ("FEPs and PEPs", "FEPs and PEPs"),
        ("``g`` and friends", "g and friends"),
        (r"Order of \*\*kwargs", "Order of **kwargs"),
        (r"``ExceptionGroup``\ s", "ExceptionGroups"),
        (r"Change ``\x`` Escapes", r"Change \x Escapes"),
        ("A ``lone pair", "A lone pair"),
        ("Ends with \\", "Ends with \\"),
    ],
)
def test_plain_title(process: Process, title: str, plain: str) -> None:
    text = f"FEP: 11\nTitle: {title}\n"
    assert plain_title(Proposal.parse(text, process), process) == plain


def test_what_is_repeated_is_short(process: Process) -> None:
    """A thousand changes of a status put a title of a megabyte a thousand times into a feed."""
    entry = catalog_of(process, f"FEP: 11\nTitle: {'a' * 5000}\nStatus: Draft\n").proposals[0]
    assert entry.title == "a" * 299 + "…"
    event = Event("title", "b" * 5000, "c" * 5000, None, None, "d" * 5000)
    (published,) = publish_timeline(Timeline(11, "a.rst", (event,)), process).events
    assert (published.before, published.after) == ("b" * 1999 + "…", "c" * 1999 + "…")
    assert published.author == "d" * 1999 + "…"


@pytest.mark.parametrize(
    ("title", "plain"),
    [
        (r"Order of \*\*kwargs", "Order of **kwargs"),
        (r"Change `\*` and \d", r"Change \* and \d"),
    ],
)
def test_plain_title_in_markdown(title: str, plain: str) -> None:
    process = parse_process((ROOT / "fep/process.toml").read_text("utf-8"))
    text = f"FEP: 11\nTitle: {title}\n"
    assert plain_title(Proposal.parse(text, process, "proposals/fep-0011.md"), process) == plain


def test_a_heading_has_no_escapes_left(process: Process) -> None:
    process = process.model_copy(update={"title_source": "heading"})
    body = Body(headings=(Heading(r"The \x escape", 1, Location(1, 1, 1, 2), False, ""),))
    proposal = Proposal.parse("", process, "proposals/fep-0011.rst", body=body)
    assert plain_title(proposal, process) == r"The \x escape"


@pytest.mark.parametrize(
    ("acronym", "title_format", "title", "plain"),
    [
        ("NEP", "", "NEP 11 — Array API", "Array API"),
        ("NEP", "", "NEP 11 – Array API", "Array API"),
        ("NEP", "", "NEP 0011 -- Array API", "Array API"),
        ("NEP", "", "NEP 11: — Array API", "— Array API"),
        ("SLEP", "", "SLEP011: Routing", "Routing"),
        ("SLEP", "", "SLEP011:Routing", "Routing"),
        ("SLEP", "", "SLEP011.5 things", "SLEP011.5 things"),
        ("RFC", "", "MS RFC 11: Routing", "MS RFC 11: Routing"),
        ("RFC", "MS RFC {number}: {title}", "MS RFC 11: Routing", "Routing"),
        ("RFC", "MS RFC {number}: {title}", "MS-RFC 011 - Routing", "Routing"),
        ("RFC", "MS RFC {number}: {title}", "RFC 11: Routing", "Routing"),
    ],
)
def test_plain_title_of_a_heading(acronym: str, title_format: str, title: str, plain: str) -> None:
    tables = {"acronym": acronym, "title_source": "heading", "title_format": title_format}
    text = (ROOT / "fep/process.toml").read_text("utf-8")
    process = parse_process(text).model_copy(update=tables)
    body = Body(headings=(Heading(title, 1, Location(1, 1, 1, 2), False, ""),))
    proposal = Proposal.parse("", process, "proposals/fep-0011.rst", body=body)
    assert plain_title(proposal, process) == plain


def test_two_files_with_one_number_are_both_listed(process: Process) -> None:
    paths = ("proposals/fep-0011-b.rst", "proposals/fep-0011.rst", "proposals/fep-0010.rst")
    numbers = (11, 11, 10)
    corpus = Corpus(
        tuple(
            Proposal.parse(f"FEP: {number}\nStatus: Draft\n", process, path)
            for number, path in zip(numbers, paths, strict=True)
        )
    )
    catalog = build_catalog(corpus, process, "fep-tools")
    assert [entry.path for entry in catalog.proposals] == [paths[2], paths[1]]
    assert [entry.path for entry in catalog.duplicates] == [paths[0]]
    assert [entry.path for entry in catalog.entries] == [paths[2], paths[1], paths[0]]
    (drafts,) = catalog.grouped(process).values()
    assert drafts == catalog.entries


def test_a_section_is_never_the_title(process: Process) -> None:
    heading = Heading("Abstract", 1, Location(3, 1, 3, 9), False, "Text.")
    (entry,) = catalog_of(process, "FEP: 11\n", body=Body(headings=(heading,))).proposals
    assert entry.title is None


def test_groups_are_those_of_the_process(process: Process) -> None:
    grouped = catalog_of(process, TEXT, "FEP: 12\nStatus: Final\n").grouped(process)
    assert {title: len(entries) for title, entries in grouped.items()} == {"Drafts": 1, "Final": 1}


def test_review_dates(process: Process) -> None:
    text = "FEP: 9\nReview-Until: 2025-03-09\nReview-By: 2026-03-09\n"
    (entry,) = catalog_of(process, text).proposals
    assert (entry.review_until, entry.review_by) == (date(2025, 3, 9), date(2026, 3, 9))


# History -----------------------------------------------------------------------------------

CHANGED = date(2025, 4, 1)


def history_of(*events: Event, complete: bool = True) -> History:
    timeline = Timeline(11, "proposals/0.rst", events, complete, CHANGED)
    return History("c0ffee", (timeline,), complete)


def test_history_from_git(process: Process) -> None:
    event = Event("status", None, "Draft", date(2025, 3, 9), "c0ffee", "Ada")
    catalog = catalog_of(process, TEXT, history=history_of(event))
    assert (catalog.commit, catalog.history_complete) == ("c0ffee", True)
    (entry,) = catalog.proposals
    assert (entry.changed, entry.history_complete) == (CHANGED, True)
    assert entry.history == (event,)


def test_without_git_there_is_no_history(process: Process) -> None:
    catalog = catalog_of(process, TEXT)
    assert (catalog.commit, catalog.history_complete) == (None, False)
    (entry,) = catalog.proposals
    assert (entry.changed, entry.history, entry.history_complete) == (None, (), False)


def test_without_git_declared_events_are_kept(process: Process) -> None:
    declares = "Retroactive: yes\nStatus-History: 2011-06-28 Draft https://example.org/1\n"
    (entry,) = catalog_of(process, TEXT + declares).proposals
    day, link = date(2011, 6, 28), "https://example.org/1"
    assert entry.history == (Event("status", None, "Draft", day, source="declared", link=link),)
    assert (entry.changed, entry.history_complete) == (None, False)


def test_a_shallow_history_is_incomplete_for_all(process: Process) -> None:
    history = history_of(complete=False)
    catalog = catalog_of(process, TEXT, TEXT.replace("11", "12"), history=history)
    assert [entry.history_complete for entry in catalog.proposals] == [False, False]
    assert catalog.history_complete is False


def test_an_uncommitted_proposal_has_no_events(process: Process) -> None:
    catalog = catalog_of(process, "FEP: 9\n", history=History("c0ffee", ()))
    (entry,) = catalog.proposals
    assert (entry.changed, entry.history, entry.history_complete) == (None, (), True)


def test_email_addresses_are_not_published(process: Process) -> None:
    moved = Event("authors", "Ada <a@example.org>", "Ada <b@example.org>", CHANGED)
    joined = Event(
        "authors", "Ada <b@example.org>", "Ada, Bob <c@example.org>", CHANGED, "1", "d@e.org"
    )
    (entry,) = catalog_of(process, TEXT, history=history_of(moved, joined)).proposals
    assert entry.history == (Event("authors", "Ada", "Ada, Bob", CHANGED, "1", "(e-mail)"),)
    assert "example.org" not in repr(entry.history)


def status(after: str | None, day: date | None) -> Event:
    return Event("status", "before", after, day)


D1, D2 = date(2011, 3, 18), date(2011, 6, 28)


def test_the_intervals_follow_from_the_history(process: Process) -> None:
    history = history_of(status("Draft", D1), status("Accepted", D2))
    (entry,) = catalog_of(process, TEXT, history=history).proposals
    assert entry.intervals == (
        Interval("Draft", "open", D1, D2),
        Interval("Accepted", "agreed", D2),
    )


def test_statistics_end_today(process: Process) -> None:
    other = TEXT.replace("FEP: 11", "FEP: 12")
    history = History(
        "c0ffee",
        (
            Timeline(11, "proposals/0.rst", (status("Draft", D1),)),
            Timeline(12, "proposals/1.rst", (Event("title", "a", "b", D2),)),
        ),
    )
    catalog = catalog_of(process, TEXT, other, history=history)
    found = catalog_statistics(catalog, process, D2)
    assert found.until == D2
    assert (found.proposals, found.complete) == (2, True)
    assert found.created_per_year == {(2025, "Process"): 2}


def test_proposals_without_a_number_are_listed_by_path(process: Process) -> None:
    texts = {
        "proposals/fep-0010.rst": "FEP: 10\nStatus: Draft\n",
        "proposals/typed.rst": "Title: Typed views\nStatus: Draft\n",
        "proposals/empty.rst": "",
    }
    corpus = Corpus(tuple(Proposal.parse(text, process, path) for path, text in texts.items()))
    catalog = build_catalog(corpus, process, "fep-tools")
    assert [entry.number for entry in catalog.entries] == [10]
    assert [(e.path, e.title, e.status, e.type) for e in catalog.unnumbered] == [
        ("proposals/empty.rst", None, None, None),
        ("proposals/typed.rst", "Typed views", "Draft", None),
    ]


def test_numbers_that_are_not_whole(process: Process) -> None:
    text = (ROOT / "fep" / "process.toml").read_text("utf-8")
    assert "[files]\n" in text
    written = parse_process(
        text.replace("[files]\n", "[files]\nwritten_numbers = true\n", 1)
    ).model_copy(update={"url": "https://example.org/fep-{0}.html"})
    names = ("0007", "0022", "22a", "7.1", "7.10", "7.2", "typed")

    def build(process: Process) -> Catalog:
        texts = {name: f"Title: FEP {name}: Views\nStatus: Draft\n" for name in names}
        parsed = (Proposal.parse(texts[n], process, f"proposals/fep-{n}.rst") for n in names)
        return build_catalog(Corpus(tuple(parsed)), process, "fep-tools")

    catalog = build(written)
    assert [entry.numeral for entry in catalog.listed] == ["7", "7.1", "7.2", "7.10", "22", "22a"]
    first, *_others, last = catalog.unnumbered
    assert (first.number, first.written_number, first.title) == (None, "22a", "Views")
    assert (first.status, first.group) == ("Draft", "Drafts")
    assert first.url == "https://example.org/fep-22a.html"
    assert (last.path, last.written_number, last.url) == ("proposals/fep-typed.rst", None, None)
    assert [entry.numeral for entry in build(process).listed] == ["7", "22"]


@pytest.mark.parametrize(
    ("path", "title"), [("7.md", "Adds baseFee to blocks"), ("7.rst", "Adds `baseFee` to blocks")]
)
def test_backquotes_of_markdown_are_not_in_the_title(
    path: str, title: str, process: Process
) -> None:
    text = "FEP: 7\nTitle: Adds `baseFee` to ``blocks``\n"
    assert plain_title(Proposal.parse(text, process, path), process) == title
