"""Status transitions: the edits that go with them, and what keeps them from being made."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from fep_tools.diagnostics import Severity
from fep_tools.editing.file_changes import FileChanges, write_changes
from fep_tools.editing.next_status import next_statuses
from fep_tools.editing.transition import find_status, StatusChange, transition_texts
from fep_tools.editing.transition_plan import plan_transition
from fep_tools.errors import FepError, RepositoryError
from fep_tools.process.loader import load_process, parse_process
from fep_tools.process.model import Process
from fep_tools.process.schema import Role
from fep_tools.proposals.model import Corpus, Proposal
from fep_tools.repository import Repository

from ..conftest import ROOT, TODAY

PEP = load_process(ROOT / "src" / "fep_tools" / "process" / "builtin" / "pep.toml")
PATH = "proposals/fep-0010.rst"
URL = "https://example.org/thread/7"
DECIDED = f"2026-11-20 {URL}"


def proposal(process: Process, *headers: str, number: int = 10) -> Proposal:
    lines = [f"FEP: {number}", "Title: Typed views", *headers]
    return Proposal.parse("\n".join((*lines, "")), process, f"proposals/fep-00{number}.rst")


def change(status: str, resolution: str | None = None, *by: int) -> StatusChange:
    return StatusChange(10, status, TODAY, resolution, by)


def process_with_header(name: str, *edits: tuple[str, str]) -> Process:
    """Return a process in which the table of a header is edited."""
    text = (ROOT / "fep" / "process.toml").read_text("utf-8")
    header = text[text.index(f'name = "{name}"') :]
    header = edited = header[: header.index("[[header]]")]
    for old, new in edits:
        assert edited.count(old) == 1
        edited = edited.replace(old, new)
    return parse_process(text.replace(header, edited))


def with_review_date_when_accepted() -> Process:
    """Return a process in which a review date stays when the proposal is accepted."""
    return process_with_header(
        "Review-Until",
        ('"Draft", "Accepted", ', '"Draft", '),
        ('[{ statuses = ["Review"]', '[{ statuses = ["Review", "Accepted"]'),
    )


@pytest.mark.parametrize(
    ("change", "before", "after"),
    [
        (
            change("Review"),
            ["Status: Draft", "Type: Process"],
            ["Status: Review", "Type: Process", "Review-Until: 2026-12-04"],
        ),
        (  # a date that the new status forbids is removed
            change("draft"),
            ["Status: Review", "Type: Process", "Review-Until: 2026-12-04"],
            ["Status: Draft", "Type: Process"],
        ),
        (  # a draft that already has a date gets a new one
            change("Review"),
            ["Status: Draft", "Type: Process", "Review-Until: 2020-01-01"],
            ["Status: Review", "Type: Process", "Review-Until: 2026-12-04"],
        ),
        (
            change("Accepted", URL),
            ["Status: Review", "Type: Standards Track", "Review-Until: 2026-12-04"],
            ["Status: Accepted", "Type: Standards Track", f"Resolution: {DECIDED}"],
        ),
        (  # without a URL there is no resolution, which the check then asks for
            change("Accepted"),
            ["Status: Review", "Type: Standards Track"],
            ["Status: Accepted", "Type: Standards Track"],
        ),
        (  # a second decision replaces the first
            change("Rejected", URL),
            ["Status: Accepted", "Type: Process", "Resolution: 2020-01-01 https://e.org/"],
            ["Status: Rejected", "Type: Process", f"Resolution: {DECIDED}"],
        ),
        (
            change("Active", URL),
            ["Status: Review", "Type: Process"],
            ["Status: Active", "Type: Process", "Review-By: 2027-11-20", f"Resolution: {DECIDED}"],
        ),
        (
            change("Final"),
            ["Status: Active", "Type: Process", "Review-By: 2027-11-20"],
            ["Status: Final", "Type: Process"],
        ),
        (
            change("Superseded", None, 11),
            ["Status: Final", "Type: Process"],
            ["Status: Superseded", "Type: Process", "Superseded-By: 11"],
        ),
        (  # a retroactive proposal records each transition
            change("Final", URL),
            ["Status: Draft", "Type: Process", "Retroactive: yes",
             "Status-History: 2020-01-01 Draft https://e.org/"],
            ["Status: Final", "Type: Process", f"Resolution: {DECIDED}", "Retroactive: yes",
             "Status-History: 2020-01-01 Draft https://e.org/", f"    2026-11-20 Final {URL}"],
        ),
    ],
)  # fmt: skip
def test_edits(process: Process, change: StatusChange, before: list[str], after: list[str]) -> None:
    corpus = Corpus((proposal(process, *before), proposal(process, number=11)))
    text = transition_texts(process, corpus, change)[PATH]
    assert text.splitlines() == ["FEP: 10", "Title: Typed views", *after]


@pytest.mark.parametrize("resolution", [None, URL])
@pytest.mark.parametrize("dates", [["Review-Until: 2026-12-04"], []])
def test_a_date_that_was_needed_before_is_kept(resolution: str | None, dates: list[str]) -> None:
    process = with_review_date_when_accepted()
    before = proposal(process, "Status: Review", "Type: Standards Track", *dates)
    text = transition_texts(process, Corpus((before,)), change("Accepted", resolution))[PATH]
    assert [line for line in text.splitlines() if line.startswith("Review-Until")] == dates


@pytest.mark.parametrize(
    ("formats", "date_format", "expected"),
    [
        (["{date} {url}"], "YYYY-MM-DD", f"2026-11-20 {URL}"),
        (["{url}"], "YYYY-MM-DD", URL),
        (["{date} {status} {url}"], "YYYY-MM-DD", f"2026-11-20 Accepted {URL}"),
        (["{url}", "`{date} <{url}>`__"], "DD-mmm-YYYY", f"`20-Nov-2026 <{URL}>`__"),
        (["{date} {url}", "{url}"], "DD-mmm-YYYY", f"20-Nov-2026 {URL}"),
    ],
)
def test_resolution_has_the_longest_format_of_its_header(
    formats: list[str], date_format: str, expected: str
) -> None:
    table = f'record_formats = {json.dumps(formats)}\ndate_format = "{date_format}"'
    process = process_with_header("Resolution", ('record_formats = ["{date} {url}"]', table))
    before = proposal(process, "Status: Review", "Type: Standards Track")
    text = transition_texts(process, Corpus((before,)), change("Accepted", URL))[PATH]
    assert text.splitlines()[-1] == f"Resolution: {expected}"


@pytest.mark.parametrize(
    ("type_", "dates"),
    [("Process", ["Review-Until: 04-Dec-2026"]), ("Standards Track", [])],
)
def test_review_date_follows_the_table_of_its_header(type_: str, dates: list[str]) -> None:
    """The header is required for one type, and has another format of dates."""
    process = process_with_header(
        "Review-Until",
        ('[{ statuses = ["Review"] }]', '[{ statuses = ["Review"], types = ["Process"] }]'),
        ('kind = "date"', 'kind = "date"\ndate_format = "DD-mmm-YYYY"'),
    )
    before = proposal(process, "Status: Draft", f"Type: {type_}")
    text = transition_texts(process, Corpus((before,)), change("Review"))[PATH]
    assert text.splitlines()[4:] == dates


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ([], ["Replaces: 10"]),
        (["Replaces: 3, 20"], ["Replaces: 3, 10, 20"]),
        (["Replaces: 10"], ["Replaces: 10"]),
    ],
)
def test_the_successor_names_what_it_replaces(
    process: Process, before: list[str], after: list[str]
) -> None:
    successor = proposal(process, *before, number=11)
    corpus = Corpus((proposal(process, "Status: Final"), successor))
    texts = transition_texts(process, corpus, change("Superseded", None, 11))
    assert list(texts) == [PATH, successor.path]
    assert texts[successor.path].splitlines() == ["FEP: 11", "Title: Typed views", *after]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (StatusChange(99, "Final", TODAY), "there is no FEP 99"),
        (change("Finl"), 'there is no status "Finl"; did you mean Final?'),
        (change("Draft"), "FEP 10 is already Draft"),
        (change("Superseded", None, 10), "FEP 10 cannot supersede itself"),
        (change("Superseded", None, 99), "there is no FEP 99"),
    ],
)
def test_obstacles(process: Process, change: StatusChange, message: str) -> None:
    corpus = Corpus((proposal(process, "Status: Draft"),))
    with pytest.raises(FepError) as caught:
        transition_texts(process, corpus, change)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("headers", "message"),
    [
        (
            ["Status: Drfat"],
            'FEP 10 has the status "Drfat", which does not exist; did you mean Draft?',
        ),
        (["Status:"], "FEP 10 has no 'Status'; write its present one first"),
        ([], "FEP 10 has no 'Status'; write its present one first"),
    ],
)  # fmt: skip
def test_the_present_status_is_the_obstacle(
    process: Process, headers: list[str], message: str
) -> None:
    with pytest.raises(FepError) as caught:
        transition_texts(process, Corpus((proposal(process, *headers),)), change("Review"))
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("status", "before", "after"),
    [
        ("Superseded", "Superseded-By: 11", "Superseded-By: 11, 12"),
        ("Superseded", "Superseded-By: 13,\n  14", "Superseded-By: 12, 13, 14"),
        ("Final", "Superseded-By: 11", "Superseded-By: 11, 12"),
        ("Final", "Superseded-By: 12", "Superseded-By: 12"),
        ("Final", "", "Superseded-By: 12"),
    ],
)
def test_by_adds_a_successor(process: Process, status: str, before: str, after: str) -> None:
    successor = proposal(process, "Status: Final", "Replaces: 7", number=12)
    corpus = Corpus((proposal(process, f"Status: {status}", *filter(None, [before])), successor))
    texts = transition_texts(process, corpus, change("Superseded", None, 12))
    assert f"Status: Superseded\n{after}\n" in texts[PATH]
    assert "Replaces: 7, 10\n" in texts[successor.path]


def test_several_successors(process: Process) -> None:
    successors = [proposal(process, "Status: Final", number=number) for number in (11, 12)]
    corpus = Corpus((proposal(process, "Status: Final"), *successors))
    texts = transition_texts(process, corpus, change("Superseded", None, 12, 11))
    assert "Status: Superseded\nSuperseded-By: 11, 12\n" in texts[PATH]
    assert all("Replaces: 10\n" in texts[successor.path] for successor in successors)


def test_several_successors_where_the_header_takes_one() -> None:
    process = process_with_header(
        "Superseded-By", ('kind = "numbers"\nsorted = true', 'kind = "number"')
    )
    successors = [proposal(process, "Status: Final", number=number) for number in (11, 12)]
    corpus = Corpus((proposal(process, "Status: Final"), *successors))
    with pytest.raises(FepError) as caught:
        transition_texts(process, corpus, change("Superseded", None, 11, 12))
    assert str(caught.value) == "'Superseded-By' takes one number; give --by once"


@pytest.mark.parametrize(
    ("before", "message"),
    [
        ("Superseded-By: 12", "FEP 10 is already Superseded by FEP 12"),
        ("Superseded-By: x", f"'Superseded-By' of FEP 10 cannot be read; run fep check {PATH}"),
    ],
)
def test_a_successor_that_cannot_be_added(process: Process, before: str, message: str) -> None:
    successor = proposal(process, "Status: Final", number=12)
    corpus = Corpus((proposal(process, "Status: Superseded", before), successor))
    with pytest.raises(FepError) as caught:
        transition_texts(process, corpus, change("Superseded", None, 12))
    assert str(caught.value) == message


def test_a_recorded_history_needs_the_url_of_the_decision(checkout: Callable[..., Path]) -> None:
    history = "Status-History: 2020-01-01 Draft https://e.org/"
    headers = ["FEP: 10", "Title: Views", "Status: Draft", "Type: Process", "Retroactive: yes"]
    root = checkout({"fep-0010.rst": "\n".join([*headers, history, ""])})
    _texts, result = plan_transition(Repository.open(root), change("Final"))
    (found,) = (d for d in result.diagnostics if d.code == "S006")
    assert found.help == "or run: fep transition 10 Final --resolution URL"
    _texts, result = plan_transition(Repository.open(root), change("Final", URL))
    assert "S006" not in {d.code for d in result.diagnostics}


@pytest.mark.parametrize("status", ["Superseded", "Review"])
def test_a_url_is_not_required_for_a_transition_that_is_not_allowed(
    process: Process, status: str
) -> None:
    """The check then says which transitions are allowed."""
    headers = [
        "Status: Rejected",
        "Type: Process",
        "Retroactive: yes",
        "Status-History: 2020-01-01 Rejected https://e.org/",
    ]
    texts = transition_texts(process, Corpus((proposal(process, *headers),)), change(status))
    assert f"Status: {status}\n" in texts[PATH]


def test_a_url_is_not_required_for_the_current_status(process: Process) -> None:
    history = "Status-History: 2020-01-01 Draft https://e.org/"
    corpus = Corpus((proposal(process, "Status: Draft", history),))
    with pytest.raises(FepError, match="FEP 10 is already Draft"):
        transition_texts(process, corpus, change("Draft"))


WRONG_DATE = "FEP: 10\nTitle: Typed views\nStatus: Draft\nCreated: 3 March 2025\n\nText — ü.\n"


def test_plan_has_the_findings_that_the_transition_introduces(
    checkout: Callable[..., Path],
) -> None:
    dated = "FEP: {}\nTitle: Other\nCreated: 2025-03-03\n"
    others = {f"fep-00{number}.rst": dated.format(number) for number in (11, 12)}
    root = checkout({"fep-0010.rst": WRONG_DATE, **others})
    accepted = change("Accepted", None, 11)
    repository = Repository.open(root)
    changes, result = plan_transition(repository, accepted)
    assert changes.texts == transition_texts(repository.process, repository.corpus(), accepted)
    assert result.files == len(changes.texts) == 2
    found = {d.code for d in result.diagnostics if d.path == PATH}
    assert "T001" in found  # a draft cannot become accepted
    assert "H103" in found  # the date was wrong before, and has to be right now
    assert (root / PATH).read_text("utf-8") == WRONG_DATE


def test_the_changes_replace_the_files(checkout: Callable[..., Path]) -> None:
    root = checkout({"fep-0010.rst": WRONG_DATE, "fep-0011.rst": "FEP: 11\nTitle: Other\n"})
    texts = {PATH: WRONG_DATE.replace("Draft", "Final"), "proposals/fep-0011.rst": "FEP: 11\n"}
    repository = Repository.open(root)
    before = {path: repository.text(path) for path in texts}
    write_changes(repository, FileChanges(texts, before=before))
    assert {path: (root / path).read_bytes() for path in texts} == {
        path: text.encode() for path, text in texts.items()
    }


def test_transitions_that_change_the_same_file_lose_nothing(
    checkout: Callable[..., Path],
) -> None:
    """Two proposals are superseded by the same one, whose header gets both numbers."""
    other = "proposals/fep-0011.rst"
    root = checkout({"fep-0010.rst": WRONG_DATE, "fep-0011.rst": "FEP: 11\nTitle: Other\n"})
    repositories = [Repository.open(root), Repository.open(root)]
    texts = [
        {PATH: f"{WRONG_DATE}{n}\n", other: f"FEP: 11\nReplaces: {n}\n"}
        for n, repository in enumerate(repositories)
        if repository.sources
    ]
    changes = [
        FileChanges(each, before={path: repository.text(path) for path in each})
        for repository, each in zip(repositories, texts, strict=True)
    ]
    write_changes(repositories[0], changes[0])
    with pytest.raises(RepositoryError, match="nothing was written, run it again"):
        write_changes(repositories[1], changes[1])
    assert {path: (root / path).read_text("utf-8") for path in texts[0]} == texts[0]


@pytest.mark.parametrize("name", ["Final", "final", "FINAL"])
def test_find_status(process: Process, name: str) -> None:
    assert find_status(process, name).name == "Final"


DRAFT = ("Status: Draft", "Type: Standards Track")
REVIEW = ("Status: Review", "Type: Standards Track")
RECORD = ("Status: Draft", "Type: Standards Track", "Retroactive: yes")


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (None, None, ["Draft"]),
        (("Type: Process",), None, ["Draft"]),
        (DRAFT, None, ["Review", "Deferred", "Withdrawn"]),
        (REVIEW, None, ["Draft", "Accepted", "Deferred", "Rejected", "Withdrawn"]),
        # The type decides, and it may just have been edited.
        (
            REVIEW,
            ("Status: Review", "Type: Process"),
            ["Draft", "Active", "Final", "Deferred", "Rejected", "Withdrawn"],
        ),
        # Only a proposal that was retroactive before may take the transitions of those.
        (RECORD, RECORD, ["Review", "Accepted", "Active", "Final", "Deferred", "Rejected",
                          "Withdrawn"]),
        (DRAFT, RECORD, ["Review", "Deferred", "Withdrawn"]),
        (RECORD, DRAFT, ["Review", "Deferred", "Withdrawn"]),
        (("Status: Rejected", "Type: Process"), None, []),
    ],
)  # fmt: skip
def test_next_statuses(
    process: Process,
    before: tuple[str, ...] | None,
    after: tuple[str, ...] | None,
    expected: list[str],
) -> None:
    found = next_statuses(
        process,
        proposal(process, *before) if before is not None else None,
        proposal(process, *after) if after is not None else None,
    )
    assert [next_status.status.name for next_status in found] == expected


def test_next_statuses_name_the_headers_they_need(process: Process) -> None:
    found = {
        next_status.status.name: next_status
        for next_status in next_statuses(process, proposal(process, *REVIEW))
    }
    assert found["Accepted"].needs == ("Resolution", "Upstream")
    assert found["Draft"].needs == ()


def test_next_statuses_mark_unusual_transitions() -> None:
    found = next_statuses(PEP, proposal(PEP, *DRAFT))
    assert [next_status.status.name for next_status in found if next_status.unusual] == [
        "Final",
        "Superseded",
    ]


# Compared with the last commit --------------------------------------------------------------

COMPLETE = """\
FEP: 10
Title: Typed views
Author: Ada Lovelace
Discussions-To: https://example.org/thread/1
Status: {status}
Type: Process
Created: 2026-01-02
{headers}
Abstract
========

Text.

Motivation
==========

Text.

Specification
=============

Text.

Review and Expiry
=================

Text.

Copyright
=========

This document is placed in the public domain or under the CC0-1.0-Universal license,
whichever is more permissive.
"""
REVIEW_UNTIL = "Review-Until: 2026-11-19\n"


def complete(status: str = "Review", headers: str = REVIEW_UNTIL) -> str:
    return COMPLETE.format(status=status, headers=headers)


@pytest.fixture
def committed(checkout: Callable[..., Path]) -> Callable[[str], Path]:
    """Return a function that makes a git repository with one proposal."""

    def make(text: str) -> Path:
        root = checkout({"fep-0010.rst": text})
        author = ["-c", "user.name=Ada", "-c", "user.email=a@example.org"]
        for arguments in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "one"]):
            subprocess.run(["git", *author, *arguments], cwd=root, check=True)
        return root

    return make


EDITED = [
    # committed, edited by hand, change: rules that report an obstacle
    (complete(), complete(), change("Active", URL), set()),
    (complete(), complete("Active", ""), change("Active", URL), set()),
    (complete(), complete("Active", ""), change("Active"), {"H005"}),
    (complete("Draft", ""), complete(), change("Active", URL), {"T001"}),
    (complete("Draft", ""), complete("Active", ""), change("Review"), set()),
    (complete("Final", f"Resolution: {DECIDED}\n"), complete(), change("Active", URL), {"T001"}),
    (None, complete(), change("Active", URL), {"T005"}),
    (None, complete("Review", ""), change("Draft"), set()),
]


@pytest.mark.parametrize(("before", "edited", "change", "expected"), EDITED)
def test_proposal_is_compared_with_the_last_commit(
    committed: Callable[[str], Path],
    before: str | None,
    edited: str,
    change: StatusChange,
    expected: set[str],
) -> None:
    root = committed(before or complete().replace("FEP: 10", "FEP: 11"))
    if before is None:
        (root / PATH).rename(root / PATH.replace("10", "11"))
        identity = ["-c", "user.name=Ada", "-c", "user.email=a@example.org"]
        for arguments in (["add", "."], ["commit", "-q", "-m", "two"]):
            subprocess.run(["git", *identity, *arguments], cwd=root, check=True)
    (root / PATH).write_text(edited, "utf-8")
    _texts, result = plan_transition(Repository.open(root), change)
    errors = {d.code for d in result.diagnostics if d.severity is Severity.ERROR}
    assert errors & {"T001", "T005", "H005"} == expected
    assert result.fails() is bool(expected)


def test_other_files_that_were_edited_are_no_obstacle(committed: Callable[[str], Path]) -> None:
    root = committed(complete())
    (root / "proposals" / "fep-0011.rst").write_text("nothing", "utf-8")
    _texts, result = plan_transition(Repository.open(root), change("Active", URL))
    assert not result.fails()


def test_everything_that_a_transition_lacks_is_listed(committed: Callable[[str], Path]) -> None:
    text = complete().replace("Process", "Standards Track").replace("Discussions-To", "Sponsor")
    root = committed(text)
    _texts, result = plan_transition(Repository.open(root), change("Accepted"))
    lacking = "; ".join(f"{d.message}; {d.help}" for d in result.diagnostics)
    for words in (
        "'Discussions-To'", "--discussions-to URL", "'Resolution'", "--resolution URL",
        "'Upstream'", "--upstream URL", "'Target'",
        "'Prior Requests'", "'Reference Implementation'",
    ):  # fmt: skip
        assert words in lacking


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ("", "Upstream: https://e.org/1"),
        ("Upstream: https://e.org/0\n", "Upstream: https://e.org/0\n    https://e.org/1"),
        ("Upstream: https://e.org/1\n", "Upstream: https://e.org/1"),
    ],
)
def test_urls_are_written_into_their_headers(process: Process, headers: str, expected: str) -> None:
    before = Proposal.parse(complete("Review", headers), process, PATH)
    urls: dict[Role, str] = {"upstream": "https://e.org/1", "discussion": "https://e.org/2"}
    request = replace(change("Accepted"), urls=urls)
    text = transition_texts(process, Corpus((before,)), request)[PATH]
    assert f"\n{expected}\n" in text
    assert "\nDiscussions-To: https://e.org/2\n" in text


def test_url_without_a_header_is_an_obstacle() -> None:
    text = "PEP: 10\nTitle: x\nStatus: Draft\nType: Process\n"
    before = Proposal.parse(text, PEP, PATH)
    with pytest.raises(FepError, match="no header of a PEP takes that URL"):
        transition_texts(PEP, Corpus((before,)), replace(change("Final"), urls={"upstream": URL}))


def test_decision_may_have_been_made_before(process: Process) -> None:
    before = Proposal.parse(complete(), process, PATH)
    request = replace(change("Active", URL), decided_on=date(2026, 11, 1))
    text = transition_texts(process, Corpus((before,)), request)[PATH]
    assert f"\nResolution: 2026-11-01 {URL}\n" in text
    assert "\nReview-By: 2027-11-20\n" in text


def with_reason(status: str, why: str) -> StatusChange:
    return replace(change(status), why=why)


def test_the_reason_is_written_and_removed_again() -> None:
    process = load_process(ROOT / "fep" / "process.toml")
    draft = proposal(process, "Status: Draft", "Type: Process")
    texts = transition_texts(
        process, Corpus((draft,)), with_reason("Withdrawn", "No\n one  has time.")
    )
    assert "Reason: No one has time.\n" in texts[PATH]
    deferred = proposal(process, "Status: Deferred", "Type: Process", "Reason: No time.")
    texts = transition_texts(process, Corpus((deferred,)), change("Draft"))
    assert "Reason" not in texts[PATH]


def test_a_reason_that_the_status_does_not_have() -> None:
    process = load_process(ROOT / "fep" / "process.toml")
    draft = proposal(process, "Status: Draft", "Type: Process")
    with pytest.raises(FepError) as caught:
        transition_texts(process, Corpus((draft,)), with_reason("Review", "No time."))
    assert str(caught.value) == "'Reason' is not for the status Review; leave out --why"


def test_a_community_without_reasons() -> None:
    process = process_with_header("Reason", ('role = "reason"\n', ""))
    draft = proposal(process, "Status: Draft", "Type: Process")
    with pytest.raises(FepError) as caught:
        transition_texts(process, Corpus((draft,)), with_reason("Withdrawn", "No time."))
    assert str(caught.value) == "no header of a FEP takes a reason; leave out --why"


def test_a_status_that_has_its_reason_by_hand_may_get_one() -> None:
    process = load_process(ROOT / "fep" / "process.toml")
    withdrawn = proposal(process, "Status: Withdrawn", "Type: Process")
    texts = transition_texts(process, Corpus((withdrawn,)), with_reason("Withdrawn", "No time."))
    assert "Reason: No time.\n" in texts[PATH]
